"""Truncated Taylor series as numbers, and the namespace ``o`` in which the rules of the operations are evaluated on them.

Most operations need no rule of their own here: the forward rule of an operation, evaluated on series, is the derivative of its result,
and a series follows from its derivative coefficient by coefficient.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.labs.dual import recurrences
from app.labs.dual.recurrences import Coefficients
from app.ops.arrays.rule import LINEAR, ArrayOp
from app.ops.namespace import Namespace, Opaque
from app.ops.op import NO_ATTRIBUTES, Op, Shape, Value, normal, shape_of


class Meter:
    """What all series of one question may cost together; an operation and a look at a coefficient cost more than the arithmetic."""

    CALL, LOOK = 6_000, 400

    def __init__(self, allowed: int) -> None:
        self.allowed, self.left = allowed, allowed

    def charge(self, coefficients: int, elements: int) -> None:
        """Pay for work before it is done; raises OpError."""
        self.left -= self.CALL + coefficients * (self.LOOK + elements)
        if self.left < 0:
            raise OpError(
                "budget.work",
                f"The Taylor coefficients of this program take more than the {self.allowed:,} units of arithmetic allowed here.",
                "Ask for a lower order, or take a shorter program.",
            )


class Series(Opaque):
    """A primal with the coefficients of ε, ε², … as far as its namespace ``o`` goes. Rules compute with it, but cannot branch on it."""

    __slots__ = ("coefficients", "o")
    __hash__ = None  # type: ignore[assignment]  # a value, compared by nobody
    called = "a series"

    def __init__(self, coefficients: Sequence[Value], o: Taylor) -> None:
        self.coefficients, self.o = coefficients, o

    @property
    def primal(self) -> Value:
        """The coefficient that is left where ε is 0: comparisons and masks look at it alone."""
        return self.coefficients[0]

    @property
    def shape(self) -> Shape:
        """The shape of the primal."""
        return shape_of(self.primal)

    @property
    def is_float(self) -> bool:
        """Whether derivatives can flow into it: always."""
        return True

    def slope(self) -> Series:
        """The derivative: one coefficient less."""
        return Series([normal(np.multiply(float(k), c)) for k, c in enumerate(self.coefficients)][1:], self.o.lower(self.o.order - 1))

    def cut(self, order: int) -> Series:
        """The coefficients up to an order."""
        return Series(self.coefficients[: order + 1], self.o.lower(order))


class Taylor(Namespace):
    """Operations by name on series up to an order: on numbers they answer with numbers."""

    def __init__(self, order: int, meter: Meter) -> None:
        self.order, self.meter = order, meter
        self._lower: dict[int, Taylor] = {order: self}

    def lower(self, order: int) -> Taylor:
        """The namespace of a lower order, on the same meter."""
        if order not in self._lower:
            self._lower[order] = Taylor(order, self.meter)
        return self._lower[order]

    def apply(self, op: Op, inputs: Sequence[Any], attributes: Mapping[str, Any] = NO_ATTRIBUTES) -> Any:
        """One operation; a tuple where it has several results."""
        attributes = {name: value.primal if isinstance(value, Series) else value for name, value in attributes.items()}
        primals = [x.primal if isinstance(x, Series) else x for x in inputs]
        shapes = [shape_of(x) for x in primals]
        moving = [slot for slot, x in enumerate(inputs) if isinstance(x, Series) and not op.blocks(slot, shapes, attributes)]
        count = (self.order + 1) * (self.order + 2) // 2 if moving else 1
        self.meter.charge(count, op.work(shapes, attributes))
        if not moving:
            made = op.value(primals, attributes)
            return tuple(map(normal, made)) if op.results > 1 else normal(made)
        if self.order == 0:
            return self._values(op, primals, attributes)
        own = self._directly(op, inputs, attributes)
        return self._by_slope(op, inputs, primals, moving, attributes) if own is None else self._made(own)

    def _values(self, op: Op, primals: Sequence[Value], attributes: Mapping[str, Any]) -> Any:
        """Series that end with the primal."""
        made = op.value(primals, attributes)
        found = tuple(Series([v], self) if _is_float(v) else v for v in map(normal, made if op.results > 1 else (made,)))
        return found if op.results > 1 else found[0]

    def _made(self, coefficients: Coefficients) -> Series:
        """A series whose coefficients all have the shape of the primal."""
        shape = np.shape(coefficients[0])
        spread = [c if np.shape(c) == shape else np.array(np.broadcast_to(c, shape)) for c in coefficients]
        return Series([normal(c) for c in spread], self)

    def _directly(self, op: Op, inputs: Sequence[Any], attributes: Mapping[str, Any]) -> Coefficients | None:
        """The coefficients by a recurrence of their own, where there is one."""
        rows = [self._row(x) for x in inputs]
        if op.name in recurrences.ELEMENTWISE:
            return recurrences.ELEMENTWISE[op.name](*rows)
        if op.name == "pow":
            fixed = not isinstance(inputs[1], Series) and np.ndim(inputs[1]) == 0
            return recurrences.power(rows[0], float(inputs[1])) if fixed else recurrences.moving_power(*rows)
        if op.name == "where":
            return [op.value([rows[0][0], x, y], attributes) for x, y in zip(*rows[1:], strict=True)]
        if op.name == "solve" and np.ndim(rows[0][0]) == 2:
            return recurrences.solve(rows[0], rows[1], lambda A, b: op.value([A, b], attributes))
        if isinstance(op, ArrayOp) and op.results == 1 and not op.variadic and set(op.push) == {LINEAR} and len(op.push) == len(rows):
            if len(rows) == 1:
                return [op.value([c], attributes) for c in rows[0]]
            if len(rows) == 2:
                return recurrences.product(lambda x, y: op.value([x, y], attributes), *rows)
        return None

    def _row(self, x: Any) -> Coefficients:
        """All coefficients of an operand: those of a number are 0 after the first."""
        if isinstance(x, Series):
            return list(x.coefficients[: self.order + 1])
        zero = np.zeros(np.shape(x)) if np.ndim(x) else 0.0
        return [x, *[zero] * self.order]

    def _by_slope(
        self, op: Op, inputs: Sequence[Any], primals: Sequence[Value], moving: Sequence[int], attributes: Mapping[str, Any]
    ) -> Any:
        """The coefficients by the operation's own forward rule, which makes the derivative of the result.

        Most rules speak of the operands alone and are evaluated once. Others speak of the result too: each of its coefficients
        then comes from the derivative up to the one before.
        """
        made = op.value(primals, attributes)
        values = [normal(v) for v in made] if op.results > 1 else [normal(made)]
        flowing = [place for place, v in enumerate(values) if _is_float(v)]
        rows: dict[int, Coefficients] = {place: [values[place]] for place in flowing}
        lower = self.lower(self.order - 1)
        unread = tuple(Unread([v], lower) if place in rows else v for place, v in enumerate(values))
        for place in flowing:
            given = attributes if op.results == 1 else {**attributes, "result": place}
            try:
                slope = lower.slope_of(op, inputs, moving, unread, given)
                rows[place] += [np.divide(c, float(k)) for k, c in enumerate(slope, 1)]
            except ReadsItselfError:
                continue
        waiting = [place for place in flowing if len(rows[place]) == 1]
        for k in range(1, self.order + 1 if waiting else 1):
            now = self.lower(k - 1)
            known = tuple(Series(rows[place][:k], now) if place in rows else v for place, v in enumerate(values))
            for place in waiting:
                given = attributes if op.results == 1 else {**attributes, "result": place}
                rows[place].append(np.divide(now.slope_of(op, inputs, moving, known, given)[-1], float(k)))
        whole = tuple(self._made(rows[place]) if place in rows else v for place, v in enumerate(values))
        return whole if op.results > 1 else whole[0]

    def slope_of(
        self, op: Op, inputs: Sequence[Any], moving: Sequence[int], known: tuple[Any, ...], attributes: Mapping[str, Any]
    ) -> Coefficients:
        """The derivative of a result: the sum over its operands of the forward rule, evaluated on series."""
        operands = [x.cut(self.order) if isinstance(x, Series) else x for x in inputs]
        z = known[0] if op.results == 1 else known
        total: Any = None
        for slot in moving:
            part = op.jvp(self, slot, inputs[slot].slope().cut(self.order), z, operands, attributes)
            total = part if total is None else self.add(total, part)
        return self._row(0.0 if total is None else total)


class Unread(Series):
    """A result that is being made: a rule may ask for its primal and its shape, not for what is not known yet."""

    __slots__ = ("_primal",)

    def __init__(self, coefficients: Sequence[Value], o: Taylor) -> None:
        self._primal, self.o = coefficients[0], o

    @property
    def primal(self) -> Value:
        """What is known of it."""
        return self._primal

    @property
    def coefficients(self) -> Sequence[Value]:  # type: ignore[override]  # nothing is there to be read
        """Not known yet."""
        raise ReadsItselfError


class ReadsItselfError(Exception):
    """The rule of an operation speaks of its result."""


def _is_float(value: Value) -> bool:
    return type(value) is float or (isinstance(value, np.ndarray) and value.dtype == np.float64)
