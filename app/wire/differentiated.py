"""What requests for Jacobians and Hessians have in common: the run, its inputs to differentiate by, its outputs, and the budgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import OpError, ProgramError, problem
from app.core.limits import Limits
from app.engine.jacobian import sweep_work, visits
from app.engine.layout import Layout
from app.engine.sparsity import bytes_needed
from app.engine.tape import shape_of
from app.labs.jacobian import Frame
from app.lang.program import Run
from app.wire.numbers import plain
from app.wire.trace import library

FEWER = "Ask for fewer inputs with wrt, or for fewer outputs."


def run_of(request: Any, limits: Limits) -> Run:
    """The run of a request's program."""
    program = library(limits).program(request.source, frozenset(request.inputs))
    return program.run(request.inputs, request.wrt, request.outputs)


def chosen(run: Run, wrt: Sequence[str] | None) -> dict[str, int]:
    """The inputs to differentiate by, in the order they are asked for: by default all that are not boolean."""
    if wrt is None:
        return {name: node for name, node in run.inputs.items() if run.tape.live[node]}
    return {name: run.inputs[name] for name in wrt}


def located(run: Run, error: OpError) -> ProgramError:
    """What a sweep met, at its place in the text."""
    site = run.sites[error.node] if error.node is not None else None
    return problem(error.code, error.message, run.checked.span(site) if site else None, error.hint, **error.extra)


def charge(run: Run, entries: int, sweeps: int, weight: int, limits: Limits) -> None:
    """Refuse a matrix of too many entries, or sweeps that take too long; ``weight`` is what a sweep costs beside a plain one."""
    if entries > limits.elements:
        over("budget.elements", f"The matrix would have {entries:,} elements; the limit here is", "elements", entries, limits)
    work = weight * sweeps * sweep_work(run.tape)
    if work > limits.work:
        over("budget.work", f"{sweeps:,} sweeps take {work:,} element operations; the limit here is", "work", work, limits)
    looks = weight * visits(run.tape, sweeps)
    if looks > limits.jacobian_visits:
        said = f"{sweeps:,} sweeps over {len(run.tape):,} nodes look at {looks:,} nodes; the limit here is"
        over("budget.work", said, "jacobian_visits", looks, limits)


LOOKS = 8
"""What finding the pattern of a tape with tensors takes beside a sweep."""


def charge_pattern(run: Run, within: Frame, limits: Limits) -> None:
    """Refuse a tape for which the sets of elements would take too much room, or too long."""
    room = bytes_needed(within.tape, within.rows, within.columns)
    if room > limits.live_bytes // 4:
        over("budget.memory", f"The sparsity pattern would need {4 * room:,} bytes; the limit here is", "live_bytes", 4 * room, limits)
    looks = LOOKS * len(run.tape) if any(map(shape_of, run.tape.values)) else len(run.tape)
    if looks > limits.jacobian_visits:
        said = f"Finding the sparsity pattern looks at {looks:,} nodes; the limit here is"
        over("budget.work", said, "jacobian_visits", looks, limits)


def over(code: str, said: str, limit: str, asked: int, limits: Limits, hint: str = FEWER) -> None:
    """Refuse what goes over a limit; the sentence ends with what is allowed."""
    allowed = getattr(limits, limit)
    raise problem(code, f"{said} {allowed:,}.", None, hint, limit=limit, allowed=allowed, asked=asked)


def encoded(answer: Any, limits: Limits) -> bytes:
    """The answer as JSON, unless it is too large."""
    text = orjson.dumps(answer)
    if len(text) > limits.answer_bytes:
        raise problem("budget.answer", f"The answer would take {len(text):,} bytes; the limit here is {limits.answer_bytes:,}.")
    return text


def blocks(matrix: np.ndarray, rows: dict[str, int], columns: dict[str, int], down: Layout, across: Layout) -> dict[str, dict[str, Any]]:
    """A matrix as nested lists by name: each block has the shape of its row's value, then that of its column's."""
    return {
        row: {
            column: _block(matrix[i, j], (*outer, *inner)) for column, j, inner in zip(columns, across.slices(), across.shapes, strict=True)
        }
        for row, i, outer in zip(rows, down.slices(), down.shapes, strict=True)
    }


def _block(part: np.ndarray, shape: tuple[int, ...]) -> Any:
    return plain(part.reshape(shape) if shape else float(part[0, 0]))
