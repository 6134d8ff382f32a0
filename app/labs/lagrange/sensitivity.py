"""What a constraint is worth: the problem solved again with its right side moved, and the slope of the value beside the multiplier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.labs.lagrange.meter import ExhaustedError
from app.labs.lagrange.solve import Solution, polished
from app.labs.lagrange.system import System

Array = np.ndarray
SMALL, WIDE, SIDE = 1e-4, 0.6, 8
"""The step of the slope and half the range of the curve, beside the size of the constraint's own terms; points on a side."""
JUMP = 0.5
"""A solution that is farther from the last one than this is another one."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """For one constraint g = c: ``slope`` is dvalue/dc by differences (None where that fails), beside the multiplier."""

    constraint: int
    multiplier: float
    slope: float | None
    offsets: list[float]
    values: list[float | None]
    points: list[Array | None]


def sensitivity(system: System, found: Solution, place: int, right: float) -> Sensitivity:
    """The optimum as a function of the constraint's right side, which is now ``right``."""
    unit = max(1.0, abs(right))
    ahead, behind = (_at(system, found, place, side * SMALL * unit) for side in (1, -1))
    slope = (ahead.state.value - behind.state.value) / (2 * SMALL * unit) if ahead and behind else None
    steps = [WIDE * unit * (count + 1) / SIDE for count in range(SIDE)]
    above = list(_followed(system, found, place, steps))
    below = list(_followed(system, found, place, [-step for step in steps]))
    row: list[Solution | None] = [*below[::-1], found, *above]
    offsets = [*(-step for step in steps[::-1]), 0.0, *steps]
    values = [None if one is None else one.state.value for one in row]
    points = [None if one is None else one.x for one in row]
    return Sensitivity(place, float(found.multipliers[place]), slope, offsets, values, points)


def _at(system: System, found: Solution, place: int, offset: float) -> Solution | None:
    """The solution next to this one for another right side."""
    try:
        one = polished(system.shifted(place, offset), found.x, found.multipliers)
    except ExhaustedError:
        return None
    far = one is None or np.max(np.abs(one.x - found.x), initial=0.0) > JUMP * (1 + np.max(np.abs(found.x), initial=0.0))
    return None if far else one


def _followed(system: System, found: Solution, place: int, offsets: list[float]) -> Iterator[Solution | None]:
    """From one right side to the next; None from where it cannot be followed on."""
    one: Solution | None = found
    for offset in offsets:
        one = _at(system, one, place, offset) if one is not None else None
        yield one
