"""Eigenvalues of symmetric matrices: eigh, eigvalsh."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.lapack import SYMMETRIC, SYMMETRIC_BATCH, cubic, of_finite
from app.ops.arrays.patterns import mT, square
from app.ops.arrays.rule import array_rule, sample
from app.ops.op import Convention, Value


def gaps(o: Any, values: Value) -> Value:
    """The differences λ_j - λ_i, with 1 on the diagonal."""
    n = np.shape(values)[-1]
    return o.unsqueeze(values, dim=-2) - o.unsqueeze(values, dim=-1) + np.eye(n)


def off(x: Value) -> Any:
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
    return o.matmul(vectors, o.matmul(o.div(skew, gaps(o, values)), mT(o, vectors)))


def _eigh_push(o: Any, dot: Value, z: tuple[Value, Value], A: Value, result: int = 0) -> Value:
    values, vectors = z
    inner = o.matmul(mT(o, vectors), o.matmul(dot, vectors))
    if result == 0:
        return o.diagonal(inner, dim1=-2, dim2=-1)
    return o.matmul(vectors, o.div(inner * off(inner), gaps(o, values)))


def repeated(z: Any, xs: Any, attributes: Any) -> bool:
    """Whether two neighbouring eigenvalues (or singular values) are equal, nearly."""
    values = np.asarray(z if isinstance(z, np.ndarray) else z[0] if np.ndim(z[0]) < np.ndim(z[1]) else z[1])
    scale = np.max(np.abs(values), initial=0.0)
    return bool(np.any(np.abs(np.diff(values, axis=-1)) <= 1e-12 * scale))


FREE_SIGNS = Convention(
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
        FREE_SIGNS,
        Convention(repeated, "Two eigenvalues are equal: the eigenvectors are not determined and have no derivative (torch: NaN)."),
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
    conventions=(Convention(repeated, "Two eigenvalues are equal: each alone is not differentiable; symmetric functions of them are."),),
    samples=(
        sample(SYMMETRIC, symmetric=True),
        sample(SYMMETRIC_BATCH, symmetric=True),
        sample([[1.0, 0.0], [0.0, 1.0]], symmetric=True, smooth=False),
    ),
)
