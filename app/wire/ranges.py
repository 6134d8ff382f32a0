"""The values that a varied input takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.core.diagnostic import problem
from app.core.limits import Limits
from app.wire.requests.programs import Range


def values_of(name: str, given: Range | Sequence[float], limits: Limits) -> np.ndarray:
    """As they are given, or evenly spaced; all finite, and no more than a sweep may have points."""
    check_points(given.num if isinstance(given, Range) else len(given), limits)
    values = np.linspace(given.start, given.stop, given.num) if isinstance(given, Range) else np.asarray(given, dtype=np.float64)
    if not np.isfinite(values).all():
        raise problem("request.field", f"vary.{name[:80]}: the values must be finite.", field=f"vary.{name[:80]}")
    return values


def check_points(count: int, limits: Limits) -> None:
    """``budget.points`` where there are too many."""
    if count <= limits.sweep_points:
        return
    message = f"The sweep has {count:,} points; the limit here is {limits.sweep_points:,}."
    raise problem(
        "budget.points",
        message,
        None,
        "Take fewer points of each input.",
        limit="sweep_points",
        allowed=limits.sweep_points,
        asked=count,
    )
