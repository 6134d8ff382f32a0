"""Determinants: det, slogdet, logdet; and the adjugate, which is the derivative of det."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named
from app.ops.arrays.patterns import SQUARE, mT, square
from app.ops.arrays.rule import LINEAR, array_rule, count, primal, sample
from app.ops.arrays.solving import BATCH, SYMMETRIC, cubic
from app.ops.op import Convention, Shape, Value


def _adjugate(A: Value) -> Value:
    """The matrix of cofactors, transposed: det(A) A⁻¹, and its continuation where A is singular."""
    if A.shape[-1] <= 1:
        return np.ones_like(A)
    if not np.isfinite(A).all():
        return np.full_like(A, np.nan)
    u, s, vh = np.linalg.svd(A)
    signs = np.linalg.det(u) * np.linalg.det(vh)
    return (np.swapaxes(vh, -1, -2) * (np.sign(signs)[..., None] * _others(s))[..., None, :]) @ np.swapaxes(u, -1, -2)


def _others(s: Any) -> Any:
    """For each entry the product of all others."""
    ones = np.ones((*s.shape[:-1], 1))
    before = np.cumprod(np.concatenate([ones, s[..., :-1]], axis=-1), axis=-1)
    after = np.cumprod(np.concatenate([ones, s[..., :0:-1]], axis=-1), axis=-1)[..., ::-1]
    return before * after


def _adjugate_push(A: Value, E: Value) -> Value:
    """The derivative of the adjugate at A in the direction E: in A's singular basis, by products of all but two singular values."""
    n = A.shape[-1]
    if n <= 1:
        return np.zeros_like(A)
    if not (np.isfinite(A).all() and np.isfinite(E).all()):
        return np.full_like(A, np.nan)
    u, s, vh = np.linalg.svd(A)
    sign = np.sign(np.linalg.det(u) * np.linalg.det(vh))[..., None, None]
    inner = np.swapaxes(u, -1, -2) @ E @ np.swapaxes(vh, -1, -2)
    each = np.arange(n)
    rest = np.broadcast_to(s[..., None, :], (*s.shape, n)).copy()
    rest[..., each, each] = 1.0
    pairs = _others(rest) * (1 - np.eye(n))
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
        Convention(
            lambda z, xs, a: bool(np.any(np.equal(z, 0))), "The matrix is singular; the derivative of det is the adjugate, also here."
        ),
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


def _inverse(o: Any, size: Value, A: Value) -> Value:
    """A⁻¹; NaN where log |det A| is -inf, since there is none."""
    none = np.asarray(np.isneginf(primal(size)))
    if not none.any():
        return o.inv(A)
    none = none[..., None, None]
    return o.where(none, np.nan, o.inv(o.where(none, np.eye(np.shape(A)[-1]), A)))


def _to_inverse(o: Any, bar: Value, size: Value, A: Value) -> Value:
    """bar A⁻ᵀ, the way from log |det A| back to A."""
    return _scalar(o, bar) * mT(o, _inverse(o, size, A))


def _along_inverse(o: Any, dot: Value, size: Value, A: Value) -> Value:
    """tr(A⁻¹ dA)."""
    return _dots(o, mT(o, _inverse(o, size, A)), dot)


def _slogdet_pull(o: Any, bar: Value, z: Value, A: Value, result: int = 1) -> Value:
    """The sign is constant: nothing comes back from it."""
    return _to_inverse(o, bar, z[1], A) if result == 1 else np.zeros(np.shape(A))


def _slogdet_push(o: Any, dot: Value, z: Value, A: Value, result: int = 1) -> Value:
    return _along_inverse(o, dot, z[1], A) if result == 1 else o.mul(0.0, z[0])


def _slogdet(A: Value) -> tuple[Value, Value]:
    """The sign of NaN is 0, as torch has it."""
    sign, size = np.linalg.slogdet(A)
    return np.where(np.isnan(size), 0.0, sign), size


_NO_LOGARITHM = Convention(
    lambda z, xs, a: bool(np.any(np.isneginf(z[1] if isinstance(z, tuple) else z))),
    "The matrix is singular: the logarithm of its determinant is -inf, its derivative NaN (torch refuses to give one).",
)

SLOGDET = array_rule(
    "slogdet",
    "A",
    results=2,
    reads=(0, -1),
    category="linear algebra",
    summary="The sign of the determinant, and the logarithm of its size.",
    latex=r"\operatorname{slogdet}\left({0}\right)",
    evaluate=_slogdet,
    measure=lambda A: (square(A, "slogdet")[:-2], A[:-2]),
    cost=cubic(1),
    pull=_slogdet_pull,
    push=_slogdet_push,
    partials=r"{0}^{-\top}",
    form="reduction",
    backward="LinalgSlogdetBackward0",
    conventions=(_NO_LOGARITHM,),
    samples=(
        sample(SQUARE),
        sample(BATCH),
        sample([[0.0, 2.0], [1.0, 3.0]]),
    ),
)


def _logdet(A: Value) -> Value:
    sign, size = np.linalg.slogdet(A)
    return np.where(sign < 0, np.nan, size)


def _within(o: Any, flow: Value, z: Value, A: Value) -> Value:
    """Nothing flows where the determinant is negative: there torch has masked the result with NaN. A NaN of the matrix flows on."""
    negative = np.isnan(primal(z)) & ~np.isnan(primal(A)).any(axis=(-2, -1))
    return o.where(negative, 0.0, flow)


LOGDET = array_rule(
    "logdet",
    "A",
    reads=(0, -1),
    category="linear algebra",
    summary="The logarithm of the determinant.",
    latex=r"\log\det\left({0}\right)",
    evaluate=_logdet,
    measure=lambda A: square(A, "logdet")[:-2],
    cost=cubic(1),
    pull=lambda o, bar, z, A: _to_inverse(o, _within(o, bar, z, A), z, A),
    push=lambda o, dot, z, A: _within(o, _along_inverse(o, dot, z, A), z, A),
    partials=r"{0}^{-\top}",
    form="reduction",
    backward="WhereBackward0",
    conventions=(
        _NO_LOGARITHM,
        Convention(
            lambda z, xs, a: bool(np.any(np.isnan(z))), "The determinant is negative: its logarithm is NaN, and torch lets nothing flow."
        ),
    ),
    samples=(sample(SQUARE), sample(SYMMETRIC), sample(BATCH), sample([[0.0, 2.0], [1.0, 3.0]], smooth=False)),
)

DETERMINANTS = (DET, SLOGDET, LOGDET, ADJUGATE, ADJUGATE_PUSH)
