"""Shapes: the same numbers in another arrangement."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import are_sizes, axis, named, order, wholes
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

T = array_rule(
    "T",
    "x",
    method=False,
    category="linear algebra",
    summary="The transpose: dimensions in reverse order; a vector stays as it is.",
    latex=r"{0}^{\top}",
    torch="torch.Tensor.T",
    evaluate=lambda x: x.T if isinstance(x, np.ndarray) else x,
    measure=lambda x: x[::-1],
    cost=free,
    pull=lambda o, bar, z, x: o.T(bar),
    push=LINEAR,
    partials=r"\bar{z} \mapsto \bar{z}^{\top}",
    form="selection",
    backward="PermuteBackward0",
    samples=(sample(ROWS), sample([1.0, 2.0])),
)


def _t_shape(x: Shape) -> Shape:
    if len(x) > 2:
        raise OpError(
            "shape.mismatch", f"t transposes matrices and vectors, not a tensor with {len(x)} dimensions.", "Use transpose or permute."
        )
    return x[::-1]


T_METHOD = array_rule(
    "t",
    "x",
    category="linear algebra",
    summary="The transpose of a matrix; a vector stays as it is.",
    latex=r"{0}^{\top}",
    evaluate=lambda x: x.T if isinstance(x, np.ndarray) else x,
    measure=_t_shape,
    cost=free,
    pull=lambda o, bar, z, x: o.t(bar),
    push=LINEAR,
    partials=r"\bar{z} \mapsto \bar{z}^{\top}",
    form="selection",
    backward="TBackward0",
    samples=(sample(ROWS), sample([1.0, 2.0])),
)


def _exchange(rank: int, dim0: Any, dim1: Any) -> tuple[int, ...]:
    """The permutation of transpose: two dimensions change places; numpy's forms name none or all."""
    if dim0 is None:
        return tuple(range(rank))[::-1]
    if dim1 is None:
        return order(dim0, rank)
    first, second = axis(dim0, rank), axis(dim1, rank)
    places = list(range(rank))
    if rank:
        places[first], places[second] = places[second], places[first]
    return tuple(places)


TRANSPOSE = array_rule(
    "transpose",
    "x; dim0=None, dim1=None",
    aliases=("swapaxes", "swapdims"),
    renamed={"dim": "dim0", "axes": "dim0", "axis0": "dim0", "axis1": "dim1", "axis2": "dim1"},
    category="linear algebra",
    summary="Two dimensions change places; without dimensions, all are reversed.",
    latex=r"{0}^{\top}",
    evaluate=lambda x, dim0=None, dim1=None: np.transpose(x, _exchange(np.ndim(x), dim0, dim1)),
    measure=lambda x, dim0=None, dim1=None: tuple(x[place] for place in _exchange(len(x), dim0, dim1)),
    cost=free,
    pull=lambda o, bar, z, x, dim0=None, dim1=None: o.permute(bar, dims=_inverse(_exchange(len(np.shape(x)), dim0, dim1))),
    push=LINEAR,
    partials=r"\bar{z} \mapsto \bar{z}^{\top}",
    form="selection",
    backward=lambda x, dim0=None, dim1=None: "TransposeBackward0" if dim1 is not None else "PermuteBackward0",
    samples=(sample(ROWS, dim0=0, dim1=1), sample(np.linspace(-1, 1, 12).reshape(2, 3, 2), dim0=-2, dim1=0)),
)


def _inverse(places: tuple[int, ...]) -> tuple[int, ...]:
    """The permutation that undoes another."""
    return tuple(places.index(k) for k in range(len(places)))


PERMUTE = array_rule(
    "permute",
    "x; *dims",
    renamed={"dim": "dims"},
    category="shape",
    summary="The dimensions in another order.",
    latex=r"\operatorname{permute}\left({0},\, [<dims>]\right)",
    evaluate=lambda x, dims=(): np.transpose(x, order(dims, np.ndim(x))),
    measure=lambda x, dims=(): tuple(x[place] for place in order(dims, len(x))),
    cost=free,
    pull=lambda o, bar, z, x, dims=(): o.permute(bar, dims=_inverse(order(dims, len(np.shape(x))))),
    push=LINEAR,
    partials=r"I",
    form="selection",
    backward="PermuteBackward0",
    samples=(sample(ROWS, dims=(1, 0)), sample(np.linspace(-1, 1, 12).reshape(2, 3, 2), dims=(2, 0, -2))),
)


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


def _moved(rank: int, source: Any, destination: Any) -> tuple[int, ...]:
    """The permutation of movedim."""
    from_, to = ([axis(d, rank) for d in wholes(dims, "A dimension")] for dims in (source, destination))
    if len(from_) != len(to) or len(set(from_)) < len(from_) or len(set(to)) < len(to):
        raise OpError("shape.invalid", "movedim needs as many different sources as destinations.")
    rest = iter(d for d in range(rank) if d not in from_)
    goes = dict(zip(to, from_, strict=True))
    return tuple(goes[k] if k in goes else next(rest) for k in range(rank))


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

MOVEDIM = array_rule(
    "movedim",
    "x; source, destination",
    aliases=("moveaxis",),
    category="shape",
    summary="Dimensions moved to other places, the rest in their order.",
    latex=r"\operatorname{movedim}\left({0}\right)",
    evaluate=lambda x, source, destination: np.transpose(x, _moved(np.ndim(x), source, destination)),
    measure=lambda x, source, destination: tuple(x[k] for k in _moved(len(x), source, destination)),
    cost=free,
    pull=lambda o, bar, z, x, source, destination: o.permute(bar, dims=_inverse(_moved(len(np.shape(x)), source, destination))),
    push=LINEAR,
    partials=r"I",
    form="selection",
    backward="PermuteBackward0",
    samples=(sample(np.linspace(-1, 1, 12).reshape(2, 3, 2), source=0, destination=-1), sample(ROWS, source=(0, 1), destination=(1, 0))),
)

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

SHAPING = (RESHAPE, T, T_METHOD, TRANSPOSE, PERMUTE, FLATTEN, SQUEEZE, UNSQUEEZE, MOVEDIM, CLONE)
