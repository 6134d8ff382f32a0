"""Expressions of scalars. Equal ones are one object, however often they are written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from app.ops.table import OPS, SPELLINGS

NUMBER, SYMBOL, DERIVATIVE = "number", "symbol", "derivative"
LEAVES = frozenset({NUMBER, SYMBOL})


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A number, a symbol, or an operation on expressions; ``derivative`` stands for one that is still to be taken.

    ``terms`` are the numbers, names and operations of it written out, ``operations`` what evaluating it so would cost:
    both may be far larger than memory could hold, which is why they are whole numbers.
    """

    op: str
    args: tuple[Expression, ...] = ()
    value: Any = None
    number: int = 0
    terms: int = 1
    operations: int = 0
    names: frozenset[str] = field(default=frozenset())

    @property
    def is_number(self) -> bool:
        """Whether it is a plain number."""
        return self.op == NUMBER

    def is_value(self, value: float) -> bool:
        """Whether it is this very number."""
        return self.op == NUMBER and bool(self.value == value)


@dataclass(eq=False)
class Table:
    """All expressions of one derivation. ``raw`` builds what is written, the other ways leave out what a person would not write."""

    _known: dict[tuple[Any, ...], Expression] = field(default_factory=dict)

    def number(self, value: float) -> Expression:
        """A number; whole ones are whole."""
        if isinstance(value, bool):
            return self._made(NUMBER, (), value)
        return self._made(NUMBER, (), int(value) if float(value).is_integer() and abs(value) < 1e15 else float(value))

    def symbol(self, name: str) -> Expression:
        """A name."""
        return self._made(SYMBOL, (), name)

    def raw(self, op: str, *args: Expression) -> Expression:
        """An operation as it stands."""
        return self._made(op, args, None)

    def _made(self, op: str, args: tuple[Expression, ...], value: Any) -> Expression:
        key = (op, value, type(value), *(a.number for a in args))
        found = self._known.get(key)
        if found is None:
            own = price(op, args)
            found = self._known[key] = Expression(
                op, args, value, len(self._known), 1 + sum(a.terms for a in args), own + sum(a.operations for a in args),
                frozenset({value}) if op == SYMBOL else frozenset[str]().union(*(a.names for a in args)),
            )  # fmt: skip
        return found

    # ------------------------------------------------------------ as a person writes

    def add(self, a: Expression, b: Expression) -> Expression:
        """A sum without zeros."""
        if a.is_value(0):
            return b
        if b.is_value(0):
            return a
        if b.op == "neg":
            return self.sub(a, b.args[0])
        return self._folded("add", a, b)

    def sub(self, a: Expression, b: Expression) -> Expression:
        """A difference without zeros."""
        if b.is_value(0):
            return a
        if a.is_value(0):
            return self.neg(b)
        return self.add(a, b.args[0]) if b.op == "neg" else self._folded("sub", a, b)

    def neg(self, a: Expression) -> Expression:
        """The opposite."""
        if a.is_number and not isinstance(a.value, bool):
            return self.number(-a.value)
        return a.args[0] if a.op == "neg" else self.raw("neg", a)

    def mul(self, a: Expression, b: Expression) -> Expression:
        """A product without ones, nothing at all with a zero, signs in front."""
        if a.is_value(0) or b.is_value(0):
            return self.number(0)
        if a.is_value(1):
            return b
        if b.is_value(1):
            return a
        if a.is_value(-1) or b.is_value(-1):
            return self.neg(b if a.is_value(-1) else a)
        if a.op == "neg" or b.op == "neg":
            return self.neg(self.mul(a.args[0] if a.op == "neg" else a, b.args[0] if b.op == "neg" and a.op != "neg" else b))
        if b.is_number and not a.is_number:
            return self.mul(b, a)
        if a.is_number and b.op == "mul" and b.args[0].is_number:
            return self.mul(self.number(a.value * b.args[0].value), b.args[1])
        return self._folded("mul", a, b)

    def div(self, a: Expression, b: Expression) -> Expression:
        """A quotient; by 1 it is nothing."""
        if b.is_value(1) or (a.is_value(0) and not b.is_value(0)):
            return a
        if a.op == "neg":
            return self.neg(self.div(a.args[0], b))
        return self.raw("div", a, b)

    def pow(self, a: Expression, b: Expression) -> Expression:
        """A power; the first is the base itself, the zeroth is 1."""
        if b.is_value(1):
            return a
        return self.number(1) if b.is_value(0) else self.raw("pow", a, b)

    def _folded(self, op: str, a: Expression, b: Expression) -> Expression:
        """Two whole numbers are worked out."""
        if a.is_number and b.is_number and type(a.value) is int and type(b.value) is int:
            return self.number({"add": a.value + b.value, "sub": a.value - b.value, "mul": a.value * b.value}[op])
        return self.raw(op, a, b)

    def made(self, op: str, *args: Expression) -> Expression:
        """An operation as a person writes it."""
        ways: dict[str, Callable[..., Expression]] = {
            "add": self.add, "sub": self.sub, "mul": self.mul, "div": self.div, "pow": self.pow, "neg": self.neg,
        }  # fmt: skip
        if op == "square":
            return self.pow(args[0], self.number(2))
        if op == "reciprocal":
            return self.div(self.number(1), args[0])
        return ways[op](*args) if op in ways else self.raw(op, *args)


FREE = frozenset({"neg", "where", "clone"})
LARGEST_POWER = 64


def price(op: str, args: tuple[Expression, ...]) -> int:
    """What one operation costs beside its operands: a sign, a comparison and a choice nothing, a whole power its products."""
    if op in LEAVES or op == DERIVATIVE or op in FREE:
        return 0
    if op == "pow" and args[1].is_number and isinstance(args[1].value, int) and abs(args[1].value) <= LARGEST_POWER:
        times = abs(args[1].value)
        return times.bit_length() - 1 + times.bit_count() - 1 + (args[1].value < 0) if times else 0
    rule = OPS.get(op) or SPELLINGS.get(op)
    return 0 if rule is not None and rule.category in ("comparison", "logic") else 1


def distinct(tops: Iterable[Expression]) -> list[Expression]:
    """Every expression within some, each once, parts before the whole."""
    found: dict[int, Expression] = {}
    ahead = list(tops)
    while ahead:
        one = ahead.pop()
        if one.number not in found:
            found[one.number] = one
            ahead += one.args
    return [found[number] for number in sorted(found)]


def shared_operations(top: Expression) -> int:
    """What evaluating costs where nothing is evaluated twice."""
    return sum(price(one.op, one.args) for one in distinct([top]))
