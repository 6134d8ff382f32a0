"""The whole: every stationary point of a problem with what it is, the points at which the equations fail, and how the search went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from app.labs.lagrange.active import Signs, choices, holds, kind_within, signs
from app.labs.lagrange.kinds import Curvature, Kind, bordered, curved
from app.labs.lagrange.meter import ExhaustedError
from app.labs.lagrange.question import Question
from app.labs.lagrange.search import FIRST, MOST, SAME, Found, search
from app.labs.lagrange.sensitivity import Sensitivity, sensitivity
from app.labs.lagrange.singular import Singular, singular_points
from app.labs.lagrange.solve import Solution

Array = np.ndarray
SEARCH, FAILING, TELLING, MOVING = 650_000, 100_000, 150_000, 150_000
"""Visits for each stage."""
LOOKED, MOVED, MANY = 28, 12, 10
"""Starts for points at which the equations fail; stationary points whose constraints are moved; choices of inequalities that are many."""


@dataclass(frozen=True, slots=True)
class Point:
    """A stationary point; ``multipliers`` are those of the equations and of all inequalities, 0 where one is not active."""

    solution: Solution
    multipliers: Array
    inequality_multipliers: Array
    active: tuple[int, ...]
    kind: Kind
    signs: Signs | None
    curvature: Curvature
    minors: list[tuple[int, float]]
    alone: bool
    moved: list[Sensitivity] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """Points in the order of the question's sense; ``best`` is the place of the best, None where none can be it."""

    points: list[Point]
    best: int | None
    singular: list[Singular]
    found: Found
    continuum: bool
    many: bool


def outcome(question: Question) -> Outcome:
    """Search, classify, sort, and move the constraints."""
    found, choice = _searched(question)
    question.meter.allow(FAILING)
    starts = [*(x for one in found.failures[:8] for x in [one]), *(one.x for one in found.all()[:6]), *islice(question.points(), LOOKED)]
    singular = _allowed(question, singular_points(question.system(), starts))
    question.meter.allow(TELLING)
    points = []
    try:
        points = [_told(question, one, active) for one, active in choice]
    except ExhaustedError:
        found.complete = False
    points = _sorted(question, points)
    question.meter.allow(MOVING)
    for point in points[:MOVED]:
        _move(question, point)
    return Outcome(
        points, _best(question, points), singular, found, len(found.open) > len(found.all()) - len(found.isolated), found.crowded
    )


def _searched(question: Question) -> tuple[Found, list[tuple[Solution, tuple[int, ...]]]]:
    """Solutions for every choice of active inequalities, each kept if the other inequalities allow it."""
    inside = np.array(question.bounds, dtype=float).reshape(-1, 2).T
    sets = list(choices(len(question.inequalities), question.unknowns.size - min(question.unknowns.size, len(question.equations))))
    whole = Found()
    kept: list[tuple[Solution, tuple[int, ...]]] = []
    for active in sets:
        question.meter.allow(SEARCH // len(sets))
        found = search(question.system(active), question.points(), inside, FIRST if len(sets) < MANY else FIRST // 4)
        _join(whole, found)
        question.meter.allow(SEARCH // len(sets))
        for one in found.all():
            if len(kept) < MOST and _is_allowed(question, one.x, active) and not any(_same(one, other) for other, _ in kept):
                kept.append((one, active))
    return whole, kept


def _join(whole: Found, found: Found) -> None:
    whole.tried += found.tried
    whole.converged += found.converged
    whole.outside += found.outside
    whole.complete = whole.complete and found.complete
    whole.crowded = whole.crowded or found.crowded
    whole.isolated += found.isolated
    whole.open += found.open
    whole.failures += found.failures


def _same(one: Solution, other: Solution) -> bool:
    return float(np.max(np.abs(one.x - other.x), initial=0.0)) <= SAME * (1 + float(np.max(np.abs(one.x), initial=0.0)))


def _is_allowed(question: Question, x: Array, active: Sequence[int] = ()) -> bool:
    """Whether the inequalities that are not active hold."""
    values = np.array([0.0 if place in active else one.value(x) for place, one in enumerate(question.inequalities)])
    return holds(values, question.downwards)


def _allowed(question: Question, found: list[Singular]) -> list[Singular]:
    low, high = np.array(question.bounds, dtype=float).reshape(-1, 2).T
    return [one for one in found if np.all(one.x >= low - SAME) and np.all(one.x <= high + SAME) and _is_allowed(question, one.x)]


def _told(question: Question, one: Solution, active: tuple[int, ...]) -> Point:
    system = question.system(active)
    curvature, count = curved(system, one), len(question.equations)
    beside = np.zeros(len(question.inequalities))
    beside[list(active)] = one.multipliers[count:]
    downwards = [question.downwards[place] for place in active]
    held = list(one.multipliers[count:])
    alone = not len(curvature.eigenvalues)
    kind = kind_within(curvature, held, downwards)
    if alone and not active and question.sense == "max":
        kind = "max"
    fits = signs(held, downwards) if question.inequalities else None
    return Point(one, one.multipliers[:count], beside, active, kind, fits, curvature, bordered(one, curvature), alone)


def _sorted(question: Question, points: list[Point]) -> list[Point]:
    """By value, the best first; equal ones by their coordinates, large ones first."""
    turn = -1.0 if question.sense == "max" else 1.0

    def key(point: Point) -> tuple[float, ...]:
        value = point.solution.state.value
        rounded = float(f"{value:.9g}") if abs(value) > 1e-12 else 0.0
        return (turn * rounded, *np.round(-point.solution.x, 7).tolist())

    return sorted(points, key=key)


def _best(question: Question, points: list[Point]) -> int | None:
    """The first that can be what is looked for: of the kind, or not decided."""
    if question.sense == "stationary":
        return None
    return next((place for place, point in enumerate(points) if point.kind in (question.sense, "degenerate")), None)


def _move(question: Question, point: Point) -> None:
    if not point.curvature.regular or np.any(np.abs(point.curvature.eigenvalues) <= point.curvature.flat):
        return
    system = question.system(point.active)
    held = [*range(len(question.equations)), *(len(question.equations) + place for place in point.active)]
    try:
        for place, relation in enumerate(held):
            found = sensitivity(system, point.solution, place, right_side(question.relations[relation].right))
            point.moved.append(found)
    except ExhaustedError:
        return


def right_side(text: str) -> float:
    """The number on the right of a constraint; 0 where it is an expression."""
    try:
        return float(text)
    except ValueError:
        return 0.0
