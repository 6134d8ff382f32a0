"""Products: matmul in all ranks, and its special cases by name."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import broadcast, named
from app.ops.arrays.rule import LINEAR, ArrayOp, array_rule, count, plain, sample
from app.ops.op import Shape, Value

LEFT, RIGHT = "the left side", "the right side"


def misfit(a: Shape, b: Shape, inner: tuple[int, int]) -> OpError:
    """The error of a product whose inner numbers differ."""
    message = f"Shapes don't fit: {LEFT} is {_has(a)}, {RIGHT} {_has(b, verb=True)}. The inner numbers must match: {inner[0]} ≠ {inner[1]}."
    hint = None
    if len(a) == 2 and len(b) == 2 and a[0] == b[0]:
        hint = "Transpose one of them with .T?"
    return OpError("shape.mismatch", message, hint, left=list(a), right=list(b))


def _has(shape: Shape, *, verb: bool = False) -> str:
    """``3×4``, or ``has 3 entries``."""
    if len(shape) == 1:
        return f"{'has' if verb else 'a vector with'} {named(shape)}"
    return f"{'is ' if verb else ''}{named(shape)}"


def matmul_shape(a: Shape, b: Shape) -> Shape:
    """The shape of ``a @ b``."""
    if len(a) == 2 and len(b) == 2:
        if a[1] != b[0]:
            raise misfit(a, b, (a[1], b[0]))
        return (a[0], b[1])
    if not a or not b:
        side = LEFT if not a else RIGHT
        raise OpError("shape.mismatch", f"@ multiplies matrices and vectors; {side} is a single number.", "Use * for a number.")
    inner = a[-1], b[-2] if len(b) > 1 else b[0]
    if inner[0] != inner[1]:
        raise misfit(a, b, inner)
    return broadcast(a[:-2], b[:-2]) + a[:-1][-1:] + (b[-1:] if len(b) > 1 else ())


def matmul_work(a: Shape, b: Shape) -> int:
    """m·n·k multiplications."""
    return count(matmul_shape(a, b)) * a[-1] + 1


def matmul_left(o: Any, bar: Value, z: Value, a: Value, b: Value) -> Value:
    """bar @ bᵀ, in the shape of a."""
    da, db = np.shape(a), np.shape(b)
    if len(da) == 2:
        if len(db) == 2:
            return np.matmul(bar, b.T) if plain(o) else o.matmul(bar, o.t(b))
        if len(db) == 1:
            return o.outer(bar, b)
    if len(da) == 1:
        if len(db) == 1:
            return bar * b
        if len(db) == 2:
            return o.matmul(b, bar)
        return _over_batch(o, o.mul(b, o.unsqueeze(bar, dim=-2)), (-1, *range(len(db) - 2)))
    if len(db) == 1:
        return o.mul(o.unsqueeze(bar, dim=-1), b)
    return o.sum_to_size(o.matmul(bar, o.transpose(b, dim0=-2, dim1=-1)), size=da)


def matmul_right(o: Any, bar: Value, z: Value, a: Value, b: Value) -> Value:
    """aᵀ @ bar, in the shape of b."""
    da, db = np.shape(a), np.shape(b)
    if len(da) == 2:
        if len(db) <= 2:
            return np.matmul(a.T, bar) if plain(o) else o.matmul(o.t(a), bar)
    elif len(da) == 1:
        if len(db) == 1:
            return bar * a
        if len(db) == 2:
            return o.outer(a, bar)
        return o.mul(o.unsqueeze(a, dim=-1), o.unsqueeze(bar, dim=-2))
    if len(db) == 1:
        return _over_batch(o, o.mul(a, o.unsqueeze(bar, dim=-1)), tuple(range(len(da) - 1)))
    return o.sum_to_size(o.matmul(o.transpose(a, dim0=-2, dim1=-1), bar), size=db)


def _over_batch(o: Any, terms: Value, dims: tuple[int, ...]) -> Value:
    return o.sum(terms, dim=dims)


def matmul_grad_fn(a: Shape, b: Shape) -> str:
    """The node that torch makes for ``@``: it depends on the ranks."""
    ranks = min(len(a), 3), min(len(b), 3)
    table = {(1, 1): "DotBackward0", (2, 2): "MmBackward0", (2, 1): "MvBackward0", (1, 2): "SqueezeBackward4", (2, 3): "CloneBackward0"}
    return table.get(ranks, "UnsafeViewBackward0")


def _ranked(name: str, left: int, right: int) -> Any:
    """The shape rule of a product that torch defines for given ranks only."""
    words = {1: "a vector", 2: "a matrix", 3: "a batch of matrices"}

    def measure(a: Shape, b: Shape) -> Shape:
        if (len(a), len(b)) != (left, right):
            message = f"{name} takes {words[left]} and {words[right]}, not {named(a)} and {named(b)}."
            raise OpError("shape.mismatch", message, "matmul, or @, takes every combination.")
        return matmul_shape(a, b)

    return measure


_MATMUL_PARTIALS = (r"\bar{z} \mapsto \bar{z}\,{1}^{\top}", r"\bar{z} \mapsto {0}^{\top}\,\bar{z}")

MATMUL = array_rule(
    "matmul",
    "a, b",
    category="linear algebra",
    summary="The matrix product: of matrices, of matrices and vectors, of vectors (a number), and of batches.",
    latex=r"{0}\,{1}",
    evaluate=np.matmul,
    measure=matmul_shape,
    cost=matmul_work,
    pull=(matmul_left, matmul_right),
    push=(LINEAR, LINEAR),
    partials=_MATMUL_PARTIALS,
    form="matmul",
    backward=matmul_grad_fn,
    samples=(
        sample([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]], [[1.0, 2.0], [0.0, -1.0], [2.0, 0.25]]),
        sample([[1.0, 2.0], [3.0, 4.0]], [0.5, -1.0]),
        sample([0.5, -1.0], [[1.0, 2.0, 5.0], [3.0, 4.0, -2.0]]),
        sample([0.5, -1.0, 2.0], [1.5, 0.25, 1.0]),
        sample(np.linspace(-1, 2, 12).reshape(2, 2, 3), np.linspace(1, -3, 12).reshape(2, 3, 2)),
        sample(np.linspace(-1, 2, 12).reshape(2, 2, 3), np.linspace(1, -3, 6).reshape(3, 2)),
        sample(np.linspace(-1, 2, 6).reshape(2, 3), np.linspace(1, -3, 12).reshape(2, 3, 2)),
        sample(np.linspace(-1, 2, 12).reshape(2, 2, 3), np.array([0.5, -1.0, 2.0])),
        sample(np.array([0.5, -1.0, 2.0]), np.linspace(1, -3, 12).reshape(2, 3, 2)),
        sample(np.linspace(-1, 2, 18).reshape(3, 1, 2, 3), np.linspace(1, -3, 12).reshape(2, 3, 2)),
    ),
)

MM = array_rule(
    "mm",
    "a, b",
    category="linear algebra",
    summary="The product of two matrices.",
    latex=r"{0}\,{1}",
    evaluate=np.matmul,
    measure=_ranked("mm", 2, 2),
    cost=matmul_work,
    pull=(matmul_left, matmul_right),
    push=(LINEAR, LINEAR),
    partials=_MATMUL_PARTIALS,
    form="matmul",
    backward="MmBackward0",
    samples=(sample([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]], [[1.0, 2.0], [0.0, -1.0], [2.0, 0.25]]),),
)

MV = array_rule(
    "mv",
    "a, b",
    category="linear algebra",
    summary="The product of a matrix and a vector.",
    latex=r"{0}\,{1}",
    evaluate=np.matmul,
    measure=_ranked("mv", 2, 1),
    cost=matmul_work,
    pull=(matmul_left, matmul_right),
    push=(LINEAR, LINEAR),
    partials=_MATMUL_PARTIALS,
    form="matmul",
    backward="MvBackward0",
    samples=(sample([[1.0, 2.0], [3.0, 4.0], [0.0, -1.0]], [0.5, -1.0]),),
)

BMM = array_rule(
    "bmm",
    "a, b",
    category="linear algebra",
    summary="The products of two batches of matrices, one by one.",
    latex=r"{0}\,{1}",
    evaluate=np.matmul,
    measure=_ranked("bmm", 3, 3),
    cost=matmul_work,
    pull=(matmul_left, matmul_right),
    push=(LINEAR, LINEAR),
    partials=_MATMUL_PARTIALS,
    form="matmul",
    backward="BmmBackward0",
    samples=(sample(np.linspace(-1, 2, 12).reshape(2, 2, 3), np.linspace(1, -3, 12).reshape(2, 3, 2)),),
)

_DOT_PARTIALS = (r"{1}^{\top}", r"{0}^{\top}")


def _inner_product(name: str, summary: str) -> ArrayOp:
    """dot and vdot, which are one operation of real numbers."""
    return array_rule(
        name,
        "a, b",
        category="linear algebra",
        summary=summary,
        latex=r"{0}^{\top}{1}",
        evaluate=np.dot,
        measure=_ranked(name, 1, 1),
        cost=matmul_work,
        pull=(matmul_left, matmul_right),
        push=(LINEAR, LINEAR),
        partials=_DOT_PARTIALS,
        form="reduction",
        backward=f"{name.capitalize()}Backward0",
        samples=(sample([0.5, -1.0, 2.0], [1.5, 0.25, 1.0]),),
    )


DOT = _inner_product("dot", "The inner product of two vectors.")
VDOT = _inner_product("vdot", "The inner product of two vectors (of real numbers: dot).")

# ---------------------------------------------------------------- inner, outer
PRODUCTS = (MATMUL, MM, MV, BMM, DOT, VDOT)
