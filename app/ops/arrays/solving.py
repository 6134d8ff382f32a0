"""Inverses and determinants: inv, solve, pinv, det, slogdet, logdet."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.linalg.blas import dtrsm

from app.core.diagnostic import OpError
from app.ops.arrays.axes import broadcast, named
from app.ops.arrays.patterns import ROWS, SQUARE, mT, matrix, square
from app.ops.arrays.rule import LINEAR, array_rule, count, primal, sample
from app.ops.op import Convention, Shape, Value

SYMMETRIC = [[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 2.0]]
BATCH = np.stack([np.array(SQUARE), np.array(SYMMETRIC)])


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


SINGULAR = "The matrix is singular: it has no inverse, its determinant is 0."


# ---------------------------------------------------------------- inv


INV = array_rule(
    "inv",
    "A",
    aliases=("inverse",),
    category="linear algebra",
    summary="The inverse of a square matrix.",
    latex=r"{0}^{-1}",
    torch="torch.linalg.inv",
    evaluate=refusing(SINGULAR, "Use pinv or solve a different system.")(np.linalg.inv),
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
        message = f"Shapes don't fit: A is {named(A)}, b has {named(b)}. They need the same number of rows: {A[-1]} ≠ {rows[0] if rows else 0}."
        raise OpError("shape.mismatch", message)
    if _is_vector(A, b):
        return broadcast(A[:-1], b)
    return broadcast(A[:-2], b[:-2]) + b[-2:]


@refusing(SINGULAR, "A system with this matrix has no solution, or many.")
def _solve(A: Value, b: Value) -> Value:
    if _is_vector(A.shape, b.shape):
        return np.linalg.solve(A, np.broadcast_to(b, _solve_shape(A.shape, b.shape))[..., None])[..., 0]
    return np.linalg.solve(A, b)


def _solve_right(o: Any, bar: Value, z: Value, A: Value, b: Value) -> Value:
    """A⁻ᵀ bar."""
    return o.sum_to_size(o.solve(mT(o, A), bar), size=np.shape(b))


def _solve_left(o: Any, bar: Value, z: Value, A: Value, b: Value) -> Value:
    """-(A⁻ᵀ bar) zᵀ."""
    back = o.solve(mT(o, A), bar)
    if _is_vector(np.shape(A), np.shape(b)):
        outer = o.unsqueeze(back, dim=-1) * o.unsqueeze(z, dim=-2)
    else:
        outer = o.matmul(back, mT(o, z))
    return -o.sum_to_size(outer, size=np.shape(A))


def _solve_push(o: Any, dot: Value, z: Value, A: Value, b: Value) -> Value:
    """-A⁻¹ (dA z)."""
    vector = _is_vector(np.shape(A), np.shape(b))
    product = o.squeeze(o.matmul(dot, o.unsqueeze(z, dim=-1)), dim=-1) if vector else o.matmul(dot, z)
    return -o.solve(A, product)


SOLVE = array_rule(
    "solve",
    "A, b",
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
        return dtrsm(1.0, A, B, side=not left, lower=not upper, diag=unitriangular) if B.size else B
    lefts = np.broadcast_to(A, (*made[:-2], *A.shape[-2:])).reshape(-1, *A.shape[-2:])
    rights = np.broadcast_to(B, made).reshape(-1, *made[-2:])
    solved = [_triangular(a, b, upper, left, unitriangular) for a, b in zip(lefts, rights, strict=True)]
    return np.array(solved).reshape(made)


def _triangular_right(o: Any, bar: Value, z: Value, A: Value, B: Value, upper: bool, left: bool = True, unitriangular: bool = False) -> Value:
    back = o.solve_triangular(mT(o, A), bar, upper=not upper, left=left, unitriangular=unitriangular)
    return o.sum_to_size(back, size=np.shape(B))


def _triangular_left(o: Any, bar: Value, z: Value, A: Value, B: Value, upper: bool, left: bool = True, unitriangular: bool = False) -> Value:
    back = o.solve_triangular(mT(o, A), bar, upper=not upper, left=left, unitriangular=unitriangular)
    whole = o.matmul(back, mT(o, z)) if left else o.matmul(mT(o, z), back)
    return -_part(o, o.sum_to_size(whole, size=np.shape(A)), upper, unitriangular)


def _part(o: Any, x: Value, upper: bool, unitriangular: bool) -> Value:
    """The triangle that the operation reads."""
    return o.triu(x, diagonal=int(unitriangular)) if upper else o.tril(x, diagonal=-int(unitriangular))


def _triangular_push(o: Any, dot: Value, z: Value, A: Value, B: Value, upper: bool, left: bool = True, unitriangular: bool = False) -> Value:
    part = _part(o, dot, upper, unitriangular)
    product = o.matmul(part, z) if left else o.matmul(z, part)
    return -o.solve_triangular(A, product, upper=upper, left=left, unitriangular=unitriangular)


SOLVE_TRIANGULAR = array_rule(
    "solve_triangular",
    "A, B; upper, left=True, unitriangular=False",
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

# ---------------------------------------------------------------- det


def _adjugate(A: Value) -> Value:
    """The matrix of cofactors, transposed: det(A) A⁻¹, and its continuation where A is singular."""
    if A.shape[-1] == 1:
        return np.ones_like(A)
    if not np.isfinite(A).all():
        return np.full_like(A, np.nan)
    u, s, vh = np.linalg.svd(A)
    signs = np.linalg.det(u) * np.linalg.det(vh)
    return (np.swapaxes(vh, -1, -2) * (np.sign(signs)[..., None] * _others(s))[..., None, :]) @ np.swapaxes(u, -1, -2)


def _others(s: Any) -> Any:
    """For each entry the product of all others."""
    n = s.shape[-1]
    table = np.broadcast_to(s[..., None, :], (*s.shape, n)).copy()
    table[..., np.arange(n), np.arange(n)] = 1.0
    return np.prod(table, axis=-1)


def _adjugate_push(A: Value, E: Value) -> Value:
    """The derivative of the adjugate at A in the direction E: in A's singular basis, by products of all but two singular values."""
    n = A.shape[-1]
    if n == 1:
        return np.zeros_like(A)
    u, s, vh = np.linalg.svd(A)
    sign = np.sign(np.linalg.det(u) * np.linalg.det(vh))[..., None, None]
    inner = np.swapaxes(u, -1, -2) @ E @ np.swapaxes(vh, -1, -2)
    rest = np.broadcast_to(s[..., None, None, :], (*s.shape, n, n)).copy()
    each = np.arange(n)
    rest[..., each, :, each] = 1.0
    rest[..., :, each, each] = 1.0
    pairs = np.prod(rest, axis=-1) * (1 - np.eye(n))
    middle = -pairs * inner
    middle[..., each, each] = (pairs @ np.diagonal(inner, axis1=-2, axis2=-1)[..., None])[..., 0]
    return sign * (np.swapaxes(vh, -1, -2) @ middle @ np.swapaxes(u, -1, -2))


