"""What may be asked of a tensor: its attributes, and its methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from app.labs.autograd import sweep
from app.labs.autograd.binding import operation
from app.labs.autograd.draws import DRAWS
from app.labs.autograd.functions import allclose, equal, extreme, norm, softmaxed
from app.labs.autograd.graph import Node, Storage
from app.labs.autograd.inplace import copied_from, filled, inplace
from app.labs.autograd.mode import MODE
from app.labs.autograd.promotion import FLOATS
from app.labs.autograd.refusal import TorchError
from app.labs.autograd.tensor import Dtype, Tensor
from app.labs.autograd.views import expanded, select, shaped, transposed, view
from app.labs.autograd.words import dimension_words
from app.ops.op import Op
from app.ops.table import SPELLINGS

Method = Callable[..., Any]


class GradFn:
    """x.grad_fn: the node, as a program sees it."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def name(self) -> str:
        """The name of the node."""
        return self.node.name

    @property
    def next_functions(self) -> tuple[tuple[GradFn | None, int], ...]:
        """The nodes that gradients go to, each with the number of the result."""
        return tuple((None if edge is None else GradFn(edge), 0) for edge in self.node.edges)

    def __repr__(self) -> str:
        return f"<{self.node.name} object at 0x0>"


def backward(x: Tensor, gradient: Any = None, retain_graph: bool | None = None, create_graph: bool = False) -> None:
    """x.backward()."""
    if gradient is not None and not isinstance(gradient, Tensor):
        raise TorchError("TypeError", "gradients can be either Tensors or None, but got " + type(gradient).__name__)
    sweep.backward(x, gradient, retain_graph=retain_graph, create_graph=create_graph)


def numpy(x: Tensor) -> np.ndarray[Any, Any]:
    """The memory as an array of numpy."""
    if x.requires_grad:
        raise TorchError("RuntimeError", "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")
    return x.data


def size(x: Tensor, dim: int | None = None) -> Any:
    """x.size(), x.size(0)."""
    if dim is None:
        return x.shape
    if words := dimension_words(dim, x.data.ndim):
        raise TorchError(*words)
    return x.shape[dim]


def retain_grad(x: Tensor) -> None:
    """Keep the gradient of a tensor that is no leaf."""
    if not x.requires_grad:
        raise TorchError("RuntimeError", "can't retain_grad on Tensor that has requires_grad=False")
    if x.node is not None and not x.retains:
        x.retains = True
        x.node.retained.append(x)


def clone(x: Tensor) -> Tensor:
    """A copy with a node."""
    made: Tensor = operation("clone")(x)
    return made


def converted(x: Tensor, dtype: str) -> Tensor:
    """x.float(), x.double() …: the tensor itself where it is of that dtype."""
    if x.dtype == dtype:
        return x
    with np.errstate(all="ignore"):
        made = Tensor(x.data.astype(dtype))
    if MODE.enabled and x.requires_grad and dtype in FLOATS:
        made.node = Node("ToCopyBackward0", [x.edge()], lambda grad, again: [grad], tuple(x.data.shape), dtype)
    return made


def to(x: Tensor, target: Any = None, dtype: Any = None) -> Tensor:
    """x.to(dtype); there is one device here."""
    wanted = dtype or target
    return converted(x, wanted.name) if isinstance(wanted, Dtype) else x


def shape_of(args: tuple[Any, ...]) -> tuple[int, ...]:
    """A shape, given side by side or as one."""
    whole = args[0] if len(args) == 1 and isinstance(args[0], (list, tuple)) else args
    return tuple(one.__index__() for one in whole)


def squeezed(x: Tensor, dim: int | None = None) -> Tensor:
    """x.squeeze()."""
    own = x.data.shape
    if dim is None:
        return view(
            x, "SqueezeBackward0", lambda array: array.reshape([side for side in array.shape if side != 1]), {"dim": None}, "squeeze"
        )
    if words := dimension_words(dim, x.data.ndim):
        raise TorchError(*words)
    if not own or own[dim] != 1:
        return view(x, "SqueezeBackward1", lambda array: array.reshape(array.shape), {"shape": own}, "reshape")
    return view(x, "SqueezeBackward1", lambda array: np.squeeze(array, dim), {"dim": dim}, "squeeze")


def unsqueezed(x: Tensor, dim: int) -> Tensor:
    """x.unsqueeze(dim)."""
    if words := dimension_words(dim, x.data.ndim + 1):
        raise TorchError(*words)
    return view(x, "UnsqueezeBackward0", lambda array: np.expand_dims(array, dim), {"dim": dim}, "unsqueeze")


def flattened(x: Tensor) -> Tensor:
    """x.flatten(): a view where the memory allows it."""
    return shaped(x, (-1,))


def permuted(x: Tensor, *dims: Any) -> Tensor:
    """x.permute(…)."""
    order = shape_of(dims)
    return view(x, "PermuteBackward0", lambda array: np.transpose(array, order), {"dims": order}, "permute")


def drawn(draw: Callable[..., Any]) -> Method:
    """uniform_ and normal_: fresh numbers in place."""

    def method(x: Tensor, *bounds: float) -> Tensor:
        return filled_with(x, draw(tuple(x.data.shape), *bounds))

    return method


