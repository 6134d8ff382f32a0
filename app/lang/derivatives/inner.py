"""The part of a tape that one derivative inside a program is about: a small tape of recorded values, ready for the engine's sweeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.engine.reverse import open_slots
from app.engine.tape import Tape, is_float, shape_of
from app.lang.derivatives.recording import Recorded, Recording
from app.lang.record import Recorder
from app.ops.op import NO_ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Inner:
    """What a function has recorded: the nodes from ``first`` to before ``end``, its arguments, and its results."""

    first: int
    end: int
    arguments: tuple[int, ...]
    results: tuple[int, ...]


def tape_of(inner: Inner, recorder: Recorder, o: Recording) -> tuple[Tape, dict[int, int]]:
    """The inner tape, and the place of every node on it. The arguments are its leaves; what comes from outside is constant."""
    _unfold(recorder, inner.first)
    own = range(inner.first, inner.end)
    outside = sorted({i for node in own for i in recorder.inputs[node] if i < inner.first} | {i for i in inner.results if i < inner.first})
    nodes = [*outside, *own]
    place = {node: at for at, node in enumerate(nodes)}
    leaves = {*outside, *inner.arguments}
    tape = Tape(
        [None if node in leaves else recorder.rules[node] for node in nodes],
        [() if node in leaves else tuple(place[i] for i in recorder.inputs[node]) for node in nodes],
        [recorder.values[node] if _is_number(recorder, node) else Recorded(node, o) for node in nodes],
        [None] * len(nodes),
        _live(inner, recorder, nodes),
        {place[node]: recorder.attributes[node] for node in own if node in recorder.attributes},
        {place[node]: tuple(place[i] for i in recorder.results[node]) for node in own if node in recorder.results},
        (),
        o,
        False,
    )
    tape.open_slots = open_slots(tape)
    return tape, place


def _is_number(recorder: Recorder, node: int) -> bool:
    """Whether a node is a constant of the text: rules compute with the number itself. Inputs have no place in the text."""
    return recorder.rules[node] is None and recorder.sites[node] is not None


def _unfold(recorder: Recorder, first: int) -> None:
    """Have compiled rounds write the operands that the sweep will ask for."""
    for block in recorder.blocks:
        if block.last >= first:
            block.write_inputs(recorder.inputs)


def _live(inner: Inner, recorder: Recorder, nodes: Sequence[int]) -> list[bool]:
    """Whether adjoints reach each node from the results, on their way to the arguments; ``no_grad`` inside the function stops them."""
    live = dict.fromkeys(nodes, False) | dict.fromkeys(inner.arguments, True)
    for node in range(inner.first, inner.end):
        rule: Any = recorder.rules[node]
        if node in inner.arguments or rule is None or not rule.differentiable or not is_float(recorder.values[node]):
            continue
        shapes = [shape_of(recorder.values[i]) for i in recorder.inputs[node]]
        attributes = recorder.attributes.get(node, NO_ATTRIBUTES)
        live[node] = any(live[i] and not rule.blocks(slot, shapes, attributes) for slot, i in enumerate(recorder.inputs[node]))
        live[node] &= not any(first <= node < end for first, end in recorder.stopped if first >= inner.first)
    return [live[node] for node in nodes]
