"""Decompositions: cholesky, qr, eigh, eigvalsh, svd."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.patterns import ROWS, SQUARE, matrix, mT, square
from app.ops.arrays.rule import array_rule, primal, sample
from app.ops.arrays.solving import BATCH, SYMMETRIC, cubic, of_finite, refusing
from app.ops.op import Convention, Shape, Value

TALL = np.transpose(ROWS)
SYMMETRIC_BATCH = np.stack([np.array(SYMMETRIC), np.diag([1.0, 2.0, 4.0]) + 0.1])


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


def _gaps(o: Any, values: Value) -> Value:
    """The differences λ_j - λ_i, with 1 on the diagonal."""
    n = np.shape(values)[-1]
    return o.unsqueeze(values, dim=-2) - o.unsqueeze(values, dim=-1) + np.eye(n)


def _off(x: Value) -> Any:
    """A constant that is 0 on the diagonal and 1 elsewhere."""
    return 1.0 - np.eye(np.shape(x)[-1])


def _scaled(o: Any, values: Value, vectors: Value) -> Value:
    """V diag(values) Vᵀ."""
    return o.matmul(vectors * o.unsqueeze(values, dim=-2), mT(o, vectors))


def _eigh_pull(o: Any, bar: Value, z: tuple[Value, Value], A: Value, result: int = 0) -> Value:
    """V diag(λ̄) Vᵀ; for the vectors V (skew(Vᵀ V̄) / gaps) Vᵀ."""
    values, vectors = z
    if result == 0:
        return _scaled(o, bar, vectors)
    inner = o.matmul(mT(o, vectors), bar)
    skew = o.mul(0.5, inner - mT(o, inner))
    return o.matmul(vectors, o.matmul(o.div(skew, _gaps(o, values)), mT(o, vectors)))


def _eigh_push(o: Any, dot: Value, z: tuple[Value, Value], A: Value, result: int = 0) -> Value:
    values, vectors = z
    inner = o.matmul(mT(o, vectors), o.matmul(dot, vectors))
    if result == 0:
        return o.diagonal(inner, dim1=-2, dim2=-1)
    return o.matmul(vectors, o.div(inner * _off(inner), _gaps(o, values)))


def _repeated(z: Any, xs: Any, attributes: Any) -> bool:
    """Whether two neighbouring eigenvalues (or singular values) are equal, nearly."""
    values = np.asarray(z if isinstance(z, np.ndarray) else z[0] if np.ndim(z[0]) < np.ndim(z[1]) else z[1])
    scale = np.max(np.abs(values), initial=0.0)
    return bool(np.any(np.abs(np.diff(values, axis=-1)) <= 1e-12 * scale))


_FREE_SIGNS = Convention(
    lambda z, xs, a: np.ndim(z[a.get("result", 0)]) >= np.ndim(xs[0]),
    "The sign of each vector is free; another library may choose the other one.",
)

_ONE_TRIANGLE = "of a symmetric matrix; only its lower triangle is read."

EIGH = array_rule(
    "eigh",
    "A",
    results=2,
    reads=(-1,),
    category="linear algebra",
    summary=f"The eigenvalues, in ascending order, and the eigenvectors {_ONE_TRIANGLE}",
    latex=r"\operatorname{eigh}\left({0}\right)",
    torch="torch.linalg.eigh",
    evaluate=of_finite(lambda A: tuple(np.linalg.eigh(A))),
    measure=lambda A: (square(A, "eigh")[:-1], A),
    cost=cubic(10),
    pull=_eigh_pull,
    push=_eigh_push,
    partials=r"\dot{\lambda}_i = v_i^{\top}\dot{x}\,v_i",
    backward="LinalgEighBackward0",
    conventions=(
        _FREE_SIGNS,
        Convention(_repeated, "Two eigenvalues are equal: the eigenvectors are not determined and have no derivative (torch: NaN)."),
    ),
    samples=(sample(SYMMETRIC, symmetric=True), sample(SYMMETRIC_BATCH, symmetric=True)),
)


def _eigvalsh_pull(o: Any, bar: Value, z: Value, A: Value) -> Value:
    return _scaled(o, bar, o.eigh(A)[1])


def _eigvalsh_push(o: Any, dot: Value, z: Value, A: Value) -> Value:
    vectors = o.eigh(A)[1]
    return o.diagonal(o.matmul(mT(o, vectors), o.matmul(dot, vectors)), dim1=-2, dim2=-1)


EIGVALSH = array_rule(
    "eigvalsh",
    "A",
    category="linear algebra",
    summary=f"The eigenvalues, in ascending order, {_ONE_TRIANGLE}",
    latex=r"\lambda\left({0}\right)",
    torch="torch.linalg.eigvalsh",
    evaluate=of_finite(np.linalg.eigvalsh),
    measure=lambda A: square(A, "eigvalsh")[:-1],
    cost=cubic(10),
    pull=_eigvalsh_pull,
    push=_eigvalsh_push,
    partials=r"\dot{\lambda}_i = v_i^{\top}\dot{x}\,v_i",
    backward="LinalgEighBackward0",
    conventions=(
        _FREE_SIGNS,
        Convention(_repeated, "Two eigenvalues are equal: each alone is not differentiable; symmetric functions of them are."),
    ),
    samples=(
        sample(SYMMETRIC, symmetric=True),
        sample(SYMMETRIC_BATCH, symmetric=True),
        sample([[1.0, 0.0], [0.0, 1.0]], symmetric=True, smooth=False),
    ),
)

# ---------------------------------------------------------------- svd


def _svd_shape(A: Shape) -> tuple[Shape, Shape, Shape]:
    matrix(A, "svd")
    least = min(A[-2:])
    return (*A[:-1], least), (*A[:-2], least), (*A[:-2], least, A[-1])


def _square_gaps(o: Any, s: Value) -> Value:
    """The differences s_j² - s_i², with 1 on the diagonal."""
    return _gaps(o, s * s)


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
        turn = o.div((inner * across + down * mT(o, inner)) * _off(inner), _square_gaps(o, s))
        part = o.matmul(u, turn)
        if rows <= columns:
            return part
        outside = o.div(o.matmul(dot, mT(o, vh)), across)
        return part + outside - o.matmul(u, o.matmul(mT(o, u), outside))
    turn = o.div((down * inner + mT(o, inner) * across) * _off(inner), _square_gaps(o, s))
    part = o.matmul(mT(o, turn), vh)
    if columns <= rows:
        return part
    outside = o.div(o.matmul(mT(o, u), dot), down)
    return part + outside - o.matmul(o.matmul(outside, mT(o, vh)), vh)


def _svd_repeated(z: Any, xs: Any, attributes: Any) -> bool:
    return _repeated(np.asarray(primal(z[1])), xs, attributes)


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
        _FREE_SIGNS,
        Convention(
            _svd_repeated, "Two singular values are equal: the singular vectors are not determined and have no derivative (torch: NaN)."
        ),
    ),
    samples=(sample(SQUARE), sample(TALL), sample(ROWS), sample(BATCH)),
)

FACTORING = (CHOLESKY, QR, EIGH, EIGVALSH, SVD)
