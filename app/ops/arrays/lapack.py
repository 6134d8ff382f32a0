"""What the decompositions have in common: their work, their refusals, and matrices to try them on."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.patterns import ROWS, SQUARE
from app.ops.arrays.rule import count
from app.ops.op import Value

SYMMETRIC = [[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 2.0]]
BATCH = np.stack([np.array(SQUARE), np.array(SYMMETRIC)])
SYMMETRIC_BATCH = np.stack([np.array(SYMMETRIC), np.diag([1.0, 2.0, 4.0]) + 0.1])
TALL = np.transpose(ROWS)


def cubic(factor: int) -> Callable[..., int]:
    """The work of a decomposition: a multiple of n³ for each matrix."""
    return lambda shape, *_, **__: factor * count(shape) * max(shape[-2:], default=1) + 1


def refusing(sentence: str, hint: str | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Turn LAPACK's refusal into an error that says why."""

    def wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def evaluate(*operands: Value, **attributes: Any) -> Any:
            try:
                return function(*operands, **attributes)
            except np.linalg.LinAlgError:
                raise OpError("value.domain", sentence, hint) from None

        return evaluate

    return wrapped


NOT_FINITE = "The decomposition cannot be computed: the matrix has entries that are not finite."


def of_finite(function: Callable[..., Any]) -> Callable[..., Any]:
    """A decomposition that is found by iteration: with infinities or NaN LAPACK may iterate for ever, so they are refused."""

    @refusing(NOT_FINITE)
    def evaluate(A: Value) -> Any:
        if not np.isfinite(A).all():
            raise OpError("value.domain", NOT_FINITE)
        return function(A)

    return evaluate


SINGULAR = "The matrix is singular: it has no inverse, its determinant is 0."


def spoiled(A: Value, made: Value) -> Value:
    """The result for a matrix with a NaN anywhere: NaN everywhere, as torch has it; LAPACK's own answer depends on its build."""
    with_nan = np.isnan(A).any(axis=(-2, -1))
    return np.where(with_nan[..., None, None], np.nan, made) if with_nan.any() else made
