"""The answer key: one run of the exercise's program, its sweeps, and what its nodes are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.core.diagnostic import problem
from app.engine.tape import Value, shape_of
from app.grading import local
from app.grading.spot import Spot
from app.lang.program import Run

Quantity = str
"""primal, partial, tangent or adjoint; gradient and output are an input's adjoint and an output's primal as final answers."""
QUANTITIES: tuple[Quantity, ...] = ("primal", "partial", "tangent", "adjoint", "gradient", "output")
MEANT: Mapping[Quantity, Quantity] = {"gradient": "adjoint", "output": "primal"}
"""What the final answers are answers to."""


@dataclass(eq=False)
class Key:
    """The truth. ``adjoints`` and ``tangents`` are None where their sweep was not asked for.

    ``cotangents`` are the seeds by node; ``labels`` and ``numbers`` are the nodes' labels and v-numbers.
    """

    run: Run
    adjoints: Sequence[Value | None] | None
    tangents: Sequence[Value | None] | None
    cotangents: Mapping[int, Value]
    directions: Mapping[int, Value]
    labels: Sequence[str]
    numbers: Sequence[str | None]
    work: Any = None
    """The work on an empty sheet, once somebody has asked for it."""
    _found: dict[str, int] = field(default_factory=dict)

    @cached_property
    def outputs(self) -> frozenset[int]:
        """The nodes of the outputs."""
        return frozenset(node for _, node in self.run.outputs)

    @cached_property
    def consumers(self) -> list[list[tuple[int, int]]]:
        """Per node, the nodes that use it and the slot where they do, in evaluation order."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.run.tape.values]
        for node, inputs in enumerate(self.run.tape.inputs):
            for slot, source in enumerate(inputs):
                found[source].append((node, slot))
        return found

    def truth(self, spot: Spot) -> Value | None:
        """The true value at a spot; None where nothing flows, and of partials that are no number an element."""
        tape = self.run.tape
        if spot.quantity == "primal":
            return tape.values[spot.node]
        if spot.quantity == "partial":
            assert spot.slot is not None
            slopes = tape.partials[spot.node]
            if slopes is not None:
                return slopes[spot.slot]
            return local.slope(tape, spot.node, spot.slot, tape.result(spot.node), tape.operands(spot.node))
        sweep = self.tangents if spot.quantity == "tangent" else self.adjoints
        return None if sweep is None else sweep[spot.node]

    def shape(self, spot: Spot) -> tuple[int, ...]:
        """The shape of what is asked at a spot; a partial of elements has that of the result."""
        return shape_of(self.run.tape.values[spot.node])

    @cached_property
    def _places(self) -> dict[str, set[int]]:
        """Every spelling of every node."""
        found: dict[str, set[int]] = {}
        names = self.run.names
        for node, (label, number) in enumerate(zip(self.labels, self.numbers, strict=True)):
            if self.run.tape.rules[node] is not None or node < len(self.run.inputs):
                if label not in names:
                    found.setdefault(label, set()).add(node)
                if number is not None:
                    found.setdefault("v" + number.removeprefix("v_{").removesuffix("}"), set()).add(node)
        for name, node in names.items():
            found.setdefault(name, set()).add(node)
        return found

    @cached_property
    def names(self) -> list[str]:
        """What to call each node: its name, its label, its v-number, whichever is the first that means it alone."""
        called = []
        last = {node: name for name, node in reversed(self.run.names.items())}
        for node, (label, number) in enumerate(zip(self.labels, self.numbers, strict=True)):
            short = "v" + number.removeprefix("v_{").removesuffix("}") if number else ""
            choices = (last.get(node, ""), label, short)
            called.append(next((c for c in choices if c and self._places.get(c) == {node}), f"#{node}"))
        return called

    def node(self, spelling: str) -> int:
        """The node that a name, a label, v3 or #5 means; raises ProgramError."""
        if spelling in self._found:
            return self._found[spelling]
        if spelling.startswith("#") and spelling[1:].isdecimal() and len(spelling) < 9 and int(spelling[1:]) < len(self.run.tape):
            return int(spelling[1:])
        found = self._places.get(spelling, set())
        if len(found) > 1:
            ways = ", ".join(f"#{node}" for node in sorted(found)[:6])
            raise problem(
                "grade.ambiguous_node", f"{spelling} may be any of the nodes {ways}.", None, "Write the number of the node, such as #5."
            )
        if not found:
            known = ", ".join(name for name, node in list(self.run.names.items())[:12])
            raise problem(
                "grade.unknown_node", f"There is no node called {spelling[:60]!r}.", None, f"The names are {known}." if known else None
            )
        self._found[spelling] = node = next(iter(found))
        return node
