"""POST /api/v1/lagrange: every stationary point of an objective under constraints, and for two variables the picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import problem
from app.core.limits import Limits
from app.labs.lagrange.equations import Paper, paper
from app.labs.lagrange.question import Asked, Question, at, question
from app.labs.lagrange.relation import Relation, equation, inequality
from app.labs.lagrange.sensitivity import Sensitivity
from app.labs.lagrange.singular import Singular
from app.labs.lagrange.stationary import Outcome, Point, outcome
from app.lang.check import read
from app.lang.program import Program
from app.settings import Settings
from app.wire.lagrange_picture import picture
from app.wire.numbers import plain
from app.wire.requests.lagrange import LagrangeRequest
from app.wire.trace import library

PLACES = {
    "lowest": "no point of the constraints near by has a smaller value",
    "highest": "no point of the constraints near by has a larger value",
    "level": "the objective is the same at the points of the constraints near by",
    "between": "there are smaller and larger values near by",
    "alone": "no other point of the constraints was found near by",
}
MINOR_SIGNS = 8
"""Above this size minors of the bordered Hessian are not listed."""


def lagrange(request: LagrangeRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError."""
    limits = settings.limits
    with np.errstate(all="ignore"):
        asked = question(_asked(request, limits))
        found = outcome(asked)
        if not found.points and not found.found.tried:
            raise problem("budget.work", "One value of this problem takes too long to search with.", None, "Take shorter programs.")
        answer = _answered(asked, found, paper(asked))
        answer["contours"] = picture(asked, found) if request.contours and asked.unknowns.size == 2 else None
    encoded = orjson.dumps(answer)
    if len(encoded) > limits.answer_bytes:
        raise problem("budget.answer", f"The answer would take {len(encoded):,} bytes; the limit here is {limits.answer_bytes:,}.")
    return encoded


def _asked(request: LagrangeRequest, limits: Limits) -> Asked:
    equations = list(_relations(request.constraints, "constraints", limits))
    inequalities = list(_relations(request.inequalities, "inequalities", limits))

    def compiled(text: str) -> Program:
        free = read(text, limits).free
        return library(limits).program(text, frozenset(free))

    bounds = request.bounds or {}
    most = limits.lagrange_unknowns
    return Asked(request.objective, equations, inequalities, request.inputs, request.start or {}, bounds, request.sense, most, compiled)


def _relations(texts: list[str], field: str, limits: Limits) -> list[Relation]:
    """Constraints as they are written; one that is none is refused with its place, by the language first."""
    found = []
    for place, text in enumerate(texts):
        with at(f"{field}.{place}"):
            read(text, limits)
            found.append(equation(text) if field == "constraints" else inequality(text))
    return found


def _answered(asked: Question, found: Outcome, written: Paper) -> dict[str, Any]:
    points = [_point(asked, point) for point in found.points]
    return {
        "variables": {name: list(shape) for name, shape in asked.unknowns.shapes.items()},
        "sense": asked.sense,
        "constraints": [_relation(relation) for relation in asked.relations[: len(asked.equations)]],
        "inequalities": [_relation(relation) for relation in asked.relations[len(asked.equations) :]],
        "points": points,
        "best": None if found.best is None else {"index": found.best, **points[found.best]},
        "degenerate": [_singular(asked, one) for one in found.singular],
        "system": {
            "latex": written.latex,
            "unknowns": asked.unknowns.size + len(asked.relations),
            "equations": [{"by": e.by, "text": e.text, "latex": e.latex, "formula": e.formula} for e in written.equations],
        },
        "lagrangian": _lagrangian(asked, found, written),
        "starts": {
            "tried": found.found.tried,
            "converged": found.found.converged,
            "outside_bounds": found.found.outside,
            "complete": found.found.complete,
        },
        "notes": _notes(asked, found),
    }


def _relation(relation: Relation) -> dict[str, str]:
    return {"text": relation.written, "left": relation.left, "sign": relation.sign, "right": relation.right}


def _named(asked: Question, x: np.ndarray) -> dict[str, Any]:
    return {name: plain(value) for name, value in asked.unknowns.named(x).items()}


