"""Picking elements by position, and its adjoint: putting adjoints back where the elements came from."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import are_sizes, sizes
from app.ops.arrays.reading_index import Index, resolved
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Shape, Value

# ---------------------------------------------------------------- reading an index
# ---------------------------------------------------------------- index


def _index_shape(x: Shape, index: Any = ()) -> Shape:
    quick = _quick_shape(x, index) if type(index) is tuple and len(index) <= len(x) else None
    return resolved(x, index)[3] if quick is None else quick


def _quick_shape(x: Shape, index: Index) -> Shape | None:
    """The shape after numbers and slices that are in order; None where more care is needed."""
    sides: list[int] = []
    for part, side in zip(index, x, strict=False):
        if type(part) is int and -side <= part < side:
            continue
        if type(part) is not slice or (part.step is not None and part.step <= 0):
            return None
        sides.append(len(range(*part.indices(side))))
    return (*sides, *x[len(index) :])


def _has_arrays(index: Any) -> bool:
    """Whether an index names positions or a mask: only then torch and numpy differ."""
    return any(isinstance(part, np.ndarray) for part in index) if isinstance(index, tuple) else isinstance(index, np.ndarray)


def _index(x: Value, index: Any = ()) -> Value:
    if not _has_arrays(index):
        return (x if isinstance(x, np.ndarray) else np.asarray(x))[index]
    basic, arrays, _, _ = resolved(np.shape(x), index)
    picked = np.asarray(x)[basic]
    return picked[arrays] if arrays else picked


def _index_work(x: Shape, index: Any = ()) -> int:
    return count(_index_shape(x, index)) + 1


def _index_grad_fn(x: Shape, index: Any = (), **_: Any) -> str | None:
    """torch chains one node a part; the last one counts."""
    parts = index if isinstance(index, tuple) else (index,)
    if any(isinstance(p, np.ndarray) for p in parts):
        return "IndexBackward0"
    names = [_part_grad_fn(p) for p in parts]
    made = [n for n in names if n]
    if made and names[-1] is None:
        return _last_that_cuts(x, parts)
    return made[-1] if made else "AliasBackward0"


def _part_grad_fn(part: Any) -> str | None:
    if part is Ellipsis:
        return None
    return "UnsqueezeBackward0" if part is None else "SliceBackward0" if isinstance(part, slice) else "SelectBackward0"


def _last_that_cuts(x: Shape, parts: Index) -> str | None:
    made = [n for n in map(_part_grad_fn, parts) if n]
    return made[-1]


INDEX = array_rule(
    "index",
    "x; index",
    method=False,
    category="selection",
    summary="Elements by position: numbers, slices, None, ..., masks and tensors of positions.",
    latex=r"{0}_{[<index>]}",
    torch="torch.Tensor.__getitem__",
    evaluate=_index,
    measure=_index_shape,
    cost=_index_work,
    pull=lambda o, bar, z, x, index=(): o.index_put(bar, shape=np.shape(x), index=index),
    push=LINEAR,
    partials=r"S^{\top}",
    form="selection",
    backward=_index_grad_fn,
    samples=(
        sample([1.0, 2.0, 3.0], index=(1,)),
        sample([1.0, 2.0, 3.0], index=(-1,)),
        sample([[1.0, 2.0], [3.0, 4.0]], index=(slice(None), 0)),
        sample([[1.0, 2.0], [3.0, 4.0]], index=(0,)),
        sample([[1.0, 2.0], [3.0, 4.0]], index=(Ellipsis, None, 1)),
        sample([1.0, 2.0, 3.0, 4.0, 5.0], index=(slice(0, 5, 2),)),
        sample([1.0, 2.0, 3.0], index=(np.array([0, 0, 2]),)),
        sample([[1.0, 2.0], [3.0, 4.0]], index=(np.array([[True, False], [True, True]]),)),
        sample(np.linspace(0, 1, 24).reshape(2, 3, 4), index=(0, slice(None), np.array([1, 3]))),
        sample(np.linspace(0, 1, 24).reshape(2, 3, 4), index=(np.array([0, 1]), slice(None), np.array([1, -1]))),
        sample(np.linspace(0, 1, 24).reshape(2, 3, 4), index=(slice(None), np.array([True, False, True]))),
    ),
)


# ---------------------------------------------------------------- its adjoint


def _put_shape(x: Shape, shape: Any = (), index: Any = ()) -> Shape:
    made = sizes(shape)
    if _index_shape(made, index) != x:
        raise OpError("shape.mismatch", f"{x} elements cannot be put into {_index_shape(made, index)} places.")
    return made


def _index_put(x: Value, shape: Any = (), index: Any = ()) -> Value:
    """Zeros, with ``x`` added where ``index`` points: positions named twice get the sum."""
    out = np.zeros(shape if are_sizes(shape) else sizes(shape))
    if not _has_arrays(index):
        out[index] = x
        return out
    basic, arrays, _, _ = resolved(out.shape, index)
    part = out[basic]
    if all(a.dtype == np.bool_ for a in arrays if isinstance(a, np.ndarray)) and sum(isinstance(a, np.ndarray) for a in arrays) == 1:
        part[arrays] = x
    else:
        np.add.at(part, arrays, x)
    return out


INDEX_PUT = array_rule(
    "index_put",
    "x; shape, index",
    method=False,
    category="adjoint",
    summary="Zeros of a shape, with the operand added at the positions of an index; the adjoint of index.",
    latex=r"S_{[<index>]}^{\top}\,{0}",
    torch="torch.Tensor.index_put",
    evaluate=_index_put,
    measure=_put_shape,
    pull=lambda o, bar, z, x, shape=(), index=(): o.index(bar, index=index),
    push=LINEAR,
    partials=r"S",
    form="selection",
    samples=(
        sample(2.5, shape=(3,), index=(1,)),
        sample([1.0, 2.0, 4.0], shape=(2,), index=(np.array([0, 1, 0]),)),
        sample([[1.0, 2.0], [4.0, 3.0]], shape=(3, 2), index=(slice(0, 2),)),
    ),
)

INDEXING = (INDEX, INDEX_PUT)
