"""The Jacobian of a tape: sweeps from many seeds, all of them in one pass where the tape holds scalars only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.engine.forward import forward
from app.engine.layout import Layout, shaped
from app.engine.reverse import reverse
from app.engine.tape import Tape, Value, shape_of

Array = np.ndarray
"""Seeds and results are matrices: one row a sweep."""

ROOM = 4_000_000
"""Elements that one pass with many seeds may hold."""


class Seeds(Protocol):
    """A matrix of seeds, a row a sweep, of which stretches of rows can be had."""

    def __len__(self) -> int:
        """The number of sweeps."""

    def __getitem__(self, rows: slice, /) -> Array:
        """Some of the rows."""


@dataclass(frozen=True, slots=True)
class Units:
    """The rows of an identity matrix, made when they are asked for."""

    count: int

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, rows: slice, /) -> Array:
        places = np.arange(self.count)[rows]
        made = np.zeros((len(places), self.count))
        made[np.arange(len(places)), places] = 1.0
        return made


def push(tape: Tape, columns: Layout, rows: Layout, seeds: Seeds) -> Array:
    """The tangents of ``rows`` for every row of tangents of ``columns``. Nothing flows where adjoints would not: the Jacobian is one."""
    found = np.zeros((len(seeds), rows.size))
    if is_wide(tape, len(seeds)):
        for some in chunks(tape, len(seeds)):
            found[some] = _pushed_at_once(tape, columns, rows, seeds[some])
        if settled(tape, found):
            return found
    for row in range(len(seeds)):
        found[row] = 0.0
        _lay(found[row], rows, forward(tape, dict(given(columns, seeds[row : row + 1][0])), tape.live))
    return found


def pull(tape: Tape, columns: Layout, rows: Layout, seeds: Seeds) -> Array:
    """The adjoints of ``columns`` for every row of cotangents of ``rows``."""
    found = np.zeros((len(seeds), columns.size))
    if is_wide(tape, len(seeds)):
        for some in chunks(tape, len(seeds)):
            found[some] = _pulled_at_once(tape, columns, rows, seeds[some])
        if settled(tape, found):
            return found
    for row in range(len(seeds)):
        found[row] = 0.0
        _lay(found[row], columns, reverse(tape, given(rows, seeds[row : row + 1][0])))
    return found


AGAIN = 400_000
"""So many nodes may be looked at again, sweep by sweep."""


def settled(tape: Tape, found: Array) -> bool:
    """Whether what came of all seeds at once can stay: there, a seed of 0 times infinity is NaN where nothing should flow at all."""
    return bool(np.isfinite(found).all()) or len(tape) * len(found) > AGAIN


def _lay(row: Array, where: Layout, derivatives: Sequence[Value | None]) -> None:
    """Write what flows to some nodes into a row of zeros."""
    for node, place in zip(where.nodes, where.slices(), strict=True):
        if (found := derivatives[node]) is not None:
            row[place] = np.ravel(found)


def given(where: Layout, seed: Array) -> list[tuple[int, Value]]:
    """One row of seeds, node by node; an output can stand there twice. From a node of zeros nothing flows, not even 0 times infinity."""
    parts = zip(where.nodes, where.slices(), where.shapes, strict=True)
    return [(node, shaped(seed[place], shape)) for node, place, shape in parts if seed[place].any()]


# ---------------------------------------------------------------- all seeds in one pass


FEW = 8
"""So many sweeps over a tape of numbers are faster one by one, by its partials."""


def is_wide(tape: Tape, count: int, few: int = FEW) -> bool:
    """Whether so many seeds go through at once: past scalars, and operations that act on every entry by itself."""
    if count <= few:
        return False
    rules = {id(rule): rule for rule in tape.rules if rule is not None}.values()
    return all(rule.elementwise or not rule.differentiable for rule in rules) and not any(map(shape_of, tape.values))


def widened(tape: Tape, count: int) -> Tape:
    """The same tape with a column in the place of every number that derivatives flow through."""
    values = [np.full(count, value) if live else value for value, live in zip(tape.values, tape.live, strict=True)]
    nothing: list[tuple[float, ...] | None] = [None] * len(values)
    return Tape(tape.rules, tape.inputs, values, nothing, tape.live, tape.attributes, tape.results, (), tape.o, False, tape.open_slots)


def chunks(tape: Tape, count: int, weight: int = 1) -> Iterator[slice]:
    """Seeds in portions that one pass has room for; ``weight`` is what an element takes."""
    step = max(1, ROOM // max(1, weight * len(tape)))
    return (slice(at, min(at + step, count)) for at in range(0, count, step))


def _pushed_at_once(tape: Tape, columns: Layout, rows: Layout, seeds: Array) -> Array:
    wide = widened(tape, len(seeds))
    tangents = forward(wide, dict(zip(columns.nodes, seeds.T, strict=True)), tape.live)
    return beside([tangents[node] for node in rows.nodes], len(seeds))


def _pulled_at_once(tape: Tape, columns: Layout, rows: Layout, seeds: Array) -> Array:
    wide = widened(tape, len(seeds))
    adjoints = reverse(wide, zip(rows.nodes, seeds.T, strict=True))
    return beside([adjoints[node] for node in columns.nodes], len(seeds))


def beside(found: list[Value | None], count: int) -> Array:
    """Columns beside each other; zeros where nothing flows."""
    made = np.zeros((count, len(found)))
    for place, column in enumerate(found):
        if column is not None:
            made[:, place] = column
    return made


# ---------------------------------------------------------------- what sweeps cost


def sweep_work(tape: Tape) -> int:
    """Element operations of one sweep: what evaluating the tape takes."""
    work = 0
    for node, rule in enumerate(tape.rules):
        if rule is not None:
            shapes = [shape_of(tape.values[i]) for i in tape.inputs[node]]
            work += rule.work(shapes, tape.attributes.get(node, {}))
    return work


def visits(tape: Tape, sweeps: int) -> int:
    """How often a node is looked at by so many sweeps."""
    return len(tape) * (len(list(chunks(tape, sweeps))) if is_wide(tape, sweeps) else sweeps)
