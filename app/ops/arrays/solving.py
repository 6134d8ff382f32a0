"""Inverses: inv, solve, solve_triangular, pinv."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import broadcast, named
from app.ops.arrays.lapack import BATCH, SINGULAR, cubic, of_finite, refusing, spoiled
from app.ops.arrays.patterns import ROWS, SQUARE, matrix, mT, square
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Convention, Shape, Value

# ---------------------------------------------------------------- inv


INV = array_rule(
    "inv",
    "A",
    aliases=("inverse",),
    reads=(-1,),
    category="linear algebra",
    summary="The inverse of a square matrix.",
    latex=r"{0}^{-1}",
    torch="torch.linalg.inv",
    evaluate=refusing(SINGULAR, "Use pinv or solve a different system.")(lambda A: spoiled(A, np.linalg.inv(A))),
    measure=lambda A: square(A, "inv"),
    cost=cubic(2),
    pull=lambda o, bar, z, A: -o.matmul(mT(o, z), o.matmul(bar, mT(o, z))),
    push=lambda o, dot, z, A: -o.matmul(z, o.matmul(dot, z)),
    partials=r"\dot{x} \mapsto -{z}\,\dot{x}\,{z}",
    backward="LinalgInvExBackward0",
    samples=(sample(SQUARE), sample(BATCH), sample([[2.0, 0.0], [0.0, 4.0]])),
)

# ---------------------------------------------------------------- solve


def _is_vector(A: Shape, b: Shape) -> bool:
    """Whether torch reads the right side as vectors."""
    return len(b) == 1 or (len(A) - 1 == len(b) and b == A[:-1])


def _solve_shape(A: Shape, b: Shape) -> Shape:
    square(A, "solve")
    rows = b[-1:] if _is_vector(A, b) else b[-2:-1]
    if rows != A[-1:]:
        message = (
            f"Shapes don't fit: A is {named(A)}, b has {named(b)}. They need the same number of rows: {A[-1]} ≠ {rows[0] if rows else 0}."
        )
        raise OpError("shape.mismatch", message)
    if _is_vector(A, b):
        return broadcast(A[:-1], b)
    return broadcast(A[:-2], b[:-2]) + b[-2:]


@refusing(SINGULAR, "A system with this matrix has no solution, or many.")
def _solve(A: Value, b: Value) -> Value:
    if _is_vector(A.shape, b.shape):
        return spoiled(A, np.linalg.solve(A, np.broadcast_to(b, _solve_shape(A.shape, b.shape))[..., None]))[..., 0]
    return spoiled(A, np.linalg.solve(A, b))


def _solve_right(o: Any, bar: Value, z: Value, A: Value, b: Value) -> Value:
    """A⁻ᵀ bar."""
    return o.sum_to_size(o.solve(mT(o, A), bar), size=np.shape(b))


def _solve_left(o: Any, bar: Value, z: Value, A: Value, b: Value) -> Value:
    """-(A⁻ᵀ bar) zᵀ."""
    back = o.solve(mT(o, A), bar)
    vector = _is_vector(np.shape(A), np.shape(b))
    outer = o.unsqueeze(back, dim=-1) * o.unsqueeze(z, dim=-2) if vector else o.matmul(back, mT(o, z))
    return -o.sum_to_size(outer, size=np.shape(A))


def _solve_push(o: Any, dot: Value, z: Value, A: Value, b: Value) -> Value:
    """-A⁻¹ (dA z)."""
    vector = _is_vector(np.shape(A), np.shape(b))
    product = o.squeeze(o.matmul(dot, o.unsqueeze(z, dim=-1)), dim=-1) if vector else o.matmul(dot, z)
    return -o.solve(A, product)


SOLVE = array_rule(
    "solve",
    "A, b",
    reads=(0, -1),
    category="linear algebra",
    summary="The solution x of A x = b, for a vector or for the columns of a matrix.",
    latex=r"{0}^{-1}{1}",
    torch="torch.linalg.solve",
    evaluate=_solve,
    measure=_solve_shape,
    cost=lambda A, b: count(A) * A[-1] + count(b) * A[-1] + 1,
    pull=(_solve_left, _solve_right),
    push=(_solve_push, LINEAR),
    partials=(r"\dot{x} \mapsto -{0}^{-1}\dot{x}\,{z}", r"{0}^{-1}"),
    backward="LinalgSolveExBackward0",
    samples=(
        sample(SQUARE, [1.0, -2.0, 0.5]),
        sample(SQUARE, np.transpose(ROWS)),
        sample(BATCH, np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 1.0]])),
        sample(SQUARE, np.linspace(-1, 1, 12).reshape(2, 3, 2)),
    ),
)

# ---------------------------------------------------------------- solve_triangular


def _triangular_shape(A: Shape, B: Shape, upper: bool, left: bool = True, unitriangular: bool = False) -> Shape:
    square(A, "solve_triangular")
    matrix(B, "solve_triangular")
    if B[-2 if left else -1] != A[-1]:
        raise OpError("shape.mismatch", f"Shapes don't fit: the triangle is {named(A)}, the other side {named(B)}.")
    return broadcast(A[:-2], B[:-2]) + B[-2:]


def _triangular(A: Value, B: Value, upper: bool, left: bool = True, unitriangular: bool = False) -> Value:
    """By BLAS, which divides by a zero on the diagonal as IEEE has it and does not refuse."""
    made = _triangular_shape(A.shape, B.shape, upper, left, unitriangular)
    if len(made) == 2:
        from scipy.linalg.blas import dtrsm  # noqa: PLC0415  a third of a worker's start; few programs solve triangular systems

        return dtrsm(1.0, A, B, side=not left, lower=not upper, diag=unitriangular) if B.size else B
    lefts = np.broadcast_to(A, (*made[:-2], *A.shape[-2:])).reshape(-1, *A.shape[-2:])
    rights = np.broadcast_to(B, made).reshape(-1, *made[-2:])
    solved = [_triangular(a, b, upper, left, unitriangular) for a, b in zip(lefts, rights, strict=True)]
    return np.array(solved).reshape(made)


def _triangular_right(
    o: Any, bar: Value, z: Value, A: Value, B: Value, upper: bool, left: bool = True, unitriangular: bool = False
) -> Value:
    back = o.solve_triangular(mT(o, A), bar, upper=not upper, left=left, unitriangular=unitriangular)
    return o.sum_to_size(back, size=np.shape(B))


def _triangular_left(
    o: Any, bar: Value, z: Value, A: Value, B: Value, upper: bool, left: bool = True, unitriangular: bool = False
) -> Value:
    back = o.solve_triangular(mT(o, A), bar, upper=not upper, left=left, unitriangular=unitriangular)
    whole = o.matmul(back, mT(o, z)) if left else o.matmul(mT(o, z), back)
    return -_part(o, o.sum_to_size(whole, size=np.shape(A)), upper, unitriangular)


def _part(o: Any, x: Value, upper: bool, unitriangular: bool) -> Value:
    """The triangle that the operation reads."""
    return o.triu(x, diagonal=int(unitriangular)) if upper else o.tril(x, diagonal=-int(unitriangular))


def _triangular_push(
    o: Any, dot: Value, z: Value, A: Value, B: Value, upper: bool, left: bool = True, unitriangular: bool = False
) -> Value:
    part = _part(o, dot, upper, unitriangular)
    product = o.matmul(part, z) if left else o.matmul(z, part)
    return -o.solve_triangular(A, product, upper=upper, left=left, unitriangular=unitriangular)


SOLVE_TRIANGULAR = array_rule(
    "solve_triangular",
    "A, B; upper, left=True, unitriangular=False",
    reads=(0, -1),
    category="linear algebra",
    summary="The solution X of A X = B (or X A = B) with a triangular matrix A.",
    latex=r"{0}^{-1}{1}",
    torch="torch.linalg.solve_triangular",
    evaluate=_triangular,
    measure=_triangular_shape,
    cost=lambda A, B, **_: count(A) + count(B) * A[-1] + 1,
    pull=(_triangular_left, _triangular_right),
    push=(_triangular_push, LINEAR),
    partials=(r"\dot{x} \mapsto -{0}^{-1}\dot{x}\,{z}", r"{0}^{-1}"),
    backward="LinalgSolveTriangularBackward0",
    samples=(
        sample(SQUARE, np.transpose(ROWS), upper=True),
        sample(SQUARE, np.transpose(ROWS), upper=False, unitriangular=True),
        sample(SQUARE, ROWS, upper=True, left=False),
        sample(BATCH, np.transpose(ROWS), upper=False),
    ),
)

# ---------------------------------------------------------------- pinv


@of_finite
def _pinv(A: Value) -> Value:
    return np.linalg.pinv(A, max(A.shape[-2:], default=1) * np.finfo(np.float64).eps)


def _pinv_push(o: Any, dot: Value, z: Value, A: Value) -> Value:
    """-z dA z + z zᵀ dAᵀ (I - A z) + (I - z A) dAᵀ zᵀ z."""
    turned, back = mT(o, dot), mT(o, z)
    left = o.matmul(o.matmul(z, back), turned)
    right = o.matmul(turned, o.matmul(back, z))
    within = o.matmul(z, o.matmul(dot, z))
    return left - o.matmul(o.matmul(left, A), z) + right - o.matmul(z, o.matmul(A, right)) - within


def _pinv_pull(o: Any, bar: Value, z: Value, A: Value) -> Value:
    """-zᵀ bar zᵀ + (I - A z) barᵀ z zᵀ + zᵀ z barᵀ (I - z A)."""
    turned, back = mT(o, bar), mT(o, z)
    left = o.matmul(turned, o.matmul(z, back))
    right = o.matmul(o.matmul(back, z), turned)
    within = o.matmul(back, o.matmul(bar, back))
    return left - o.matmul(A, o.matmul(z, left)) + right - o.matmul(o.matmul(right, z), A) - within


PINV = array_rule(
    "pinv",
    "A",
    reads=(0, -1),
    category="linear algebra",
    summary="The pseudoinverse (Moore and Penrose).",
    latex=r"{0}^{+}",
    torch="torch.linalg.pinv",
    evaluate=_pinv,
    measure=lambda A: (*matrix(A, "pinv")[:-2], A[-1], A[-2]),
    cost=cubic(20),
    pull=_pinv_pull,
    push=_pinv_push,
    partials=r"-{z}\,\dot{x}\,{z} + \cdots",
    backward="LinalgPinvBackward0",
    conventions=(
        Convention(
            lambda z, xs, a: bool(np.any(np.linalg.matrix_rank(xs[0]) < min(np.shape(xs[0])[-2:]))),
            "The matrix has not full rank; the derivative is along matrices of the same rank.",
        ),
    ),
    samples=(
        sample(ROWS),
        sample(np.transpose(ROWS)),
        sample(SQUARE),
        sample(np.stack([ROWS, ROWS])),
        sample([[1.0, 2.0], [2.0, 4.0]], smooth=False),
    ),
)

SOLVING = (INV, SOLVE, SOLVE_TRIANGULAR, PINV)
