"""Cost grows linearly: seconds per node for programs of 100 to 100 000 nodes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import ours
from benchmarks.measure import interleaved
from benchmarks.workloads import W2, Workload, recurrence

SIZES = (100, 1_000, 10_000, 100_000)


def per_node(rounds: int) -> dict[str, dict[int, float]]:
    """Minima in seconds per node: from a compiled program, and from the text."""
    works = {size: _work(size) for size in SIZES}
    kinds: dict[str, Callable[[Workload], Callable[[], Any]]] = {"from a compiled program": ours.warm, "from the text": ours.cold}
    contestants = {(kind, size): make(works[size]) for kind, make in kinds.items() for size in SIZES}
    times = interleaved(contestants, rounds, slice_seconds=0.05)
    return {kind: {size: times[kind, size].minimum / works[size].unit for size in SIZES} for kind in kinds}


def _work(size: int) -> Workload:
    steps = (size - len(W2.inputs)) // 3
    return Workload(f"recurrence, {size} nodes", recurrence(steps), W2.inputs, W2.wrt, 3 * steps + len(W2.inputs))


def plot(measured: dict[str, dict[int, float]], path: Path) -> None:
    """A small picture of it, readable on light and dark ground."""
    top = max(max(row.values()) for row in measured.values()) * 1.15
    x = {size: 70 + 110 * place for place, size in enumerate(SIZES)}
    y = lambda seconds: 200 - 170 * seconds / top  # noqa: E731  a scale is a formula
    parts = [f'<text x="10" y="16">ns per node</text><text x="{x[SIZES[-1]] - 40}" y="240">nodes</text>']
    for kind, colour in zip(measured, ("#00639c", "#a83a00"), strict=True):
        points = " ".join(f"{x[size]},{y(seconds):.1f}" for size, seconds in measured[kind].items())
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x[size]}" cy="{y(s):.1f}" r="3.5" fill="{colour}"/>' for size, s in measured[kind].items()]
        last = y(measured[kind][SIZES[-1]])
        parts.append(f'<text x="{x[SIZES[-1]] + 10}" y="{last + 4:.1f}" fill="{colour}">{kind}</text>')
    parts += [f'<text x="{x[size]}" y="222" text-anchor="middle">{size:,}</text>' for size in SIZES]
    parts += [f'<text x="60" y="{y(top * f) + 4:.1f}" text-anchor="end">{top * f * 1e9:.0f}</text>' for f in (0, 0.5, 1)]
    frame = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 250" font-family="sans-serif" font-size="13">'
    ground = '<rect width="600" height="250" fill="#ffffff"/>'
    path.write_text(frame + ground + "".join(parts) + "</svg>\n", encoding="utf-8")
