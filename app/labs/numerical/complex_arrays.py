"""Array operations off the real line: products and sums as they are, choices by the real part, linear algebra without conjugates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from app.labs.numerical.arithmetic import Arithmetic, NoFormError
from app.labs.numerical.complex_functions import FUNCTIONS, absolute, off_line, refuse_at
from app.labs.numerical.shared import MOVES, PRODUCTS, SHARED, reduced, total
from app.ops.arrays.axes import axes
from app.ops.arrays.classes import by_index, class_dimension
from app.ops.numeric import bound
from app.ops.op import Op
from app.ops.table import OPS

Number = Any
CONJUGATED = frozenset("qr svd eigh eigvalsh pinv".split())
"""Numpy's complex forms of these take conjugates: they are not the analytic ones."""


def bring(value: Any) -> Number:
    """A number as it is: only what is moved leaves the real line."""
    return value


def kept(value: Any) -> Number:
    """A result: an array, or one number."""
    made = np.asarray(value)
    return made if made.ndim else made[()]


def narrow(value: Any) -> Number:
    """A number in half as many bits; masks and indices stay."""
    made = np.asarray(value)
    made = made.astype({"f": np.float32, "c": np.complex64}.get(made.dtype.kind, made.dtype))
    return made if made.ndim else made[()]


def _extreme(name: str) -> Callable[..., Number]:
    """The largest or smallest along dimensions, by real parts; equal ones must be the same."""

    def value(x: Number, dim: Any = None, keepdim: bool = False) -> Number:
        if not np.ndim(x):
            return x
        places = axes(dim, np.ndim(x))
        real = np.real(x)
        mask = real == (np.max if name.endswith("max") else np.min)(real, axis=places, keepdims=True)
        ways = np.sum(mask, axis=places, keepdims=True)
        made = np.sum(np.where(mask, x, 0), axis=places, keepdims=True) / ways
        refuse_at(mask & (ways > 1) & (np.asarray(x) != made), name)
        return made if keepdim else np.squeeze(made, axis=places)

    return value


def _picked(name: str) -> Callable[..., Any]:
    """An operation that gives values and where they stand: where, by the real parts; edges are ties."""

    def value(x: Number, dim: Any = None, keepdim: bool = False, **more: Any) -> Any:
        given = {"dim": dim} | ({"keepdim": keepdim} if keepdim else {}) | more
        given = {key: one for key, one in given.items() if key != "dim" or one is not None}
        taken, where = OPS[name].value([np.real(x)], given)
        if not np.ndim(x):
            return x, where
        place = axes(-1 if dim is None and name in ("sort", "median_dim") else dim or 0, np.ndim(x))[0]
        index = where if np.ndim(where) == np.ndim(x) else np.expand_dims(where, place)
        values = np.take_along_axis(np.asarray(x), np.asarray(index), place)
        if name != "sort":
            tied = np.expand_dims(taken, place) if np.ndim(taken) < np.ndim(x) else taken
            refuse_at((np.real(x) == tied) & (np.asarray(x) != values) & (np.shape(tied) != np.shape(x)), name)
        return (values if np.ndim(where) == np.ndim(x) else np.squeeze(values, axis=place)), where

    return value


