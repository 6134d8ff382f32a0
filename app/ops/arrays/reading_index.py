"""What an index means for a shape: which parts, which sides, and what is outside."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import broadcast
from app.ops.op import Shape

Index = tuple[Any, ...]


def resolved(shape: Shape, index: Any) -> tuple[Index, Index, Shape, Shape]:
    """An index in torch's two stages, and the shapes after them.

    First numbers, slices and None; then the arrays, on what is left. (numpy treats numbers beside arrays as arrays, and
    then orders the dimensions differently.)
    """
    parts = index if isinstance(index, tuple) else (index,)
    taken = sum(_takes(part) for part in parts)
    if taken > len(shape):
        has = "a single number cannot be indexed" if not shape else f"the tensor has {len(shape)} dimension{'s' if len(shape) > 1 else ''}"
        raise OpError("shape.index", f"Too many indices: {has}.")
    parts = _filled(parts, len(shape) - taken)
    basic: list[Any] = []
    arrays: list[Any] = []
    middle: list[int] = []
    place = 0
    for part in parts:
        if part is None:
            basic.append(None)
            middle.append(1)
            arrays.append(slice(None))
        elif isinstance(part, slice):
            piece, length = _slice(part, shape[place])
            basic.append(piece)
            middle.append(length)
            arrays.append(slice(None))
            place += 1
        elif isinstance(part, np.ndarray):
            basic += [slice(None)] * _takes(part)
            middle += shape[place : place + _takes(part)]
            arrays.append(_positions(part, shape[place : place + _takes(part)]))
            place += _takes(part)
        else:
            basic.append(_position(part, shape[place]))
            place += 1
    if not any(isinstance(a, np.ndarray) for a in arrays):
        return tuple(basic), (), tuple(middle), tuple(middle)
    return tuple(basic), tuple(arrays), tuple(middle), _picked(tuple(middle), arrays)


def _takes(part: Any) -> int:
    """How many dimensions one part of an index uses up."""
    if part is None or part is Ellipsis:
        return 0
    return part.ndim if isinstance(part, np.ndarray) and part.dtype == np.bool_ else 1


def _filled(parts: Index, missing: int) -> Index:
    """The index with its Ellipsis spelled out (at the end where there is none)."""
    dots = [place for place, part in enumerate(parts) if part is Ellipsis]
    if len(dots) > 1:
        raise OpError("shape.index", "An index can have ... only once.")
    place = dots[0] if dots else len(parts)
    return (*parts[:place], *(slice(None),) * missing, *parts[place + 1 :])


def _position(part: Any, side: int) -> int:
    """One position, counted from the left."""
    if isinstance(part, bool) or not isinstance(part, (int, np.integer)):
        raise OpError("shape.index", "An index must be a whole number, a slice, or a tensor of positions.")
    if not -side <= part < side:
        raise out_of_range(int(part), side)
    return int(part) + side if part < 0 else int(part)


def out_of_range(position: int, side: int) -> OpError:
    """The error of a position that is not there."""
    hint = f"Use 0 to {side - 1}, or -{side} to -1." if side else "There are no elements."
    return OpError("shape.index", f"index {position} is out of range for a dimension of size {side}", hint)


def _slice(part: slice, side: int) -> tuple[slice, int]:
    """A slice that is within bounds, and how many positions it has."""
    if part.step is not None and part.step <= 0:
        raise OpError("shape.index", "The step of a slice must be positive, as in torch.", "Use flip to go backwards.")
    start, stop, step = part.indices(side)
    return slice(start, stop, step), len(range(start, stop, step))


def _positions(part: np.ndarray, sides: Shape) -> np.ndarray:
    """An array of positions or a mask, checked."""
    if part.dtype == np.bool_:
        if part.shape != sides:
            raise OpError("shape.mismatch", f"The mask has the shape {part.shape}; what it selects from has {sides}.")
        return part
    whole_numbers = part.astype(np.int64)
    if part.dtype.kind == "f" and not np.array_equal(whole_numbers, part):
        raise OpError("shape.index", "An index must be a whole number.")
    (side,) = sides
    outside = whole_numbers[(whole_numbers < -side) | (whole_numbers >= side)]
    if outside.size:
        raise out_of_range(int(outside[0]), side)
    return np.where(whole_numbers < 0, whole_numbers + side, whole_numbers)


def _picked(middle: Shape, arrays: list[Any]) -> Shape:
    """The shape after the arrays have picked: theirs, in their place if they stand together, in front otherwise."""
    chosen = [(k, a) for k, a in enumerate(arrays) if isinstance(a, np.ndarray)]
    common = broadcast(*((int(a.sum()),) if a.dtype == np.bool_ else a.shape for _, a in chosen))
    places = [k for k, _ in chosen]
    together = places[-1] - places[0] == len(places) - 1
    rest: list[int] = []
    front = 0
    place = 0
    for k, part in enumerate(arrays):
        if isinstance(part, np.ndarray):
            front = len(rest) if k == places[0] and together else front
            place += part.ndim if part.dtype == np.bool_ else 1
        else:
            rest.append(middle[place])
            place += 1
    return (*rest[:front], *common, *rest[front:])
