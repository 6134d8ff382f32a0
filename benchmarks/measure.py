"""Time contestants side by side: whatever the machine does meanwhile, it does to all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Times:
    """Seconds per call."""

    minimum: float
    median: float


def interleaved(contestants: Mapping[str, Callable[[], Any]], rounds: int, slice_seconds: float) -> dict[str, Times]:
    """Give every contestant one slice of time per round; each slice is one sample."""
    calls = {name: _calls(run, slice_seconds) for name, run in contestants.items()}
    samples: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            samples[name].append(_slice(run, calls[name]))
    return {name: Times(min(seconds), statistics.median(seconds)) for name, seconds in samples.items()}


def _calls(run: Callable[[], Any], slice_seconds: float) -> int:
    """How many calls fill a slice, after a warm-up."""
    run()
    return max(1, round(slice_seconds / max(_slice(run, 1), 1e-7)))


def _slice(run: Callable[[], Any], calls: int) -> float:
    gc.collect()
    start = time.perf_counter()
    for _ in range(calls):
        run()
    return (time.perf_counter() - start) / calls
