"""The rolled form of a run: of all steps that do the same only the first, with edges from one round to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.labs.rounds import Repeated
from app.lang.program import Run


@dataclass(frozen=True, slots=True)
class Edge:
    """An operand of a node of the rolled form; ``carried`` from another round or call, ``count`` times in the run."""

    source: int
    to: int
    slot: int
    carried: bool
    count: int


@dataclass(frozen=True, slots=True)
class Rolled:
    """For every node of the run the one that stands for it, and the edges between those that stand for others or themselves."""

    stands_for: list[int]
    edges: list[Edge]


def rolled(run: Run, found: Sequence[Repeated]) -> Rolled:
    """The rolled form of all loops and recursions at once."""
    stands_for = _stand_ins(len(run.tape), found)
    step_of = _steps(run, found)
    counts: dict[tuple[int, int, int, bool], int] = {}
    for node, sources in enumerate(run.tape.inputs):
        for slot, source in enumerate(sources):
            begin, end = stands_for[source], stands_for[node]
            edge = begin, end, slot, begin >= end or _in_other_step(step_of, source, node)
            counts[edge] = counts.get(edge, 0) + 1
    return Rolled(stands_for, [Edge(*edge, count) for edge, count in counts.items()])


def _stand_ins(count: int, found: Sequence[Repeated]) -> list[int]:
    """The first step of its pattern stands for a step, node by node; where steps are in steps, again and again."""
    moved: dict[int, int] = {}
    for one in found:
        for step in one.steps:
            first = one.steps[one.patterns[step.pattern]]
            if first is not step:
                moved |= zip(step.nodes, first.nodes, strict=True)
        moved |= zip(one.tail, one.steps[0].nodes, strict=False)
    return [_settled(moved, node) for node in range(count)]


def _settled(moved: dict[int, int], node: int) -> int:
    """Where a node ends up; a move is to an earlier step, and where steps are in steps in odd ways, nobody moves twice."""
    end, seen = node, {node}
    while moved.get(end, end) not in seen:
        end = moved[end]
        seen.add(end)
    moved.pop(end, None)
    while node != end:
        moved[node], node = end, moved[node]
    return end


Place = tuple[int, int]
"""Which of the repeated, and which of its steps."""


def _steps(run: Run, found: Sequence[Repeated]) -> list[tuple[Place, ...]]:
    """By node the steps that it is in, outermost first."""
    around: list[tuple[Place, ...]] = [()] * len(run.tape)
    for number, one in enumerate(found):
        for place, step in enumerate(one.steps):
            for node in step.nodes:
                around[node] = (*around[node], (number, place))
        for node in one.tail:
            around[node] = (*around[node], (number, len(one.steps)))
    return around


def _in_other_step(step_of: Sequence[tuple[Place, ...]], source: int, node: int) -> bool:
    """Whether two nodes are in different steps of the same loop or recursion."""
    theirs = dict(step_of[source])
    return any(theirs.get(number, place) != place for number, place in step_of[node])
