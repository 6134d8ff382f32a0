"""Convolution in numbers: the shapes, the work and the values of conv, and of its two adjoints."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named, whole, wholes
from app.ops.arrays.rule import count
from app.ops.arrays.windows import Stride, layout, padded, windows
from app.ops.op import Shape, Value

# ---------------------------------------------------------------- shapes

_PLACES = {1: ("p", "k"), 2: ("pq", "kl")}
"""Labels of the windows and of the kernel, in one and two spatial dimensions."""


def _lie(weight: Shape, stride: Any, padding: Any, dilation: Any) -> Stride:
    return layout(weight[2:], stride, padding, dilation)


def _fits(rank: int, x: Shape, weight: Shape, groups: Any) -> int:
    """The number of groups, if image and kernels fit together."""
    name = f"conv{rank}d"
    if len(x) not in (rank + 1, rank + 2) or len(weight) != rank + 2 or not count(weight):
        dims = "length" if rank == 1 else "height, width"
        message = f"{name} takes (batch, channels, {dims}) and kernels (out, in, {dims}), not {named(x)} and {named(weight)}."
        raise OpError("shape.mismatch", message, "Add dimensions of size 1 with unsqueeze or reshape.")
    parts = whole(groups, "The number of groups")
    channels = x[-rank - 1]
    if parts < 1 or channels % parts or weight[0] % parts or channels // parts != weight[1]:
        raise OpError(
            "shape.mismatch", f"{name}: the input has {channels} channels in {parts} group(s), the kernels expect {weight[1]} each."
        )
    return parts


def conv_shape(rank: int) -> Any:
    """The shape of a convolution in this many dimensions."""

    def measure(x: Shape, weight: Shape, *bias: Shape, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1) -> Shape:
        _fits(rank, x, weight, groups)
        if bias and bias[0] != weight[:1]:
            raise OpError("shape.mismatch", f"The bias has one entry for each of the {weight[0]} kernels, not {named(bias[0])}.")
        return (*x[: -rank - 1], weight[0], *_lie(weight, stride, padding, dilation).outcome(x[-rank:]))

    return measure


def conv_work(rank: int) -> Any:
    """A multiplication for each window, kernel and entry; and the room that padding takes."""
    shape = conv_shape(rank)

    def cost(x: Shape, weight: Shape, *bias: Shape, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1) -> int:
        lie = _lie(weight, stride, padding, dilation)
        room = count(tuple(s + a + b for s, a, b in zip(x[-rank:], lie.ahead, lie.behind, strict=True))) * count(x[:-rank])
        made = shape(x, weight, *bias, stride=stride, padding=padding, dilation=dilation, groups=groups)
        return count(made) * count(weight[1:]) + 8 * room + 1

    return cost


# ---------------------------------------------------------------- values


def _batched(x: Any, rank: int) -> Any:
    """With a batch dimension."""
    return x if x.ndim == rank + 2 else x[None]


def _grouped(x: Any, groups: int, place: int) -> Any:
    """One dimension split into groups."""
    return x.reshape(*x.shape[:place], groups, x.shape[place] // groups, *x.shape[place + 1 :])


FEW = 1 << 20
"""Up to this many entries windows are copied into columns, for one fast product; beyond, they stay a view."""


def _columns(view: Any, rank: int) -> Any:
    """Windows (batch, group, channel, places…, kernel…) as matrices (channel and kernel) × places."""
    places, inner = tuple(range(3, 3 + rank)), tuple(range(3 + rank, 3 + 2 * rank))
    batch, groups, channels = view.shape[:3]
    kernel = count(view.shape[3 + rank :])
    return view.transpose(0, 1, 2, *inner, *places).reshape(batch, groups, channels * kernel, -1)


def _correlate(view: Any, weight: Any, rank: int) -> Any:
    """For each window and each kernel (group, out, channel, kernel…) the sum of products: (batch, group, out, places…)."""
    if view.size <= FEW:
        made = weight.reshape(*weight.shape[:2], -1) @ _columns(view, rank)
        return made.reshape(*made.shape[:3], *view.shape[3 : 3 + rank])
    places, inner = _PLACES[rank]
    return np.einsum(f"ngc{places}{inner},goc{inner}->ngo{places}", view, weight)


def _convolve(x: Any, weight: Any, lie: Stride, groups: int) -> Any:
    """x ∗ w on batches."""
    view = _grouped(windows(padded(x, lie), lie), groups, 1)
    made = _correlate(view, _grouped(weight, groups, 0), len(lie.kernel))
    return made.reshape(x.shape[0], weight.shape[0], *made.shape[3:])


def convolved(rank: int) -> Any:
    """The value of a convolution."""

    def evaluate(x: Value, weight: Value, *bias: Value, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1) -> Value:
        lie = _lie(weight.shape, stride, padding, dilation)
        made = _convolve(_batched(x, rank), weight, lie, int(groups))
        if bias:
            made = made + bias[0].reshape(-1, *(1,) * rank)
        return made if x.ndim == rank + 2 else made[0]

    return evaluate


def _spaced(y: Any, lie: Stride, sides: Shape) -> Any:
    """y with zeros between and around its entries, so that windows over it undo a convolution."""
    room = [side + a + b + r - 1 for side, a, b, r in zip(sides, lie.ahead, lie.behind, lie.reach, strict=True)]
    out = np.zeros((*y.shape[:2], *room))
    ends = [slice(r - 1, r + (n - 1) * s, s) for r, s, n in zip(lie.reach, lie.step, y.shape[2:], strict=True)]
    out[(slice(None), slice(None), *ends)] = y
    return out


def conv_input(rank: int) -> Any:
    """The adjoint by x: every entry of y, spread out by its kernel."""

    def evaluate(y: Value, weight: Value, size: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1) -> Value:
        lie, sides = _lie(weight.shape, stride, padding, dilation), wholes(size, "A size")
        back = Stride(lie.kernel, (1,) * rank, (0,) * rank, (0,) * rank, lie.spread)
        view = _grouped(windows(_spaced(_batched(y, rank), lie, sides), back), int(groups), 1)
        flipped = np.flip(_grouped(weight, int(groups), 0), tuple(range(3, 3 + rank)))
        made = _correlate(view, np.swapaxes(flipped, 1, 2), rank)
        made = made.reshape(made.shape[0], -1, *made.shape[3:])
        made = made[(slice(None), slice(None), *(slice(a, a + s) for a, s in zip(lie.ahead, sides, strict=True)))]
        return made if y.ndim == rank + 2 else made[0]

    return evaluate


def _weigh(view: Any, y: Any, rank: int) -> Any:
    """For each entry of the kernels the sum over all windows: (group, out, channel, kernel…)."""
    if view.size <= FEW:
        made = (y.reshape(*y.shape[:3], -1) @ np.swapaxes(_columns(view, rank), -1, -2)).sum(axis=0)
        return made.reshape(*made.shape[:2], view.shape[2], *view.shape[3 + rank :])
    places, inner = _PLACES[rank]
    return np.einsum(f"ngc{places}{inner},ngo{places}->goc{inner}", view, y)


def conv_weight(rank: int) -> Any:
    """The adjoint by w: for each entry of the kernels, the sum over windows."""

    def evaluate(x: Value, y: Value, size: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1) -> Value:
        lie = layout(wholes(size, "A size"), stride, padding, dilation)
        view = _grouped(windows(padded(_batched(x, rank), lie), lie), int(groups), 1)
        made = _weigh(view, _grouped(_batched(y, rank), int(groups), 1), rank)
        return made.reshape(-1, *made.shape[2:])

    return evaluate
