"""Tensors that behave as PyTorch's: memory that views share, a place in the graph, a gradient of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from app.labs.autograd.graph import Array, Node, Storage, accumulator
from app.labs.autograd.printing import size_text, text_of
from app.labs.autograd.promotion import FLOATS, Kind
from app.labs.autograd.refusal import TorchError

NOT_LEAF = (
    "you can only change requires_grad flags of leaf variables."
    " If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach()."
)


class Size(tuple[int, ...]):
    """A shape, printed as PyTorch prints it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return size_text(self)

    def numel(self) -> int:
        """How many elements there are."""
        return int(np.prod(self, dtype=int))


class Dtype:
    """torch.float32 and its like."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dtype) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


NAMES = {np.dtype(name): name for name in ("float32", "float64", "int32", "int64", "bool")}
"""Numpy spells a name out each time."""


class Tensor:
    """An array with a graph behind it. ``base`` is what it is a view of, ``positions`` where its elements lie in it."""

    __array_ufunc__ = None

    def __init__(self, data: Any, *, storage: Storage | None = None, base: Tensor | None = None, positions: Array | None = None) -> None:
        self.data: Array = np.asarray(data)
        self.storage = storage or Storage()
        self.base, self.positions = base, positions
        self.made: Node | None = None
        self.called = ""
        """What the node of this view is called."""
        self.flag = False
        self.grad: Tensor | None = None
        self.retains = False
        self.seen = 0
        """How many changes through other views of the base this view's node knows of."""
        self.changes = 0

    # ------------------------------------------------------------ what it is

    @property
    def node(self) -> Node | None:
        """The operation that made it; of a view whose base was changed since, another one."""
        if self.base is not None and self.seen < self.base.changes:
            self.seen = self.base.changes
            self.made = _regenerated(self)
        return self.made

    @node.setter
    def node(self, node: Node | None) -> None:
        self.made = node

    @property
    def dtype(self) -> str:
        """The name of the dtype."""
        return NAMES.get(self.data.dtype) or str(self.data.dtype)

    @property
    def shape(self) -> Size:
        """The shape."""
        return Size(self.data.shape)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.data.ndim

    @property
    def kind(self) -> Kind:
        """What decides about the dtype of results."""
        return Kind(self.dtype, self.data.ndim)

    @property
    def primal(self) -> Any:
        """The number, for the masks and positions of rules."""
        return self.data.astype(np.float64) if self.dtype in FLOATS else self.data

    @property
    def requires_grad(self) -> bool:
        """Whether gradients reach it."""
        return self.flag or self.node is not None

    @property
    def is_leaf(self) -> bool:
        """Whether no operation of the graph made it."""
        return self.node is None

    def edge(self) -> Node | None:
        """Where its gradient goes: its node, or the one that accumulates; None where nothing flows."""
        if self.node is not None:
            return self.node
        if not self.flag:
            return None
        if not hasattr(self, "_accumulator"):
            self._accumulator = accumulator(self)
        return self._accumulator

    def require(self, flag: bool = True) -> Tensor:
        """requires_grad_()."""
        if self.node is not None:
            if not flag:
                raise TorchError("RuntimeError", NOT_LEAF)
            return self
        if flag and self.dtype not in FLOATS:
            raise TorchError("RuntimeError", "only Tensors of floating point dtype can require gradients")
        self.flag = bool(flag)
        return self

    # ------------------------------------------------------------ views

    def viewed(self, look: Callable[[Array], Array]) -> Tensor:
        """A tensor on part of the same memory, in another arrangement."""
        base = self.base if self.base is not None else self
        places = self.positions if self.positions is not None else np.arange(self.data.size).reshape(self.data.shape)
        made = Tensor(look(self.data), storage=self.storage, base=base, positions=look(places))
        made.seen = base.changes
        return made

    def alias(self) -> Tensor:
        """The same memory without the graph."""
        return Tensor(self.data, storage=self.storage)

    # ------------------------------------------------------------ as Python sees it

    def text(self) -> str:
        """What print shows."""
        node = self.node
        named = None if node is None else node.name
        return text_of(self.data, self.dtype, requires_grad=self.flag and node is None, grad_fn=named)

    def __bool__(self) -> bool:
        if self.data.size > 1:
            raise TorchError("RuntimeError", "Boolean value of Tensor with more than one value is ambiguous")
        if self.data.size == 0:
            raise TorchError("RuntimeError", "Boolean value of Tensor with no values is ambiguous")
        return bool(self.data.reshape(-1)[0])

    def number(self) -> Any:
        """item(): the one number."""
        if self.data.size != 1:
            raise TorchError("RuntimeError", f"a Tensor with {self.data.size} elements cannot be converted to Scalar")
        return self.data.reshape(-1)[0].item()

    def __int__(self) -> int:
        return int(self._scalar())

    def __float__(self) -> float:
        return float(self._scalar())

    def _scalar(self) -> Any:
        if self.data.size != 1:
            raise TorchError("ValueError", "only one element tensors can be converted to Python scalars")
        return self.number()

    def __index__(self) -> int:
        if self.dtype in FLOATS or self.data.size != 1:
            raise TorchError("TypeError", "only integer tensors of a single element can be converted to an index")
        return int(self.number())

    def __len__(self) -> int:
        if not self.data.ndim:
            raise TorchError("TypeError", "len() of a 0-d tensor")
        return len(self.data)

    def __iter__(self) -> Iterator[Tensor]:
        if not self.data.ndim:
            raise TorchError("TypeError", "iteration over a 0-d tensor")
        rows: list[Tensor] = [self[k] for k in range(len(self.data))]  # type: ignore[index]  # operators.py puts it on the class
        for row in rows:
            if row.node is not None:
                row.node.name = "UnbindBackward0"
        return iter(rows)

    def __format__(self, spec: str) -> str:
        if self.data.ndim == 0:
            return format(self.number(), spec)
        if spec:
            raise TorchError("TypeError", "unsupported format string passed to Tensor.__format__")
        return self.text()

    def __hash__(self) -> int:
        return id(self)


def _regenerated(tensor: Tensor) -> Node | None:
    """The node of a view whose base was changed through another tensor: gradients go where its elements lie in the base."""
    base, places = tensor.base, tensor.positions
    assert base is not None
    assert places is not None
    edge = base.edge()
    if edge is None:
        return None

    def pull(grad: Any, again: bool) -> list[Any]:
        whole = np.zeros(base.data.size, dtype=np.float64)
        np.add.at(whole, places.reshape(-1), np.asarray(grad.data if isinstance(grad, Tensor) else grad, dtype=np.float64).reshape(-1))
        return [whole.reshape(base.data.shape)]

    return Node(tensor.called or "AsStridedBackward0", [edge], pull, tuple(tensor.data.shape), tensor.dtype)
