"""Many answers that are nearly alike: the first one whole, and of the others only what differs from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Path = tuple[str | int, ...]


def columns(answers: Sequence[Any]) -> list[tuple[Path, list[Any]]]:
    """By its place in the first answer, each value that is not the same in all of them, an entry an answer.

    Where objects have other keys, or lists other lengths, the column holds them whole.
    """
    found: list[tuple[Path, list[Any]]] = []
    _compare((), list(answers), found)
    return found


def _compare(path: Path, values: list[Any], found: list[tuple[Path, list[Any]]]) -> None:
    first = values[0]
    if isinstance(first, dict) and all(isinstance(value, dict) and value.keys() == first.keys() for value in values):
        for key in first:
            _compare((*path, key), [value[key] for value in values], found)
    elif isinstance(first, list) and all(isinstance(value, list) and len(value) == len(first) for value in values):
        for place in range(len(first)):
            _compare((*path, place), [value[place] for value in values], found)
    elif not all(map(_same(first), values)):
        found.append((path, values))


def _same(first: Any) -> Any:
    """Whether a value is the very same: minus zero is not zero, and true is not 1."""
    kind, sign = type(first), repr(first) if first == 0 else None
    return lambda value: type(value) is kind and value == first and (sign is None or repr(value) == sign)
