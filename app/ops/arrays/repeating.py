"""Elements moved round or repeated: flip, roll, repeat, tile, gather and their like."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axes, axis, sizes, wholes
from app.ops.arrays.reduction import ROWS
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Shape, Value

# ---------------------------------------------------------------- flip, roll


def _flip_shape(x: Shape, dims: Any = ()) -> Shape:
    axes(dims, len(x))
    return x


FLIP = array_rule(
    "flip",
    "x; *dims",
    renamed={"dim": "dims"},
    category="shape",
    summary="The order reversed along dimensions (along all, where none is named).",
    latex=r"\operatorname{flip}\left({0}\right)",
    evaluate=lambda x, dims=(): np.flip(x, axes(dims, np.ndim(x))) if np.shape(x) else x,
    measure=_flip_shape,
    pull=lambda o, bar, z, x, dims=(): o.flip(bar, dims=axes(dims, len(np.shape(x)))),
    push=lambda o, dot, z, x, dims=(): o.flip(dot, dims=axes(dims, len(np.shape(x)))),
    partials=r"P^{\top}",
    form="selection",
    reads=(),
    backward="FlipBackward0",
    samples=(sample(ROWS, dims=(0,)), sample(ROWS, dims=(0, -1))),
)


def _rolling(rank: int, shifts: Any, dims: Any) -> tuple[tuple[int, ...], tuple[int, ...] | None]:
    """Shifts and the dimensions that they belong to (None: the flattened tensor)."""
    by = wholes(shifts, "A shift")
    if dims is None:
        if len(by) != 1:
            raise OpError("shape.invalid", "roll without dimensions takes one shift.")
        return by, None
    places = tuple(axis(d, rank) for d in wholes(dims, "A dimension"))
    if len(places) != len(by):
        raise OpError("shape.invalid", f"roll needs one shift a dimension: {len(by)} ≠ {len(places)}.")
    return by, places


def _roll(x: Value, shifts: Any, dims: Any = None) -> Value:
    by, places = _rolling(np.ndim(x), shifts, dims)
    if not np.shape(x):
        return x
    return np.roll(x, by[0] if places is None else by, places)


def _roll_shape(x: Shape, shifts: Any, dims: Any = None) -> Shape:
    _rolling(len(x), shifts, dims)
    return x


def _roll_pull(o: Any, bar: Value, z: Value, x: Value, shifts: Any, dims: Any = None) -> Value:
    back = tuple(-by for by in wholes(shifts, "A shift"))
    return o.roll(bar, shifts=back, dims=dims)


ROLL = array_rule(
    "roll",
    "x; shifts, dims=None",
    renamed={"dim": "dims", "shift": "shifts"},
    category="shape",
    summary="Elements moved along dimensions; what leaves at the end comes in at the beginning.",
    latex=r"\operatorname{roll}\left({0}\right)",
    evaluate=_roll,
    measure=_roll_shape,
    pull=_roll_pull,
    push=LINEAR,
    partials=r"P^{\top}",
    form="selection",
    backward="RollBackward0",
    samples=(sample(ROWS, shifts=1, dims=1), sample(ROWS, shifts=2), sample(ROWS, shifts=(1, -1), dims=(0, 1))),
)

# ---------------------------------------------------------------- repeat, tile, repeat_interleave


def _times(shape: Shape, repeats: Any, *, short: bool) -> tuple[int, ...]:
    """One factor a dimension of the result; tile fills up with ones on the left, repeat wants them all."""
    by = sizes(repeats, "A number of repetitions")
    if len(by) < len(shape):
        if not short:
            raise OpError("shape.invalid", f"repeat needs a number for each of the {len(shape)} dimensions, not {len(by)}.")
        by = (1,) * (len(shape) - len(by)) + by
    return by


def _repeated_shape(x: Shape, by: tuple[int, ...]) -> Shape:
    padded = (1,) * (len(by) - len(x)) + x
    return tuple(a * b for a, b in zip(by, padded, strict=True))


def _repeat_pull(o: Any, bar: Value, x: Value, by: tuple[int, ...]) -> Value:
    """The sum over all copies."""
    shape = np.shape(x)
    padded = (1,) * (len(by) - len(shape)) + shape
    split = tuple(side for pair in zip(by, padded, strict=True) for side in pair)
    copies = o.sum(o.reshape(bar, shape=split), dim=tuple(range(0, 2 * len(by), 2))) if by else bar
    return o.reshape(copies, shape=shape)


def _copies(name: str, key: str, *, short: bool, summary: str, samples: Any, **rest: Any) -> Any:
    """repeat and tile."""

    def factors(shape: Shape, attributes: Any) -> tuple[int, ...]:
        return _times(shape, attributes.get(key, ()), short=short)

    return array_rule(
        name,
        f"x; *{key}",
        category="shape",
        summary=summary,
        latex=rf"\operatorname{{{name}}}\left({{0}},\, [<{key}>]\right)",
        torch=f"torch.Tensor.{name}",
        evaluate=lambda x, **a: np.tile(x, factors(np.shape(x), a)),
        measure=lambda x, **a: _repeated_shape(x, factors(x, a)),
        pull=lambda o, bar, z, x, **a: _repeat_pull(o, bar, x, factors(np.shape(x), a)),
        push=LINEAR,
        partials=r"\bar{z} \mapsto \textstyle\sum \bar{z}",
        form="broadcast",
        backward="RepeatBackward0",
        samples=samples,
        **rest,
    )


REPEAT = _copies("repeat", "repeats", short=False, summary="The tensor as a tile, repeated along each dimension.",
                 samples=(sample([1.0, 2.0], repeats=(3,)), sample([1.0, 2.0], repeats=(2, 2)), sample(ROWS, repeats=(2, 1))))  # fmt: skip
TILE = _copies("tile", "dims", short=True, summary="The tensor as a tile; factors that are missing on the left are 1.",
               samples=(sample([1.0, 2.0], dims=(3,)), sample(ROWS, dims=(2,))), renamed={"reps": "dims"})  # fmt: skip


def _interleaved(x: Shape, repeats: Any, dim: Any) -> tuple[tuple[Any, ...], Shape]:
    """Each element several times in a row, as an index; without a dimension, of the flattened tensor."""
    shape = (count(x),) if dim is None else x or (1,)
    place = axis(0 if dim is None else dim, len(shape))
    by = sizes(repeats, "A number of repetitions")
    if len(by) not in (1, shape[place]):
        raise OpError("shape.mismatch", f"repeat_interleave needs one number, or {shape[place]} of them, not {len(by)}.")
    total = by[0] * shape[place] if len(by) == 1 else sum(by)
    return (place, by), (*shape[:place], total, *shape[place + 1 :])


def _interleave_index(x: Shape, repeats: Any, dim: Any) -> tuple[Any, ...]:
    (place, by), _ = _interleaved(x, repeats, dim)
    side = count(x) if dim is None else (x or (1,))[place]
    return (*(slice(None),) * place, np.repeat(np.arange(side), by[0] if len(by) == 1 else by))


def _interleave_pull(o: Any, bar: Value, z: Value, x: Value, repeats: Any, dim: Any = None) -> Value:
    shape = np.shape(x)
    flat = (count(shape),) if dim is None else shape or (1,)
    return o.reshape(o.index_put(bar, shape=flat, index=_interleave_index(shape, repeats, dim)), shape=shape)


REPEAT_INTERLEAVE = array_rule(
    "repeat_interleave",
    "x; repeats, dim=None",
    category="shape",
    summary="Each element several times in a row (what numpy calls repeat).",
    latex=r"\operatorname{repeat}\left({0}\right)",
    evaluate=lambda x, repeats, dim=None: (np.ravel(x) if dim is None or not np.shape(x) else x)[
        _interleave_index(np.shape(x), repeats, dim)
    ],
    measure=lambda x, repeats, dim=None: _interleaved(x, repeats, dim)[1],
    pull=_interleave_pull,
    push=LINEAR,
    partials=r"\bar{z} \mapsto \textstyle\sum \bar{z}",
    form="broadcast",
    backward="ViewBackward0",
    samples=(sample([1.0, 2.0], repeats=2), sample(ROWS, repeats=3, dim=1), sample(ROWS, repeats=2)),
)

# ---------------------------------------------------------------- gather, index_select
REPEATING = (FLIP, ROLL, REPEAT, TILE, REPEAT_INTERLEAVE)
