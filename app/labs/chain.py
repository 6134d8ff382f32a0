"""The Jacobian as a product of elementary Jacobians, one an operation, each acting on the values that are still needed.

The state before the first operation holds the inputs, the one behind the last holds the outputs. An operation keeps what is
needed later (the ones of an identity) and adds its result (the entries); the chain rule is the product of these matrices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from app.engine.jacobian import Units
from app.engine.layout import Layout, layout, shaped, size_of
from app.engine.links import Tracer
from app.engine.reverse import open_slots
from app.engine.tape import NO_ATTRIBUTES, Tape, shape_of
from app.labs.jacobian import Frame

Places = np.ndarray


@dataclass(frozen=True, slots=True)
class Factor:
    """One elementary Jacobian: from the state ``columns`` to the state ``rows``; ``node`` is None where there is no operation at all.

    ``kept`` are the rows and columns of the ones that only pass values on; ``rows_at``, ``columns_at`` and ``values`` are the entries
    of the operation, sorted by rows, each of them once.
    """

    node: int | None
    rows: Layout
    columns: Layout
    kept: tuple[Places, Places]
    rows_at: Places
    columns_at: Places
    values: np.ndarray

    @property
    def entries(self) -> int:
        """The structural non-zeros, ones included."""
        return len(self.kept[0]) + len(self.values)


def path(frame: Frame) -> list[int]:
    """The operations between the inputs and the outputs, in order."""
    tape, slots = frame.tape, open_slots(frame.tape)
    needed = {node for node in frame.rows.nodes if tape.live[node]}
    for node in range(len(tape) - 1, -1, -1):
        if node in needed:
            needed.update(tape.inputs[node][slot] for slot in slots[node])
    return sorted(node for node in needed if tape.inputs[node])


def states(frame: Frame, nodes: Sequence[int]) -> list[Layout]:
    """What is needed before each operation, and behind the last: the inputs, then ever less of them, at last the outputs."""
    tape, slots = frame.tape, open_slots(frame.tape)
    last = {tape.inputs[node][slot]: node for node in nodes for slot in slots[node]}
    last |= dict.fromkeys(frame.rows.nodes, len(tape))
    held = list(frame.columns.nodes)
    found = [frame.columns]
    for node in nodes[:-1]:
        held = [other for other in held if last.get(other, -1) > node] + [node]
        found.append(layout(tape, held))
    return [*found, frame.rows]


def estimate(frame: Frame, nodes: Sequence[int], held: Sequence[Layout]) -> tuple[int, int]:
    """Entries at most, and the work of finding them."""
    tape, entries, work = frame.tape, sum(state.size for state in held), 0
    for node in nodes:
        rule, out = tape.rules[node], size_of(shape_of(tape.values[node]))
        assert rule is not None
        shapes = [shape_of(value) for value in tape.operands(node)]
        sizes = [size_of(shapes[slot]) for slot in open_slots_of(tape, node)]
        each = [out if rule.elementwise else out * size for size in sizes]
        sweeps = 1 if rule.elementwise else sum(min(out, size) for size in sizes)
        entries += sum(each)
        work += sum(each) + sweeps * rule.work(shapes, tape.attributes.get(node, NO_ATTRIBUTES))
    return entries, work


def factors(frame: Frame, nodes: Sequence[int], held: Sequence[Layout]) -> list[Factor]:
    """The elementary Jacobians, the first operation's first. Without any operation, one that hands inputs on as outputs."""
    tracer = Tracer(frame.tape)
    steps: list[int | None] = list(nodes) or [None]
    return [_factor(frame.tape, tracer, node, before, after) for node, (before, after) in zip(steps, pairwise(held), strict=True)]


def _factor(tape: Tape, tracer: Tracer, node: int | None, before: Layout, after: Layout) -> Factor:
    """One of them."""
    at = dict(zip(before.nodes, before.slices(), strict=True))
    out: list[Places] = []
    into: list[Places] = []
    block = Block.of(tape, tracer, node, at)
    rows, columns, values = [block.rows[:0]], [block.columns[:0]], [block.values[:0]]
    for other, place in zip(after.nodes, after.slices(), strict=True):
        if other == node:
            rows.append(block.rows + place.start)
            columns.append(block.columns)
            values.append(block.values)
        elif other in at and tape.live[other]:
            out.append(np.arange(place.start, place.stop))
            into.append(np.arange(at[other].start, at[other].stop))
    kept = (_joined(out), _joined(into))
    return Factor(node, after, before, kept, _joined(rows), _joined(columns), np.concatenate(values))


