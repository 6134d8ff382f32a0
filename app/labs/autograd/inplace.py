"""Changes in place: the memory is written, the version counted up, and the graph says what stands there now."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.labs.autograd.binding import operation
from app.labs.autograd.graph import Node
from app.labs.autograd.mode import MODE
from app.labs.autograd.promotion import CATEGORY, LONG_NAMES, cast
from app.labs.autograd.refusal import TorchError
from app.labs.autograd.tensor import Size, Tensor
from app.labs.autograd.views import array_index, expanded, indexed, is_advanced

LEAF = "a leaf Variable that requires grad is being used in an in-place operation."
VIEW_OF_LEAF = "a view of a leaf Variable that requires grad is being used in an in-place operation."


def allowed(tensor: Tensor) -> None:
    """Refuse to change a leaf that waits for a gradient, or a view of one."""
    if not MODE.enabled:
        return
    if tensor.flag and tensor.is_leaf:
        raise TorchError("RuntimeError", LEAF)
    if tensor.base is not None and tensor.base.flag and tensor.base.is_leaf:
        raise TorchError("RuntimeError", VIEW_OF_LEAF)


def changed(tensor: Tensor, made: Tensor) -> Tensor:
    """Write a result into the memory of a tensor, whose node becomes that of the result."""
    if made.shape != tensor.shape:
        raise TorchError("RuntimeError", f"output with shape {list(tensor.shape)} doesn't match the broadcast shape {list(made.shape)}")
    if CATEGORY[made.dtype] > CATEGORY[tensor.dtype]:
        said = f"result type {LONG_NAMES[made.dtype]} can't be cast to the desired output type {LONG_NAMES[tensor.dtype]}"
        raise TorchError("RuntimeError", said)
    node = made.node
    tensor.data[...] = cast(made.data, tensor.dtype)
    tensor.storage.version += 1
    if node is not None:
        rebased(tensor, node)
    return tensor


def rebased(tensor: Tensor, node: Node) -> None:
    """The node of a changed tensor; where it is a view, the base has a new node too, which takes its part from this one."""
    base = tensor.base
    if base is None:
        tensor.node, tensor.flag = node, False
        tensor.changes += 1
        return
    assert tensor.positions is not None
    base.node = copied(base, node, tensor.positions.reshape(-1), "CopySlices")
    base.flag = False
    base.changes += 1


def copied(base: Tensor, node: Node | None, places: np.ndarray[Any, Any], name: str) -> Node:
    """The base after a part of it was overwritten: what flows into that part goes to the new values, the rest to the old ones."""

    def pull(grad: Any, again: bool) -> list[Any]:
        whole = np.asarray(grad.data if isinstance(grad, Tensor) else grad, dtype=np.float64).reshape(-1)
        rest = whole.copy()
        rest[places] = 0.0
        part = None if node is None else whole[places].reshape(node.shape)
        return [rest.reshape(base.data.shape), part]

    return Node(name, [base.edge(), node], pull, tuple(base.data.shape), base.dtype)


def inplace(name: str) -> Any:
    """add_, mul_ and their like: the operation, written back."""
    operate = operation(name)

    def method(tensor: Tensor, *args: Any, **keywords: Any) -> Tensor:
        allowed(tensor)
        made = operate(tensor, *args, **keywords)
        return changed(tensor, made)

    return method


def filled(tensor: Tensor, value: Any, name: str = "FillBackward0") -> Tensor:
    """zero_, fill_: gradients of what was there before stop."""
    allowed(tensor)
    flows = MODE.enabled and tensor.requires_grad
    node = Node(name, [tensor.edge()], _nothing(tensor), tuple(tensor.data.shape), tensor.dtype) if flows else None
    tensor.data[...] = cast(np.asarray(value.data if isinstance(value, Tensor) else value), tensor.dtype)
    tensor.storage.version += 1
    if node is not None:
        rebased(tensor, node)
    return tensor


def _nothing(tensor: Tensor) -> Any:
    shape = tensor.data.shape
    return lambda grad, again: [np.zeros(shape)]


def copied_from(tensor: Tensor, value: Any, name: str = "CopyBackwards") -> Tensor:
    """copy_: the values of another tensor, and gradients to it."""
    allowed(tensor)
    source = value if isinstance(value, Tensor) else Tensor(np.asarray(value, dtype=tensor.dtype))
    if source.shape != tensor.shape:
        before, MODE.enabled = MODE.enabled, MODE.enabled
        source = expanded(source, tuple(tensor.shape))
        MODE.enabled = before
    edge = source.edge() if MODE.enabled else None
    tensor.data[...] = cast(source.data, tensor.dtype)
    tensor.storage.version += 1
    if edge is not None or (MODE.enabled and tensor.requires_grad):
        own = tensor.edge()
        shape = tuple(tensor.data.shape)
        node = Node(name, [own, edge], lambda grad, again: [np.zeros(shape), grad], shape, tensor.dtype)
        rebased(tensor, node)
    return tensor


def assigned(tensor: Tensor, index: Any, value: Any) -> None:
    """x[…] = value."""
    parts = list(index) if isinstance(index, tuple) else [index]
    if not any(is_advanced(part) for part in parts):
        before = MODE.enabled
        part = indexed(tensor, index)
        MODE.enabled = before
        copied_from(part if part is not tensor else tensor, value)
        return
    allowed(tensor)
    places = np.arange(tensor.data.size).reshape(tensor.data.shape)[array_index(tensor, parts)]
    source = value if isinstance(value, Tensor) else Tensor(np.asarray(value, dtype=tensor.dtype))
    edge_of = expanded(source, places.shape) if source.shape != Size(places.shape) else source
    edge = edge_of.edge() if MODE.enabled else None
    flat = tensor.data.reshape(-1) if np.shares_memory(tensor.data.reshape(-1), tensor.data) else None
    if flat is None:
        raise TorchError("RuntimeError", "an index of this kind cannot be assigned to through such a view here")
    flat[places.reshape(-1)] = cast(edge_of.data, tensor.dtype).reshape(-1)
    tensor.storage.version += 1
    if edge is not None or (MODE.enabled and tensor.requires_grad):
        rebased(tensor, copied(tensor, edge, places.reshape(-1), "IndexPutBackward0"))