def _same_squares(A: Shape, E: Shape) -> Shape:
    if A != E:
        raise OpError("shape.mismatch", f"The adjugate changes in directions of its own shape, {named(A)}, not {named(E)}.")
    return square(A, "adjugate")


def _inverse_terms(o: Any, A: Value, E: Value) -> tuple[Value, Value, Value, Value]:
    """A⁻¹, det A, tr(A⁻¹ E) and A⁻¹ E A⁻¹: D adj(A) E = det A (tr(A⁻¹ E) A⁻¹ - A⁻¹ E A⁻¹)."""
    inverse = o.inv(A)
    return inverse, _scalar(o, o.det(A)), _scalar(o, _dots(o, mT(o, inverse), E)), o.matmul(inverse, o.matmul(E, inverse))


def _adjugate_push_left(o: Any, bar: Value, z: Value, A: Value, E: Value) -> Value:
    """The third derivative of det, for invertible A only."""
    inverse, size, trace, between = _inverse_terms(o, A, E)
    back = mT(o, inverse)
    left, right = mT(o, o.matmul(inverse, E)), mT(o, o.matmul(E, inverse))
    toward = trace * bar + _scalar(o, _dots(o, bar, inverse)) * mT(o, E) - o.matmul(bar, right) - o.matmul(left, bar)
    through = _scalar(o, _dots(o, bar, trace * inverse - between))
    return size * (through * back - o.matmul(back, o.matmul(toward, back)))


