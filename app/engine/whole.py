"""A whole tape of scalars as one pattern: compiled code runs it, and sweeps it, from the first node to the last."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from app.engine.block import Pattern
from app.engine.tape import Value

Edge = tuple[int, int, int]
"""The node whose adjoint goes back, the operand that it goes to, and the slot."""


class Score:
    """The structure of a tape of scalars, to be played on new inputs: the first ``pattern.before`` nodes are those.

    ``edges`` are those that adjoints go back along, (node, to, slot), in the order of the sweep.
    """

    def __init__(self, pattern: Pattern, constants: Sequence[float], live: Sequence[bool]) -> None:
        width, count = pattern.width, pattern.before + pattern.width
        self.pattern, self.handle, self.count, self.live = pattern, pattern.handle, count, bytes(live)
        self.machine = pattern.machine
        self.constants = (ctypes.c_double * (len(constants) or 1))(*constants)
        self.edges = list(_edges(pattern, live))
        self.room, self.bars, self.flags = ctypes.c_double * (count + 2 * width), ctypes.c_double * count, ctypes.c_ubyte * count
        self.record = ctypes.c_double * (2 * len(self.edges) or 1)

    def play(self, inputs: Sequence[float]) -> tuple[list[Value], Whole]:
        """Primals of all nodes, and what the sweeps need."""
        room = self.room(*inputs)
        self.machine.play(self.handle, self.constants, room)
        return room[: self.count], Whole(self, room)


def _edges(pattern: Pattern, live: Sequence[bool]) -> Iterator[Edge]:
    """All edges to live operands, from the last node to the first."""
    for place in range(pattern.width - 1, -1, -1):
        node = pattern.before + place
        for slot, side in enumerate((pattern.left, pattern.right)[: pattern.arity[place]]):
            if live[node + side[place]]:
                yield node, node + side[place], slot


class Sweep(NamedTuple):
    """A reverse sweep in columns: an adjoint a node, 0 where it was not ``reached``; contribution and adjoint after it an edge."""

    adjoints: list[float]
    reached: bytes
    record: list[float]


class Whole:
    """One run of a score: a stretch of the tape that is all of it. ``room`` holds values and partials."""

    __slots__ = ("last", "room", "score")

    first = 0

    def __init__(self, score: Score, room: Any) -> None:
        self.score, self.room, self.last = score, room, score.count - 1

    def pull(self, adjoints: list[Value | None], live: Sequence[bool]) -> bool:
        """Sweep backwards in compiled code."""
        score = self.score
        bar, reached = score.bars(), score.flags()
        left, node = score.count - adjoints.count(None), score.count
        while left:  # seeds are few, and near the end
            node -= 1
            value = adjoints[node]
            if value is not None:
                if not isinstance(value, float):
                    return False
                bar[node], reached[node] = value, 1
                left -= 1
        count = score.machine.play_back(score.handle, self.room, score.live, bar, reached, None)
        if count < 0:
            return False
        adjoints[:] = bar[:]
        if count < score.count:
            _forget(adjoints, bytes(reached))
        return True

    def sweep(self, seeds: Iterable[tuple[int, float]]) -> Sweep | None:
        """Sweep backwards and record every contribution; None where a NaN shows up, or a seed is where adjoints do not go."""
        score = self.score
        bar, reached, record = score.bars(), score.flags(), score.record()
        for node, value in seeds:
            if not score.live[node]:
                return None
            bar[node] = bar[node] + value if reached[node] else value
            reached[node] = 1
        count = score.machine.play_back(score.handle, self.room, score.live, bar, reached, record)
        return Sweep(bar[:], bytes(reached), record[:]) if count >= 0 else None

    def write_inputs(self, inputs: list[tuple[int, ...]]) -> None:
        """Nothing: operands are known before a run."""

    def write_partials(self, partials: list[tuple[float, ...] | None]) -> None:
        """One tuple a node; an input and a constant have none."""
        self.share(self.slopes(), partials)

    def slopes(self) -> list[float]:
        """The partials by the first operand of every node that is no input, then those by the second."""
        return self.room[self.score.count :]  # type: ignore[no-any-return]  # a ctypes array is untyped

    def share(self, slopes: Sequence[Any], partials: list[Any]) -> None:
        """Write such a column into the tape's list."""
        pattern = self.score.pattern
        pairs = zip(pattern.arity, slopes[: pattern.width], slopes[pattern.width :], strict=True)
        partials[pattern.before :] = [(x, y) if n == 2 else (x,) if n else None for n, x, y in pairs]


def _forget(adjoints: list[Value | None], reached: bytes) -> None:
    """None where nothing flowed, which differs from 0."""
    node = reached.find(0)
    while node >= 0:
        adjoints[node] = None
        node = reached.find(0, node + 1)
