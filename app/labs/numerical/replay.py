"""A tape evaluated again with another number at one of its nodes: what comes before stays, what depends on it follows."""

from __future__ import annotations

from typing import Any

from app.engine.tape import NO_ATTRIBUTES, Tape, is_float
from app.labs.numerical.arithmetic import Arithmetic, Number
from app.ops.op import Op


class Replay:
    """The nodes between ``changed`` and ``wanted``, ready to be evaluated in some arithmetic.

    ``whole`` takes all of the tape that ``wanted`` needs along, not only what depends on ``changed``.
    """

    def __init__(self, tape: Tape, changed: int, wanted: int, arithmetic: Arithmetic, *, whole: bool) -> None:
        self.tape, self.changed, self.wanted, self.arithmetic = tape, changed, wanted, arithmetic
        needed, moved = _needed(tape, changed, wanted), _moved(tape, changed)
        self.nodes = [node for node in sorted(needed) if tape.rules[node] is not None and node != changed and (whole or node in moved)]
        self.given = {node: arithmetic.number(tape.values[node]) for node in needed if tape.rules[node] is None} if whole else {}

    def at(self, value: Number) -> Number:
        """What ``wanted`` is when ``changed`` is this; raises NoFormError and OpError."""
        tape, found = self.tape, dict(self.given)
        found[self.changed] = value
        for node in self.nodes:
            if node in found:
                continue
            operands: list[Any] = [found[i] if i in found else tape.values[i] for i in tape.inputs[node]]
            rule = tape.rules[node]
            assert isinstance(rule, Op)
            made = self.arithmetic.value(rule, operands, tape.attributes.get(node, NO_ATTRIBUTES))
            family = tape.results.get(node)
            if family is None:
                found[node] = made
            else:
                found.update((one, part) for one, part in zip(family, made, strict=True) if one != self.changed)
        return found[self.wanted] if self.wanted in found else tape.values[self.wanted]


def _needed(tape: Tape, changed: int, wanted: int) -> set[int]:
    """What ``wanted`` depends on, up to ``changed``."""
    needed = {wanted}
    for node in range(wanted, -1, -1):
        if node in needed and node != changed:
            needed.update(tape.inputs[node])
    return needed


def _moved(tape: Tape, changed: int) -> set[int]:
    """What depends on ``changed``."""
    moved = {changed}
    for node in range(changed + 1, len(tape)):
        if any(i in moved for i in tape.inputs[node]):
            moved.add(node)
    return moved


def stopped(tape: Tape, changed: int, wanted: int) -> bool:
    """Whether derivatives stop somewhere between the two, where numbers go on."""
    between = _moved(tape, changed) & _needed(tape, changed, wanted)
    return any(is_float(tape.values[node]) and not tape.live[node] for node in between)
