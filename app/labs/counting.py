"""What one operation and its derivative rules cost, counted in additions, multiplications and functions.

Rules are evaluated on symbols, and what they call is counted, as CONVENTIONS say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.derive.code.symbol import SYMBOLS, Symbol, primal_of
from app.ops.op import Op, shape_of
from app.ops.rule import Elementwise
from app.ops.text import read, recorded


@dataclass(frozen=True, slots=True)
class Count:
    """Operations on numbers by kind; ``other`` is the work of array operations that are none of these."""

    additions: int = 0
    multiplications: int = 0
    functions: int = 0
    other: int = 0

    def __add__(self, more: Count) -> Count:
        return Count(
            self.additions + more.additions,
            self.multiplications + more.multiplications,
            self.functions + more.functions,
            self.other + more.other,
        )

    @property
    def total(self) -> int:
        """All of them, one counted like another."""
        return self.additions + self.multiplications + self.functions + self.other


NOTHING = Count()


def together(counts: Iterable[Count]) -> Count:
    """Their sum, without one of every two in between."""
    additions = multiplications = functions = other = 0
    for one in counts:
        additions += one.additions
        multiplications += one.multiplications
        functions += one.functions
        other += one.other
    return Count(additions, multiplications, functions, other)


CONVENTIONS = (
    "Everything is counted an entry: a sum, a product, a quotient and a function of a number are one operation each.",
    "A change of sign, a comparison, a choice and a rearrangement of entries cost nothing.",
    "A power with a whole exponent is made of multiplications, by repeated squaring; any other power is one function.",
    "A derivative is counted as its rule is written; what is a constant of the program is worked out beforehand.",
    "In the sweep back, every contribution to an adjoint after the first is an addition.",
    "A product of matrices is its multiplications and additions; what else works on whole arrays counts its work, in a column of its own.",
    "The values of the program are computed once, in either mode, and kept.",
)

FREE_CATEGORIES = frozenset({"comparison", "logic", "shape", "no gradient"})
FREE = frozenset(
    {
        "neg",
        "clone",
        "T",
        "t",
        "transpose",
        "diagonal",
        "diag",
        "tril",
        "triu",
        "gather",
        "index_select",
        "index",
        "index_put",
        "all",
        "any",
        "where",
    }
)
"""Beside those categories: a change of sign, choosing, and looking elements up."""
ADDITIONS = frozenset({"add", "sub"})
MULTIPLICATIONS = frozenset({"mul", "div", "reciprocal", "square", "deg2rad", "rad2deg"})
PRODUCTS = frozenset({"matmul", "mm", "mv", "bmm", "dot", "vdot", "inner"})
EXTREMES = frozenset({"max", "min", "amax", "amin"})
LARGEST_POWER = 64
"""A power with a larger exponent is a function."""


def counted(symbols: Iterable[Any]) -> Count:
    """The operations behind some symbols, each once; symbols without an operation are there already."""
    seen: set[int] = set()
    ahead = [symbol for symbol in symbols if isinstance(symbol, Symbol)]
    total = NOTHING
    while ahead:
        symbol = ahead.pop()
        if id(symbol) in seen or symbol.op is None:
            continue
        seen.add(id(symbol))
        taken = _taken(symbol)
        total += NOTHING if taken is not None else _one(symbol.op, symbol)
        ahead += [x for x in (symbol.operands if taken is None else (taken,)) if isinstance(x, Symbol)]
    return total


def _taken(symbol: Symbol) -> Any:
    """The side that a choice takes whose condition is a constant; None where it is open."""
    if symbol.op is None or symbol.op.name != "where" or isinstance(symbol.operands[0], Symbol) or np.ndim(symbol.operands[0]):
        return None
    return symbol.operands[1 if symbol.operands[0] else 2]


def _one(op: Op, symbol: Symbol) -> Count:
    """One operation on numbers or arrays."""
    shapes = [shape_of(primal_of(x)) for x in symbol.operands]
    made = int(np.prod(symbol.shape))
    if _is_free(op):
        return NOTHING
    if op.name in ADDITIONS:
        return Count(additions=made)
    if op.name in MULTIPLICATIONS:
        return Count(multiplications=made)
    if op.name == "pow":
        return _power(symbol.operands[1], made)
    if op.elementwise:
        return Count(functions=made)
    return _array(op, shapes, made, symbol.attributes)


def _is_free(op: Op) -> bool:
    return op.category in FREE_CATEGORIES or op.name in FREE


def _power(exponent: Any, made: int) -> Count:
    """A power: by repeated squaring where the exponent is a whole constant."""
    if isinstance(exponent, (Symbol, np.ndarray)) or not float(exponent).is_integer() or abs(exponent) > LARGEST_POWER:
        return Count(functions=made)
    times = abs(int(exponent))
    squarings = times.bit_length() - 1 + times.bit_count() - 1 if times else 0
    return Count(multiplications=made * (squarings + (exponent < 0)))


def _array(op: Op, shapes: Sequence[tuple[int, ...]], made: int, attributes: Mapping[str, Any]) -> Count:
    """An operation on arrays: sums and products by what they do, the rest by its work."""
    if op.name in PRODUCTS:
        inner = (shapes[0] or (1,))[-1] if all(shapes) else 1
        return Count(additions=made * max(inner - 1, 0), multiplications=made * inner)
    if op.name == "outer":
        return Count(multiplications=made)
    folded = max(int(np.prod(shapes[0])) - made, 0) if shapes else 0
    if op.name in ("sum", "trace", "cumsum"):
        return Count(additions=folded if op.name == "sum" else max(shapes[0][0] - 1, 0) if op.name == "trace" else made)
    if op.name == "mean":
        return Count(additions=folded, multiplications=made)
    if op.name in ("prod", "cumprod"):
        return Count(multiplications=folded if op.name == "prod" else made)
    if op.name in EXTREMES:
        return Count(functions=folded)
    return Count(other=max(op.work(shapes, attributes) - 1, 0))


# ---------------------------------------------------------------- one node


@dataclass(frozen=True, slots=True)
class Place:
    """One node as its rules see it: operands that are numbers are constants; ``result`` is a tuple where there are several."""

    op: Op
    operands: tuple[Any, ...]
    result: Any
    attributes: Mapping[str, Any]

    def primal(self) -> Count:
        """Evaluating it: an elementwise operation by the text of its rule, whose names are operations."""
        own = {name: value for name, value in self.attributes.items() if name != "result"}
        if isinstance(self.result, tuple):
            return Count(other=max(self.op.work([shape_of(primal_of(x)) for x in self.operands], own) - 1, 0))
        if not isinstance(self.op, Elementwise):
            return _one(self.op, Symbol(primal_of(self.result), self.op, self.operands, own))
        rule = self.op.chosen(own)
        variables = dict(zip(rule.operands, self.operands, strict=True))
        variables |= zip((p.name for p in rule.attributes), rule.settings(own), strict=True)
        found = counted([recorded(SYMBOLS, read(rule.value_text), variables)])
        return found if found.total or _is_free(rule) else Count(functions=int(np.size(primal_of(self.result))))

    def pulled(self, slot: int, bar: Symbol) -> Count:
        """The contribution of its adjoint along one slot."""
        return counted([self.op.vjp(SYMBOLS, slot, bar, self.result, self.operands, self.attributes)])

    def pushed(self, slot: int, dot: Symbol) -> Count:
        """The part of its tangent that comes through one slot."""
        return counted([self.op.jvp(SYMBOLS, slot, dot, self.result, self.operands, self.attributes)])
