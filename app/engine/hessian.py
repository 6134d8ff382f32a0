"""The Hessian of a tape, forward over reverse: the reverse sweep is carried out over dual values, whose tangents the forward sweep gave."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.engine.forward import forward
from app.engine.jacobian import Array, beside, chunks, given, is_wide, settled, widened
from app.engine.layout import Layout
from app.engine.reverse import reverse
from app.engine.tape import Tape, Value, is_float, shape_of


def products(tape: Tape, inputs: Layout, output: int, directions: Array, o: Any, dual: Any) -> Array:
    """The Hessian times each row of ``directions``: ``o`` is the namespace of dual numbers and ``dual`` makes one."""
    found = np.zeros((len(directions), inputs.size))
    if is_wide(tape, len(directions), few=1):
        for some in chunks(tape, len(directions), 4):
            part = directions[some]
            bars = _swept(widened(tape, len(part)), dict(zip(inputs.nodes, part.T, strict=True)), output, np.ones(len(part)), o, dual)
            found[some] = beside([_dot(bars[node]) for node in inputs.nodes], len(part))
        if settled(tape, found):
            return found
        found[:] = 0.0
    shape = shape_of(tape.values[output])
    for made, direction in zip(found, directions, strict=True):
        bars = _swept(tape, dict(given(inputs, direction)), output, np.ones(shape) if shape else 1.0, o, dual)
        for node, place in zip(inputs.nodes, inputs.slices(), strict=True):
            if (dot := _dot(bars[node])) is not None:
                made[place] = np.ravel(dot)
    return found


def _swept(tape: Tape, seeds: dict[int, Value], output: int, bar: Value, o: Any, dual: Any) -> list[Any]:
    """The adjoints as dual values: what they are, and how they change along the direction."""
    dots = forward(tape, seeds, tape.live)
    both = zip(tape.values, dots, tape.live, strict=True)
    values = [dual(value, dot) if live and is_float(value) else value for value, dot, live in both]
    nothing: list[tuple[float, ...] | None] = [None] * len(values)
    paired = Tape(tape.rules, tape.inputs, values, nothing, tape.live, tape.attributes, tape.results, (), o, False, tape.open_slots)
    return reverse(paired, [(output, bar)])


def _dot(bar: Any) -> Value | None:
    """How an adjoint changes; None where it does not."""
    return getattr(bar, "tangent", None)
