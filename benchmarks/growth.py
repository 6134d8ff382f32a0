"""Cost grows linearly: seconds per node for programs of 100 to 100 000 nodes, along each of the ways that a program can take.

What is interpreted costs a node the same at every size. Short programs are replayed from their third run on, long loops run in
compiled code, and from the text parsing is shared by few nodes: there the cost of a node falls.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log10
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


LEVELS = (10, 100, 1_000, 10_000)
COLOURS = ("#00639c", "#a83a00", "#5b4a00")


def plot(measured: dict[str, dict[int, float]], path: Path) -> None:
    """A small picture of it, logarithmic both ways, readable on light and dark ground."""
    x = {size: 70 + 110 * place for place, size in enumerate(SIZES)}
    parts = ['<text x="10" y="18">ns per node</text>', '<text x="455" y="262">nodes</text>']
    parts += [f'<path d="M70 {_height(level):.1f}H400" stroke="#ddd"/>' for level in LEVELS]
    parts += [f'<text x="62" y="{_height(level) + 4:.1f}" text-anchor="end">{level:,}</text>' for level in LEVELS]
    parts += [f'<text x="{x[size]}" y="262" text-anchor="middle">{size:,}</text>' for size in SIZES]
    lowest = 0.0
    for (way, row), colour in sorted(zip(measured.items(), COLOURS, strict=True), key=lambda pair: -pair[0][1][SIZES[-1]]):
        dots = [(x[size], _height(seconds * 1e9)) for size, seconds in row.items()]
        joined = " ".join(f"{a},{b:.1f}" for a, b in dots)
        parts.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{a}" cy="{b:.1f}" r="3.5" fill="{colour}"/>' for a, b in dots]
        lowest = max(dots[-1][1] + 4, lowest + 17)  # names keep clear of each other
        parts.append(f'<text x="{x[SIZES[-1]] + 10}" y="{lowest:.1f}" fill="{colour}">{way}</text>')
    frame = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 275" font-family="sans-serif" font-size="13">'
    path.write_text(frame + '<rect width="680" height="275" fill="#ffffff"/>' + "".join(parts) + "</svg>\n", encoding="utf-8")


def _height(nanoseconds: float) -> float:
    """Where a time stands in the picture."""
    return 240 - 70 * (log10(nanoseconds) - 1)
