"""Linear steps that never fail: a matrix without a usable inverse, or with entries that are no numbers, gives a step of zeros."""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def least(matrix: Array, right: Array, rcond: float) -> Array:
    """The shortest of the vectors that come nearest to matrix · step = right."""
    if not matrix.size or not np.isfinite(matrix).all() or not np.isfinite(right).all():
        return np.zeros(matrix.shape[1])
    try:
        found: Array = np.linalg.lstsq(matrix, right, rcond=rcond)[0]
    except np.linalg.LinAlgError:
        return np.zeros(matrix.shape[1])
    return found if np.isfinite(found).all() else np.zeros(matrix.shape[1])


def damped(normal: Array, slope: Array, damping: float) -> Array:
    """Levenberg's step: (normal + damping · its mean diagonal) · step = −slope."""
    size = len(slope)
    shifted = normal + damping * max(float(np.trace(normal)) / max(1, size), 1e-12) * np.eye(size)
    try:
        found: Array = np.linalg.solve(shifted, -slope)
    except np.linalg.LinAlgError:
        return least(shifted, -slope, 1e-13)
    return found if np.isfinite(found).all() else np.zeros(size)
