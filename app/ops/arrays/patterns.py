"""Parts of matrices: trace, tril, triu, diag, diagonal."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axis, named, whole
from app.ops.arrays.rule import LINEAR, array_rule, sample
from app.ops.op import Shape, Value

SQUARE = [[2.0, -1.0, 0.5], [1.0, 3.0, -2.0], [0.25, 1.5, 1.0]]
ROWS = [[1.5, -2.0, 0.5], [0.25, 3.0, -1.0]]


def mT(o: Any, x: Value) -> Value:
    """Every matrix of a batch transposed."""
    return o.transpose(x, dim0=-2, dim1=-1) if len(np.shape(x)) > 2 else o.t(x)


def matrix(shape: Shape, name: str) -> Shape:
    """The shape, if it is a matrix's or a batch's."""
    if len(shape) < 2:
        raise OpError("shape.mismatch", f"{name} takes a matrix, not {named(shape)}.")
    return shape


def square(shape: Shape, name: str) -> Shape:
    """The shape, if it is of square matrices."""
    if len(shape) < 2 or shape[-1] != shape[-2]:
        raise OpError("shape.mismatch", f"{name} takes a square matrix, not {named(shape)}.")
    return shape


# ---------------------------------------------------------------- trace


def _trace_shape(x: Shape) -> Shape:
    if len(x) != 2:
        raise OpError("shape.mismatch", f"trace takes a matrix, not {named(x)}.")
    return ()


TRACE = array_rule(
    "trace",
    "x",
    aliases=("tr",),
    category="linear algebra",
    summary="The sum of the diagonal.",
    latex=r"\operatorname{tr}\left({0}\right)",
    evaluate=np.trace,
    measure=_trace_shape,
    pull=lambda o, bar, z, x: o.where(np.eye(*np.shape(x), dtype=np.bool_), bar, 0.0),
    push=LINEAR,
    partials=r"I",
    form="reduction",
    backward="TraceBackward0",
    samples=(sample(SQUARE), sample(ROWS)),
)

# ---------------------------------------------------------------- tril, triu


def _triangle(name: str, function: Any, word: str) -> Any:
    """tril, triu: linear, and their own adjoints."""
    return array_rule(
        name,
        "x; diagonal=0",
        renamed={"k": "diagonal"},
        category="linear algebra",
        summary=f"The {word} triangle of a matrix, zeros elsewhere.",
        latex=rf"\operatorname{{{name}}}\left({{0}}\right)",
        evaluate=lambda x, diagonal=0: function(x, whole(diagonal, "A diagonal")),
        measure=lambda x, diagonal=0: matrix(x, name),
        pull=lambda o, bar, z, x, diagonal=0: getattr(o, name)(bar, diagonal=diagonal),
        push=LINEAR,
        partials=rf"\bar{{z}} \mapsto \operatorname{{{name}}}(\bar{{z}})",
        form="selection",
        backward=f"{name.capitalize()}Backward0",
        samples=(sample(SQUARE), sample(SQUARE, diagonal=-1), sample(ROWS, diagonal=1)),
    )


# ---------------------------------------------------------------- diagonals


def _length(rows: int, columns: int, offset: int) -> int:
    """How many entries a diagonal has."""
    return max(0, min(rows + min(offset, 0), columns - max(offset, 0)))


def _diagonal_shape(x: Shape, offset: Any = 0, dim1: Any = 0, dim2: Any = 1) -> Shape:
    if len(x) < 2:
        raise OpError("shape.mismatch", f"diagonal takes a matrix, not {named(x)}.")
    first, second = axis(dim1, len(x)), axis(dim2, len(x))
    if first == second:
        raise OpError("shape.index", "A diagonal runs along two different dimensions.")
    rest = tuple(side for k, side in enumerate(x) if k not in (first, second))
    return (*rest, _length(x[first], x[second], whole(offset, "An offset")))


def _diagonal_index(x: Shape, offset: int, dim1: Any, dim2: Any) -> tuple[tuple[int, ...], tuple[Any, ...]]:
    """The permutation that puts the two dimensions in front, and the index of the diagonal there."""
    first, second = axis(dim1, len(x)), axis(dim2, len(x))
    places = np.arange(_length(x[first], x[second], offset))
    return (first, second, *(k for k in range(len(x)) if k not in (first, second))), (places - min(offset, 0), places + max(offset, 0))


def _diagonal_pull(o: Any, bar: Value, z: Value, x: Value, offset: int = 0, dim1: Any = 0, dim2: Any = 1) -> Value:
    """Zeros around the adjoint of the diagonal."""
    shape = np.shape(x)
    front, index = _diagonal_index(shape, offset, dim1, dim2)
    rank = len(shape)
    turned = o.permute(bar, dims=(rank - 2, *range(rank - 2))) if rank > 2 else bar
    put = o.index_put(turned, shape=tuple(shape[k] for k in front), index=index)
    return o.permute(put, dims=tuple(front.index(k) for k in range(rank)))


DIAGONAL = array_rule(
    "diagonal",
    "x; offset=0, dim1=0, dim2=1",
    renamed={"axis1": "dim1", "axis2": "dim2"},
    category="linear algebra",
    summary="The diagonal of a matrix as a vector.",
    latex=r"\operatorname{diag}\left({0}\right)",
    evaluate=lambda x, offset=0, dim1=0, dim2=1: np.diagonal(x, int(offset), int(dim1), int(dim2)),
    measure=_diagonal_shape,
    pull=_diagonal_pull,
    push=LINEAR,
    partials=r"\bar{z} \mapsto \operatorname{diag}(\bar{z})",
    form="selection",
    backward="DiagonalBackward0",
    samples=(
        sample(SQUARE),
        sample(ROWS, offset=1),
        sample(ROWS, offset=-1),
        sample(np.linspace(0, 1, 12).reshape(2, 3, 2), dim1=2, dim2=0),
    ),
)


def _diag_shape(x: Shape, diagonal: Any = 0) -> Shape:
    offset = whole(diagonal, "A diagonal")
    if len(x) == 1:
        return (x[0] + abs(offset),) * 2
    if len(x) != 2:
        raise OpError("shape.mismatch", f"diag takes a vector or a matrix, not {named(x)}.")
    return (_length(x[0], x[1], offset),)


def _diag_pull(o: Any, bar: Value, z: Value, x: Value, diagonal: int = 0) -> Value:
    if len(np.shape(x)) == 1:
        return o.diagonal(bar, offset=diagonal)
    return _diagonal_pull(o, bar, z, x, diagonal)


DIAG = array_rule(
    "diag",
    "x; diagonal=0",
    renamed={"k": "diagonal"},
    category="linear algebra",
    summary="A matrix with a vector on its diagonal; of a matrix, the diagonal as a vector.",
    latex=r"\operatorname{diag}\left({0}\right)",
    evaluate=lambda x, diagonal=0: np.diag(x, int(diagonal)),
    measure=_diag_shape,
    pull=_diag_pull,
    push=LINEAR,
    partials=r"\bar{z} \mapsto \operatorname{diag}(\bar{z})",
    form="selection",
    backward=lambda x, diagonal=0: "DiagEmbedBackward0" if len(x) == 1 else "DiagonalBackward0_copy",
    samples=(sample([1.0, 2.0]), sample([1.0, 2.0], diagonal=-1), sample(SQUARE), sample(ROWS, diagonal=1)),
)

PATTERNS = (TRACE, _triangle("tril", np.tril, "lower"), _triangle("triu", np.triu, "upper"), DIAGONAL, DIAG)
