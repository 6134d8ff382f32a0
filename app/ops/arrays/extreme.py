"""The largest, the smallest, the middle: max, min, median of everything, amax and amin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import reduced
from app.ops.arrays.reduction import ROWS, linear_work, numpy_axis, spread
from app.ops.arrays.rule import array_rule, count, primal, sample
from app.ops.op import Convention, Shape, Value


def filled(shape: Shape, dim: Any, name: str) -> None:
    """Refuse a reduction over no elements."""
    made = reduced(shape, dim)
    if count(shape) == 0 and (dim is None or count(made) > 0):
        raise OpError("value.empty", f"There is no {name} of no elements.")


# ---------------------------------------------------------------- the whole tensor: max, min, median


def _even_pull(o: Any, bar: Value, z: Value, x: Value) -> Value:
    """Elements that are equal to the result share its adjoint evenly; the others get 0, whatever the adjoint is."""
    if not np.shape(x):
        return bar
    value, entries = primal(z), np.asarray(primal(x))
    mask = (entries == value) | (np.isnan(entries) & np.isnan(value))
    return o.where(mask, o.div(bar, float(mask.sum())), 0.0)


def _even_push(o: Any, dot: Value, z: Value, x: Value) -> Value:
    if not np.shape(x):
        return dot
    mask = np.equal(primal(x), primal(z))  # a NaN equals nothing here: the tangent is NaN, as torch's
    return o.sum(o.mul(dot, np.divide(mask, mask.sum())))


def _whole_shape(name: str) -> Callable[..., Shape]:
    def measure(x: Shape) -> Shape:
        filled(x, None, name)
        return ()

    return measure


def _tied(z: Value, xs: Any, attributes: Any) -> bool:
    """Whether several elements are equal to the result."""
    return int(np.sum(np.asarray(xs[0]) == np.asarray(z))) > 1


def _whole(name: str, word: str, evaluate: Any, backward: str, samples: Any) -> Any:
    """An extreme of a whole tensor."""
    return array_rule(
        name,
        "x",
        category="selection",
        summary=f"The {word} of all elements.",
        latex=rf"\operatorname{{{name}}}\left({{0}}\right)",
        evaluate=evaluate,
        measure=_whole_shape(word),
        cost=linear_work,
        pull=_even_pull,
        reads=(0, -1),
        push=_even_push,
        partials=r"e_{\arg}^{\top}",
        form="selection",
        backward=backward,
        conventions=(Convention(_tied, f"{name} is not differentiable at a tie; torch shares the adjoint evenly among equal elements."),),
        samples=samples,
    )


def median(x: Value) -> Value:
    """The lower of the two middle elements; NaN if there is one."""
    flat = np.ravel(x)
    return np.nan if np.isnan(flat).any() else np.partition(flat, (flat.size - 1) // 2)[(flat.size - 1) // 2]


MAX = _whole("max", "largest", np.max, "MaxBackward1",
             (sample(ROWS), sample([2.0, 2.0, 1.0], smooth=False), sample([np.nan, 2.0], smooth=False), sample(1.5)))  # fmt: skip
MIN = _whole("min", "smallest", np.min, "MinBackward1",
             (sample(ROWS), sample([1.0, 1.0, 2.0], smooth=False), sample([np.nan, 2.0], smooth=False)))  # fmt: skip
MEDIAN = _whole("median", "middle", median, "MedianBackward0",
                (sample(ROWS), sample([0.5, 2.0, -1.0]), sample([1.0, 2.0, 2.0, 3.0], smooth=False),
                 sample([1.0, np.nan, 3.0], smooth=False)))  # fmt: skip

# ---------------------------------------------------------------- amax, amin


def _share(z: Value, x: Value, dim: Any, keepdim: bool) -> tuple[Any, Any]:
    """Where an element equals the result of its lane, and how many do."""
    x, z = np.asarray(primal(x)), primal(z)
    places = numpy_axis(dim, x)
    top = z if keepdim or dim is None else np.reshape(z, np.max(x, axis=places, keepdims=True).shape)
    mask = x == top
    return mask, np.sum(mask, axis=places, keepdims=True)


def _shared_pull(o: Any, bar: Value, z: Value, x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    if not np.shape(x):
        return bar
    mask, ways = _share(z, x, dim, keepdim)
    return o.mul(spread(o, bar, np.shape(x), dim, keepdim), np.divide(mask, ways))


def _shared_push(o: Any, dot: Value, z: Value, x: Value, dim: Any = None, keepdim: bool = False) -> Value:
    if not np.shape(x):
        return dot
    mask, ways = _share(z, x, dim, keepdim)
    flow = o.sum(o.where(mask, dot, 0.0), dim=dim, keepdim=keepdim)
    return o.div(flow, np.reshape(ways, np.shape(z)).astype(np.float64))


def extreme_shape(name: str) -> Callable[..., Shape]:
    """The shape rule of a reduction that needs an element a lane."""

    def measure(x: Shape, dim: Any = None, keepdim: bool = False) -> Shape:
        filled(x, dim, name)
        return reduced(x, dim, keepdim)

    return measure


def _a(name: str, word: str, function: Any) -> Any:
    """amax, amin: ties share the adjoint evenly, along dimensions too."""
    return array_rule(
        name,
        "x; dim=None, keepdim=False",
        category="selection",
        summary=f"The {word} of all elements, or along dimensions.",
        latex=rf"\operatorname{{{name[1:]}}}<_dim>\left({{0}}\right)",
        evaluate=lambda x, dim=None, keepdim=False: function(x, axis=numpy_axis(dim, x), keepdims=keepdim),
        measure=extreme_shape(word),
        cost=linear_work,
        pull=_shared_pull,
        reads=(0, -1),
        push=_shared_push,
        partials=r"e_{\arg}^{\top}",
        form="selection",
        backward=f"{name.capitalize()}Backward0",
        conventions=(
            Convention(
                lambda z, xs, a: bool(np.any(_share(z, xs[0], a.get("dim"), a.get("keepdim", False))[1] > 1)),
                f"{name} is not differentiable at a tie; torch shares the adjoint evenly among equal elements.",
            ),
        ),
        samples=(
            sample(ROWS),
            sample(ROWS, dim=0),
            sample(ROWS, dim=(0, 1), keepdim=True),
            sample([2.0, 2.0, 1.0], smooth=False),
            sample([[2.0, 2.0], [1.0, 3.0]], dim=1, smooth=False),
            sample([np.nan, 2.0], smooth=False),
        ),
    )


EXTREMES = (MAX, MIN, MEDIAN, _a("amax", "largest", np.max), _a("amin", "smallest", np.min))
