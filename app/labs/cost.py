"""What a whole Jacobian costs in either mode: operations counted from the rules, passes, totals, and where one mode overtakes the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine.tape import is_float
from app.labs.counting import NOTHING, Count, together
from app.labs.node_counts import Counting
from app.lang.program import Run

BOUND = 4
"""Griewank's: a function and its gradient together cost at most so many times the function alone."""


@dataclass(frozen=True, slots=True)
class OfOperation:
    """What all nodes of one operation cost together."""

    name: str
    nodes: int
    primal: Count
    forward: Count
    reverse: Count

    @property
    def ratio(self) -> float | None:
        """As for a whole run, the sums of contributions left out."""
        return (self.primal.total + self.reverse.total) / self.primal.total if self.primal.total else None


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: elements of the inputs to differentiate and of the outputs; operations of the primal and of one sweep in each mode.

    ``sums`` are additions of contributions, which belong to no operation.
    """

    inputs: int
    outputs: int
    primal: Count
    forward: Count
    reverse: Count
    sums: int
    operations: tuple[OfOperation, ...]

    @property
    def ratio(self) -> float | None:
        """The primal and one reverse sweep together by the primal alone; None where the primal has no operation that counts."""
        return (self.primal.total + self.reverse.total) / self.primal.total if self.primal.total else None

    def forward_total(self, inputs: int) -> int:
        """The whole Jacobian by columns; the primal is evaluated once."""
        return self.primal.total + inputs * self.forward.total

    def reverse_total(self, outputs: int) -> int:
        """The whole Jacobian by rows; the primal is evaluated once."""
        return self.primal.total + outputs * self.reverse.total

    @property
    def cheaper(self) -> str:
        """The mode with the smaller total for the whole Jacobian."""
        forward, reverse = self.forward_total(self.inputs), self.reverse_total(self.outputs)
        return "same" if forward == reverse else "forward" if forward < reverse else "reverse"

    @property
    def crossover(self) -> float | None:
        """How many outputs an input there must be for both totals to be the same."""
        return self.forward.total / self.reverse.total if self.reverse.total and self.forward.total else None

    @property
    def crossing(self) -> tuple[float, float] | None:
        """The same as a number of outputs for the inputs as they are, and of inputs for the outputs."""
        ratio = self.crossover
        return None if ratio is None else (ratio * self.inputs, self.outputs / ratio)


def cost(run: Run) -> Cost:
    """The costs of one run, for its inputs to differentiate and its outputs."""
    counts = Counting(run.tape)
    primal = {node: counts.primal(node) for node in counts.operations}
    forward, joined = _forward(run, counts)
    reverse, summed = _reverse(run, counts)
    live = [run.tape.values[node] for node in run.inputs.values() if run.tape.live[node]]
    outputs = [run.tape.values[node] for _, node in run.outputs if is_float(run.tape.values[node])]
    return Cost(
        sum(map(np.size, live)),
        sum(map(np.size, outputs)),
        together(primal.values()),
        together(forward.values()) + Count(additions=joined),
        together(reverse.values()) + Count(additions=summed),
        summed,
        _by_operation(counts, primal, forward, reverse),
    )


def _forward(run: Run, counts: Counting) -> tuple[dict[int, Count], int]:
    """Per node the parts of its tangent, and the additions of parts: a tangent flows from every input to differentiate."""
    tape, found, joined = run.tape, {}, 0
    moving = {node for node in run.inputs.values() if tape.live[node]}
    for node in counts.operations:
        slots = [slot for slot in counts.open[node] if tape.live[node] and tape.inputs[node][slot] in moving]
        if slots:
            moving.add(node)
            found[node] = together([counts.pushed(node, slot) for slot in slots])
            joined += (len(slots) - 1) * int(np.size(tape.values[node]))
    return found, joined


def _reverse(run: Run, counts: Counting) -> tuple[dict[int, Count], int]:
    """Per node its contributions, and the additions that sum them: the sweep starts at every output."""
    tape, found, summed = run.tape, {}, 0
    reached = {node for _, node in run.outputs if tape.live[node]}
    for node in reversed(counts.operations):
        if node not in reached:
            continue
        found[node] = together([counts.pulled(node, slot) for slot in counts.open[node]])
        for slot in counts.open[node]:
            to = tape.inputs[node][slot]
            summed += int(np.size(tape.values[to])) * (to in reached)
            reached.add(to)
    return found, summed


def _by_operation(
    counts: Counting, primal: Mapping[int, Count], forward: Mapping[int, Count], reverse: Mapping[int, Count]
) -> tuple[OfOperation, ...]:
    """The same by names of operations, in the order in which the program first uses them."""
    nodes: dict[str, list[int]] = {}
    for node in counts.operations:
        nodes.setdefault(counts.rules[node].name, []).append(node)
    sides = (primal, forward, reverse)
    return tuple(
        OfOperation(name, len(found), *(together(side.get(node, NOTHING) for node in found) for side in sides))
        for name, found in nodes.items()
    )


def rows(one: Cost, most: int = 40) -> dict[str, list[dict[str, Any]]]:
    """Totals for drawing: with the inputs as they are and more and more outputs, and the other way round."""
    ratio = one.crossover or 1.0
    outputs = _counts(max(2 * one.inputs * ratio, 1.5 * one.outputs, 4), one.outputs, most)
    inputs = _counts(max(2 * one.outputs / ratio, 1.5 * one.inputs, 4), one.inputs, most)
    forward, reverse = one.forward_total(one.inputs), one.reverse_total(one.outputs)
    return {
        "by_outputs": [{"outputs": m, "forward": forward, "reverse": one.reverse_total(m)} for m in outputs],
        "by_inputs": [{"inputs": n, "forward": one.forward_total(n), "reverse": reverse} for n in inputs],
    }


def _counts(last: float, own: int, most: int) -> list[int]:
    """Whole numbers from 1 on, at most so many, the program's own among them."""
    step = max(1, round(last / most))
    return sorted({1, *range(step, int(last) + 1, step), max(own, 1)})
