"""What a sweep costs, counted: operations there and back, and what must be kept in between."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine.reverse import Contribution
from app.engine.tape import NO_ATTRIBUTES
from app.lang.program import Run
from app.ops.op import Op, shape_of


def cost(run: Run, played: Sequence[Contribution]) -> dict[str, int]:
    """Nodes; element operations of the forward sweep; multiply-adds of the reverse sweep; the most values kept at once.

    A value is kept from its evaluation until the reverse sweep has passed the last node whose rule reads it. All of them are
    kept when the reverse sweep begins, so that the peak is their sum.
    """
    tape = run.tape
    operations = 0
    kept: set[int] = set()
    for node, rule in enumerate(tape.rules):
        if isinstance(rule, Op):
            inputs = tape.inputs[node]
            shapes = [shape_of(tape.values[i]) for i in inputs]
            operations += rule.work(shapes, tape.attributes.get(node, NO_ATTRIBUTES))
            if tape.live[node]:
                kept.update(inputs[place] if place < len(inputs) else node for place in rule.keeps(len(inputs)))
    return {
        "nodes": len(tape),
        "forward_operations": operations,
        "reverse_operations": sum(int(np.size(c.value)) for c in played),
        "peak_saved_values": sum(int(np.size(tape.values[node])) for node in kept),
    }
