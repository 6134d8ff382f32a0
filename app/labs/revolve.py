"""Reversing a chain of segments with few snapshots: Griewank and Walther's binomial schedules.

With ``slots`` snapshots, the one of the beginning among them, and every segment run at most ``times`` times before it is reversed,
C(slots + times, slots) segments can be reversed, and no schedule does more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import comb


@dataclass(frozen=True, slots=True)
class Action:
    """One move of a sweep from snapshots; segments from ``until`` on have been reversed already.

    ``store`` and ``drop`` a snapshot before segment ``start``, ``restore`` it, ``advance`` from there to before ``stop``, or run
    segment ``start`` with its tape and ``reverse`` it.
    """

    kind: str
    start: int
    stop: int
    until: int


def reach(slots: int, times: int) -> int:
    """How many segments can be reversed if none is advanced over more than ``times`` times."""
    return comb(slots + times, slots) if times >= 0 else 0


def repetitions(segments: int, slots: int) -> int:
    """How often a segment is advanced over at most."""
    times = 0
    while reach(slots, times) < segments:
        times += 1
    return times


@cache
def advances(segments: int, slots: int) -> int:
    """The fewest segments that have to be advanced over, each counted as often as it is: t(l, c) = r l - C(c + r, c + 1)."""
    times = repetitions(segments, slots)
    return times * segments - (comb(slots + times, slots + 1) if times else 0)


@cache
def split(segments: int, slots: int) -> int:
    """Where the next snapshot is best taken."""
    return min(range(1, segments), key=lambda m: m + advances(segments - m, slots - 1) + advances(m, slots))


def schedule(segments: int, slots: int) -> list[Action]:
    """The actions in order; the beginning is stored first, and takes a slot."""
    return [Action("store", 0, 0, segments), *_reversed(0, segments, slots), Action("drop", 0, 0, 0)]


def _reversed(start: int, until: int, slots: int) -> Iterator[Action]:
    """Reverse the segments from ``start`` on, whose snapshot is stored and whose state is there."""
    while until - start > 1:
        if slots == 1:
            yield Action("advance", start, until - 1, until)
            yield Action("reverse", until - 1, until, until)
            until -= 1
        else:
            middle = start + split(until - start, slots)
            yield Action("advance", start, middle, until)
            yield Action("store", middle, middle, until)
            yield from _reversed(middle, until, slots - 1)
            yield Action("drop", middle, middle, middle)
            until = middle
        yield Action("restore", start, start, until)
    yield Action("reverse", start, until, until)