def _adjugate_push_along(o: Any, dot: Value, z: Value, A: Value, E: Value) -> Value:
    """The change of the change, for invertible A only."""
    inverse, size, trace, between = _inverse_terms(o, A, E)
    step = -o.matmul(inverse, o.matmul(dot, inverse))
    growth = _scalar(o, _dots(o, mT(o, inverse), dot))
    moved = o.matmul(step, o.matmul(E, inverse)) + o.matmul(inverse, o.matmul(E, step))
    return size * (growth * (trace * inverse - between) + _scalar(o, _dots(o, mT(o, step), E)) * inverse + trace * step - moved)


def _dots(o: Any, a: Value, b: Value) -> Value:
    """The inner product of each pair of matrices."""
    return o.sum(a * b, dim=(-2, -1))


def _scalar(o: Any, x: Value) -> Value:
    """A number for each matrix, ready to multiply it."""
    return o.unsqueeze(o.unsqueeze(x, dim=-1), dim=-1) if np.shape(x) else x


ADJUGATE = array_rule(
    "adjugate",
    "A",
    method=False,
    category="adjoint",
    summary="The adjugate of a square matrix, det(A) A⁻¹ continued to singular ones: the derivative of det.",
    latex=r"\operatorname{adj}\left({0}\right)",
    evaluate=_adjugate,
    measure=lambda A: square(A, "adjugate"),
    cost=cubic(20),
    pull=lambda o, bar, z, A: mT(o, o.adjugate_push(A, mT(o, bar))),
    push=lambda o, dot, z, A: o.adjugate_push(A, dot),
    partials=r"D\operatorname{adj}({0})",
    samples=(sample(SQUARE), sample([[1.0, 2.0], [2.0, 4.0]]), sample(BATCH), sample(np.diag([1.0, 2.0, 0.0]))),
)

ADJUGATE_PUSH = array_rule(
    "adjugate_push",
    "A, E",
    method=False,
    category="adjoint",
    summary="How the adjugate of A changes in the direction E: the second derivative of det.",
    latex=r"D\operatorname{adj}({0})\,{1}",
    evaluate=_adjugate_push,
    measure=_same_squares,
    cost=lambda A, E: 20 * count(A) * A[-1] ** 2 + 1,
    pull=(_adjugate_push_left, lambda o, bar, z, A, E: mT(o, o.adjugate_push(A, mT(o, bar)))),
    push=(_adjugate_push_along, LINEAR),
    partials=(r"D^2\operatorname{adj}({0})\,{1}", r"D\operatorname{adj}({0})"),
    samples=(sample(SQUARE, SYMMETRIC),),
)

_SINGULAR_TANGENT = "torch's forward formula, and its quick reverse one, give 0 at singular matrices"

DET = array_rule(
    "det",
    "A",
    category="linear algebra",
    summary="The determinant.",
    latex=r"\det\left({0}\right)",
    evaluate=np.linalg.det,
    measure=lambda A: square(A, "det")[:-2],
    cost=cubic(1),
    pull=lambda o, bar, z, A: _scalar(o, bar) * mT(o, o.adjugate(A)),
    push=lambda o, dot, z, A: _dots(o, mT(o, o.adjugate(A)), dot),
    partials=r"\operatorname{adj}\left({0}\right)^{\top} = {z}\,{0}^{-\top}",
    form="reduction",
    backward="LinalgDetBackward0",
    conventions=(
        Convention(lambda z, xs, a: bool(np.any(np.equal(z, 0))), "The matrix is singular; the derivative of det is the adjugate, also here."),
    ),
    samples=(
        sample(SQUARE),
        sample(BATCH),
        sample([[1.0, 2.0], [2.0, 4.0]], unlike=_SINGULAR_TANGENT),
        sample(np.diag([1.0, 1.0, 0.0]), unlike=_SINGULAR_TANGENT),
        sample(np.ones((3, 3)), unlike=_SINGULAR_TANGENT),
    ),
)

