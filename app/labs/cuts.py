"""Cuts of a tape: what crosses one carries the whole derivative, so that the sum of adjoint times tangent is the same at every cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.reverse import Contribution
from app.engine.tape import Value


@dataclass(frozen=True, slots=True)
class Term:
    """A node whose value crosses a cut: its adjoint as far as it comes from beyond, and that times its tangent, summed over entries."""

    node: int
    adjoint: Value
    product: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The place behind node ``after``: what was computed before it and is used behind it, or is seeded."""

    after: int
    terms: tuple[Term, ...]
    total: float


def cuts(
    places: Sequence[int], seeds: Iterable[tuple[int, Value]], tangents: Sequence[Value | None], played: Sequence[Contribution]
) -> list[Cut]:
    """A cut behind each of these nodes, which are in the order of the tape; the inputs come before all of them but the last input."""
    partial = _seeded(seeds, tangents)
    found: list[Cut] = []
    record = iter(played)
    ahead = next(record, None)
    for after in reversed(places):
        while ahead is not None and ahead.node > after:
            partial.pop(ahead.node, None)
            partial[ahead.to] = ahead.value if ahead.to not in partial else partial[ahead.to] + ahead.value
            ahead = next(record, None)
        found.append(_cut(after, partial, tangents))
    return found[::-1]


def _seeded(seeds: Iterable[tuple[int, Value]], tangents: Sequence[Value | None]) -> dict[int, Value]:
    """The adjoints that the reverse sweep starts with."""
    given: dict[int, Value] = {}
    for node, bar in seeds:
        if tangents[node] is not None:
            given[node] = bar if node not in given else given[node] + bar
    return given


def _cut(after: int, partial: dict[int, Value], tangents: Sequence[Value | None]) -> Cut:
    """What crosses the tape behind one node; a node behind the cut that gave nothing is none of it."""
    crossing = [(node, bar, tangents[node]) for node, bar in sorted(partial.items()) if node <= after]
    terms = tuple(Term(node, bar, float(np.sum(np.multiply(bar, dot)))) for node, bar, dot in crossing if dot is not None)
    return Cut(after, terms, float(sum(term.product for term in terms)))


def spread(found: Sequence[Cut]) -> float:
    """How far apart the largest and the smallest sum are: rounding, unless something lets only one of the sweeps through."""
    totals = [cut.total for cut in found]
    return max(totals) - min(totals) if totals else 0.0
