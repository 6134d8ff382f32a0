"""Views: other arrangements of the same memory, and indexing, which makes one where it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.labs.autograd.apply import node_of, raw
from app.labs.autograd.binding import result
from app.labs.autograd.graph import Array
from app.labs.autograd.mode import MODE
from app.labs.autograd.promotion import FLOATS
from app.labs.autograd.refusal import TorchError
from app.labs.autograd.tensor import Tensor
from app.labs.autograd.words import dimension_words
from app.ops.op import normal
from app.ops.table import OPS

Look = Callable[[Array], Array]


OF_A_NUMBER = (
    "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number"
)


def view(tensor: Tensor, name: str, look: Look, attributes: Mapping[str, Any], rule: str = "") -> Tensor:
    """A view through ``look``, whose node has this name and the rule's backward."""
    made = tensor.viewed(look)
    made.called = name
    if MODE.enabled and tensor.requires_grad and made.dtype in FLOATS:
        inputs = [raw(tensor, tensor.dtype)]
        made.node = node_of(
            OPS[rule or "index"], [tensor], inputs, normal(np.asarray(made.data, dtype=np.float64)), attributes, made, name, tensor.dtype
        )
    return made


def select(tensor: Tensor, dim: int, at: int) -> Tensor:
    """One slice along a dimension."""
    if not tensor.data.ndim:
        raise TorchError("IndexError", OF_A_NUMBER)
    if words := dimension_words(dim, tensor.data.ndim):
        raise TorchError(*words)
    dim %= tensor.data.ndim
    size = tensor.data.shape[dim]
    if not -size <= at < size:
        raise TorchError("IndexError", f"index {at} is out of bounds for dimension {dim} with size {size}")
    index: Any = (slice(None),) * dim + (int(at), Ellipsis)
    return view(tensor, "SelectBackward0", lambda array: array[index], {"index": index})


def indexed(tensor: Tensor, index: Any) -> Tensor:
    """x[…], one dimension after the other, as PyTorch does it."""
    parts = list(index) if isinstance(index, tuple) else [index]
    if any(is_advanced(part) for part in parts):
        return _gathered(tensor, parts)
    taken = sum(part is not None and part is not Ellipsis for part in parts)
    if taken > tensor.data.ndim:
        if not tensor.data.ndim:
            return select(tensor, 0, 0)
        raise TorchError("IndexError", "too many indices for tensor of dimension " + str(tensor.data.ndim))
    dim = 0
    for part in parts:
        if part is Ellipsis:
            dim = tensor.data.ndim - _after(parts)
        elif part is None:
            tensor = view(tensor, "UnsqueezeBackward0", _inserted(dim), {"dim": dim}, "unsqueeze")
            dim += 1
        elif isinstance(part, slice):
            tensor = _sliced(tensor, dim, part)
            dim += 1
        else:
            tensor = select(tensor, dim, part.__index__())
    return tensor if parts else tensor.viewed(lambda array: array)


def _after(parts: list[Any]) -> int:
    """How many dimensions the parts behind ... take."""
    behind = parts[parts.index(Ellipsis) + 1 :]
    return sum(part is not None for part in behind)


def _inserted(dim: int) -> Look:
    return lambda array: np.expand_dims(array, dim)


def _sliced(tensor: Tensor, dim: int, part: slice) -> Tensor:
    """x[a:b:c] along one dimension; a whole slice changes nothing."""
    bounds = [None if one is None else one.__index__() for one in (part.start, part.stop, part.step)]
    if bounds[2] is not None and bounds[2] <= 0:
        raise TorchError("ValueError", "step must be greater than zero")
    if bounds == [None, None, None]:
        return tensor
    index: Any = (slice(None),) * dim + (slice(*bounds), Ellipsis)
    return view(tensor, "SliceBackward0", lambda array: array[index], {"index": index})


def is_advanced(part: Any) -> bool:
    """Whether an index names single elements: a tensor, a list, an array, a mask."""
    return isinstance(part, (list, np.ndarray, bool)) or (
        isinstance(part, Tensor) and not (part.data.ndim == 0 and part.dtype not in FLOATS and part.dtype != "bool")
    )


