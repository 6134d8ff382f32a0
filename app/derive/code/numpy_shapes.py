"""The words for shapes, axes and places in NumPy and JAX: the same numbers, standing otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.derive.code.symbol import Symbol
from app.derive.code.text import TORCH, Dialect, Words, index_text, keywords, literal

AXES = {"dim": "axis", "keepdim": "keepdims"}


def _into_shape(d: Dialect, value: Symbol, given: list[str]) -> str:
    """Reshape, flatten, squeeze, unsqueeze: all of them by the shape that comes out."""
    return f"{d.module}.reshape({given[0]}, {literal(value.shape)})"


def _broadcast(d: Dialect, value: Symbol, given: list[str]) -> str:
    return f"{d.module}.broadcast_to({given[0]}, {literal(value.shape)})"


def _summed_to(d: Dialect, value: Symbol, given: list[str]) -> str:
    """The sum over the axes along which a value was stretched."""
    whole, shape = value.operands[0].shape, value.shape
    lead = len(whole) - len(shape)
    axes = (*range(lead), *(lead + i for i, side in enumerate(shape) if side != whole[lead + i]))
    return f"{d.module}.reshape({d.module}.sum({given[0]}, axis={literal(axes)}), {literal(shape)})"


def _transposed(d: Dialect, value: Symbol, given: list[str]) -> str:
    """T, t, transpose, permute and movedim: by the order of the axes."""
    name, rank = value.op.name, value.ndim  # type: ignore[union-attr]  # it has an operation
    order = list(range(rank))
    if name in ("T", "t"):
        return f"{given[0]}.T"
    if name == "transpose":
        a, b = (value.attributes[key] % rank for key in ("dim0", "dim1"))
        order[a], order[b] = b, a
    elif name == "permute":
        order = [i % rank for i in _flat(value.attributes["dims"])]
    else:
        return f"{d.module}.moveaxis({given[0]}, {literal(value.attributes['source'])}, {literal(value.attributes['destination'])})"
    return f"{d.module}.transpose({given[0]}, {literal(tuple(order))})"


def _flat(dims: Any) -> tuple[int, ...]:
    return tuple(dims[0]) if len(dims) == 1 and isinstance(dims[0], (tuple, list)) else tuple(dims)


def _joined(name: str) -> Words:
    return lambda d, value, given: f"{d.module}.{name}([{', '.join(given)}]{keywords(value, AXES)})"


def _rolled(d: Dialect, value: Symbol, given: list[str]) -> str:
    return f"{d.module}.roll({given[0]}, {literal(value.attributes['shifts'])}{keywords(value, {'dims': 'axis'}, leave=('shifts',))})"


def _indexed(d: Dialect, value: Symbol, given: list[str]) -> str:
    index = value.attributes["index"]
    parts = index if isinstance(index, tuple) else (index,)
    if any(isinstance(p, np.ndarray) for p in parts) and any(isinstance(p, (int, slice)) or p is None for p in parts[:-1]):
        raise OpError("export.operation", "This access mixes positions and ranges, whose order NumPy sees in another way.", TORCH)
    return f"{given[0]}[{index_text(index, lambda a: d.constant(a)[0])}]"


def _scattered(d: Dialect, value: Symbol, given: list[str]) -> str:
    d.used.add("scattered")
    shape, index = value.attributes["shape"], value.attributes["index"]
    parts = index if isinstance(index, tuple) else (index,)
    written = ", ".join(d.constant(p)[0] if isinstance(p, np.ndarray) else literal(p) for p in parts)
    return f"scattered({given[0]}, {literal(tuple(shape))}, ({written},))"


def _taken(name: str, argument: str) -> Words:
    def word(d: Dialect, value: Symbol, given: list[str]) -> str:
        index = d.constant(np.asarray(value.attributes["index"]))[0]
        return f"{d.module}.{name}({given[0]}, {index}, axis={value.attributes['dim']})"

    return word


SHAPES: dict[str, Words] = {
    **dict.fromkeys(("reshape", "flatten", "squeeze", "unsqueeze"), _into_shape),
    **dict.fromkeys(("broadcast_to", "expand"), _broadcast),
    **dict.fromkeys(("T", "t", "transpose", "permute", "movedim"), _transposed),
    "flip": lambda d, value, given: f"{d.module}.flip({given[0]}, axis={literal(_flat(value.attributes['dims']))})",
    "roll": _rolled,
    "repeat": lambda d, value, given: f"{d.module}.tile({given[0]}, {literal(_flat(value.attributes['repeats']))})",
    "tile": lambda d, value, given: f"{d.module}.tile({given[0]}, {literal(_flat(value.attributes['dims']))})",
    "sum_to_size": _summed_to,
    "cat": _joined("concatenate"), "stack": _joined("stack"), "hstack": _joined("hstack"), "vstack": _joined("vstack"),
    "index": _indexed,
    "index_put": _scattered,
    "gather": _taken("take_along_axis", "index"),
    "index_select": _taken("take", "index"),
}  # fmt: skip
