"""Dimensions: which ones are meant, and whether they are there."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.op import Shape


def named(shape: Shape) -> str:
    """A shape in words: ``3×4``, ``5 entries``, ``a single number``."""
    if not shape:
        return "a single number"
    if len(shape) == 1:
        return f"{shape[0]} {'entry' if shape[0] == 1 else 'entries'}"
    return "×".join(map(str, shape))


EXACT = 2**53
"""Counts beyond this are no floats any more, and no sizes of anything."""


def whole(value: Any, what: str) -> int:
    """An integer attribute; floats with an integral value count."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise OpError("type.mismatch", f"{what} must be a whole number.")
    if abs(value) > EXACT:
        raise OpError("value.too_large", f"{what} is too large: {float(value):g}.")
    return value


def wholes(value: Any, what: str) -> tuple[int, ...]:
    """Integer attributes, given as one or as several."""
    if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], (tuple, np.ndarray)):
        value = value[0]
    if isinstance(value, np.ndarray):
        value = tuple(value.tolist()) if value.ndim else value.item()
    if isinstance(value, (tuple, list)):
        return tuple(whole(v, what) for v in value)
    return (whole(value, what),)


def are_sizes(value: Any) -> bool:
    """Whether an attribute is a plain shape already: the usual case, which needs no care."""
    return type(value) is tuple and all(type(side) is int and side >= 0 for side in value)


def flag(value: Any, what: str) -> None:
    """Refuse an attribute that is neither True nor False."""
    if not isinstance(value, bool) and not (isinstance(value, int) and value in (0, 1)):
        raise OpError("type.mismatch", f"{what} is True or False.")


def number(value: Any, what: str) -> None:
    """Refuse an attribute that is no number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise OpError("type.mismatch", f"{what} is a number.")


def axis(dim: Any, rank: int) -> int:
    """A dimension as a count from the left; a single number has the dimensions 0 and -1, as in torch."""
    place = whole(dim, "A dimension")
    sides = rank or 1
    if not -sides <= place < sides:
        has = "a single number has none" if rank == 0 else f"the tensor has {rank} dimension{'s' if rank > 1 else ''}, 0 to {rank - 1}"
        raise OpError("shape.index", f"There is no dimension {place}: {has}.", f"Use -{sides} to {sides - 1}.")
    return place + sides if place < 0 else place


def axes(dim: Any, rank: int) -> tuple[int, ...]:
    """The dimensions meant by ``dim``, in order; all of them for None and for ()."""
    if dim is None or (isinstance(dim, tuple) and not dim):
        return tuple(range(rank))
    if type(dim) is int and -rank <= dim < rank:
        return (dim % rank,)
    places = tuple(sorted(axis(d, rank) for d in wholes(dim, "A dimension")))
    if len(set(places)) < len(places):
        raise OpError("shape.index", "A dimension is named twice.")
    return () if rank == 0 else places


def order(dims: Any, rank: int) -> tuple[int, ...]:
    """A permutation of all dimensions."""
    places = tuple(axis(d, rank) for d in wholes(dims, "A dimension"))
    if len(places) != rank or len(set(places)) < rank:
        raise OpError("shape.invalid", f"Every one of the {rank} dimensions must be named once, not {places}.")
    return places


def kept(shape: Shape, dim: Any) -> Shape:
    """The shape after a reduction that keeps the reduced dimensions as 1."""
    if dim is None:
        return (1,) * len(shape)
    gone = axes(dim, len(shape))
    return tuple(1 if place in gone else side for place, side in enumerate(shape))


def reduced(shape: Shape, dim: Any = None, keepdim: bool = False) -> Shape:
    """The shape after a reduction."""
    if keepdim:
        return kept(shape, dim)
    if dim is None:
        return ()
    gone = axes(dim, len(shape))
    return tuple(side for place, side in enumerate(shape) if place not in gone)


def sizes(shape: Any, what: str = "A size") -> tuple[int, ...]:
    """A shape given as an attribute, no side negative."""
    sides = wholes(shape, what)
    for side in sides:
        if side < 0:
            raise OpError("shape.invalid", f"{what} cannot be negative: {side}.")
    return sides


def broadcast(*shapes: Shape) -> Shape:
    """The common shape of operands."""
    first = shapes[0]
    if all(s == first for s in shapes):
        return first
    rank = max(map(len, shapes))
    padded = [(1,) * (rank - len(s)) + s for s in shapes]
    made = []
    for place, column in enumerate(zip(*padded, strict=True)):
        longer = [side for side in column if side != 1]
        if len(set(longer)) > 1:
            shown = " and ".join(named(s) for s in shapes)
            other = next(s for s in longer if s != longer[0])
            raise OpError("shape.mismatch", f"Shapes don't fit: {shown}. In dimension {place} the sizes differ: {longer[0]} ≠ {other}.")
        made.append(longer[0] if longer else 1)
    return tuple(made)
