"""For two variables: the part of the plane that is worth drawing, and the values of functions on a grid over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.diagnostic import OpError, ProgramError
from app.labs.lagrange.function import Function
from app.labs.lagrange.meter import ExhaustedError
from app.labs.sweep import Wanted, at_once

Array = np.ndarray
LINES, FEWER = 81, 33
"""Values along a side; of programs whose points must be evaluated one by one."""
ROOM, LEAST, DISTANT = 1.6, 1.0, 12
"""Around the points; half the side of a window; points that count, the nearest ones."""


@dataclass(frozen=True, slots=True)
class Window:
    """A square, by its middle and half its side."""

    middle: Array
    half: float

    def axes(self, count: int) -> tuple[Array, Array]:
        """Evenly spaced values along both sides."""
        x, y = (np.linspace(centre - self.half, centre + self.half, count) for centre in self.middle)
        return x, y

    def wider(self, by: float) -> Window:
        """The same middle, more around it."""
        return Window(self.middle, by * self.half)


def window(points: Sequence[Array], bounds: Sequence[tuple[float, float]], start: Array | None) -> Window:
    """Around the points, with the bounds where they are finite."""
    sides = np.array(bounds, dtype=float).T
    if np.isfinite(sides).all() and np.max(sides[1] - sides[0]) > 0:
        return Window(sides.mean(axis=0), float(np.max(sides[1] - sides[0])) / 2)
    near = sorted(points, key=lambda x: float(np.max(np.abs(x))))[:DISTANT] or ([start] if start is not None else [np.zeros(2)])
    low, high = np.min(near, axis=0), np.max(near, axis=0)
    middle = (low + high) / 2
    reach = float(np.max(high - low)) / 2
    return Window(np.round(middle, 12), max(ROOM * reach, LEAST if reach else 1.5, 0.75 * float(np.max(np.abs(middle)))))


def grid(function: Function, x: Array, y: Array) -> Array | None:
    """The values at every (x, y), a row for each y; None where that would take too long."""
    across, up = np.meshgrid(x, y)
    spots = {name: place.start for name, place in function.unknowns.places.items()}
    columns = {name: (across, up)[spots[name]].ravel() for name in function.own}
    if not columns:
        return np.full(across.shape, function.value(np.array([x[0], y[0]])))
    run = None
    for centre in ((x[len(x) // 2], y[len(y) // 2]), (x[-1], y[-1]), (x[0], y[0])):
        try:
            run = function.run(np.array(centre))
            break
        except ProgramError:
            continue
    if run is not None:
        node = run.outputs[0][1]
        function.meter.charge(across.size * len(run.tape) // 40)
        try:
            with np.errstate(all="ignore"):
                found = at_once(run, columns, Wanted(lambda _: {"value": node}, None))
        except OpError:
            found = None
        if found is not None:
            return np.array(found.primals["value"], dtype=float).reshape(across.shape)
    return _one_by_one(function, across, up)


def _one_by_one(function: Function, across: Array, up: Array) -> Array | None:
    found = np.full(across.shape, np.nan)
    try:
        for place in np.ndindex(across.shape):
            found[place] = function.value(np.array([across[place], up[place]]))
    except ExhaustedError:
        return None
    return found
