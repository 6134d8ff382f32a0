"""The functions that rule text is made of, on numbers of many digits and on arrays of them."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from mpmath.ctx_mp import MPContext

from app.ops.text import Call, Term

Number = Any
"""A number of many digits."""
Exact = Any
"""A primal without rounding: such a number, a boolean or an index, or an array of one of these."""

FAR, FARTHEST = 1 << 12, 1 << 62
"""Exponents of two: beyond the first, functions that need all digits of their argument would take for ever; beyond the second, all."""

many = MPContext()
"""The arithmetic. Its precision is that of the run that is under way."""
ZERO, ONE, NAN, INFINITY = many.mpf(0), many.mpf(1), many.mpf("nan"), many.mpf("inf")
LARGEST = many.mpf(sys.float_info.max)


TOO_LARGE = "A number on the way is too large even for this arithmetic."
MOST_DERIVATIVES = 100


class BeyondReachError(ArithmeticError):
    """No digits can be had: an operation without a rule here, or a number too large even for this arithmetic."""


@contextlib.contextmanager
def bits(count: int) -> Iterator[None]:
    """All arithmetic within keeps so many bits."""
    before, many.prec = many.prec, count
    try:
        yield
    finally:
        many.prec = before


def number(value: Any) -> Number:
    """A number as it is: every float64 is one of these exactly."""
    return value if type(value) is many.mpf else many.mpf(value)


def exact(value: Any) -> Exact:
    """A primal as it is; what is no float stays."""
    if isinstance(value, np.ndarray):
        return _numbers(value) if value.dtype == np.float64 else value
    return number(value) if type(value) is float else value


def numbered(value: Exact) -> Exact:
    """The numbers that a mask or an index stands for."""
    return _numbers(value)


def settled(value: Any) -> Exact:
    """A result in its canonical form: an array of numbers, or one number; masks and indices stay what they are."""
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "bi":
            return value if value.ndim else value.item()
        return _numbers(value) if value.ndim else number(value.item())
    if isinstance(value, (np.bool_, np.integer)):
        return value.item()
    return value if isinstance(value, (bool, int)) else number(value)


def evaluated(term: Term, variables: Mapping[str, Any]) -> Any:
    """A rule's text without rounding: its constants are those of mathematics, its decimal numbers what is written."""
    if isinstance(term, Call):
        return FUNCTIONS[term.name](*[evaluated(argument, variables) for argument in term.args])
    if isinstance(term, str):
        return variables[term] if term in variables else {"pi": many.pi, "nan": NAN, "inf": INFINITY}[term]
    return many.mpf(repr(term))


# ---------------------------------------------------------------- one number at a time


