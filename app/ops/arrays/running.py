"""Running totals: cumsum, cumprod, cummax, cummin."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axis, named
from app.ops.arrays.extreme import Pair, grid
from app.ops.arrays.reduction import ROWS, linear_work
from app.ops.arrays.rule import LINEAR, array_rule, count, primal, sample
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
    latex=r"\operatorname{cumsum}\left({0}\right)",
    evaluate=_running(np.cumsum),
    measure=_same,
    cost=linear_work,
    pull=lambda o, bar, z, x, dim=0: _after(o, bar, axis(dim, len(np.shape(x)))) if np.shape(x) else bar,
    push=LINEAR,
    partials=r"L, \quad L_{ij} = [\,j \le i\,]",
    backward="CumsumBackward0",
    samples=(sample(ROWS, dim=0), sample(ROWS, dim=-1), sample([1.0, 2.0, 3.0], dim=0), sample(2.0, dim=0)),
)

# ---------------------------------------------------------------- a linear recurrence


def _recur(a: Value, b: Value, dim: Any = 0) -> Value:
    """y_k = a_k y_(k-1) + b_k along one dimension, beginning with b."""
    if not np.shape(a):
        return b
    place = axis(dim, a.ndim)
    if a.ndim == 1:
        return np.array(_recur_numbers(a.tolist(), b.tolist()))
    factors, terms = np.moveaxis(a, place, 0), np.moveaxis(b, place, 0)
    made = np.empty_like(terms)
    last: Any = np.zeros(terms.shape[1:])
    for k in range(len(terms)):
        last = made[k] = factors[k] * last + terms[k]
    return np.moveaxis(made, 0, place)


def _recur_numbers(factors: list[float], terms: list[float]) -> list[float]:
    """One lane, in plain numbers."""
    made = []
    last = 0.0
    for a, b in zip(factors, terms, strict=True):
        last = a * last + b
        made.append(last)
    return made


def _recur_shape(a: Shape, b: Shape, dim: Any = 0) -> Shape:
    if a != b:
        raise OpError("shape.mismatch", f"A recurrence needs a factor for every term: {named(a)}, not {named(b)}.")
    return _same(a, dim)


def _part(o: Any, x: Value, dim: int, start: int, stop: int) -> Value:
    return o.index(x, index=(*(slice(None),) * dim, slice(start, stop)))


def _later(o: Any, x: Value, dim: int) -> Value:
    """Each element in the place of the one before; 0 at the end."""
    shape = np.shape(x)
    return o.cat(_part(o, x, dim, 1, shape[dim]), np.zeros((*shape[:dim], 1, *shape[dim + 1 :])), dim=dim)


def _earlier(o: Any, x: Value, dim: int, first: float) -> Value:
    """Each element in the place of the one after; ``first`` at the beginning."""
    shape = np.shape(x)
    return o.cat(np.full((*shape[:dim], 1, *shape[dim + 1 :]), first), _part(o, x, dim, 0, shape[dim] - 1), dim=dim)


def _adjoint_recurrence(o: Any, a: Value, bar: Value, dim: int) -> Value:
    """The recurrence that runs backwards: w_k = a_(k+1) w_(k+1) + bar_k."""
    turned = o.recurrence(o.flip(_later(o, a, dim), dims=(dim,)), o.flip(bar, dims=(dim,)), dim=dim)
    return o.flip(turned, dims=(dim,))


def _recur_pull(o: Any, bar: Value, z: Value, a: Value, b: Value, dim: Any = 0) -> Value:
    return _adjoint_recurrence(o, a, bar, axis(dim, len(np.shape(a)))) if np.shape(a) else bar


def _recur_pull_factors(o: Any, bar: Value, z: Value, a: Value, b: Value, dim: Any = 0) -> Value:
    if not np.shape(a):
        return o.mul(0.0, bar)
    place = axis(dim, len(np.shape(a)))
    return _adjoint_recurrence(o, a, bar, place) * _earlier(o, z, place, 0.0)


def _recur_push_factors(o: Any, dot: Value, z: Value, a: Value, b: Value, dim: Any = 0) -> Value:
    if not np.shape(a):
        return o.mul(0.0, dot)
    place = axis(dim, len(np.shape(a)))
    return o.recurrence(a, dot * _earlier(o, z, place, 0.0), dim=place)


RECURRENCE = array_rule(
    "recurrence",
    "a, b; dim",
    method=False,
    category="adjoint",
    summary="Each term plus a factor times the total before it: how changes travel through a running product.",
    latex=r"\operatorname{recur}\left({0},\, {1}\right)",
    torch="",
    evaluate=_recur,
    measure=_recur_shape,
    cost=lambda a, b, dim=0: 2 * count(a) + 1,
    pull=(_recur_pull_factors, _recur_pull),
    push=(_recur_push_factors, lambda o, dot, z, a, b, dim=0: o.recurrence(a, dot, dim=dim)),
    partials=(r"\dot{z}_k = {0}_k\,\dot{z}_{k-1} + \dot{x}_k\,{z}_{k-1}", r"\dot{z}_k = {0}_k\,\dot{z}_{k-1} + \dot{x}_k"),
    reads=(0, -1),
    samples=(sample([0.5, -1.0, 2.0], [1.0, 0.25, 3.0], dim=0), sample(ROWS, np.transpose(ROWS).reshape(2, 3), dim=1), sample(ROWS, ROWS, dim=0)),
)

# ---------------------------------------------------------------- cumprod


def _vanishes(x: Value) -> bool:
    """Whether there is a zero among the factors: division will not do then."""
    return bool(np.any(np.asarray(primal(x)) == 0))


def _cumprod_pull(o: Any, bar: Value, z: Value, x: Value, dim: Any = 0) -> Value:
    """The sum of bar_k z_k / x_i over k from i on; with zeros among the factors by a recurrence, which does not divide."""
    if not np.shape(x):
        return bar
    place = axis(dim, len(np.shape(x)))
    if not _vanishes(x):
        return o.div(_after(o, bar * z, place), x)
    return _adjoint_recurrence(o, x, bar, place) * _earlier(o, z, place, 1.0)


def _cumprod_push(o: Any, dot: Value, z: Value, x: Value, dim: Any = 0) -> Value:
    """z_k times the sum of dot_i / x_i up to k; with zeros among the factors by a recurrence."""
    if not np.shape(x):
        return dot
    place = axis(dim, len(np.shape(x)))
    if not _vanishes(x):
        return z * o.cumsum(o.div(dot, x), dim=place)
    return o.recurrence(x, dot * _earlier(o, z, place, 1.0), dim=place)


CUMPROD = array_rule(
    "cumprod",
    "x; dim",
    category="reduction",
    summary="The running product along one dimension.",
    latex=r"\operatorname{cumprod}\left({0}\right)",
    evaluate=_running(np.cumprod),
    measure=_same,
    cost=linear_work,
    pull=_cumprod_pull,
    push=_cumprod_push,
    partials=r"\frac{\partial z_k}{\partial x_i} = \textstyle\prod_{j \le k,\; j \ne i} x_j",
    backward="CumprodBackward0",
    conventions=(
        Convention(lambda z, xs, a: bool(np.any(np.asarray(xs[0]) == 0)), "With zeros among the factors, each partial is the product of the others."),
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
        latex=rf"\operatorname{{{name}}}\left({{0}}\right)",
        evaluate=evaluate,
        measure=lambda x, dim=0: (_same(x, dim), x),
        cost=linear_work,
        pull=_cummax_pull,
        push=_cummax_push,
        partials=r"e_{\arg}^{\top}",
        form="selection",
        backward=f"{name.capitalize()}Backward0",
        conventions=(Convention(_tied, f"{name} is not differentiable at a tie; torch gives the adjoint to the last of the equal elements."),),
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
