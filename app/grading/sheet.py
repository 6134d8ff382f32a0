"""A student's sheet: what was written for which quantity of which node, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from app.core.diagnostic import problem
from app.engine.tape import Value
from app.grading.key import MEANT, QUANTITIES, Key
from app.grading.spot import Spot
from app.grading.tolerance import digits_of
from app.grading.written import UnreadableError, Written, read

Cell = Written | UnreadableError | None
"""A number, a reason why it is none, or nothing."""


@dataclass(frozen=True)
class Entry:
    """What was written at one spot: one cell, or the cells of a tensor in order."""

    shape: tuple[int, ...]
    cells: list[Cell]

    @cached_property
    def value(self) -> Value | None:
        """The number or array, None where a cell is blank or unreadable."""
        if not self.shape:
            cell = self.cells[0]
            return cell.value if isinstance(cell, Written) else None
        if not all(isinstance(cell, Written) for cell in self.cells):
            return None
        return np.array([cell.value for cell in self.cells], dtype=np.float64).reshape(self.shape)  # type: ignore[union-attr]  # all are written


@dataclass(frozen=True)
class Sheet:
    """All entries of one answer."""

    entries: Mapping[Spot, Entry]

    @cached_property
    def digits(self) -> int:
        """How many significant digits the sheet is written with."""
        return digits_of(c for c in chain.from_iterable(e.cells for e in self.entries.values()) if isinstance(c, Written))


def sheet(answers: Mapping[str, Any], key: Key, comma: bool) -> Sheet:
    """The sheet that an answer's JSON stands for; raises ProgramError for a node or a quantity that there is not."""
    entries: dict[Spot, Entry] = {}
    for spelling, raw in answers.items():
        node = key.node(spelling)
        for word, given in (raw if isinstance(raw, dict) else {"primal": raw}).items():
            for spot, entry in _entries(word, spelling, node, given, key, comma):
                if spot in entries:
                    raise problem("grade.twice", f"The {word} of {spelling} is given twice, under two names of one node.")
                entries[spot] = entry
    return Sheet(entries)


def _entries(word: str, spelling: str, node: int, given: Any, key: Key, comma: bool) -> list[tuple[Spot, Entry]]:
    """The entries under one word of one node."""
    if word == "partials":
        slots = len(key.run.tape.inputs[node])
        listed = given if isinstance(given, list) else [given]
        if given is not None and len(listed) != slots:
            why = UnreadableError(
                f"It has {slots} operand{'' if slots == 1 else 's'}, and {len(listed)} partials are given: one a slot, null for none."
            )
            return [(Spot("partial", node, slot), Entry((), [why])) for slot in range(slots)]
        pairs = [(Spot("partial", node, slot), one) for slot, one in enumerate(listed if given is not None else [])]
    elif word in QUANTITIES and word != "partial":
        pairs = [(Spot(MEANT.get(word, word), node), given)]
    else:
        raise problem(
            "grade.unknown_quantity",
            f"{spelling} is given a {word[:40]!r}, which is no quantity.",
            None,
            "They are primal, partials, tangent, adjoint, gradient and output.",
        )
    return [(spot, entry(one, key.shape(spot), comma)) for spot, one in pairs]


def entry(raw: Any, wanted: tuple[int, ...], comma: bool) -> Entry:
    """One spot's cells; a wrong shape makes all of them unreadable."""
    if not wanted:
        return Entry((), [_cell(raw, comma)])
    count = int(np.prod(wanted))
    if raw is None or raw == "":
        return Entry(wanted, [None] * count)
    level, found = [raw], []
    for _ in wanted:
        if not all(isinstance(part, list) for part in level) or len({len(part) for part in level}) != 1:
            break
        found.append(len(level[0]))
        level = list(chain.from_iterable(level))
    if tuple(found) != wanted:
        why = UnreadableError(f"It has shape {found}, the value has shape {list(wanted)}.")
        return Entry(wanted, [why] * count)
    return Entry(wanted, [_cell(one, comma) for one in level])


def _cell(raw: Any, comma: bool) -> Cell:
    try:
        return read(raw, comma)
    except UnreadableError as why:
        return why
