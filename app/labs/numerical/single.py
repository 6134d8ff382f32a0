"""The operations of the language in float32: numpy's own, every number on the way rounded to 24 bits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.labs.numerical.arithmetic import Arithmetic, Number
from app.labs.numerical.shared import SHARED
from app.ops import functions
from app.ops.op import Op

SINGLE = np.float32


def narrow(value: Any) -> Number:
    """A number as float32; what is neither float nor an index stays."""
    if isinstance(value, (bool, np.bool_)) or (isinstance(value, np.ndarray) and value.dtype == np.bool_):
        return value
    return value.astype(SINGLE) if isinstance(value, np.ndarray) else SINGLE(value)


def kept(value: Any) -> Number:
    """A result: floats of any width become float32, masks and indices stay."""
    kind = np.asarray(value).dtype.kind
    made = np.asarray(value, dtype=SINGLE) if kind == "f" else np.asarray(value)
    return made if made.ndim else made[()]


def _power(x: Any, y: Any) -> Any:
    """Small whole exponents by multiplication, as with float64."""
    if np.ndim(y) == 0 and np.asarray(x).dtype == SINGLE and y in (1, 2, 3, -1):
        return {1: lambda: x, 2: lambda: x * x, 3: lambda: x * x * x, -1: lambda: SINGLE(1) / x}[int(y)]()
    return np.power(x, y)


def _rounded(x: Any, decimals: int = 0) -> Any:
    if np.asarray(x).dtype.kind != "f":
        return x
    scale = SINGLE(10.0 ** abs(decimals))
    return np.rint(x) if not decimals else np.rint(x * scale) / scale if decimals > 0 else np.rint(x / scale) * scale


def _sigmoid(x: Any) -> Any:
    return SINGLE(1) / (SINGLE(1) + np.exp(-x))


def _narrowed(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that rule text applies to its own numbers too."""
    return lambda *given: function(*map(narrow, given))


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **functions.NUMPY, "pow": _power, "round": _rounded, "sigmoid": _sigmoid, "rsqrt": lambda x: SINGLE(1) / np.sqrt(x),
    "sign": lambda x: np.where(np.isnan(x), np.zeros_like(x), np.sign(x)), "reciprocal": lambda x: SINGLE(1) / x,
    "floor_divide": np.floor_divide, "fmod": np.fmod, "remainder": functions.remainder,
    **{name: _narrowed(functions.NUMPY[name]) for name in ("sqrt", "log", "exp")},
}  # fmt: skip


def _otherwise(op: Op, inputs: Sequence[Number], attributes: Mapping[str, Any]) -> Any:
    """Numpy's float32 where the operation takes it; otherwise it is evaluated wide, and its result rounded."""
    try:
        made = op.value(inputs, attributes)
        if all(_is_as_narrow(part) for part in (made if op.results > 1 else (made,))):
            return made
    except (OpError, TypeError):
        pass
    return op.value([_wide(x) for x in inputs], attributes)


def _is_as_narrow(made: Any) -> bool:
    """Whether a result is float32, or a mask."""
    return np.asarray(made).dtype in (SINGLE, np.bool_)


def _wide(x: Number) -> Any:
    made = np.asarray(x)
    if made.dtype != SINGLE:
        return x
    return made.astype(np.float64) if made.ndim else float(made)


ARITHMETIC = Arithmetic(FUNCTIONS, SHARED, {}, _otherwise, narrow, kept)
