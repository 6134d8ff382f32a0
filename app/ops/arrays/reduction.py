"""Reductions that are sums and products at heart: sum, mean, prod; all and any."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axes, kept, reduced, whole
from app.ops.arrays.broadcasting import repeated
from app.ops.arrays.rule import LINEAR, Function, array_rule, count, plain, primal, sample
from app.ops.op import Convention, Shape, Value

TOTAL: Any = np.add.reduce  # numpy's types know no keepdims that is a variable
PRODUCT: Any = np.multiply.reduce
LARGEST: Any = np.maximum.reduce

ROWS = [[1.5, -2.0, 0.5], [0.25, 3.0, -1.0]]


def spread(o: Any, bar: Value, shape: Shape, dim: Any, keepdim: bool) -> Value:
    """What a reduction left, repeated over the dimensions that it reduced."""
    if not shape:
        return bar
    if dim is not None and not keepdim:
        bar = bar.reshape(kept(shape, dim)) if isinstance(bar, np.ndarray) else o.reshape(bar, shape=kept(shape, dim))
    return repeated(bar, shape) if plain(o) else o.broadcast_to(bar, shape=shape)


def lane(shape: Shape, dim: Any) -> int:
    """How many elements go into each entry of the result."""
    return count(shape) if dim is None else count(tuple(shape[d] for d in axes(dim, len(shape))))


def numpy_axis(dim: Any, value: Value) -> Any:
    """The dimension as numpy takes it; numpy's single numbers have none."""
    if dim is None or (type(dim) is int and isinstance(value, np.ndarray)):
        return dim
    return axes(dim, np.ndim(value))


def linear_work(shape: Shape, **_: Any) -> int:
    """One look at every element."""
    return count(shape) + 1


def indexed(first: str, rest: str) -> Function:
    """grad_fn of a reduction: torch has one for everything and one for given dimensions."""
    return lambda shape, dim=None, **_: first if dim is None else rest


def real(x: Value, name: str) -> Value:
    """The operand, if it holds real numbers."""
    if not (x.dtype == np.float64 if isinstance(x, np.ndarray) else isinstance(x, float)):
        raise OpError("type.mismatch", f"{name} needs real numbers, not booleans or indices.", "Multiply by 1.0 first.")
    return x


# ---------------------------------------------------------------- sum, mean


