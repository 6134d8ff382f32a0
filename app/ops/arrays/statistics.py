"""Statistics: var, std; and logsumexp."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.axes import reduced
from app.ops.arrays.reduction import ROWS, TOTAL, lane, numpy_axis, real, spread
from app.ops.arrays.rule import array_rule, count, primal, sample
from app.ops.op import Convention, Shape, Value


def _freedom(shape: Shape, dim: Any, correction: Any, unbiased: Any) -> float:
    """The divisor of a variance: how many there are, less the correction."""
    less = correction if correction is not None else 1 if unbiased in (True, None) else 0
    return lane(shape, dim) - float(less)


def _settled(dim: Any, unbiased: Any) -> tuple[Any, Any]:
    """torch's old form var(x, False) gives ``unbiased`` in the place of ``dim``."""
    return (None, dim) if isinstance(dim, bool) else (dim, unbiased)


def _deviation(o: Any, x: Value, dim: Any) -> Value:
    """The distance of each element from the mean of its lane."""
    return x - o.mean(x, dim=dim, keepdim=True) if np.shape(x) else x - x


def _var(x: Value, dim: Any = None, unbiased: Any = True, keepdim: bool = False, correction: Any = None) -> Value:
    dim, unbiased = _settled(dim, unbiased)
    x = np.asarray(real(x, "var"))
    place = numpy_axis(dim, x)
    n = lane(x.shape, dim)
    apart = x - np.divide(TOTAL(x, axis=place, keepdims=True), n)
    free = max(0.0, _freedom(x.shape, dim, correction, unbiased))
    return np.divide(TOTAL(apart * apart, axis=place, keepdims=keepdim), free)


def _std(x: Value, **attributes: Any) -> Value:
    return np.sqrt(_var(x, **attributes))


def _var_shape(x: Shape, dim: Any = None, unbiased: Any = True, keepdim: bool = False, correction: Any = None) -> Shape:
    return reduced(x, _settled(dim, unbiased)[0], keepdim)


def _slope(o: Any, x: Value, dim: Any, unbiased: Any, correction: Any) -> Value:
    """∂var/∂x: twice the deviation over the divisor."""
    free = _freedom(np.shape(x), dim, correction, unbiased)
    return o.mul(float(np.divide(2.0, free)), _deviation(o, x, dim))


def _var_pull(
    o: Any, bar: Value, z: Value, x: Value, dim: Any = None, unbiased: Any = True, keepdim: bool = False, correction: Any = None
) -> Value:
    dim, unbiased = _settled(dim, unbiased)
    return spread(o, bar, np.shape(x), dim, keepdim) * _slope(o, x, dim, unbiased, correction)


def _var_push(
    o: Any, dot: Value, z: Value, x: Value, dim: Any = None, unbiased: Any = True, keepdim: bool = False, correction: Any = None
) -> Value:
    dim, unbiased = _settled(dim, unbiased)
    return o.sum(dot * _slope(o, x, dim, unbiased, correction), dim=dim, keepdim=keepdim)


def _through_root(o: Any, flow: Value, z: Value) -> Value:
    """flow / (2 z), and 0 where z is 0."""
    return o.where(np.equal(primal(z), 0), 0.0, o.div(flow, o.mul(2.0, z)))


def _std_pull(o: Any, bar: Value, z: Value, x: Value, **attributes: Any) -> Value:
    return _var_pull(o, _through_root(o, bar, z), z, x, **attributes)


def _std_push(o: Any, dot: Value, z: Value, x: Value, **attributes: Any) -> Value:
    return _through_root(o, _var_push(o, dot, z, x, **attributes), z)


_VARIANCE = "x; dim=None, unbiased=True, keepdim=False, correction=None"
_TOO_FEW = Convention(lambda z, xs, a: bool(np.any(np.isnan(z))), "With a divisor of 0 (one element, correction 1) the result is NaN.")

