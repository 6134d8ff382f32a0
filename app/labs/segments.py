"""The tape in segments: the rounds of its loops, elsewhere single operations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from app.lang.program import Run

MOST = 128
"""Segments; where there are more, neighbours are joined."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The operations ``first`` to ``last``: a round of a loop, or one node; ``parts`` counts how many of those were joined."""

    first: int
    last: int
    kind: str
    parts: int = 1


def segments(run: Run, most: int = MOST) -> list[Segment]:
    """The tape cut at the rounds of the outermost loops, and elsewhere behind every operation. Results of one operation stay together."""
    tape = run.tape
    rounds = {node: place for place, (first, last) in enumerate(_outermost(run)) for node in range(first, last + 1)}
    found: list[Segment] = []
    owners: list[int | None] = []
    for node, rule in enumerate(tape.rules):
        if rule is None:
            continue
        owner, family = rounds.get(node), tape.results.get(node, (node,))
        if found and (family[0] != node or (owner is not None and owner == owners[-1])):
            found[-1] = Segment(found[-1].first, node, found[-1].kind)
        else:
            found.append(Segment(node, node, "node" if owner is None else "round"))
            owners.append(owner)
    return _joined(found, most)


def _outermost(run: Run) -> list[tuple[int, int]]:
    """The first and the last node of every round that is in no other."""
    inside: list[bool] = []
    found = []
    for kind, _, _, around, first, last in run.groups:
        within = around is not None and inside[around]
        inside.append(within or kind == "iteration")
        if kind == "iteration" and not within and last >= first:
            found.append((first, last))
    return found


def _joined(found: list[Segment], most: int) -> list[Segment]:
    """At most so many segments, of about as many parts each."""
    if len(found) <= most:
        return found
    ends = [round(place * len(found) / most) for place in range(most + 1)]
    return [Segment(found[low].first, found[high - 1].last, found[low].kind, high - low) for low, high in pairwise(ends)]
