"""Schedules for few snapshots: as good as any, by dynamic programming, and playable."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from app.labs.revolve import advances, reach, repetitions, schedule


@cache
def fewest(segments: int, slots: int) -> int:
    """The fewest segments advanced over, found by trying every place for the next snapshot."""
    if segments == 1:
        return 0
    if slots == 1:
        return segments * (segments - 1) // 2
    return min(m + fewest(segments - m, slots - 1) + fewest(m, slots) for m in range(1, segments))


@pytest.mark.parametrize("slots", range(1, 13))
def test_the_binomial_formula_is_the_optimum(slots):
    for segments in range(1, 70):
        assert advances(segments, slots) == fewest(segments, slots)


@pytest.mark.parametrize(("slots", "times", "segments"), [(1, 9, 10), (3, 3, 20), (4, 2, 15), (5, 3, 56), (10, 5, 3003)])
def test_so_many_segments_can_be_reversed_with_so_many_repetitions(slots, times, segments):
    assert reach(slots, times) == segments
    assert repetitions(segments, slots) == times
    assert repetitions(segments + 1, slots) == times + 1


@pytest.mark.parametrize("slots", range(1, 9))
@pytest.mark.parametrize("segments", [1, 2, 3, 7, 20, 35, 61])
def test_a_schedule_can_be_played(segments, slots):
    stored, at, done, run = set[int](), 0, segments, Counter[int]()
    for action in schedule(segments, slots):
        if action.kind == "store":
            assert at == action.start
            stored.add(at)
            assert len(stored) <= slots
        elif action.kind == "drop":
            stored.remove(action.start)
        elif action.kind == "restore":
            assert action.start in stored
            at = action.start
        elif action.kind == "advance":
            assert at == action.start < action.stop < done
            run.update(range(action.start, action.stop))
            at = action.stop
        else:
            assert at == action.start == done - 1
            done = action.start
    assert (stored, done) == (set(), 0)
    assert run.total() == advances(segments, slots)
    assert max(run.values(), default=0) <= repetitions(segments, slots)
