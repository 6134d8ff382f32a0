"""POST /api/v1/cost: a Jacobian's price in either mode; and GET /api/v1/examples/costs, the same for the gallery."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import orjson

from app.gallery import examples
from app.labs.cost import BOUND, Cost, OfOperation, cost, rows
from app.labs.counting import CONVENTIONS, Count
from app.settings import Settings
from app.wire.requests.programs import CostsRequest
from app.wire.requests.reading import read
from app.wire.trace import library


def costs(request: CostsRequest, settings: Settings) -> bytes:
    """The answer to a request; raises ProgramError."""
    return orjson.dumps(_shown(_counted(request, settings)) | {"conventions": list(CONVENTIONS)})


def gallery_costs(settings: Settings) -> dict[str, Any]:
    """What each example of the gallery costs, without its rows."""
    found = []
    for example in examples():
        asked = {"source": example["source"], "inputs": example["inputs"], "wrt": example["wrt"]}
        one = _counted(read(CostsRequest, asked), settings)
        found.append({"id": example["id"], "title": example["title"], **_totals(one), "above": _above(one)})
    return {"bound": BOUND, "conventions": list(CONVENTIONS), "costs": found}


def _counted(request: CostsRequest, settings: Settings) -> Cost:
    program = library(settings.limits).program(request.source, frozenset(request.inputs))
    with np.errstate(all="ignore"):
        return cost(program.run(request.inputs, request.wrt, request.outputs))


def _totals(one: Cost) -> dict[str, Any]:
    """The figures of a run."""
    forward, reverse = one.forward_total(one.inputs), one.reverse_total(one.outputs)
    return {
        "inputs": one.inputs,
        "outputs": one.outputs,
        "primal": _count(one.primal),
        "forward": _count(one.forward) | {"passes": one.inputs, "whole": forward},
        "reverse": _count(one.reverse) | {"passes": one.outputs, "whole": reverse},
        "cheaper": one.cheaper,
        "ratio": one.ratio,
    }


def _shown(one: Cost) -> dict[str, Any]:
    """The figures of a run, with what can be drawn of them."""
    return {
        **_totals(one),
        "bound": BOUND,
        "above": _above(one),
        "sums": one.sums,
        "crossover": one.crossover,
        "crossing": None if one.crossing is None else dict(zip(("outputs", "inputs"), one.crossing, strict=True)),
        "rows": rows(one),
        "operations": [_operation(part) for part in one.operations],
    }


def _operation(part: OfOperation) -> dict[str, Any]:
    sides = {name: _count(getattr(part, name)) for name in ("primal", "forward", "reverse")}
    return {"name": part.name, "nodes": part.nodes, **sides, "ratio": part.ratio}


def _above(one: Cost) -> list[str]:
    """The operations that by themselves cost more than the bound allows."""
    return [part.name for part in one.operations if part.ratio is not None and part.ratio > BOUND]


def _count(count: Count) -> dict[str, int]:
    return asdict(count) | {"total": count.total}
