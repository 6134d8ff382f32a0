"""Running totals: cumsum, cumprod, cummax, cummin."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.axes import axis
from app.ops.arrays.picking import Pair, grid
from app.ops.arrays.recurrence import RECURRENCE, adjoint_recurrence, earlier
from app.ops.arrays.reduction import ROWS, linear_work, vanishes
from app.ops.arrays.rule import LINEAR, array_rule, primal, sample
from app.ops.op import Convention, Shape, Value


def _same(x: Shape, dim: Any = 0) -> Shape:
    axis(dim, len(x))
    return x


def _after(o: Any, x: Value, dim: int) -> Value:
    """The sum of each element and all after it."""
    return o.flip(o.cumsum(o.flip(x, dims=(dim,)), dim=dim), dims=(dim,))


def _running(function: Any) -> Any:
    """A numpy function along one dimension; a single number is its own total."""
    return lambda x, dim=0: function(x, axis=axis(dim, np.ndim(x))) if np.shape(x) else x


CUMSUM = array_rule(
    "cumsum",
    "x; dim",
    category="reduction",
    summary="The running sum along one dimension.",
    latex=r"\operatorname{cumsum}<_dim>\left({0}\right)",
    evaluate=_running(np.cumsum),
    measure=_same,
    cost=linear_work,
    pull=lambda o, bar, z, x, dim=0: _after(o, bar, axis(dim, len(np.shape(x)))) if np.shape(x) else bar,
    push=LINEAR,
    partials=r"L, \quad L_{ij} = [\,j \le i\,]",
    backward="CumsumBackward0",
    samples=(sample(ROWS, dim=0), sample(ROWS, dim=-1), sample([1.0, 2.0, 3.0], dim=0), sample(2.0, dim=0)),
)

# ---------------------------------------------------------------- cumprod


def _cumprod_pull(o: Any, bar: Value, z: Value, x: Value, dim: Any = 0) -> Value:
    """The sum of bar_k z_k / x_i over k from i on; with zeros among the factors by a recurrence, which does not divide."""
    if not np.shape(x):
        return bar
    place = axis(dim, len(np.shape(x)))
    if not vanishes(x):
        return o.div(_after(o, bar * z, place), x)
    return adjoint_recurrence(o, x, bar, place) * earlier(o, z, place, 1.0)


def _cumprod_push(o: Any, dot: Value, z: Value, x: Value, dim: Any = 0) -> Value:
    """z_k times the sum of dot_i / x_i up to k; with zeros among the factors by a recurrence."""
    if not np.shape(x):
        return dot
    place = axis(dim, len(np.shape(x)))
    if not vanishes(x):
        return z * o.cumsum(o.div(dot, x), dim=place)
    return o.recurrence(x, dot * earlier(o, z, place, 1.0), dim=place)


CUMPROD = array_rule(
    "cumprod",
    "x; dim",
    reads=(0, -1),
    category="reduction",
    summary="The running product along one dimension.",
    latex=r"\operatorname{cumprod}<_dim>\left({0}\right)",
    evaluate=_running(np.cumprod),
    measure=_same,
    cost=linear_work,
    pull=_cumprod_pull,
    push=_cumprod_push,
    partials=r"\frac{\partial z_k}{\partial x_i} = \textstyle\prod_{j \le k,\; j \ne i} x_j",
    backward="CumprodBackward0",
    conventions=(
        Convention(
            lambda z, xs, a: vanishes(xs[0]),
            "With zeros among the factors, each partial is the product of the others.",
        ),
    ),
    samples=(
        sample(ROWS, dim=0),
        sample(ROWS, dim=1),
        sample([2.0, 0.0, 3.0, 1.5], dim=0),
        sample([2.0, 0.0, 3.0, 0.0, 2.0], dim=0),
        sample(2.0, dim=0),
    ),
)

# ---------------------------------------------------------------- cummax, cummin


def _cumulative(name: str, best: Any) -> Any:
    """cummax, cummin: of equal elements the last one is taken, as in torch."""

    def evaluate(x: Value, dim: Any = 0) -> Pair:
        if not np.shape(x):
            return x, 0
        place = axis(dim, x.ndim)
        values = best.accumulate(x, axis=place)
        steps = np.reshape(np.arange(x.shape[place]), [-1 if k == place else 1 for k in range(x.ndim)])
        taken = np.where((x == values) | np.isnan(x), steps, 0)
        return values, np.maximum.accumulate(taken, axis=place)

    return array_rule(
        name,
        "x; dim",
        results=2,
        category="selection",
        summary=f"The {'largest' if name == 'cummax' else 'smallest'} element so far along one dimension, and where it stands.",
        latex=rf"\operatorname{{{name}}}<_dim>\left({{0}}\right)",
        evaluate=evaluate,
        measure=lambda x, dim=0: (_same(x, dim), x),
        cost=linear_work,
        pull=_cummax_pull,
        reads=(-1,),
        push=_cummax_push,
        partials=r"e_{\arg}^{\top}",
        form="selection",
        backward=f"{name.capitalize()}Backward0",
        conventions=(
            Convention(_tied, f"{name} is not differentiable at a tie; torch gives the adjoint to the last of the equal elements."),
        ),
        samples=(
            sample(ROWS, dim=1),
            sample(ROWS, dim=0),
            sample([1.0, 3.0, 2.0, 3.0, 0.0], dim=0, smooth=False),
            sample([1.0, np.nan, 2.0], dim=0, smooth=False),
            sample(1.0, dim=0),
        ),
    )


def _tied(z: Pair, xs: Any, attributes: Any) -> bool:
    """Whether an element equals the best one before it."""
    x, values = np.asarray(xs[0]), np.asarray(z[0])
    if not x.ndim:
        return False
    x, values = (np.moveaxis(v, axis(attributes.get("dim", 0), x.ndim), 0) for v in (x, values))
    return bool(np.any(x[1:] == values[:-1]))


def _cummax_pull(o: Any, bar: Value, z: Pair, x: Value, dim: Any = 0, result: int = 0) -> Value:
    shape = np.shape(x)
    return o.index_put(bar, shape=shape, index=grid(primal(z[1]), shape, axis(dim, len(shape)))) if shape else bar


def _cummax_push(o: Any, dot: Value, z: Pair, x: Value, dim: Any = 0, result: int = 0) -> Value:
    shape = np.shape(x)
    return o.index(dot, index=grid(primal(z[1]), shape, axis(dim, len(shape)))) if shape else dot


RUNNING = (CUMSUM, CUMPROD, RECURRENCE, _cumulative("cummax", np.maximum), _cumulative("cummin", np.minimum))
