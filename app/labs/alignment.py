"""Two runs of one program side by side: which nodes both have, told by where in the program and in which round they were made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.tape import Value
from app.lang.program import Run


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of nodes that two runs both have, whether their primals are equal, and the nodes that one run alone has."""

    both: list[tuple[int, int, bool]]
    left: list[int]
    right: list[int]


def aligned(left: Run, right: Run) -> Alignment:
    """The nodes of two runs of one program."""
    shared: dict[Any, int] = {}
    places = {key: node for node, key in enumerate(_keys(left, shared))}
    both, alone = [], []
    for node, key in enumerate(_keys(right, shared)):
        other = places.pop(key, None)
        if other is None:
            alone.append(node)
        else:
            both.append((other, node, _equal(left.tape.values[other], right.tape.values[node])))
    return Alignment(sorted(both), sorted(places.values()), alone)


def _keys(run: Run, shared: dict[Any, int]) -> list[Any]:
    """By node: the rounds and calls around it, its place in the program, its operation, and how many alike came before."""
    inside, groups = _innermost(run), _group_keys(run, shared)
    names = {node: name for name, node in run.inputs.items()}
    seen: Counter[Any] = Counter()
    found = []
    for node, rule in enumerate(run.tape.rules):
        group = inside[node]
        key = (None if group is None else groups[group], names.get(node) or run.sites[node], rule)
        found.append((*key, seen[key]))
        seen[key] += 1
    return found


def _innermost(run: Run) -> list[int | None]:
    """The innermost group of every node."""
    inside: list[int | None] = [None] * len(run.tape)
    for number, group in enumerate(run.groups):  # parents come before their children
        first, last = group[4], group[5]
        inside[first : last + 1] = [number] * (last + 1 - first)
    return inside


def _group_keys(run: Run, shared: dict[Any, int]) -> Sequence[int]:
    """A number for every group: the same in both runs for the same round of the same loop, or the same call, within the same."""
    seen: Counter[Any] = Counter()
    found: list[int] = []
    for kind, what, site, parent, _, _ in run.groups:
        key = (None if parent is None else found[parent], kind, what, site)
        found.append(shared.setdefault((*key, seen[key]), len(shared)))
        seen[key] += 1
    return found


def _equal(left: Value, right: Value) -> bool:
    """Whether two primals are the same numbers; a NaN is like another."""
    x, y = np.asarray(left), np.asarray(right)
    return x.shape == y.shape and bool(np.array_equal(x, y, equal_nan=x.dtype == np.float64 == y.dtype))
