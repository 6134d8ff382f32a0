"""Numbers from the wire: JSON numbers, booleans, the words for non-finite ones, and rectangular lists of them."""

from __future__ import annotations

import math
from itertools import chain
from typing import Any

import numpy as np

from app.core.diagnostic import ProgramError, problem

WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
NUMBERS = {int, float, bool}
RANK = 32


def tensor(raw: Any, place: str) -> Any:
    """The primal that a JSON value stands for: float or bool, or an array of float64 or bool; else ``input.invalid``."""
    kind = type(raw)
    if kind is float and math.isfinite(raw):
        return raw
    if kind is bool:
        return raw
    if kind is list:
        return _array(raw, place)
    return _number(raw, place)


def _number(raw: Any, place: str) -> float:
    """One number as a float; words stand for the non-finite ones."""
    if isinstance(raw, str):
        if raw in WORDS:
            return WORDS[raw]
        raise _invalid(
            place, f"the string {raw[:40]!r} is no number", 'Only the words "NaN", "Infinity" and "-Infinity" stand for numbers.'
        )
    if type(raw) not in NUMBERS:
        raise _invalid(place, f"{_said(raw)} is no number")
    try:
        number = float(raw)
    except OverflowError:
        number = math.inf
    if math.isinf(number):
        raise _invalid(place, "the number is too large for float64", 'Infinity itself is written "Infinity".')
    return number


def _array(raw: list[Any], place: str) -> Any:
    """A rectangular nested list as an array; bool if every entry is, else float64."""
    shape: list[int] = []
    level: list[Any] = [raw]
    while level and type(level[0]) is list:
        count = len(level[0])
        if len(shape) == RANK or any(type(row) is not list or len(row) != count for row in level):
            raise _uneven(raw, place)
        shape.append(count)
        level = list(chain.from_iterable(level))
    kinds = set(map(type, level))
    if kinds == {bool}:
        return np.array(level, dtype=np.bool_).reshape(shape)
    if not kinds <= NUMBERS or not _all_finite(level):
        level = _entries(raw, place, len(shape))
    return np.array(level, dtype=np.float64).reshape(shape)


def _all_finite(level: list[Any]) -> bool:
    """Whether every number is finite as a float64."""
    try:
        return all(map(math.isfinite, level))
    except OverflowError:
        return False


def _entries(raw: list[Any], place: str, rank: int) -> list[float]:
    """All entries one by one, for lists with words and to name the place of a wrong one."""
    if rank == 0:
        return [_number(raw, place)]
    return list(chain.from_iterable(_entries(row, f"{place}[{i}]", rank - 1) for i, row in enumerate(raw)))


def _uneven(raw: list[Any], place: str) -> ProgramError:
    """Where a nested list stops being rectangular."""
    first, length, depth = raw, 0, 0
    while type(first) is list and first and depth <= RANK:
        first, depth = first[0], depth + 1
    if depth > RANK:
        return _invalid(place, f"the list is nested more than {RANK} levels deep")
    rows = [(place, raw)]
    while True:
        wrong = [(p, r) for p, r in rows if type(r) is not list or len(r) != len(rows[0][1])]
        if wrong:
            at, row = wrong[0]
            length = len(rows[0][1])
            found = f"a row of {len(row)}" if type(row) is list else _said(row)
            return _invalid(at, f"{found} where a row of {length} is needed", "A tensor is a rectangular list: all rows of one length.")
        rows = [(f"{p}[{i}]", entry) for p, r in rows for i, entry in enumerate(r)]


def _said(raw: Any) -> str:
    """A JSON value of the wrong kind, in words."""
    return "null" if raw is None else "an object" if isinstance(raw, dict) else "a list" if isinstance(raw, list) else str(raw)[:40]


def _invalid(place: str, why: str, hint: str | None = None) -> ProgramError:
    return problem("input.invalid", f"{place}: {why}.", hint=hint, place=place)