def filled_with(x: Tensor, values: Any) -> Tensor:
    """New values in place, whatever was there."""
    before, MODE.enabled = MODE.enabled, MODE.enabled
    copied_from(x, Tensor(np.asarray(values, dtype=x.dtype)))
    MODE.enabled = before
    return x


def _normal(shape: tuple[int, ...], mean: float = 0.0, std: float = 1.0) -> Any:
    return DRAWS.normal(shape) * np.float32(std) + np.float32(mean)


def is_method(name: str) -> bool:
    """Whether an operation of the language can be asked of a tensor."""
    op: Op | None = SPELLINGS.get(name)
    return op is not None and op.method


METHODS: Mapping[str, Method] = {
    "backward": backward,
    "numpy": numpy,
    "size": size,
    "item": lambda x: x.number(),
    "tolist": lambda x: x.data.tolist(),
    "dim": lambda x: x.data.ndim,
    "numel": lambda x: x.data.size,
    "detach": lambda x: x.alias(),
    "clone": clone,
    "requires_grad_": lambda x, requires_grad=True: x.require(requires_grad),
    "retain_grad": retain_grad,
    "float": partial(converted, dtype="float32"),
    "double": partial(converted, dtype="float64"),
    "int": partial(converted, dtype="int32"),
    "long": partial(converted, dtype="int64"),
    "bool": partial(converted, dtype="bool"),
    "to": to,
    "cpu": lambda x: x,
    "contiguous": lambda x: x,
    "is_contiguous": lambda x: bool(x.data.flags["C_CONTIGUOUS"]),
    "view": lambda x, *shape: shaped(x, shape_of(shape)),
    "reshape": lambda x, *shape: shaped(x, shape_of(shape)),
    "view_as": lambda x, other: shaped(x, tuple(other.shape)),
    "flatten": flattened,
    "t": lambda x: transposed(x, 0, 1, "TBackward0"),
    "transpose": transposed,
    "permute": permuted,
    "squeeze": squeezed,
    "unsqueeze": unsqueezed,
    "expand": lambda x, *shape: expanded(x, shape_of(shape)),
    "expand_as": lambda x, other: expanded(x, tuple(other.shape)),
    "select": select,
    "norm": norm,
    "max": extreme("max"),
    "min": extreme("min"),
    "softmax": softmaxed("softmax"),
    "log_softmax": softmaxed("log_softmax"),
    "equal": equal,
    "allclose": allclose,
    "zero_": lambda x: filled(x, 0, "ZeroBackward0"),
    "fill_": filled,
    "copy_": copied_from,
    "uniform_": drawn(lambda shape, low=0.0, high=1.0: DRAWS.uniform(shape, low, high)),
    "normal_": drawn(_normal),
    **{
        f"{name}_": inplace(name)
        for name in ("add", "sub", "mul", "div", "pow", "neg", "exp", "sqrt", "clamp", "abs", "sigmoid", "tanh", "relu")
    },
}

ATTRIBUTES: Mapping[str, Callable[[Tensor], Any]] = {
    "shape": lambda x: x.shape,
    "dtype": lambda x: Dtype(x.dtype),
    "grad": lambda x: x.grad,
    "grad_fn": lambda x: None if x.node is None else GradFn(x.node),
    "requires_grad": lambda x: x.requires_grad,
    "is_leaf": lambda x: x.is_leaf,
    "retains_grad": lambda x: x.retains,
    "data": lambda x: Tensor(x.data, storage=Storage()),
    "ndim": lambda x: x.data.ndim,
    "device": lambda x: "cpu",
    "_version": lambda x: x.storage.version,
    "T": lambda x: view(x, "PermuteBackward0", lambda array: array.T, {}, "T"),
    "mT": lambda x: transposed(x, -2, -1),
}


def method(x: Tensor, name: str) -> Method:
    """A method, bound to its tensor."""
    if name in METHODS:
        return partial(METHODS[name], x)
    if is_method(name):
        return partial(operation(name), x)
    raise TorchError("AttributeError", f"'Tensor' object has no attribute '{name}'")


def assign(x: Tensor, name: str, new: Any) -> None:
    """x.grad = …, x.data = …, x.requires_grad = …"""
    if name == "grad":
        _set_grad(x, new)
    elif name == "requires_grad":
        if not x.is_leaf:
            x.require(bool(new))
            return
        x.require(bool(new)) if new else setattr(x, "flag", False)
    elif name == "data" and isinstance(new, Tensor):
        x.data = new.data
    else:
        raise TorchError("AttributeError", f"'Tensor' object has no attribute '{name}'")


def _set_grad(x: Tensor, new: Any) -> None:
    """A gradient by hand must fit its tensor."""
    if new is not None and not isinstance(new, Tensor):
        raise TorchError("TypeError", f"assigned grad expected to be a Tensor or None but got grad of type {type(new).__name__}")
    if new is not None and new.shape != x.shape:
        said = f"attempting to assign a gradient of size '{list(new.shape)}' to a tensor of size '{list(x.shape)}'."
        raise TorchError("RuntimeError", f"{said} Please ensure that the gradient and the tensor are the same size")
    x.grad = new
