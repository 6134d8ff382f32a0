"""POST /api/v1/jacobian: the Jacobian of a program, block by block, and what it took."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.core.limits import Limits
from app.engine.colouring import count
from app.engine.jacobian import visits
from app.engine.sparsity import pattern
from app.labs import played
from app.labs.jacobian import Colouring, Frame, Mode, coloured, compressed, frame, full, largest_difference
from app.lang.program import Run
from app.ops.op import shape_of
from app.settings import Settings
from app.wire.chain import chained
from app.wire.differentiated import blocks, charge, charge_pattern, chosen, encoded, located, run_of
from app.wire.numbers import plain
from app.wire.requests.programs import JacobianRequest
from app.wire.seeds import output_names


def jacobian(request: JacobianRequest, settings: Settings) -> bytes:
    """The answer; raises ProgramError."""
    limits = settings.limits
    run = run_of(request, limits)
    inputs = chosen(run, request.wrt)
    outputs = dict(zip(output_names(run), [node for _, node in run.outputs], strict=True))
    within = frame(run.tape, list(outputs.values()), list(inputs.values()))
    mode = within.cheaper() if request.method == "auto" else request.method
    charge(run, within.rows.size * within.columns.size, within.passes[mode], 1, limits)
    charge_pattern(run, within, limits)
    try:
        with np.errstate(all="ignore"):
            matrix = _matrix(run, within, mode)
            answer = {
                "jacobian": blocks(matrix, outputs, inputs, within.rows, within.columns),
                "shapes": {"outputs": _shapes(run, outputs), "inputs": _shapes(run, inputs)},
                "method": mode,
                "sweeps": within.passes[mode],
                "passes": within.passes,
                **_sparse(within, matrix, mode, limits),
            }
            if request.chain:
                answer |= chained(run, within, matrix, limits)
    except OpError as error:
        raise located(run, error) from None
    return encoded(answer, limits)


def _matrix(run: Run, within: Frame, mode: Mode) -> np.ndarray:
    """By compiled code where that knows the program, which goes forward; otherwise by sweeps."""
    found = played.jacobian(run, within.columns.nodes, within.rows.nodes) if mode == "forward" else None
    return full(within, mode) if found is None else found


def _sparse(within: Frame, matrix: np.ndarray, mode: Mode, limits: Limits) -> dict[str, Any]:
    """The pattern, its colours, and what comes out when the sweeps of one colour are one."""
    found = pattern(within.tape, within.rows, within.columns)
    colouring = coloured(found)
    rows, columns = np.nonzero(found)
    few = len(rows) <= limits.chain_entries
    sparsity = {
        "rows": within.rows.size,
        "columns": within.columns.size,
        "nonzeros": len(rows),
        "entries": np.stack([rows, columns], axis=1).tolist() if few else None,
    }
    summed = _compressed(within, matrix, found, colouring, mode, limits)
    return {"sparsity": sparsity, "colouring": _colours(colouring), "compressed": summed}


def _colours(colouring: Colouring) -> dict[str, Any]:
    return {
        "columns": [None if colour < 0 else colour for colour in colouring.columns.tolist()],
        "rows": [None if colour < 0 else colour for colour in colouring.rows.tolist()],
        "count_columns": count(colouring.columns),
        "count_rows": count(colouring.rows),
    }


def _compressed(within: Frame, matrix: np.ndarray, found: np.ndarray, colouring: Colouring, mode: Mode, limits: Limits) -> dict[str, Any]:
    """Evaluated where it saves sweeps: then it is known how far it is from the other."""
    own, fewest = colouring.cheaper(), colouring.fewest()
    both = visits(within.tape, within.passes[mode]) + visits(within.tape, fewest)
    if not 0 < fewest < within.passes[mode] or both > limits.jacobian_visits:
        return {"used": False, "method": own, "sweeps": fewest, "largest_difference": None}
    apart = largest_difference(compressed(within, found, colouring, own), matrix)
    return {"used": True, "method": own, "sweeps": fewest, "largest_difference": plain(apart)}


def _shapes(run: Run, nodes: dict[str, int]) -> dict[str, list[int]]:
    """Shapes by name: a block has that of its output and then that of its input."""
    return {name: list(shape_of(run.tape.values[node])) for name, node in nodes.items()}
