"""Windows over images and signals: how they lie, and a view of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from app.core.diagnostic import OpError
from app.ops.arrays.axes import wholes
from app.ops.op import Shape


@dataclass(frozen=True, slots=True)
class Stride:
    """How windows lie: one entry a spatial dimension; ``ahead`` and ``behind`` are the zeros on both ends."""

    kernel: tuple[int, ...]
    step: tuple[int, ...]
    ahead: tuple[int, ...]
    behind: tuple[int, ...]
    spread: tuple[int, ...]

    @property
    def reach(self) -> tuple[int, ...]:
        """How many positions a window spans."""
        return tuple(d * (k - 1) + 1 for d, k in zip(self.spread, self.kernel, strict=True))

    def outcome(self, sides: Shape) -> Shape:
        """How many windows there are."""
        made = []
        for side, a, b, reach, step in zip(sides, self.ahead, self.behind, self.reach, self.step, strict=True):
            if side + a + b < reach:
                raise OpError(
                    "shape.mismatch", f"The kernel reaches over {reach} positions, but there are only {side + a + b} (with padding)."
                )
            made.append((side + a + b - reach) // step + 1)
        return tuple(made)


def several(value: Any, rank: int, what: str, least: int) -> tuple[int, ...]:
    """One number a spatial dimension, given as one or as several."""
    numbers = wholes(value, what)
    numbers = numbers * rank if len(numbers) == 1 else numbers
    if len(numbers) != rank or min(numbers) < least:
        raise OpError("shape.invalid", f"{what} must be a number from {least} on, or {rank} of them, not {value}.")
    return numbers


def layout(kernel: tuple[int, ...], stride: Any, padding: Any, dilation: Any) -> Stride:
    """The windows of a kernel; padding may be 'valid' or 'same'."""
    rank = len(kernel)
    step, spread = several(stride, rank, "The stride", 1), several(dilation, rank, "The dilation", 1)
    if isinstance(padding, str) and padding == "same":
        if max(step) > 1:
            raise OpError("shape.invalid", "padding='same' goes with stride 1 only.")
        total = tuple(d * (k - 1) for d, k in zip(spread, kernel, strict=True))
        ahead = tuple(t // 2 for t in total)
        return Stride(kernel, step, ahead, tuple(t - a for t, a in zip(total, ahead, strict=True)), spread)
    if isinstance(padding, str) and padding != "valid":
        raise OpError("shape.invalid", f"padding is a number, 'valid' or 'same', not {padding!r}.")
    ahead = several(0 if isinstance(padding, str) else padding, rank, "The padding", 0)
    return Stride(kernel, step, ahead, ahead, spread)


def padded(x: Any, lie: Stride, fill: float = 0.0) -> Any:
    """The operand with zeros (or something else) on both ends of the spatial dimensions."""
    if not any(lie.ahead) and not any(lie.behind):
        return x
    rank = len(lie.kernel)
    return np.pad(x, [(0, 0)] * (x.ndim - rank) + list(zip(lie.ahead, lie.behind, strict=True)), constant_values=fill)


def windows(x: Any, lie: Stride) -> Any:
    """All windows of an operand that is padded already, as a view: (…, windows…, kernel…)."""
    rank = len(lie.kernel)
    view = sliding_window_view(x, lie.reach, axis=tuple(range(x.ndim - rank, x.ndim)))
    head = (slice(None),) * (x.ndim - rank)
    return view[(*head, *(slice(None, None, s) for s in lie.step), *(slice(None, None, d) for d in lie.spread))]
