"""POST /api/v1/backpropagation: the reverse sweep contribution by contribution, and beside it the sweeps that common mistakes make."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError, problem
from app.labs.mistakes import Fault, Sweep, sweeps
from app.settings import Settings
from app.wire.differentiated import encoded, located, run_of
from app.wire.numbers import plain
from app.wire.requests.programs import BackpropagationRequest
from app.wire.seeds import output_names, reverse_seeds

LONGEST = 10_000
"""Nodes of a program whose sweeps are told one by one."""


def backpropagation(request: BackpropagationRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError."""
    limits = settings.limits
    run = run_of(request, limits)
    if len(run.tape) > LONGEST:
        said = f"The program has {len(run.tape):,} nodes; sweeps are told one by one up to {LONGEST:,}."
        raise problem("budget.nodes", said, None, "Take a shorter program.", allowed=LONGEST, asked=len(run.tape))
    with np.errstate(all="ignore"):
        bars = reverse_seeds(run, request.seed)
        seeds = [(node, bar) for (_, node), bar in zip(run.outputs, bars, strict=True) if bar is not None]
        try:
            found = sweeps(run.tape, seeds)
        except OpError as error:
            raise located(run, error) from None
        answer = {
            "seed": {name: plain(bar) for name, bar in zip(output_names(run), bars, strict=True) if bar is not None},
            "sweeps": {rule: _sweep(found[rule], found["added"]) for rule in found},
            "gradients": {rule: {name: plain(found[rule].adjoints[node]) for name, node in run.inputs.items()} for rule in found},
        }
    return encoded(answer, limits)


def _sweep(one: Sweep, right: Sweep) -> dict[str, Any]:
    """The contributions of a sweep in order, the adjoints it leaves, and what is wrong with them."""
    return {
        "rule": one.rule,
        "contributions": [
            {"from": c.node, "to": c.to, "slot": c.slot, "value": plain(c.value), "adjoint_after": plain(c.adjoint_after)}
            for c in one.played
        ],
        "adjoints": [plain(bar) for bar in one.adjoints],
        "wrong": [
            {
                "node": node,
                "adjoint": plain(one.adjoints[node]),
                "right": plain(right.adjoints[node]),
                "faults": [_fault(f) for f in faults],
            }
            for node, faults in sorted(one.wrong.items(), reverse=True)
        ],
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {"from": fault.node, "slot": fault.slot, "kind": fault.kind, "value": plain(fault.value), "instead": plain(fault.instead)}
