"""The dual check: both sweeps of one sheet must agree on ⟨ȳ, J ẋ⟩."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.engine.tape import Value
from app.grading.key import Key
from app.grading.sheet import Sheet
from app.grading.spot import Spot


@dataclass(frozen=True, slots=True)
class DualCheck:
    """``forward`` is ⟨ȳ, ẏ⟩ by the student's tangents, ``reverse`` ⟨x̄, ẋ⟩ by the student's adjoints."""

    forward: float
    reverse: float

    @property
    def agree(self) -> bool:
        """Whether both are the same, roundings aside."""
        return abs(self.forward - self.reverse) <= 0.02 * max(abs(self.forward), abs(self.reverse), 1e-8)


def dual_check(key: Key, sheet: Sheet) -> DualCheck | None:
    """The check on the student's own numbers; None where a sweep or a number is missing."""
    if key.adjoints is None or key.tangents is None:
        return None
    forward = _inner("tangent", key.cotangents, sheet)
    inputs = {node: seed for node, seed in key.directions.items() if key.adjoints[node] is not None}
    reverse = _inner("adjoint", inputs, sheet)
    return DualCheck(forward, reverse) if forward is not None and reverse is not None else None


def _inner(quantity: str, seeds: Mapping[int, Value], sheet: Sheet) -> float | None:
    """The seeds times what was written for their nodes."""
    total = 0.0
    for node, seed in seeds.items():
        entry = sheet.entries.get(Spot(quantity, node))
        if entry is None or entry.value is None:
            return None
        total += float(np.sum(np.asarray(seed) * entry.value))
    return total
