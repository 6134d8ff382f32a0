"""Where the elements of some nodes stand when they are written in a row: of the inputs, of the outputs, of a state in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from app.engine.tape import Tape, Value, shape_of


@dataclass(frozen=True, slots=True)
class Layout:
    """Nodes, their shapes, and where each of them begins; the last entry of ``starts`` is where they end."""

    nodes: tuple[int, ...]
    shapes: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]

    @property
    def size(self) -> int:
        """The elements of all of them."""
        return self.starts[-1]

    def slices(self) -> list[slice]:
        """The stretch of each node."""
        return [slice(a, b) for a, b in zip(self.starts, self.starts[1:], strict=False)]


def layout(tape: Tape, nodes: Sequence[int]) -> Layout:
    """The layout of these nodes, in their order."""
    shapes = tuple([shape_of(tape.values[node]) for node in nodes])
    return Layout(tuple(nodes), shapes, tuple(accumulate(map(size_of, shapes), initial=0)))


def size_of(shape: tuple[int, ...]) -> int:
    """The number of elements; no overflow."""
    count = 1
    for side in shape:
        count *= side
    return count


def shaped(part: np.ndarray, shape: tuple[int, ...]) -> Value:
    """A stretch as the value of a node: a float, or an array."""
    return part.reshape(shape) if shape else float(part[0])
