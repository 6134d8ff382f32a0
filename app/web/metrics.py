"""Figures for Prometheus, small and without a library."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Metrics:
    """Answers by route and status, and how long traces took."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0

    def count(self, route: str, status: int) -> None:
        """One answer more."""
        self.answers[route, status] += 1

    def observe(self, seconds: float) -> None:
        """The time from a trace request's head to its answer."""
        self.buckets[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    def text(self, pools: Iterable[tuple[str, str, dict[str, int], dict[str, int]]]) -> str:
        """All figures in Prometheus' text format; ``pools`` gives name, state, figures and incidents of each."""
        lines = ["# TYPE wengert_answers_total counter"]
        lines += [f'wengert_answers_total{{route="{route}",status="{status}"}} {n}' for (route, status), n in sorted(self.answers.items())]
        lines += ["# TYPE wengert_trace_seconds histogram", *self._histogram()]
        lines += ["# TYPE wengert_pool gauge", "# TYPE wengert_incidents_total counter", "# TYPE wengert_pool_ready gauge"]
        for name, state, figures, incidents in pools:
            lines.append(f'wengert_pool_ready{{pool="{name}"}} {int(state == "ready")}')
            lines += [f'wengert_pool{{pool="{name}",what="{what}"}} {n}' for what, n in figures.items()]
            lines += [f'wengert_incidents_total{{pool="{name}",what="{what}"}} {n}' for what, n in incidents.items()]
        return "\n".join(lines) + "\n"

    def _histogram(self) -> list[str]:
        lines, total = [], 0
        for bound, n in zip((*map(str, BOUNDS), "+Inf"), self.buckets, strict=True):
            total += n
            lines.append(f'wengert_trace_seconds_bucket{{le="{bound}"}} {total}')
        return [*lines, f"wengert_trace_seconds_sum {self.seconds:.6f}", f"wengert_trace_seconds_count {total}"]
