"""Broadcasting as operations of its own, with its adjoint: the sum over what was repeated."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import are_sizes, named, sizes, wholes
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Shape, Value


def repeated(x: Value, shape: Shape) -> Any:
    """An operand written out to a shape that it can be repeated into."""
    out = np.empty(shape, x.dtype if isinstance(x, np.ndarray) else type(x))
    out[...] = x
    return out


def expanded(shape: Shape, target: Any) -> Shape:
    """The shape asked for, if ``shape`` can be repeated into it; -1 keeps a size."""
    if are_sizes(target) and shape == target:
        return shape
    wanted = wholes(target, "A size")
    ahead = len(wanted) - len(shape)
    if ahead >= 0:
        made = tuple(shape[k - ahead] if side == -1 and k >= ahead else side for k, side in enumerate(wanted))
        if min(made, default=0) >= 0 and all(s in (1, w) for s, w in zip(shape, made[ahead:], strict=True)):
            return made
    raise OpError("shape.mismatch", f"{named(shape)} cannot be repeated to the shape {named(wanted)}.", "Only sizes of 1 can be repeated.")


def summed(shape: Shape, target: Any) -> Shape:
    """The shape asked for, if ``shape`` is a repetition of it."""
    wanted = sizes(target)
    expanded(wanted, shape)
    return wanted


def _broadcast(x: Value, shape: Any = ()) -> Value:
    made = expanded(np.shape(x), shape)
    return repeated(x, made) if made else x


def _sum_to_size(x: Value, size: Any = ()) -> Value:
    """The sum over the dimensions that broadcasting repeated."""
    shape, wanted = np.shape(x), sizes(size)
    if shape == wanted:
        return x
    ahead = len(shape) - len(wanted)
    repeated = tuple(k + ahead for k, side in enumerate(wanted) if side == 1 and shape[k + ahead] != 1)
    return np.reshape(np.sum(x, axis=(*range(ahead), *repeated)), wanted)


BROADCAST_TO = array_rule(
    "broadcast_to",
    "x; *shape",
    category="shape",
    summary="The operand, repeated to a shape.",
    latex=r"\operatorname{broadcast}\left({0},\, [<shape>]\right)",
    evaluate=_broadcast,
    measure=lambda x, shape=(): expanded(x, shape),
    pull=lambda o, bar, z, x, shape=(): o.sum_to_size(bar, size=np.shape(x)),
    push=LINEAR,
    partials=r"\bar{z} \mapsto \textstyle\sum \bar{z}",
    form="broadcast",
    backward="ExpandBackward0",
    samples=(sample([1.0, 2.0], shape=(3, 2)), sample([[1.0], [2.0]], shape=(2, 2, 3)), sample(1.5, shape=(2,)), sample(1.5, shape=())),
)

EXPAND = array_rule(
    "expand",
    "x; *size",
    renamed={"sizes": "size"},
    category="shape",
    summary="The operand, repeated to a shape; -1 keeps a size.",
    latex=r"\operatorname{expand}\left({0},\, [<size>]\right)",
    torch="torch.Tensor.expand",
    evaluate=lambda x, size=(): _broadcast(x, size),
    measure=lambda x, size=(): expanded(x, size),
    pull=lambda o, bar, z, x, size=(): o.sum_to_size(bar, size=np.shape(x)),
    push=LINEAR,
    partials=r"\bar{z} \mapsto \textstyle\sum \bar{z}",
    form="broadcast",
    backward="ExpandBackward0",
    samples=(sample([[1.0], [2.0]], size=(-1, 3)), sample([1.0, 2.0], size=(3, 2))),
)

SUM_TO_SIZE = array_rule(
    "sum_to_size",
    "x; *size",
    category="shape",
    summary="The sum over all that broadcasting from a shape would repeat; the adjoint of broadcast_to.",
    latex=r"\textstyle\sum {0}",
    torch="torch.Tensor.sum_to_size",
    evaluate=_sum_to_size,
    measure=lambda x, size=(): summed(x, size),
    cost=lambda x, size=(): count(x) + 1,
    pull=lambda o, bar, z, x, size=(): o.broadcast_to(bar, shape=np.shape(x)),
    push=LINEAR,
    partials=r"\mathbf 1^{\top}",
    form="reduction",
    samples=(sample([[1.0, 2.0], [3.0, 4.0]], size=(2,)), sample([[1.0, 2.0], [3.0, 4.0]], size=(2, 1)), sample([1.0, 2.0], size=())),
)

BROADCASTING = (BROADCAST_TO, EXPAND, SUM_TO_SIZE)
