"""How the size of an adjoint changes from step to step on the way back: it vanishes, explodes, or stays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.tape import Value


@dataclass(frozen=True, slots=True)
class Trend:
    """How adjoints change on the way back: by which factor a step, in the mean, and in a word."""

    factor: float | None
    word: str


FAR = 1e3
"""From which factor over all steps on an adjoint counts as exploded, or, the other way round, as vanished."""

NEAR = 1.001


def trend(sizes: Sequence[float | None]) -> Trend | None:
    """The trend of sizes in the order of the reverse sweep; None where there is no way from one to another."""
    known = [one for one in sizes if one is not None]
    if len(known) < 2 or not all(map(math.isfinite, known[:-1])) or known[0] == 0:
        return None
    begin, end = known[0], known[-1]
    if math.isnan(end):
        return Trend(None, "nan")
    if end == 0 or math.isinf(end):
        return Trend(None, "vanishing" if end == 0 else "exploding")
    far = math.log(end) - math.log(begin)
    words = ((-math.log(FAR), "vanishing"), (-math.log(NEAR), "shrinking"), (math.log(NEAR), "steady"), (math.log(FAR), "growing"))
    return Trend(math.exp(far / (len(known) - 1)), next((word for limit, word in words if far <= limit), "exploding"))


def size(values: Sequence[Value | None]) -> float | None:
    """The 2-norm of several adjoints as one; None where nothing flows into any. Scaled, so that it neither overflows nor vanishes early."""
    entries = [np.ravel(np.asarray(value, dtype=np.float64)) for value in values if value is not None]
    if not entries:
        return None
    flat = np.abs(np.concatenate(entries))
    top = float(flat.max(initial=0.0))
    if not 0 < top < float("inf"):
        return top
    return top * float(np.sqrt(np.sum((flat / top) ** 2)))
