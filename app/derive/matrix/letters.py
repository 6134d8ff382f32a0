"""Sizes as letters: every letter is a prime, so that a product of sizes tells which letters it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PRIMES = (5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61)


@dataclass(frozen=True, slots=True)
class Letters:
    """Which number stands for which letter."""

    numbers: Mapping[str, int]

    def side(self, n: int) -> list[str]:
        """The letters and numbers whose product a side is."""
        found = []
        for letter, prime in self.numbers.items():
            while n % prime == 0:
                found.append(letter)
                n //= prime
        return ([str(n)] if n != 1 or not found else []) + found

    def product(self, n: int) -> str:
        """A side as LaTeX."""
        return r"\,".join(self.side(n))

    def sides(self, shape: tuple[int, int], rank: int | None = None) -> list[str]:
        """The sides of a shape as LaTeX: none of a number, one of a column."""
        if shape == (1, 1):
            return []
        return [self.product(shape[0])] if shape[1] == 1 and rank != 2 else [self.product(n) for n in shape]


def chosen(shapes: Mapping[str, Sequence[str | int]]) -> Letters:
    """A prime for every letter, none of them a number that is declared."""
    letters = list(dict.fromkeys(side for shape in shapes.values() for side in shape if isinstance(side, str)))
    taken = {side for shape in shapes.values() for side in shape if isinstance(side, int)}
    free = [p for p in PRIMES if all(n % p for n in taken)]
    return Letters(dict(zip(letters, free, strict=False)))