def _median(x: Number) -> Number:
    flat = np.ravel(x)
    return flat[np.argsort(np.real(flat), kind="stable")[(flat.size - 1) // 2]]


def _asked(name: str) -> Callable[..., Any]:
    """An operation whose result depends on the real parts alone."""
    return lambda x, **more: OPS[name].value([np.real(x)], more)


def _norm(x: Number, p: Any = "fro", dim: Any = None, keepdim: bool = False) -> Number:
    if p in ("fro", 2, None):
        return np.sqrt(total(np.asarray(x) * x, dim, keepdim))
    order = float(p) if not isinstance(p, str) else np.nan
    if np.isinf(order):
        return _extreme("amax" if order > 0 else "amin")(absolute(np.asarray(x)), dim, keepdim)
    if not order > 0:
        raise NoFormError(f"norm with p = {p} has no complex form here.")
    return np.power(total(np.power(absolute(np.asarray(x)), order), dim, keepdim), 1 / order)


def _matrix_norm(A: Number, p: Any = "fro", dim: Any = (-2, -1), keepdim: bool = False) -> Number:
    if p not in ("fro", None):
        raise NoFormError(f"matrix_norm with p = {p} has no complex form here.")
    return np.sqrt(total(A * A, dim, keepdim))


def _slogdet(A: Number) -> tuple[Number, Number]:
    size = np.linalg.det(A)
    sign = np.where(np.real(size) < 0, -1.0, 1.0)
    return sign, np.log(sign * size)


def _logdet(A: Number) -> Number:
    sign, size = _slogdet(A)
    return np.where(sign < 0, complex(np.nan, np.nan), size)


def _cholesky(A: Number) -> Number:
    """The factor with A = L Lᵀ, column by column: with a conjugate it would be another one."""
    A = np.asarray(A)
    made = np.zeros(A.shape, dtype=complex)
    for k in range(A.shape[-1]):
        rest = A[..., k:, k] - np.sum(made[..., k:, :k] * made[..., k : k + 1, :k], axis=-1)
        refuse_at(np.real(rest[..., 0]) <= 0, "cholesky")
        made[..., k:, k] = rest / np.sqrt(rest[..., :1])
    return made


def _triangular(A: Number, B: Number, upper: bool, left: bool = True, unitriangular: bool = False) -> Number:
    part = np.triu(A) if upper else np.tril(A)
    size = np.shape(A)[-1]
    part = part * (1 - np.eye(size)) + np.eye(size) if unitriangular else part
    if left:
        return np.linalg.solve(part, B)
    return np.swapaxes(np.linalg.solve(np.swapaxes(part, -1, -2), np.swapaxes(B, -1, -2)), -1, -2)


def _exponential(A: Number) -> Number:
    from scipy.linalg import expm  # noqa: PLC0415  it takes longer than all the rest to load

    return expm(np.asarray(A))


def _distance(x: Number, target: Number, reduction: str = "mean") -> Number:
    return reduced(absolute(np.asarray(x - target)), reduction)


def _huber(x: Number, target: Number, reduction: str = "mean", delta: float = 1.0) -> Number:
    size = absolute_or_same(x - target)
    return reduced(np.where(np.real(size) < delta, 0.5 * size * size, delta * (size - 0.5 * delta)), reduction)


def _smooth(x: Number, target: Number, reduction: str = "mean", beta: float = 1.0) -> Number:
    size = absolute_or_same(x - target)
    return reduced(np.where(np.real(size) < beta, np.divide(0.5 * size * size, beta), size - 0.5 * beta), reduction)


def absolute_or_same(x: Number) -> Number:
    """The absolute value where only its square counts near 0."""
    return np.where(np.real(x) < 0, np.negative(x), x)


def _entropy(x: Number, target: Number, reduction: str = "mean") -> Number:
    terms = -(target * np.maximum(np.log(x), -100) + (1 - target) * np.maximum(np.log1p(np.negative(x)), -100))
    return reduced(terms, reduction)


def _logit_entropy(x: Number, target: Number, reduction: str = "mean") -> Number:
    below = np.real(x) < 0
    size = np.where(below, np.negative(x), x)
    return reduced((1 - target) * x + np.where(below, size, 0) + np.log1p(np.exp(np.negative(size))), reduction)


def _cross_entropy(x: Number, target: Number, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100) -> Number:
    place = class_dimension(np.shape(x))
    logs = SHARED["log_softmax"](x, place)
    if by_index(np.shape(x), np.shape(target)):
        if label_smoothing:
            raise NoFormError("cross_entropy with label_smoothing has no complex form here.")
        return _carried(OPS["nll_loss"], [logs, target], {"reduction": reduction, "ignore_index": ignore_index})
    even = label_smoothing / max(1, np.shape(x)[place])
    return reduced(-np.sum(logs * (target * (1 - label_smoothing) + even), axis=place), reduction)


def _cross(a: Number, b: Number, dim: Any = -1) -> Number:
    return np.cross(a, b, axis=axes(dim, np.ndim(a))[0])


def _stack(*tensors: Number, dim: Any = 0) -> Number:
    return np.stack(tensors, axis=axes(dim, np.ndim(tensors[0]) + 1)[0])


ARRAYS: Mapping[str, Callable[..., Any]] = {
    **SHARED,
    **{name: _extreme(name) for name in ("max", "min", "amax", "amin")},
    **{name: _picked(name) for name in ("max_dim", "min_dim", "median_dim", "sort")},
    **{name: _asked(name) for name in ("argmax", "argmin", "argsort", "all", "any")},
    "median": _median, "norm": _norm, "matrix_norm": _matrix_norm, "slogdet": _slogdet, "logdet": _logdet,
    "cholesky": _cholesky, "solve_triangular": _triangular, "matrix_exp": _exponential,
    "l1_loss": _distance, "huber_loss": _huber, "smooth_l1_loss": _smooth, "binary_cross_entropy": _entropy,
    "binary_cross_entropy_with_logits": _logit_entropy, "cross_entropy": _cross_entropy, "cross": _cross, "stack": _stack,
}  # fmt: skip


CARRIED = frozenset("cummax cummin max_pool2d nll_loss".split())
"""They choose entries of their first operand by its real part, or add them up: so does their tangent, which takes any number."""


class Analytic:
    """The namespace ``o`` of rules, on numbers off the real line."""

    plain = False

    def __getattr__(self, name: str) -> Callable[..., Number]:
        """The operation of that name."""
        op = OPS[name]
        return lambda *given, **named: ARITHMETIC.value(op, *bound(op, given, named))


NAMESPACE = Analytic()


def _carried(op: Op, inputs: Sequence[Number], attributes: Mapping[str, Any]) -> Any:
    """The forward rule applied to the operand itself."""
    reals = [np.real(x) for x in inputs]
    real = op.value(reals, attributes)
    first = op.jvp(NAMESPACE, 0, inputs[0], real, reals, {**attributes, "result": 0} if op.results > 1 else attributes)
    return (first, *real[1:]) if op.results > 1 else first


def _log_sigmoid(x: Number) -> Number:
    """Smooth at 0, where its text has a corner on either side."""
    below = np.real(x) < 0
    return np.where(below, x, 0) - np.log1p(np.exp(np.where(below, x, np.negative(x))))


def _otherwise(op: Op, inputs: Sequence[Number], attributes: Mapping[str, Any]) -> Any:
    """Moves and products as they are; for all else there is no form."""
    if op.name in MOVES or op.name in PRODUCTS or not off_line(*inputs):
        return op.value(inputs, attributes)
    if op.name in CARRIED and not off_line(*inputs[1:]):
        return _carried(op, inputs, attributes)
    if op.name in CONJUGATED:
        raise NoFormError(f"{op.name} has no complex form here: numpy's takes conjugates, and is not analytic.")
    raise NoFormError(f"{op.name} has no complex form here.")


ELEMENTS = {"logsigmoid": _log_sigmoid}
ARITHMETIC = Arithmetic(FUNCTIONS, ARRAYS, ELEMENTS, _otherwise, bring, kept)
NARROW = Arithmetic(FUNCTIONS, ARRAYS, ELEMENTS, _otherwise, narrow, narrow)
"""The same with every number rounded to 24 bits: complex64 and float32."""
