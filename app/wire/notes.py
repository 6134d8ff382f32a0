"""Remarks on nodes: kinks and conventions, where NaN was born, what stops a derivative."""

from __future__ import annotations

import numpy as np

from app.engine.tape import NO_ATTRIBUTES, Tape
from app.lang.program import Run
from app.ops.op import Op, Value
from app.wire.numbers import INFINITY

DETACHED = "detach lets no derivative through: neither tangents nor adjoints."
NO_GRAD = "Under no_grad adjoints stop here; tangents flow on, as in torch."
UNUSED = "The program does not use this input: nothing flows into it."
NAN = "NaN is born here: no operand is NaN."
NO_NUMBER = "This is no number: the arithmetic of plain numbers that made it has no answer, as 0/0 has none."
OVERFLOW = "The value is infinite: it exceeds what float64 can hold, or the operation has a pole here."


def notes(run: Run, forward: bool) -> dict[int, list[str]]:
    """Sentences per node; nodes without any are left out."""
    found: dict[int, list[str]] = {}
    tape = run.tape
    for node, rule in enumerate(tape.rules):
        sentences = _of_operation(tape, node, rule, forward) if isinstance(rule, Op) else _of_leaf(run, node)
        if sentences:
            found[node] = sentences
    for span, _, sentence in run.checked.warnings:
        for node, site in enumerate(run.sites):
            if site is not None and node >= len(run.inputs) and run.checked.span(site) == span:
                found.setdefault(node, []).append(sentence)
    return found


def _of_leaf(run: Run, node: int) -> list[str]:
    """Remarks on an input or a constant."""
    if node < len(run.inputs):
        return [UNUSED] if run.unused and next(n for n, i in run.inputs.items() if i == node) in run.unused else []
    value = run.tape.values[node]
    if type(value) is not float or -INFINITY < value < INFINITY:
        return []
    return [OVERFLOW] if value in (INFINITY, -INFINITY) else [NO_NUMBER]


def _of_operation(tape: Tape, node: int, rule: Op, forward: bool) -> list[str]:
    """Remarks on an operation node."""
    value = tape.values[node]
    sentences = []
    if rule.conventions:
        sentences = conventions(tape, node, rule)
    if rule.name == "detach":
        sentences.append(DETACHED)
    elif not tape.live[node] and rule.differentiable and any(tape.live[i] for i in tape.inputs[node]) and _is_float(value) and forward:
        sentences.append(NO_GRAD)
    if _has_nan(value) and not any(_has_nan(v) for v in tape.operands(node)):
        sentences.append(NAN)
    return sentences


def conventions(tape: Tape, node: int, rule: Op) -> list[str]:
    """The sentences of the kinks, ties and singular points that a node stands on."""
    operands, z = tape.operands(node), tape.result(node)
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    return [c.sentence for c in rule.conventions if c.at(z, operands, attributes)]


def _is_float(value: Value) -> bool:
    return type(value) is float or (isinstance(value, np.ndarray) and value.dtype == np.float64)


def _has_nan(value: Value) -> bool:
    """Whether a primal is or contains NaN."""
    if type(value) is float:
        return value != value  # noqa: PLR0124  NaN is the only value unequal to itself
    return isinstance(value, np.ndarray) and value.dtype == np.float64 and bool(np.isnan(value).any())
