"""What stands behind torch.…: functions that make tensors, switches, and operations under PyTorch's names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from app.labs.autograd import sweep
from app.labs.autograd.binding import operation, result
from app.labs.autograd.construction import array_of
from app.labs.autograd.draws import DRAWS
from app.labs.autograd.mode import MODE, SetNow, Switch
from app.labs.autograd.promotion import CATEGORY, FLOATS
from app.labs.autograd.refusal import TorchError
from app.labs.autograd.tensor import Dtype, Size, Tensor
from app.labs.autograd.views import shaped, transposed
from app.labs.autograd.words import dimension_words
from app.ops.table import OPS, PUBLIC, SPELLINGS

Function = Callable[..., Any]
ONLY_FLOATS = "Only Tensors of floating point and complex dtype can require gradients"


def _finished(array: Any, requires_grad: bool) -> Tensor:
    """A new leaf."""
    made = Tensor(np.array(array))
    if requires_grad:
        if made.dtype not in FLOATS:
            raise TorchError("RuntimeError", ONLY_FLOATS)
        made.flag = True
    return made


def unpacked(value: Any) -> Any:
    """Nested lists with numbers in the place of tensors of one element."""
    if isinstance(value, Tensor):
        return value.data.reshape(-1)[0] if value.data.size == 1 and value.data.ndim == 0 else value.data
    if isinstance(value, (list, tuple)):
        return [unpacked(one) for one in value]
    return value


def tensor(data: Any, *, dtype: Dtype | None = None, requires_grad: bool = False, device: Any = None) -> Tensor:
    """torch.tensor."""
    array = array_of(unpacked(data), None if dtype is None else dtype.name)
    MODE.charge(array.size)
    return _finished(array, requires_grad)


def legacy(*size: Any) -> Tensor:
    """torch.Tensor(5, 3): memory as it is; here it is zeros. torch.Tensor([1, 2]): floats of these values."""
    first = size[0] if len(size) == 1 else None
    if isinstance(first, Tensor) and first.dtype == "float32":
        return first.alias()
    if isinstance(first, (list, tuple, np.ndarray)) and not isinstance(first, Size):
        return Tensor(array_of(unpacked(first), "float32"))
    return Tensor(np.zeros(_sides(size) if size else (0,), dtype=np.float32))


def _sides(size: tuple[Any, ...]) -> tuple[int, ...]:
    """A shape, given side by side or as one; charged."""
    whole = size[0] if len(size) == 1 and isinstance(size[0], (list, tuple)) else size
    sides = tuple(one.__index__() for one in whole)
    count = 1
    for side in sides:
        if side < 0:
            raise TorchError("RuntimeError", f"Trying to create tensor with negative dimension {side}: {list(sides)}")
        count *= side
        MODE.charge(count)
    return sides


def _made(fill: Callable[[tuple[int, ...]], Any]) -> Function:
    def function(*size: Any, dtype: Dtype | None = None, requires_grad: bool = False, device: Any = None) -> Tensor:
        return _finished(np.asarray(fill(_sides(size))).astype("float32" if dtype is None else dtype.name), requires_grad)

    return function


def _like(fill: Callable[[tuple[int, ...]], Any]) -> Function:
    def function(like: Tensor, *, dtype: Dtype | None = None, requires_grad: bool = False, device: Any = None) -> Tensor:
        return _finished(np.asarray(fill(tuple(like.shape))).astype(like.dtype if dtype is None else dtype.name), requires_grad)

    return function


def full(size: Any, fill_value: Any, *, dtype: Dtype | None = None, requires_grad: bool = False) -> Tensor:
    """torch.full."""
    value = fill_value.number() if isinstance(fill_value, Tensor) else fill_value
    kind = "bool" if isinstance(value, bool) else "int64" if isinstance(value, int) else "float32"
    return _finished(np.full(_sides((size,)), value).astype(kind if dtype is None else dtype.name), requires_grad)


def arange(*bounds: Any, dtype: Dtype | None = None, requires_grad: bool = False, **named: Any) -> Tensor:
    """torch.arange."""
    bounds = (*bounds, *(named.pop(word) for word in ("start", "end", "step") if word in named))
    if named or not 1 <= len(bounds) <= 3:
        raise TorchError("TypeError", "arange() received an invalid combination of arguments")
    values = [one.number() if isinstance(one, Tensor) else one for one in bounds]
    start, stop, step = (0, values[0], 1) if len(values) == 1 else (*values, 1)[:3]
    count = int(np.ceil((stop - start) / step))
    if count < 0 or step == 0:
        raise TorchError("RuntimeError", "upper bound and lower bound inconsistent with step sign")
    MODE.charge(count)
    kind = "float32" if any(isinstance(one, float) for one in values) else "int64"
    return _finished((start + step * np.arange(count)).astype(kind if dtype is None else dtype.name), requires_grad)


def linspace(start: float, end: float, steps: int, *, dtype: Dtype | None = None, requires_grad: bool = False) -> Tensor:
    """torch.linspace."""
    MODE.charge(steps)
    return _finished(np.linspace(start, end, steps).astype("float32" if dtype is None else dtype.name), requires_grad)


def eye(n: int, m: int | None = None, *, dtype: Dtype | None = None, requires_grad: bool = False) -> Tensor:
    """torch.eye."""
    rows, columns = _sides((n, n if m is None else m))
    return _finished(np.eye(rows, columns).astype("float32" if dtype is None else dtype.name), requires_grad)


def from_numpy(array: Any) -> Tensor:
    """torch.from_numpy: the same memory."""
    if not isinstance(array, np.ndarray):
        raise TorchError("TypeError", f"expected np.ndarray (got {type(array).__name__})")
    return Tensor(array)


def manual_seed(seed: int) -> None:
    """torch.manual_seed."""
    DRAWS.seeded(int(seed))


def where(condition: Any, *branches: Any) -> Tensor:
    """torch.where with its two branches."""
    if len(branches) != 2:
        raise TorchError("TypeError", "where() takes a condition and two values here")
    made: Tensor = operation("where")(condition, *branches)
    return made


def joined(name: str) -> Function:
    """cat and stack, whose tensors come as one list."""
    operate = operation(name)

    def function(tensors: Any, dim: int = 0, **keywords: Any) -> Any:
        if name == "cat" and not keywords:
            _refuse_unequal([tuple(one.shape) for one in tensors if isinstance(one, Tensor)], dim)
        return operate(*tensors, **(keywords or {"dim": dim}))

    return function


def _refuse_unequal(shapes: list[tuple[int, ...]], dim: int) -> None:
    """What cat says of tensors that do not fit beside each other."""
    for place, shape in enumerate(shapes):
        if len(shape) != len(shapes[0]) or not -len(shape) <= dim < len(shape):
            return
        for side, (wanted, found) in enumerate(zip(shapes[0], shape, strict=True)):
            if wanted != found and side != dim % len(shape):
                said = f"Sizes of tensors must match except in dimension {dim}. Expected size {wanted} but got size {found}"
                raise TorchError("RuntimeError", f"{said} for tensor number {place} in the list.")


def extreme(name: str) -> Function:
    """max and min: of all elements, of two tensors, or along a dimension."""
    pair, whole, along = ("maximum" if name == "max" else "minimum"), operation(name), operation(f"{name}_dim")

    def function(x: Tensor, *args: Any, **keywords: Any) -> Any:
        if args and isinstance(args[0], Tensor):
            return operation(pair)(x, args[0])
        return along(x, *args, **keywords) if args or keywords else whole(x)

    return function


def softmaxed(name: str) -> Function:
    """softmax and log_softmax, which look at their dimension first."""
    operate = operation(name)

    def function(x: Tensor, dim: int | None = None, **keywords: Any) -> Tensor:
        if dim is not None and (words := dimension_words(dim, x.data.ndim)):
            raise TorchError(*words)
        made: Tensor = operate(x, dim=dim)
        return made

    return function


def only_tensors(name: str) -> Function:
    """torch.exp and its like, which take no numbers."""
    operate = operation(name)

    def function(x: Any, *args: Any, **keywords: Any) -> Any:
        if not isinstance(x, Tensor):
            raise TorchError("TypeError", f"{name}(): argument 'input' (position 1) must be Tensor, not {type(x).__name__}")
        return operate(x, *args, **keywords)

    return function


def norm(x: Tensor, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Tensor:
    """torch.norm."""
    if x.dtype not in FLOATS:
        raise TorchError("RuntimeError", "linalg.vector_norm: Expected a floating point or complex tensor as input. Got Long")
    order = 2 if p in ("fro", None) else p
    made: Tensor = result(OPS["norm"], [x], {"p": order, "dim": dim, "keepdim": keepdim}, "LinalgVectorNormBackward0")
    return made


def equal(x: Tensor, y: Tensor) -> bool:
    """torch.equal: whether two tensors are the same altogether."""
    return bool(x.data.shape == y.data.shape and np.array_equal(x.data, y.data))


def allclose(x: Tensor, y: Tensor, rtol: float = 1e-5, atol: float = 1e-8) -> bool:
    """torch.allclose."""
    return bool(np.allclose(x.data, y.data, rtol=rtol, atol=atol))


def autograd_backward(tensors: Any, grad_tensors: Any = None, retain_graph: bool | None = None, create_graph: bool = False) -> None:
    """torch.autograd.backward."""
    several = list(tensors) if isinstance(tensors, (list, tuple)) else [tensors]
    given = list(grad_tensors) if isinstance(grad_tensors, (list, tuple)) else [grad_tensors] * len(several)
    for place, (one, gradient) in enumerate(zip(several, given, strict=True)):
        keep = True if place < len(several) - 1 else retain_graph
        sweep.backward(one, gradient, retain_graph=keep, create_graph=create_graph)


PLAIN = sorted(name for name in {*PUBLIC, *SPELLINGS} if name.isidentifier())
UNARY = frozenset(
    "exp log sin cos tan tanh sqrt sigmoid relu abs neg log2 log10 log1p expm1 sinh cosh asin acos atan erf square sign".split()
)

FUNCTIONS: Mapping[str, Any] = {
    **{name: only_tensors(name) if name in UNARY else operation(name) for name in PLAIN},
    **{name: joined(name) for name in ("cat", "stack", "hstack", "vstack", "concat")},
    "einsum": lambda formula, *tensors: operation("einsum")(*tensors, formula=formula),
    "tensor": tensor,
    "as_tensor": lambda data, dtype=None: data if isinstance(data, Tensor) and dtype is None else tensor(data, dtype=dtype),
    "Tensor": legacy,
    "FloatTensor": legacy,
    "zeros": _made(np.zeros),
    "ones": _made(np.ones),
    "empty": _made(np.zeros),
    "zeros_like": _like(np.zeros),
    "ones_like": _like(np.ones),
    "full": full,
    "full_like": lambda like, value: _finished(np.full(like.data.shape, value).astype(like.dtype), requires_grad=False),
    "arange": arange,
    "linspace": linspace,
    "eye": eye,
    "from_numpy": from_numpy,
    "rand": _made(lambda sides: DRAWS.uniform(sides, 0.0, 1.0)),
    "randn": _made(DRAWS.normal),
    "rand_like": _like(lambda sides: DRAWS.uniform(sides, 0.0, 1.0)),
    "randn_like": _like(DRAWS.normal),
    "manual_seed": manual_seed,
    "where": where,
    "max": extreme("max"),
    "min": extreme("min"),
    "softmax": softmaxed("softmax"),
    "log_softmax": softmaxed("log_softmax"),
    "norm": norm,
    "equal": equal,
    "allclose": allclose,
    "transpose": transposed,
    "t": lambda x: transposed(x, 0, 1, "TBackward0"),
    "reshape": lambda x, shape: shaped(x, tuple(shape)),
    "flatten": lambda x: shaped(x, (-1,)),
    "numel": lambda x: x.data.size,
    "is_tensor": lambda x: isinstance(x, Tensor),
    "is_grad_enabled": lambda: MODE.enabled,
    "no_grad": partial(Switch, enabled=False),
    "enable_grad": partial(Switch, enabled=True),
    "inference_mode": partial(Switch, enabled=False),
    "set_grad_enabled": lambda flag: SetNow(enabled=bool(flag)),
    **{name: Dtype(name) for name in CATEGORY},
    "float": Dtype("float32"),
    "double": Dtype("float64"),
    "long": Dtype("int64"),
    "int": Dtype("int32"),
    "pi": float(np.pi),
    "inf": float("inf"),
    "nan": float("nan"),
}
AUTOGRAD: Mapping[str, Any] = {"grad": sweep.grad, "backward": autograd_backward}
LINALG: Mapping[str, Any] = {"norm": norm, "inv": operation("inv"), "det": operation("det"), "solve": operation("solve")}
