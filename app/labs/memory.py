"""What the reverse sweep needs of the forward one: which values, for which of its steps, and how long they are held for that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from app.engine.reverse import open_slots
from app.engine.tape import Tape, Value


@dataclass(frozen=True, slots=True)
class Read:
    """A reverse step that reads a value: the node whose partials need it, for these slots; ``place`` is the operand, or the result."""

    step: int
    node: int
    place: int
    slots: tuple[int, ...]


@dataclass(slots=True)
class Life:
    """A value, from the step that computes it (0: an input) to the last steps that read it, one a sweep."""

    node: int
    born: int
    elements: int
    bytes: int
    forward_until: int
    reads: list[Read] = field(default_factory=list)

    @property
    def reverse_until(self) -> int | None:
        """The last reverse step that reads it; None where none does."""
        return self.reads[-1].step if self.reads else None


@dataclass(frozen=True, slots=True)
class Series:
    """Values, and their bytes, after each step from 0 on."""

    values: list[int]
    bytes: list[int]

    @property
    def peak(self) -> int:
        """The first step after which most bytes are held."""
        return max(range(len(self.bytes)), key=self.bytes.__getitem__)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is held after each step: one an operation forward, then one an operation back.

    ``kept`` waits for the reverse sweep, ``held`` is all, ``alone`` what the program would hold without derivatives.
    """

    forward: list[int]
    reverse: list[int]
    lives: list[Life]
    kept: Series
    held: Series
    alone: Series
    computed: Series
    """``held`` without the inputs."""


def readings(tape: Tape, node: int, slots: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """What a node's contributions along these slots read: by place (the last is the result) the slots that want it."""
    rule, count = tape.rules[node], len(tape.inputs[node])
    wanted: dict[int, tuple[int, ...]] = {}
    for slot in slots:
        for place in rule.needs(slot, count):  # type: ignore[union-attr]  # the rules of this project are Ops
            wanted[place] = (*wanted.get(place, ()), slot)
    return wanted


def read_nodes(tape: Tape, node: int, place: int) -> tuple[int, ...]:
    """The nodes behind a place: an operand, or the result with all its siblings."""
    inputs = tape.inputs[node]
    return (inputs[place],) if place < len(inputs) else tape.results.get(node, (node,))


def reached(tape: Tape, slots: Sequence[Sequence[int]], seeded: Iterable[int]) -> list[int]:
    """The operations that the reverse sweep plays, in its order."""
    there = {node for node in seeded if tape.live[node]}
    played = []
    for node in range(max(there, default=-1), -1, -1):
        if node in there and tape.rules[node] is not None:
            played.append(node)
            there.update(tape.inputs[node][slot] for slot in slots[node])
    return played


def memory(tape: Tape, inputs: int, seeded: Iterable[int]) -> Memory:
    """The lives of all values of a run that is swept back from some nodes; constants stand in the program and are not counted."""
    slots = open_slots(tape)
    forward = [node for node, rule in enumerate(tape.rules) if rule is not None]
    reverse = reached(tape, slots, seeded)
    lives = _born(tape, inputs, forward)
    for step, node in enumerate(forward, 1):
        for operand in tape.inputs[node]:
            if operand in lives:
                lives[operand].forward_until = step
    for step, node in enumerate(reverse, len(forward) + 1):
        for place, wanting in sorted(readings(tape, node, slots[node]).items()):
            for source in dict.fromkeys(read_nodes(tape, node, place)):
                if source in lives:
                    lives[source].reads.append(Read(step, node, place, wanting))
    found, steps = list(lives.values()), len(forward) + len(reverse)
    kept = _series(steps, [(life.born, life.reverse_until, life) for life in found if life.reverse_until is not None])
    spans = [(life.born, max(life.forward_until, life.reverse_until or 0), life) for life in found]
    held, computed = _series(steps, spans), _series(steps, [span for span in spans if span[0] > 0])
    alone = _series(steps, [(life.born, life.forward_until, life) for life in found])
    return Memory(forward, reverse, found, kept, held, alone, computed)


def _born(tape: Tape, inputs: int, forward: Sequence[int]) -> dict[int, Life]:
    """Every value but the constants, at the step that computes it."""
    steps = dict.fromkeys(range(inputs), 0) | {node: step for step, node in enumerate(forward, 1)}
    return {
        node: Life(node, step, int(np.size(tape.values[node])), bytes_of(tape.values[node]), step) for node, step in sorted(steps.items())
    }


def bytes_of(value: Value) -> int:
    """The bytes of a primal: eight for a number."""
    return int(value.nbytes) if isinstance(value, np.ndarray) else 8


def _series(steps: int, spans: Iterable[tuple[int, int, Life]]) -> Series:
    """How many values, and bytes, there are after each step: one that is read in a step for the last time is gone after it."""
    values, sizes = [0] * (steps + 2), [0] * (steps + 2)
    for born, until, life in spans:
        if until > born:
            values[born] += 1
            values[until] -= 1
            sizes[born] += life.bytes
            sizes[until] -= life.bytes
    return Series(list(accumulate(values))[: steps + 1], list(accumulate(sizes))[: steps + 1])
