"""How a derivative swells: its size written out, shared, and by either mode, after every statement of a program."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from app.derive.symbolic.derivative import derivative
from app.derive.symbolic.expression import Expression, Table, shared_operations
from app.labs.counting import NOTHING, Count, together
from app.labs.node_counts import Counting
from app.lang.program import Run

MOST = 400
"""Statements that are counted, the first ones."""
LARGEST = 3_000
"""Nodes of a program whose derivative is counted."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Operations of one derivative: written out, with equal parts evaluated once, and by AD, whose value is counted with it."""

    symbolic: int
    shared: int
    forward_ad: int
    reverse_ad: int


@dataclass(frozen=True, slots=True)
class Grown:
    """The sizes after a statement; ``round`` is the loop counter where it stands in a loop."""

    name: str
    node: int
    site: ast.AST | None
    round: int | None
    terms: int
    sizes: Sizes


class Swell:
    """The sizes of the derivatives of a run's nodes by one input."""

    def __init__(self, run: Run, found: Sequence[Expression | None], x: str, table: Table) -> None:
        self.run, self.found, self.x, self.table = run, found, x, table
        self.taken: dict[int, Expression] = {}
        counts, tape = Counting(run.tape), run.tape
        source = run.inputs[x]
        self._behind = [0] * len(tape)
        self._depends = [False] * len(tape)
        self._primal, self._forward, self._reverse = [0] * len(tape), [0] * len(tape), [0] * len(tape)
        self._depends[source] = True
        for node in counts.operations:
            inputs = tape.inputs[node]
            behind = 1 << node
            for i in inputs:
                behind |= self._behind[i]
            self._behind[node] = behind
            self._depends[node] = any(self._depends[i] for i in inputs)
            moving = [slot for slot in counts.open[node] if self._depends[inputs[slot]]]
            self._primal[node] = counts.primal(node).total
            self._forward[node] = _joined([counts.pushed(node, slot) for slot in moving])
            self._reverse[node] = together([counts.pulled(node, slot) for slot in counts.open[node]]).total

    def sizes(self, node: int) -> Sizes:
        """The sizes of one node's derivative."""
        expression = self.found[node]
        assert expression is not None  # asked of nodes that have one
        made = derivative(expression, self.x, self.table, self.taken)
        nodes = _bits(self._behind[node])
        primal = sum(self._primal[n] for n in nodes)
        return Sizes(
            made.operations, shared_operations(made),
            primal + sum(self._forward[n] for n in nodes), primal + sum(self._reverse[n] for n in nodes) + self._sums(nodes, node),
        )  # fmt: skip

    def _sums(self, nodes: Sequence[int], top: int) -> int:
        """The additions of contributions after the first."""
        tape = self.run.tape
        edges = [i for n in nodes for i in tape.inputs[n] if tape.live[i] and i != top]
        return len(edges) - len(set(edges))

    def growth(self) -> list[Grown]:
        """The sizes after every binding, in order."""
        rounds = self._rounds()
        found = []
        for node, name in self.run.bound[:MOST]:
            expression = self.found[node]
            if expression is None or expression.is_number:
                continue
            terms = derivative(expression, self.x, self.table, self.taken).terms
            found.append(Grown(name, node, self.run.sites[node], rounds.get(node), terms, self.sizes(node)))
        return found

    def _rounds(self) -> dict[int, int]:
        """The number of the innermost round that each node belongs to, from 1 on."""
        found = {}
        for kind, what, _, _, first, last in self.run.groups:  # parents come before their children
            if kind == "iteration":
                for node in range(first, last + 1):
                    found[node] = what + 1
        return found


def _joined(parts: Sequence[Count]) -> int:
    """The parts of a tangent, and their sum."""
    return together(parts).total + max(len(parts) - 1, 0) if parts else NOTHING.total


def _bits(number: int) -> list[int]:
    """The places of the ones in a number."""
    return [place for place, digit in enumerate(reversed(f"{number:b}")) if digit == "1"]
