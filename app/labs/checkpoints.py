"""A tape in segments of which a few states are stored: what a snapshot holds, and what is held while a schedule is played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.engine.reverse import open_slots
from app.engine.tape import Tape
from app.labs.memory import bytes_of, reached, read_nodes, readings
from app.labs.revolve import Action
from app.labs.segments import Segment


class Chain:
    """The segments of a tape and what each reads from before it; inputs and constants are always there and count nowhere."""

    def __init__(self, tape: Tape, parts: Sequence[Segment], seeded: Sequence[int]) -> None:
        self.tape, self.parts = tape, parts
        self.slots = open_slots(tape)
        self.reached = frozenset(reached(tape, self.slots, seeded))
        self._crossing: dict[tuple[int, int], frozenset[int]] = {}

    @cached_property
    def outside(self) -> list[frozenset[int]]:
        """Per segment the values that it reads and does not make."""
        inputs = self.tape.inputs
        return [
            frozenset(i for node in self.nodes(part) for i in inputs[node] if i < part.first and self.is_made(i)) for part in self.parts
        ]

    @cached_property
    def taped(self) -> list[frozenset[int]]:
        """Per segment the computed values that its reverse steps read."""
        found = []
        for part in self.parts:
            own: set[int] = set()
            for node in self.nodes(part):
                for place in readings(self.tape, node, self.slots[node]) if node in self.reached else ():
                    own.update(i for i in read_nodes(self.tape, node, place) if self.is_made(i))
            found.append(frozenset(own))
        return found

    def nodes(self, part: Segment) -> Iterator[int]:
        """The operations of a segment."""
        return (node for node in range(part.first, part.last + 1) if self.is_made(node))

    def is_made(self, node: int) -> bool:
        """Whether a value is computed."""
        return self.tape.rules[node] is not None

    def crossing(self, start: int, until: int) -> frozenset[int]:
        """The values from before segment ``start`` that the segments from it up to ``until`` read: what a snapshot holds."""
        key = (start, until)
        if key not in self._crossing:
            first = self.parts[start].first
            self._crossing[key] = frozenset(i for part in range(start, until) for i in self.outside[part] if i < first)
        return self._crossing[key]

    def bytes(self, nodes: Iterable[int]) -> int:
        """The bytes of these values."""
        values = self.tape.values
        return sum([bytes_of(values[node]) for node in nodes])


@dataclass(frozen=True, slots=True)
class Played:
    """An action, and what is held after it: values and bytes; ``stored`` are the segments before which snapshots stand."""

    action: Action
    values: int
    bytes: int
    stored: tuple[int, ...]


def played(chain: Chain, actions: Iterable[Action]) -> Iterator[Played]:
    """What every action leaves: the snapshots, and the state behind it; where a segment is reversed, its tape instead."""
    stored: dict[int, frozenset[int]] = {}
    owners: Counter[int] = Counter()
    state: frozenset[int] = frozenset()
    for action in actions:
        if action.kind == "store":
            stored[action.start] = chain.crossing(action.start, action.until)
            owners.update(stored[action.start])
        elif action.kind == "drop":
            owners.subtract(stored.pop(action.start))
        elif action.kind == "restore":
            state = stored[action.start]
        elif action.kind == "advance":
            state = chain.crossing(action.stop, action.until)
        elif action.kind == "reverse":
            state = chain.taped[action.start]
        held = state | {node for node, count in owners.items() if count}
        yield Played(action, len(held), chain.bytes(held), tuple(sorted(stored)))
        if action.kind == "reverse":
            state = frozenset()
