"""A whole tape of scalars as one pattern: compiled code runs it, and sweeps it, from the first node to the last."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from app.engine.block import Pattern
from app.engine.tape import Value


class Score:
    """The structure of a tape of scalars, to be played on new inputs: the first ``pattern.before`` nodes are those."""

    def __init__(self, pattern: Pattern, constants: Sequence[float], live: Sequence[bool]) -> None:
        width, count = pattern.width, pattern.before + pattern.width
        self.pattern, self.handle, self.count, self.live = pattern, pattern.handle, count, bytes(live)
        self.machine = pattern.machine
        self.constants = (ctypes.c_double * (len(constants) or 1))(*constants)
        self.room, self.bars, self.flags = ctypes.c_double * (count + 2 * width), ctypes.c_double * count, ctypes.c_ubyte * count

    def play(self, inputs: Sequence[float]) -> tuple[list[Value], Whole]:
        """Primals of all nodes, and what the sweeps need."""
        room = self.room(*inputs)
        self.machine.play(self.handle, self.constants, room)
        return room[: self.count], Whole(self, room)


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
        count = score.machine.play_back(score.handle, self.room, score.live, bar, reached)
        if count < 0:
            return False
        adjoints[:] = bar[:]
        if count < score.count:
            _forget(adjoints, bytes(reached))
        return True

    def write_inputs(self, inputs: list[tuple[int, ...]]) -> None:
        """Nothing: operands are known before a run."""

    def write_partials(self, partials: list[tuple[float, ...] | None]) -> None:
        """One tuple a node; an input and a constant have none."""
        pattern, count = self.score.pattern, self.score.count
        p, q = self.room[count : count + pattern.width], self.room[count + pattern.width :]
        partials[pattern.before :] = [(x, y) if n == 2 else (x,) if n else None for n, x, y in zip(pattern.arity, p, q, strict=True)]


def _forget(adjoints: list[Value | None], reached: bytes) -> None:
    """None where nothing flowed, which differs from 0."""
    node = reached.find(0)
    while node >= 0:
        adjoints[node] = None
        node = reached.find(0, node + 1)
