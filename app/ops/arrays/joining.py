"""Several tensors into one: cat, stack, hstack, vstack."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axis, named, whole
from app.ops.arrays.rule import array_rule, sample
from app.ops.op import Shape, Value


def _some(shapes: tuple[Shape, ...], name: str) -> None:
    if not shapes:
        raise OpError("value.empty", f"{name} needs at least one tensor.")


def cat_shape(*shapes: Shape, dim: Any = 0) -> Shape:
    """The shape of tensors laid end to end; an empty vector goes with everything, as in torch."""
    _some(shapes, "cat")
    whole_ones = [s for s in shapes if s != (0,)] or list(shapes)
    first = whole_ones[0]
    if any(not s for s in shapes):
        raise OpError("shape.mismatch", "cat joins vectors, matrices and so on, but not single numbers.", "Use stack for numbers.")
    place = axis(dim, len(first))
    for other in whole_ones:
        if len(other) != len(first) or any(a != b for k, (a, b) in enumerate(zip(first, other, strict=True)) if k != place):
            message = (
                f"Shapes don't fit: {named(first)} and {named(other)} can be joined along dimension {place} only if the other sizes agree."
            )
            raise OpError("shape.mismatch", message)
    return (*first[:place], sum(s[place] for s in whole_ones), *first[place + 1 :])


def _cat(*tensors: Value, dim: Any = 0) -> Value:
    made = cat_shape(*map(np.shape, tensors), dim=dim)
    return np.concatenate([t for t in tensors if np.shape(t) != (0,) or len(made) == 1], axis=axis(dim, len(made)))


def _piece(shapes: list[Shape], slot: int, dim: Any) -> tuple[slice, ...]:
    """Where one tensor lies in the result of cat."""
    made = cat_shape(*shapes, dim=dim)
    place = axis(dim, len(made))
    sides = [0 if s == (0,) else s[place] for s in shapes]
    start = sum(sides[:slot])
    return (*(slice(None),) * place, slice(start, start + sides[slot]))


def _cat_pull(o: Any, bar: Value, z: Value, *tensors: Value, slot: int, dim: Any = 0) -> Value:
    shapes = [np.shape(t) for t in tensors]
    return o.reshape(o.index(bar, index=_piece(shapes, slot, dim)), shape=shapes[slot])


def _put(o: Any, dot: Value, made: Shape, index: tuple[slice, ...]) -> Value:
    """Zeros in the shape of the result, with one tensor's tangent where the tensor lies."""
    part = (*made[: len(index) - 1], index[-1].stop - index[-1].start, *made[len(index) :])
    return o.index_put(o.reshape(dot, shape=part), shape=made, index=index)


def _cat_push(o: Any, dot: Value, z: Value, *tensors: Value, slot: int, dim: Any = 0) -> Value:
    return _put(o, dot, np.shape(z), _piece([np.shape(t) for t in tensors], slot, dim))


