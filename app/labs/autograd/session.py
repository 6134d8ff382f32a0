"""One run of pasted code over our tensors, and what a lesson shows of it: graphs, versions, gradients over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Literal

import numpy as np

from app.core.limits import Limits
from app.labs.autograd.draws import DRAWS, Source
from app.labs.autograd.graph import Node
from app.labs.autograd.library import Ours
from app.labs.autograd.mode import MODE
from app.labs.autograd.tensor import Tensor
from app.lang.eager.check import checked
from app.lang.eager.interpreter import Interpreter
from app.lang.eager.outcome import Outcome

State = Literal["none", "pending", "zero", "value"]
"""Of a gradient: none yet, none although a graph waits to be swept, zeros, or numbers."""


@dataclass(slots=True)
class GraphNode:
    """A node as it stands after a sweep."""

    name: str
    variable: str | None
    shape: tuple[int, ...]
    edges: list[int | None]
    freed: bool
    saved: list[dict[str, Any]]


@dataclass(slots=True)
class Graph:
    """What one backward went through."""

    line: int
    root: str | None
    nodes: list[GraphNode]


@dataclass(slots=True)
class Moment:
    """A gradient after a statement that changed it."""

    line: int
    state: State
    value: Any


@dataclass(slots=True)
class Session:
    """What a run has left behind."""

    outcome: Outcome
    skipped: list[str]
    graphs: list[Graph] = field(default_factory=list)
    timeline: dict[str, list[Moment]] = field(default_factory=dict)


MOST_NODES = 2_000
LARGEST = 64
"""Entries of a gradient that is kept with its numbers."""
MOST_GRAPHS = 50


def run(source: str, limits: Limits, draws: Source | None = None, given: Mapping[str, Any] | None = None) -> Session:
    """Walk a program over our tensors; raises ProgramError."""
    tree, skipped = checked(source, limits)
    MODE.reset(limits)
    DRAWS.source = draws
    reporter = Reporter()
    walk = Interpreter(tree, source, Ours(), limits, reporter.after, given)
    MODE.swept = lambda output: reporter.swept(output, walk.line, walk.globals)
    with np.errstate(all="ignore"):
        outcome = walk.run()
    return Session(outcome, skipped, reporter.graphs, reporter.timeline)


class Reporter:
    """Looks at the tensors of a program after each statement."""

    def __init__(self) -> None:
        self.graphs: list[Graph] = []
        self.timeline: dict[str, list[Moment]] = {}
        self._last: dict[str, tuple[State, bytes]] = {}

    def after(self, line: int, names: Mapping[str, Any]) -> None:
        """Note the gradients that a statement has changed."""
        for name, tensor in names.items():
            if not isinstance(tensor, Tensor) or not (tensor.flag or tensor.retains):
                continue
            state, value = state_of(tensor)
            print_ = _print(value)
            if self._last.get(name) != (state, print_):
                self._last[name] = (state, print_)
                moments = self.timeline.setdefault(name, [])
                if len(moments) < MOST_NODES:
                    moments.append(Moment(line, state, None if value is None or value.size > LARGEST else np.array(value)))

    def swept(self, output: Tensor, line: int, names: Mapping[str, Any]) -> None:
        """Note the graph that a sweep went through."""
        if len(self.graphs) >= MOST_GRAPHS:
            return
        called = {id(value.node): name for name, value in names.items() if isinstance(value, Tensor) and value.node is not None}
        leaves = {id(value): name for name, value in names.items() if isinstance(value, Tensor)}
        root = next((name for name, value in names.items() if value is output), None)
        edge = output.edge()
        if edge is not None:
            self.graphs.append(Graph(line, root, _nodes(edge, called, leaves)))


def _nodes(root: Node, called: Mapping[int, str], leaves: Mapping[int, str]) -> list[GraphNode]:
    """The nodes below a root, itself first."""
    order: list[Node] = [root]
    place = {id(root): 0}
    for node in order:
        for edge in node.edges:
            if edge is not None and id(edge) not in place and len(order) < MOST_NODES:
                place[id(edge)] = len(order)
                order.append(edge)
    return [_shown(node, place, called, leaves) for node in order]


def _shown(node: Node, place: Mapping[int, int], called: Mapping[int, str], leaves: Mapping[int, str]) -> GraphNode:
    variable = called.get(id(node)) if node.leaf is None else leaves.get(id(node.leaf))
    saved = [
        {"shape": list(one.tensor.shape), "version": one.version, "now": one.tensor.storage.version, "result": one.own is not None}
        for one in node.saved
    ]
    edges = [None if edge is None else place.get(id(edge)) for edge in node.edges]
    return GraphNode(node.name, variable, tuple(node.shape), edges, node.freed and bool(node.saved), saved)


def _print(value: Any) -> bytes:
    """What tells a gradient from another one; looking at it is paid for."""
    if value is None:
        return b""
    MODE.charge_work(int(value.size))
    return blake2b(value.tobytes(), digest_size=16).digest()


def state_of(tensor: Tensor) -> tuple[State, Any]:
    """What a gradient is: not there and not to come, to come, zeros, or numbers."""
    if tensor.grad is not None:
        value = tensor.grad.data
        return ("value" if np.any(value) else "zero"), value
    return ("pending" if _awaited(tensor) else "none"), None


def _awaited(tensor: Tensor) -> bool:
    """Whether a node that gradients come from has not run yet."""
    edge = tensor.edge()
    return edge is not None and any(not user.ran for user in edge.users)
