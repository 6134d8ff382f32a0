"""Operations of the language on tensors: values by the rules, dtypes as PyTorch has them, a node of the graph behind each result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

import numpy as np

from app.core.diagnostic import OpError
from app.labs.autograd.graph import Array, Node, Saved
from app.labs.autograd.mode import MODE
from app.labs.autograd.promotion import FLOATS, Kind, cast, kind_of_number, number_as, promoted
from app.labs.autograd.refusal import TorchError
from app.labs.autograd.results import CALLED, Results
from app.labs.autograd.tensor import Tensor
from app.ops.numeric import bound, numeric
from app.ops.op import Op, normal
from app.ops.rule import Elementwise
from app.ops.stretch import reduced
from app.ops.table import OPS, SPELLINGS
from app.ops.text import names

Operand = Tensor | bool | int | float
Typed = Callable[[Sequence[Kind]], str]


def kinds(operands: Sequence[Any]) -> list[Kind]:
    """What decides about the dtype of a result."""
    return [x.kind if isinstance(x, Tensor) else kind_of_number(x) for x in operands]


def common(found: Sequence[Kind]) -> str:
    """The dtype in which operands meet."""
    kept = found[0]
    for kind in found[1:]:
        dtype = promoted(kept, kind)
        stronger = max((kept, kind), key=lambda one: (one.right, one.dims))
        kept = Kind(dtype, stronger.dims, number=stronger.number)
    return kept.dtype


def raw(operand: Operand, dtype: str) -> Any:
    """An operand as the rules take it: in the dtype of the operation, floats in full width."""
    array = cast(operand.data, dtype) if isinstance(operand, Tensor) else number_as(operand, dtype)
    return normal(array.astype(np.float64) if dtype in FLOATS else array.astype(np.int64) if dtype != "bool" else array)


def applied(
    op: Op, operands: Sequence[Operand], attributes: Mapping[str, Any], dtype: str, made: str | None = None, name: str | None = None
) -> Any:
    """One operation: its operands meet in ``dtype``, its result is of ``made``; a tuple where it has several results."""
    inputs = [raw(x, dtype) for x in operands]
    try:
        _charge(op, [np.shape(x) for x in inputs], attributes)
        with np.errstate(all="ignore"):
            value = op.value(inputs, attributes)
    except OpError as error:
        raise TorchError("RuntimeError", error.message) from None
    results = tuple(map(normal, value)) if op.results > 1 else (normal(value),)
    found = []
    for place, result in enumerate(results):
        tensor = Tensor(_typed(np.asarray(result), dtype, made))
        if MODE.enabled and tensor.dtype in FLOATS and any(isinstance(x, Tensor) and x.requires_grad for x in operands):
            own = {**attributes, "result": place} if op.results > 1 else attributes
            tensor.node = node_of(op, operands, inputs, results if op.results > 1 else results[0], own, tensor, name, dtype)
        found.append(tensor)
    if op.name in CALLED:
        return Results.of(op.name, found)
    return tuple(found) if op.results > 1 else found[0]


def _charge(op: Op, shapes: list[tuple[int, ...]], attributes: Mapping[str, Any]) -> None:
    """Room for the results, and the work, before it is done."""
    shape: Any = op.shape(shapes, attributes)
    for one in shape if op.results > 1 else (shape,):
        MODE.charge(int(np.prod(one, dtype=int)))
    MODE.charge_work(op.work(shapes, attributes))


def _typed(whole: Array, dtype: str, made: str | None) -> Array:
    """A result in its dtype: truths and indices are what they are."""
    if whole.dtype == np.bool_:
        return whole
    return cast(whole, "int64" if whole.dtype == np.int64 and dtype in FLOATS else made or dtype)


def node_of(
    op: Op,
    operands: Sequence[Operand],
    inputs: Sequence[Any],
    z: Any,
    attributes: Mapping[str, Any],
    result: Tensor,
    name: str | None,
    dtype: str,
) -> Node | None:
    """The graph's node of an operation, None where nothing flows through it."""
    shapes = [np.shape(x) for x in inputs]
    live = [
        k
        for k, x in enumerate(operands)
        if isinstance(x, Tensor) and x.requires_grad and op.differentiable and not op.blocks(k, shapes, attributes)
    ]
    if op.name == "floor_divide" and any(isinstance(x, Tensor) and x.requires_grad for x in operands):
        edges = [x.edge() if isinstance(x, Tensor) and x.requires_grad else None for x in operands]
        return Node("NotImplemented", edges, _refused, tuple(np.shape(result.data)), result.dtype)
    if not live:
        return None
    plain = {word: value for word, value in attributes.items() if word != "result"}
    constants = [not isinstance(x, Tensor) for x in operands]
    called = name or op.grad_fn_for(shapes, constants, plain) or f"{op.name.title().replace('_', '')}Backward0"
    edges = [x.edge() if k in live and isinstance(x, Tensor) else None for k, x in enumerate(operands)]
    node = Node(called, edges, lambda grad, again: [], tuple(np.shape(result.data)), result.dtype)
    node.saved = [
        saved_of(operands[k] if k < len(operands) else result, called if k == len(operands) else None)
        for k in kept(op, tuple(live), len(operands))
        if k == len(operands) or isinstance(operands[k], Tensor)
    ]

    def pull(grad: Any, again: bool) -> list[Any]:
        space: Any = TENSORS if again else numeric
        # What was saved is read now: a change through .data goes unseen, and counts.
        now = [raw(x, dtype) if isinstance(x, Tensor) else y for x, y in zip(operands, inputs, strict=True)]
        values: Sequence[Any] = [as_operand(x, y) for x, y in zip(operands, now, strict=True)] if again else now
        whole = z if op.results > 1 else as_operand(result, z) if again else raw(result, result.dtype)
        if not again and isinstance(op, Elementwise) and dtype == result.dtype == "float32":
            return [_pulled(op, k, grad, operands, result, attributes) if k in live else None for k in range(len(operands))]
        bar = grad if again else normal(np.asarray(grad, dtype=np.float64))
        with np.errstate(all="ignore"):
            return [op.vjp(space, k, bar, whole, values, attributes) if k in live else None for k in range(len(operands))]

    node.pull = pull
    return node


