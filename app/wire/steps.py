"""The animation as data: the forward sweep in evaluation order, then the reverse sweep with its contributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.engine.reverse import Contribution
from app.lang.program import Run
from app.wire.numbers import plain

STEP_KINDS = ("forward", "seed", "contribution")
"""What a cursor counts, in this order: one per node forward, one per seeded output, one per contribution. ``steps.js`` says the same."""


def steps(run: Run, played: Sequence[Contribution]) -> list[dict[str, Any]]:
    """One forward step per input and operation; one reverse step per node that passes its adjoint on."""
    inputs = len(run.inputs)
    listed: list[dict[str, Any]] = [
        {"phase": "forward", "node": node} for node, rule in enumerate(run.tape.rules) if rule is not None or node < inputs
    ]
    source = -1
    for node, to, slot, value, after in played:
        if node != source:
            contributions: list[dict[str, Any]] = []
            listed.append({"phase": "reverse", "node": node, "contributions": contributions})
            source = node
        contributions.append({"to": to, "slot": slot, "value": plain(value), "adjoint_after": plain(after)})
    return listed
