"""The graph behind tensors: a node an operation, with edges to what it came from, and what its backward needs saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from weakref import WeakSet

import numpy as np

from app.labs.autograd.mode import MODE
from app.labs.autograd.promotion import LONG_NAMES
from app.labs.autograd.refusal import TorchError

Array = np.ndarray[Any, Any]

FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). "
    "Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). "
    "Specify retain_graph=True if you need to backward through the graph a second time "
    "or if you need to access saved tensors after calling backward."
)
MODIFIED = (
    "one of the variables needed for gradient computation has been modified by an inplace operation: [{type}]{output} is at version {now}; "
    "expected version {then} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, "
    "with torch.autograd.set_detect_anomaly(True, check_nan=False)."
)


class Storage:
    """What tensors that share memory have in common: how often it was changed in place."""

    __slots__ = ("version",)

    def __init__(self) -> None:
        self.version = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """A tensor kept for backward, in the version that it had."""

    tensor: Any
    version: int
    own: str | None = None
    """The node that it is the result of, as error messages call it; None for an operand."""

    def check(self) -> None:
        """Refuse one that was changed since."""
        now = self.tensor.storage.version
        if now == self.version:
            return
        kind = f"torch.{LONG_NAMES[self.tensor.dtype]}Tensor {list(self.tensor.shape)}"
        node = self.tensor.node
        called = self.own or (None if node is None else f"torch::autograd::{node.name}" if node.name == "CopySlices" else node.name)
        output = "" if called is None else f", which is output 0 of {called},"
        raise TorchError("RuntimeError", MODIFIED.format(type=kind, output=output, now=now, then=self.version))


_clock = count()


@dataclass(slots=True, eq=False, weakref_slot=True)
class Node:
    """One operation of the graph. ``edges`` has what each operand came from, None where nothing flows.

    ``pull`` gives the gradients of the operands for that of the result: of arrays, or of tensors when they are to be differentiated again.
    """

    name: str
    edges: list[Node | None]
    pull: Callable[[Any, bool], list[Any]]
    shape: tuple[int, ...] = ()
    dtype: str = ""
    saved: list[Saved] = field(default_factory=list)
    freed: bool = False
    ran: bool = False
    leaf: Any = None
    """The tensor whose gradient is accumulated here, for a leaf's node."""
    retained: list[Any] = field(default_factory=list)
    """Tensors that keep their gradient although they are no leaves."""
    users: WeakSet[Node] = field(default_factory=WeakSet)
    """The nodes that gradients come from."""
    time: int = field(default_factory=lambda: next(_clock))

    def __post_init__(self) -> None:
        MODE.charge_node()
        for edge in self.edges:
            if edge is not None:
                edge.users.add(self)

    def check(self) -> None:
        """Refuse a node whose saved tensors are gone, or were changed."""
        if self.freed and self.saved:
            raise TorchError("RuntimeError", FREED)
        for saved in self.saved:
            saved.check()


def accumulator(leaf: Any) -> Node:
    """The node that adds to a leaf's ``.grad``."""
    return Node("AccumulateGrad", [], lambda grad, again: [], leaf.shape, leaf.dtype, leaf=leaf)
