"""Elements picked by tensors of positions: gather, index_select."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axis, named
from app.ops.arrays.picking import grid
from app.ops.arrays.reading_index import out_of_range, resolved
from app.ops.arrays.reduction import ROWS
from app.ops.arrays.rule import LINEAR, array_rule, sample
from app.ops.op import Shape


def positions(index: Any) -> Any:
    """An attribute that names positions, as an array of integers."""
    try:
        places = np.asarray(index)
        whole_numbers = places.astype(np.int64)
    except (ValueError, TypeError, OverflowError):
        raise OpError("shape.index", "An index is a tensor of whole numbers.") from None
    if places.dtype.kind not in "iuf" or not np.array_equal(places, whole_numbers):
        raise OpError("shape.index", "An index must be a whole number.")
    return whole_numbers


def _gathered(x: Shape, dim: Any, index: Any) -> Any:
    """The positions of gather, checked against the operand's shape."""
    places = positions(index)
    place = axis(dim, len(x))
    if places.ndim != len(x) or any(p > s for k, (p, s) in enumerate(zip(places.shape, x, strict=True)) if k != place):
        raise OpError(
            "shape.mismatch", f"gather needs an index with {len(x)} dimensions, none longer than the tensor's: {named(places.shape)}."
        )
    outside = places[(places < 0) | (places >= (x[place] if x else 1))]
    if outside.size:
        raise out_of_range(int(outside.flat[0]), x[place] if x else 1)
    return grid(places, x, place)


GATHER = array_rule(
    "gather",
    "x; dim, index",
    category="selection",
    summary="One element a position of an index, each from its own lane.",
    latex=r"\operatorname{gather}\left({0}\right)",
    evaluate=lambda x, dim, index: np.asarray(x)[_gathered(np.shape(x), dim, index)] if np.shape(x) else x,
    measure=lambda x, dim, index: (_gathered(x, dim, index), np.shape(index))[1],
    pull=lambda o, bar, z, x, dim, index: (
        o.index_put(bar, shape=np.shape(x), index=_gathered(np.shape(x), dim, index)) if np.shape(x) else bar
    ),
    push=LINEAR,
    partials=r"S^{\top}",
    form="selection",
    backward="GatherBackward0",
    samples=(
        sample(ROWS, dim=1, index=np.array([[0, 2], [1, 1]])),
        sample(ROWS, dim=0, index=np.array([[0, 1, 0]])),
        sample([1.0, 2.0], dim=0, index=(1, 1, 0)),
    ),
)


def _selected(x: Shape, dim: Any, index: Any) -> tuple[Any, ...]:
    return (*(slice(None),) * axis(dim, len(x)), np.atleast_1d(positions(index)))


INDEX_SELECT = array_rule(
    "index_select",
    "x; dim, index",
    category="selection",
    summary="Rows, columns and so on by their positions.",
    latex=r"{0}_{[<index>]}",
    evaluate=lambda x, dim, index: np.asarray(x)[_selected(np.shape(x), dim, index)],
    measure=lambda x, dim, index: resolved(x, _selected(x, dim, index))[3],
    pull=lambda o, bar, z, x, dim, index: o.index_put(bar, shape=np.shape(x), index=_selected(np.shape(x), dim, index)),
    push=LINEAR,
    partials=r"S^{\top}",
    form="selection",
    backward="IndexSelectBackward0",
    samples=(sample(ROWS, dim=1, index=np.array([2, 0, 2])),),
)
