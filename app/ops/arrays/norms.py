"""norm: one rule for every p, with torch's choices at 0 and at ties."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axes, kept, named, reduced
from app.ops.arrays.extreme import filled
from app.ops.arrays.lapack import of_finite
from app.ops.arrays.reduction import ROWS, TOTAL, numpy_axis, real, spread
from app.ops.arrays.rule import array_rule, count, primal, sample
from app.ops.op import Convention, Shape, Value


def _order(p: Any) -> Any:
    """The exponent: a number, or ``nuc``; ``fro`` and None are 2."""
    if p is None or (isinstance(p, str) and p == "fro"):
        return 2.0
    if isinstance(p, str) and p == "nuc":
        return p
    if isinstance(p, bool) or not isinstance(p, (int, float)) or math.isnan(p):
        raise OpError("type.mismatch", f"norm takes a number, inf, 'fro' or 'nuc' for p, not {p!r}.")
    return float(p)


def _shape(x: Shape, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Shape:
    order = _order(p)
    if order == "nuc" and len(x if dim is None else axes(dim, len(x))) != 2:
        raise OpError("shape.mismatch", f"The nuclear norm is of a matrix, not of {named(x)}.")
    if order == "nuc" and len(x) != 2:
        raise OpError("shape.mismatch", f"The nuclear norm is of one matrix here, not of a batch ({named(x)}).")
    if order in (math.inf, -math.inf) or (order != "nuc" and order < 0):
        filled(x, dim, "norm with this p")
    return reduced(x, dim, keepdim)


def _norm(x: Value, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Value:
    order, x = _order(p), np.asarray(real(x, "norm"))
    place = numpy_axis(dim, x)
    if order == 2:
        return np.sqrt(TOTAL(x * x, axis=place, keepdims=keepdim))
    if order == "nuc":
        total = np.sum(_singular_values(x))
        return np.reshape(total, kept(x.shape, dim)) if keepdim else total
    size = np.abs(x)
    if math.isinf(order):
        return (np.max if order > 0 else np.min)(size, axis=place, keepdims=keepdim)
    if order == 0:
        return np.sum(x != 0, axis=place, keepdims=keepdim, dtype=np.float64)
    if order == 1:
        return TOTAL(size, axis=place, keepdims=keepdim)
    return np.power(TOTAL(np.power(size, order), axis=place, keepdims=keepdim), 1 / order)


_singular_values = of_finite(lambda A: np.linalg.svd(A, compute_uv=False))


def _weights(o: Any, z: Value, x: Value, p: Any, dim: Any, keepdim: bool) -> Value:
    """∂z/∂x, in the shape of x."""
    order = _order(p)
    if order == 0:
        return o.mul(0.0, o.sign(x))
    if order == 1:
        return o.sign(x)
    if order == "nuc":
        u, _, vh = o.svd(x)
        return o.matmul(u, vh)
    top = spread(o, z, np.shape(x), dim, keepdim)
    if math.isinf(order):
        return o.mul(o.sign(x), _largest(primal(x), primal(top), numpy_axis(dim, primal(x))))
    none = np.equal(primal(top), 0)
    if order == 2:
        return o.where(none, 0.0, o.div(x, top))
    if order < 1:
        size = o.where(np.equal(primal(x), 0), 0.0, o.pow(o.abs(x), order - 1))
        return o.sign(x) * size * o.pow(top, 1 - order)
    if order < 2:
        return o.where(none, 0.0, o.div(o.sign(x) * o.pow(o.abs(x), order - 1), o.pow(top, order - 1)))
    return o.where(none, 0.0, o.div(x * o.pow(o.abs(x), order - 2), o.pow(top, order - 1)))


def _largest(x: Any, top: Any, place: Any) -> Any:
    """A constant: the elements of extreme size share evenly."""
    mask = (np.abs(x) == top) | (np.isnan(x) & np.isnan(top))
    return np.divide(mask, np.sum(mask, axis=place, keepdims=True)) if np.ndim(x) else 1.0


def _pull(o: Any, bar: Value, z: Value, x: Value, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Value:
    return spread(o, bar, np.shape(x), dim, keepdim) * _weights(o, z, x, p, dim, keepdim)


def _push(o: Any, dot: Value, z: Value, x: Value, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Value:
    return o.sum(dot * _weights(o, z, x, p, dim, keepdim), dim=dim, keepdim=keepdim)


def _kinked(z: Value, xs: Any, attributes: Any) -> bool:
    """Whether an element is 0 where |x| matters by itself."""
    order = _order(attributes.get("p"))
    return order != "nuc" and order < 2 and bool(np.any(np.asarray(xs[0]) == 0))


def _tied(z: Value, xs: Any, attributes: Any) -> bool:
    """Whether several elements have the extreme size."""
    order = _order(attributes.get("p"))
    if order == "nuc" or not math.isinf(order):
        return False
    x, dim = np.asarray(xs[0]), attributes.get("dim")
    top = z if dim is None else np.reshape(z, kept(x.shape, dim))
    return bool(np.any(np.sum(np.abs(x) == top, axis=numpy_axis(dim, x)) > 1))


def _cost(x: Shape, p: Any = "fro", **_: Any) -> int:
    return 20 * max(x, default=1) ** 3 if p == "nuc" else 3 * count(x) + 1


NORM = array_rule(
    "norm",
    "x; p='fro', dim=None, keepdim=False",
    aliases=("vector_norm",),
    reads=(0, -1),
    category="reduction",
    summary="The p-norm of the elements (by default the Euclidean one), also along dimensions; 'nuc' is the nuclear norm of a matrix.",
    latex=r"\left\lVert {0} \right\rVert_{{}<p>}",
    evaluate=_norm,
    measure=_shape,
    cost=_cost,
    pull=_pull,
    push=_push,
    partials=r"\frac{{0}^{\top}}{{z}}",
    form="reduction",
    closed=lambda slot, x, p="fro", **_: p == 0 and not isinstance(p, bool),
    backward=lambda x, p="fro", **_: "SumBackward1" if p == "nuc" else "LinalgVectorNormBackward0",
    conventions=(
        Convention(lambda z, xs, a: bool(np.any(np.equal(z, 0))), "norm is not differentiable at 0; torch's choice is 0."),
        Convention(_kinked, "This norm is not differentiable where an element is 0; torch's choice is 0 there."),
        Convention(_tied, "This norm is not differentiable at a tie; torch shares the adjoint evenly."),
    ),
    samples=(
        sample(ROWS),
        sample(ROWS, dim=0),
        sample(ROWS, p=1, dim=1, keepdim=True),
        sample(ROWS, p=2, dim=(0, 1)),
        sample(ROWS, p=3),
        sample(ROWS, p=1.5, dim=1),
        sample(ROWS, p=0.5),
        sample(ROWS, p=-1),
        sample(ROWS, p=math.inf, dim=0),
        sample(ROWS, p=-math.inf),
        sample(ROWS, p="nuc"),
        sample(-2.0),
        sample([0.0, 0.0], smooth=False),
        sample([0.0, 1.0], p=1, smooth=False),
        sample([0.0, 1.0], p=0.5, smooth=False),
        sample([0.0, 0.0], p=3, smooth=False),
        sample([0.0, 0.0], p=1.5, smooth=False),
        sample([1.0, -1.0, 0.5], p=math.inf, smooth=False),
        sample([0.0, 0.0], p=math.inf, smooth=False),
        sample([1e200, 1e200], smooth=False),
        sample([1e-200, 1e-200], smooth=False),
    ),
)

NORMS = (NORM,)