def array_index(tensor: Tensor, parts: list[Any]) -> tuple[Any, ...]:
    """An index with arrays in the place of tensors and lists; a mask must have the shape of what it selects from."""
    found: list[Any] = []
    dim = 0
    for part in parts:
        array = part.data if isinstance(part, Tensor) else np.array(part) if isinstance(part, (list, np.ndarray, bool)) else part
        if isinstance(array, np.ndarray) and array.dtype == np.bool_:
            for k, size in enumerate(array.shape):
                if dim + k >= tensor.data.ndim or size != tensor.data.shape[dim + k]:
                    said = f"The shape of the mask {list(array.shape)} at index {k} does not match"
                    whole = f"the shape of the indexed tensor {list(tensor.data.shape)} at index {dim + k}"
                    raise TorchError("IndexError", f"{said} {whole}")
            dim += array.ndim
        elif isinstance(array, np.ndarray):
            if array.dtype.kind == "f":
                raise TorchError("IndexError", "tensors used as indices must be long, int, byte or bool tensors")
            size = tensor.data.shape[dim] if dim < tensor.data.ndim else 0
            wrong = array[(array < -size) | (array >= size)]
            if wrong.size:
                raise TorchError("IndexError", f"index {int(wrong.reshape(-1)[0])} is out of bounds for dimension {dim} with size {size}")
            dim += 1
        elif part is not None and part is not Ellipsis:
            dim += 1
            array = part if isinstance(part, slice) else part.__index__()
        found.append(array)
    return tuple(found)


def _gathered(tensor: Tensor, parts: list[Any]) -> Tensor:
    """Elements picked one by one: a copy."""
    made: Tensor = result(OPS["index"], [tensor], {"index": array_index(tensor, parts)}, "IndexBackward0")
    return made


def shaped(tensor: Tensor, shape: tuple[int, ...], name: str = "ViewBackward0") -> Tensor:
    """view, reshape, flatten: the elements in another shape."""
    total = tensor.data.size
    known = int(np.prod([side for side in shape if side != -1], dtype=int))
    fits = shape.count(-1) <= 1 and (total == known if -1 not in shape else known > 0 and total % known == 0)
    if not fits:
        raise TorchError("RuntimeError", f"shape '{list(shape)}' is invalid for input of size {total}")
    whole = tuple(total // known if side == -1 else side for side in shape)
    if np.shares_memory(np.reshape(tensor.data, whole), tensor.data) or not total:
        return view(tensor, name, lambda array: np.reshape(array, whole), {"shape": whole}, "reshape")
    made: Tensor = result(OPS["reshape"], [tensor], {"shape": whole}, "UnsafeViewBackward0")
    return made


def transposed(tensor: Tensor, dim0: int, dim1: int, name: str = "TransposeBackward0") -> Tensor:
    """Two dimensions in each other's place."""
    for dim in (dim0, dim1):
        if words := dimension_words(dim, tensor.data.ndim):
            raise TorchError(*words)
    if not tensor.data.ndim:
        return view(tensor, name, lambda array: array, {"shape": ()}, "reshape")
    return view(tensor, name, lambda array: np.swapaxes(array, dim0, dim1), {"dim0": dim0, "dim1": dim1}, "transpose")


def expanded(tensor: Tensor, shape: tuple[int, ...]) -> Tensor:
    """The same elements seen many times."""
    own = tensor.data.shape
    padded = (1,) * (len(shape) - len(own)) + own
    whole = tuple(have if want == -1 else want for want, have in zip(shape, padded, strict=False))
    for place, (have, want) in enumerate(zip(padded, whole, strict=True)):
        if have not in (1, want):
            said = f"The expanded size of the tensor ({want}) must match the existing size ({have}) at non-singleton dimension {place}."
            raise TorchError("RuntimeError", f"{said}  Target sizes: {list(shape)}.  Tensor sizes: {list(own)}")
    MODE.charge(int(np.prod(whole, dtype=int)))
    return view(tensor, "ExpandBackward0", lambda array: np.broadcast_to(array, whole), {"shape": whole}, "broadcast_to")
