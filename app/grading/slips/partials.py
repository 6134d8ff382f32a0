"""Slips in a local derivative."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from app.engine.tape import Tape, Value
from app.grading import local
from app.grading.slips.primals import ANGLES, BASES
from app.grading.slips.slip import Slip


def partials(tape: Tape, node: int, slot: int, operands: Sequence[Value], z: Value) -> Iterator[Slip]:
    """Where slips in the partial of one slot lead."""
    name = tape.rules[node].name  # type: ignore[union-attr]  # it has an operation
    own = local.slope(tape, node, slot, z, operands)
    if own is None:
        return
    yield Slip("quotient_order" if name == "div" and slot == 1 else "sign", -1 * own)
    yield Slip("primal_for_partial", z, "the result")
    for other in range(len(operands)):
        if other != slot:
            swapped = local.slope(tape, node, other, z, operands)
            if swapped is not None:
                yield Slip("swapped_partials", swapped)
    for operand in operands:
        yield Slip("primal_for_partial", operand, "an operand")
    with np.errstate(all="ignore"):
        yield from _powers(name, slot, operands)
        yield from _quotients(name, slot, operands)
    if name in ANGLES:
        turned = [operands[0] * math.pi / 180]
        beside = local.value(tape, node, turned)
        found = None if beside is None else local.slope(tape, node, slot, beside, turned)
        if found is not None:
            yield Slip("degrees", found)
    for base, number in BASES.items() if name in BASES else ():
        if base != name:
            yield Slip("log_base", own * math.log(BASES[name]) / math.log(number), base)


def _powers(name: str, slot: int, operands: Sequence[Value]) -> Iterator[Slip]:
    """The ways to get n xⁿ⁻¹ wrong."""
    if slot or name not in ("pow", "square", "sqrt"):
        return
    x = np.asarray(operands[0], dtype=np.float64)
    n = np.asarray({"square": 2.0, "sqrt": 0.5}.get(name, operands[-1]), dtype=np.float64)
    for wrong in (x ** (n - 1), n * x**n, n * x ** (n + 1), n * x, (n - 1) * x ** (n - 1)):
        yield Slip("power_rule", wrong if wrong.ndim else float(wrong))


def _quotients(name: str, slot: int, operands: Sequence[Value]) -> Iterator[Slip]:
    """The ways to get the partials of x / y wrong: 1/y and −x/y²."""
    if name != "div":
        return
    x, y = np.asarray(operands[0], dtype=np.float64), np.asarray(operands[1], dtype=np.float64)
    for wrong in (-1 / y, y, -y / x**2, y / x**2, -x / y, x / y) if slot == 0 else (-1 / y**2, 1 / y**2, -x / y, -y / x**2):
        yield Slip("quotient_order", wrong if np.ndim(wrong) else float(wrong))
