"""The derivative of a determinant, and its own derivative: adjugate, adjugate_push."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named
from app.ops.arrays.lapack import BATCH, SYMMETRIC, cubic
from app.ops.arrays.patterns import SQUARE, mT, square
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Shape, Value


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
    return inverse, scalar(o, o.det(A)), scalar(o, dots(o, mT(o, inverse), E)), o.matmul(inverse, o.matmul(E, inverse))


def _adjugate_push_left(o: Any, bar: Value, z: Value, A: Value, E: Value) -> Value:
    """The third derivative of det, for invertible A only."""
    inverse, size, trace, between = _inverse_terms(o, A, E)
    back = mT(o, inverse)
    left, right = mT(o, o.matmul(inverse, E)), mT(o, o.matmul(E, inverse))
    toward = trace * bar + scalar(o, dots(o, bar, inverse)) * mT(o, E) - o.matmul(bar, right) - o.matmul(left, bar)
    through = scalar(o, dots(o, bar, trace * inverse - between))
    return size * (through * back - o.matmul(back, o.matmul(toward, back)))


def _adjugate_push_along(o: Any, dot: Value, z: Value, A: Value, E: Value) -> Value:
    """The change of the change, for invertible A only."""
    inverse, size, trace, between = _inverse_terms(o, A, E)
    step = -o.matmul(inverse, o.matmul(dot, inverse))
    growth = scalar(o, dots(o, mT(o, inverse), dot))
    moved = o.matmul(step, o.matmul(E, inverse)) + o.matmul(inverse, o.matmul(E, step))
    return size * (growth * (trace * inverse - between) + scalar(o, dots(o, mT(o, step), E)) * inverse + trace * step - moved)


def dots(o: Any, a: Value, b: Value) -> Value:
    """The inner product of each pair of matrices."""
    return o.sum(a * b, dim=(-2, -1))


def scalar(o: Any, x: Value) -> Value:
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
