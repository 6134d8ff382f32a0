"""Operations on arrays of numbers of many digits: their values, and the few derivatives whose rules round by themselves."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.labs.exact.numbers import FUNCTIONS, NAN, ONE, ZERO, BeyondReachError, many, number
from app.ops.arrays.axes import axes
from app.ops.arrays.normalised import lane_of
from app.ops.arrays.reduction import lane, numpy_axis
from app.ops.table import OPS

Array = Any

MOVES = frozenset(
    "reshape flatten squeeze unsqueeze clone T t transpose permute movedim broadcast_to expand cat stack hstack vstack flip roll repeat "
    "tile repeat_interleave gather index_select index tril triu diagonal diag detach".split()
)
"""Operations that only move elements: what they do to float64 they do to any other number."""


ADD: Any = np.add.reduce  # numpy's types know no keepdims that is a variable
MULTIPLY: Any = np.multiply.reduce


def _sum(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return ADD(x, axis=numpy_axis(dim, x), keepdims=keepdim, initial=ZERO) if isinstance(x, np.ndarray) else x


def _mean(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return FUNCTIONS["div"](_sum(x, dim, keepdim), lane(np.shape(x), dim))


def _prod(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return MULTIPLY(np.asarray(x), axis=numpy_axis(dim, np.asarray(x)), keepdims=keepdim, initial=ONE)


def _largest(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return _folded(FUNCTIONS["maximum"], x, dim, keepdim)


def _smallest(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return _folded(FUNCTIONS["minimum"], x, dim, keepdim)


def _folded(choose: Any, x: Array, dim: Any, keepdim: bool) -> Array:
    """One of each lane: numpy's own extremes of objects pass NaN over."""
    if not isinstance(x, np.ndarray):
        return x
    for place in sorted(axes(dim, x.ndim), reverse=True):
        x = choose.reduce(x, axis=place, keepdims=keepdim)
    return x


def _extreme_pull(o: Any, bar: Any, z: Any, x: Array, dim: Any = None, keepdim: bool = False) -> Any:
    """Elements that are equal to the result share its adjoint evenly."""
    if not np.ndim(x):
        return bar
    places = axes(dim, np.ndim(x))
    top, flow = (z, bar) if keepdim or dim is None else (np.expand_dims(z, places), np.expand_dims(bar, places))
    mask = FUNCTIONS["eq"](x, top)
    ways = np.add.reduce(mask, axis=places, keepdims=True, dtype=np.int64)
    return FUNCTIONS["where"](mask, FUNCTIONS["div"](np.broadcast_to(np.asarray(flow, dtype=object), np.shape(x)), ways), 0)


def _lane(x: Array, dim: Any) -> Any:
    return lane_of(np.shape(x), dim) if np.ndim(x) else None


def _softmax(x: Array, dim: Any = None) -> Array:
    powers = FUNCTIONS["exp"](x)
    return FUNCTIONS["div"](powers, _sum(powers, _lane(x, dim), keepdim=True))


def _log_softmax(x: Array, dim: Any = None) -> Array:
    return x - FUNCTIONS["log"](_sum(FUNCTIONS["exp"](x), _lane(x, dim), keepdim=True))


