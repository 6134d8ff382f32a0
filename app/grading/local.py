"""One operation at numbers of a student's own: its value, its partials, what it passes on, and where it bends."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, shape_of
from app.ops.op import Op

NUDGE = 1e-7
"""How far beside a kink its one-sided slopes are read, relative to the operand."""


def value(tape: Tape, node: int, operands: Sequence[Value]) -> Value | None:
    """The primal of an operation at these operands; None where it has none."""
    found = result(tape, node, operands)
    family = tape.attributes.get(node, NO_ATTRIBUTES).get("result")
    return found[family] if found is not None and family is not None else found


def result(tape: Tape, node: int, operands: Sequence[Value]) -> Any:
    """All that an operation gives at these operands."""
    rule = tape.rules[node]
    assert isinstance(rule, Op)
    try:
        with np.errstate(all="ignore"):
            return rule.value(operands, tape.attributes.get(node, NO_ATTRIBUTES))
    except (OpError, ArithmeticError, ValueError):
        return None


def slope(tape: Tape, node: int, slot: int, z: Value, operands: Sequence[Value]) -> Value | None:
    """The partial of an elementwise operation at these operands; None of others."""
    rule = tape.rules[node]
    assert isinstance(rule, Op)
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    if not rule.elementwise or rule.blocks(slot, [shape_of(v) for v in operands], attributes):
        return None
    try:
        with np.errstate(all="ignore"):
            found = rule.partial(slot, z, operands, attributes)
    except (OpError, ArithmeticError, ValueError):
        return None
    return float(found) if isinstance(found, (np.generic, int)) else found


def pulled(tape: Tape, node: int, slot: int, bar: Value, z: Any, operands: Sequence[Value]) -> Value | None:
    """What an adjoint passes on along one edge."""
    return _by_rule("vjp", tape, node, slot, bar, z, operands)


def pushed(tape: Tape, node: int, slot: int, dot: Value, z: Any, operands: Sequence[Value]) -> Value | None:
    """What a tangent adds along one edge."""
    return _by_rule("jvp", tape, node, slot, dot, z, operands)


def _by_rule(way: str, tape: Tape, node: int, slot: int, seed: Value, z: Any, operands: Sequence[Value]) -> Value | None:
    rule = tape.rules[node]
    assert isinstance(rule, Op)
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    if rule.blocks(slot, [shape_of(v) for v in operands], attributes):
        return None
    flow: Callable[..., Value] = getattr(rule, way)
    try:
        with np.errstate(all="ignore"):
            found = flow(tape.o, slot, seed, z, operands, attributes)
    except (OpError, ArithmeticError, ValueError):
        return None
    return float(found) if isinstance(found, np.generic) else found


def bends(tape: Tape, node: int, operands: Sequence[Value], z: Any) -> str | None:
    """The convention at the kink where an operation stands; None where it is smooth, or has a pole or a jump."""
    rule = tape.rules[node]
    assert isinstance(rule, Op)
    if not rule.conventions or not rule.elementwise:
        return None
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    for convention in rule.conventions:
        if "not differentiable" in convention.sentence and convention.at(z, operands, attributes):
            return convention.sentence
    return None


def hull(tape: Tape, node: int, slot: int, operands: Sequence[Value], own: Value) -> tuple[Value, Value]:
    """The smallest and the largest slope at a kink: the convention's, and those read a little beside it."""
    low = high = own
    for place, operand in enumerate(operands):
        for sign in (-1.0, 1.0):
            beside = list(operands)
            beside[place] = operand + sign * NUDGE * np.maximum(1.0, np.abs(operand))
            z = value(tape, node, beside)
            found = None if z is None else slope(tape, node, slot, z, beside)
            if found is not None and np.all(np.isfinite(found)):
                low, high = np.minimum(low, found), np.maximum(high, found)
    return (float(low), float(high)) if not shape_of(low) else (low, high)


def size(number: Value) -> float:
    """The largest absolute value in a number or array; 0 of nothing."""
    if isinstance(number, np.ndarray):
        return float(np.max(np.abs(number))) if number.size else 0.0
    return abs(float(number)) if not math.isnan(number) else 0.0
