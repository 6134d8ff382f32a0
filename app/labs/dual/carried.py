"""Series carried through a run: one for every node, and what the next power of ε would have been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, is_float, shape_of
from app.labs.dual.recurrences import Coefficients
from app.labs.dual.series import Meter, Series, Taylor
from app.ops.op import Op, normal

DIVIDES = {"div": 1, "reciprocal": 0, "rsqrt": 0}
"""By operation the operand that it divides by."""
NO_INVERSE = "A dual number whose real part is 0 has no inverse: 1/(0 + bε) would need 1/0."
NO_INVERSE_HINT = "Divide by a number whose real part is not 0, or move the point."


@dataclass(frozen=True, slots=True)
class Carried:
    """Per node its coefficients (None where it is no float), and the coefficient of the first power that is dropped."""

    order: int
    coefficients: list[Coefficients | None]
    dropped: list[Value | None]


def carried(tape: Tape, seeds: Mapping[int, Coefficients], order: int, meter: Meter) -> Carried:
    """The series of every node for series at some inputs; raises OpError with the node that refuses."""
    o = Taylor(order + 1, meter)
    held: list[Any] = list(tape.values)
    dropped: list[Value | None] = [None] * len(tape)
    for node, row in seeds.items():
        held[node] = Series(_padded(row, order), o)
    for node, inputs in enumerate(tape.inputs):
        if inputs and held[node] is tape.values[node]:
            try:
                _evaluate(tape, node, o, held, dropped)
            except OpError as error:
                error.node = node
                raise
    rows = [_row(held[node], value, order) for node, value in enumerate(tape.values)]
    return Carried(order, rows, dropped)


def _padded(row: Coefficients, order: int) -> Coefficients:
    """Coefficients up to one more than the order: what is dropped starts from nothing."""
    zero = np.zeros(np.shape(row[0])) if np.ndim(row[0]) else 0.0
    return [row[k] if k < len(row) and k <= order else zero for k in range(order + 2)]


def _evaluate(tape: Tape, node: int, o: Taylor, held: list[Any], dropped: list[Value | None]) -> None:
    """One operation, or all results of it at once."""
    op: Op = tape.rules[node]  # type: ignore[assignment]  # the rules of this project are Ops
    attributes = {k: v for k, v in tape.attributes.get(node, NO_ATTRIBUTES).items() if op.results == 1 or k != "result"}
    _refuse_division(tape, op, node)
    operands = [held[i] for i in tape.inputs[node]]
    if not any(isinstance(x, Series) for x in operands):
        return
    made = o.apply(op, operands, attributes)
    family = tape.results.get(node, (node,))
    for place, result in zip(family, made if op.results > 1 else (made,), strict=True):
        if isinstance(result, Series):
            dropped[place] = result.coefficients[o.order]
            held[place] = Series([tape.values[place], *_padded(list(result.coefficients), o.order - 1)[1:]], o)


def _refuse_division(tape: Tape, op: Op, node: int) -> None:
    """Division by a dual number that has no inverse."""
    operands = tape.operands(node)
    divides = op.name in DIVIDES and not np.all(operands[DIVIDES[op.name]])
    negative = op.name == "pow" and bool(np.any((np.asarray(operands[0]) == 0) & (np.asarray(operands[1]) < 0)))
    if divides or negative:
        raise OpError("value.domain", NO_INVERSE, NO_INVERSE_HINT)


def _row(held: Any, value: Value, order: int) -> Coefficients | None:
    """The coefficients of a node; nothing moves in one that no ε reaches."""
    if not is_float(value):
        return None
    if isinstance(held, Series):
        return [normal(c) for c in held.coefficients[: order + 1]]
    zero: Value = np.zeros(shape_of(value)) if shape_of(value) else 0.0
    return [value, *[zero] * order]


def derivatives(row: Sequence[Value]) -> list[Value]:
    """The derivatives at the point: k! times the k-th coefficient."""
    found, factorial = [], 1.0
    for k, value in enumerate(row):
        factorial *= max(k, 1)
        found.append(normal(np.multiply(value, factorial)))
    return found