def _logsumexp(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return FUNCTIONS["log"](_sum(FUNCTIONS["exp"](x), dim, keepdim))


def _freedom(x: Array, dim: Any, correction: Any, unbiased: Any) -> Any:
    """What a variance is divided by."""
    less = correction if correction is not None else 1 if unbiased in (True, None) else 0
    return max(ZERO, lane(np.shape(x), dim) - number(float(less)))


def _var(x: Array, dim: Any = None, unbiased: Any = True, keepdim: bool = False, correction: Any = None) -> Array:
    dim, unbiased = (None, dim) if isinstance(dim, bool) else (dim, unbiased)
    apart = x - _mean(x, dim, keepdim=True) if np.ndim(x) else x - x
    return FUNCTIONS["div"](_sum(apart * apart, dim, keepdim), _freedom(x, dim, correction, unbiased))


def _var_pull(
    o: Any, bar: Any, z: Any, x: Array, dim: Any = None, unbiased: Any = True, keepdim: bool = False, correction: Any = None
) -> Any:
    dim, unbiased = (None, dim) if isinstance(dim, bool) else (dim, unbiased)
    apart = x - _mean(x, dim, keepdim=True) if np.ndim(x) else x - x
    if dim is not None and not keepdim:
        bar = np.expand_dims(bar, axes(dim, np.ndim(x)))
    return FUNCTIONS["div"](FUNCTIONS["mul"](bar, 2 * apart), _freedom(x, dim, correction, unbiased))


def _std(x: Array, **attributes: Any) -> Array:
    return FUNCTIONS["sqrt"](_var(x, **attributes))


def _std_pull(o: Any, bar: Any, z: Any, x: Array, **attributes: Any) -> Any:
    flow = FUNCTIONS["where"](FUNCTIONS["eq"](z, 0), 0, FUNCTIONS["div"](bar, 2 * z))
    return _var_pull(o, flow, z, x, **attributes)


def _norm(x: Array, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Array:
    if p == 1:
        return _sum(FUNCTIONS["abs"](x), dim, keepdim)
    if p not in ("fro", 2, None):
        raise BeyondReachError("norm has a rule of many digits for p = 1 and p = 2 alone.")
    return FUNCTIONS["sqrt"](_sum(x * x, dim, keepdim))


def _running(step: Any) -> Callable[..., Array]:
    return lambda x, dim=0: step.accumulate(x, axis=dim) if np.ndim(x) else x


def _put(x: Array, shape: Any = (), index: Any = ()) -> Array:
    """Zeros, with x added where the index points; the index itself tells where that is."""
    made = np.full(math.prod(shape), ZERO, dtype=object)
    places = OPS["index"].value([np.arange(made.size).reshape(shape)], {"index": index})
    np.add.at(made, np.ravel(places), np.ravel(np.asarray(x, dtype=object)))
    return made.reshape(shape)


def _folded_back(x: Array, size: Any = ()) -> Array:
    """The sum over the dimensions along which something of this size was stretched."""
    shape, lead = tuple(size), np.ndim(x) - len(size)
    stretched = (*range(lead), *(lead + i for i, side in enumerate(shape) if side == 1 and np.shape(x)[lead + i] != 1))
    return np.reshape(_sum(x, stretched), shape) if stretched else x


def _mean_square(x: Array, target: Array, reduction: str = "mean") -> Array:
    return {"mean": _mean, "sum": _sum}.get(reduction, lambda terms: terms)((x - target) * (x - target))


def _determinant(A: Array) -> Any:
    return _matrix(A, many.det)


def _determinant_pull(o: Any, bar: Any, z: Any, A: Array) -> Any:
    if not z:
        raise BeyondReachError("The derivative of det at a singular matrix has no rule of many digits.")
    return FUNCTIONS["mul"](FUNCTIONS["mul"](bar, z), np.transpose(_inverse(A)))


def _inverse(A: Array) -> Any:
    return _matrix(A, many.inverse)


def _solution(A: Array, b: Array) -> Any:
    if np.ndim(A) != 2:
        raise BeyondReachError("Batches of matrices have no rule of many digits.")
    return np.matmul(_inverse(A), b)


def _matrix(A: Array, function: Callable[[Any], Any]) -> Any:
    """A function of one matrix; of a singular one NaN."""
    if np.ndim(A) != 2:
        raise BeyondReachError("Batches of matrices have no rule of many digits.")
    try:
        found = function(many.matrix(A.tolist()))
    except ZeroDivisionError:
        return np.full(np.shape(A), NAN, dtype=object)
    return np.array(found.tolist(), dtype=object) if isinstance(found, many.matrix) else found


VALUES: Mapping[str, Callable[..., Array]] = {
    "sum": _sum, "mean": _mean, "prod": _prod, "max": _largest, "min": _smallest, "amax": _largest, "amin": _smallest,
    "softmax": _softmax, "log_softmax": _log_softmax, "logsumexp": _logsumexp, "var": _var, "std": _std, "norm": _norm,
    "cumsum": _running(np.add), "cumprod": _running(np.multiply), "index_put": _put, "sum_to_size": _folded_back,
    **dict.fromkeys(("matmul", "mm", "mv", "bmm", "dot", "vdot"), np.matmul), "inner": np.inner, "outer": np.multiply.outer,
    "trace": np.trace, "mse_loss": _mean_square, "det": _determinant, "inv": _inverse, "solve": _solution,
}  # fmt: skip
"""Operations that calculate."""

PULLS: Mapping[str, Callable[..., Any]] = {
    "var": _var_pull, "std": _std_pull, "det": _determinant_pull,
    **dict.fromkeys(("max", "min", "amax", "amin"), _extreme_pull),
}  # fmt: skip
"""Derivatives whose own rules round by themselves, or ask what only floats can be asked."""
