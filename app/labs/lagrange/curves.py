"""The curve g = 0 in the plane, as lines that one can go along, with both gradients at every point of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.labs.lagrange.function import Function

Array = np.ndarray
Edge = tuple[int, int, int]
"""An edge of the grid: row, column, and 0 for along x, 1 for along y."""
LONGEST, SHORTEST = 360, 3
"""Points of a line."""
POLE = 1e-3
"""Where the value is not 0 on the line after all, the sign has changed at a pole."""


@dataclass(frozen=True, slots=True)
class Line:
    """Points in a row; ``closed`` lines end where they begin. ``marks`` are places of stationary points: (place, which)."""

    points: Array
    closed: bool
    marks: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Along:
    """At each point of a line: f, its gradient, that of g, the λ that comes nearest, and the angle between the gradients in degrees."""

    values: Array
    slopes: Array
    normals: Array
    multipliers: Array
    angles: Array


def lines(function: Function, level: float, x: Array, y: Array, values: Array) -> list[Line]:
    """The lines of g = level, from its values on a grid: each point is then moved onto the curve itself."""
    found = []
    for edges, closed in _joined(list(_pieces(values - level))):
        rough = np.array([_crossing(edge, values - level, x, y) for edge in edges])
        if len(rough) < SHORTEST:
            continue
        thin = max(1, -(-len(rough) // LONGEST))
        points = _settled(function, level, rough[::thin], (x[1] - x[0]) * 1.5)
        rest = np.abs([function.value(point) - level for point in points])
        if np.median(rest) <= POLE * (1 + np.nanmedian(np.abs(values - level))):
            found.append(Line(points, closed, []))
    return found


def _pieces(values: Array) -> Iterator[tuple[Edge, Edge]]:
    """In every cell the stretches of the line, each between two edges that it crosses."""
    above = values > 0
    known = np.isfinite(values)
    cells = (above[:-1, :-1] != above[1:, 1:]) | (above[:-1, 1:] != above[1:, :-1]) | (above[:-1, :-1] != above[:-1, 1:])
    cells &= known[:-1, :-1] & known[1:, 1:] & known[:-1, 1:] & known[1:, :-1]
    for row, column in np.argwhere(cells):
        r, c = int(row), int(column)
        corners = [above[r, c], above[r, c + 1], above[r + 1, c + 1], above[r + 1, c]]
        edges: list[Edge] = [(r, c, 0), (r, c + 1, 1), (r + 1, c, 0), (r, c, 1)]
        crossed = [edge for edge, a, b in zip(edges, corners, [*corners[1:], corners[0]], strict=True) if a != b]
        if len(crossed) == 2:
            yield crossed[0], crossed[1]
        elif len(crossed) == 4:
            middle = values[r : r + 2, c : c + 2].mean() > 0
            first, second = ((0, 1), (2, 3)) if middle == corners[0] else ((0, 3), (1, 2))
            yield crossed[first[0]], crossed[first[1]]
            yield crossed[second[0]], crossed[second[1]]


def _joined(pieces: list[tuple[Edge, Edge]]) -> Iterator[tuple[list[Edge], bool]]:
    """Pieces that share an edge, as long rows; open ones begin at an end."""
    beside: dict[Edge, list[Edge]] = {}
    for one, other in pieces:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    left = dict.fromkeys(sorted(beside, key=lambda edge: (len(beside[edge]) != 1, edge)))
    while left:
        start = next(iter(left))
        row, here = [start], start
        del left[start]
        while following := [edge for edge in beside[here] if edge in left]:
            here = following[0]
            del left[here]
            row.append(here)
        yield row, len(row) > 2 and start in beside[here]


def _crossing(edge: Edge, values: Array, x: Array, y: Array) -> tuple[float, float]:
    """Where the value is 0 on an edge, if it is linear there."""
    row, column, up = edge
    a, b = values[row, column], values[row + up, column + 1 - up]
    part = a / (a - b)
    return (x[column], y[row] + part * (y[row + 1] - y[row])) if up else (x[column] + part * (x[column + 1] - x[column]), y[row])


def _settled(function: Function, level: float, rough: Array, most: float) -> Array:
    """Newton's steps across the curve; a point that would leave its neighbourhood stays."""
    found = rough.copy()
    for place, point in enumerate(rough):
        here = point
        for _ in range(4):
            value, slope = function.first(here)
            square = float(slope @ slope)
            if not np.isfinite(square) or square == 0 or value == level:
                break
            here = here - (value - level) * slope / square
        if np.isfinite(here).all() and np.max(np.abs(here - point)) <= most:
            found[place] = here
    return found


def marked(line: Line, points: Sequence[Array], spacing: float) -> Line:
    """The line with the stationary points that lie on it as points of its own, so that a drag can come to rest exactly there."""
    rows = line.points
    marks: list[tuple[int, int]] = []
    for which, point in enumerate(points):
        gaps = np.linalg.norm(rows - point, axis=1)
        nearest = int(np.argmin(gaps))
        if gaps[nearest] > 1.5 * spacing:
            continue
        rows = rows.copy()
        if any(place == nearest for place, _ in marks):
            continue
        rows[nearest] = point
        marks.append((nearest, which))
    return Line(rows, line.closed, marks)


def along(objective: Function, constraint: Function, line: Line) -> Along:
    """What both functions are along a line."""
    firsts = [objective.first(point) for point in line.points]
    values, slopes = np.array([value for value, _ in firsts]), np.array([slope for _, slope in firsts])
    normals = np.array([constraint.first(point)[1] for point in line.points])
    with np.errstate(all="ignore"):
        multipliers = np.sum(slopes * normals, axis=1) / np.sum(normals**2, axis=1)
        cross = slopes[:, 0] * normals[:, 1] - slopes[:, 1] * normals[:, 0]
        angles = np.degrees(np.arctan2(np.abs(cross), np.sum(slopes * normals, axis=1)))
    none = (np.linalg.norm(slopes, axis=1) == 0) | (np.linalg.norm(normals, axis=1) == 0)
    return Along(values, slopes, normals, multipliers, np.where(none, np.nan, angles))