def _real(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of numbers that answers NaN where there is no real answer, and gives up where the answer is out of reach."""
    reach = FARTHEST if name in EASY else FAR

    def answered(*given: Any) -> Number:
        values = [number(value) for value in given]
        if any(many.isfinite(value) and value and many.mag(value) > reach for value in values):
            raise BeyondReachError(TOO_LARGE)
        try:
            answer = function(*values)
        except (ZeroDivisionError, ValueError):
            return NAN
        return NAN if isinstance(answer, many.mpc) else number(answer)

    return answered


def _over(x: Number, y: Number) -> Number:
    """x / y; by 0 there is no number."""
    return x / y if y else NAN


def _power(x: Number, y: Number) -> Number:
    if not y or x == 1:
        return ONE
    if not many.isfinite(x) or not many.isfinite(y):
        return many.mpf(float(x) ** float(y)) if abs(x) != 1 else NAN
    if not x:
        return ZERO if y > 0 else NAN
    if x < 0 and y != many.floor(y):
        return NAN
    if many.mag(many.log(abs(x)) * y if abs(x) != 1 else ONE) > FARTHEST.bit_length():
        raise BeyondReachError(TOO_LARGE)
    return x ** int(y) if y == many.floor(y) else many.power(x, y)


def _sign(x: Number) -> Number:
    return ZERO if many.isnan(x) else many.sign(x)


def _trunc(x: Number) -> Number:
    return many.ceil(x) if x < 0 else many.floor(x)


def _rest(x: Number, y: Number, down: Callable[[Number], Number]) -> Number:
    """What is left of x after whole multiples of y."""
    return NAN if many.isinf(x) else x if many.isinf(y) and (x >= 0) == (y > 0) else x - y * down(_over(x, y))


def _rounded(x: Number, decimals: Number) -> Number:
    scale = many.mpf(10) ** int(decimals)
    return many.nint(x * scale) / scale


def _larger(x: Number, y: Number) -> Number:
    return NAN if many.isnan(x) or many.isnan(y) else max(x, y)


def _smaller(x: Number, y: Number) -> Number:
    return NAN if many.isnan(x) or many.isnan(y) else min(x, y)


def _times_log(x: Number, y: Number) -> Number:
    return NAN if many.isnan(y) else x * many.log(y) if x else ZERO


def _derivative_of_digamma(n: Number, x: Number) -> Number:
    if not n <= MOST_DERIVATIVES:
        raise BeyondReachError(f"polygamma has a rule of many digits up to n = {MOST_DERIVATIVES}.")
    return many.psi(int(n), x)


def _entropy(x: Number) -> Number:
    return -x * many.log(x) if x > 0 else ZERO if x == 0 else -INFINITY


def _log_sum(x: Number, y: Number, base: Number) -> Number:
    """The logarithm of a sum of powers; of two infinities the larger."""
    top = max(x, y)
    return top + many.log(base ** (x - top) + base ** (y - top), base) if many.isfinite(top) else top


def _finite_part(x: Number, nan: Any, above: Any, below: Any) -> Number:
    if many.isnan(x):
        return ZERO if nan is None else nan
    if not many.isinf(x):
        return x
    return (LARGEST if above is None else above) if x > 0 else (-LARGEST if below is None else below)


ONE_OPERAND: Mapping[str, Callable[[Any], Any]] = {
    "neg": lambda x: -x, "positive": lambda x: x, "abs": abs, "sign": _sign, "reciprocal": lambda x: _over(ONE, x),
    "square": lambda x: x * x, "sqrt": many.sqrt, "rsqrt": lambda x: _over(ONE, many.sqrt(x)),
    "cbrt": lambda x: _sign(x) * many.cbrt(abs(x)), "sigmoid": lambda x: ONE / (ONE + many.exp(-x)),
    "exp": many.exp, "exp2": lambda x: many.exp(x * many.ln2), "expm1": many.expm1,
    "log": many.log, "log2": lambda x: many.log(x) / many.ln2, "log10": lambda x: many.log(x) / many.ln10, "log1p": many.log1p,
    "sin": many.sin, "cos": many.cos, "tan": many.tan, "asin": many.asin, "acos": many.acos, "atan": many.atan,
    "sinh": many.sinh, "cosh": many.cosh, "tanh": many.tanh, "asinh": many.asinh, "acosh": many.acosh, "atanh": many.atanh,
    "erf": many.erf, "erfc": many.erfc, "erfinv": many.erfinv, "lgamma": lambda x: many.re(many.loggamma(x)),
    "digamma": lambda x: many.psi(0, x), "entr": _entropy, "sinc": many.sincpi,
    "deg2rad": lambda x: x * many.pi / 180, "rad2deg": lambda x: x * 180 / many.pi,
    "floor": many.floor, "ceil": many.ceil, "trunc": _trunc,
}  # fmt: skip
TWO_OPERANDS: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "div": _over, "pow": _power,
    "floor_divide": lambda x, y: many.floor(_over(x, y)), "remainder": lambda x, y: _rest(x, y, many.floor),
    "fmod": lambda x, y: _rest(x, y, _trunc), "atan2": many.atan2, "hypot": many.hypot,
    "polygamma": _derivative_of_digamma, "xlogy": _times_log, "round": _rounded,
    "logaddexp": lambda x, y: _log_sum(x, y, many.e), "logaddexp2": lambda x, y: _log_sum(x, y, many.mpf(2)),
    "maximum": _larger, "minimum": _smaller,
    "fmax": lambda x, y: y if many.isnan(x) else x if many.isnan(y) else max(x, y),
    "fmin": lambda x, y: y if many.isnan(x) else x if many.isnan(y) else min(x, y),
}  # fmt: skip
QUESTIONS: Mapping[str, tuple[int, Callable[..., Any]]] = {
    "isnan": (1, many.isnan), "isfinite": (1, many.isfinite), "isinf": (1, many.isinf), "logical_not": (1, lambda x: not x),
    "gt": (2, lambda x, y: x > y), "ge": (2, lambda x, y: x >= y), "lt": (2, lambda x, y: x < y), "le": (2, lambda x, y: x <= y),
    "eq": (2, lambda x, y: x == y), "ne": (2, lambda x, y: x != y), "logical_xor": (2, lambda x, y: bool(x) != bool(y)),
    "logical_and": (2, lambda x, y: bool(x) and bool(y)), "logical_or": (2, lambda x, y: bool(x) or bool(y)),
}  # fmt: skip

EASY = frozenset(
    "neg positive abs sign reciprocal square sqrt rsqrt cbrt log log2 log10 log1p entr floor ceil trunc deg2rad "
    "rad2deg add sub mul div pow floor_divide maximum minimum fmax fmin xlogy hypot".split()
)
"""Functions that take any number."""

# ---------------------------------------------------------------- element by element


def _elementwise(function: Callable[..., Any], operands: int) -> Callable[..., Any]:
    over: Callable[..., Any] = np.frompyfunc(function, operands, 1)
    return over


def _asked(question: Callable[..., Any], operands: int) -> Callable[..., Any]:
    """A condition, as a boolean or a mask."""
    over = np.frompyfunc(lambda *given: bool(question(*map(number, given))), operands, 1)

    def answer(*given: Any) -> Any:
        found = over(*given)
        return found.astype(np.bool_) if isinstance(found, np.ndarray) else bool(found)

    return answer


_numbers = np.frompyfunc(number, 1, 1)
_chosen = np.frompyfunc(lambda condition, yes, no: number(yes) if condition else number(no), 3, 1)

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: _elementwise(_real(name, function), 1) for name, function in ONE_OPERAND.items()},
    **{name: _elementwise(_real(name, function), 2) for name, function in TWO_OPERANDS.items()},
    **{name: _asked(question, operands) for name, (operands, question) in QUESTIONS.items()},
    "nan_to_num": _elementwise(_finite_part, 4), "where": _chosen, "singular": _chosen,
}  # fmt: skip
"""By the names of ``ops.functions.NUMPY``."""
