"""Slips in a primal: the operation done on the wrong numbers, or another operation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from app.engine.tape import Tape, Value
from app.grading import local
from app.grading.slips.slip import Slip
from app.ops.table import OPS

ANGLES = frozenset({"sin", "cos", "tan"})
ARCS = frozenset({"asin", "acos", "atan", "atan2"})
BASES = {"log": math.e, "log2": 2.0, "log10": 10.0}
PLAIN = ("add", "sub", "mul", "div")


def primals(tape: Tape, node: int, operands: Sequence[Value]) -> Iterator[Slip]:
    """Where slips in one operation lead."""
    name = tape.rules[node].name  # type: ignore[union-attr]  # it has an operation
    value = local.value(tape, node, operands)
    if value is None:
        return
    yield Slip("sign", -1 * value)
    if len(operands) == 2:
        swapped = local.value(tape, node, [operands[1], operands[0]])
        if swapped is not None:
            yield Slip("swapped_operands", swapped)
    if name in PLAIN:
        yield from _other(name, operands)
    yield from _units(tape, node, name, value, operands)
    if name == "mean":
        yield Slip("missing_mean", value * (np.size(operands[0]) / max(1, np.size(value))))
    yield from arrays(name, value, operands)


def _units(tape: Tape, node: int, name: str, value: Value, operands: Sequence[Value]) -> Iterator[Slip]:
    """Degrees for radians, one logarithm for another."""
    if name in ANGLES:
        turned = local.value(tape, node, [operands[0] * math.pi / 180])
        if turned is not None:
            yield Slip("degrees", turned)
    if name in ARCS:
        yield Slip("degrees", value * 180 / math.pi)
    for base, number in BASES.items() if name in BASES else ():
        if base != name:
            yield Slip("log_base", value * math.log(BASES[name]) / math.log(number), base)


def _other(name: str, operands: Sequence[Value]) -> Iterator[Slip]:
    """Another of the four operations."""
    for other in PLAIN:
        if other != name:
            with np.errstate(all="ignore"):
                yield Slip("wrong_operation", OPS[other].value(operands, {}), other)


def arrays(name: str, value: Value, operands: Sequence[Value]) -> Iterator[Slip]:
    """Slips that only matrices have; each in the shape of the true value."""
    if isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[0] == value.shape[1]:
        yield Slip("transposed", value.T)
    if name == "matmul" and all(isinstance(v, np.ndarray) and v.ndim == 2 for v in operands):
        first, second = operands
        if first.shape == second.shape == np.shape(value):
            yield Slip("elementwise_for_matmul", first * second)
        if first.shape[0] == first.shape[1]:
            yield Slip("transposed", first.T @ second, "the left factor")
        if second.shape[0] == second.shape[1]:
            yield Slip("transposed", first @ second.T, "the right factor")
