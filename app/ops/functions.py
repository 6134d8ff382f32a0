"""What the names in rule text compute, on arrays and numbers, with torch's answer wherever numpy's differs."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

np.seterr(all="ignore")  # IEEE answers are answers here: NaN and infinity go through the tape, with notes, not with warnings


def sign(x: Any) -> Any:
    """-1, 0 or 1; of NaN 0, as torch has it."""
    if np.asarray(x).dtype != np.float64:
        return np.sign(x)
    return np.where(np.isnan(x), 0.0, np.sign(x))


def power(x: Any, y: Any) -> Any:
    """x ** y; small whole exponents by multiplication, as torch does."""
    if np.ndim(y) == 0 and np.asarray(x).dtype == np.float64:
        if y == 2:
            return np.multiply(x, x)
        if y == 1:
            return np.multiply(x, 1.0)
        if y == 3:
            return np.multiply(np.multiply(x, x), x)
        if y == -1:
            return np.divide(1.0, x)
    return np.power(x, y)


def remainder(x: Any, y: Any) -> Any:
    """C's fmod, moved to the sign of the divisor: a zero keeps the sign of x, unlike Python's."""
    rest = np.fmod(x, y)
    return np.where(np.logical_and(rest != 0, np.less(y, 0) != np.less(rest, 0)), np.add(rest, y), rest)


def rounded(x: Any, decimals: int = 0) -> Any:
    """Half to even, at a decimal place, as torch scales."""
    if decimals == 0:
        return np.rint(x) if np.asarray(x).dtype == np.float64 else x
    scale = 10.0 ** abs(decimals)
    return np.divide(np.rint(np.multiply(x, scale)), scale) if decimals > 0 else np.multiply(np.rint(np.divide(x, scale)), scale)


def finite_part(x: Any, nan: float, posinf: float | None, neginf: float | None) -> Any:
    """NaN and infinities replaced; None stands for the largest finite numbers."""
    return np.nan_to_num(x, nan=0.0 if nan is None else nan, posinf=posinf, neginf=neginf)


def sigmoid(x: Any) -> Any:
    """1 / (1 + exp(-x))."""
    return np.divide(1.0, np.add(1.0, np.exp(np.negative(x))))


def whole(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A division with remainder that refuses an integer divisor of 0, as torch does; for floats IEEE has an answer."""

    def divided(x: Any, y: Any) -> Any:
        if np.asarray(x).dtype != np.float64 and np.asarray(y).dtype != np.float64 and not np.all(y):
            raise ZeroDivisionError
        return operation(x, y)

    return divided


def inverse_sqrt(x: Any) -> Any:
    """1 / sqrt(x)."""
    return np.divide(1.0, np.sqrt(x))


def _special(name: str) -> Callable[..., Any]:
    """A function of scipy.special, imported at its first use: it takes longer than all the rest to load."""

    def function(*args: Any) -> Any:
        from scipy import special  # noqa: PLC0415  see above

        return getattr(special, name)(*args)

    return function


def lgamma(x: Any) -> Any:
    """log |Γ(x)|; at -inf infinite, as in C."""
    return np.where(np.equal(x, -np.inf), np.inf, _special("gammaln")(x))


def polygamma(n: Any, x: Any) -> Any:
    """The n-th derivative of digamma."""
    return trigamma(x) if n == 1 else _special("polygamma")(float(n), x)


def trigamma(x: Any) -> Any:
    """The derivative of digamma: reflected from the left, six steps up, then the asymptotic series. Torch's, good to nine digits."""
    mirrored = np.less(x, 0.5)
    t = np.where(mirrored, np.subtract(1.0, x), x)
    total: Any = 0.0
    for _ in range(6):
        total = total + 1.0 / np.square(t)
        t = t + 1.0
    r = 1.0 / np.square(t)
    total = total + (1.0 + 1.0 / (2.0 * t) + r * (1.0 / 6.0 - r * (1.0 / 30.0 - r * (1.0 / 42.0)))) / t
    return np.where(mirrored, np.square(np.pi / np.sin(np.multiply(np.pi, x))) - total, total)


NUMPY: Mapping[str, Callable[..., Any]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.true_divide, "neg": np.negative, "pow": power,
    "abs": np.abs, "sign": sign, "positive": np.positive,
    "floor_divide": whole(np.floor_divide), "remainder": whole(remainder), "fmod": whole(np.fmod),
    "reciprocal": np.reciprocal, "square": np.square, "sqrt": np.sqrt, "rsqrt": inverse_sqrt, "sigmoid": sigmoid, "cbrt": np.cbrt,
    "exp": np.exp, "exp2": np.exp2, "expm1": np.expm1, "log": np.log, "log2": np.log2, "log10": np.log10, "log1p": np.log1p,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "atan2": np.arctan2,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh,
    "erf": _special("erf"), "erfc": _special("erfc"), "erfinv": _special("erfinv"), "lgamma": lgamma,
    "digamma": _special("digamma"), "polygamma": polygamma, "xlogy": _special("xlogy"), "entr": _special("entr"),
    "sinc": np.sinc, "hypot": np.hypot, "logaddexp": np.logaddexp, "logaddexp2": np.logaddexp2,
    "deg2rad": np.deg2rad, "rad2deg": np.rad2deg, "floor": np.floor, "ceil": np.ceil, "round": rounded, "trunc": np.trunc,
    "maximum": np.maximum, "minimum": np.minimum, "fmax": np.fmax, "fmin": np.fmin, "where": np.where,
    "singular": np.where, "nan_to_num": finite_part,
    "isnan": np.isnan, "isfinite": np.isfinite, "isinf": np.isinf,
    "gt": np.greater, "ge": np.greater_equal, "lt": np.less, "le": np.less_equal, "eq": np.equal, "ne": np.not_equal,
    "logical_and": np.logical_and, "logical_or": np.logical_or, "logical_not": np.logical_not, "logical_xor": np.logical_xor,
}  # fmt: skip

PYTHON: Mapping[str, Callable[..., Any]] = {
    **NUMPY, "gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le, "eq": operator.eq, "ne": operator.ne,
    "logical_and": operator.and_, "logical_or": operator.or_, "abs": abs, "sub": operator.sub, "mul": operator.mul,
}  # fmt: skip
"""The same on Python floats, where Python's operators answer as IEEE does and much faster: for conditions."""
