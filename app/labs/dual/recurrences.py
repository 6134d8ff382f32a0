"""Coefficients of sums, products and quotients of series: the arithmetic that every other rule comes down to.

A series is a list of coefficients, the primal first. All lists of a call have the same length, and so has the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from app.ops.functions import NUMPY

Coefficients = list[Any]


def add(a: Coefficients, b: Coefficients) -> Coefficients:
    """The sum."""
    return [np.add(x, y) for x, y in zip(a, b, strict=True)]


def sub(a: Coefficients, b: Coefficients) -> Coefficients:
    """The difference."""
    return [np.subtract(x, y) for x, y in zip(a, b, strict=True)]


def neg(a: Coefficients) -> Coefficients:
    """The opposite."""
    return [np.negative(x) for x in a]


def mul(a: Coefficients, b: Coefficients) -> Coefficients:
    """The product."""
    return product(np.multiply, a, b)


def product(times: Callable[[Any, Any], Any], a: Coefficients, b: Coefficients) -> Coefficients:
    """Anything that is linear in each of two operands; a coefficient that is nowhere other than 0 takes no part."""
    moving_a, moving_b = ([k for k, x in enumerate(s) if k == 0 or np.any(x)] for s in (a, b))
    found: Coefficients = [None] * len(a)
    for i in moving_a:
        for j in moving_b:
            if i + j < len(a):
                part = times(a[i], b[j])
                found[i + j] = part if found[i + j] is None else np.add(found[i + j], part)
    zero = np.multiply(found[0], 0.0) if np.all(np.isfinite(found[0])) else np.zeros(np.shape(found[0]))
    return [zero if part is None else part for part in found]


def div(a: Coefficients, b: Coefficients) -> Coefficients:
    """The quotient z: from z b = a, one coefficient after the other."""
    found: Coefficients = []
    moving = [j for j, x in enumerate(b) if j and np.any(x)]
    for k, rest in enumerate(a):
        for j in moving:
            if j <= k:
                rest = np.subtract(rest, np.multiply(b[j], found[k - j]))  # noqa: PLW2901  what is left of the coefficient
        found.append(np.divide(rest, b[0]))
    return found


def square(a: Coefficients) -> Coefficients:
    """The product with itself."""
    return mul(a, a)


def sqrt(a: Coefficients) -> Coefficients:
    """The root z: from z z = a."""
    found = [np.sqrt(a[0])]
    for k in range(1, len(a)):
        rest = a[k]
        for j in range(1, k):
            rest = np.subtract(rest, np.multiply(found[j], found[k - j]))
        found.append(np.divide(rest, np.multiply(2.0, found[0])))
    return found


def exp(a: Coefficients) -> Coefficients:
    """e to the power: from z' = a' z."""
    return _grown(np.exp(a[0]), a)


def _grown(first: Any, a: Coefficients) -> Coefficients:
    """What is proportional to its own derivative."""
    found = [first]
    for k in range(1, len(a)):
        found.append(_convolved([j * a[j] for j in range(1, k + 1)], found[::-1]) / k)
    return found


def log(a: Coefficients) -> Coefficients:
    """The logarithm: from z' a = a'."""
    found = [np.log(a[0])]
    for k in range(1, len(a)):
        rest = a[k]
        for j in range(1, k):
            rest = np.subtract(rest, np.multiply(j / k, np.multiply(found[j], a[k - j])))
        found.append(np.divide(rest, a[0]))
    return found


def sin(a: Coefficients) -> Coefficients:
    """The sine, which needs the cosine on the way."""
    return _circle(a)[0]


def cos(a: Coefficients) -> Coefficients:
    """The cosine, which needs the sine on the way."""
    return _circle(a)[1]


def _circle(a: Coefficients) -> tuple[Coefficients, Coefficients]:
    """Sine and cosine together: s' = a' c and c' = -a' s."""
    s, c = [np.sin(a[0])], [np.cos(a[0])]
    for k in range(1, len(a)):
        slopes = [j * a[j] for j in range(1, k + 1)]
        s, c = [*s, _convolved(slopes, c[::-1]) / k], [*c, -_convolved(slopes, s[::-1]) / k]
    return s, c


def tanh(a: Coefficients) -> Coefficients:
    """The hyperbolic tangent: from z' = (1 - z z) a'."""
    return _from_its_slope(a, np.tanh(a[0]), lambda z: sub([np.ones_like(z[0]), *(np.zeros_like(x) for x in z[1:])], mul(z, z)))


def _from_its_slope(a: Coefficients, first: Any, slope: Callable[[Coefficients], Coefficients]) -> Coefficients:
    """A function whose derivative is known from its own value."""
    found: Coefficients = [first]
    for k in range(1, len(a)):
        found.append(_convolved([j * a[j] for j in range(1, k + 1)], slope(found)[::-1]) / k)
    return found


def _convolved(a: Sequence[Any], reversed_b: Sequence[Any]) -> Any:
    """The sum of the products of two lists, one of them the other way round."""
    total: Any = 0.0
    for x, y in zip(a, reversed_b, strict=True):
        total = np.add(total, np.multiply(x, y))
    return total


def power(a: Coefficients, exponent: float) -> Coefficients | None:
    """A power: by multiplication where the exponent is small and whole, else from z' a = y a' z; None on a zero that this divides by."""
    if exponent in SMALL_POWERS:
        found = a
        for _ in range(int(exponent) - 1):
            found = mul(found, a)
        return found
    if not np.all(a[0]):
        return None
    found = [NUMPY["pow"](a[0], exponent)]
    for k in range(1, len(a)):
        total: Any = 0.0
        for j in range(1, k + 1):
            total = np.add(total, np.multiply(exponent * j - (k - j), np.multiply(a[j], found[k - j])))
        found.append(np.divide(total, np.multiply(float(k), a[0])))
    return found


def moving_power(a: Coefficients, exponent: Coefficients) -> Coefficients | None:
    """A power whose exponent moves too: from z' = z (y log a)'; None where the base is not positive."""
    if not np.all(np.greater(a[0], 0)):
        return None
    return _grown(NUMPY["pow"](a[0], exponent[0]), mul(exponent, log(a)))


SMALL_POWERS = frozenset((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0))


def sinc(a: Coefficients) -> Coefficients | None:
    """sin(πa) / (πa) around 0, where the quotient is filled in: its own power series. None where some element is not 0."""
    if np.any(a[0]):
        return None
    squares = mul(a, a)
    found = [np.zeros_like(x) for x in squares]
    for m in range(len(a) // 2, -1, -1):
        found = mul(found, squares)
        found[0] = np.add(found[0], (-1) ** m * math.pi ** (2 * m) / math.factorial(2 * m + 1))
    return found


def solve(A: Coefficients, b: Coefficients, solved: Callable[[Any, Any], Any]) -> Coefficients:
    """A z = b, one coefficient after the other, each by the same matrix."""
    found: Coefficients = []
    for k, rest in enumerate(b):
        for j in range(1, k + 1):
            rest = np.subtract(rest, np.matmul(A[j], found[k - j]))  # noqa: PLW2901  what is left of the coefficient
        found.append(solved(A[0], rest))
    return found


ELEMENTWISE: Mapping[str, Callable[..., Coefficients | None]] = {
    "add": add, "sub": sub, "mul": mul, "div": div, "neg": neg, "square": square, "sqrt": sqrt, "exp": exp, "log": log, "sin": sin,
    "cos": cos, "tanh": tanh, "sinc": sinc,
}  # fmt: skip
"""By operation; every other one follows from its own derivative rule, and so does one that answers None."""