def _point(asked: Question, point: Point) -> dict[str, Any]:
    one = point.solution
    few = len(one.multipliers) + len(one.x) <= MINOR_SIGNS
    return {
        "point": _named(asked, one.x),
        "multipliers": plain(point.multipliers),
        "inequality_multipliers": plain(point.inequality_multipliers),
        "active": list(point.active),
        "kkt": point.signs,
        "value": plain(float(one.state.value)),
        "residual": plain(float(one.remainder)),
        "kind": point.kind,
        "alone": point.alone,
        "independent": point.curvature.regular,
        "reduced_eigenvalues": plain(point.curvature.eigenvalues),
        "bordered": [{"order": order, "minor": plain(minor)} for order, minor in point.minors] if few else [],
        "sensitivity": [_sensitivity(asked, point, one) for one in point.moved],
    }


def _sensitivity(asked: Question, point: Point, moved: Sensitivity) -> dict[str, Any]:
    count = len(asked.equations)
    own = moved.constraint < count
    place = moved.constraint if own else point.active[moved.constraint - count]
    return {
        "list": "constraints" if own else "inequalities",
        "constraint": place,
        "multiplier": plain(moved.multiplier),
        "slope": None if moved.slope is None else plain(float(moved.slope)),
        "offsets": moved.offsets,
        "values": [None if value is None else plain(float(value)) for value in moved.values],
        "points": [None if x is None else _named(asked, x) for x in moved.points],
    }


def _singular(asked: Question, one: Singular) -> dict[str, Any]:
    return {
        "point": _named(asked, one.x),
        "value": plain(float(one.value)),
        "constraints": one.constraints,
        "stationary": one.balanced,
        "place": one.place,
        "sentence": _sentence(one),
    }


def _sentence(one: Singular) -> str:
    said = ", ".join(str(place + 1) for place in one.constraints)
    many = len(one.constraints) > 1
    head = f"The gradients of the constraints {said} are dependent here" if many else f"The gradient of constraint {said} is 0 here"
    middle = "multipliers exist all the same" if one.balanced else "so Lagrange's equations have no solution at this point"
    return f"{head}, {middle if not one.balanced else 'but ' + middle}; {PLACES[one.place]}."


def _lagrangian(asked: Question, found: Outcome, written: Paper) -> dict[str, Any] | None:
    """The program of L with the values of the best point, or the first, or 1."""
    if written.program is None:
        return None
    point = found.points[found.best or 0] if found.points else None
    x = point.solution.x if point else np.ones(asked.unknowns.size)
    values = [*point.multipliers, *point.inequality_multipliers] if point else [0.0] * len(written.multipliers)
    given = {name: plain(value) for name, value in asked.objective.parameters.items()}
    for function in (*asked.equations, *asked.inequalities):
        given |= {name: plain(value) for name, value in function.parameters.items()}
    names = {"objective": written.objective, "constraints": written.constraints, "multipliers": written.multipliers, "whole": written.whole}
    return {
        "source": written.program,
        "inputs": {**_named(asked, x), **dict(zip(written.multipliers, (plain(float(value)) for value in values), strict=True)), **given},
        "names": names,
    }


def _notes(asked: Question, found: Outcome) -> list[str]:
    """Plain sentences on what the reader should know of the search."""
    notes = []
    if found.continuum:
        notes.append("The stationary points form a continuum: some of them are listed, each degenerate.")
    if found.many:
        notes.append("There are very many stationary points, perhaps without end; those nearest to the starts are listed.")
    if not found.found.complete:
        notes.append("The search ended at its budget: there may be further points.")
    if found.found.outside:
        notes.append("Further stationary points lie outside the bounds.")
    if len(asked.equations) > asked.unknowns.size:
        notes.append("There are more constraints than variables: their gradients are dependent everywhere, and multipliers are not unique.")
    if any(point.alone and not point.active for point in found.points):
        notes.append("No direction is left by the constraints: each point is alone, a minimum and a maximum at once.")
    if asked.sense != "stationary" and found.points and found.best is None:
        notes.append(f"None of the stationary points is a {asked.sense}imum: the objective may be unbounded on the constraints.")
    if not found.points and found.found.complete:
        notes.append("No stationary point was found: the objective may be unbounded, or no point meets all constraints.")
    return notes
