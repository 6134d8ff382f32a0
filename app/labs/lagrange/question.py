"""A problem as it was asked: programs of the objective and the constraints, the unknowns, and where to look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal

import numpy as np

from app.core.diagnostic import ProgramError, problem
from app.labs.lagrange.function import Function, Variables, variables
from app.labs.lagrange.meter import ExhaustedError, Meter
from app.labs.lagrange.relation import Relation
from app.labs.lagrange.starts import Bounds, starts
from app.labs.lagrange.system import System
from app.lang.program import Program

Array = np.ndarray
Sense = Literal["min", "max", "stationary"]
OPENING = 3_000_000
"""Visits for the first values, at a few points only: here a program may be long."""


@dataclass(frozen=True, slots=True)
class Question:
    """The functions of the row of all unknowns; ``relations`` are the equations and then the inequalities, as written."""

    unknowns: Variables
    objective: Function
    equations: Sequence[Function]
    inequalities: Sequence[Function]
    relations: Sequence[Relation]
    sense: Sense
    start: Array | None
    bounds: Bounds
    meter: Meter

    @property
    def downwards(self) -> list[bool]:
        """Of each inequality, whether it is <=."""
        return [relation.sign == "<=" for relation in self.relations[len(self.equations) :]]

    def system(self, active: Sequence[int] = ()) -> System:
        """Lagrange's system with these inequalities among the equations."""
        held = [*self.equations, *(self.inequalities[place] for place in active)]
        return System(self.objective, held, self.meter, np.zeros(len(held)))

    def points(self) -> Iterator[Array]:
        """Where searches begin, without end."""
        return starts(self.unknowns, self.start, self.bounds)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says; ``compiled`` makes a program of a text, raising ProgramError."""

    objective: str
    equations: Sequence[Relation]
    inequalities: Sequence[Relation]
    parameters: Mapping[str, Any]
    start: Mapping[str, Any]
    bounds: Mapping[str, tuple[Any, Any]]
    sense: Sense
    most: int
    compiled: Callable[[str], Program]


def question(asked: Asked) -> Question:
    """The problem, checked; raises ProgramError, whose ``place`` says in which text."""
    with at("objective"):
        objective = asked.compiled(asked.objective)
    relations = [*asked.equations, *asked.inequalities]
    places = [*(f"constraints.{i}" for i in range(len(asked.equations))), *(f"inequalities.{i}" for i in range(len(asked.inequalities)))]
    programs = []
    for relation, place in zip(relations, places, strict=True):
        with at(place):
            programs.append(asked.compiled(relation.program))
    texts = dict(zip(["objective", *places], [objective, *programs], strict=True))
    shapes = _shapes(texts, asked)
    _apart(texts)
    unknowns = variables(shapes)
    if unknowns.size + len(programs) > asked.most:
        message = f"There would be {unknowns.size + len(programs):,} unknowns; {asked.most} are allowed here."
        raise problem("budget.work", message, None, "Take fewer variables.", limit="lagrange_unknowns", allowed=asked.most)
    meter = Meter(OPENING)
    made = [Function(program, unknowns, asked.parameters, meter) for program in (objective, *programs)]
    count = len(asked.equations)
    start = _row(unknowns, asked.start) if set(asked.start) & set(shapes) else None
    bounds = _bounds(unknowns, asked.bounds)
    found = Question(unknowns, made[0], made[1 : 1 + count], made[1 + count :], relations, asked.sense, start, bounds, meter)
    _tried(found, dict(zip(texts, made, strict=True)))
    return found


@contextmanager
def at(place: str) -> Iterator[None]:
    """Say in which text a refusal is."""
    try:
        yield
    except ProgramError as error:
        diagnostic = error.diagnostic
        raise ProgramError(replace(diagnostic, extra={**diagnostic.extra, "place": place})) from None


def _shapes(texts: Mapping[str, Program], asked: Asked) -> dict[str, tuple[int, ...]]:
    """The unknowns: the free names that are no parameters, by first appearance; what start or bounds give shapes them."""
    found: dict[str, tuple[int, ...]] = {}
    for program in texts.values():
        for name in program.checked.free:
            if name not in asked.parameters and name not in found:
                given = asked.start.get(name)
                low, high = asked.bounds.get(name, (None, None))
                sides = [np.shape(side) for side in (given, low, high) if side is not None]
                found[name] = next((shape for shape in sides if shape), ())
    for field, names in (("start", asked.start), ("bounds", asked.bounds)):
        for name in names:
            if name not in found and name not in asked.parameters:
                hint = f"The variables are {', '.join(found)[:200]}." if found else "There are no variables."
                raise problem("input.name", f"{field} names {name[:80]}, which no expression uses.", None, hint, place=field)
    if not found:
        message = "There is no variable: no expression uses a name without a value."
        raise problem("input.missing", message, None, "Write an objective such as x*y.", place="objective")
    return found


def _apart(texts: Mapping[str, Program]) -> None:
    """Refuse a name that one text assigns and another takes for a variable: each text is a program of its own."""
    for place, program in texts.items():
        others = {name for other, one in texts.items() if other != place for name in one.checked.free}
        for name in sorted(program.checked.bound & others):
            if place != "objective" and len(program.checked.tree.body) == 1:
                hint = f"For an equation write {name} == …"
                raise problem("syntax.assign", f"{name} is a variable, so = cannot give it a value here.", None, hint, place=place)
            if name in program.checked.free:
                continue  # it begins as the variable, and is changed on the way
            user = next(other for other, one in texts.items() if other != place and name in one.checked.free)
            message = f"{name} is assigned in {place} and a variable in {user}; they are programs of their own."
            raise problem("syntax.scope", message, None, "Use another name, or write the expression out.", place=place)


def _row(unknowns: Variables, given: Mapping[str, Any]) -> Array:
    """Values by name as a row; 1 where none is given."""
    row = np.ones(unknowns.size)
    for name, value in given.items():
        if name in unknowns.places:
            _fill(row, unknowns, name, value, "start")
    if not np.isfinite(row).all():
        raise problem("input.invalid", "start: a search begins at finite numbers.", place="start")
    return row


def _fill(row: Array, unknowns: Variables, name: str, value: Any, field: str) -> None:
    try:
        row[unknowns.places[name]] = np.broadcast_to(np.asarray(value, dtype=float), unknowns.shapes[name]).ravel()
    except ValueError:
        said = f"{field}: {name} has shape {list(unknowns.shapes[name])}, the value has {list(np.shape(value))}."
        raise problem("input.invalid", said, place=field) from None


def _bounds(unknowns: Variables, given: Mapping[str, tuple[Any, Any]]) -> Bounds:
    low, high = np.full(unknowns.size, -np.inf), np.full(unknowns.size, np.inf)
    for name, (bottom, top) in given.items():
        if name in unknowns.places:
            for row, value in ((low, bottom), (high, top)):
                if value is not None:
                    _fill(row, unknowns, name, value, "bounds")
    if not np.all(low <= high) or np.any(low == np.inf) or np.any(high == -np.inf):
        raise problem("input.invalid", "bounds: a pair is [low, high], low not above high.", place="bounds")
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _tried(found: Question, functions: Mapping[str, Function]) -> None:
    """Every program must have a value at one of the first points; otherwise its first refusal is the answer."""
    points = list(islice(found.points(), 12))
    for place, function in functions.items():
        refusal: ProgramError | None = None
        for x in points:
            try:
                function.run(x)
                refusal = None
                break
            except ProgramError as error:
                refusal = refusal or error
                if error.diagnostic.code.startswith("budget."):
                    break
            except ExhaustedError:
                raise problem("budget.work", "One value of this program takes too long to search with.", None, place=place) from None
        if refusal is not None:
            with at(place):
                raise refusal
