"""Determinants: det, slogdet, logdet; and the adjugate, which is the derivative of det."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.adjugates import dots, scalar
from app.ops.arrays.lapack import BATCH, SYMMETRIC, cubic
from app.ops.arrays.patterns import SQUARE, mT, square
from app.ops.arrays.rule import array_rule, primal, sample
from app.ops.op import Convention, Value

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
    pull=lambda o, bar, z, A: scalar(o, bar) * mT(o, o.adjugate(A)),
    push=lambda o, dot, z, A: dots(o, mT(o, o.adjugate(A)), dot),
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
    return scalar(o, bar) * mT(o, _inverse(o, size, A))


def _along_inverse(o: Any, dot: Value, size: Value, A: Value) -> Value:
    """tr(A⁻¹ dA)."""
    return dots(o, mT(o, _inverse(o, size, A)), dot)


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

DETERMINANTS = (DET, SLOGDET, LOGDET)
