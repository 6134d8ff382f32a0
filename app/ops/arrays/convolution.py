"""conv1d, conv2d and their adjoints.

Convolution is one trilinear form ⟨y, x ∗ w⟩. The three operations of this file are its derivatives by y, by x and by w, and
each is the adjoint of the others. They work on windows, which are views: nothing is unrolled in memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named, whole, wholes
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.arrays.windows import Stride, layout, padded, several, windows
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


def _conv_shape(rank: int) -> Any:
    def measure(x: Shape, weight: Shape, *bias: Shape, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1) -> Shape:
        _fits(rank, x, weight, groups)
        if bias and bias[0] != weight[:1]:
            raise OpError("shape.mismatch", f"The bias has one entry for each of the {weight[0]} kernels, not {named(bias[0])}.")
        return (*x[: -rank - 1], weight[0], *_lie(weight, stride, padding, dilation).outcome(x[-rank:]))

    return measure


def _conv_work(rank: int) -> Any:
    """A multiplication for each window, kernel and entry; and the room that padding takes."""
    shape = _conv_shape(rank)

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


def _conv(rank: int) -> Any:
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


def _conv_input(rank: int) -> Any:
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


def _conv_weight(rank: int) -> Any:
    """The adjoint by w: for each entry of the kernels, the sum over windows."""

    def evaluate(x: Value, y: Value, size: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1, groups: Any = 1) -> Value:
        lie = layout(wholes(size, "A size"), stride, padding, dilation)
        view = _grouped(windows(padded(_batched(x, rank), lie), lie), int(groups), 1)
        made = _weigh(view, _grouped(_batched(y, rank), int(groups), 1), rank)
        return made.reshape(-1, *made.shape[2:])

    return evaluate


# ---------------------------------------------------------------- the rules


def _how(attributes: Any) -> dict[str, Any]:
    """The attributes that say how windows lie."""
    return {name: attributes[name] for name in ("stride", "padding", "dilation", "groups") if name in attributes}


def _conv_rules(rank: int) -> tuple[Any, Any]:
    name, by_input, by_weight = f"conv{rank}d", f"conv{rank}d_input", f"conv{rank}d_weight"
    channel = tuple(range(-rank, 0))

    def back_x(o: Any, bar: Value, z: Value, x: Value, weight: Value, *bias: Value, **a: Any) -> Value:
        return getattr(o, by_input)(bar, weight, size=np.shape(x)[-rank:], **_how(a))

    def back_w(o: Any, bar: Value, z: Value, x: Value, weight: Value, *bias: Value, **a: Any) -> Value:
        return getattr(o, by_weight)(x, bar, size=np.shape(weight)[2:], **_how(a))

    def back_b(o: Any, bar: Value, z: Value, x: Value, weight: Value, bias: Value, **a: Any) -> Value:
        return o.sum(bar, dim=(0, *channel) if len(np.shape(x)) == rank + 2 else channel)

    def on_x(o: Any, dot: Value, z: Value, x: Value, weight: Value, *bias: Value, **a: Any) -> Value:
        return getattr(o, name)(dot, weight, **_how(a))

    def on_w(o: Any, dot: Value, z: Value, x: Value, weight: Value, *bias: Value, **a: Any) -> Value:
        return getattr(o, name)(x, dot, **_how(a))

    def on_b(o: Any, dot: Value, z: Value, x: Value, weight: Value, bias: Value, **a: Any) -> Value:
        return o.broadcast_to(o.reshape(dot, shape=(-1, *(1,) * rank)), shape=np.shape(z))

    return (back_x, back_w, back_b), (on_x, on_w, on_b)


def _samples(rank: int) -> Any:
    """Small images and kernels, in every arrangement."""
    x = np.sin(np.arange(2 * 4 * 5**rank)).reshape(2, 4, *(5,) * rank)
    w = np.cos(np.arange(6 * 4 * 3**rank)).reshape(6, 4, *(3,) * rank)
    bias = np.linspace(-1, 1, 6)
    return (
        sample(x[:, :1], w[:2, :1]),
        sample(x[0], w, bias),
        sample(x, w, bias, stride=2, padding=1),
        sample(x, w[:, :2], dilation=2, groups=2),
        sample(x[..., :4], w[..., :2], stride=3, padding=1),
        sample(x, w, padding="same"),
    )


def _conv_family(rank: int) -> tuple[Any, ...]:
    """conv, and its adjoints by x and by w."""
    name, text = f"conv{rank}d", "stride=1, padding=0, dilation=1, groups=1"
    pull, push = _conv_rules(rank)
    conv = array_rule(
        name,
        f"x, weight, bias=None; {text}",
        method=False,
        category="signal",
        summary=f"The convolution (cross-correlation, as in all of deep learning) in {rank} dimension{'s' if rank > 1 else ''}.",
        latex=r"{0} \star {1}",
        torch=f"torch.nn.functional.{name}",
        evaluate=_conv(rank),
        measure=_conv_shape(rank),
        cost=_conv_work(rank),
        pull=pull,
        reads=(0, 1),
        push=push,
        partials=(
            r"\bar{z} \mapsto \bar{z} \star^{\top} {1}",
            r"\bar{z} \mapsto {0} \star \bar{z}",
            r"\bar{z} \mapsto \textstyle\sum\bar{z}",
        ),
        backward=lambda x, weight, *bias, **a: "ConvolutionBackward0" if len(x) == rank + 2 else "SqueezeBackward1",
        samples=_samples(rank),
    )
    return conv, _by_input(rank, text), _by_weight(rank, text)


def _input_shape(rank: int) -> Any:
    """The shape of the input that a convolution made y from, if there is one."""
    forward = _conv_shape(rank)

    def measure(y: Shape, weight: Shape, size: Any, groups: Any = 1, **how: Any) -> Shape:
        _has_dimensions(rank, y, weight)
        made = (*y[: -rank - 1], weight[1] * max(1, whole(groups, "groups")), *several(size, rank, "A size", 0))
        _came_from(forward(made, weight, groups=groups, **how), y)
        return made

    return measure


def _weight_shape(rank: int) -> Any:
    """The shape of the kernels that a convolution made y with, if there is one."""
    forward = _conv_shape(rank)

    def measure(x: Shape, y: Shape, size: Any, groups: Any = 1, **how: Any) -> Shape:
        _has_dimensions(rank, x, y)
        made = (y[-rank - 1], x[-rank - 1] // max(1, whole(groups, "groups")), *several(size, rank, "A size", 1))
        _came_from(forward(x, made, groups=groups, **how), y)
        return made

    return measure


def _has_dimensions(rank: int, *shapes: Shape) -> None:
    if any(len(shape) not in (rank + 1, rank + 2) for shape in shapes):
        raise OpError("shape.mismatch", f"A convolution has {rank + 2} dimensions, not " + " and ".join(map(named, shapes)) + ".")


def _came_from(made: Shape, y: Shape) -> None:
    if made != y:
        raise OpError("shape.mismatch", f"The convolution would give {named(made)}, not {named(y)}.")


def _by_input(rank: int, text: str) -> Any:
    name, by_input, by_weight = f"conv{rank}d", f"conv{rank}d_input", f"conv{rank}d_weight"
    x, w = np.sin(np.arange(2 * 4 * 5**rank)).reshape(2, 4, *(5,) * rank), np.cos(np.arange(6 * 2 * 3**rank)).reshape(6, 2, *(3,) * rank)
    y = np.sin(np.arange(2 * 6 * 3**rank) + 0.5).reshape(2, 6, *(3,) * rank)
    assert x.shape[0] == y.shape[0]
    return array_rule(
        by_input,
        f"y, weight; size, {text}",
        method=False,
        category="adjoint",
        summary="The adjoint of a convolution by its input.",
        latex=r"{0} \star^{\top} {1}",
        torch=f"torch.nn.grad.{by_input}",
        evaluate=_conv_input(rank),
        measure=_input_shape(rank),
        cost=lambda y, weight, size, **a: _conv_work(rank)(_input_shape(rank)(y, weight, size, **a), weight, **a),
        pull=(
            lambda o, bar, z, y, weight, size, **a: getattr(o, name)(bar, weight, **_how(a)),
            lambda o, bar, z, y, weight, size, **a: getattr(o, by_weight)(bar, y, size=np.shape(weight)[2:], **_how(a)),
        ),
        push=(LINEAR, LINEAR),
        partials=(r"\bar{z} \mapsto \bar{z} \star {1}", r"\bar{z} \mapsto \bar{z} \star {0}"),
        samples=(sample(y, w, size=(5,) * rank, stride=2, padding=1, groups=2), sample(y[0], w[:, :1], size=(5,) * rank)),
    )


def _by_weight(rank: int, text: str) -> Any:
    name, by_input, by_weight = f"conv{rank}d", f"conv{rank}d_input", f"conv{rank}d_weight"
    x = np.sin(np.arange(2 * 4 * 5**rank)).reshape(2, 4, *(5,) * rank)
    y = np.sin(np.arange(2 * 6 * 3**rank) + 0.5).reshape(2, 6, *(3,) * rank)
    return array_rule(
        by_weight,
        f"x, y; size, {text}",
        method=False,
        category="adjoint",
        summary="The adjoint of a convolution by its kernels.",
        latex=r"{0} \star {1}",
        torch=f"torch.nn.grad.{by_weight}",
        evaluate=_conv_weight(rank),
        measure=_weight_shape(rank),
        cost=lambda x, y, size, **a: _conv_work(rank)(x, _weight_shape(rank)(x, y, size, **a), **a),
        pull=(
            lambda o, bar, z, x, y, size, **a: getattr(o, by_input)(y, bar, size=np.shape(x)[-rank:], **_how(a)),
            lambda o, bar, z, x, y, size, **a: getattr(o, name)(x, bar, **_how(a)),
        ),
        push=(LINEAR, LINEAR),
        partials=(r"\bar{z} \mapsto {1} \star^{\top} \bar{z}", r"\bar{z} \mapsto {0} \star \bar{z}"),
        samples=(sample(x, y, size=(3,) * rank, stride=2, padding=1, groups=2), sample(x[0], y[0], size=(3,) * rank)),
    )


CONVOLUTION = (*_conv_family(1), *_conv_family(2))
