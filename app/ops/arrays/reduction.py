"""Reductions that are sums and products at heart: sum, mean, prod, var, std, logsumexp; all and any."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axes, axis, kept, reduced
from app.ops.arrays.rule import LINEAR, array_rule, count, primal, sample
from app.ops.op import Convention, Shape, Value

ROWS = [[1.5, -2.0, 0.5], [0.25, 3.0, -1.0]]


def spread(o: Any, bar: Value, shape: Shape, dim: Any, keepdim: bool) -> Value:
    """What a reduction left, repeated over the dimensions that it reduced."""
    if dim is not None and not keepdim and shape:
        bar = o.reshape(bar, shape=kept(shape, dim))
    return o.broadcast_to(bar, shape=shape)


def lane(shape: Shape, dim: Any) -> int:
    """How many elements go into each entry of the result."""
    return count(shape) if dim is None else count(tuple(shape[d] for d in axes(dim, len(shape))))


def numpy_axis(dim: Any, value: Value) -> Any:
    """The dimension as numpy takes it; numpy's single numbers have none."""
    if dim is None or (type(dim) is int and isinstance(value, np.ndarray)):
        return dim
    return axes(dim, np.ndim(value))


def _indexed(first: str, rest: str) -> Any:
    """grad_fn of a reduction: torch has one for everything and one for given dimensions."""
    return lambda shape, dim=None, **_: first if dim is None else rest


# ---------------------------------------------------------------- sum, mean


def _sum(x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    if isinstance(x, np.ndarray):
        return np.add.reduce(x, axis=numpy_axis(dim, x), keepdims=keepdim, dtype=np.int64 if x.dtype == np.bool_ else None)
    axes(dim, 0)
    return int(x) if isinstance(x, bool) else x


SUM = array_rule(
    "sum",
    "x; dim=None, keepdim=False",
    category="reduction",
    summary="The sum of all elements, or along dimensions.",
    latex=r"\textstyle\sum {0}",
    evaluate=lambda x, dim=None, keepdim=False: np.add.reduce(x, axis=None) if dim is None and _plain(x, keepdim) else _sum(x, dim, keepdim),
    measure=reduced,
    cost=lambda shape, dim=None, keepdim=False: count(shape) + 1,
    pull=lambda o, bar, z, x, dim=None, keepdim=False: spread(o, bar, np.shape(x), dim, keepdim),
    push=LINEAR,
    partials=r"\mathbf{1}^{\top}",
    form="reduction",
    backward=_indexed("SumBackward0", "SumBackward1"),
    samples=(
        sample(ROWS),
        sample(ROWS, dim=0),
        sample(ROWS, dim=-1, keepdim=True),
        sample(ROWS, dim=(0, 1)),
        sample(3.5),
        sample(np.linspace(-1, 1, 24).reshape(2, 3, 4), dim=(0, 2)),
    ),
)


def _plain(x: Value, keepdim: bool) -> bool:
    return not keepdim and isinstance(x, np.ndarray) and x.dtype == np.float64


def _mean(x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    if _dtype(x) != np.float64:
        raise OpError("type.mismatch", "mean needs real numbers, not booleans or indices.", "Multiply by 1.0 first.")
    total = _sum(x, dim, keepdim)
    n = lane(np.shape(x), dim)
    return total / n if n else np.divide(total, 0.0)


def _dtype(x: Value) -> np.dtype[Any]:
    return x.dtype if isinstance(x, np.ndarray) else np.asarray(x).dtype


def _mean_pull(o: Any, bar: Value, z: Value, x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    """The adjoint, spread evenly."""
    shape = np.shape(x)
    return spread(o, o.div(bar, float(lane(shape, dim))), shape, dim, keepdim)


MEAN = array_rule(
    "mean",
    "x; dim=None, keepdim=False",
    category="reduction",
    summary="The mean of all elements, or along dimensions.",
    latex=r"\operatorname{mean}\left({0}\right)",
    evaluate=_mean,
    measure=reduced,
    cost=lambda shape, dim=None, keepdim=False: count(shape) + 1,
    pull=_mean_pull,
    push=LINEAR,
    partials=r"\tfrac{1}{n}\mathbf{1}^{\top}",
    form="reduction",
    backward=_indexed("MeanBackward0", "MeanBackward1"),
    conventions=(Convention(lambda z, xs, a: np.size(xs[0]) == 0, "The mean of no elements is NaN."),),
    samples=(sample(ROWS), sample(ROWS, dim=1), sample(ROWS, dim=0, keepdim=True), sample(ROWS, dim=(0, 1), keepdim=True), sample(2.0)),
)
