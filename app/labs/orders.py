"""In which order a product of sparse matrices is multiplied, and how many multiplications of numbers that takes.

Entries are counted by structure. The ones that only pass a value on are free: what is multiplied by them is copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.sparsity import join
from app.labs.chain import Factor

LONGEST = 64
"""Chains of more factors are counted from the right and from the left only: the cheapest order takes the cube of their number."""


MOST_BITS = 64_000_000
"""Entries that the structure of one product may have; an order that meets a larger one is not counted."""

MOST_STEPS = 1_000_000_000
"""Entries of all structures that finding an order may look at."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order: its multiplications, and its brackets as text (None where that would be too long)."""

    multiplications: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Product:
    """The structure of a product of neighbouring factors: bits by rows, which rows only pass a value on, entries by rows and by columns."""

    bits: np.ndarray
    passing: np.ndarray
    width: int

    def by_row(self) -> np.ndarray:
        """The entries of every row that cost something."""
        counts: np.ndarray = np.unpackbits(self.bits, axis=1).sum(axis=1, dtype=np.int64)
        counts[self.passing] = 0
        return counts

    def by_column(self) -> np.ndarray:
        """The entries of every column that cost something."""
        counts: np.ndarray = np.unpackbits(self.bits[~self.passing], axis=1, count=self.width).sum(axis=0, dtype=np.int64)
        return counts

    def after(self, factor: Factor) -> Product:
        """The product of the factor with this one, the factor on the left."""
        bits = np.zeros((factor.rows.size, self.bits.shape[1]), dtype=np.uint8)
        passing = np.zeros(factor.rows.size, dtype=bool)
        bits[factor.kept[0]] = self.bits[factor.kept[1]]
        passing[factor.kept[0]] = self.passing[factor.kept[1]]
        join(bits, factor.rows_at, self.bits[factor.columns_at])
        return Product(bits, passing, self.width)


def alone(factor: Factor) -> Product:
    """A factor as a product of one."""
    width = factor.columns.size
    dense = np.zeros((factor.rows.size, width), dtype=bool)
    dense[factor.kept] = True
    dense[factor.rows_at, factor.columns_at] = True
    passing = np.zeros(factor.rows.size, dtype=bool)
    passing[factor.kept[0]] = True
    return Product(np.packbits(dense, axis=1), passing, width)


def orders(chain: Sequence[Factor]) -> dict[str, Order | None]:
    """The three orders; None where the chain is too long for the cheapest, or the structures are too large to be counted."""
    short = len(chain) <= LONGEST
    inputs, outputs = chain[0].columns.size, chain[-1].rows.size
    sizes = [factor.columns.size for factor in chain] + [outputs]
    right = _fits([size * inputs for size in sizes])
    left = _fits([size * outputs for size in sizes])
    middle = short and _fits([a * b for place, a in enumerate(sizes) for b in sizes[place + 1 :]])
    return {
        "right_to_left": Order(_from_the_right(chain), _nested(len(chain), right=True) if short else None) if right else None,
        "left_to_right": Order(_from_the_left(chain), _nested(len(chain), right=False) if short else None) if left else None,
        "cheapest": _cheapest(chain) if middle else None,
    }


def _fits(entries: Sequence[int]) -> bool:
    """Whether structures of so many entries can be counted."""
    return max(entries) <= MOST_BITS and sum(entries) <= MOST_STEPS


def _from_the_right(chain: Sequence[Factor]) -> int:
    """Forward mode: one factor after the other is multiplied to the product of those before it."""
    total, product = 0, alone(chain[0])
    for factor in chain[1:]:
        total += int(_entries(factor, factor.columns_at, factor.columns.size) @ product.by_row())
        product = product.after(factor)
    return total


def _from_the_left(chain: Sequence[Factor]) -> int:
    """Reverse mode: the same on the transposed factors, from the last to the first. A column that is passed on by all is never counted."""
    total, last = 0, chain[-1]
    size = last.rows.size
    sets, free = _transposed(last, size)
    for factor in reversed(chain[:-1]):
        counts = np.unpackbits(sets & ~free, axis=1).sum(axis=1, dtype=np.int64)
        total += int(_entries(factor, factor.rows_at, factor.rows.size) @ counts)
        made, passed = (np.zeros((factor.columns.size, sets.shape[1]), dtype=np.uint8) for _ in range(2))
        join(made, factor.kept[1], sets[factor.kept[0]])
        join(passed, factor.kept[1], free[factor.kept[0]])
        join(made, factor.columns_at, sets[factor.rows_at])
        sets, free = made, passed
    return total


def _transposed(factor: Factor, size: int) -> tuple[np.ndarray, np.ndarray]:
    """For every column of a factor the rows with an entry, and of those the ones that only pass it on."""
    dense, ones = (np.zeros((factor.columns.size, size), dtype=bool) for _ in range(2))
    dense[factor.kept[1], factor.kept[0]] = ones[factor.kept[1], factor.kept[0]] = True
    dense[factor.columns_at, factor.rows_at] = True
    return np.packbits(dense, axis=1), np.packbits(ones, axis=1)


def _entries(factor: Factor, places: np.ndarray, size: int) -> np.ndarray:
    """How many entries of an operation there are at every place."""
    return np.bincount(places, minlength=size)


def _nested(count: int, *, right: bool) -> str:
    """J₃ (J₂ J₁) or (J₃ J₂) J₁."""
    names = [_name(place) for place in range(count, 0, -1)]
    if count < 3:
        return " ".join(names)
    if right:
        return " (".join(names[:-2]) + " (" + " ".join(names[-2:]) + ")" * (count - 2)
    return "(" * (count - 2) + " ".join(names[:2]) + "".join(f") {name}" for name in names[2:])


def _name(place: int) -> str:
    return "J" + str(place).translate(SUBSCRIPTS)


SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _cheapest(chain: Sequence[Factor]) -> Order:
    """The best brackets, by the costs of all stretches of the chain: what a stretch gives does not depend on its own brackets."""
    count = len(chain)
    by_row, by_column = _counted(chain)
    cost = [[0] * count for _ in range(count)]
    split = [[0] * count for _ in range(count)]
    for length in range(2, count + 1):
        for first in range(count - length + 1):
            last = first + length - 1
            choices = [cost[first][k] + cost[k + 1][last] + int(by_column[k + 1][last] @ by_row[first][k]) for k in range(first, last)]
            best = int(np.argmin(choices))
            cost[first][last], split[first][last] = choices[best], first + best
    return Order(cost[0][-1], _bracketed(split, 0, count - 1, outer=True))


Table = list[dict[int, np.ndarray]]


def _counted(chain: Sequence[Factor]) -> tuple[Table, Table]:
    """The entries by rows and by columns of the product of factors ``first`` to ``last``."""
    by_row: Table = []
    by_column: Table = []
    for first, factor in enumerate(chain):
        product = alone(factor)
        rows, columns = {first: product.by_row()}, {first: product.by_column()}
        for last in range(first + 1, len(chain)):
            product = product.after(chain[last])
            rows[last], columns[last] = product.by_row(), product.by_column()
        by_row.append(rows)
        by_column.append(columns)
    return by_row, by_column


def _bracketed(split: list[list[int]], first: int, last: int, *, outer: bool = False) -> str:
    """The brackets of a stretch, the last factor on the left."""
    if first == last:
        return _name(first + 1)
    middle = split[first][last]
    text = f"{_bracketed(split, middle + 1, last)} {_bracketed(split, first, middle)}"
    return text if outer else f"({text})"
