"""POST /api/v1/hessian: second derivatives of one number, and their product with a direction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.core.diagnostic import OpError, problem
from app.engine.hessian import products
from app.engine.layout import Layout, layout
from app.engine.layout import shaped as as_value
from app.labs import played
from app.labs.jacobian import largest_difference
from app.lang.program import Run
from app.ops.duals import Dual, duals
from app.settings import Settings
from app.wire.differentiated import blocks, charge, chosen, encoded, located, run_of
from app.wire.numbers import plain
from app.wire.requests.programs import HessianRequest
from app.wire.seeds import output_names, shaped

MIRRORED = "Every entry comes out twice, from either input's direction; both are replaced by their mean, so that the matrix is symmetric."
WEIGHT = 8
"""What a sweep over dual numbers costs beside a plain one."""


def hessian(request: HessianRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError."""
    limits = settings.limits
    run = run_of(request, limits)
    output = _one_number(run)
    inputs = chosen(run, request.wrt)
    across = layout(run.tape, list(inputs.values()))
    direction = None if request.direction is None else _direction(run, inputs, request.direction)
    charge(run, across.size**2, across.size + (direction is not None), WEIGHT, limits)
    try:
        with np.errstate(all="ignore"):
            answer = _answered(run, output, inputs, across, direction)
    except OpError as error:
        raise located(run, error) from None
    return encoded(answer, limits)


def _one_number(run: Run) -> int:
    """The output, which must be a single number."""
    (_, node), *more = run.outputs
    if more or np.size(run.tape.values[node]) != 1:
        what = f"there are {len(run.outputs)} outputs" if more else f"the output has shape {list(np.shape(run.tape.values[node]))}"
        hint = "Name one output, or reduce it, for instance with sum."
        raise problem("seed.required", f"A Hessian needs one number as the output; {what}.", None, hint, outputs=output_names(run))
    return node


def _direction(run: Run, inputs: Mapping[str, int], given: Mapping[str, Any]) -> np.ndarray:
    """The direction in a row; inputs left out have 0."""
    for name in given:
        if name not in inputs:
            raise problem("seed.unknown", f"The direction names {name[:80]}, which is no input to differentiate by.", None)
    values = {name: run.tape.values[node] for name, node in inputs.items()}
    parts = [shaped(given.get(name, 0.0), value, name, "direction") for name, value in values.items()]
    return np.concatenate([np.ravel(part) for part in parts]) if parts else np.zeros(0)


def _answered(run: Run, output: int, inputs: dict[str, int], across: Layout, direction: np.ndarray | None) -> dict[str, Any]:
    raw = played.hessian(run, across.nodes, output)
    if raw is None:
        raw = products(run.tape, across, output, np.eye(across.size), duals, Dual)
    matrix = np.where(raw == raw.T, raw, raw / 2 + raw.T / 2)
    answer: dict[str, Any] = {
        "hessian": blocks(matrix, inputs, inputs, across, across),
        "method": "forward over reverse",
        "note": MIRRORED,
        "sweeps": across.size + (direction is not None),
        "asymmetry": plain(largest_difference(raw, raw.T)),
    }
    if direction is not None:
        (product,) = products(run.tape, across, output, direction[None], duals, Dual)
        parts = zip(inputs, across.slices(), across.shapes, strict=True)
        answer["hvp"] = {name: plain(as_value(product[place], shape)) for name, place, shape in parts}
    return answer
