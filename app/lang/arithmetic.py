"""Arithmetic of plain numbers: Python's, but IEEE where Python would raise or build huge integers."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

EXACT = 2**53
"""Integers up to here are exact as float64; larger results become floats."""


def _guarded(exact: Callable[[Any, Any], Any], ieee: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """``exact``, with ``ieee`` on float64 where Python raises."""

    def operation(x: Any, y: Any) -> Any:
        try:
            result = exact(x, y)
        except (ZeroDivisionError, OverflowError, ValueError):
            with np.errstate(all="ignore"):
                return float(ieee(np.float64(x), np.float64(y)))
        return bounded(result)

    return operation


def bounded(value: Any) -> Any:
    """The number itself, as a float where it is an integer beyond 2**53."""
    if isinstance(value, int) and not -EXACT <= value <= EXACT:
        return _as_float(value)
    return value


def _as_float(value: int) -> float:
    """An integer as a float, infinite where it is too large."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _power(x: Any, y: Any) -> Any:
    """x ** y: exact for small integers, otherwise float64; no big integer is built."""
    try:
        rough = float(x) ** float(y)
    except (ZeroDivisionError, OverflowError):
        with np.errstate(all="ignore"):
            return float(np.float64(x) ** np.float64(y))
    if isinstance(rough, complex):
        return float("nan")
    if isinstance(x, int) and isinstance(y, int) and y >= 0 and abs(rough) <= EXACT:
        return x**y
    return rough


def _remainder(x: Any, y: Any) -> Any:
    return np.remainder(x, y)


BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: _guarded(operator.add, operator.add),
    ast.Sub: _guarded(operator.sub, operator.sub),
    ast.Mult: _guarded(operator.mul, operator.mul),
    ast.Div: _guarded(operator.truediv, operator.truediv),
    ast.FloorDiv: _guarded(operator.floordiv, np.floor_divide),
    ast.Mod: _guarded(operator.mod, _remainder),
    ast.Pow: _power,
}

COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}

OP_OF_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.FloorDiv: "floor_divide",
    ast.Mod: "remainder",
    ast.Pow: "pow",
    ast.MatMult: "matmul",
}

OP_OF_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.Eq: "eq",
    ast.NotEq: "ne",
}
