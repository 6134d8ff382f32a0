"""A linear recurrence: how changes travel through a running product, without a division."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axis, named
from app.ops.arrays.reduction import ROWS
from app.ops.arrays.rule import array_rule, count, sample
from app.ops.op import Shape, Value


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
    axis(dim, len(a))
    return a


def _part(o: Any, x: Value, dim: int, start: int, stop: int) -> Value:
    return o.index(x, index=(*(slice(None),) * dim, slice(start, stop)))


def _later(o: Any, x: Value, dim: int) -> Value:
    """Each element in the place of the one before; 0 at the end."""
    shape = np.shape(x)
    return o.cat(_part(o, x, dim, 1, shape[dim]), np.zeros((*shape[:dim], 1, *shape[dim + 1 :])), dim=dim)


def earlier(o: Any, x: Value, dim: int, first: float) -> Value:
    """Each element in the place of the one after; ``first`` at the beginning."""
    shape = np.shape(x)
    return o.cat(np.full((*shape[:dim], 1, *shape[dim + 1 :]), first), _part(o, x, dim, 0, shape[dim] - 1), dim=dim)


def adjoint_recurrence(o: Any, a: Value, bar: Value, dim: int) -> Value:
    """The recurrence that runs backwards: w_k = a_(k+1) w_(k+1) + bar_k."""
    turned = o.recurrence(o.flip(_later(o, a, dim), dims=(dim,)), o.flip(bar, dims=(dim,)), dim=dim)
    return o.flip(turned, dims=(dim,))


def _recur_pull(o: Any, bar: Value, z: Value, a: Value, b: Value, dim: Any = 0) -> Value:
    return adjoint_recurrence(o, a, bar, axis(dim, len(np.shape(a)))) if count(np.shape(a)) and np.shape(a) else bar


def _recur_pull_factors(o: Any, bar: Value, z: Value, a: Value, b: Value, dim: Any = 0) -> Value:
    if not np.shape(a) or not count(np.shape(a)):
        return o.mul(0.0, bar)
    place = axis(dim, len(np.shape(a)))
    return adjoint_recurrence(o, a, bar, place) * earlier(o, z, place, 0.0)


def _recur_push_factors(o: Any, dot: Value, z: Value, a: Value, b: Value, dim: Any = 0) -> Value:
    if not np.shape(a) or not count(np.shape(a)):
        return o.mul(0.0, dot)
    place = axis(dim, len(np.shape(a)))
    return o.recurrence(a, dot * earlier(o, z, place, 0.0), dim=place)


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
    samples=(
        sample([0.5, -1.0, 2.0], [1.0, 0.25, 3.0], dim=0),
        sample(ROWS, np.transpose(ROWS).reshape(2, 3), dim=1),
        sample(ROWS, ROWS, dim=0),
    ),
)