def add_up(x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    """The sum; booleans are counted."""
    if isinstance(x, np.ndarray):
        if x.dtype == np.float64:
            return TOTAL(x, axis=numpy_axis(dim, x), keepdims=keepdim)
        return np.sum(x, axis=numpy_axis(dim, x), keepdims=keepdim, dtype=np.int64)
    axes(dim, 0)
    return int(x) if isinstance(x, bool) else x


SUM = array_rule(
    "sum",
    "x; dim=None, keepdim=False",
    category="reduction",
    summary="The sum of all elements, or along dimensions.",
    latex=r"\textstyle\sum<_dim> {0}",
    evaluate=add_up,
    measure=reduced,
    cost=linear_work,
    pull=lambda o, bar, z, x, dim=None, keepdim=False: spread(o, bar, np.shape(x), dim, keepdim),
    push=LINEAR,
    partials=r"\mathbf 1^{\top}",
    form="reduction",
    backward=indexed("SumBackward0", "SumBackward1"),
    samples=(
        sample(ROWS),
        sample(ROWS, dim=0),
        sample(ROWS, dim=-1, keepdim=True),
        sample(ROWS, dim=(0, 1)),
        sample(3.5),
        sample(np.linspace(-1, 1, 24).reshape(2, 3, 4), dim=(0, 2)),
        sample(np.zeros(0)),
    ),
)


def _mean(x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    n = lane(np.shape(x), dim)
    return add_up(real(x, "mean"), dim, keepdim) / float(n or np.nan)


def _mean_pull(o: Any, bar: Value, z: Value, x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    """The adjoint, spread evenly."""
    shape = np.shape(x)
    return spread(o, bar / float(lane(shape, dim) or np.nan), shape, dim, keepdim)


MEAN = array_rule(
    "mean",
    "x; dim=None, keepdim=False",
    category="reduction",
    summary="The mean of all elements, or along dimensions.",
    latex=r"\operatorname{mean}<_dim>\left({0}\right)",
    evaluate=_mean,
    measure=reduced,
    cost=linear_work,
    pull=_mean_pull,
    push=LINEAR,
    partials=r"\tfrac1n \mathbf 1^{\top}",
    form="reduction",
    backward=indexed("MeanBackward0", "MeanBackward1"),
    conventions=(Convention(lambda z, xs, a: np.size(xs[0]) == 0, "The mean of no elements is NaN."),),
    samples=(
        sample(ROWS),
        sample(ROWS, dim=1),
        sample(ROWS, dim=0, keepdim=True),
        sample(ROWS, dim=(0, 1), keepdim=True),
        sample(2.0),
        sample(np.zeros(0), smooth=False),
    ),
)

# ---------------------------------------------------------------- prod


def _prod(x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    if dim is not None:
        dim = axes(whole(dim, "The dimension of prod"), np.ndim(x))
    kind = np.float64 if np.asarray(x).dtype == np.float64 else np.int64
    return PRODUCT(np.asarray(x), axis=dim, keepdims=keepdim, dtype=kind)


def vanishes(x: Value) -> bool:
    """Whether there is a zero among the factors: division will not do then."""
    return bool(np.any(np.equal(primal(x), 0)))


def _all_but_one(o: Any, z: Value, x: Value, dim: Any, keepdim: bool) -> Value:
    """∂z/∂x: the product over z's lane without the element itself.

    Division gives it where no element is 0; otherwise it is the product of what stands before and of what stands after.
    """
    shape = np.shape(x)
    if not shape:
        return 1.0
    if not vanishes(x):
        return o.div(spread(o, z, shape, dim, keepdim), x)
    flat = o.reshape(x, shape=(-1,)) if dim is None else x
    place = 0 if dim is None else axes(dim, len(shape))[0]
    product = _before(o, flat, place) * o.flip(_before(o, o.flip(flat, dims=(place,)), place), dims=(place,))
    return o.reshape(product, shape=shape)


def _before(o: Any, x: Value, place: int) -> Value:
    """The products of all elements before each, along one dimension."""
    shape = np.shape(x)
    head = (slice(None),) * place
    ones = np.ones((*shape[:place], 1, *shape[place + 1 :]))
    return o.cumprod(o.cat(ones, o.index(x, index=(*head, slice(0, shape[place] - 1))), dim=place), dim=place)


def _prod_pull(o: Any, bar: Value, z: Value, x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    return spread(o, bar, np.shape(x), dim, keepdim) * _all_but_one(o, z, x, dim, keepdim)


def _prod_push(o: Any, dot: Value, z: Value, x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    return o.sum(dot * _all_but_one(o, z, x, dim, keepdim), dim=dim, keepdim=keepdim)


PROD = array_rule(
    "prod",
    "x; dim=None, keepdim=False",
    reads=(0, -1),
    category="reduction",
    summary="The product of all elements, or along one dimension.",
    latex=r"\textstyle\prod<_dim> {0}",
    evaluate=_prod,
    measure=reduced,
    cost=linear_work,
    pull=_prod_pull,
    push=_prod_push,
    partials=r"\frac{\partial {z}}{\partial x_i} = \textstyle\prod_{j \ne i} x_j",
    form="reduction",
    backward=indexed("ProdBackward0", "ProdBackward1"),
    conventions=(
        Convention(
            lambda z, xs, a: vanishes(xs[0]),
            "With zeros among the factors, each partial is the product of the others.",
        ),
    ),
    samples=(
        sample(ROWS),
        sample(ROWS, dim=0),
        sample(ROWS, dim=1, keepdim=True),
        sample([2.0, 0.0, 3.0]),
        sample([0.0, 0.0, 3.0]),
        sample([[2.0, 0.0], [1.5, 3.0]], dim=1),
        sample(1.5),
        sample(np.zeros(0)),
    ),
)

# ---------------------------------------------------------------- all, any


def _truths(name: str, function: Any) -> Any:
    """all and any."""
    return array_rule(
        name,
        "x; dim=None, keepdim=False",
        category="selection",
        summary=f"Whether {name} of the elements are true (not 0).",
        latex=rf"\operatorname{{{name}}}<_dim>\left({{0}}\right)",
        evaluate=lambda x, dim=None, keepdim=False: function(np.asarray(x), axis=numpy_axis(dim, np.asarray(x)), keepdims=keepdim),
        measure=reduced,
        cost=linear_work,
        form="reduction",
        samples=(sample([[True, False], [True, True]]), sample([[True, False], [True, True]], dim=1), sample([1.0, 0.0])),
    )


REDUCTIONS = (SUM, MEAN, PROD, _truths("all", np.all), _truths("any", np.any))
