"""The answer about a derivative by differences: estimates, best steps, slopes, counts and secants as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.tape import is_float
from app.labs.cost import cost
from app.labs.numerical.fit import Branch, branches
from app.labs.numerical.points import Question
from app.labs.numerical.replay import stopped
from app.labs.numerical.schemes import ALL, POINTS, Differences, Row, Trouble, best, best_of, errors
from app.labs.numerical.theory import Forecast, forecast
from app.lang.program import Run
from app.wire.numbers import plain
from app.wire.requests.numerical import NumericalRequest
from app.wire.why import why

TRUNCATION = {"forward": 1, "backward": 1, "central": 2, "complex": 2, "richardson": 4}
SILENT = "No adjoint reaches this value: the output does not depend on it, or detach or no_grad stand between."
STOPPED = "The sweep stops at detach or no_grad; f goes through them all the same, and so do its differences."


@dataclass(frozen=True, slots=True)
class Found:
    """A run, what is asked of it, the derivative (None: nothing flows), and those of order 1, 2, … as far as they are known."""

    run: Run
    asked: Question
    differences: Differences
    exact: float | None
    higher: list[float]


def shown(request: NumericalRequest, found: Found, rows: list[Row]) -> dict[str, Any]:
    """The answer without its curve."""
    run, asked, differences, exact = found.run, found.asked, found.differences, found.exact
    table = [{"h": row.h} | row.estimates | {"error": errors(row, exact)} for row in rows]
    point = (float(differences.x), float(differences.here))
    laws = {scheme: forecast(scheme, found.higher, point, float(np.finfo(differences.kind).eps) / 2) for scheme in ALL}
    nearest = best(table)
    apart = {scheme: best_of(table, scheme) for scheme in ALL}
    flat = (4 * abs(point[0]) * float(np.finfo(differences.kind).eps), 0.2 * max(1.0, abs(point[0])))
    return {
        "wrt": request.wrt,
        "point": plain(point[0]),
        "value": plain(point[1]),
        "dtype": request.dtype,
        "exact": plain(exact),
        "estimates": [{"h": row["h"], **{s: number(row[s]) for s in ALL}, "error": _words(row["error"])} for row in table],
        "best": {
            "h": request.steps[0] if nearest is None else nearest[0],
            "scheme": None if nearest is None else nearest[1],
            "error": None if nearest is None else nearest[2],
            "why": why(nearest, exact, laws),
        },
        "complex_reason": differences.reason,
        "theory": {scheme: _law(law) for scheme, law in laws.items()} | {"derivatives": [plain(value) for value in found.higher]},
        "measured": {scheme: None if one is None else {"h": one[0], "error": one[1]} for scheme, one in apart.items()},
        "fit": {scheme: _fit(table, scheme, law, flat) for scheme, law in laws.items()},
        "evaluations": _evaluations(run, asked),
        "secants": [_secant(row) for row in rows],
        "notes": _notes(run, asked, exact, [trouble for row in rows for trouble in row.troubles]),
    }


def number(value: Any) -> Any:
    """A number on the wire, of whatever precision; None stays."""
    return None if value is None else plain(float(value))


def _words(given: dict[str, float | None]) -> dict[str, Any]:
    return {name: plain(value) for name, value in given.items()}


def _law(law: Forecast) -> dict[str, Any]:
    """What theory says of a scheme."""
    return {
        "h": law.h,
        "error": law.error,
        "order": law.law.order,
        "derivative": plain(law.derivative),
        "unit": law.unit,
        "text": law.law.text,
        "latex": law.law.latex,
        "reason": law.reason,
    }


def _fit(table: list[dict[str, Any]], scheme: str, law: Forecast, flat: tuple[float, float]) -> dict[str, Any]:
    """The slopes of both branches."""
    found = branches([(row["h"], row["error"][scheme]) for row in table], law, flat)
    expected = {"truncation": TRUNCATION[scheme], "rounding": None if scheme == "complex" else -1}
    return {name: _branch(branch, expected[name]) for name, branch in found.items()}


def _branch(branch: Branch | None, expected: int | None) -> dict[str, Any] | None:
    if branch is None:
        return None
    return {"slope": branch.slope, "height": branch.height, "steps": branch.steps, "expected": expected}


def _evaluations(run: Run, asked: Question) -> dict[str, Any]:
    """Evaluations of f for one number and for all numbers of the inputs, beside one reverse sweep."""
    n = sum(int(np.size(run.tape.values[node])) for node in run.inputs.values() if is_float(run.tape.values[node]))
    counted = cost(run)
    return {
        "inputs": n,
        "one": {scheme: len(POINTS[scheme]) for scheme in ALL},
        "all": {scheme: _of_all(scheme, n) for scheme in ALL},
        "reverse": {"evaluations": 1, "sweeps": 1},
        "operations": {"evaluation": counted.primal.total, "reverse_sweep": counted.reverse.total},
    }


def _of_all(scheme: str, n: int) -> int:
    """What is evaluated at x is evaluated once for all inputs."""
    shared = "x" in POINTS[scheme]
    return (len(POINTS[scheme]) - shared) * n + shared


def _secant(row: Row) -> dict[str, Any]:
    """The points through which a secant goes, and its slope."""
    sides = {scheme: [row.values[name] for name in POINTS[scheme]] for scheme in ("forward", "backward", "central")}
    return {"h": row.h} | {
        scheme: {"points": [[number(t), number(value)] for t, value in points], "slope": number(row.estimates[scheme])}
        for scheme, points in sides.items()
    }


def _notes(run: Run, asked: Question, exact: float | None, troubles: list[Trouble]) -> list[dict[str, Any]]:
    """Remarks: where f has no value, and where a sweep stops that differences do not."""
    notes: list[dict[str, Any]] = [{"h": one.h, "at": one.at, "text": one.said} for one in troubles]
    if exact is None:
        notes.append({"h": None, "at": None, "text": SILENT})
    elif run.tape.live[asked.node] and stopped(run.tape, asked.node, asked.output):
        notes.append({"h": None, "at": None, "text": STOPPED})
    return notes
