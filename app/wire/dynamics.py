"""POST /api/v1/dynamics: the graph of one run, what decided it, and what another run makes of the same program."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import ProgramError, problem
from app.core.limits import Limits
from app.core.span import Span
from app.labs.alignment import aligned
from app.labs.branches import branches, calls, lines, skipped
from app.labs.fading import size, trend
from app.labs.rolled import rolled
from app.labs.rounds import RESULTS, Carried, Repeated, Wiring, carried, repeated
from app.lang.program import Program, Run
from app.settings import Settings
from app.wire.answer import asked, composed
from app.wire.notes import notes
from app.wire.numbers import word
from app.wire.problems import problem_json
from app.wire.requests.programs import DynamicsRequest
from app.wire.skeleton import Skeletons
from app.wire.swept import too_large
from app.wire.watched import Seen, as_trace, programs, watched

MOST_BRANCHES = 2_000
MOST_REPEATED = 100
"""Loops and recursions whose steps are shown; the rolled form knows all of them."""


def dynamics(request: DynamicsRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError for the program at its own inputs, while another run's refusal is part of the answer."""
    _refuse_unknown(request)
    program = programs(settings.limits).program(request.source, frozenset(request.inputs))
    with np.errstate(all="ignore"):
        seen = watched(program, request, request.inputs, settings.limits)
        answer: dict[str, Any] = {"run": _shown(seen, request, settings.limits), "other": None, "alignment": None}
        if request.other is not None:
            answer |= _beside(program, seen, request, settings)
    encoded = orjson.dumps(answer)
    if len(encoded) > settings.limits.answer_bytes:
        raise too_large(len(encoded), settings.limits)
    return encoded


def _refuse_unknown(request: DynamicsRequest) -> None:
    """The other run is one of the same program: it has the same inputs."""
    for name in request.other or {}:
        if name not in request.inputs:
            raise problem("input.name", f"other: {name[:80]} is not among the inputs.", field="other")


def _beside(program: Program, seen: Seen, request: DynamicsRequest, settings: Settings) -> dict[str, Any]:
    """The other run, and what both have; a refusal has its problem."""
    try:
        other = watched(program, request, {**request.inputs, **(request.other or {})}, settings.limits)
    except ProgramError as refusal:
        return {"other": {"problem": json.loads(problem_json(refusal.diagnostic, settings.root_path)[1])}}
    found = aligned(seen.run, other.run)
    return {
        "other": {"problem": None} | _shown(other, request, settings.limits),
        "alignment": {"both": found.both, "left": found.left, "right": found.right},
    }


def _shown(seen: Seen, request: DynamicsRequest, limits: Limits) -> dict[str, Any]:
    """One run."""
    run, account = seen.run, seen.account
    wanted = asked(as_trace(request, "primal" if seen.no_gradients else "reverse"), limits)
    skeleton = Skeletons().of(run, wanted.view)
    found = branches(run, account)
    again = repeated(run, account)
    checked = run.checked
    return {
        "trace": composed(run, wanted, seen.swept, skeleton, notes(run, forward=False)),
        "no_gradients": seen.no_gradients,
        "branches": [_branch(branch) for branch in found[:MOST_BRANCHES]],
        "branches_left_out": len(found) - len(found[:MOST_BRANCHES]) + account.omitted,
        "lines": [{"line": one.line, "times": one.times, "partly": one.partly} for one in lines(checked, account)],
        "skipped": [span._asdict() for span in skipped(checked, account)],
        "calls": [{"name": one.name, "times": one.times, "depth": one.depth} for one in calls(run)],
        "repeated": _repeated(seen, again[:MOST_REPEATED]),
        "repeated_left_out": len(again) - len(again[:MOST_REPEATED]),
        "rolled": _rolled(run, again),
    }


def _branch(branch: Any) -> dict[str, Any]:
    """A decision."""
    return {
        "kind": branch.kind,
        "span": branch.span._asdict(),
        "text": branch.text,
        "node": branch.node,
        "truth": branch.truth,
        "taken": _span(branch.taken),
        "skipped": _span(branch.skipped),
        "group": branch.group,
        "after": branch.after,
        "rounds": branch.rounds,
        "ended": branch.ended,
    }


def _span(span: Span | None) -> dict[str, int] | None:
    return None if span is None else span._asdict()


def _repeated(seen: Seen, found: list[Repeated]) -> list[dict[str, Any]]:
    """Loops and recursions, with the sizes of the adjoints that leave their steps."""
    wiring = Wiring(seen.run)
    return [_one(seen, wiring, one) for one in found]


def _one(seen: Seen, wiring: Wiring, one: Repeated) -> dict[str, Any]:
    groups = seen.run.groups
    return {
        "kind": one.kind,
        "name": one.name,
        "span": seen.run.checked.span(one.site)._asdict(),
        "patterns": len(one.patterns),
        "steps": [
            {
                "group": step.group,
                "depth": step.depth,
                "nodes": len(step.nodes),
                "first": groups[step.group][4],
                "last": groups[step.group][5],
                "pattern": step.pattern,
            }
            for step in one.steps
        ],
        "carried": [_carried(seen, one, value) for value in carried(wiring, one)],
    }


def _carried(seen: Seen, one: Repeated, value: Carried) -> dict[str, Any]:
    """What is handed on, step by step: its nodes, and the size of their adjoint (null where nothing flows)."""
    bars = seen.swept.adjoints
    sizes = [None if bars is None else size([bars[node] for node in nodes]) for nodes in value.nodes]
    start = None if bars is None or value.start is None else size([bars[value.start]])
    return {
        "name": value.name,
        "start": value.start,
        "start_size": _word(start),
        "nodes": value.nodes,
        "sizes": list(map(_word, sizes)),
        "trend": _trend(one, value, [start, *sizes]),
    }


def _trend(one: Repeated, value: Carried, sizes: list[float | None]) -> dict[str, Any] | None:
    """How the sizes change on the way back; None where calls do not stand in a row."""
    depths = [step.depth for step in one.steps]
    if one.kind == "recursion" and depths != list(range(len(depths))):
        return None
    found = trend(sizes if value.name == RESULTS else sizes[::-1])
    return None if found is None else {"factor": found.factor, "word": found.word}


def _word(found: float | None) -> Any:
    return None if found is None else word(found)


def _rolled(run: Run, found: list[Repeated]) -> dict[str, Any]:
    """The rolled form, and its counts beside those of the run."""
    form = rolled(run, found)
    kept = sorted(set(form.stands_for))
    return {
        "stands_for": form.stands_for,
        "nodes": len(kept),
        "unrolled_nodes": len(form.stands_for),
        "edges": [{"from": e.source, "to": e.to, "slot": e.slot, "carried": e.carried, "count": e.count} for e in form.edges],
        "unrolled_edges": sum(e.count for e in form.edges),
    }