# ---------------------------------------------------------------- slogdet, logdet


def _to_inverse(o: Any, bar: Value, A: Value) -> Value:
    """bar A⁻ᵀ, the way from log |det A| back to A."""
    return _scalar(o, bar) * mT(o, o.inv(A))


def _along_inverse(o: Any, dot: Value, A: Value) -> Value:
    """tr(A⁻¹ dA)."""
    return _dots(o, mT(o, o.inv(A)), dot)


def _slogdet_pull(o: Any, bar: Value, z: Value, A: Value, result: int = 1) -> Value:
    return _to_inverse(o, bar, A)


def _slogdet_push(o: Any, dot: Value, z: Value, A: Value, result: int = 1) -> Value:
    return _along_inverse(o, dot, A)


_NO_LOGARITHM = Convention(
    lambda z, xs, a: bool(np.any(np.isneginf(z[1] if isinstance(z, tuple) else z))),
    "The matrix is singular: the logarithm of its determinant is -inf and has no derivative.",
)

SLOGDET = array_rule(
    "slogdet",
    "A",
    results=2,
    category="linear algebra",
    summary="The sign of the determinant, and the logarithm of its size.",
    latex=r"\operatorname{slogdet}\left({0}\right)",
    evaluate=lambda A: tuple(np.linalg.slogdet(A)),
    measure=lambda A: (square(A, "slogdet")[:-2], A[:-2]),
    cost=cubic(1),
    pull=_slogdet_pull,
    push=_slogdet_push,
    partials=r"{0}^{-\top}",
    form="reduction",
    closed=lambda slot, A, result=1: result == 0,
    backward="LinalgSlogdetBackward0",
    conventions=(_NO_LOGARITHM,),
    samples=(sample(SQUARE), sample(BATCH), sample([[0.0, 2.0], [1.0, 3.0]])),
)


def _logdet(A: Value) -> Value:
    sign, size = np.linalg.slogdet(A)
    return np.where(sign < 0, np.nan, size)


def _within(o: Any, flow: Value, z: Value) -> Value:
    """Nothing flows where the determinant is negative: there torch has masked the result with NaN."""
    return o.where(np.isnan(primal(z)), 0.0, flow)


LOGDET = array_rule(
    "logdet",
    "A",
    category="linear algebra",
    summary="The logarithm of the determinant.",
    latex=r"\log\det\left({0}\right)",
    evaluate=_logdet,
    measure=lambda A: square(A, "logdet")[:-2],
    cost=cubic(1),
    pull=lambda o, bar, z, A: _to_inverse(o, _within(o, bar, z), A),
    push=lambda o, dot, z, A: _within(o, _along_inverse(o, dot, A), z),
    partials=r"{0}^{-\top}",
    form="reduction",
    backward="WhereBackward0",
    conventions=(
        _NO_LOGARITHM,
        Convention(lambda z, xs, a: bool(np.any(np.isnan(z))), "The determinant is negative: its logarithm is NaN, and torch lets nothing flow."),
    ),
    samples=(sample(SQUARE), sample(SYMMETRIC), sample(BATCH), sample([[0.0, 2.0], [1.0, 3.0]], smooth=False)),
)

# ---------------------------------------------------------------- pinv


@refusing("The pseudoinverse cannot be computed: the matrix has entries that are not finite.")
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
    samples=(sample(ROWS), sample(np.transpose(ROWS)), sample(SQUARE), sample(np.stack([ROWS, ROWS])), sample([[1.0, 2.0], [2.0, 4.0]], smooth=False)),
)

SOLVING = (INV, SOLVE, SOLVE_TRIANGULAR, DET, SLOGDET, LOGDET, PINV, ADJUGATE, ADJUGATE_PUSH)
