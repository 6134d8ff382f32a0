"""Where carried work earns nothing: a wrong number that makes the work after it trivial."""

from __future__ import annotations

import math

import numpy as np

from app.engine.tape import Value
from app.grading import local
from app.grading.key import Key
from app.grading.spot import Spot
from app.grading.work import Work

SATURATED = 1e-6
"""A slope this far below the true one lets next to nothing through."""
ONES = frozenset({"mul", "div", "pow", "log", "sqrt", "reciprocal", "matmul"})
"""Where an operand of 1 spares the work."""


def degenerate(spot: Spot, work: Work, key: Key) -> str | None:
    """Why following the student's numbers to this spot is no work; None where it is."""
    for need in work.expected(spot).needs:
        own, true = _own(need, work), key.truth(need)
        if own is None or true is None or np.array_equal(own, true, equal_nan=True):
            continue
        trivial = _trivial(own, true, _operation(spot, need, work, key))
        if trivial:
            return f"{key.names[need.node]} was made {trivial} before it, which leaves nothing to work out."
    return _switched(spot, work, key)


def _trivial(own: Value, true: Value, operation: str) -> str | None:
    """The name of the trivial number that the own value is and the true one is not."""
    if not np.all(np.isfinite(own)) and np.all(np.isfinite(true)):
        return "NaN" if np.any(np.isnan(own)) else "infinite"
    if np.all(own == 0) and not np.all(true == 0):
        return "0"
    return "1" if operation in ONES and np.all(own == 1) and not np.all(true == 1) else None


def _operation(spot: Spot, need: Spot, work: Work, key: Key) -> str:
    """The operation that works on a needed number; for an adjoint that needs another operand, the one whose partial holds it."""
    if spot.quantity == "adjoint" and need.quantity == "primal":
        consumers = [part.node for part in work.expected(spot).parts if part.slot >= 0 and need.node != spot.node]
        names = [key.run.tape.rules[node].name for node in consumers if need.node in key.run.tape.inputs[node]]  # type: ignore[union-attr]  # they are operations
        return next((name for name in names if name in ONES), "")
    node = need.node if spot.quantity == "adjoint" and need.quantity == "adjoint" else spot.node
    rule = key.run.tape.rules[node]
    return "" if rule is None else "mul" if need.quantity in ("adjoint", "tangent") and need.quantity != spot.quantity else rule.name  # type: ignore[attr-defined]  # rules are Ops


def _switched(spot: Spot, work: Work, key: Key) -> str | None:
    """A branch that the student's number turned, or a slope that it saturated."""
    for node, slot in _edges(spot, work, key):
        operands = work.operands(node)
        tape = key.run.tape
        if operands is None or any(isinstance(v, np.ndarray) for v in operands):
            continue
        own, _, _ = work.slopes(node, slot, operands)
        true = local.slope(tape, node, slot, tape.result(node), tape.operands(node))
        if own is None or true is None or math.isnan(true) or own == true:
            continue
        if abs(own) < SATURATED * abs(true) and key.run.tape.rules[node].name != "mul":  # type: ignore[union-attr]  # it has an operation
            return f"The number before it shuts {key.names[node]}: its slope there is {own:.3g}, where {true:.3g} is true."
        if tape.rules[node].conventions and _piecewise(key, node):  # type: ignore[union-attr]
            return f"The number before it puts {key.names[node]} on its other branch."
    return None


def _edges(spot: Spot, work: Work, key: Key) -> list[tuple[int, int]]:
    """The edges whose operation decides about a spot."""
    if spot.quantity == "adjoint":
        return [(part.node, part.slot) for part in work.expected(spot).parts if part.slot >= 0]
    return [(spot.node, slot) for slot in range(len(key.run.tape.inputs[spot.node]))]


def _piecewise(key: Key, node: int) -> bool:
    """Whether an operation has branches, each with a slope of its own."""
    conventions = key.run.tape.rules[node].conventions  # type: ignore[union-attr]
    return any("not differentiable" in convention.sentence for convention in conventions)


def _own(need: Spot, work: Work) -> Value | None:
    entry = work.sheet.entries.get(need)
    if entry is not None:
        return entry.value
    kept = {"primal": work.primals, "tangent": work.tangents, "adjoint": work.adjoints}.get(need.quantity)
    return kept[need.node] if kept is not None else None
