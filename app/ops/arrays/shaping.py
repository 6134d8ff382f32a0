"""Shapes: the same numbers in another arrangement."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import are_sizes, axis, named, wholes
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Shape, Value

ROWS = [[1.5, -2.0, 0.5], [0.25, 3.0, -1.0]]


def free(*shapes: Shape, **attributes: Any) -> int:
    """The work of a rearrangement: a look at every element."""
    return sum(map(count, shapes)) + 1


# ---------------------------------------------------------------- reshape


def reshaped(shape: Shape, target: Any) -> Shape:
    """The shape asked for, with -1 resolved."""
    if are_sizes(target) and count(target) == count(shape):
        return tuple(target)
    wanted = wholes(target, "A size")
    total = count(shape)
    holes = [place for place, side in enumerate(wanted) if side == -1]
    if len(holes) > 1 or any(side < -1 for side in wanted):
        raise OpError("shape.invalid", f"{wanted} is no shape: sizes are not negative, and one of them may be -1.")
    known = count(tuple(side for side in wanted if side != -1))
    if holes and known and total % known == 0:
        return tuple(total // known if side == -1 else side for side in wanted)
    if holes or known != total:
        raise OpError("shape.mismatch", f"{total} elements ({named(shape)}) do not fit into the shape {named(wanted)}.")
    return wanted


def _reshape_pull(o: Any, bar: Value, z: Value, x: Value, **_: Any) -> Value:
    return o.reshape(bar, shape=np.shape(x))


RESHAPE = array_rule(
    "reshape",
    "x; *shape",
    aliases=("view",),
    category="shape",
    summary="The same elements in the same order, in another shape; one size may be -1.",
    latex=r"\operatorname{reshape}\left({0},\, [<shape>]\right)",
    evaluate=lambda x, shape=(): np.reshape(x, reshaped(np.shape(x), shape)),
    measure=lambda x, shape=(): reshaped(x, shape),
    cost=free,
    pull=_reshape_pull,
    push=LINEAR,
    partials=r"I",
    form="selection",
    backward="ViewBackward0",
    samples=(sample(ROWS, shape=(3, 2)), sample(ROWS, shape=(-1,)), sample(ROWS, shape=(1, -1, 2)), sample(2.5, shape=(1, 1))),
)

# ---------------------------------------------------------------- transposes
# ---------------------------------------------------------------- flatten, squeeze, unsqueeze, movedim


def _flattened(x: Shape, start_dim: Any = 0, end_dim: Any = -1) -> Shape:
    start, end = axis(start_dim, len(x)), axis(end_dim, len(x))
    if not x:
        return (1,)
    if start > end:
        raise OpError("shape.invalid", f"flatten goes from a dimension to a later one, not from {start} to {end}.")
    return (*x[:start], count(x[start : end + 1]), *x[end + 1 :])


def _squeezed(x: Shape, dim: Any = None) -> Shape:
    gone = range(len(x)) if dim is None else [axis(d, len(x)) for d in wholes(dim, "A dimension")]
    return tuple(side for place, side in enumerate(x) if side != 1 or place not in gone)


def _unsqueezed(x: Shape, dim: Any) -> Shape:
    place = axis(dim, len(x) + 1)
    return (*x[:place], 1, *x[place:])


def _squeeze_grad_fn(x: Shape, dim: Any = None) -> str:
    return "SqueezeBackward0" if dim is None else "SqueezeBackward2" if isinstance(dim, tuple) else "SqueezeBackward1"


def _regrouped(name: str, parameters: str, summary: str, latex: str, shape: Any, backward: Any, samples: Any, **rest: Any) -> Any:
    """An operation that only changes the shape."""
    return array_rule(
        name,
        parameters,
        category="shape",
        summary=summary,
        latex=latex,
        evaluate=lambda x, **a: np.reshape(x, shape(np.shape(x), **a)),
        measure=shape,
        cost=free,
        pull=_reshape_pull,
        push=LINEAR,
        partials=r"I",
        form="selection",
        backward=backward,
        samples=samples,
        **rest,
    )


FLATTEN = _regrouped(
    "flatten", "x; start_dim=0, end_dim=-1", "Dimensions in a row merged into one.", r"\operatorname{vec}\left({0}\right)", _flattened,
    lambda x, start_dim=0, end_dim=-1: "ViewBackward0" if len(x) != 1 and _flattened(x, start_dim, end_dim) != x else None,
    (sample(ROWS), sample(np.linspace(0, 1, 12).reshape(2, 3, 2), start_dim=1), sample(2.0)), aliases=("ravel",),
)  # fmt: skip
SQUEEZE = _regrouped(
    "squeeze", "x; dim=None", "Dimensions of size 1 left out.", r"\operatorname{squeeze}\left({0}\right)", _squeezed, _squeeze_grad_fn,
    (sample([[1.0], [2.0]]), sample([[1.0], [2.0]], dim=1), sample([[1.0], [2.0]], dim=0), sample([[[1.0]], [[2.0]]], dim=(1, 2))),
)  # fmt: skip
UNSQUEEZE = _regrouped(
    "unsqueeze", "x; dim", "A dimension of size 1 put in.", r"\operatorname{unsqueeze}\left({0}\right)", _unsqueezed, "UnsqueezeBackward0",
    (sample([1.0, 2.0], dim=0), sample([1.0, 2.0], dim=-1), sample(2.0, dim=0)), aliases=("expand_dims",),
)  # fmt: skip

CLONE = array_rule(
    "clone",
    "x",
    aliases=("copy",),
    reads=(),
    category="shape",
    summary="The same values in a node of their own.",
    latex=r"{0}",
    evaluate=lambda x: x,
    measure=lambda x: x,
    cost=free,
    pull=lambda o, bar, z, x: bar,
    push=lambda o, dot, z, x: dot,
    partials=r"I",
    form="diagonal",
    backward="CloneBackward0",
    samples=(sample(ROWS), sample(2.0)),
)

SHAPING = (RESHAPE, FLATTEN, SQUEEZE, UNSQUEEZE, CLONE)
