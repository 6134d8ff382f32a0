"""Local derivatives, one a slot: their LaTeX, and their numbers where there are few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.tape import NO_ATTRIBUTES, Tape
from app.lang.program import Run
from app.ops.op import Op, Value, shape_of
from app.wire.numbers import plain


def partials(run: Run, node: int, formulas: Sequence[str], entries: int) -> list[dict[str, Any]]:
    """The partials of one operation node, with their ``formulas``."""
    slopes = run.tape.partials[node]
    if slopes is not None:
        return [{"latex": latex, "value": plain(slope)} for latex, slope in zip(formulas, slopes, strict=True)]
    rule = run.tape.rules[node]
    assert isinstance(rule, Op)
    return [{"latex": latex, **numbers(run.tape, rule, node, slot, entries)} for slot, latex in enumerate(formulas)]


def numbers(tape: Tape, rule: Op, node: int, slot: int, entries: int) -> dict[str, Any]:
    """A scalar's value; a tensor's structure, and its entries if there are at most ``entries``."""
    operands, z = tape.operands(node), tape.values[node]
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    shapes = [shape_of(v) for v in operands]
    x = operands[slot]
    if not shape_of(x) and not shape_of(z):
        return {"value": plain(_scalar(tape, rule, node, slot, operands, attributes, shapes))}
    row: dict[str, Any] = {"structure": rule.structure(slot, shapes, attributes)}
    if rule.blocks(slot, shapes, attributes):
        return row
    own = rule.partial(slot, tape.result(node), operands, attributes)
    if own is not None:
        if np.size(own) <= entries:
            row["entries"] = plain(own)
    elif np.size(x) * np.size(z) <= entries:
        row["entries"] = plain(_dense(tape, rule, node, slot, operands, attributes))
    return row


def _scalar(
    tape: Tape, rule: Op, node: int, slot: int, operands: Sequence[Value], attributes: Mapping[str, Any], shapes: Sequence[tuple[int, ...]]
) -> Value:
    """The slope of a 0-d node by a 0-d operand."""
    if rule.blocks(slot, shapes, attributes):
        return 0.0
    own = rule.partial(slot, tape.result(node), operands, attributes)
    return own if own is not None else rule.vjp(tape.o, slot, 1.0, tape.result(node), operands, attributes)


def _dense(tape: Tape, rule: Op, node: int, slot: int, operands: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
    """The local Jacobian, of shape result + operand: a VJP for every entry of the result."""
    z = tape.values[node]
    shape = shape_of(z)
    rows = []
    for place in range(int(np.prod(shape))):
        unit = np.zeros(shape)
        unit.flat[place] = 1.0
        bar: Value = unit if shape else 1.0
        rows.append(np.asarray(rule.vjp(tape.o, slot, bar, tape.result(node), operands, attributes), dtype=np.float64))
    return np.reshape(np.stack(rows), shape + shape_of(operands[slot])) if rows else np.zeros(shape + shape_of(operands[slot]))
