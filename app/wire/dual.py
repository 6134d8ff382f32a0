"""POST /api/v1/dual: a program on dual numbers, every node with its coefficients and the expansion that made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.core.diagnostic import Fix, OpError, ProgramError, problem
from app.core.limits import Limits
from app.engine.tape import shape_of
from app.labs.dual.carried import Carried, carried, derivatives
from app.labs.dual.curve import curve
from app.labs.dual.nested import check
from app.labs.dual.recurrences import Coefficients
from app.labs.dual.series import Meter
from app.labs.dual.written import UNITS, as_typed, spelled_out, write_dual
from app.lang.check import read
from app.lang.program import Program, Run
from app.settings import Settings
from app.wire.differentiated import encoded, located
from app.wire.dual_nodes import dual_nodes
from app.wire.numbers import plain
from app.wire.requests.dual import DualRequest
from app.wire.seeds import forward_seeds, output_names
from app.wire.trace import library

LONGEST = 2_000
"""Nodes of a program that are listed one by one."""
MOST_TEXTS = 64
"""Entries of a tensor that are written out as dual numbers."""


@dataclass(frozen=True, slots=True)
class Question:
    """A run, the series of its inputs by name, and what they become."""

    request: DualRequest
    program: Program
    run: Run
    given: dict[str, Coefficients]
    seeds: dict[int, Coefficients]
    found: Carried


def dual(request: DualRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError, its places in the text as it was typed."""
    try:
        with np.errstate(all="ignore"):
            return encoded(_answer(_asked(request, settings.limits), settings.limits), settings.limits)
    except ProgramError as error:
        raise _typed(error, request.source) from None


def _typed(error: ProgramError, source: str) -> ProgramError:
    """The same refusal at its place in the text before ``4ε`` was spelled out."""
    found, fix = error.diagnostic, error.diagnostic.fix
    if fix is not None and fix.span is not None:
        fix = Fix(as_typed(source, fix.span), fix.replacement)
    return ProgramError(replace(found, span=found.span and as_typed(source, found.span), fix=fix))


# ---------------------------------------------------------------- the question


def _asked(request: DualRequest, limits: Limits) -> Question:
    """Evaluate the program and carry the series through it."""
    source = spelled_out(request.source)
    units = {name for name in read(source, limits).free if name in UNITS and name not in request.inputs}
    given = {**request.inputs, **{name: [0.0, 1.0] for name in units}}
    program = library(limits).program(source, frozenset(given))
    run = program.run({name: row[0] for name, row in given.items()}, None, request.outputs)
    given |= _directions(request, run, given)
    seeds = {run.inputs[name]: row for name, row in given.items() if len(row) > 1}
    try:
        found = carried(run.tape, seeds, request.order, Meter(limits.work))
    except OpError as error:
        raise located(run, error) from None
    return Question(request, program, run, given, seeds, found)


def _directions(request: DualRequest, run: Run, given: Mapping[str, Coefficients]) -> dict[str, Coefficients]:
    """The inputs that carry ε because the request says so, or because no other does."""
    if request.seed is None and any(len(row) > 1 for row in given.values()):
        return {}
    dots = forward_seeds(run, request.seed, None)
    asked = dots if request.seed is None else request.seed
    return {name: [given[name][0], dots[name]] for name in asked if request.seed is not None or np.any(dots[name])}


# ---------------------------------------------------------------- the answer


def _answer(asked: Question, limits: Limits) -> dict[str, Any]:
    run, found = asked.run, asked.found
    results = [_result(asked, name, node) for name, (_, node) in zip(output_names(run), run.outputs, strict=True)]
    compared = check(run.tape, found, asked.seeds)
    return {
        "order": found.order,
        "seed": {name: plain(row[1]) for name, row in asked.given.items() if len(row) > 1},
        "result": results[-1] if len(results) == 1 else None,
        "outputs": results,
        "names": run.names,
        "nodes": dual_nodes(run, found, asked.request.source) if len(run.tape) <= LONGEST else None,
        "check": {
            "agrees": compared.agrees,
            "orders": compared.orders,
            "max_abs_error": plain(compared.max_abs_error),
            "max_rel_error": plain(compared.max_rel_error),
            "note": compared.note,
        },
        "curve": _curve(asked, limits) if asked.request.around else None,
    }


def _result(asked: Question, name: str, node: int) -> dict[str, Any]:
    """An output with its coefficients and derivatives."""
    row = asked.found.coefficients[node]
    if row is None:
        raise problem("type.output", f"{name} is no float, so it has no dual part.", None, "End with a number or a tensor of numbers.")
    return {
        "name": name,
        "node": node,
        "shape": list(shape_of(row[0])),
        "coefficients": [plain(c) for c in row],
        "derivatives": [plain(c) for c in derivatives(row)],
        "text": dual_text(row),
    }


def dual_text(row: Coefficients) -> Any:
    """A dual number as text; of a small tensor one an entry, of a large one none."""
    shape = shape_of(row[0])
    if not shape:
        return write_dual(row)
    if int(np.prod(shape)) > MOST_TEXTS:
        return None
    flat = zip(*(np.ravel(c) for c in row), strict=True)
    texts = np.empty(int(np.prod(shape)), dtype=object)
    texts[:] = [write_dual([float(c) for c in entry]) for entry in flat]
    return texts.reshape(shape).tolist()


def _curve(asked: Question, limits: Limits) -> dict[str, Any]:
    """The program beside its polynomials, for one output of one element."""
    around, run = asked.request.around, asked.run
    assert around is not None
    if len(run.outputs) != 1 or np.size(run.tape.values[run.outputs[0][1]]) != 1:
        raise problem("request.field", "A curve is drawn of one output of one element.", None, "Name it in «outputs».", field="around")
    if around.num * len(run.tape) > limits.sweep_nodes:
        message = f"The curve would evaluate more than {limits.sweep_nodes:,} nodes."
        raise problem("budget.points", message, None, "Take fewer points.", limit="sweep_nodes", allowed=limits.sweep_nodes)
    row = asked.found.coefficients[run.outputs[0][1]]
    assert row is not None

    def evaluated(inputs: Mapping[str, Any]) -> Any:
        again = asked.program.run(inputs, None, asked.request.outputs)
        return np.ravel(again.tape.values[again.outputs[0][1]])[0]

    given = {name: row[: asked.found.order + 1] for name, row in asked.given.items()}
    made = curve(evaluated, given, [float(np.ravel(c)[0]) for c in row], around.radius, around.num)
    return {
        "t": plain(made.t),
        "values": [None if v is None else plain(v) for v in made.values],
        "polynomials": [plain(p) for p in made.polynomials],
    }
