"""A second opinion on derivatives that needs no calculus: differences of values. Used where torch itself is in question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

Value = Any
"""A Python number or an array of float64."""

SHRINK = 1.6
LEVELS = 12


class Slope(NamedTuple):
    """A derivative, and how far it may be wrong, both in the shape of the function's value."""

    value: Any
    error: Any


def slope(function: Callable[..., Value], point: Sequence[Value], direction: Sequence[Value | None], step: float = 0.05) -> Slope:
    """The derivative of ``function`` at ``point`` along ``direction``: central differences with Richardson extrapolation.

    ``direction`` has one tangent an argument, None for an argument that stays. The step shrinks level by level; each entry
    of the result is taken from where the extrapolation is steadiest, and its error is how much it still moved there.
    """

    def along(t: float) -> Any:
        moved = [x if d is None else x + t * np.asarray(d, dtype=np.float64) for x, d in zip(point, direction, strict=True)]
        return np.asarray(function(*moved), dtype=np.float64)

    with np.errstate(all="ignore"):
        row = [_central(along, step)]
        best = Slope(row[0], np.full_like(row[0], np.inf))
        for level in range(1, LEVELS):
            previous, row = row, [_central(along, step / SHRINK**level)]
            for order, before in enumerate(previous):
                row.append(row[-1] + (row[-1] - before) / (SHRINK ** (2 * order + 2) - 1))
                error = np.maximum(np.abs(row[-1] - row[-2]), np.abs(row[-1] - before))
                better = error < best.error
                best = Slope(np.where(better, row[-1], best.value), np.where(better, error, best.error))
    return best


def _central(along: Callable[[float], Any], step: float) -> Any:
    """The central difference of one step."""
    return (along(step) - along(-step)) / (2 * step)


def complex_step(function: Callable[..., Any], point: Sequence[Value], direction: Sequence[Value | None], step: float = 1e-30) -> Any:
    """The derivative of an analytic function as the imaginary part of one value: nothing cancels, so nothing is lost."""
    moved = [x if d is None else x + 1j * step * np.asarray(d, dtype=np.float64) for x, d in zip(point, direction, strict=True)]
    with np.errstate(all="ignore"):
        return np.imag(np.asarray(function(*moved))) / step


def pairing(weights: Any, point: Any) -> float:
    """⟨w, x⟩, the pairing in which a JVP and a VJP are transposes of each other."""
    return float(np.sum(np.asarray(weights, dtype=np.float64) * np.asarray(point, dtype=np.float64)))
