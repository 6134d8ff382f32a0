"""Runs of the same structure: where no primal decided anything, new inputs only make new numbers.

A program whose conditions, counts and indices never read the tape does the same operations for all inputs of the same shapes.
Its second run leaves a plan; from then on the tape is replayed, operation by operation, without a look at the syntax.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from app.core.diagnostic import OpError
from app.engine.reverse import open_slots
from app.engine.tape import NO_ATTRIBUTES, Tape
from app.ops.op import Op, Value, normal

if TYPE_CHECKING:
    from app.lang.program import Run

Signature = tuple[Any, ...]
"""All that the structure of a run can depend on, if no primal decides: shapes and dtypes of the inputs, ``wrt``, ``outputs``."""

LONGEST = 2_000
"""Longer tapes are not kept as plans."""

Operation = tuple[int, Callable[..., Any] | None, Op, tuple[int, ...], Mapping[str, Any]]


def signature(order: Sequence[str], inputs: Mapping[str, Value], wrt: Sequence[str] | None, outputs: Sequence[str] | None) -> Signature:
    """The signature of a run to come."""
    kinds = [(v.shape, v.dtype.char) if isinstance(v, np.ndarray) else type(v) for v in map(inputs.__getitem__, order)]
    return (*kinds, wrt if wrt is None else tuple(wrt), outputs if outputs is None else tuple(outputs))


class Plan:
    """The structure of a run, ready for other numbers."""

    def __init__(self, run: Run) -> None:
        self._run = run
        tape = run.tape
        self._inputs = list(run.inputs.items())
        self._open = open_slots(tape)
        self._operations: list[Operation] = []
        for node, rule in enumerate(tape.rules):
            if isinstance(rule, Op) and tape.results.get(node, (node,))[0] == node:
                kernel = rule.kernel if tape.partials[node] is not None else None
                self._operations.append((node, kernel, rule, tape.inputs[node], tape.attributes.get(node, NO_ATTRIBUTES)))

    def replay(self, inputs: Mapping[str, Value]) -> Run | None:
        """The run for new inputs; None where an operation refuses them: the interpreter will say where."""
        tape = self._run.tape
        values, partials = tape.values[:], tape.partials[:]
        for name, node in self._inputs:
            values[node] = inputs[name]
        try:
            for node, kernel, rule, sources, attributes in self._operations:
                operands = [values[i] for i in sources]
                if kernel is not None:
                    values[node], partials[node] = kernel(*operands)
                elif rule.results == 1:
                    values[node] = normal(rule.value(operands, attributes))
                else:
                    for place, result in zip(tape.results[node], rule.value(operands, attributes), strict=True):
                        values[place] = normal(result)
        except OpError:
            return None
        return replace(self._run, tape=self._with(values, partials))

    def _with(self, values: list[Value], partials: list[Any]) -> Tape:
        """The tape of this structure with other numbers; all but the numbers is shared."""
        t = self._run.tape
        return Tape(t.rules, t.inputs, values, partials, t.live, t.attributes, t.results, t.blocks, t.o, self._open)
