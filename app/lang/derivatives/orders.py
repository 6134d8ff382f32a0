"""Derivatives of higher and higher order of one run: forward sweeps over what the last one recorded, each exact."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from app.core.diagnostic import OpError, ProgramError
from app.engine.forward import forward
from app.engine.tape import Tape
from app.lang.compiler import Compiler
from app.lang.derivatives.inner import Inner, tape_of
from app.lang.derivatives.recording import Recorded, Recording
from app.ops.op import Value, shape_of


def orders(c: Compiler, node: int, seed: Value, output: int, count: int) -> list[Value]:
    """The values of the derivatives of order 1, 2, … of ``output`` along ``seed`` at ``node``; fewer where a budget ends it.

    They are recorded after the run that the compiler made last.
    """
    recorder = c.recorder
    shape = shape_of(recorder.values[output])
    site: Any = c.checked.tree.body[-1]
    found: list[Value] = []
    try:
        while len(found) < count:
            made = _pushed(c, node, seed, output, site)
            if not isinstance(made, Recorded):
                constant = np.zeros(shape) if made is None else np.broadcast_to(np.asarray(made, dtype=float), shape)
                rest = [np.zeros(shape)] * (count - len(found) - 1)
                return [*found, constant, *rest]
            output = made.node
            found.append(recorder.values[output])
    except (ProgramError, OpError, TypeError):
        return found
    return found


def _pushed(c: Compiler, node: int, seed: Value, output: int, site: ast.AST) -> Any:
    """The tangent of the output, recorded."""
    recorder = c.recorder
    inner = Inner(node, len(recorder.values), (node,), (output,))
    if output < node:
        return None
    tape, place = tape_of(inner, recorder, Recording(c, site))
    return forward(tape, {place[node]: seed}, _between(tape, place[output]))[place[output]]


def _between(tape: Tape, output: int) -> list[bool]:
    """What the output depends on, as far as anything flows."""
    wanted = [False] * len(tape)
    wanted[output] = True
    for node in range(output, -1, -1):
        if wanted[node]:
            for source in tape.inputs[node]:
                wanted[source] = True
    return [one and live for one, live in zip(wanted, tape.live, strict=True)]
