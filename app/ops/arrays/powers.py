"""Functions of matrices: matrix_power and matrix_exp, with derivatives read off a block matrix.

f([[A, E], [0, A]]) has f(A) on its diagonal and the derivative of f at A in the direction E in its corner.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.axes import whole
from app.ops.arrays.lapack import BATCH, SINGULAR, cubic, refusing
from app.ops.arrays.patterns import SQUARE, mT, square
from app.ops.arrays.rule import array_rule, count, sample
from app.ops.op import Shape, Value


def _corner(o: Any, function: Any, A: Value, E: Value) -> Value:
    """The derivative of a matrix function at A in the direction E."""
    n = np.shape(A)[-1]
    top = o.cat(A, E, dim=-1)
    bottom = o.cat(o.mul(0.0, A), A, dim=-1)
    return o.index(function(o.cat(top, bottom, dim=-2)), index=(Ellipsis, slice(0, n), slice(n, 2 * n)))


# ---------------------------------------------------------------- matrix_power


def _power_shape(A: Shape, n: Any) -> Shape:
    whole(n, "The power")
    return square(A, "matrix_power")


def _power_work(A: Shape, n: Any) -> int:
    return 2 * count(A) * max(A[-1:], default=1) * (1 + abs(whole(n, "The power")).bit_length()) + 1


def _power_pull(o: Any, bar: Value, z: Value, A: Value, n: int) -> Value:
    return _corner(o, lambda block: o.matrix_power(block, n=n), mT(o, A), bar)


def _power_push(o: Any, dot: Value, z: Value, A: Value, n: int) -> Value:
    return _corner(o, lambda block: o.matrix_power(block, n=n), A, dot)


def _power_grad_fn(A: Shape, n: int) -> str:
    many = len(A) > 2
    small = {0: "torch::autograd::CopyBackwards", 1: "CloneBackward0", -1: "LinalgInvExBackward0"}
    return small.get(n, "UnsafeViewBackward0" if many else "MmBackward0")


MATRIX_POWER = array_rule(
    "matrix_power",
    "A; n",
    category="linear algebra",
    summary="A whole power of a square matrix; negative ones are powers of the inverse.",
    latex=r"{0}^{{}<n>}",
    evaluate=refusing(SINGULAR)(lambda A, n: np.linalg.matrix_power(A, whole(n, "The power"))),
    measure=_power_shape,
    cost=_power_work,
    pull=_power_pull,
    push=_power_push,
    partials=r"\dot{x} \mapsto \textstyle\sum_i {0}^{i}\,\dot{x}\,{0}^{n-1-i}",
    backward=_power_grad_fn,
    samples=(sample(SQUARE, n=3), sample(SQUARE, n=0), sample(SQUARE, n=1), sample(SQUARE, n=-2), sample(BATCH, n=2), sample(SQUARE, n=-1)),
)

# ---------------------------------------------------------------- matrix_exp


def _exp(A: Value) -> Value:
    from scipy.linalg import expm  # noqa: PLC0415  a third of a worker's start; few programs need it

    return expm(A.astype(np.float64)) if np.isfinite(A).all() else np.full_like(A, np.nan)


MATRIX_EXP = array_rule(
    "matrix_exp",
    "A",
    aliases=("expm",),
    category="linear algebra",
    summary="The exponential of a square matrix.",
    latex=r"e^{{0}}",
    evaluate=_exp,
    measure=lambda A: square(A, "matrix_exp"),
    cost=cubic(20),
    pull=lambda o, bar, z, A: _corner(o, o.matrix_exp, mT(o, A), bar),
    push=lambda o, dot, z, A: _corner(o, o.matrix_exp, A, dot),
    partials=r"\dot{x} \mapsto \textstyle\int_0^1 e^{s{0}}\,\dot{x}\,e^{(1-s){0}}\,ds",
    backward="LinalgMatrixExpBackward0",
    samples=(sample(SQUARE), sample(np.zeros((2, 2))), sample(BATCH)),
)

POWERS = (MATRIX_POWER, MATRIX_EXP)
