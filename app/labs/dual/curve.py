"""The program along the curve that its series describe, and the Taylor polynomials beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.diagnostic import ProgramError
from app.engine.tape import Value
from app.labs.dual.recurrences import Coefficients
from app.ops.op import normal


@dataclass(frozen=True, slots=True)
class Curve:
    """Where ε was set to a number t: the values there (None where the program is refused), and by order the polynomials."""

    t: np.ndarray
    values: list[float | None]
    polynomials: list[np.ndarray]


def curve(
    evaluated: Callable[[Mapping[str, Value]], Value], given: Mapping[str, Coefficients], found: Sequence[float], radius: float, count: int
) -> Curve:
    """Values at ``count`` places from -radius to radius; ``given`` are the series of the inputs, ``found`` that of the result."""
    t = np.linspace(-radius, radius, count)
    values: list[float | None] = []
    for place in t:
        try:
            values.append(float(evaluated({name: _at(row, float(place)) for name, row in given.items()})))
        except ProgramError:
            values.append(None)
    powers = np.cumsum([c * t**k for k, c in enumerate(found)], axis=0)
    return Curve(t, values, list(powers))


def _at(row: Coefficients, t: float) -> Value:
    """A series at a number; what has one coefficient stays what it is."""
    if len(row) == 1:
        return row[0]
    return normal(np.add.reduce([np.multiply(c, t**k) for k, c in enumerate(row)]))