def _joined(parts: list[Places]) -> Places:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Block:
    """The local Jacobian of an operation: rows are elements of its result, columns places in the state before it."""

    rows: Places
    columns: Places
    values: np.ndarray

    @classmethod
    def of(cls, tape: Tape, tracer: Tracer, node: int | None, at: dict[int, slice]) -> Block:
        """The block of a node, entries of an operand in two slots added."""
        parts: list[tuple[Places, Places, np.ndarray]] = []
        if node is not None:
            for slot in open_slots_of(tape, node):
                source = tape.inputs[node][slot]
                if source in at:
                    out, into, values = _local(tape, tracer, node, slot)
                    parts.append((out, into + at[source].start, values))
        rows, columns = _joined([part[0] for part in parts]), _joined([part[1] for part in parts])
        values = np.concatenate([part[2] for part in parts]) if parts else np.zeros(0)
        width = 1 + int(columns.max(initial=0))
        places, which = np.unique(rows * width + columns, return_inverse=True)
        summed = np.zeros(len(places))
        np.add.at(summed, which, values)
        return cls(places // width, places % width, summed)


def open_slots_of(tape: Tape, node: int) -> list[int]:
    """The slots of a node that derivatives come through."""
    rule, attributes = tape.rules[node], tape.attributes.get(node, NO_ATTRIBUTES)
    assert rule is not None
    shapes = [shape_of(value) for value in tape.operands(node)]
    return [slot for slot, source in enumerate(tape.inputs[node]) if tape.live[source] and not rule.blocks(slot, shapes, attributes)]


def _local(tape: Tape, tracer: Tracer, node: int, slot: int) -> tuple[Places, Places, np.ndarray]:
    """The local Jacobian along one edge: partials of an elementwise operation, sweeps over the one operation of any other."""
    rule, operands, attributes = tape.rules[node], tape.operands(node), tape.attributes.get(node, NO_ATTRIBUTES)
    assert rule is not None
    links = tracer.links(node, slot)
    if rule.elementwise:
        assert links is not None
        return links.out, links.into, np.ravel(np.asarray(rule.partial(slot, tape.result(node), operands, attributes), dtype=float))
    matrix = _dense(rule, tape.o, slot, tape.values[node], tape.result(node), operands, attributes)
    if links is None:
        out, into = np.indices(matrix.shape).reshape(2, -1)
        return out, into, matrix.ravel()
    return links.out, links.into, matrix[links.out, links.into]


def _dense(rule: Any, o: Any, slot: int, value: Any, z: Any, operands: Sequence[Any], attributes: Any) -> np.ndarray:
    """The local Jacobian as a table, by rows or by columns, whichever are fewer."""
    out, into = shape_of(value), shape_of(operands[slot])
    rows, columns = size_of(out), size_of(into)
    if rows <= columns:
        bars = [rule.vjp(o, slot, shaped(unit, out), z, operands, attributes) for unit in np.eye(rows)]
        return np.array([np.ravel(bar) for bar in bars], dtype=float).reshape(rows, columns)
    dots = [rule.jvp(o, slot, shaped(unit, into), z, operands, attributes) for unit in np.eye(columns)]
    return np.array([np.ravel(dot) for dot in dots], dtype=float).reshape(columns, rows).T


PORTION = 2_000_000
"""Elements that a step of the product may hold."""


def product(chain: Sequence[Factor], columns: int) -> np.ndarray:
    """J_k ⋯ J_2 J_1, multiplied from the right, some columns at a time."""
    widest = max(factor.entries + factor.rows.size for factor in chain)
    step = max(1, PORTION // max(1, widest))
    return np.concatenate([_multiplied(chain, Units(columns)[at : at + step].T) for at in range(0, columns or 1, step)], axis=1)


def _multiplied(chain: Sequence[Factor], found: np.ndarray) -> np.ndarray:
    there = found != 0  # by structure: what is not there is not 0 times infinity either
    for factor in chain:
        made, reached = np.zeros((factor.rows.size, found.shape[1])), np.zeros((factor.rows.size, found.shape[1]), dtype=bool)
        made[factor.kept[0]], reached[factor.kept[0]] = found[factor.kept[1]], there[factor.kept[1]]
        linked = there[factor.columns_at]
        if len(factor.rows_at):
            rows, starts = np.unique(factor.rows_at, return_index=True)  # they are sorted
            made[rows] = np.add.reduceat(np.where(linked, factor.values[:, None] * found[factor.columns_at], 0.0), starts, axis=0)
            reached[rows] = np.logical_or.reduceat(linked, starts, axis=0)
        found, there = made, reached
    return found


def product_work(chain: Sequence[Factor], columns: int) -> int:
    """Element operations of the product."""
    return columns * sum(factor.entries + factor.rows.size for factor in chain)
