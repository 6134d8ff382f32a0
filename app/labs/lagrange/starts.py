"""Where searches begin: what the reader gives, points at hand, and Halton's points in boxes from small to large; never at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, islice

import numpy as np

from app.labs.lagrange.function import Variables

Array = np.ndarray
SMALLEST, LARGEST = 0.5, 100.0
"""Half the sides of the boxes, where there are no bounds."""

Bounds = Sequence[tuple[float, float]]
"""Low and high for every element; infinite where open."""


def starts(unknowns: Variables, given: Array | None, bounds: Bounds) -> Iterator[Array]:
    """Without end: the reader's start, the origin and the like, then a spread."""
    low, high = (np.array([pair[side] for pair in bounds], dtype=float) for side in (0, 1))
    centre = given if given is not None else np.zeros(unknowns.size)
    for point in ([given] if given is not None else []) + _handy(unknowns.size):
        yield np.clip(point, low, high)
    for place, row in enumerate(halton(unknowns.size + 1)):
        radius = SMALLEST * (LARGEST / SMALLEST) ** float(row[-1] ** 2)
        around = centre if place % 2 else np.zeros(unknowns.size)
        yield _within(row[:-1], around, radius, low, high, positive=place % 5 == 0)


def halton(size: int) -> Iterator[Array]:
    """Points of the unit cube, evenly spread however many are taken: in each direction the digits to a prime base, turned round."""
    bases = list(islice((n for n in count(2) if all(n % k for k in range(2, int(n**0.5) + 1))), size))
    for number in count(1):
        yield np.array([_turned(number, base) for base in bases])


def _turned(number: int, base: int) -> float:
    found, weight = 0.0, 1.0
    while number:
        weight /= base
        number, digit = divmod(number, base)
        found += weight * digit
    return found


def _handy(size: int) -> list[Array]:
    """Points that examples like; a hair off the origin too, where symmetry would hold a search."""
    steps = np.arange(1, size + 1)
    return [np.zeros(size), np.ones(size), 0.5 + 0.1 * steps, -0.7 + 0.13 * steps, 0.1 * (-1.0) ** steps]


def _within(row: Array, centre: Array, radius: float, low: Array, high: Array, *, positive: bool) -> Array:
    """A point of the unit cube in a box around the centre, cut by the bounds."""
    wide = np.isfinite(low) & np.isfinite(high)
    bottom = np.where(wide, low, np.maximum(low, centre - radius))
    top = np.where(wide, high, np.minimum(high, centre + radius))
    bottom, top = np.where(bottom > top, low, bottom), np.where(bottom > top, low + radius, top)
    point = bottom + row * (top - bottom)
    made: Array = np.where(low < -radius, np.abs(point), point) if positive and not wide.any() else point
    return made


def mirrored(points: Sequence[Array], most: int) -> Iterator[Array]:
    """Where solutions also are, if the problem has a symmetry: other signs, and neighbouring coordinates exchanged."""
    given = 0
    for x in points:
        images = [-x, *(np.where(np.arange(len(x)) == i, -x, x) for i in range(len(x)))]
        images += [x[_exchanged(len(x), i)] for i in range(len(x) - 1)]
        for image in images:
            if given == most:
                return
            given += 1
            yield image


def _exchanged(size: int, place: int) -> Array:
    order = np.arange(size)
    order[[place, place + 1]] = order[[place + 1, place]]
    return order
