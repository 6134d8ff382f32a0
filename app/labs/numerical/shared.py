"""Array operations in plain numpy, for numbers of any precision, real or complex: nothing here takes a conjugate or an absolute value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from app.ops.arrays.normalised import lane_of
from app.ops.arrays.reduction import PRODUCT, TOTAL, lane, numpy_axis

Array = Any

MOVES = frozenset(
    "reshape flatten squeeze unsqueeze clone T t transpose permute movedim broadcast_to expand cat stack hstack vstack flip roll repeat "
    "tile repeat_interleave gather index_select index tril triu diagonal diag detach trace sum_to_size".split()
)
"""Operations that only move elements, or add them up: what they do to float64 they do to any other number."""

PRODUCTS = frozenset(
    "matmul mm mv bmm dot vdot inner outer kron cross einsum cumsum cumprod matrix_power inv solve det conv1d conv2d avg_pool2d".split()
)
"""Products of what there is, and their inverses."""


def total(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    """The sum; masks and indices are counted."""
    return TOTAL(x, axis=numpy_axis(dim, x), keepdims=keepdim) if np.ndim(x) else x


def mean(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    """The mean; of nothing NaN."""
    return total(x, dim, keepdim) / (lane(np.shape(x), dim) or np.nan)


def _prod(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    return PRODUCT(np.asarray(x), axis=numpy_axis(dim, x), keepdims=keepdim)


def _var(x: Array, dim: Any = None, unbiased: Any = True, keepdim: bool = False, correction: Any = None) -> Array:
    dim, unbiased = (None, dim) if isinstance(dim, bool) else (dim, unbiased)
    apart = x - mean(x, dim, keepdim=True) if np.ndim(x) else x - x
    less = correction if correction is not None else 1 if unbiased in (True, None) else 0
    return np.divide(total(apart * apart, dim, keepdim), max(0, lane(np.shape(x), dim) - less))


def _shifted(x: Array, place: Any) -> Array:
    """The largest real part, which no sum of powers may exceed."""
    top = np.max(np.real(x), axis=place, keepdims=True, initial=-np.inf)
    return np.where(np.isinf(top), np.zeros_like(top), top)


def _logsumexp(x: Array, dim: Any = None, keepdim: bool = False) -> Array:
    x = np.asarray(x)
    top = _shifted(x, numpy_axis(dim, x))
    made = np.log(total(np.exp(x - top), dim, keepdim=True)) + top if x.ndim else x
    return made if keepdim or not x.ndim else np.squeeze(made, axis=tuple(range(x.ndim)) if dim is None else numpy_axis(dim, x))


def _softmax(x: Array, dim: Any = None) -> Array:
    place = lane_of(np.shape(x), dim) if np.ndim(x) else None
    powers = np.exp(x - _shifted(x, place)) if np.ndim(x) else np.exp(x - x)
    return powers / (total(powers, place, keepdim=True) if np.ndim(x) else powers)


def _log_softmax(x: Array, dim: Any = None) -> Array:
    place = lane_of(np.shape(x), dim) if np.ndim(x) else None
    return x - _logsumexp(x, place, keepdim=True) if np.ndim(x) else x - x


def reduced(terms: Array, reduction: str) -> Array:
    """The terms of a loss put together."""
    return {"mean": mean, "sum": total}.get(reduction, lambda parts: parts)(terms)


def _mean_square(x: Array, target: Array, reduction: str = "mean") -> Array:
    return reduced((x - target) * (x - target), reduction)


SHARED: Mapping[str, Callable[..., Array]] = {
    "sum": total, "mean": mean, "prod": _prod, "var": _var, "std": lambda x, **more: np.sqrt(_var(x, **more)),
    "logsumexp": _logsumexp, "softmax": _softmax, "log_softmax": _log_softmax, "mse_loss": _mean_square,
}  # fmt: skip
"""By the names of operations."""
