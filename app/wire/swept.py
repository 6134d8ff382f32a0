"""The sweeps that a request asks for, with their seeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.core.diagnostic import problem
from app.core.limits import Limits
from app.engine.forward import forward
from app.engine.reverse import Contribution, reverse
from app.engine.tape import Value
from app.lang.program import Run
from app.wire.cost import size
from app.wire.requests.programs import TraceRequest
from app.wire.seeds import forward_seeds, output_names, reverse_seeds


@dataclass(slots=True)
class Swept:
    """What the sweeps found, a node; None for a sweep that was not asked for. ``played`` are the contributions in order."""

    adjoints: list[Value | None] | None = None
    tangents: list[Value | None] | None = None
    cotangents: list[Value | None] | None = None
    directions: dict[str, Value] | None = None
    played: list[Contribution] = field(default_factory=list)


def sweeps(run: Run, request: TraceRequest, limits: Limits) -> Swept:
    """Sweep forward, in reverse, or both; raises ProgramError and OpError."""
    swept, both = Swept(), request.mode == "both"
    if request.mode in ("forward", "both"):
        swept.directions = forward_seeds(run, _side(run, request.seed, run.inputs) if both else request.seed, request.wrt)
        swept.tangents = forward(run.tape, {run.inputs[name]: seed for name, seed in swept.directions.items()})
    if request.mode in ("reverse", "both"):
        swept.cotangents = reverse_seeds(run, _side(run, request.seed, output_names(run)) if both else request.seed)
        given = zip(run.outputs, swept.cotangents, strict=True)
        swept.adjoints = reverse(run.tape, [(node, bar) for (_, node), bar in given if bar is not None], swept.played)
    _charge(run, swept, limits)
    return swept


def _side(run: Run, seed: Any, names: Any) -> Any:
    """In mode both, the part of a seed that concerns inputs or outputs; None where there is none."""
    if not isinstance(seed, dict):
        return None
    inputs, outputs = set(run.inputs), set(output_names(run))
    for name in seed:
        if name not in inputs | outputs:
            raise problem("seed.unknown", f"The seed names {name}, which is neither an input nor an output.")
    return {name: value for name, value in seed.items() if name in set(names)} or None


def _charge(run: Run, swept: Swept, limits: Limits) -> None:
    """Refuse an answer that would be too large, before its numbers are written out; each takes four bytes at least."""
    values = run.tape.values
    if np.ndarray in set(map(type, values)):
        elements = sum(map(size, values)) + 2 * sum([size(c.value) for c in swept.played])
        elements += sum([size(v) for sweep in (swept.adjoints, swept.tangents) for v in sweep or () if v is not None])
    else:
        elements = 3 * len(values) + 2 * len(swept.played)
    if elements * 4 > limits.answer_bytes:
        raise too_large(elements * 4, limits)


def too_large(size: int, limits: Limits) -> Exception:
    """The refusal of an answer of ``size`` bytes."""
    return problem(
        "budget.answer", f"The answer would take {size:,} bytes; the limit here is {limits.answer_bytes:,}.", None,
        'Ask for "values": "summary", or for less in "include".', limit="answer_bytes", allowed=limits.answer_bytes, asked=size,
    )  # fmt: skip
