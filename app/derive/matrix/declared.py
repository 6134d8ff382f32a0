"""What a reader declares of the symbols: shapes of letters and numbers, and assumptions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.diagnostic import ProgramError, problem
from app.derive.matrix.letters import PRIMES, Letters, chosen
from app.derive.matrix.terms import Atom

Side = str | int
Value = np.ndarray | float
WORDS = ("symmetric", "positive_definite", "positive", "diagonal", "orthogonal", "invertible")
SQUARE = frozenset(WORDS) - {"positive"}
LETTER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,7}")
MOST = 64
"""The largest side given as a number."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Symbols with their shapes and traits; ``letters`` says which number stands for which letter while forms are made."""

    shapes: Mapping[str, tuple[Side, ...]]
    assume: Mapping[str, frozenset[str]]
    letters: Letters

    def sizes(self, name: str, numbers: Mapping[str, int] | None = None) -> tuple[int, ...]:
        """The shape of a symbol for these sizes of the letters; without them, for the primes."""
        given = numbers or self.letters.numbers
        return tuple(given[side] if isinstance(side, str) else side for side in self.shapes[name])

    def reversed(self) -> Declared:
        """The same with the primes of the letters in the other order: X has more columns than rows then, if it had fewer."""
        numbers = self.letters.numbers
        turned = dict(zip(numbers, reversed(list(numbers.values())), strict=True))
        return Declared(self.shapes, self.assume, Letters(turned))

    def symbols(self) -> dict[str, Atom]:
        """The symbols as factors."""
        made = {}
        for name, shape in self.shapes.items():
            sizes = self.sizes(name)
            sides = (1, 1) if not shape else (sizes[0], 1) if len(shape) == 1 else (sizes[0], sizes[1])
            made[name] = Atom("symbol", sides, name=name, traits=self.assume.get(name, frozenset()))
        return made

    def holders(self, names: Sequence[str]) -> dict[str, tuple[str, int]]:
        """For each letter a symbol that has it, and the place of the side."""
        found: dict[str, tuple[str, int]] = {}
        for name in names:
            for place, side in enumerate(self.shapes[name]):
                if isinstance(side, str):
                    found.setdefault(side, (name, place))
        return found

    def data(
        self, rng: np.random.Generator, numbers: Mapping[str, int] | None = None, *, positive: bool = False
    ) -> dict[str, np.ndarray | float]:
        """Random values that fulfil the assumptions; square matrices are far from singular."""
        return {name: self._value(rng, name, numbers, positive=positive) for name in self.shapes}

    def _value(self, rng: np.random.Generator, name: str, numbers: Mapping[str, int] | None, *, positive: bool) -> Value:
        shape, traits = self.sizes(name, numbers), self.assume.get(name, frozenset())
        if not shape:
            return float(rng.uniform(0.5, 2.0)) if positive or "positive" in traits else float(rng.normal())
        value = rng.normal(size=shape)
        if positive or "positive" in traits:
            value = np.abs(value) + 0.5
        if len(shape) < 2 or shape[0] != shape[1]:
            return value
        n = shape[0]
        if "orthogonal" in traits:
            return np.linalg.qr(value)[0]
        if "diagonal" in traits:
            return np.diag(np.abs(np.diagonal(value)) + 0.5)
        if "positive_definite" in traits:
            return value @ value.T + n * np.eye(n)
        value = value + 2 * n * np.eye(n)
        return value + value.T if "symmetric" in traits else value


def declared(shapes: Mapping[str, Sequence[Side]], assume: Mapping[str, Sequence[str]]) -> Declared:
    """The declarations, checked; raises ProgramError with the field."""
    for name, shape in shapes.items():
        if len(shape) > 2:
            raise refusal(f"shapes.{name}", f"{name} has {len(shape)} sides; scalars have none, vectors one, matrices two.")
        for side in shape:
            _check_side(name, shape, side)
    letters = chosen(shapes)
    if len(letters.numbers) < len({side for shape in shapes.values() for side in shape if isinstance(side, str)}):
        raise refusal("shapes", f"At most {len(PRIMES)} different letters can be sizes.")
    traits = {name: _traits(name, shapes, words) for name, words in assume.items()}
    return Declared({name: tuple(shape) for name, shape in shapes.items()}, traits, letters)


def _check_side(name: str, shape: Sequence[Side], side: Side) -> None:
    """A letter, or a number that is not too large; no matrix of one column."""
    if isinstance(side, str) and not LETTER.fullmatch(side):
        raise refusal(f"shapes.{name}", f"{side[:20]!r} is no size: take a letter such as n, or a number.")
    if isinstance(side, int) and not 1 <= side <= MOST:
        raise refusal(f"shapes.{name}", f"The side {side} of {name} is not between 1 and {MOST}.")
    if side == 1:
        hint = 'A column is a vector, ["n"]; a number has the shape [].'
        raise refusal(f"shapes.{name}", f"{name} has a side of 1.", hint)


def _traits(name: str, shapes: Mapping[str, Sequence[Side]], words: Sequence[str]) -> frozenset[str]:
    """The traits that assumptions give: positive definite and diagonal matrices are symmetric."""
    field = f"assume.{name}"
    if name not in shapes:
        raise refusal(field, f"{name} is assumed to be something, and has no shape.", "Give it a shape first.")
    shape = shapes[name]
    for word in words:
        if word not in WORDS:
            raise refusal(field, f"{word[:40]!r} is no assumption.", f"There are {', '.join(WORDS)}.")
        if word in SQUARE and (len(shape) != 2 or shape[0] != shape[1]):
            raise refusal(field, f"{name} cannot be {word.replace('_', ' ')}: it is no square matrix.")
    found = set(words)
    if found & {"positive_definite", "diagonal"}:
        found.add("symmetric")
    return frozenset(found)


def refusal(field: str, sentence: str, hint: str | None = None) -> ProgramError:
    """A declaration that does not hold."""
    return problem("matrix.declaration", sentence, None, hint, field=field)
