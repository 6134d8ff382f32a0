"""All solutions from many starts: rounds of twice as many, until one brings nothing new and nothing was found once only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from app.labs.lagrange.kinds import curved, is_singular
from app.labs.lagrange.meter import ExhaustedError
from app.labs.lagrange.solve import Solution, solve
from app.labs.lagrange.starts import mirrored
from app.labs.lagrange.system import System

Array = np.ndarray
FIRST, LAST = 48, 1_536
"""Starts of the first round, and of the longest."""
SAME = 1e-6
"""Points nearer than this, beside their size, are one."""
MOST, SHOWN = 120, 12
"""Solutions that end a search; representatives of a continuum."""


@dataclass(slots=True)
class Found:
    """Solutions, without those found again; ``open`` ones have neighbours that may be solutions too."""

    isolated: list[Solution] = field(default_factory=list)
    open: list[Solution] = field(default_factory=list)
    tried: int = 0
    converged: int = 0
    complete: bool = True
    failures: list[Array] = field(default_factory=list)
    hits: dict[int, int] = field(default_factory=dict)
    """How often each isolated solution was found, by its place."""
    outside: int = 0
    crowded: bool = False
    """Whether the search ended because there were too many."""

    def all(self) -> list[Solution]:
        """Both kinds; of a continuum some that lie far apart."""
        return self.isolated + spread(self.open, SHOWN)


def search(system: System, points: Iterator[Array], inside: Array, first: int = FIRST) -> Found:
    """Solutions whose points lie within the bounds, the rows of ``inside`` low and high."""
    found = Found()
    count = first
    try:
        while count <= LAST:
            before = len(found.isolated)
            _round(system, islice(points, count), inside, found)
            _round(system, mirrored([one.x for one in found.isolated[before:] or found.isolated[:4]], 64), inside, found)
            quiet = len(found.isolated) == before and count > first
            found.crowded = len(found.isolated) >= MOST
            if (quiet and min(found.hits.values(), default=2) > 1) or found.crowded or len(found.open) >= MOST:
                break
            count *= 2
    except ExhaustedError:
        found.complete = False
    return found


def _round(system: System, points: Iterable[Array], inside: Array, found: Found) -> None:
    """Solve from each start, first as it is and then from the constraints, by turns."""
    for x in points:
        found.tried += 1
        one = solve(system, x, project=bool(found.tried % 2) and len(system.constraints) > 0)
        if one is None:
            if len(found.failures) < FIRST:
                found.failures.append(x)
            continue
        found.converged += 1
        if np.any(one.x < inside[0] - SAME) or np.any(one.x > inside[1] + SAME):
            found.outside += 1
            continue
        _add(system, found, one)


def _add(system: System, found: Found, one: Solution) -> None:
    """Keep a solution that is new; of two that are one, the closer."""
    singular = is_singular(system, one, curved(system, one))
    among = found.open if singular else found.isolated
    for listed in (found.isolated, found.open):
        for place, other in enumerate(listed):
            if distance(one, other) <= SAME + 3 * (one.error + other.error):
                if (one.error, one.remainder) < (other.error, other.remainder) and listed is among:
                    listed[place] = one
                if listed is found.isolated:
                    found.hits[place] += 1
                return
    among.append(one)
    if among is found.isolated:
        found.hits[len(among) - 1] = 1


def distance(one: Solution, other: Solution) -> float:
    """How far apart two solutions are, beside their size."""
    return float(np.max(np.abs(one.x - other.x), initial=0.0)) / (1 + float(np.max(np.abs(one.x), initial=0.0)))


def spread(found: list[Solution], most: int) -> list[Solution]:
    """Some of them, each as far as can be from those before; the simplest one first."""
    if len(found) <= most:
        return found
    rest = sorted(found, key=lambda one: float(np.linalg.norm(one.x)))
    chosen = [rest.pop(0)]
    while len(chosen) < most:
        gaps = [min(distance(one, other) for other in chosen) for one in rest]
        chosen.append(rest.pop(int(np.argmax(gaps))))
    return chosen
