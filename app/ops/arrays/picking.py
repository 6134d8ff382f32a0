"""One element a lane, and where it stands: max, min and median along a dimension, sort, argmax and their like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.ops.arrays.axes import axis, reduced
from app.ops.arrays.extreme import extreme_shape, filled
from app.ops.arrays.reduction import ROWS, linear_work
from app.ops.arrays.rule import array_rule, count, primal, sample
from app.ops.op import Convention, Shape, Value

Pair = tuple[Value, Value]


def grid(places: Any, shape: Shape, dim: int) -> tuple[Any, ...]:
    """The index that picks position ``places`` along one dimension, everything else in its place."""
    rest = np.indices(places.shape, sparse=True)
    return tuple(places if k == dim else rest[k] for k in range(len(shape)))


def lanes(shape: Shape, dim: Any) -> int:
    """The dimension along which a single one is looked for."""
    return axis(dim, len(shape))


def along(x: Value, places: Any, dim: int) -> Value:
    """The elements at ``places``, one a lane."""
    return np.take_along_axis(x, np.expand_dims(places, dim), dim)


def _with_indices(function: Any) -> Callable[..., Pair]:
    """Values and positions of a function that gives positions."""

    def evaluate(x: Value, dim: Any = -1, keepdim: bool = False) -> Pair:
        if not np.shape(x):
            return x, 0
        place = lanes(np.shape(x), dim)
        places = function(x, place)
        values = along(x, places, place)
        return (values, np.expand_dims(places, place)) if keepdim else (np.squeeze(values, place), places)

    return evaluate


def _pair_shape(name: str) -> Callable[..., tuple[Shape, Shape]]:
    def measure(x: Shape, dim: Any = -1, keepdim: bool = False) -> tuple[Shape, Shape]:
        place = lanes(x, dim)
        filled(x, place, name)
        made = reduced(x, place, keepdim)
        return made, made

    return measure


def _positions(z: Pair, shape: Shape, dim: int) -> tuple[Any, ...]:
    """Where the values came from, as an index that keeps the dimension."""
    places = np.asarray(primal(z[1]))
    return grid(places if places.ndim == len(shape) else np.expand_dims(places, dim), shape, dim)


def _pick_pull(o: Any, bar: Value, z: Pair, x: Value, dim: Any = -1, result: int = 0, **_: Any) -> Value:
    """The adjoint goes where the value came from."""
    shape = np.shape(x)
    if not shape:
        return bar
    where = _positions(z, shape, lanes(shape, dim))
    return o.index_put(o.reshape(bar, shape=np.broadcast_shapes(*(np.shape(w) for w in where))), shape=shape, index=where)


def _pick_push(o: Any, dot: Value, z: Pair, x: Value, dim: Any = -1, result: int = 0, **_: Any) -> Value:
    shape = np.shape(x)
    return o.reshape(o.index(dot, index=_positions(z, shape, lanes(shape, dim))), shape=np.shape(z[0])) if shape else dot


def _lane_tied(z: Pair, xs: Any, attributes: Any) -> bool:
    """Whether another element of the lane is equal to the one picked."""
    x = np.asarray(xs[0])
    if not x.ndim:
        return False
    place = lanes(x.shape, attributes.get("dim", -1))
    values = np.asarray(z[0])
    values = values if values.ndim == x.ndim else np.expand_dims(values, place)
    return bool(np.any(np.sum(x == values, axis=place) > 1))


def _picking(name: str, text: str, word: str, evaluate: Any, backward: str, samples: Any, **rest: Any) -> Any:
    """An operation with values and indices of one element a lane."""
    return array_rule(
        name,
        f"x; {text}, keepdim=False",
        method=False,
        results=2,
        category="selection",
        summary=f"The {word} along one dimension, and where it stands.",
        latex=rf"\operatorname{{{name.removesuffix('_dim')}}}<_dim>\left({{0}}\right)",
        torch=f"torch.{name.removesuffix('_dim')}",
        evaluate=_with_indices(evaluate),
        measure=_pair_shape(word),
        cost=linear_work,
        pull=_pick_pull,
        push=_pick_push,
        reads=(-1,),
        partials=r"e_{\arg}^{\top}",
        form="selection",
        backward=backward,
        conventions=(
            Convention(
                _lane_tied,
                f"{name.removesuffix('_dim')} is not differentiable at a tie; torch gives the adjoint to one of the equal elements.",
            ),
        ),
        samples=samples,
        **rest,
    )


_PICKS = (sample(ROWS, dim=0), sample(ROWS, dim=1, keepdim=True), sample([0.5, 2.0, 1.0], dim=0), sample(2.5, dim=0))

MAX_DIM = _picking("max_dim", "dim", "largest element", lambda x, d: np.argmax(x, axis=d), "MaxBackward0",
                   (*_PICKS, sample([2.0, 2.0, 1.0], dim=0, smooth=False), sample([1.0, np.nan], dim=0, smooth=False)))  # fmt: skip
MIN_DIM = _picking("min_dim", "dim", "smallest element", lambda x, d: np.argmin(x, axis=d), "MinBackward0",
                   (*_PICKS, sample([1.0, 1.0, 2.0], dim=0, smooth=False)))  # fmt: skip


def _median_places(x: Value, dim: int) -> Any:
    """Where the lower median of each lane stands; a NaN is the median of its lane."""
    middle = (x.shape[dim] - 1) // 2
    ordered = np.take(np.argsort(x, axis=dim, kind="stable"), middle, axis=dim)
    broken = np.isnan(x)
    return np.where(broken.any(axis=dim), np.argmax(broken, axis=dim), ordered)


MEDIAN_DIM = _picking("median_dim", "dim=-1", "middle element", _median_places, "MedianBackward1",
                      (*_PICKS, sample([1.0, 4.0, 3.0, 2.0], dim=-1), sample([1.0, np.nan], dim=0, smooth=False)))  # fmt: skip

# ---------------------------------------------------------------- sort


def _sorted_places(x: Value, dim: int, descending: bool) -> Any:
    """The order of each lane; equal elements keep theirs, NaN counts as the largest."""
    if not descending:
        return np.argsort(x, axis=dim, kind="stable")
    backwards = np.argsort(np.flip(x, dim), axis=dim, kind="stable")
    return np.flip(x.shape[dim] - 1 - backwards, dim)


def _sort(x: Value, dim: Any = -1, descending: bool = False) -> Pair:
    if not np.shape(x):
        return x, 0
    place = lanes(x.shape, dim)
    places = _sorted_places(x, place, descending)
    return np.take_along_axis(x, places, place), places


def _sort_shape(x: Shape, dim: Any = -1, descending: bool = False) -> tuple[Shape, Shape]:
    lanes(x, dim)
    return x, x


def _sort_work(x: Shape, **_: Any) -> int:
    return count(x) * (1 + int(np.log2(max(x, default=1) or 1))) + 1


def _repeats(z: Pair, xs: Any, attributes: Any) -> bool:
    """Whether equal elements stand side by side after sorting."""
    values = np.asarray(z[0])
    return bool(values.ndim and np.any(np.diff(values, axis=lanes(values.shape, attributes.get("dim", -1))) == 0))


SORT = array_rule(
    "sort",
    "x; dim=-1, descending=False",
    results=2,
    reads=(-1,),
    category="selection",
    summary="The elements of each lane in order, and where they stood.",
    latex=r"\operatorname{sort}<_dim>\left({0}\right)",
    evaluate=_sort,
    measure=_sort_shape,
    cost=_sort_work,
    pull=_pick_pull,
    push=_pick_push,
    partials=r"P",
    form="selection",
    backward="SortBackward0",
    conventions=(
        Convention(_repeats, "sort is not differentiable at a tie; equal elements keep their order (torch leaves it open beyond 16)."),
    ),
    samples=(
        sample(ROWS),
        sample(ROWS, dim=0, descending=True),
        sample([1.0, 1.0, 0.5, 1.0], descending=True, smooth=False),
        sample([1.0, np.nan, 0.5], descending=True, smooth=False),
        sample(1.0),
    ),
)

ARGSORT = array_rule(
    "argsort",
    "x; dim=-1, descending=False",
    category="selection",
    summary="The positions that sort each lane.",
    latex=r"\operatorname{argsort}<_dim>\left({0}\right)",
    evaluate=lambda x, dim=-1, descending=False: _sort(x, dim, descending)[1],
    measure=lambda x, dim=-1, descending=False: _sort_shape(x, dim)[0],
    cost=_sort_work,
    samples=(sample(ROWS), sample(ROWS, dim=0, descending=True)),
)

# ---------------------------------------------------------------- argmax, argmin


def _argument(name: str, word: str, function: Any) -> Any:
    """argmax, argmin."""

    def evaluate(x: Value, dim: Any = None, keepdim: bool = False) -> Value:
        flat = np.asarray(x)
        if dim is None:
            return np.reshape(function(flat), (1,) * flat.ndim) if keepdim else function(flat)
        return function(flat, axis=lanes(flat.shape, dim), keepdims=keepdim) if flat.ndim else 0

    return array_rule(
        name,
        "x; dim=None, keepdim=False",
        category="selection",
        summary=f"The position of the {word} element; nothing flows through a position.",
        latex=rf"\operatorname{{arg\,{name[3:]}}}<_dim>\left({{0}}\right)",
        evaluate=evaluate,
        measure=extreme_shape(word),
        cost=linear_work,
        samples=(sample(ROWS), sample(ROWS, dim=1), sample(ROWS, dim=0, keepdim=True), sample([2.0, 2.0])),
    )


PICKING = (
    MAX_DIM, MIN_DIM, MEDIAN_DIM, SORT, ARGSORT, _argument("argmax", "largest", np.argmax), _argument("argmin", "smallest", np.argmin),
)  # fmt: skip
