"""The paths between two nodes of a tape: how many there are, what the products along them add up to, and what the sweep saves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.engine.tape import NO_ATTRIBUTES, Tape, shape_of

Edge = tuple[int, int, int]
"""Producer, consumer, slot."""

UNCOUNTED = 1 << 1024
"""Paths beyond this number are too many to be counted to the last one."""

MOST_EDGES = 100_000
"""No further path is listed once those listed have so many edges together."""


@dataclass(frozen=True, slots=True)
class Path:
    """The edges from the first node to the last, with their partials; ``product`` is None where a tensor is on the way."""

    edges: tuple[Edge, ...]
    partials: tuple[float | None, ...]
    product: float | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is known of the paths from ``source`` to ``target``.

    ``count`` is None beyond UNCOUNTED. Multiplications are one an edge: along every path by itself, or along every edge once.
    """

    count: int | None
    path_multiplications: int | None
    edge_multiplications: int
    paths: list[Path]
    total: float | None


def ledger(tape: Tape, source: int, target: int, most: int) -> Ledger:
    """The paths from ``source`` to ``target``, at most ``most`` of them listed, in the order of the reverse sweep."""
    ways = _ways(tape, source, target)
    count = ways.counts.get(target, 0)
    listed = list(_listed(tape, ways, source, target, most))
    products = [path.product for path in listed]
    complete = count <= len(listed) and None not in products
    too_many = count >= UNCOUNTED
    return Ledger(
        None if too_many else count,
        None if too_many else ways.lengths.get(target, 0),
        sum(len(edges) for edges in ways.open.values()),
        listed,
        sum(p for p in products if p is not None) if complete else None,
    )


@dataclass(frozen=True, slots=True)
class _Ways:
    """Per node on a path: how many paths lead to it, the sum of their lengths, and the slots that paths come through."""

    counts: dict[int, int]
    lengths: dict[int, int]
    open: Mapping[int, list[int]]


def _ways(tape: Tape, source: int, target: int) -> _Ways:
    """Counted by one walk forward; the edges that do not lead to the target are then left out."""
    counts, lengths, through = {source: 1}, {source: 0}, {}
    for node in range(source + 1, target + 1):
        slots = [slot for slot in _open_slots(tape, node) if tape.inputs[node][slot] in counts]
        if slots:
            ends = [tape.inputs[node][slot] for slot in slots]
            counts[node] = min(sum(counts[end] for end in ends), UNCOUNTED)
            lengths[node] = min(sum(lengths[end] + counts[end] for end in ends), UNCOUNTED)
            through[node] = slots
    needed = {target}
    for node in range(target, source, -1):
        if node in needed:
            needed.update(tape.inputs[node][slot] for slot in through.get(node, ()))
    return _Ways(counts, lengths, {node: slots for node, slots in through.items() if node in needed})


def _open_slots(tape: Tape, node: int) -> list[int]:
    """The slots of a node through which adjoints flow."""
    rule = tape.rules[node]
    if rule is None or not tape.live[node]:
        return []
    shapes = [shape_of(tape.values[i]) for i in tape.inputs[node]]
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    return [slot for slot, to in enumerate(tape.inputs[node]) if tape.live[to] and not rule.blocks(slot, shapes, attributes)]


def _listed(tape: Tape, ways: _Ways, source: int, target: int, most: int) -> Iterator[Path]:
    """Paths as the reverse sweep completes them: the latest user of a node first. No recursion, however deep the graph."""
    if source == target:
        yield Path((), (), 1.0)
        return
    onward = _onward(tape, ways)
    trail: list[Edge] = []
    open_ends = [iter(onward.get(source, ()))]
    given, room = 0, MOST_EDGES
    while open_ends and given < most and room > 0:
        edge = next(open_ends[-1], None)
        if edge is None:
            open_ends.pop()
            if trail:
                trail.pop()
            continue
        trail.append(edge)
        if edge[1] == target:
            yield _path(tape, trail)
            given, room = given + 1, room - len(trail)
            trail.pop()
        else:
            open_ends.append(iter(onward[edge[1]]))


def _onward(tape: Tape, ways: _Ways) -> dict[int, list[Edge]]:
    """Per node the edges on paths that leave it, in the order in which the reverse sweep comes back along them."""
    onward: dict[int, list[Edge]] = {}
    for node in sorted(ways.open, reverse=True):
        for slot in ways.open[node]:
            onward.setdefault(tape.inputs[node][slot], []).append((tape.inputs[node][slot], node, slot))
    return onward


def _path(tape: Tape, trail: list[Edge]) -> Path:
    """A trail as a path with its product, multiplied from its end as the reverse sweep does."""
    partials: list[float | None] = []
    product: float | None = 1.0
    for _, node, slot in reversed(trail):
        slope = _slope(tape, node, slot)
        partials.append(slope)
        product = None if slope is None or product is None else product * slope
    return Path(tuple(trail), tuple(reversed(partials)), product)


def _slope(tape: Tape, node: int, slot: int) -> float | None:
    """The partial along one edge; None where a tensor is at one of its ends."""
    slopes = tape.partials[node]
    if slopes is not None:
        return slopes[slot]
    rule, operands = tape.rules[node], tape.operands(node)
    if rule is None or any(map(shape_of, [*operands, tape.values[node]])):
        return None
    value: float = rule.vjp(tape.o, slot, 1.0, tape.result(node), operands, tape.attributes.get(node, NO_ATTRIBUTES))
    return value


def overwritten(tape: Tape, source: int, target: int) -> float | None:
    """The adjoint that a sweep finds which writes = for +=: the last contribution alone. None for tensors, and where nothing flows."""
    bars: dict[int, float] = {target: 1.0}
    for node in range(target, source, -1):
        for slot in _open_slots(tape, node) if node in bars else ():
            slope = _slope(tape, node, slot)
            if slope is None:
                return None
            bars[tape.inputs[node][slot]] = bars[node] * slope
    return bars.get(source)


def in_code_order(tape: Tape, source: int, target: int) -> float | None:
    """The adjoint that a sweep finds which follows the program from above: most nodes pass on what they do not have yet."""
    bars: dict[int, float] = {target: 1.0}
    for node in range(source + 1, target + 1):
        for slot in _open_slots(tape, node) if node in bars else ():
            slope = _slope(tape, node, slot)
            if slope is None:
                return None
            to = tape.inputs[node][slot]
            bars[to] = bars.get(to, 0.0) + bars[node] * slope
    return bars.get(source)
