"""Singular values: svd."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.eigen import FREE_SIGNS, gaps, off, repeated
from app.ops.arrays.lapack import BATCH, TALL, cubic, of_finite
from app.ops.arrays.patterns import ROWS, SQUARE, matrix, mT
from app.ops.arrays.rule import array_rule, primal, sample
from app.ops.op import Convention, Shape, Value


def _svd_shape(A: Shape) -> tuple[Shape, Shape, Shape]:
    matrix(A, "svd")
    least = min(A[-2:])
    return (*A[:-1], least), (*A[:-2], least), (*A[:-2], least, A[-1])


def _square_gaps(o: Any, s: Value) -> Value:
    """The differences s_j² - s_i², with 1 on the diagonal."""
    return gaps(o, s * s)


def _skew(o: Any, x: Value) -> Value:
    return x - mT(o, x)


def _svd_pull(o: Any, bar: Value, z: tuple[Value, Value, Value], A: Value, result: int = 1) -> Value:
    """U diag(s̄) Vᵀ; for U and V the rotation within their columns and the part that leaves their span."""
    u, s, vh = z
    if result == 1:
        return o.matmul(u * o.unsqueeze(bar, dim=-2), vh)
    rows, columns = np.shape(A)[-2:]
    if result == 0:
        middle = o.div(_skew(o, o.matmul(mT(o, u), bar)), _square_gaps(o, s)) * o.unsqueeze(s, dim=-2)
        if rows <= columns:
            return o.matmul(u, o.matmul(middle, vh))
        outside = o.div(bar, o.unsqueeze(s, dim=-2))
        return o.matmul(o.matmul(u, middle) + outside - o.matmul(u, o.matmul(mT(o, u), outside)), vh)
    middle = o.unsqueeze(s, dim=-1) * o.div(_skew(o, o.matmul(vh, mT(o, bar))), _square_gaps(o, s))
    if columns <= rows:
        return o.matmul(u, o.matmul(middle, vh))
    outside = o.div(bar, o.unsqueeze(s, dim=-1))
    return o.matmul(u, o.matmul(middle, vh) + outside - o.matmul(o.matmul(outside, mT(o, vh)), vh))


def _svd_push(o: Any, dot: Value, z: tuple[Value, Value, Value], A: Value, result: int = 1) -> Value:
    u, s, vh = z
    inner = o.matmul(mT(o, u), o.matmul(dot, mT(o, vh)))
    if result == 1:
        return o.diagonal(inner, dim1=-2, dim2=-1)
    rows, columns = np.shape(A)[-2:]
    across, down = o.unsqueeze(s, dim=-2), o.unsqueeze(s, dim=-1)
    if result == 0:
        turn = o.div((inner * across + down * mT(o, inner)) * off(inner), _square_gaps(o, s))
        part = o.matmul(u, turn)
        if rows <= columns:
            return part
        outside = o.div(o.matmul(dot, mT(o, vh)), across)
        return part + outside - o.matmul(u, o.matmul(mT(o, u), outside))
    turn = o.div((down * inner + mT(o, inner) * across) * off(inner), _square_gaps(o, s))
    part = o.matmul(mT(o, turn), vh)
    if columns <= rows:
        return part
    outside = o.div(o.matmul(mT(o, u), dot), down)
    return part + outside - o.matmul(o.matmul(outside, mT(o, vh)), vh)


def _svd_repeated(z: Any, xs: Any, attributes: Any) -> bool:
    return repeated(np.asarray(primal(z[1])), xs, attributes)


SVD = array_rule(
    "svd",
    "A",
    results=3,
    reads=(-1,),
    category="linear algebra",
    summary="U, the singular values in descending order, and Vᵀ, with A = U diag(S) Vᵀ (reduced).",
    latex=r"\operatorname{svd}\left({0}\right)",
    torch="torch.linalg.svd",
    evaluate=of_finite(lambda A: tuple(np.linalg.svd(A, full_matrices=False))),
    measure=_svd_shape,
    cost=cubic(20),
    pull=_svd_pull,
    push=_svd_push,
    partials=r"\dot{s}_i = u_i^{\top}\dot{x}\,v_i",
    backward="LinalgSvdBackward0",
    conventions=(
        FREE_SIGNS,
        Convention(
            _svd_repeated, "Two singular values are equal: the singular vectors are not determined and have no derivative (torch: NaN)."
        ),
    ),
    samples=(sample(SQUARE), sample(TALL), sample(ROWS), sample(BATCH)),
)