def _refused(grad: Any, again: bool) -> list[Any]:
    raise TorchError("RuntimeError", "derivative for aten::floor_divide is not implemented")


def _pulled(op: Elementwise, slot: int, grad: Array, operands: Sequence[Operand], result: Tensor, attributes: Mapping[str, Any]) -> Array:
    """A gradient in the single precision that PyTorch computes in: 1 - z·z loses the digits there that it loses here."""
    values: list[Any] = [cast(x.data, "float32") if isinstance(x, Tensor) else np.float32(x) for x in operands]
    chosen = op.chosen(attributes)
    with np.errstate(all="ignore"):
        made = chosen.compiled(chosen.pulls[slot])([*values, result.data, np.asarray(grad, dtype=np.float32), *chosen.settings(attributes)])
    operand = operands[slot]
    assert isinstance(operand, Tensor)
    return np.asarray(reduced(np.asarray(made), operand.data.shape, result.data.shape))


def as_operand(tensor: Any, value: Any) -> Any:
    """An operand for a gradient that is differentiated again: the tensor itself where gradients reach it."""
    return tensor if isinstance(tensor, Tensor) and tensor.requires_grad else value


@cache
def kept(op: Op, live: tuple[int, ...], count: int) -> list[int]:
    """The places whose values backward reads for these slots; ``count`` stands for the result."""
    if isinstance(op, Elementwise):
        used = frozenset[str]().union(*(names(op.pulls[k]) for k in live))
        return [k for k, name in enumerate(op.operands) if name in used] + [count] * ("z" in used)
    if op.name in BILINEAR:
        return [k for k in range(count) if any(other != k for other in live)]
    return list(op.keeps(count))


BILINEAR = frozenset("matmul mm mv bmm dot vdot outer inner".split())


def saved_of(tensor: Any, own: str | None) -> Saved:
    """A tensor as its node keeps it."""
    return Saved(tensor, tensor.storage.version, own.removesuffix("Backward0").removesuffix("Backward1") if own is not None else None)


class Tensors:
    """The namespace ``o`` for tensors: rules evaluated in it can be differentiated again."""

    plain: ClassVar[bool] = False

    def __getattr__(self, name: str) -> Callable[..., Any]:
        op = OPS.get(name) or SPELLINGS.get(name)
        if op is None:
            raise AttributeError(name)

        def function(*args: Any, **keywords: Any) -> Any:
            operands, attributes = bound(op, args, keywords)
            if op.name == "where" and isinstance(operands[0], bool):
                return operands[1] if operands[0] else operands[2]
            if not any(isinstance(x, Tensor) for x in operands):
                value = op.value([normal(np.asarray(x)) for x in operands], attributes)
                return tuple(map(normal, value)) if op.results > 1 else normal(value)
            dtype = next(x.dtype for x in operands if isinstance(x, Tensor))
            tensors = [x if isinstance(x, (Tensor, bool, int, float)) else Tensor(np.asarray(x)) for x in operands]
            return applied(op, tensors, attributes, "bool" if all(_is_mask(x) for x in tensors) else dtype)

        self.__dict__[name] = function
        return function


def _is_mask(x: Any) -> bool:
    return isinstance(x, bool) or (isinstance(x, Tensor) and x.dtype == "bool")


TENSORS = Tensors()


def gradient(value: Any, like: Tensor | None, dtype: str, shape: tuple[int, ...]) -> Array:
    """What a pull gave, as an array of the operand's dtype and shape."""
    return np.broadcast_to(np.asarray(value, dtype=np.float64), shape).astype(dtype)
