"""kron and cross."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axis, broadcast, named
from app.ops.arrays.patterns import ROWS
from app.ops.arrays.reduction import real
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Shape, Value

# ---------------------------------------------------------------- kron


def _padded(a: Shape, b: Shape) -> tuple[Shape, Shape]:
    """Both shapes with the same number of dimensions."""
    rank = max(len(a), len(b))
    return (1,) * (rank - len(a)) + a, (1,) * (rank - len(b)) + b


def _kron_shape(a: Shape, b: Shape) -> Shape:
    return tuple(m * n for m, n in zip(*_padded(a, b), strict=True))


def _interleaved(first: Shape, second: Shape) -> Shape:
    return tuple(side for pair in zip(first, second, strict=True) for side in pair)


def _kron_side(o: Any, bar: Value, mine: Value, other: Value, *, first: bool) -> Value:
    """The sum over the other operand of its entries times their blocks of bar."""
    if not np.shape(bar):
        return bar * other
    sides, others = _padded(np.shape(mine), np.shape(other))
    ones = (1,) * len(sides)
    split = _interleaved(sides, others) if first else _interleaved(others, sides)
    weight = o.reshape(other, shape=_interleaved(ones, others) if first else _interleaved(others, ones))
    dims = tuple(range(1 if first else 0, 2 * len(sides), 2))
    return o.reshape(o.sum(o.reshape(bar, shape=split) * weight, dim=dims), shape=np.shape(mine))


def _kron_grad_fn(a: Shape, b: Shape) -> str:
    return "UnsafeViewBackward0" if a or b else "ViewBackward0"


KRON = array_rule(
    "kron",
    "a, b",
    category="linear algebra",
    summary="The Kronecker product: a block for each entry of the first operand.",
    latex=r"{0} \otimes {1}",
    evaluate=np.kron,
    measure=_kron_shape,
    cost=lambda a, b: count(a) * count(b) + 1,
    pull=(lambda o, bar, z, a, b: _kron_side(o, bar, a, b, first=True), lambda o, bar, z, a, b: _kron_side(o, bar, b, a, first=False)),
    push=(LINEAR, LINEAR),
    partials=(r"\dot{x} \mapsto \dot{x} \otimes {1}", r"\dot{x} \mapsto {0} \otimes \dot{x}"),
    backward=_kron_grad_fn,
    samples=(
        sample([[1.0, 2.0], [3.0, 4.0]], ROWS),
        sample([1.0, 2.0], [0.5, -1.0, 2.0]),
        sample([1.0, 2.0], ROWS),
        sample(2.0, [1.0, 3.0]),
    ),
)

# ---------------------------------------------------------------- cross


def _cross_shape(a: Shape, b: Shape, dim: Any = -1) -> Shape:
    made = broadcast(a, b)
    if not made or len(a) != len(b) or a[axis(dim, len(a))] != 3 or b[axis(dim, len(b))] != 3:
        raise OpError("shape.mismatch", f"The cross product takes vectors of three entries, not {named(a)} and {named(b)}.")
    return made


def _cross(a: Value, b: Value, dim: Any = -1) -> Value:
    return np.cross(real(a, "cross"), real(b, "cross"), axis=axis(dim, np.ndim(a)))


CROSS = array_rule(
    "cross",
    "a, b; dim=-1",
    category="linear algebra",
    summary="The cross product of vectors with three entries.",
    latex=r"{0} \times {1}",
    torch="torch.linalg.cross",
    evaluate=_cross,
    measure=_cross_shape,
    cost=lambda a, b, dim=-1: 6 * count(broadcast(a, b)) + 1,
    pull=(
        lambda o, bar, z, a, b, dim=-1: o.sum_to_size(o.cross(b, bar, dim=dim), size=np.shape(a)),
        lambda o, bar, z, a, b, dim=-1: o.sum_to_size(o.cross(bar, a, dim=dim), size=np.shape(b)),
    ),
    push=(LINEAR, LINEAR),
    partials=(r"\dot{x} \mapsto \dot{x} \times {1}", r"\dot{x} \mapsto {0} \times \dot{x}"),
    backward="LinalgCrossBackward0",
    samples=(
        sample([1.0, 2.0, -1.0], [0.5, 1.5, 3.0]),
        sample(ROWS, [[0.5, 1.5, 3.0], [1.0, 0.0, 2.0]]),
        sample(np.transpose(ROWS), np.transpose([[0.5, 1.5, 3.0]]), dim=0),
    ),
)

TENSOR_PRODUCTS = (KRON, CROSS)