VAR = array_rule(
    "var",
    _VARIANCE,
    renamed={"ddof": "correction"},
    numpy_defaults={"correction": 0},
    reads=(0,),
    category="reduction",
    summary="The variance; it divides by n - 1 (np.var by n), or by n - correction.",
    latex=r"\operatorname{var}<_dim>\left({0}\right)",
    evaluate=_var,
    measure=_var_shape,
    cost=lambda shape, **_: 3 * count(shape) + 1,
    pull=_var_pull,
    push=_var_push,
    partials=r"\tfrac{2}{n - 1}\left({0} - \operatorname{mean}({0})\right)^{\top}",
    form="reduction",
    backward="VarBackward0",
    conventions=(_TOO_FEW,),
    samples=(
        sample(ROWS),
        sample(ROWS, dim=0),
        sample(ROWS, dim=1, keepdim=True, correction=0),
        sample(ROWS, dim=(0, 1), unbiased=False),
        sample([3.0], smooth=False),
        sample([2.0, 2.0], correction=0),
    ),
)

STD = array_rule(
    "std",
    _VARIANCE,
    renamed={"ddof": "correction"},
    numpy_defaults={"correction": 0},
    reads=(0, -1),
    category="reduction",
    summary="The standard deviation; it divides by n - 1 (np.std by n), or by n - correction.",
    latex=r"\operatorname{std}<_dim>\left({0}\right)",
    evaluate=_std,
    measure=_var_shape,
    cost=lambda shape, **_: 3 * count(shape) + 1,
    pull=_std_pull,
    push=_std_push,
    partials=r"\tfrac{1}{(n - 1)\,{z}}\left({0} - \operatorname{mean}({0})\right)^{\top}",
    form="reduction",
    backward="StdBackward0",
    conventions=(
        _TOO_FEW,
        Convention(
            lambda z, xs, a: bool(np.any(np.equal(z, 0))), "std is not differentiable where all elements are equal; torch's choice is 0."
        ),
    ),
    samples=(
        sample(ROWS),
        sample(ROWS, dim=0),
        sample(ROWS, dim=1, keepdim=True, correction=0),
        sample([2.0, 2.0, 2.0], smooth=False),
        sample([2.0], smooth=False),
    ),
)

# ---------------------------------------------------------------- logsumexp


def _logsumexp(x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    x = np.asarray(real(x, "logsumexp"))
    place = numpy_axis(dim, x)
    top = np.max(x, axis=place, keepdims=True, initial=-np.inf)
    shift = np.where(np.isinf(top), 0.0, top)
    total = np.log(np.sum(np.exp(x - shift), axis=place, keepdims=True)) + shift
    return total if keepdim else np.reshape(total, reduced(x.shape, dim))


def _weights(o: Any, z: Value, x: Value, dim: Any, keepdim: bool) -> Value:
    """∂z/∂x: the softmax."""
    return o.exp(x - spread(o, z, np.shape(x), dim, keepdim))


def _logsumexp_push(o: Any, dot: Value, z: Value, x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    """The mean of the tangents by their weights: divided by the weights' sum, the rounding of z cancels, as it does in torch."""
    weights = _weights(o, z, x, dim, keepdim)
    return o.sum(dot * weights, dim=dim, keepdim=keepdim) / o.sum(weights, dim=dim, keepdim=keepdim)


LOGSUMEXP = array_rule(
    "logsumexp",
    "x; dim=None, keepdim=False",
    reads=(0, -1),
    category="reduction",
    summary="The logarithm of the sum of exponentials, without overflow.",
    latex=r"\log\textstyle\sum<_dim> e^{{0}}",
    evaluate=_logsumexp,
    measure=reduced,
    cost=lambda shape, **_: 4 * count(shape) + 1,
    pull=lambda o, bar, z, x, dim=None, keepdim=False: spread(o, bar, np.shape(x), dim, keepdim) * _weights(o, z, x, dim, keepdim),
    push=_logsumexp_push,
    partials=r"\operatorname{softmax}\left({0}\right)^{\top}",
    form="reduction",
    backward="LogsumexpBackward0",
    samples=(
        sample(ROWS, dim=1),
        sample(ROWS, dim=(0, 1)),
        sample(ROWS, dim=0, keepdim=True),
        sample([1000.0, 1000.0], dim=0),
        sample([-np.inf, 0.0], dim=0, smooth=False),
        sample([-np.inf, -np.inf], dim=0, smooth=False),
        sample([np.inf, 0.0], dim=0, smooth=False),
    ),
)

STATISTICS = (VAR, STD, LOGSUMEXP)
