"""The derivative itself, by one reverse sweep: of inputs, of what the program computes, and of its constants."""

from __future__ import annotations

import numpy as np

from app.engine.reverse import reverse
from app.engine.tape import NO_ATTRIBUTES, Tape, is_float, shape_of
from app.labs.numerical.points import Question, with_entry


def adjoint(tape: Tape, inputs: int, asked: Question) -> float | None:
    """None where nothing flows. Constants of the program count as if they were inputs."""
    if asked.node >= inputs and tape.rules[asked.node] is None:
        tape = _from_constant(tape, asked.node)
    seed = with_entry(np.zeros(shape_of(tape.values[asked.output])), asked.output_entry, 1.0)
    bar = reverse(tape, [(asked.output, seed)])[asked.node]
    return None if bar is None else float(bar[asked.entry] if asked.entry else bar)


def _from_constant(tape: Tape, constant: int) -> Tape:
    """The tape, with adjoints on their way to a constant alone."""
    live = [node == constant for node in range(len(tape))]
    for node in range(constant + 1, len(tape)):
        rule, sources = tape.rules[node], tape.inputs[node]
        if rule is not None and rule.differentiable and is_float(tape.values[node]) and any(live[i] for i in sources):
            shapes = [shape_of(tape.values[i]) for i in sources]
            attributes = tape.attributes.get(node, NO_ATTRIBUTES)
            live[node] = any(live[i] and not rule.blocks(slot, shapes, attributes) for slot, i in enumerate(sources))
    return Tape(tape.rules, tape.inputs, tape.values, tape.partials, live, tape.attributes, tape.results, (), tape.o)
