"""A student who works a sheet out from what stands on it already, rounds every number, and may slip once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.grading import local
from app.grading.key import Key
from app.grading.spot import Spot

Term = tuple[float, int, float, float]
"""A contribution, the node it comes from, that node's adjoint, and the partial."""


class Slip(NamedTuple):
    """One mistake: where it is made, what it makes of the right number and what that was made of, and what it is called."""

    spot: Spot
    make: Callable[[float, Sequence], float]
    name: str


def sheet(key: Key, digits: int, slip: Slip | None = None, *, partials: bool = True) -> dict | None:
    """The answers by node; None where the slip could not be made, or could not be seen."""
    work = _Sheet(key, digits, slip)
    work.forward(partials=partials)
    work.reverse()
    return None if slip is not None and not work.slipped else work.answers


class _Sheet:
    def __init__(self, key: Key, digits: int, slip: Slip | None) -> None:
        self.key, self.digits, self.slip, self.tape = key, digits, slip, key.run.tape
        self.answers: dict[str, dict] = {}
        self.primals: dict[int, float] = {}
        self.partials: dict[tuple[int, int], float] = {}
        self.adjoints: dict[int, float] = {}
        self.slipped = False

    def forward(self, *, partials: bool) -> None:
        """Primals and partials, in order."""
        for node, rule in enumerate(self.tape.rules):
            if rule is None:
                self.primals[node] = float(self.tape.values[node])
                continue
            operands = [self.primals[i] for i in self.tape.inputs[node]]
            z = local.value(self.tape, node, operands)
            self.primals[node] = self._write(Spot("primal", node), z, operands)
            slopes = [local.slope(self.tape, node, slot, z, operands) for slot in range(len(operands))]
            written = [self._rounded(slope) for slope in slopes]
            self.partials |= {(node, slot): float(text) for slot, text in enumerate(written)}
            if partials:
                self.answers[f"#{node}"]["partials"] = written

    def reverse(self) -> None:
        """Adjoints, from the last node back."""
        for node in reversed(range(len(self.tape.rules))):
            if self.key.adjoints[node] is None or (self.tape.rules[node] is None and node >= len(self.key.run.inputs)):
                continue
            edges = sorted(self.key.consumers[node], key=lambda edge: (-edge[0], edge[1]))
            terms = [self._term(*edge) for edge in edges if edge[0] in self.adjoints]
            total = self.key.cotangents.get(node, 0.0) + sum(term[0] for term in terms)
            self.adjoints[node] = self._write(Spot("adjoint", node), total, terms)

    def _term(self, consumer: int, slot: int) -> Term:
        bar, partial = self.adjoints[consumer], self.partials[consumer, slot]
        return bar * partial, consumer, bar, partial

    def _write(self, spot: Spot, value: float, made_of: Sequence) -> float:
        if self.slip is not None and self.slip.spot == spot:
            wrong = self.slip.make(value, made_of)
            if math.isfinite(wrong) and 1e-9 < abs(wrong) < 1e9 and abs(wrong - value) > 0.12 * max(abs(value), abs(wrong)):
                value, self.slipped = wrong, True
        text = self._rounded(value)
        self.answers.setdefault(f"#{spot.node}", {})[spot.quantity] = text
        return float(text)

    def _rounded(self, value: float) -> str:
        return f"{value:.{self.digits}g}" if math.isfinite(value) else str(value)
