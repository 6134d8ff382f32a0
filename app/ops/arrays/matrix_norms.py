"""matrix_norm: the norms that read a matrix as a linear map, beside the Frobenius one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import axis, kept, named, reduced, wholes
from app.ops.arrays.lapack import BATCH, of_finite
from app.ops.arrays.patterns import ROWS, SQUARE
from app.ops.arrays.reduction import TOTAL, real
from app.ops.arrays.rule import array_rule, count, primal, sample
from app.ops.op import Convention, Shape, Value

SUMS = (1.0, -1.0, math.inf, -math.inf)
"""The largest (smallest, where negative) sum of sizes, over columns for 1 and over rows for infinity."""
SINGULAR = (2.0, -2.0, "nuc")
"""What singular values make: the largest, the smallest, their sum."""
ENTRIES = "norm(x, p) is the norm of all entries."
LAST = (-2, -1)
"""The dimensions of rows and columns, unless others are named."""


def _order(p: Any) -> Any:
    """Which norm: ``fro``, ``nuc``, 1, 2 or infinity, the last three also negative."""
    order = float(p) if isinstance(p, (int, float)) and not isinstance(p, bool) else p
    if order not in (*SUMS, *SINGULAR, "fro"):
        raise OpError("type.mismatch", f"A norm of matrices takes 1, 2, inf, their negatives, 'fro' or 'nuc', not {p!r}.", ENTRIES)
    return order


def _places(dim: Any, rank: int) -> tuple[int, int]:
    """The dimensions of rows and of columns."""
    places = tuple(axis(d, rank) for d in wholes(dim, "A dimension"))
    if len(places) != 2 or places[0] == places[1]:
        raise OpError("shape.invalid", "A norm of matrices goes over two different dimensions.")
    return places[0], places[1]


def _shape(A: Shape, p: Any = "fro", dim: Any = LAST, keepdim: bool = False) -> Shape:
    order = _order(p)
    if len(A) < 2:
        raise OpError("shape.mismatch", f"This norm is of a matrix, not of {named(A)}.", ENTRIES)
    rows, columns = (A[place] for place in _places(dim, len(A)))
    if order not in ("fro", "nuc") and rows * columns == 0:
        raise OpError("value.empty", "There is no such norm of a matrix without entries.")
    return reduced(A, dim, keepdim)


def _cost(A: Shape, p: Any = "fro", **_: Any) -> int:
    return 20 * count(A) * max(A, default=1) if p in SINGULAR else 3 * count(A) + 1


def _value(A: Value, p: Any = "fro", dim: Any = LAST, keepdim: bool = False) -> Value:
    order = _order(p)
    last = np.moveaxis(np.asarray(real(A, "matrix_norm")), _places(dim, A.ndim), (-2, -1))
    if order == "fro":
        made = np.sqrt(TOTAL(last * last, axis=(-2, -1)))
    elif order == "nuc":
        made = TOTAL(_singular_values(last), axis=-1)
    else:
        values = _singular_values(last) if order in SINGULAR else TOTAL(np.abs(last), axis=-1 if math.isinf(order) else -2)
        made = (np.max if order > 0 else np.min)(values, axis=-1)
    return np.reshape(made, kept(A.shape, dim)) if keepdim else made


_singular_values = of_finite(lambda A: np.linalg.svd(A, compute_uv=False))

# ---------------------------------------------------------------- derivatives, with the matrices in the last two dimensions


def _turned(o: Any, x: Value, dim: Any) -> Value:
    """Rows and columns moved to the end."""
    rank = np.ndim(primal(x))
    places = _places(dim, rank)
    rest = [d for d in range(rank) if d not in places]
    return o.permute(x, dims=(*rest, *places))


def _back(o: Any, x: Value, dim: Any) -> Value:
    """Rows and columns moved from the end to where they were."""
    rank = np.ndim(primal(x))
    places = _places(dim, rank)
    rest = [d for d in range(rank) if d not in places]
    return o.permute(x, dims=tuple(np.argsort([*rest, *places]).tolist()))


def _weights(o: Any, top: Value, A: Value, order: Any) -> Value:
    """∂z/∂A; ``top`` is z with two sides of 1 in the place of each matrix."""
    if order == "fro":
        return o.where(np.equal(primal(top), 0), 0.0, o.div(A, top))
    if order in SINGULAR:
        u, s, vh = o.svd(A)
        if order != "nuc":
            u = u * _shares(np.asarray(primal(s))[..., None, :], order, -1)
        return o.matmul(u, vh)
    line = -1 if math.isinf(order) else -2
    sums = TOTAL(np.abs(primal(A)), axis=line, keepdims=True)
    return o.sign(A) * _shares(sums, order, -3 - line)


def _shares(values: Any, order: float, line: int) -> Any:
    """A constant: the largest (smallest) share evenly; all are NaN where one is."""
    mask = values == (np.max if order > 0 else np.min)(values, axis=line, keepdims=True)
    return np.divide(mask, np.sum(mask, axis=line, keepdims=True))


def _pull(o: Any, bar: Value, z: Value, A: Value, p: Any = "fro", dim: Any = LAST, keepdim: bool = False) -> Value:
    last = _turned(o, A, dim)
    ones = (*np.shape(primal(last))[:-2], 1, 1)
    weights = _weights(o, o.reshape(z, shape=ones), last, _order(p))
    return _back(o, o.reshape(bar, shape=ones) * weights, dim)


def _push(o: Any, dot: Value, z: Value, A: Value, p: Any = "fro", dim: Any = LAST, keepdim: bool = False) -> Value:
    last = _turned(o, A, dim)
    ones = (*np.shape(primal(last))[:-2], 1, 1)
    weights = _weights(o, o.reshape(z, shape=ones), last, _order(p))
    made = o.sum(_turned(o, dot, dim) * weights, dim=(-2, -1))
    return o.reshape(made, shape=np.shape(primal(z)))


def _backward(A: Shape, p: Any = "fro", dim: Any = LAST, keepdim: bool = False) -> str:
    """torch composes these norms of others; the last of them names the node."""
    order = _order(p)
    if order == "fro":
        return "LinalgVectorNormBackward0"
    if keepdim and order in SINGULAR:
        return "PermuteBackward0"
    return "SumBackward1" if order == "nuc" else "AmaxBackward0" if order > 0 else "AminBackward0"


def _tied(z: Value, xs: Any, attributes: Any) -> bool:
    """Whether several sums, or several singular values, are as extreme as the norm."""
    order, dim = _order(attributes.get("p", "fro")), attributes.get("dim", LAST)
    if order in ("fro", "nuc"):
        return False
    last = np.moveaxis(np.asarray(xs[0]), _places(dim, np.ndim(xs[0])), (-2, -1))
    values = _singular_values(last) if order in SINGULAR else TOTAL(np.abs(last), axis=-1 if math.isinf(order) else -2)
    top = np.reshape(z, (*last.shape[:-2], 1))
    return bool(np.any(np.sum(np.isclose(values, top, rtol=1e-12, atol=0), axis=-1) > 1))


def _kinked(z: Value, xs: Any, attributes: Any) -> bool:
    """Whether an entry is 0 where |x| matters by itself."""
    return _order(attributes.get("p", "fro")) in SUMS and bool(np.any(np.equal(xs[0], 0)))


def _flat(z: Value, xs: Any, attributes: Any) -> bool:
    """Whether singular values are 0 where they matter by themselves, or all entries are."""
    order = _order(attributes.get("p", "fro"))
    if order in SUMS:
        return False
    if order == "nuc":
        last = np.moveaxis(np.asarray(xs[0]), _places(attributes.get("dim", LAST), np.ndim(xs[0])), (-2, -1))
        values = _singular_values(last)
        return bool(np.any(values <= 1e-15 * max(last.shape[-2:]) * np.max(values, initial=0.0)))
    return bool(np.any(np.equal(z, 0)))


MATRIX_NORM = array_rule(
    "matrix_norm",
    "A; p='fro', dim=(-2, -1), keepdim=False",
    method=False,
    reads=(0, -1),
    category="linear algebra",
    summary="A norm of a matrix: 2 is the largest singular value, 1 the largest column sum, inf the largest row sum, 'nuc' the sum of "
    "singular values, 'fro' the root of the sum of squares.",
    latex=r"\left\lVert {0} \right\rVert_{{}<p>}",
    torch="torch.linalg.matrix_norm",
    evaluate=_value,
    measure=_shape,
    cost=_cost,
    pull=_pull,
    push=_push,
    partials=r"\partial\left\lVert {0} \right\rVert",
    form="reduction",
    backward=_backward,
    conventions=(
        Convention(_tied, "This norm is not differentiable at a tie; torch shares the adjoint evenly."),
        Convention(_kinked, "This norm is not differentiable where an entry is 0; torch's choice is 0 there."),
        Convention(_flat, "This norm is not differentiable where a singular value is 0; torch takes U Vᵀ, and 0 for 'fro'."),
    ),
    samples=(
        *(sample(ROWS, p=p) for p in ("fro", "nuc", 1, -1, 2, -2, math.inf, -math.inf)),
        sample(SQUARE, p=2, dim=(-1, -2)),
        sample(ROWS, p=1, dim=(1, 0), keepdim=True),
        sample(BATCH, p=2),
        sample(BATCH, p=-2, dim=(0, 2), keepdim=True),
        sample(BATCH, p=math.inf, dim=(2, 0)),
        sample(BATCH, p="nuc", dim=(1, 0)),
        sample(BATCH, dim=(0, 1)),
        sample([[1.0, 0.0], [0.0, 1.0]], p=2, smooth=False),
        sample([[1.0, -1.0], [2.0, 2.0]], p=1, smooth=False),
        sample([[0.0, 0.0], [0.0, 0.0]], smooth=False),
    ),
)
