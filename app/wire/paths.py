"""POST /api/v1/paths: the path ledger of an input and an output."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import problem
from app.engine.reverse import reverse
from app.engine.tape import shape_of
from app.labs.paths import Ledger, Path, in_code_order, ledger, overwritten
from app.lang.program import Run
from app.settings import Settings
from app.wire.find import node_of
from app.wire.numbers import plain
from app.wire.requests.programs import PathsRequest
from app.wire.seeds import output_names
from app.wire.trace import library

WIDEST = 2**53
TENSORS = "A tensor is on the way: along its edges matrices are multiplied, so the paths have no single numbers."


def paths(request: PathsRequest, settings: Settings) -> bytes:
    """The ledger of a request; raises ProgramError."""
    run = library(settings.limits).program(request.source, frozenset(request.inputs)).run(request.inputs)
    source, target = node_of(run, request.start, "from"), _target(run, request.to)
    with np.errstate(all="ignore"):
        found = ledger(run.tape, source, target, request.most)
        answer = {"from": source, "to": target} | _shown(run, found) | _checked(run, source, target)
    return orjson.dumps(answer)


def _target(run: Run, label: str | None) -> int:
    """The node that the paths lead to: by its label, or the one output."""
    if label is not None:
        return node_of(run, label, "to")
    if len(run.outputs) != 1:
        raise problem(
            "request.field", f"There are {len(run.outputs)} outputs: say in «to» which one is meant.", field="to", outputs=output_names(run)
        )
    return run.outputs[0][1]


def _shown(run: Run, found: Ledger) -> dict[str, Any]:
    """The ledger as plain data; counts that are no safe numbers are strings."""
    tensors = any(partial is None for path in found.paths for partial in path.partials)
    return {
        "count": _counted(found.count),
        "listed": len(found.paths),
        "paths": [_path(run, path) for path in found.paths],
        "sum": plain(found.total),
        "edge_multiplications": found.edge_multiplications,
        "path_multiplications": _counted(found.path_multiplications),
        "note": TENSORS if tensors else None,
    }


def _counted(count: int | None) -> int | str:
    if count is None:
        return "more than 10^308"
    return count if count <= WIDEST else str(count)


def _path(run: Run, path: Path) -> dict[str, Any]:
    nodes = [edge[0] for edge in path.edges] + [edge[1] for edge in path.edges[-1:]]
    structures = [_structure(run, *edge) if partial is None else None for edge, partial in zip(path.edges, path.partials, strict=True)]
    return {
        "nodes": nodes,
        "edges": [list(edge) for edge in path.edges],
        "partials": [plain(partial) for partial in path.partials],
        "structures": structures,
        "product": plain(path.product),
    }


def _structure(run: Run, producer: int, node: int, slot: int) -> str:
    """The form of a tensor's partial."""
    rule = run.tape.rules[node]
    shapes = [shape_of(run.tape.values[i]) for i in run.tape.inputs[node]]
    return str(rule.structure(slot, shapes, run.tape.attributes.get(node, {})))  # type: ignore[union-attr]  # an edge ends at an operation


def _checked(run: Run, source: int, target: int) -> dict[str, Any]:
    """What the reverse sweep gives, and what two common mistakes would give."""
    if shape_of(run.tape.values[target]):
        return {"adjoint": None, "mistakes": {"overwritten": None, "code_order": None}}
    bar = reverse(run.tape, [(target, 1.0)])[source]
    mistakes = {"overwritten": plain(overwritten(run.tape, source, target)), "code_order": plain(in_code_order(run.tape, source, target))}
    return {"adjoint": plain(bar), "mistakes": mistakes}
