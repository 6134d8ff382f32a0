"""The reverse sweep as it is, and as it goes wrong: = for +=, and nodes that pass on before everything has arrived."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.core.diagnostic import OpError
from app.engine.reverse import Contribution, open_slots
from app.engine.tape import NO_ATTRIBUTES, Tape, Value

Rule = Literal["added", "overwritten", "code_order", "first_come"]
RULES: tuple[Rule, ...] = ("added", "overwritten", "code_order", "first_come")
"""``added`` is right. ``code_order`` goes through the program from above; in ``first_come`` a node passes on as soon as it has anything."""
FaultKind = Literal["overwritten", "missing", "changed"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one summand of an adjoint: it was written over, it never came, or it came as ``instead``, not ``value``."""

    node: int
    slot: int
    kind: FaultKind
    value: Value
    instead: Value | None


@dataclass(frozen=True, slots=True)
class Sweep:
    """One sweep: its contributions in order, the adjoints that it leaves, and of those that are wrong every reason."""

    rule: Rule
    played: list[Contribution]
    adjoints: list[Value | None]
    wrong: dict[int, list[Fault]]


def sweeps(tape: Tape, seeds: Sequence[tuple[int, Value]]) -> dict[Rule, Sweep]:
    """The right sweep, and each of the wrong ones beside it."""
    slots = open_slots(tape)
    right = _swept(tape, seeds, slots, "added")
    found: dict[Rule, Sweep] = {"added": Sweep("added", *right, {})}
    for rule in RULES[1:]:
        played, adjoints = _swept(tape, seeds, slots, rule)
        found[rule] = Sweep(rule, played, adjoints, _faults(right, (played, adjoints), rule))
    return found


Played = tuple[list[Contribution], list[Value | None]]


def _swept(tape: Tape, seeds: Sequence[tuple[int, Value]], slots: Sequence[Sequence[int]], rule: Rule) -> Played:
    """One sweep by a rule."""
    adjoints: list[Value | None] = [None] * len(tape)
    for node, seed in seeds:
        if tape.live[node]:
            adjoints[node] = seed if adjoints[node] is None else adjoints[node] + seed
    played: list[Contribution] = []
    waiting = deque(node for node in sorted((n for n, bar in enumerate(adjoints) if bar is not None), reverse=True))
    for node in _order(len(tape), waiting, rule):
        bar = adjoints[node]
        for slot in slots[node] if bar is not None else ():
            to = tape.inputs[node][slot]
            value, before = contribution(tape, node, slot, bar), adjoints[to]
            after = value if before is None or rule == "overwritten" else before + value
            adjoints[to] = after
            played.append(Contribution(node, to, slot, value, after))
            if before is None:
                waiting.append(to)
    return played, adjoints


def _order(count: int, waiting: deque[int], rule: Rule) -> Iterator[int]:
    """The nodes in the order in which a rule has them pass on; ``waiting`` grows by whoever gets something for the first time."""
    if rule == "first_come":
        while waiting:
            yield waiting.popleft()
    elif rule == "code_order":
        yield from range(count)
    else:
        yield from range(count - 1, -1, -1)


def contribution(tape: Tape, node: int, slot: int, bar: Value) -> Value:
    """What one edge carries for an adjoint at its consumer."""
    slopes, rule = tape.partials[node], tape.rules[node]
    value = None if slopes is None else bar * slopes[slot]
    if value is not None and value == value:  # noqa: PLR0124  a NaN is the rule's to decide
        return value
    assert rule is not None
    try:
        return rule.vjp(tape.o, slot, bar, tape.result(node), tape.operands(node), tape.attributes.get(node, NO_ATTRIBUTES))
    except OpError as error:
        error.node = node
        raise


def _faults(right: Played, wrong: Played, rule: Rule) -> dict[int, list[Fault]]:
    """Per node with another adjoint: what became of each of its summands."""
    came = {(one.node, one.slot, one.to): one for one in wrong[0]}
    kept = {one.to: one for one in wrong[0]} if rule == "overwritten" else {}
    found: dict[int, list[Fault]] = {}
    differing = {node for node, (a, b) in enumerate(zip(right[1], wrong[1], strict=True)) if not _same(a, b)}
    for one in right[0]:
        if one.to in differing:
            fault = _fault(one, came, kept.get(one.to))
            found.setdefault(one.to, []).extend([fault] if fault else [])
    return found


def _fault(one: Contribution, came: Mapping[tuple[int, int, int], Contribution], kept: Contribution | None) -> Fault | None:
    """What became of one summand, where ``kept`` alone is left of all; None where it is in the sum as it should be."""
    there = came.get((one.node, one.slot, one.to))
    if there is None:
        return Fault(one.node, one.slot, "missing", one.value, None)
    if kept is not None and kept is not there:
        return Fault(one.node, one.slot, "overwritten", there.value, kept.value)
    return None if _same(there.value, one.value) else Fault(one.node, one.slot, "changed", one.value, there.value)


def _same(a: Value | None, b: Value | None) -> bool:
    """Whether two adjoints are equal to the last bit, up to the order of a sum; NaN equals itself."""
    if a is None or b is None:
        return a is b
    return bool(np.allclose(a, b, rtol=1e-12, atol=0.0, equal_nan=True))
