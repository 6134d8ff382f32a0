"""How far two numbers or arrays are apart, as the published tolerance measures it."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

ATOL, RTOL = 1e-10, 1e-9


class Distance(NamedTuple):
    """The largest absolute error, the largest relative one, and whether both stay within the tolerance.

    The relative error is |ours - theirs| / (|theirs| + ATOL / RTOL), so that it is at most RTOL exactly where the
    tolerance ATOL + RTOL |theirs| holds.
    """

    absolute: float
    relative: float
    agrees: bool


SAME = Distance(0.0, 0.0, agrees=True)
APART = Distance(math.inf, math.inf, agrees=False)


def distance(ours: Any, theirs: Any) -> Distance:
    """The distance of two primals; NaN equals NaN and infinity equals itself, shapes must be equal."""
    if type(ours) is float and type(theirs) is float:
        return _scalars(ours, theirs)
    a, b = np.asarray(ours, dtype=np.float64), np.asarray(theirs, dtype=np.float64)
    if a.shape != b.shape:
        return APART
    with np.errstate(all="ignore"):
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        if same.all():
            return SAME
        error = np.where(same, 0.0, np.abs(a - b))
        error = np.where(np.isnan(error) | (np.isinf(b) & ~same), np.inf, error)
        relative = np.where(np.isinf(error), np.inf, error / (np.abs(b) + ATOL / RTOL))
    worst = float(relative.max())
    return Distance(float(error.max()), worst, worst <= RTOL)


def _scalars(ours: float, theirs: float) -> Distance:
    """The distance of two floats."""
    if ours == theirs or (math.isnan(ours) and math.isnan(theirs)):
        return SAME
    error = abs(ours - theirs)
    if not math.isfinite(error):
        return APART
    relative = error / (abs(theirs) + ATOL / RTOL)
    return Distance(error, relative, relative <= RTOL)


def nothing(value: Any) -> bool:
    """Whether a tangent is absent or zero throughout: both say that nothing moves."""
    return value is None or not np.any(value)
