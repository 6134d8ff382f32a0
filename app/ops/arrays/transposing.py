"""Dimensions in another order: T, t, transpose, permute, movedim."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axis, order, wholes
from app.ops.arrays.rule import LINEAR, array_rule, sample
from app.ops.arrays.shaping import ROWS, free
from app.ops.op import Shape

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


def _moved(rank: int, source: Any, destination: Any) -> tuple[int, ...]:
    """The permutation of movedim."""
    from_, to = ([axis(d, rank) for d in wholes(dims, "A dimension")] for dims in (source, destination))
    if len(from_) != len(to) or len(set(from_)) < len(from_) or len(set(to)) < len(to):
        raise OpError("shape.invalid", "movedim needs as many different sources as destinations.")
    rest = iter(d for d in range(rank) if d not in from_)
    goes = dict(zip(to, from_, strict=True))
    return tuple(goes[k] if k in goes else next(rest) for k in range(rank))


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

TRANSPOSING = (T, T_METHOD, TRANSPOSE, PERMUTE, MOVEDIM)
