"""avg_pool2d and max_pool2d."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named
from app.ops.arrays.reduction import real
from app.ops.arrays.rule import LINEAR, array_rule, count, primal, sample
from app.ops.arrays.windows import Stride, layout, padded, several, windows
from app.ops.op import Convention, Shape, Value


def _lie(kernel_size: Any, stride: Any, padding: Any, dilation: Any = 1) -> Stride:
    """Where the windows lie; without a stride they lie side by side."""
    kernel = several(kernel_size, 2, "The size of a window", 1)
    if isinstance(padding, str):
        raise OpError("shape.invalid", "The padding of a pool is a number.")
    lie = layout(kernel, kernel if stride is None or (isinstance(stride, tuple) and not stride) else stride, padding, dilation)
    if any(2 * a > k for a, k in zip(lie.ahead, kernel, strict=True)):
        raise OpError("shape.invalid", "The padding of a pool is at most half the size of its windows.")
    return lie


def _pooled(name: str) -> Any:
    def measure(x: Shape, kernel_size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1) -> Shape:
        if len(x) not in (3, 4):
            message = f"{name} takes (batch, channels, height, width), not {named(x)}."
            raise OpError("shape.mismatch", message, "Add dimensions of size 1 with unsqueeze or reshape.")
        return (*x[:-2], *_lie(kernel_size, stride, padding, dilation).outcome(x[-2:]))

    return measure


def _work(name: str) -> Any:
    shape = _pooled(name)
    return lambda x, kernel_size, **a: (
        count(shape(x, kernel_size, **a)) * count(several(kernel_size, 2, "The size of a window", 1)) + count(x) + 1
    )


# ---------------------------------------------------------------- avg_pool2d


def _average(x: Value, kernel_size: Any, stride: Any = None, padding: Any = 0) -> Value:
    lie = _lie(kernel_size, stride, padding)
    return windows(padded(x, lie), lie).sum(axis=(-2, -1)) / count(lie.kernel)


def _average_pull(o: Any, bar: Value, z: Value, x: Value, kernel_size: Any, stride: Any = None, padding: Any = 0) -> Value:
    """Each adjoint, shared out over its window: a convolution with equal weights, channel by channel, undone."""
    lie = _lie(kernel_size, stride, padding)
    channels = np.shape(x)[-3]
    weight = np.full((channels, 1, *lie.kernel), 1.0 / count(lie.kernel))
    return o.conv2d_input(bar, weight, size=np.shape(x)[-2:], stride=lie.step, padding=lie.ahead, groups=channels)


_IMAGE = (np.arange(120.0) * 37 % 120 / 60 - 1).reshape(2, 3, 5, 4)

AVG_POOL2D = array_rule(
    "avg_pool2d",
    "x; kernel_size, stride=None, padding=0",
    method=False,
    category="signal",
    summary="The mean of each window; padding counts as zeros.",
    latex=r"\operatorname{avgpool}\left({0}\right)",
    torch="torch.nn.functional.avg_pool2d",
    evaluate=_average,
    measure=_pooled("avg_pool2d"),
    cost=_work("avg_pool2d"),
    pull=_average_pull,
    push=LINEAR,
    partials=r"\bar{z} \mapsto \tfrac{1}{k}\,\mathbf 1 \star^{\top} \bar{z}",
    backward="AvgPool2DBackward0",
    samples=(
        sample(_IMAGE, kernel_size=2),
        sample(_IMAGE[0], kernel_size=(3, 2), stride=1),
        sample(_IMAGE, kernel_size=3, stride=2, padding=1),
    ),
)

# ---------------------------------------------------------------- max_pool2d


def _largest(x: Any, lie: Stride) -> Any:
    """The largest element of each window."""
    return windows(padded(x, lie, -np.inf), lie).max(axis=(-2, -1))


def _largest_index(x: Any, lie: Stride) -> tuple[Any, ...]:
    """Where the largest element of each window stands in the image; of equal ones the first. Row by row, then along the row."""
    wide = padded(x, lie, -np.inf)
    rows = np.argmax(windows(wide, lie).max(axis=-1), axis=-1)
    *lead, down, right = np.indices(rows.shape, sparse=True)
    row = down * lie.step[0] + rows * lie.spread[0]
    across = right[..., None] * lie.step[1] + np.arange(lie.kernel[1]) * lie.spread[1]
    columns = np.argmax(wide[(*(k[..., None] for k in lead), row[..., None], across)], axis=-1)
    return (*lead, row - lie.ahead[0], right * lie.step[1] + columns * lie.spread[1] - lie.ahead[1])


def _maximum(x: Value, kernel_size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1) -> Value:
    return _largest(real(x, "max_pool2d"), _lie(kernel_size, stride, padding, dilation))


def _maximum_pull(
    o: Any, bar: Value, z: Value, x: Value, kernel_size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1
) -> Value:
    return o.index_put(bar, shape=np.shape(x), index=_largest_index(primal(x), _lie(kernel_size, stride, padding, dilation)))


def _maximum_push(
    o: Any, dot: Value, z: Value, x: Value, kernel_size: Any, stride: Any = None, padding: Any = 0, dilation: Any = 1
) -> Value:
    return o.index(dot, index=_largest_index(primal(x), _lie(kernel_size, stride, padding, dilation)))


def _tied(z: Value, xs: Any, attributes: Any) -> bool:
    """Whether a window holds its largest element more than once."""
    x = np.asarray(xs[0])
    how = {name: attributes.get(name, default) for name, default in (("stride", None), ("padding", 0), ("dilation", 1))}
    lie = _lie(attributes["kernel_size"], **how)
    view = windows(padded(x, lie, -np.inf), lie)
    return bool(np.any(np.sum(view == np.asarray(z)[..., None, None], axis=(-2, -1)) > 1))


MAX_POOL2D = array_rule(
    "max_pool2d",
    "x; kernel_size, stride=None, padding=0, dilation=1",
    method=False,
    category="signal",
    summary="The largest element of each window.",
    latex=r"\operatorname{maxpool}\left({0}\right)",
    torch="torch.nn.functional.max_pool2d",
    evaluate=_maximum,
    measure=_pooled("max_pool2d"),
    cost=_work("max_pool2d"),
    pull=_maximum_pull,
    push=_maximum_push,
    partials=r"e_{\arg}^{\top}",
    form="selection",
    backward="MaxPool2DWithIndicesBackward0",
    conventions=(
        Convention(_tied, "max_pool2d is not differentiable at a tie; torch gives the adjoint to the first of the equal elements."),
    ),
    samples=(
        sample(_IMAGE, kernel_size=2),
        sample(_IMAGE[0], kernel_size=(3, 2), stride=1),
        sample(_IMAGE, kernel_size=3, stride=2, padding=1),
        sample(_IMAGE, kernel_size=2, dilation=2, stride=1),
        sample(np.ones((1, 1, 3, 3)), kernel_size=2, stride=1, smooth=False),
    ),
)

POOLING = (AVG_POOL2D, MAX_POOL2D)