_PAIR = ([[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [-1.0, 0.5]])

CAT = array_rule(
    "cat",
    "*tensors; dim=0",
    aliases=("concatenate", "concat"),
    method=False,
    reads=(),
    category="shape",
    summary="Tensors laid end to end along a dimension they have.",
    latex=r"\left[\,{*}\,\right]",
    evaluate=_cat,
    measure=cat_shape,
    pull=_cat_pull,
    push=_cat_push,
    partials=r"S^{\top}",
    form="selection",
    backward="CatBackward0",
    samples=(
        sample(*_PAIR),
        sample(*_PAIR, dim=1),
        sample([1.0, 2.0], [3.0], [4.0, 5.0]),
        sample([1.0], np.zeros(0)),
        sample(*_PAIR, dim=-1),
    ),
)

# ---------------------------------------------------------------- stack


def stack_shape(*shapes: Shape, dim: Any = 0) -> Shape:
    """The shape of tensors laid side by side along a new dimension."""
    _some(shapes, "stack")
    for other in shapes:
        if other != shapes[0]:
            raise OpError("shape.mismatch", f"stack needs tensors of one shape, not {named(shapes[0])} and {named(other)}.")
    place = _new_axis(dim, len(shapes[0]))
    return (*shapes[0][:place], len(shapes), *shapes[0][place:])


def _new_axis(dim: Any, rank: int) -> int:
    """The place of a dimension that is to be added."""
    return axis(whole(dim, "A dimension"), rank + 1)


def _stack_index(slot: int, shape: Shape, dim: Any) -> tuple[Any, ...]:
    return (*(slice(None),) * _new_axis(dim, len(shape)), slot)


def _stack(*tensors: Value, dim: Any = 0) -> Value:
    if type(tensors[0]) is float:
        return np.array(tensors, dtype=np.float64)
    return np.stack(tensors, axis=_new_axis(dim, np.ndim(tensors[0])))


STACK = array_rule(
    "stack",
    "*tensors; dim=0",
    method=False,
    reads=(),
    category="shape",
    summary="Tensors of one shape, laid side by side along a new dimension.",
    latex=r"\left[\,{*}\,\right]",
    evaluate=_stack,
    measure=stack_shape,
    pull=lambda o, bar, z, *tensors, slot, dim=0: o.index(bar, index=_stack_index(slot, np.shape(tensors[slot]), dim)),
    push=lambda o, dot, z, *tensors, slot, dim=0: o.index_put(
        dot, shape=np.shape(z), index=_stack_index(slot, np.shape(tensors[slot]), dim)
    ),
    partials=r"S^{\top}",
    form="selection",
    backward="StackBackward0",
    samples=(sample(1.0, 2.5), sample([1.0, 2.0], [3.0, 4.0], dim=1), sample(*_PAIR, dim=-1), sample(*_PAIR)),
)

# ---------------------------------------------------------------- hstack, vstack


def _flat(shape: Shape) -> Shape:
    """At least a vector."""
    return shape or (1,)


def _row(shape: Shape) -> Shape:
    """At least a matrix of one row."""
    return (1, *_flat(shape)) if len(shape) < 2 else shape


def _join(name: str, raise_to: Any, along: Any, summary: str) -> Any:
    """hstack and vstack: cat, after numbers and vectors have got more dimensions."""

    def prepared(shapes: Any) -> list[Shape]:
        return [raise_to(s) for s in shapes]

    def measure(*shapes: Shape) -> Shape:
        _some(shapes, name)
        return cat_shape(*prepared(shapes), dim=along(prepared(shapes)[0]))

    def evaluate(*tensors: Value) -> Value:
        raised = [np.reshape(t, raise_to(np.shape(t))) for t in tensors]
        return _cat(*raised, dim=along(raised[0].shape))

    def pull(o: Any, bar: Value, z: Value, *tensors: Value, slot: int) -> Value:
        shapes = prepared(map(np.shape, tensors))
        return o.reshape(o.index(bar, index=_piece(shapes, slot, along(shapes[0]))), shape=np.shape(tensors[slot]))

    def push(o: Any, dot: Value, z: Value, *tensors: Value, slot: int) -> Value:
        shapes = prepared(map(np.shape, tensors))
        return _put(o, dot, np.shape(z), _piece(shapes, slot, along(shapes[0])))

    return array_rule(
        name,
        "*tensors",
        method=False,
        category="shape",
        summary=summary,
        latex=r"\left[\,{*}\,\right]",
        evaluate=evaluate,
        measure=measure,
        pull=pull,
        reads=(),
        push=push,
        partials=r"S^{\top}",
        form="selection",
        backward="CatBackward0",
        samples=(sample([1.0, 2.0], [3.0, 4.0]), sample(*_PAIR), sample(1.0, 2.5)),
    )


HSTACK = _join("hstack", _flat, lambda shape: 0 if len(shape) == 1 else 1, "Tensors laid side by side, along columns.")
VSTACK = _join("vstack", _row, lambda shape: 0, "Tensors laid below each other, along rows.")

JOINING = (CAT, STACK, HSTACK, VSTACK)
