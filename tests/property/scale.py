"""How far two values are apart, on the scale of the program: relative to the largest magnitude around them, at least to 1."""

from __future__ import annotations

from typing import Any

import numpy as np


def size(value: Any) -> float:
    """The largest finite magnitude; 0 where nothing flows."""
    if value is None:
        return 0.0
    array = np.abs(np.asarray(value, dtype=np.float64))
    return float(np.max(array, initial=0.0, where=np.isfinite(array)))


def gap(a: Any, b: Any) -> float:
    """The largest distance of two entries; infinite where shapes, signs of infinity or the places of NaN differ."""
    if type(a) is float and type(b) is float and abs(a - b) < np.inf:
        return abs(a - b)
    x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if x.shape != y.shape:
        return float(np.inf)
    with np.errstate(all="ignore"):
        worst = float(np.max(np.abs(x - y), initial=0.0))
        if worst < np.inf:
            return worst
        error = np.where((x == y) | (np.isnan(x) & np.isnan(y)), 0.0, np.abs(x - y))
    return float(np.max(np.where(np.isnan(error), np.inf, error), initial=0.0))


def beyond(tolerance: float, a: Any, b: Any) -> bool:
    """Whether two values are further apart than the tolerance, relative to the larger of 1 and their largest magnitude."""
    error = gap(a, b)
    return error > tolerance and error > tolerance * max(1.0, size(a), size(b))
