"""The plane around the stationary points of a problem in two variables: values on a grid, and the curves of the constraints."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.labs.lagrange.curves import Along, Line, along, lines, marked
from app.labs.lagrange.function import Function
from app.labs.lagrange.meter import ExhaustedError
from app.labs.lagrange.question import Question
from app.labs.lagrange.stationary import Outcome
from app.labs.lagrange.window import FEWER, LINES, Window, grid, window
from app.wire.numbers import plain

DRAWING = 400_000
"""Visits for the picture."""
WIDER = (1.8, 3.2)
"""A window in which a curve ends is tried so much wider: a closed curve is better seen whole."""

Array = np.ndarray
Lines = list[list[Line]]


def picture(asked: Question, found: Outcome) -> dict[str, Any] | None:
    """Axes, values of f and of each constraint (a row for each y), and the lines; None where that would take too long."""
    asked.meter.allow(DRAWING)
    points = [point.solution.x for point in found.points]
    try:
        frame, traced = _framed(asked, window([*points, *(one.x for one in found.singular)], asked.bounds, asked.start), points)
        x, y = frame.axes(_count(asked.objective))
        values = grid(asked.objective, x, y)
        if values is None:
            return None
        constraints = [_drawn(asked, one, rows, (x, y)) for one, rows in zip([*asked.equations, *asked.inequalities], traced, strict=True)]
    except ExhaustedError:
        return None
    names = [name + (f"[{index[0]}]" if index else "") for name, index in asked.unknowns.entries()]
    return {"variables": names, "x": plain(x), "y": plain(y), "values": plain(values), "constraints": constraints}


def _count(function: Function) -> int:
    return LINES if function.compiled or not function.own else FEWER


def _framed(asked: Question, frame: Window, points: list[Array]) -> tuple[Window, Lines]:
    """The window, and the lines in it; a wider one if all curves close in it."""
    traced = _lines(asked, frame, points)
    if np.isfinite(np.array(asked.bounds)).all():
        return frame, traced
    for by in WIDER:
        if all(line.closed for rows in traced for line in rows) and all(traced[: len(asked.equations)]):
            break
        wide = frame.wider(by)
        tried = _lines(asked, wide, points)
        if any(tried) and all(line.closed for rows in tried for line in rows):
            return wide, tried
    return frame, traced


def _lines(asked: Question, frame: Window, points: list[Array]) -> Lines:
    """The lines of every constraint, with the stationary points among their points."""
    found: Lines = []
    for function in (*asked.equations, *asked.inequalities):
        x, y = frame.axes(_count(function))
        values = grid(function, x, y)
        if values is None:
            raise ExhaustedError
        found.append([marked(line, points, float(x[1] - x[0])) for line in lines(function, 0.0, x, y, values)])
    return found


def _drawn(asked: Question, function: Function, rows: list[Line], axes: tuple[Array, Array]) -> dict[str, Any]:
    values = grid(function, *axes)
    return {
        "values": None if values is None else plain(values),
        "lines": [_line(line, along(asked.objective, function, line)) for line in rows],
    }


def _line(line: Line, told: Along) -> dict[str, Any]:
    return {
        "closed": line.closed,
        "points": plain(line.points),
        "values": plain(told.values),
        "gradients": plain(told.slopes),
        "constraint_gradients": plain(told.normals),
        "multipliers": plain(told.multipliers),
        "angles": plain(told.angles),
        "stationary": [{"place": place, "point": which} for place, which in line.marks],
    }
