"""Functions that called themselves in a run: their calls, how deep each is, and the nodes that are its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.lang.program import Run


class Call(NamedTuple):
    """A call by its group, and how many calls of the same function are around it."""

    group: int
    depth: int


class Around(NamedTuple):
    """Of one function: the outermost of its calls around a place, and the innermost."""

    top: int
    nearest: Call


def recursions(run: Run) -> list[list[Call]]:
    """For each function that called itself all calls within its outermost one, that one first.

    Of functions that call each other the outer one is followed: what the inner one does is part of its calls.
    """
    around = _around(run)
    members: dict[int, list[Call]] = {}
    for number, (kind, what, *_) in enumerate(run.groups):
        if kind == "call":
            members.setdefault(around[number][what].top, []).append(around[number][what].nearest)
    kept: dict[int, list[Call]] = {}
    for top, calls in members.items():
        if len(calls) > 1 and not any(_cross(around, top, calls, name) for name, one in around[top].items() if one.top in kept):
            kept[top] = calls
    return list(kept.values())


def _around(run: Run) -> list[Mapping[str, Around]]:
    """By group and function: the calls around it, itself among them."""
    found: list[Mapping[str, Around]] = []
    for number, (kind, what, _, parent, _, _) in enumerate(run.groups):
        here = found[parent] if parent is not None else {}
        if kind == "call":
            known = here.get(what)
            own = Around(number, Call(number, 0)) if known is None else Around(known.top, Call(number, known.nearest.depth + 1))
            here = {**here, what: own}
        found.append(here)
    return found


def _cross(around: Sequence[Mapping[str, Around]], top: int, calls: Sequence[Call], name: str) -> bool:
    """Whether calls of a function are spread over several calls of another one that is followed."""
    return any(around[call.group][name].nearest != around[top][name].nearest for call in calls)


def owned(run: Run, calls: Sequence[Call]) -> list[list[int]]:
    """The nodes of each call that no call within it has."""
    groups = run.groups
    first, last = groups[calls[0].group][4], groups[calls[0].group][5]
    owner = [0] * (last + 1 - first)
    for place, call in enumerate(calls):  # parents come before their children
        begin, end = groups[call.group][4] - first, groups[call.group][5] + 1 - first
        owner[begin:end] = [place] * max(0, end - begin)
    found: list[list[int]] = [[] for _ in calls]
    for node, place in enumerate(owner, first):
        found[place].append(node)
    return found
