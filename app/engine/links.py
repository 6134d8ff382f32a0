"""Which elements of a result depend on which elements of an operand: asked of each operation by trying its own rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from app.core.diagnostic import OpError
from app.engine.layout import shaped, size_of
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, shape_of


class Links(NamedTuple):
    """Which elements of an operand (``into``) which elements of a result (``out``) depend on, pair by pair."""

    out: np.ndarray
    into: np.ndarray


PICKS = frozenset({"selection", "broadcast"})
"""Forms of operations that move elements about."""

MOST_WORK, CALL = 20_000_000, 1_000
"""Element operations that may go into trying operations on unit vectors, and what a call counts; beyond that an operation is dense."""


class Tracer:
    """Finds the links of operations; what it has found once it knows, as long as no value decides it."""

    def __init__(self, tape: Tape) -> None:
        self.tape, self.left = tape, MOST_WORK
        self._known: dict[object, Links | None] = {}

    def links(self, node: int, slot: int) -> Links | None:
        """The links along one edge; None where all depends on all."""
        tape, rule = self.tape, self.tape.rules[node]
        assert rule is not None
        out, into = shape_of(tape.values[node]), shape_of(tape.values[tape.inputs[node][slot]])
        if rule.elementwise:
            return _stretched(out, into)
        if size_of(out) == 1 and size_of(into) == 1:
            return None
        attributes, shapes = tape.attributes.get(node, NO_ATTRIBUTES), [shape_of(tape.values[i]) for i in tape.inputs[node]]
        form, fixed = rule.structure(slot, shapes, attributes), not rule.keeps(len(shapes))
        if rule.multilinear():
            return self._remembered(node, slot, shapes, bilinear=True)
        if fixed:
            return self._remembered(node, slot, shapes, bilinear=False)
        return self._probed(node, slot, bilinear=False) if form in PICKS else None

    def _remembered(self, node: int, slot: int, shapes: list[tuple[int, ...]], *, bilinear: bool) -> Links | None:
        """Links that shapes and attributes decide alone."""
        key = (id(self.tape.rules[node]), slot, *shapes, repr(self.tape.attributes.get(node)))
        if any(isinstance(value, np.ndarray) for value in _parts(self.tape.attributes.get(node, NO_ATTRIBUTES))):
            return self._probed(node, slot, bilinear=bilinear)  # long arrays are not written out by repr
        if key not in self._known:
            self._known[key] = self._probed(node, slot, bilinear=bilinear)
        return self._known[key]

    def _probed(self, node: int, slot: int, *, bilinear: bool) -> Links | None:
        probe = Probe(self.tape, node, slot, bilinear)
        try:
            found = probe.picked()
            if found is None and probe.cost <= self.left:
                self.left -= probe.cost
                found = probe.unit_by_unit()
        except OpError:
            return None
        return found


def _parts(attributes: object) -> list[object]:
    """What attributes hold, tuples opened."""
    values = list(attributes.values()) if isinstance(attributes, dict) else []
    return [part for value in values for part in (value if isinstance(value, (tuple, list)) else (value,))]


def _stretched(out: tuple[int, ...], into: tuple[int, ...]) -> Links:
    """Element by element, the operand stretched as broadcasting has it."""
    places = np.arange(size_of(into)).reshape(into)
    return Links(np.arange(size_of(out)), np.broadcast_to(places, out).reshape(-1))


class Probe:
    """One operation, linear in the operand of a slot, tried on vectors. A bilinear one has ones for its other operands."""

    def __init__(self, tape: Tape, node: int, slot: int, bilinear: bool) -> None:
        rule = tape.rules[node]
        assert rule is not None
        self.rule, self.slot, self.o = rule, slot, tape.o
        operands = tape.operands(node)
        if bilinear:
            operands = [x if s == slot else _ones(x) for s, x in enumerate(operands)]
        self.operands, self.z = operands, tape.result(node)
        self.attributes = tape.attributes.get(node, NO_ATTRIBUTES)
        self.out, self.into = shape_of(tape.values[node]), shape_of(operands[slot])
        self.rows, self.columns = size_of(self.out), size_of(self.into)
        self.cost = self.columns * (CALL + self.rows + rule.work([shape_of(x) for x in operands], self.attributes))
        """Of trying it on every unit vector."""

    def pushed(self, dot: np.ndarray) -> np.ndarray:
        """The result's tangent, flat."""
        return np.ravel(self.rule.jvp(self.o, self.slot, shaped(dot, self.into), self.z, self.operands, self.attributes))

    def pulled(self, bar: np.ndarray) -> np.ndarray:
        """The operand's adjoint, flat."""
        return np.ravel(self.rule.vjp(self.o, self.slot, shaped(bar, self.out), self.z, self.operands, self.attributes))

    def picked(self) -> Links | None:
        """The links where every result has one element to depend on, or every element one result that depends on it."""
        found = _single(self.pushed, self.columns)
        if found is not None:
            return Links(*found)
        found = _single(self.pulled, self.rows)
        return None if found is None else Links(found[1], found[0])

    def unit_by_unit(self) -> Links:
        """The links by a tangent for every element of the operand."""
        matrix = np.array([self.pushed(unit) for unit in np.eye(self.columns)]).reshape(self.columns, self.rows)
        into, out = np.nonzero(matrix)
        return Links(out, into)


def _ones(value: Value) -> Value:
    return np.ones(value.shape) if isinstance(value, np.ndarray) else 1.0


def _single(apply: Callable[[np.ndarray], np.ndarray], count: int) -> tuple[np.ndarray, np.ndarray] | None:
    """For a linear map: its results that are not 0, and the one element that each comes from; None where one comes from several.

    Two vectors tell: for a multiple of one element, the quotient of the results is that of the vectors at this element.
    """
    if not count:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    marks = np.sort(np.random.default_rng(1).uniform(1.0, 2.0, count))
    ones, marked = apply(np.ones(count)), apply(marks)
    results = np.flatnonzero((ones != 0) | (marked != 0))
    if not len(results):
        return results, results
    quotients = marked[results] / ones[results]
    places = np.clip(np.searchsorted(marks, quotients * (1 - 1e-14)), 0, count - 1)
    return (results, places) if np.all(np.abs(marks[places] - quotients) <= 1e-14 * quotients) else None
