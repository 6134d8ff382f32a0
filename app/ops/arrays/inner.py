"""Products over the last dimensions, and of all with all: inner, outer."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named
from app.ops.arrays.products import misfit
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Shape, Value


def _inner_shape(a: Shape, b: Shape) -> Shape:
    """All dimensions but the last of each."""
    if not a or not b:
        return a or b
    if a[-1] != b[-1]:
        raise misfit(a, b, (a[-1], b[-1]))
    return a[:-1] + b[:-1]


def _inner_left(o: Any, bar: Value, z: Value, a: Value, b: Value) -> Value:
    return _inner_side(o, bar, a, b, first=True)


def _inner_right(o: Any, bar: Value, z: Value, a: Value, b: Value) -> Value:
    return _inner_side(o, bar, b, a, first=False)


def _inner_side(o: Any, bar: Value, mine: Value, other: Value, *, first: bool) -> Value:
    """The adjoint of one side: bar with the other's rows, flattened to matrices."""
    shape, others = np.shape(mine), np.shape(other)
    if not shape:
        return o.sum(bar * other)
    if not others:
        return bar * other
    rows, columns = count(shape[:-1]), count(others[:-1])
    flat = o.reshape(bar, shape=(rows, columns) if first else (columns, rows))
    if not first:
        flat = o.t(flat)
    return o.reshape(o.matmul(flat, o.reshape(other, shape=(columns, others[-1]))), shape=shape)


def _inner_grad_fn(a: Shape, b: Shape) -> str:
    return "MulBackward0" if not a or not b else "ViewBackward0"


INNER = array_rule(
    "inner",
    "a, b",
    category="linear algebra",
    summary="Inner products over the last dimension of each operand.",
    latex=r"\left\langle {0},\, {1} \right\rangle",
    evaluate=np.inner,
    measure=_inner_shape,
    cost=lambda a, b: count(_inner_shape(a, b)) * (a or (1,))[-1] + 1,
    pull=(_inner_left, _inner_right),
    push=(LINEAR, LINEAR),
    partials=(r"\bar{z} \mapsto \bar{z}\,{1}", r"\bar{z} \mapsto \bar{z}^{\top}{0}"),
    form="matmul",
    backward=_inner_grad_fn,
    samples=(
        sample([0.5, -1.0, 2.0], [1.5, 0.25, 1.0]),
        sample([[1.0, 2.0], [3.0, 4.0], [0.0, -1.0]], [[0.5, -1.0], [2.0, 1.0]]),
        sample(2.5, [1.0, 3.0]),
    ),
)


def _outer_shape(a: Shape, b: Shape) -> Shape:
    if len(a) != 1 or len(b) != 1:
        raise OpError("shape.mismatch", f"outer takes two vectors, not {named(a)} and {named(b)}.")
    return (a[0], b[0])


OUTER = array_rule(
    "outer",
    "a, b",
    aliases=("ger",),
    category="linear algebra",
    summary="The table of all products of entries of two vectors.",
    latex=r"{0}\,{1}^{\top}",
    evaluate=np.multiply.outer,
    measure=_outer_shape,
    pull=(lambda o, bar, z, a, b: o.matmul(bar, b), lambda o, bar, z, a, b: o.matmul(a, bar)),
    push=(LINEAR, LINEAR),
    partials=(r"\bar{z} \mapsto \bar{z}\,{1}", r"\bar{z} \mapsto \bar{z}^{\top}{0}"),
    form="matmul",
    backward="MulBackward0",
    samples=(sample([0.5, -1.0, 2.0], [1.5, 0.25]),),
)
