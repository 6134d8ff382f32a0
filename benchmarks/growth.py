"""Cost grows linearly: seconds per node for programs of 100 to 100 000 nodes, along each of the ways that a program can take.

What is interpreted costs a node the same at every size. Short programs are replayed from their third run on, long loops run in
compiled code, and from the text parsing is shared by few nodes: there the cost of a node falls.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import ours
from benchmarks.measure import interleaved
from benchmarks.workloads import W2, Workload, branching, recurrence

SIZES = (100, 1_000, 10_000, 100_000)


def per_node(rounds: int) -> dict[str, dict[int, float]]:
    """Minima in seconds per node and way."""
    ways: dict[str, tuple[Callable[[Workload], Callable[[], Any]], Callable[[int], Workload]]] = {
        "interpreted, every round decided anew": (ours.warm, _branching),
        "from a compiled program": (ours.warm, _recurrence),
        "from the text": (ours.cold, _recurrence),
    }
    works = {(way, size): work(size) for way, (_, work) in ways.items() for size in SIZES}
    contestants = {(way, size): make(works[way, size]) for way, (make, _) in ways.items() for size in SIZES}
    times = interleaved(contestants, rounds, slice_seconds=0.05)
    return {way: {size: times[way, size].minimum / works[way, size].unit for size in SIZES} for way in ways}


def _recurrence(size: int) -> Workload:
    steps = (size - len(W2.inputs)) // 3
    return Workload(f"recurrence, {size} nodes", recurrence(steps), W2.inputs, W2.wrt, 3 * steps + len(W2.inputs))


def _branching(size: int) -> Workload:
    steps = (size - len(W2.inputs)) // 5  # the comparison and its number are nodes too
    return Workload(f"recurrence with a condition, {size} nodes", branching(steps), W2.inputs, W2.wrt, 5 * steps + len(W2.inputs))


def plot(measured: dict[str, dict[int, float]], path: Path) -> None:
    """A small picture of it, readable on light and dark ground."""
    top = max(max(row.values()) for row in measured.values()) * 1.15
    x = {size: 70 + 110 * place for place, size in enumerate(SIZES)}
    y = lambda seconds: 200 - 170 * seconds / top  # noqa: E731  a scale is a formula
    parts = [f'<text x="10" y="16">ns per node</text><text x="{x[SIZES[-1]] - 40}" y="240">nodes</text>']
    for kind, colour in zip(measured, ("#00639c", "#a83a00", "#5b4a00"), strict=True):
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
