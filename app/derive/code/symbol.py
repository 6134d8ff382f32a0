"""Values that remember how they were made: rules evaluated on them write programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.ops.namespace import Operated
from app.ops.numeric import bound, function_of
from app.ops.op import NO_ATTRIBUTES, Op, Value, normal, shape_of
from app.ops.table import OPS, SPELLINGS

Operand = Any
"""A symbol, or a number that stands in the program as it is."""


@dataclass(slots=True, eq=False)
class Symbol(Operated):
    """A value of a program to be written: its primal in this run, and the operation that makes it, or the name that it has.

    ``place`` says which result it is, of an operation with several.
    """

    primal: Value
    op: Op | None = None
    operands: tuple[Operand, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    name: str | None = None
    place: int | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the primal."""
        return shape_of(self.primal)

    @property
    def is_float(self) -> bool:
        """Whether derivatives can flow into it."""
        return isinstance(self.primal, float) or (isinstance(self.primal, np.ndarray) and self.primal.dtype == np.float64)


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
Symbol.o = SYMBOLS
