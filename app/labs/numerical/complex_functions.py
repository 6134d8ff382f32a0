"""The functions of rule text off the real line: each the analytic function that agrees with ours on it.

Where a choice depends on order, the real part decides; where the real part lies on the edge between two choices, there is no such function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.labs.numerical.arithmetic import NoFormError
from app.ops import functions

Number = Any
EDGE = "The choice that {} makes changes just here: it has no complex form at this point."
REAL = functions.NUMPY


def off_line(*given: Number) -> bool:
    """Whether a number has left the real line."""
    return any(np.iscomplexobj(x) for x in given)


def refuse_at(edge: Any, name: str) -> None:
    """No form where the point lies on an edge."""
    if np.any(edge):
        raise NoFormError(EDGE.format(name))


def meets(x: Number, y: Number) -> Any:
    """Whether two numbers have the same real part and are not the same."""
    return np.logical_and(np.equal(np.real(x), np.real(y)), np.not_equal(x, y))


def within(name: str, function: Callable[..., Number]) -> Callable[..., Number]:
    """An analytic function, for real operands ours; NaN where ours is NaN on the real line."""
    real = REAL[name]

    def value(*given: Number) -> Number:
        if not off_line(*given):
            return real(*given)
        made = function(*given)
        outside = np.isnan(real(*map(np.real, given)))
        return np.where(outside, complex(np.nan, np.nan), made) if np.any(outside) else made

    return value


def compared(name: str, test: Callable[[Any, Any], Any]) -> Callable[[Number, Number], Any]:
    """A comparison of real parts."""

    def answer(x: Number, y: Number) -> Any:
        if off_line(x, y):
            refuse_at(meets(x, y), name)
        return test(np.real(x), np.real(y))

    return answer


def stepped(name: str, jumps: Callable[[Any], Any]) -> Callable[..., Number]:
    """A function of steps: flat between its jumps."""
    real = REAL[name]

    def value(x: Number, *more: Any) -> Number:
        if off_line(x):
            refuse_at(np.logical_and(jumps(np.real(x)), np.imag(x) != 0), name)
        return real(np.real(x), *more)

    return value


def _whole(x: Any) -> Any:
    return np.equal(x, np.floor(x))


def absolute(x: Number) -> Number:
    """x or -x, by the sign of its real part."""
    if off_line(x):
        refuse_at(meets(x, 0), "abs")
        return np.where(np.real(x) < 0, np.negative(x), x)
    return np.abs(x)


def larger(x: Number, y: Number) -> Number:
    """The one with the larger real part; NaN if one of them is."""
    if not off_line(x, y):
        return np.maximum(x, y)
    refuse_at(meets(x, y), "maximum")
    return np.where(np.isnan(np.real(x)) | (np.real(x) >= np.real(y)), x, y)


def smaller(x: Number, y: Number) -> Number:
    """The one with the smaller real part; NaN if one of them is."""
    if not off_line(x, y):
        return np.minimum(x, y)
    refuse_at(meets(x, y), "minimum")
    return np.where(np.isnan(np.real(x)) | (np.real(x) <= np.real(y)), x, y)


def _beyond_nan(choose: Callable[[Number, Number], Number]) -> Callable[[Number, Number], Number]:
    """The same, with NaN passed over."""
    return lambda x, y: np.where(np.isnan(np.real(x)), y, np.where(np.isnan(np.real(y)), x, choose(x, y)))


def _power(x: Number, y: Number) -> Number:
    """Whole exponents by multiplication; a negative base has no slope in its exponent."""
    made = np.power(np.asarray(x, dtype=np.result_type(np.asarray(x).dtype, np.complex64)), y)
    lost = np.logical_and(np.real(x) < 0, np.imag(y) != 0)
    return np.where(lost, complex(np.nan, np.nan), made) if np.any(lost) else made


def _cube_root(x: Number) -> Number:
    below = np.real(x) < 0
    root = np.power(np.where(below, np.negative(x), x), 1 / 3)
    return np.where(below, -root, root)


def _angle(y: Number, x: Number) -> Number:
    """atan2 by the arctangent of the flatter quotient."""
    y, x = np.asarray(y, dtype=complex), np.asarray(x, dtype=complex)
    flat = np.abs(x.real) >= np.abs(y.real)
    turned = np.where(x.real < 0, np.where(np.signbit(y.real), -np.pi, np.pi), 0.0)
    quarter = np.where(y.real < 0, -np.pi / 2, np.pi / 2)
    return np.where(flat, turned + np.arctan(y / np.where(flat, x, 1)), quarter - np.arctan(x / np.where(flat, 1, y)))


def _log_sum(base: float) -> Callable[[Number, Number], Number]:
    unit = np.log(base)

    def value(x: Number, y: Number) -> Number:
        first = np.real(x) >= np.real(y)
        top, rest = np.asarray(np.where(first, x, y)), np.asarray(np.where(first, y, x))
        return top + np.log1p(np.exp((rest - top) * unit)) / unit

    return value


def _special(name: str) -> Callable[..., Number]:
    """A function of scipy.special that knows complex numbers."""

    def value(*given: Number) -> Number:
        from scipy import special  # noqa: PLC0415  it takes longer than all the rest to load

        return getattr(special, name)(*given)

    return value


def _log_gamma(x: Number) -> Number:
    """log |Γ|, reflected from the left."""
    left = np.real(x) < 0.5
    right = _special("loggamma")(np.where(left, np.subtract(1, x), x))
    sine = np.sin(np.multiply(np.pi, x))
    turned = np.where(np.real(sine) < 0, -sine, sine)
    return np.where(left, np.log(np.pi) - np.log(np.where(left, turned, 1.0)) - right, right)


def _entropy(x: Number) -> Number:
    return -x * np.log(x)


def _quotient_down(x: Number, y: Number, down: Callable[[Any], Any], name: str) -> Number:
    """What is left of x after whole multiples of y."""
    times = down(np.real(x) / np.real(y))
    refuse_at(np.logical_and(np.equal(np.real(x), times * np.real(y)), off_line(x, y)), name)
    return x - y * times


def _unformed(name: str) -> Callable[..., Number]:
    """A function that numpy and scipy know on the real line alone."""
    real = REAL[name]

    def value(*given: Number) -> Number:
        if off_line(*given):
            raise NoFormError(f"{name} has no complex form here.")
        return real(*given)

    return value


def _asked(question: Callable[..., Any]) -> Callable[..., Any]:
    """A question about the real part."""
    return lambda *given: question(*map(np.real, given))


def _chosen(condition: Any, yes: Number, no: Number) -> Number:
    return np.where(np.real(condition), yes, no)


def _finite_part(x: Number, nan: Any, above: Any, below: Any) -> Number:
    return np.where(np.isfinite(np.real(x)), x, functions.finite_part(np.real(x), nan, above, below))


ANALYTIC: Mapping[str, Callable[..., Number]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.true_divide, "neg": np.negative, "positive": np.positive,
    "pow": _power, "reciprocal": np.reciprocal, "square": np.square, "sqrt": np.sqrt, "rsqrt": lambda x: 1 / np.sqrt(x),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "cbrt": _cube_root, "exp": np.exp, "exp2": lambda x: np.exp(x * np.log(2)),
    "expm1": np.expm1, "log": np.log, "log2": np.log2, "log10": np.log10, "log1p": np.log1p,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "atan2": _angle,
    "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh, "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh,
    "erf": _special("erf"), "erfc": _special("erfc"), "lgamma": _log_gamma, "digamma": _special("digamma"), "xlogy": _special("xlogy"),
    "entr": _entropy, "sinc": lambda x: np.sin(np.pi * x) / (np.pi * x), "hypot": lambda x, y: np.sqrt(x * x + y * y),
    "logaddexp": _log_sum(np.e), "logaddexp2": _log_sum(2.0),
    "deg2rad": lambda x: x * (np.pi / 180), "rad2deg": lambda x: x * (180 / np.pi),
}  # fmt: skip
ORDERED = {"gt": np.greater, "ge": np.greater_equal, "lt": np.less, "le": np.less_equal, "eq": np.equal, "ne": np.not_equal}
STEPS: Mapping[str, Callable[[Any], Any]] = {
    "floor": _whole, "ceil": _whole, "trunc": lambda x: _whole(x) & (x != 0), "sign": lambda x: np.equal(x, 0),
    "round": lambda x: _whole(x + 0.5),
}  # fmt: skip
QUESTIONS = ("isnan", "isfinite", "isinf", "logical_and", "logical_or", "logical_not", "logical_xor")

FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    **{name: within(name, function) for name, function in ANALYTIC.items()},
    **{name: compared(name, test) for name, test in ORDERED.items()},
    **{name: stepped(name, jumps) for name, jumps in STEPS.items()},
    **{name: _asked(REAL[name]) for name in QUESTIONS},
    **{name: _unformed(name) for name in ("erfinv", "polygamma")},
    "abs": absolute, "maximum": larger, "minimum": smaller, "fmax": _beyond_nan(larger), "fmin": _beyond_nan(smaller),
    "remainder": lambda x, y: _quotient_down(x, y, np.floor, "remainder") if off_line(x, y) else functions.remainder(x, y),
    "fmod": lambda x, y: _quotient_down(x, y, np.trunc, "fmod") if off_line(x, y) else np.fmod(x, y),
    "floor_divide": lambda x, y: np.real(x - _quotient_down(x, y, np.floor, "floor_divide")) / np.real(y),
    "where": _chosen, "singular": _chosen, "nan_to_num": _finite_part,
}  # fmt: skip
"""By the names of ``ops.functions.NUMPY``."""
