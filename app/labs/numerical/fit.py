"""Slopes on log-log axes: how the error falls with h, and how it grows again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.labs.numerical.theory import Forecast

FEWEST = 3
WIDE = 10.0
"""Without a theory, a branch begins so many times beyond the best step."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A straight line through the points of one branch: log10 error = slope log10 h + height."""

    slope: float
    height: float
    steps: list[float]


def branches(errors: Sequence[tuple[float, float | None]], law: Forecast, flat: tuple[float, float]) -> dict[str, Branch | None]:
    """The truncation and the rounding branch of (h, error); None where there are too few points.

    Steps up to the first of ``flat`` do not move x any more, those beyond the second are no small steps.
    """
    known = [(h, e) for h, e in errors if e is not None and 0 < e < math.inf and flat[0] < h <= flat[1]]
    places = {h: law.branch(h) if law.derivative is not None else _measured(h, known) for h, _ in known}
    if not law.law.noise:
        places = {h: None if place == "rounding" else place for h, place in places.items()}
    if law.derivative == 0:
        places = {h: None if place == "truncation" else place for h, place in places.items()}
    return {name: _line([(h, e) for h, e in known if places[h] == name]) for name in ("truncation", "rounding")}


def _measured(h: float, known: Sequence[tuple[float, float]]) -> str | None:
    """On which side of the smallest error a step lies."""
    middle = min(known, key=lambda one: one[1])[0]
    return "truncation" if h > WIDE * middle else "rounding" if h * WIDE < middle else None


def _line(points: Sequence[tuple[float, float]]) -> Branch | None:
    """Least squares."""
    if len(points) < FEWEST or len({h for h, _ in points}) < FEWEST:
        return None
    x, y = (np.log10([one[side] for one in points]) for side in (0, 1))
    apart = x - x.mean()
    slope = float(np.sum(apart * (y - y.mean())) / np.sum(apart * apart))
    return Branch(slope, float(y.mean() - slope * x.mean()), [h for h, _ in points])
