"""POST /api/v1/numerical: a derivative by differences, how far each is off, and why no step is best for ever."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.core.limits import Limits
from app.engine.jacobian import sweep_work
from app.engine.tape import shape_of
from app.labs.numerical.adjoint import adjoint
from app.labs.numerical.points import Doubles, Function, Question, Singles, off_the_line, with_entry
from app.labs.numerical.schemes import Differences
from app.lang.derivatives.orders import orders
from app.lang.program import Program, Run
from app.settings import Settings
from app.wire.asked import question, run_of
from app.wire.differentiated import encoded, located, over
from app.wire.estimates import Found, number, shown
from app.wire.numbers import plain
from app.wire.requests.numerical import NumericalRequest
from app.wire.trace import library

RUNS, REPLAYS = 4, 1
"""Points of a step at which the program runs, and at which its tape is followed in another arithmetic."""
SLOW = 8
"""What following a node costs beside running it."""
HIGHEST = 5
FEW = "Ask for fewer steps, or fewer points of the curve."


def numerical(request: NumericalRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError."""
    limits = settings.limits
    program = library(limits).program(request.source, frozenset(request.inputs))
    run, outputs = run_of(request, program)
    asked = question(request, run, outputs)
    _charge(request, run, limits)
    with np.errstate(all="ignore"):
        exact = _exact(run, asked)
        higher = _higher(program, run, asked, outputs, limits)
        doubles = Doubles(program, request.inputs, outputs, run, asked)
        single = request.dtype == "float32"
        f: Function = Singles(doubles, run, asked) if single else doubles
        kind = np.float32 if single else np.float64
        differences = Differences(f, off_the_line(run.tape, asked, single=single), asked.point(run), kind)
        rows = [differences.row(h) for h in request.steps]
        answer = shown(request, Found(run, asked, differences, exact, higher), rows)
        answer["curve"], answer["tangent"] = _curve(request, differences, exact)
    return encoded(answer, limits)


def _charge(request: NumericalRequest, run: Run, limits: Limits) -> None:
    """Refuse what would take too long, before it is done."""
    steps, points = len(request.steps), request.num
    runs, replays = steps * RUNS + points + 1, steps * REPLAYS
    if request.dtype == "float32":
        runs, replays = runs if run.decided else 0, replays + runs
    looks = (runs + SLOW * replays) * len(run.tape)
    if looks > limits.sweep_nodes:
        said = f"{steps:,} steps and {points:,} points of a program of {len(run.tape):,} nodes look at {looks:,} nodes; the limit here is"
        over("budget.points", said, "sweep_nodes", looks, limits, FEW)
    work = (runs + replays) * sweep_work(run.tape)
    if work > limits.work:
        said = f"{steps:,} steps and {points:,} points take {work:,} element operations; the limit here is"
        over("budget.work", said, "work", work, limits, FEW)


# ---------------------------------------------------------------- the truth


def _exact(run: Run, asked: Question) -> float | None:
    """The derivative by a reverse sweep; None where nothing flows."""
    try:
        return adjoint(run.tape, len(run.inputs), asked)
    except OpError as error:
        raise located(run, error) from None


def _higher(program: Program, run: Run, asked: Question, outputs: Sequence[str] | None, limits: Limits) -> list[float]:
    """The derivatives of order 1, 2, … as far as they can be had: nested forward sweeps, recorded within a budget of their own."""
    few = replace(limits, nodes=min(limits.nodes, len(run.tape) + MOST_NODES), work=limits.work // 4)
    again = Program(program.checked, program.given, few)
    tape = run.tape
    recorded = again.run({name: tape.values[node] for name, node in run.inputs.items()}, None, outputs)
    if len(recorded.tape) <= max(asked.node, asked.output):
        return []
    direction = with_entry(np.zeros(shape_of(tape.values[asked.node])), asked.entry, 1.0)
    found = orders(again.compiler, asked.node, direction, asked.output, HIGHEST)
    return [float(asked.entry_of(np.asarray(value))) for value in found]


MOST_NODES = 20_000


def _curve(request: NumericalRequest, differences: Differences, exact: float | None) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """f around the point, in the arithmetic asked for, and the two ends of the tangent."""
    reach = request.window if request.window is not None else 1.5 * max(request.steps)
    kind, x = differences.kind, differences.x
    places = [kind(x + kind(reach) * kind(side)) for side in np.linspace(-1, 1, request.num)]
    values = [differences.reached(t) for t in places]
    curve = {"window": reach, "x": [number(t) for t in places], "f": [number(value) for value in values]}
    if exact is None or not math.isfinite(exact):
        return curve, None
    here = float(differences.here)
    ends = [[number(t), plain(here + exact * (float(t) - float(x)))] for t in (places[0], places[-1])]
    return curve, {"slope": exact, "points": ends}
