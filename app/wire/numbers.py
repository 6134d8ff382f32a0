"""Numbers to the wire: the one place that turns NaN and infinities into words."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.op import Value

INFINITY = float("inf")


def plain(value: Value | None) -> Any:
    """A primal, tangent or adjoint as JSON has it: numbers, booleans, words, nested lists; None stays None."""
    if type(value) is float:
        return value if -INFINITY < value < INFINITY else word(value)
    if isinstance(value, np.ndarray):
        return array(value)
    return value


def word(value: float) -> Any:
    """The word of a number that is not finite; a finite one stays."""
    if value != value:  # noqa: PLR0124  NaN is the only value unequal to itself
        return "NaN"
    return value if -INFINITY < value < INFINITY else "Infinity" if value > 0 else "-Infinity"


def array(value: np.ndarray[Any, Any]) -> Any:
    """An array as nested lists."""
    listed = value.tolist()
    return listed if value.dtype != np.float64 or np.isfinite(value).all() else _worded(listed)


def _worded(listed: Any) -> Any:
    return [_worded(v) for v in listed] if isinstance(listed, list) else word(listed)


def summary(value: Value | None, above: int) -> Any:
    """The value itself where it is small, otherwise its shape, range, mean, norm and a corner."""
    if not isinstance(value, np.ndarray) or value.size <= above or value.dtype != np.float64:
        return plain(value)
    corner = value[tuple(slice(0, 4) for _ in value.shape)]
    with np.errstate(all="ignore"):
        facts = {"min": value.min(), "max": value.max(), "mean": value.mean(), "norm": np.linalg.norm(value)}
    return {"shape": list(value.shape)} | {name: word(float(fact)) for name, fact in facts.items()} | {"corner": array(corner)}
