"""POST /api/v1/memory: what a reverse sweep holds, for how long, and what it takes to hold less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil, sqrt
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import problem
from app.core.limits import Limits
from app.engine.reverse import reverse
from app.engine.tape import Value, is_float, shape_of
from app.labs.checkpoints import Chain, played
from app.labs.memory import Life, Memory, Series, memory
from app.labs.node_counts import Counting
from app.labs.revolve import Action, advances, repetitions, schedule
from app.labs.segments import Segment, segments
from app.labs.snapshots import equal, swept
from app.lang.program import Run
from app.settings import Settings
from app.wire.numbers import plain
from app.wire.requests.programs import MemoryRequest
from app.wire.seeds import output_names, reverse_seeds
from app.wire.trace import library

LONGEST = 2_000
"""Operations of a tape whose values are listed one by one."""

ALL_SLOTS = 48
"""Up to here the curve has a point for every number of snapshots, beyond for some of them."""

MOST_EVALUATIONS = 200_000
"""A sweep from snapshots that would evaluate more operations is counted and not carried out."""

TOO_LONG = "The sweep was counted, not carried out: it would evaluate {:,} operations."

Seeds = list[tuple[int, Value]]


@dataclass(frozen=True, slots=True)
class Priced:
    """A chain with what it costs to run each segment."""

    chain: Chain
    operations: list[int]
    """Of all segments before each."""

    def over(self, action: Action) -> int:
        """The operations of an action that evaluates."""
        return self.operations[action.stop] - self.operations[action.start]


def memories(request: MemoryRequest, settings: Settings) -> bytes:
    """The answer to a request; raises ProgramError and OpError."""
    limits = settings.limits
    run = library(limits).program(request.source, frozenset(request.inputs)).run(request.inputs, request.wrt, request.outputs)
    with np.errstate(all="ignore"):
        seeds, given = _seeds(run, request.seed)
        bars = reverse(run.tape, seeds)
        seeded = [node for node, _ in seeds]
        found = memory(run.tape, len(run.inputs), seeded)
        answer = _lens(found) | {
            "seed": {name: plain(bar) for name, bar in given.items()},
            "gradients": {name: plain(bars[node]) for name, node in run.inputs.items() if is_float(run.tape.values[node])},
        }
        answer |= _checkpoints(run, request, (seeds, bars), limits)
        answer["plain"] |= _plain(found.computed)
    encoded = orjson.dumps(answer)
    if len(encoded) > limits.answer_bytes:
        raise problem("budget.answer", f"The answer would take {len(encoded):,} bytes; the limit here is {limits.answer_bytes:,}.")
    return encoded


def _seeds(run: Run, seed: Any) -> tuple[Seeds, dict[str, Value]]:
    """Cotangents at the outputs; without a seed 1 at every entry, since what is held depends on none."""
    values = [run.tape.values[node] for _, node in run.outputs]
    bars = reverse_seeds(run, seed) if seed is not None else [_ones(value) for value in values]
    pairs = [(name, node, bar) for name, (_, node), bar in zip(output_names(run), run.outputs, bars, strict=True) if bar is not None]
    return [(node, bar) for _, node, bar in pairs], {name: bar for name, _, bar in pairs}


def _ones(value: Value) -> Value | None:
    if not is_float(value):
        return None
    return np.ones(shape_of(value)) if shape_of(value) else 1.0


# ---------------------------------------------------------------- the lens


def _lens(found: Memory) -> dict[str, Any]:
    """Lives and series; of a long tape the peaks alone."""
    listed = len(found.forward) <= LONGEST
    sides = {"kept": found.kept, "held": found.held, "alone": found.alone}
    return {
        "forward": found.forward if listed else None,
        "reverse": found.reverse if listed else None,
        "values": [_life(life) for life in found.lives] if listed else None,
        "series": {name: {"values": side.values, "bytes": side.bytes} for name, side in sides.items()} if listed else None,
        "peaks": {name: _peak(side) for name, side in sides.items()},
        "steps": {"forward": len(found.forward), "reverse": len(found.reverse)},
    }


def _plain(computed: Series) -> dict[str, int]:
    """The most that a sweep holds that keeps everything it needs, inputs left out."""
    return {name: value for name, value in _peak(computed).items() if name != "step"}


def _peak(side: Series) -> dict[str, int]:
    step = side.peak
    return {"step": step, "values": side.values[step], "bytes": side.bytes[step]}


def _life(life: Life) -> dict[str, Any]:
    """A value, from where to where it is held, and who reads it on the way back."""
    return {
        "node": life.node,
        "born": life.born,
        "elements": life.elements,
        "bytes": life.bytes,
        "forward_until": life.forward_until,
        "reverse_until": life.reverse_until,
        "reads": [{"step": read.step, "node": read.node, "place": read.place, "slots": list(read.slots)} for read in life.reads],
    }


# ---------------------------------------------------------------- snapshots


def _checkpoints(run: Run, request: MemoryRequest, sweep: tuple[Seeds, Sequence[Value | None]], limits: Limits) -> dict[str, Any]:
    """The curve over the numbers of snapshots, and the schedule of one of them."""
    seeds, bars = sweep
    parts = segments(run)
    chain = Chain(run.tape, parts, [node for node, _ in seeds])
    counting = Counting(run.tape)
    work = [sum(counting.primal(node).total for node in chain.nodes(part)) for part in parts]
    priced = Priced(chain, [0, *accumulate(work)])
    chosen = min(request.slots or ceil(sqrt(len(parts))), len(parts))
    return {
        "segments": [_segment(part) for part in parts],
        "plain": {"operations": sum(work)},
        "curve": [_point(priced, slots) for slots in _slots(len(parts), chosen)],
        "checkpoints": _scheduled(priced, chosen, seeds, bars, limits) if parts else None,
    }


def _segment(part: Segment) -> dict[str, Any]:
    return {"first": part.first, "last": part.last, "kind": part.kind, "parts": part.parts}


def _slots(count: int, chosen: int) -> list[int]:
    """The numbers of snapshots that the curve has points for."""
    if count <= ALL_SLOTS:
        return list(range(1, count + 1))
    some = [round(ALL_SLOTS * (count / ALL_SLOTS) ** (k / 8)) for k in range(1, 9)]
    return sorted({*range(1, ALL_SLOTS // 2 + 1), *range(ALL_SLOTS // 2 + 4, ALL_SLOTS + 1, 4), *some, chosen})


def _point(priced: Priced, slots: int) -> dict[str, int]:
    """A point of the curve: the most that is held, what is computed again, and how often any one segment is."""
    count = len(priced.chain.parts)
    actions = schedule(count, slots)
    most = max(played(priced.chain, actions), key=lambda one: one.bytes)
    return {
        "slots": slots,
        "values": most.values,
        "bytes": most.bytes,
        "advances": advances(count, slots),
        "operations": sum(priced.over(action) for action in actions if action.kind == "advance"),
        "times": repetitions(count, slots),
    }


def _scheduled(priced: Priced, slots: int, seeds: Seeds, bars: Sequence[Value | None], limits: Limits) -> dict[str, Any]:
    """The actions in order, with what is held after each; and whether the sweep that follows them gives the same bits."""
    actions = schedule(len(priced.chain.parts), slots)
    again = 0
    rows = []
    for one in played(priced.chain, actions):
        action = one.action
        again += priced.over(action) if action.kind == "advance" else 0
        span = {"do": action.kind, "from": action.start, "to": action.stop}
        rows.append(span | {"values": one.values, "bytes": one.bytes, "stored": list(one.stored), "again": again})
    same, note = _compared(priced, actions, seeds, bars, limits)
    return {"slots": slots, "actions": rows, "same": same, "note": note}


def _compared(
    priced: Priced, actions: Sequence[Action], seeds: Seeds, bars: Sequence[Value | None], limits: Limits
) -> tuple[bool | None, str | None]:
    """Whether every adjoint has the same bits; None, and why, where finding out would take too long."""
    chain = priced.chain
    sizes = [0, *accumulate(part.last - part.first + 1 for part in chain.parts)]
    runs = [action for action in actions if action.kind in ("advance", "reverse")]
    evaluations = sum(sizes[action.stop] - sizes[action.start] for action in runs)
    if evaluations > MOST_EVALUATIONS or sum(map(priced.over, runs)) > limits.work:
        return None, TOO_LONG.format(evaluations)
    again = swept(chain, actions, seeds)
    return all(map(equal, bars, again)), None
