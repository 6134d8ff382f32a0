"""Inequalities: each either holds with equality or not at all, so every choice of those that do is a problem of Lagrange's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from app.labs.lagrange.kinds import Curvature, Kind, kind
from app.labs.lagrange.solve import Solution

MOST = 6
"""Inequalities: 64 choices."""
SLACK = 1e-9
Signs = Literal["min", "max", "both", "neither"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A solution with the inequalities that hold with equality in its system, behind the equations."""

    solution: Solution
    active: tuple[int, ...]


def choices(count: int, most: int) -> Iterator[tuple[int, ...]]:
    """All sets of at most so many inequalities, small ones first."""
    for size in range(min(count, most) + 1):
        yield from combinations(range(count), size)


def signs(multipliers: Sequence[float], downwards: Sequence[bool]) -> Signs:
    """For what the multipliers of the inequalities have the right signs.

    With L = f − Σ λ g a multiplier is the slope of the value by the right side. More room makes a minimum lower and a maximum
    higher: of g <= c the multiplier is ≤ 0 at a minimum and ≥ 0 at a maximum, of g >= c the other way round.
    """
    turned = [value if down else -value for value, down in zip(multipliers, downwards, strict=True)]
    low, high = all(value <= SLACK for value in turned), all(value >= -SLACK for value in turned)
    return "both" if low and high else "min" if low else "max" if high else "neither"


def kind_within(found: Curvature, multipliers: Sequence[float], downwards: Sequence[bool]) -> Kind:
    """The kind among the points that the inequalities allow: both the curvature and the signs must agree."""
    flat = kind(found)
    if not multipliers:
        return flat
    fits = signs(multipliers, downwards)
    if any(abs(value) <= SLACK for value in multipliers):
        return flat if flat == "saddle" and found.regular else "degenerate"
    if not len(found.eigenvalues):
        return "saddle" if fits == "neither" else "min" if fits == "min" else "max"
    if fits == "neither" and found.regular:
        return "saddle"
    if flat in ("min", "max"):
        return flat if flat == fits else "saddle" if found.regular else "degenerate"
    return flat


def holds(values: np.ndarray, downwards: Sequence[bool]) -> bool:
    """Whether a point is allowed; ``values`` are left sides minus right sides."""
    turned = np.where(np.array(downwards, dtype=bool), values, -values)
    return bool(np.all(turned <= 1e-9 * (1 + np.abs(values)))) if len(values) else True
