"""The forward sweep: tangents, along with the evaluation order (JVP)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.diagnostic import OpError
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, is_float, shape_of


def forward(tape: Tape, seeds: Mapping[int, Value], through: Sequence[bool] | None = None) -> list[Value | None]:
    """The tangent of every node for tangents at the inputs; None where nothing flows.

    An input with tangent 0 takes part: 0 times an infinite partial is NaN, as IEEE and torch have it.
    Only nodes that ``through`` holds for get a tangent, where it is given.
    """
    tangents: list[Value | None] = [None] * len(tape)
    for node, seed in seeds.items():
        tangents[node] = seed
    for node, inputs in enumerate(tape.inputs):
        if inputs and (through is None or through[node]):
            tangents[node] = _push(tape, tangents, node, inputs)
    return tangents


def _push(tape: Tape, tangents: list[Value | None], node: int, inputs: tuple[int, ...]) -> Value | None:
    """The tangent of one node: the sum over its slots of partial times tangent."""
    total = None
    slopes = tape.written_partials[node]
    rule = tape.rules[node]
    assert rule is not None
    for slot, source in enumerate(inputs):
        dot = tangents[source]
        if dot is None:
            continue
        part = None if slopes is None else slopes[slot] * dot
        if part is None or part != part:  # noqa: PLR0124  NaN: the rule decides, a gate lets nothing through
            try:
                part = _part(tape, node, slot, dot)
            except OpError as error:
                error.node = node
                raise
            if part is None:
                continue
        total = part if total is None else total + part
    return total if rule.differentiable else None


def _part(tape: Tape, node: int, slot: int, dot: Value) -> Value | None:
    """What one slot adds to the tangent, by the rule; None where the slot lets nothing through, or the result is an index or a mask."""
    rule = tape.rules[node]
    assert rule is not None
    if not is_float(tape.values[node]):
        return None
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    operands = tape.operands(node)
    if not rule.differentiable or rule.blocks(slot, [shape_of(v) for v in operands], attributes):
        return None
    return rule.jvp(tape.o, slot, dot, tape.result(node), operands, attributes)
