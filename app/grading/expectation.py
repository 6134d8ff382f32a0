"""What a value should be, by the truth or by the student's own numbers before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from app.engine.tape import Value
from app.grading.spot import Spot


class Part(NamedTuple):
    """One summand of a tangent or an adjoint: along which edge, from what number, by which partial (None of tensors)."""

    node: int
    slot: int
    source: Value
    partial: Value | None
    value: Value


@dataclass(slots=True)
class Expectation:
    """A value from the student's own numbers.

    ``others`` are values as good as the first (a partial from the written result instead of the computed one). ``low`` and ``high`` are the
    ends at a kink, ``convention`` its sentence. ``bound`` is what rounding of the numbers before it comes to, to first order;
    ``magnitude`` that of the summands. ``needs`` are the spots whose numbers it rests on; ``missing`` those of them without one.
    """

    value: Value | None = None
    others: Sequence[Value] = ()
    low: Value | None = None
    high: Value | None = None
    convention: str | None = None
    bound: float = 0.0
    magnitude: float = 0.0
    needs: list[Spot] = field(default_factory=list)
    missing: list[Spot] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def cell(value: Value | None, index: tuple[int, ...]) -> float | None:
    """One cell of a value."""
    if value is None:
        return None
    return float(value[index]) if isinstance(value, np.ndarray) and value.ndim else float(value)
