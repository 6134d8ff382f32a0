"""Our contestants, through the path that a request takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np

from app.core.limits import Limits
from app.engine.hessian import products
from app.engine.layout import layout
from app.engine.reverse import reverse
from app.labs.jacobian import frame, full
from app.lang.check import read
from app.lang.program import Program, Run
from app.lang.sheets import hessian_sheet, jacobian_sheet
from app.ops.duals import Dual, duals
from app.settings import Settings
from app.wire.tasks import Desk
from benchmarks.workloads import Workload

LIMITS = Limits()


def compiled(work: Workload) -> Program:
    """The program, parsed and turned into closures."""
    return Program(read(work.source, LIMITS), frozenset(work.inputs), LIMITS)


def swept(program: Program, work: Workload) -> dict[str, Any]:
    """One run and one reverse sweep: every node's primal, partials and adjoint; the gradients by name."""
    run = program.run(work.inputs, work.wrt)
    return gradients(run, reverse(run.tape, [(run.outputs[-1][1], 1.0)]), work)


def gradients(run: Run, adjoints: list[Any], work: Workload) -> dict[str, Any]:
    """The adjoints of the inputs, by name."""
    return {name: adjoints[run.inputs[name]] for name in work.wrt}


def warm(work: Workload) -> Callable[[], dict[str, Any]]:
    """From a compiled program."""
    program = compiled(work)
    return lambda: swept(program, work)


def cold(work: Workload) -> Callable[[], dict[str, Any]]:
    """From the text."""
    return lambda: swept(compiled(work), work)


def sweep_alone(work: Workload) -> Callable[[], dict[str, Any]]:
    """The reverse sweep of a tape that is there."""
    run = compiled(work).run(work.inputs, work.wrt)
    return lambda: gradients(run, reverse(run.tape, [(run.outputs[-1][1], 1.0)]), work)


def matrix(work: Workload, *, compressed: bool) -> Callable[[], dict[str, Any]]:
    """The matrix at new inputs, from a compiled program: dense, or with one tangent a colour of its columns."""
    run = compiled(work).run(work.inputs)
    (name,), columns, (output,) = work.wrt, list(run.inputs.values()), [node for _, node in run.outputs]
    make = (
        (lambda: jacobian_sheet(run, columns, [output], compressed=compressed))
        if name == "jacobian"
        else (lambda: hessian_sheet(run, columns, output, compressed=compressed))
    )
    sheet, x = make(), work.inputs["x"]
    assert sheet is not None, "there is no C compiler"
    return lambda: {name: sheet.jacobian(x)}


def matrix_by_rules(work: Workload) -> Callable[[], dict[str, Any]]:
    """The matrix by sweeps over the tape, as the first requests have it."""
    program, (name,) = compiled(work), work.wrt

    def run() -> dict[str, Any]:
        made = program.run(work.inputs)
        columns, (output,) = list(made.inputs.values()), [node for _, node in made.outputs]
        if name == "jacobian":
            return {name: full(frame(made.tape, [output], columns), "forward")}
        inputs = layout(made.tape, columns)
        return {name: products(made.tape, inputs, output, np.eye(inputs.size), duals, Dual)}

    return run


def handler(work: Workload) -> Callable[[], bytes]:
    """Request bytes to answer bytes, with steps, LaTeX and spans, as a worker does it."""
    desk = Desk(Settings())
    body = json.dumps({"source": work.source, "inputs": work.inputs}).encode()
    return lambda: desk.serve("trace", body)[1]
