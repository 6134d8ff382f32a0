"""Plain numbers as Python has them, with IEEE results where Python raises and no integers beyond 2**53."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

LARGEST = 2**53


def tame(value: Any) -> Any:
    """A number as it is, or as a float where it is an integer too large to be exact as one."""
    if isinstance(value, int) and abs(value) > LARGEST:
        try:
            return float(value)
        except OverflowError:
            return math.copysign(math.inf, value)
    return value


def power(x: Any, y: Any) -> Any:
    """x ** y without complex results; integers stay exact while they are small."""
    with np.errstate(all="ignore"):
        rough = float(np.power(np.float64(x), np.float64(y)))
    exact = isinstance(x, int) and isinstance(y, int) and y >= 0 and abs(rough) <= LARGEST
    return x**y if exact else rough


def _ieee(exact: Callable[[Any, Any], Any], rounded: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Python's operation; numpy's on float64 where Python raises."""

    def operation(x: Any, y: Any) -> Any:
        try:
            return tame(exact(x, y))
        except ArithmeticError:
            with np.errstate(all="ignore"):
                return float(rounded(np.float64(x), np.float64(y)))

    return operation


BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: _ieee(operator.add, np.add),
    ast.Sub: _ieee(operator.sub, np.subtract),
    ast.Mult: _ieee(operator.mul, np.multiply),
    ast.Div: _ieee(operator.truediv, np.divide),
    ast.FloorDiv: _ieee(operator.floordiv, np.floor_divide),
    ast.Mod: _ieee(operator.mod, np.remainder),
    ast.Pow: power,
}

COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
"""Comparisons, of plain numbers and of tensors alike."""


def whole(value: Any) -> Any:
    """A float with an integral value as an integer; the rest as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
