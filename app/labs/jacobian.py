"""The Jacobian of a program, with what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.engine.colouring import Sums, colours, count, unpacked
from app.engine.jacobian import Units, pull, push
from app.engine.layout import Layout, layout
from app.engine.tape import Tape

Mode = Literal["forward", "reverse"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What is differentiated by what: the elements of the outputs are the rows, those of the inputs the columns."""

    tape: Tape
    rows: Layout
    columns: Layout

    @property
    def passes(self) -> dict[Mode, int]:
        """The sweeps that each mode takes."""
        return {"forward": self.columns.size, "reverse": self.rows.size}

    def cheaper(self) -> Mode:
        """The mode that takes fewer sweeps; forward where both take as many."""
        return "reverse" if self.rows.size < self.columns.size else "forward"


def frame(tape: Tape, outputs: Sequence[int], inputs: Sequence[int]) -> Frame:
    """The frame of these nodes."""
    return Frame(tape, layout(tape, outputs), layout(tape, inputs))


def full(frame: Frame, mode: Mode) -> np.ndarray:
    """The Jacobian from a sweep for every column (forward) or every row (reverse)."""
    if mode == "forward":
        return push(frame.tape, frame.columns, frame.rows, Units(frame.columns.size)).T
    return pull(frame.tape, frame.columns, frame.rows, Units(frame.rows.size))


@dataclass(frozen=True, slots=True)
class Colouring:
    """A colour for every column and every row; -1 where there is no entry."""

    columns: np.ndarray
    rows: np.ndarray

    def cheaper(self) -> Mode:
        """The mode that has fewer colours."""
        return "reverse" if count(self.rows) < count(self.columns) else "forward"

    def fewest(self) -> int:
        """The sweeps that it takes then."""
        return min(count(self.rows), count(self.columns))


def coloured(pattern: np.ndarray) -> Colouring:
    """Colours for both modes."""
    return Colouring(colours(pattern), colours(pattern.T))


def compressed(frame: Frame, pattern: np.ndarray, found: Colouring, mode: Mode) -> np.ndarray:
    """The Jacobian from one sweep a colour: seeds are sums of unit vectors."""
    if mode == "forward":
        return unpacked(push(frame.tape, frame.columns, frame.rows, Sums(found.columns)).T, found.columns, pattern)
    return unpacked(pull(frame.tape, frame.columns, frame.rows, Sums(found.rows)).T, found.rows, pattern.T).T


def largest_difference(left: np.ndarray, right: np.ndarray) -> float:
    """Between entries of two matrices; entries that are both NaN, or infinite alike, do not differ."""
    same = (left == right) | (np.isnan(left) & np.isnan(right))
    return float(np.max(np.abs(np.where(same, 0.0, left - right)), initial=0.0))
