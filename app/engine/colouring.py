"""Colours for the columns (or rows) of a sparse matrix: those of one colour share no row, so that one sweep can serve them all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NONE = -1
"""The colour of a column without entries: it needs no sweep."""

MOST_WORK = 50_000_000
"""Words of bits to look at; above that every column has a colour of its own."""


def colours(pattern: np.ndarray) -> np.ndarray:
    """A colour for every column, from 0 on, columns with many entries first (Curtis, Powell and Reid; Welsh and Powell)."""
    counts = pattern.sum(axis=0)
    found = np.full(pattern.shape[1], NONE)
    used = np.flatnonzero(counts)
    fullest = int(pattern.sum(axis=1).max(initial=0))
    if fullest == len(used) or int(counts.sum()) * (1 + fullest // 64) > MOST_WORK:
        found[used] = np.arange(len(used))
        return found
    taken = [0] * pattern.shape[0]
    for column in used[np.argsort(-counts[used], kind="stable")].tolist():
        rows = np.flatnonzero(pattern[:, column]).tolist()
        busy = 0
        for row in rows:
            busy |= taken[row]
        free = ~busy & (busy + 1)
        found[column] = free.bit_length() - 1
        for row in rows:
            taken[row] |= free
    return found


@dataclass(frozen=True, slots=True)
class Sums:
    """Seeds, one a colour: the sum of the unit vectors of its columns."""

    colours: np.ndarray

    def __len__(self) -> int:
        return count(self.colours)

    def __getitem__(self, rows: slice, /) -> np.ndarray:
        wanted = np.arange(len(self))[rows]
        made: np.ndarray = (self.colours == wanted[:, None]).astype(float)
        return made


def count(found: np.ndarray) -> int:
    """How many colours there are."""
    return int(found.max(initial=NONE)) + 1


def unpacked(compressed: np.ndarray, found: np.ndarray, pattern: np.ndarray) -> np.ndarray:
    """The matrix from its product with the seeds, a column a colour: every entry stands alone in its row and colour."""
    made = np.zeros(pattern.shape)
    rows, columns = np.nonzero(pattern)
    made[rows, columns] = compressed[rows, found[columns]]
    return made
