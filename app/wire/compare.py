"""POST /api/v1/compare: two programs at the same inputs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import OpError, ProgramError, problem
from app.engine.reverse import reverse
from app.engine.tape import Value, is_float, shape_of
from app.labs.compare import Apart, Error, apart, counts, error
from app.lang.program import Run
from app.settings import Settings
from app.wire.numbers import plain
from app.wire.problems import problem_json
from app.wire.requests.programs import CompareRequest
from app.wire.seeds import output_names, reverse_seeds
from app.wire.trace import library

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named value, and its rounding error."""

    name: str
    value: Value | None
    error: Error


@dataclass(frozen=True, slots=True)
class Side:
    """One program as it came out; without gradients, ``no_gradients`` says why."""

    run: Run
    outputs: list[Quantity]
    gradients: list[Quantity]
    no_gradients: str | None


def compare(request: CompareRequest, settings: Settings) -> bytes:
    """The answer; a program that is refused is part of it, under its side."""
    _refuse_unknown(request)
    answer: dict[str, Any] = {}
    sides: list[Side] = []
    for name in SIDES:
        try:
            with np.errstate(all="ignore"):
                side = _side(getattr(request, name).source, request, settings)
            sides.append(side)
            answer[name] = _shown(side)
        except ProgramError as refusal:
            answer[name] = {"problem": json.loads(problem_json(refusal.diagnostic, settings.root_path)[1])}
    encoded = orjson.dumps(answer | {"differences": _differences(*sides) if len(sides) == len(SIDES) else None})
    allowed = settings.limits.answer_bytes
    if len(encoded) > allowed:
        raise problem("budget.answer", f"The answer would take {len(encoded):,} bytes; the limit here is {allowed:,}.")
    return encoded


def _refuse_unknown(request: CompareRequest) -> None:
    """Both sides differentiate with respect to what is among the inputs."""
    for name in request.wrt or ():
        if name not in request.inputs:
            raise problem("wrt.unknown", f"{name[:80]} is not among the inputs.")


def _side(source: str, request: CompareRequest, settings: Settings) -> Side:
    """One program at those of the inputs that it names; raises ProgramError."""
    given = frozenset(request.inputs)
    program = library(settings.limits).program(source, given)
    if program.unused:
        program = library(settings.limits).program(source, given - program.unused)
    own = {name: value for name, value in request.inputs.items() if name in program.given}
    wrt = None if request.wrt is None else [name for name in request.wrt if name in own]
    run = program.run(own, wrt, request.outputs)
    try:
        return _swept(run, request, wrt)
    except OpError as refusal:
        site = run.sites[refusal.node] if refusal.node is not None else None
        span = run.checked.span(site) if site else None
        raise problem(refusal.code, refusal.message, span, refusal.hint, **refusal.extra) from None


def _swept(run: Run, request: CompareRequest, wrt: Sequence[str] | None) -> Side:
    """Values and adjoints as they are, and as they would be without rounding."""
    from app.labs.exact.settle import unrounded  # noqa: PLC0415  arithmetic of many digits is loaded when it is first asked for

    tape = run.tape
    nodes = [node for _, node in run.outputs]
    floats = {name: node for name, node in run.inputs.items() if is_float(tape.values[node]) and (wrt is None or name in wrt)}
    seeds, why = _seeds(run, request)
    bars = reverse(tape, seeds) if seeds else []
    exact = unrounded(tape, nodes, seeds, list(floats.values()))
    outputs = [
        Quantity(name, tape.values[node], error(tape.values[node], exact.primals[node]))
        for name, node in zip(output_names(run), nodes, strict=True)
    ]
    gradients = [Quantity(name, bars[node], error(bars[node], exact.adjoints[node])) for name, node in floats.items() if seeds]
    return Side(run, outputs, gradients, why)


def _seeds(run: Run, request: CompareRequest) -> tuple[list[tuple[int, Value]], str | None]:
    """Cotangents at the outputs, or why there are none: values can be compared without."""
    try:
        bars = reverse_seeds(run, request.seed)
    except ProgramError as refusal:
        if refusal.diagnostic.code != "seed.required":
            raise
        return [], refusal.diagnostic.message
    return [(node, bar) for (_, node), bar in zip(run.outputs, bars, strict=True) if bar is not None], None


# ---------------------------------------------------------------- the answer


def _shown(side: Side) -> dict[str, Any]:
    """A side's fields."""
    tape = side.run.tape
    return {
        "problem": None,
        "inputs": list(side.run.inputs),
        "outputs": [_quantity(one) for one in side.outputs],
        "gradients": [_quantity(one) for one in side.gradients],
        "no_gradients": side.no_gradients,
        "counts": asdict(counts(tape, len(side.run.inputs), [node for _, node in side.run.outputs])),
    }


def _quantity(one: Quantity) -> dict[str, Any]:
    off = one.error
    figures = {name: plain(getattr(off, name)) for name in ("exact", "absolute", "relative", "ulps")}
    told = {**figures, "digits": off.digits, "index": list(off.index), "reason": off.reason}
    return {"name": one.name, "shape": list(shape_of(one.value)), "value": plain(one.value), "error": told}


def _differences(left: Side, right: Side) -> dict[str, Any]:
    """Outputs by their places, gradients by the names of their inputs."""
    names = list(dict.fromkeys(one.name for side in (left, right) for one in side.gradients))
    by_name = [{one.name: one for one in side.gradients} for side in (left, right)]
    return {
        "outputs": [_difference(*pair) for pair in zip_longest(left.outputs, right.outputs)],
        "gradients": [_difference(*(side.get(name) for side in by_name)) for name in names],
    }


def _difference(left: Quantity | None, right: Quantity | None) -> dict[str, Any]:
    """Two quantities; one that a side lacks has no name there."""
    found: Apart = apart(left.value if left else None, right.value if right else None)
    if left is None or right is None:
        found = Apart("missing")
    figures = {name: plain(getattr(found, name)) for name in ("absolute", "relative", "ulps")}
    return {
        "left": left.name if left else None,
        "right": right.name if right else None,
        "verdict": found.verdict,
        "digit": found.digit,
        **figures,
        "index": list(found.index),
    }
