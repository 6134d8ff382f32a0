"""Values that remember how they were made: rules evaluated on them write programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.ops.numeric import bound, function_of
from app.ops.op import NO_ATTRIBUTES, Op, Value, normal, shape_of
from app.ops.table import OPS, SPELLINGS

Operand = Any
"""A symbol, or a number that stands in the program as it is."""


@dataclass(slots=True, eq=False)
class Symbol:
    """A value of a program to be written: its primal in this run, and the operation that makes it, or the name that it has.

    ``place`` says which result it is, of an operation with several.
    """

    primal: Value
    op: Op | None = None
    operands: tuple[Operand, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None
    place: int | None = None

    __array_ufunc__ = None
    """Numpy's arrays leave operators to the symbol."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the primal."""
        return shape_of(self.primal)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self.shape)

    def __add__(self, other: Operand) -> Symbol:
        return made("add", self, other)

    def __radd__(self, other: Operand) -> Symbol:
        return made("add", other, self)

    def __sub__(self, other: Operand) -> Symbol:
        return made("sub", self, other)

    def __rsub__(self, other: Operand) -> Symbol:
        return made("sub", other, self)

    def __mul__(self, other: Operand) -> Symbol:
        return made("mul", self, other)

    def __rmul__(self, other: Operand) -> Symbol:
        return made("mul", other, self)

    def __truediv__(self, other: Operand) -> Symbol:
        return made("div", self, other)

    def __rtruediv__(self, other: Operand) -> Symbol:
        return made("div", other, self)

    def __pow__(self, other: Operand) -> Symbol:
        return made("pow", self, other)

    def __matmul__(self, other: Operand) -> Symbol:
        return made("matmul", self, other)

    def __rmatmul__(self, other: Operand) -> Symbol:
        return made("matmul", other, self)

    def __neg__(self) -> Symbol:
        return made("neg", self)


def made(name: str, *operands: Operand) -> Symbol:
    """The result of an operation without attributes."""
    result: Symbol = getattr(SYMBOLS, name)(*operands)
    return result


class Symbols:
    """The namespace ``o`` of rules for symbols: every operation makes a symbol, and numbers stay numbers."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The operation of that name."""
        if name not in OPS and name not in SPELLINGS:
            raise AttributeError(name)
        function = _recording(OPS.get(name) or SPELLINGS[name])
        self.__dict__[name] = function
        return function


def _recording(op: Op) -> Callable[..., Any]:
    """One operation as a function that remembers its call."""
    evaluate = function_of(op)

    def function(*args: Any, **keywords: Any) -> Any:
        operands, attributes = bound(op, args, dict(keywords))
        if not any(isinstance(x, Symbol) for x in operands):
            return evaluate(*args, **keywords)
        return applied(op, operands, attributes)

    return function


def applied(op: Op, operands: list[Operand], attributes: Mapping[str, Any]) -> Any:
    """An operation on symbols; a tuple where it has several results."""
    with np.errstate(all="ignore"):
        result = op.value([primal_of(x) for x in operands], attributes or NO_ATTRIBUTES)
    given = tuple(operands)
    if op.results > 1:
        return tuple(Symbol(normal(part), op, given, attributes, place=place) for place, part in enumerate(result))
    return Symbol(normal(result), op, given, attributes)


def primal_of(operand: Operand) -> Value:
    """The number behind an operand."""
    return operand.primal if isinstance(operand, Symbol) else operand


SYMBOLS = Symbols()
