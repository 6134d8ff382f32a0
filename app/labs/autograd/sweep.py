"""backward and torch.autograd.grad: gradients from the roots down the graph, latest node first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from typing import Any

import numpy as np

from app.labs.autograd.apply import applied
from app.labs.autograd.graph import Node
from app.labs.autograd.mode import MODE
from app.labs.autograd.refusal import TorchError
from app.labs.autograd.tensor import Size, Tensor
from app.lang.eager.budget import NODE
from app.ops.table import OPS

NO_GRAD = "element {} of tensors does not require grad and does not have a grad_fn"
NOT_SCALAR = "grad can be implicitly created only for scalar outputs"
MISMATCH = "Mismatch in shape: grad_output[{place}] has a shape of {given} and output[{place}] has a shape of {shape}."

Swept = Callable[[list[Node], list[Tensor]], None]
"""Told after each sweep which nodes ran, from which roots."""


def roots_of(outputs: Sequence[Tensor], gradients: Sequence[Tensor | None]) -> list[tuple[Node, Any]]:
    """Where a sweep begins, with the gradients it begins with."""
    found = []
    for place, (output, given) in enumerate(zip(outputs, gradients, strict=True)):
        if given is not None and given.shape != output.shape:
            raise TorchError("RuntimeError", MISMATCH.format(place=place, given=Size(given.shape), shape=Size(output.shape)))
        if given is None and output.requires_grad and output.data.size != 1:
            raise TorchError("RuntimeError", NOT_SCALAR)
        edge = output.edge()
        if edge is None:
            raise TorchError("RuntimeError", NO_GRAD.format(place))
        found.append((edge, given if given is not None else Tensor(np.ones(output.data.shape, dtype=output.dtype))))
    return found


def sweep(roots: Sequence[tuple[Node, Tensor]], *, keep: bool, again: bool, wanted: Sequence[Node] | None = None) -> dict[int, Tensor]:
    """Carry gradients down; those that arrive at leaves, or at the ``wanted`` nodes, by the identity of the node."""
    found: dict[int, Tensor] = {}
    nodes: dict[int, Node] = {}
    waiting: list[tuple[int, int]] = []
    for node, grad in roots:
        _arrive(node, grad, found, nodes, waiting, again=again)
    needed = None if wanted is None else _on_the_way(nodes.values(), wanted)
    ran = []
    while waiting:
        _, key = heappop(waiting)
        node, grad = nodes[key], found[key]
        for tensor in node.retained:
            tensor.grad = grad if tensor.grad is None else _sum(tensor.grad, grad, again=again)
        if node.leaf is not None or (needed is not None and key not in needed):
            continue
        node.check()
        MODE.charge_work(NODE)
        ran.append(node)
        before, MODE.enabled = MODE.enabled, again
        try:
            parts = node.pull(grad if again else grad.data, again)
        finally:
            MODE.enabled = before
        for edge, part in zip(node.edges, parts, strict=True):
            if edge is not None and part is not None:
                _arrive(edge, _as_tensor(part, edge, grad), found, nodes, waiting, again=again)
    for node in ran:
        node.ran = True
        node.freed = node.freed or not keep
    return found


def _arrive(
    node: Node, grad: Tensor, found: dict[int, Tensor], nodes: dict[int, Node], waiting: list[tuple[int, int]], *, again: bool
) -> None:
    """One more gradient at a node."""
    key = id(node)
    if key in found:
        found[key] = _sum(found[key], grad, again=again)
        return
    found[key], nodes[key] = grad, node
    heappush(waiting, (-node.time, key))


def _sum(left: Tensor, right: Tensor, *, again: bool) -> Tensor:
    """Two gradients added; recorded, if they are to be differentiated again."""
    if again:
        before, MODE.enabled = MODE.enabled, True
        made: Tensor = applied(OPS["add"], (left, right), {}, left.dtype)
        MODE.enabled = before
        return made
    return Tensor(left.data + right.data)


def _as_tensor(part: Any, edge: Node, grad: Tensor) -> Tensor:
    """A part as a tensor of the operand's shape; its dtype is the one of the leaf, or of the gradient."""
    dtype = edge.dtype or grad.dtype
    if isinstance(part, Tensor):
        return part
    return Tensor(np.array(np.broadcast_to(np.asarray(part, dtype=np.float64), edge.shape)).astype(dtype))


def _on_the_way(roots: Any, wanted: Sequence[Node]) -> set[int]:
    """The nodes from which a wanted one can be reached, itself left out."""
    goals = {id(node) for node in wanted}
    order: list[Node] = []
    seen: set[int] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            order.append(node)
            stack += [edge for edge in node.edges if edge is not None]
    useful: set[int] = set()
    for node in sorted(order, key=lambda one: one.time):
        if any(edge is not None and (id(edge) in goals or id(edge) in useful) for edge in node.edges):
            useful.add(id(node))
    return useful


def backward(output: Tensor, gradient: Tensor | None = None, *, retain_graph: bool | None = None, create_graph: bool = False) -> None:
    """y.backward(): what arrives at leaves is added to their ``.grad``."""
    roots = roots_of([output], [gradient])
    keep = create_graph if retain_graph is None else retain_graph
    found = sweep(roots, keep=keep, again=create_graph)
    for node in leaves(roots):
        grad = found.get(id(node))
        if grad is not None:
            leaf: Tensor = node.leaf
            leaf.grad = grad if leaf.grad is None else _accumulated(leaf.grad, grad, again=create_graph)
    MODE.swept(output)


def _accumulated(before: Tensor, grad: Tensor, *, again: bool) -> Tensor:
    """A gradient added to the one that is there: in place, so that whoever holds it sees it grow."""
    if again:
        return _sum(before, grad, again=True)
    before.data += grad.data
    before.storage.version += 1
    return before


def leaves(roots: Sequence[tuple[Node, Any]]) -> list[Node]:
    """The accumulating nodes that can be reached."""
    found: list[Node] = []
    seen: set[int] = set()
    stack = [node for node, _ in roots]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.leaf is not None:
            found.append(node)
        stack += [edge for edge in node.edges if edge is not None]
    return found


def grad(
    outputs: Any,
    inputs: Any,
    grad_outputs: Any = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: bool = False,
) -> tuple[Tensor | None, ...]:
    """torch.autograd.grad: the gradients themselves; ``.grad`` stays as it is."""
    several = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
    of = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
    given = list(grad_outputs) if isinstance(grad_outputs, (list, tuple)) else [grad_outputs] * len(several)
    if not all(isinstance(x, Tensor) and x.requires_grad for x in of):
        raise TorchError("RuntimeError", "One of the differentiated Tensors does not require grad")
    roots = roots_of(several, given)
    edges = [x.edge() for x in of]
    keep = create_graph if retain_graph is None else retain_graph
    found = sweep(roots, keep=keep, again=create_graph, wanted=[edge for edge in edges if edge is not None])
    results = [found.get(id(edge)) for edge in edges]
    for place, result in enumerate(results):
        if result is None and not allow_unused:
            said = "appears to not have been used in the graph. Set allow_unused=True if this is the desired behavior."
            raise TorchError("RuntimeError", f"The differentiated Tensor at index {place} {said}")
    MODE.swept(several[0])
    return tuple(results)
