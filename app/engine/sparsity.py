"""Which entries of a Jacobian can differ from 0: for every element of the tape the set of input elements that it depends on.

Sets are rows of bits. They are exact for operations on elements and for those that pick or sum elements; what is dense in an
operand is taken as dense in all of it.
"""

from __future__ import annotations

import numpy as np

from app.engine.layout import Layout, size_of
from app.engine.links import Links, Tracer
from app.engine.reverse import open_slots
from app.engine.tape import Tape, shape_of

Bits = np.ndarray
"""A row of bytes for every element of a node."""


def pattern(tape: Tape, rows: Layout, columns: Layout) -> np.ndarray:
    """Whether each entry of the Jacobian can differ from 0: found along the tape, or against it where the outputs are fewer."""
    if not any(map(shape_of, tape.values)):
        return _of_scalars(tape, rows, columns)
    if rows.size < columns.size:
        return _unpacked(_backwards(tape, rows), columns, rows.size).T
    return _unpacked(_onwards(tape, columns), rows, columns.size)


def _of_scalars(tape: Tape, rows: Layout, columns: Layout) -> np.ndarray:
    """The same where no element has to be told from its node: sets are whole numbers."""
    sets = [0] * len(tape)
    for place, node in enumerate(columns.nodes):
        sets[node] |= tape.live[node] << place
    for node, (inputs, slots) in enumerate(zip(tape.inputs, _slots(tape), strict=True)):
        if inputs and tape.live[node]:
            for slot in slots:
                sets[node] |= sets[inputs[slot]]
    width = _width(columns.size)
    packed = b"".join(sets[node].to_bytes(width, "little") for node in rows.nodes)
    bits = np.frombuffer(packed, dtype=np.uint8).reshape(rows.size, width)
    return np.unpackbits(bits, axis=1, count=columns.size, bitorder="little").astype(bool)


def bytes_needed(tape: Tape, rows: Layout, columns: Layout) -> int:
    """The room that the sets of all elements take."""
    elements = sum(size_of(shape_of(value)) for value, live in zip(tape.values, tape.live, strict=True) if live)
    return elements * _width(min(rows.size, columns.size))


def _width(count: int) -> int:
    return -(-count // 8)


def _onwards(tape: Tape, columns: Layout) -> list[Bits | None]:
    """For every element the inputs that it depends on."""
    bits = _seeded(tape, columns)
    tracer, slots = Tracer(tape), _slots(tape)
    for node, inputs in enumerate(tape.inputs):
        if inputs and tape.live[node]:
            own = np.zeros((size_of(shape_of(tape.values[node])), _width(columns.size)), dtype=np.uint8)
            for slot in slots[node]:
                theirs, links = bits[inputs[slot]], tracer.links(node, slot)
                if theirs is not None:
                    _spread(own, theirs, links)
            bits[node] = own
    return bits


def _backwards(tape: Tape, rows: Layout) -> list[Bits | None]:
    """For every element the outputs that depend on it."""
    bits = _seeded(tape, rows)
    tracer, slots = Tracer(tape), _slots(tape)
    for node in range(len(tape) - 1, -1, -1):
        own = bits[node]
        for slot in slots[node] if own is not None else ():
            assert own is not None
            to, links = tape.inputs[node][slot], tracer.links(node, slot)
            theirs = bits[to]
            if theirs is None:
                theirs = bits[to] = np.zeros((size_of(shape_of(tape.values[to])), _width(rows.size)), dtype=np.uint8)
            _spread(theirs, own, links and Links(links.into, links.out))
    return bits


def _slots(tape: Tape) -> list[tuple[int, ...]]:
    return open_slots(tape) if tape.open_slots is None else tape.open_slots


def _seeded(tape: Tape, where: Layout) -> list[Bits | None]:
    """Every element of some nodes has itself in its set; a node that stands there twice has both places."""
    bits: list[Bits | None] = [None] * len(tape)
    for node, place in zip(where.nodes, where.slices(), strict=True):
        if tape.live[node]:
            own = np.zeros((place.stop - place.start, where.size), dtype=bool)
            own[np.arange(len(own)), np.arange(place.start, place.stop)] = True
            packed, before = np.packbits(own, axis=1), bits[node]
            bits[node] = packed if before is None else before | packed
    return bits


def _unpacked(bits: list[Bits | None], where: Layout, count: int) -> np.ndarray:
    """The sets of some nodes as a table."""
    found = np.zeros((where.size, count), dtype=bool)
    for node, place in zip(where.nodes, where.slices(), strict=True):
        part = bits[node]
        if part is not None:
            found[place] = np.unpackbits(part, axis=1, count=count).astype(bool)
    return found


def _spread(found: Bits, sets: Bits, links: Links | None) -> None:
    """Add the sets of one end of an edge to those of the other, along the links or all to all."""
    if links is not None:
        join(found, links.out, sets[links.into])
    elif len(sets):
        found |= np.bitwise_or.reduce(sets, axis=0)


def join(found: Bits, out: np.ndarray, sets: Bits) -> None:
    """Add sets to the rows ``out``, which may name a row several times."""
    if not len(out):
        return
    if len(out) == len(found) and (out[1:] > out[:-1]).all():
        found |= sets
        return
    order = np.argsort(out, kind="stable")
    rows, starts = np.unique(out[order], return_index=True)
    found[rows] |= np.bitwise_or.reduceat(sets[order], starts, axis=0)
