"""Decompositions into triangular matrices: cholesky, qr."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.lapack import BATCH, SYMMETRIC, SYMMETRIC_BATCH, TALL, cubic, refusing
from app.ops.arrays.patterns import ROWS, SQUARE, matrix, mT, square
from app.ops.arrays.rule import array_rule, sample
from app.ops.op import Convention, Shape, Value

# ---------------------------------------------------------------- cholesky


def _lower_half(o: Any, x: Value) -> Value:
    """The lower triangle with half the diagonal."""
    n = np.shape(x)[-1]
    return o.tril(x) * (1.0 - 0.5 * np.eye(n))


def _symmetric(o: Any, x: Value) -> Value:
    return o.mul(0.5, x + mT(o, x))


def _cholesky(A: Value) -> Value:
    """A pivot that is NaN is not positive; not every build of LAPACK looks."""
    L = np.linalg.cholesky(A)
    if np.isnan(np.diagonal(L, axis1=-2, axis2=-1)).any():
        raise np.linalg.LinAlgError
    return L


def _cholesky_pull(o: Any, bar: Value, z: Value, A: Value) -> Value:
    """L⁻ᵀ Φ(Lᵀ bar) L⁻¹, made symmetric."""
    turned = mT(o, z)
    inner = _lower_half(o, o.matmul(turned, bar))
    left = o.solve_triangular(turned, inner, upper=True)
    return _symmetric(o, o.solve_triangular(z, left, upper=False, left=False))


def _cholesky_push(o: Any, dot: Value, z: Value, A: Value) -> Value:
    """L Φ(L⁻¹ dA L⁻ᵀ)."""
    left = o.solve_triangular(z, dot, upper=False)
    inner = o.solve_triangular(mT(o, z), left, upper=True, left=False)
    return o.matmul(z, _lower_half(o, inner))


CHOLESKY = array_rule(
    "cholesky",
    "A",
    reads=(-1,),
    category="linear algebra",
    summary="The lower triangular L with A = L Lᵀ, for a positive definite matrix; only A's lower triangle is read.",
    latex=r"\operatorname{chol}\left({0}\right)",
    torch="torch.linalg.cholesky",
    evaluate=refusing("The matrix is not positive definite.", "It needs to be symmetric, with positive eigenvalues only.")(_cholesky),
    measure=lambda A: square(A, "cholesky"),
    cost=cubic(1),
    pull=_cholesky_pull,
    push=_cholesky_push,
    partials=r"\dot{x} \mapsto {z}\,\Phi\left({z}^{-1}\dot{x}\,{z}^{-\top}\right)",
    backward="LinalgCholeskyExBackward0",
    samples=(sample(SYMMETRIC, symmetric=True), sample(SYMMETRIC_BATCH, symmetric=True), sample([[1.0, 0.0], [0.0, 1.0]], symmetric=True)),
)

# ---------------------------------------------------------------- qr


def _qr_shape(A: Shape) -> tuple[Shape, Shape]:
    matrix(A, "qr")
    least = min(A[-2:])
    return (*A[:-1], least), (*A[:-2], least, A[-1])


def _qr_core(o: Any, bar: Value, z: tuple[Value, Value], result: int) -> Value:
    """R̄ Rᵀ, or -Qᵀ Q̄."""
    q, r = z
    return o.matmul(bar, mT(o, r)) if result == 1 else -o.matmul(mT(o, q), bar)


def _qr_pull(o: Any, bar: Value, z: tuple[Value, Value], A: Value, result: int = 0) -> Value:
    """Of a tall or square matrix through R⁻ᵀ; of a wide one through its square part."""
    q, r = z
    rows, columns = np.shape(A)[-2:]
    core = _qr_core(o, bar, z, result)
    if rows >= columns:
        upper = o.triu(core)
        middle = o.matmul(q, (upper + mT(o, upper)) * (1.0 - 0.5 * np.eye(columns)))
        return o.solve_triangular(mT(o, r), middle + bar if result == 0 else middle, upper=False, left=False)
    head = (Ellipsis, slice(0, rows))
    lower = o.tril(mT(o, core) - core, diagonal=-1)
    inner = o.solve_triangular(mT(o, o.index(r, index=head)), lower, upper=False, left=False)
    wide = o.cat(inner, np.zeros((*np.shape(A)[:-2], rows, columns - rows)), dim=-1)
    return o.matmul(q, wide + bar if result == 1 else wide)


def _qr_push(o: Any, dot: Value, z: tuple[Value, Value], A: Value, result: int = 0) -> Value:
    q, r = z
    rows, columns = np.shape(A)[-2:]
    if rows >= columns:
        right = o.solve_triangular(r, dot, upper=True, left=False)
        both = o.matmul(mT(o, q), right)
        upper = o.triu(both + mT(o, both)) * (1.0 - 0.5 * np.eye(columns))
        return right - o.matmul(q, upper) if result == 0 else o.matmul(upper, r)
    head = (Ellipsis, slice(0, rows))
    turned = o.matmul(mT(o, q), dot)
    part = o.solve_triangular(o.index(r, index=head), o.index(turned, index=head), upper=True, left=False)
    lower = o.tril(part, diagonal=-1)
    skew = lower - mT(o, lower)
    return o.matmul(q, skew) if result == 0 else turned - o.matmul(skew, r)


def _deficient(z: tuple[Value, Value], xs: Any, attributes: Any) -> bool:
    """Whether the square part of R is singular."""
    diagonal = np.abs(np.diagonal(z[1], axis1=-2, axis2=-1))
    return bool(np.any(diagonal < 1e-12 * np.max(diagonal, initial=0.0)))


QR = array_rule(
    "qr",
    "A",
    results=2,
    reads=(-1,),
    category="linear algebra",
    summary="Q with orthonormal columns and upper triangular R with A = Q R (reduced).",
    latex=r"\operatorname{qr}\left({0}\right)",
    torch="torch.linalg.qr",
    evaluate=lambda A: tuple(np.linalg.qr(A)),
    measure=_qr_shape,
    cost=cubic(4),
    pull=_qr_pull,
    push=_qr_push,
    partials=r"D\operatorname{qr}({0})",
    backward="LinalgQrBackward0",
    conventions=(Convention(_deficient, "The columns are dependent: qr is not differentiable here; torch divides by a tiny number."),),
    samples=(sample(SQUARE), sample(TALL), sample(ROWS), sample(BATCH)),
)

# ---------------------------------------------------------------- eigh, eigvalsh
# ---------------------------------------------------------------- svd
FACTORING = (CHOLESKY, QR)
