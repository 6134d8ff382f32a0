"""An answer as plain data: its nodes, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.limits import Limits
from app.engine.tape import Value
from app.lang.program import Run
from app.wire.cost import size
from app.wire.cuts import shown_cuts
from app.wire.nodes import Notes, View, nodes
from app.wire.numbers import plain
from app.wire.requests.programs import TraceRequest
from app.wire.seeds import output_names
from app.wire.skeleton import Skeleton
from app.wire.steps import steps
from app.wire.swept import Swept


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request wants to see, and the budgets it is held to."""

    request: TraceRequest
    view: View
    limits: Limits


def asked(request: TraceRequest, limits: Limits) -> Asked:
    """A request with its view."""
    include = request.include
    return Asked(request, View(request.values == "summary", "partials" in include, "latex" in include, "spans" in include), limits)


def composed(run: Run, asked: Asked, swept: Swept, skeleton: Skeleton, remarks: Notes) -> dict[str, Any]:
    """The answer without torch's verdict."""
    request = asked.request
    listed: Any = nodes(run, skeleton.bones, swept, asked.view, asked.limits, remarks)
    answer = {"nodes": columns(listed) if request.format == "columns" else listed} | _around(run, request, swept, skeleton)
    if "steps" in request.include:
        answer["steps"] = steps(run, swept.played)
    if "cuts" in request.include:
        answer["cuts"] = shown_cuts(run, swept)
    return answer


def _around(run: Run, request: TraceRequest, swept: Swept, skeleton: Skeleton) -> dict[str, Any]:
    """What stands beside the nodes."""
    names = output_names(run)
    answer: dict[str, Any] = {
        "outputs": [node for _, node in run.outputs],
        "output_names": names,
        "names": run.names,
        "mode": request.mode,
        "seed": None,
        "free": list(run.checked.free),
        "groups": skeleton.groups,
        "cost": {
            "nodes": skeleton.cost.nodes,
            "forward_operations": skeleton.cost.forward_operations,
            "reverse_operations": sum([size(contribution.value) for contribution in swept.played]),
            "peak_saved_values": skeleton.cost.peak_saved_values,
        },
        "warnings": [{"span": span._asdict(), "code": code, "sentence": text} for span, code, text in run.checked.warnings],
    }
    seed: dict[str, Any] = {}
    if swept.directions is not None and swept.tangents is not None:
        seed |= {name: plain(value) for name, value in swept.directions.items()}
        tangents = swept.tangents
        answer["output_tangents"] = {name: plain(tangents[node]) for name, (_, node) in zip(names, run.outputs, strict=True)}
    if swept.cotangents is not None and swept.adjoints is not None:
        seed |= {name: plain(value) for name, value in zip(names, swept.cotangents, strict=True) if value is not None}
        wrt = request.wrt if request.wrt is not None else [n for n, i in run.inputs.items() if not _is_boolean(run.tape.values[i])]
        answer["gradients"] = {name: plain(swept.adjoints[run.inputs[name]]) for name in wrt}
    answer["seed"] = seed or None
    return answer


def _is_boolean(value: Value) -> bool:
    return isinstance(value, bool) or (isinstance(value, np.ndarray) and value.dtype == np.bool_)


def columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The same nodes, one array a field."""
    fields = dict.fromkeys(field for row in rows for field in row)
    return {field: [row.get(field) for row in rows] for field in fields}
