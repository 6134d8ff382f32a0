"""conv1d, conv2d and their adjoints.

Convolution is one trilinear form ⟨y, x ∗ w⟩. The three operations of this file are its derivatives by y, by x and by w, and
each is the adjoint of the others. They work on windows, which are views: nothing is unrolled in memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named, whole
from app.ops.arrays.rule import LINEAR, array_rule, sample
from app.ops.arrays.sliding import conv_input, conv_shape, conv_weight, conv_work, convolved
from app.ops.arrays.windows import several
from app.ops.op import Shape, Value

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
        evaluate=convolved(rank),
        measure=conv_shape(rank),
        cost=conv_work(rank),
        pull=pull,
        reads=(0, 1),
        push=push,
        affine=True,
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
    forward = conv_shape(rank)

    def measure(y: Shape, weight: Shape, size: Any, groups: Any = 1, **how: Any) -> Shape:
        _has_dimensions(rank, y, weight)
        made = (*y[: -rank - 1], weight[1] * max(1, whole(groups, "groups")), *several(size, rank, "A size", 0))
        _came_from(forward(made, weight, groups=groups, **how), y)
        return made

    return measure


def _weight_shape(rank: int) -> Any:
    """The shape of the kernels that a convolution made y with, if there is one."""
    forward = conv_shape(rank)

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
        evaluate=conv_input(rank),
        measure=_input_shape(rank),
        cost=lambda y, weight, size, **a: conv_work(rank)(_input_shape(rank)(y, weight, size, **a), weight, **a),
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
        evaluate=conv_weight(rank),
        measure=_weight_shape(rank),
        cost=lambda x, y, size, **a: conv_work(rank)(x, _weight_shape(rank)(x, y, size, **a), **a),
        pull=(
            lambda o, bar, z, x, y, size, **a: getattr(o, by_input)(y, bar, size=np.shape(x)[-rank:], **_how(a)),
            lambda o, bar, z, x, y, size, **a: getattr(o, name)(x, bar, **_how(a)),
        ),
        push=(LINEAR, LINEAR),
        partials=(r"\bar{z} \mapsto {1} \star^{\top} \bar{z}", r"\bar{z} \mapsto {0} \star \bar{z}"),
        samples=(sample(x, y, size=(3,) * rank, stride=2, padding=1, groups=2), sample(x[0], y[0], size=(3,) * rank)),
    )


CONVOLUTION = (*_conv_family(1), *_conv_family(2))
