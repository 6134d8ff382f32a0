"""Broadcasting: the common shape, and the way back from it."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.op import FLOAT, Shape, Value, shape_of


def broadcast(first: Shape, second: Shape) -> Shape:
    """The common shape of two, aligned at the right; a side of 1 stretches."""
    long, short = (first, second) if len(first) >= len(second) else (second, first)
    result = list(long)
    for place in range(1, len(short) + 1):
        a, b = long[-place], short[-place]
        if a != b and 1 not in (a, b):
            raise OpError("shape.mismatch", f"Shapes don't fit: {described(first)} and {described(second)} cannot be broadcast.")
        result[-place] = b if a == 1 else a
    return tuple(result)


def described(shape: Shape) -> str:
    """A shape in a sentence: (2), (2, 3)."""
    return "(" + ", ".join(map(str, shape)) + ")"


def reduced(part: Any, shape: Shape, whole: Shape) -> Value:
    """A contribution summed over the axes along which the operand of ``shape`` was stretched to ``whole``."""
    if shape_of(part) != whole:
        part = np.broadcast_to(np.asarray(part, dtype=np.float64), whole)
    if shape == whole:
        return _as_result(part)
    if not shape:
        return float(np.add.reduce(part, axis=None))
    lead = len(whole) - len(shape)
    axes = (*range(lead), *[lead + i for i, side in enumerate(shape) if side != whole[lead + i]])
    summed = np.add.reduce(part, axis=axes)
    return summed if summed.shape == shape else summed.reshape(shape)


def reduced_on(o: Any, part: Any, shape: Shape, whole: Shape) -> Any:
    """The same, with recorded operations."""
    if isinstance(part, (int, float)) and np.shape(part) != whole:
        part = np.full(whole, float(part))
    if shape == whole:
        return part
    lead = len(whole) - len(shape)
    axes = (*range(lead), *(lead + i for i, side in enumerate(shape) if side != whole[lead + i]))
    part = o.sum(part, dim=axes)
    return part if np.shape(part) == shape else o.reshape(part, shape)


def spread(part: Any, whole: Shape) -> Value:
    """A tangent's part, or a partial, in the shape of the result."""
    if np.shape(part) == whole:
        return _as_result(part)
    return np.broadcast_to(np.asarray(part, dtype=np.float64), whole)


def _as_result(part: Any) -> Value:
    """A float for a 0-d value, otherwise an array of floats."""
    if isinstance(part, np.ndarray) and part.ndim:
        return part if part.dtype is FLOAT or part.dtype == FLOAT else part.astype(FLOAT)
    return float(part)
