"""The reverse sweep: adjoints, from the outputs back to the inputs (VJP)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.engine.block import pull_block
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, shape_of


class Contribution(NamedTuple):
    """One summand of an adjoint, along one edge: what it adds, and the adjoint of ``to`` after it."""

    node: int
    to: int
    slot: int
    value: Value
    adjoint_after: Value


def reverse(tape: Tape, seeds: Iterable[tuple[int, Value]], played: list[Contribution] | None = None) -> list[Value | None]:
    """The adjoint of every node for cotangents at some nodes; None where nothing flows, which differs from 0.

    A seed at a node that adjoints do not reach is without effect. ``played`` collects the contributions in order.
    """
    adjoints: list[Value | None] = [None] * len(tape.values)
    top = -1
    for node, seed in seeds:
        if tape.live[node]:
            before = adjoints[node]
            adjoints[node] = seed if before is None else before + seed
            top = max(top, node)
    if played is None:
        _pull_blocks(tape, adjoints, top)
    else:
        for node in range(top, -1, -1):
            if adjoints[node] is not None and tape.inputs[node]:
                _pull(tape, adjoints, node, played)
    return adjoints


def _pull_blocks(tape: Tape, adjoints: list[Value | None], top: int) -> None:
    """The sweep without a record: blocks at once, what lies between them node by node."""
    for block in reversed(tape.blocks):
        if block.last <= top:
            _pull_quietly(tape, adjoints, top, block.last)
            top = block.first - 1 if pull_block(block, adjoints, tape.live) else block.last
    _pull_quietly(tape, adjoints, top, -1)


def _pull_quietly(tape: Tape, adjoints: list[Value | None], top: int, bottom: int) -> None:
    """Nodes from ``top`` down to above ``bottom``, scalars inline: a loop of multiply-adds."""
    inputs, partials, live = tape.inputs, tape.partials, tape.live
    for node in range(top, bottom, -1):
        bar = adjoints[node]
        if bar is None:
            continue
        slopes = partials[node]
        if slopes is None:
            if inputs[node]:
                _pull(tape, adjoints, node, None)
            continue
        for slot, to in enumerate(inputs[node]):
            if live[to]:
                value = bar * slopes[slot]
                if value != value:  # noqa: PLR0124  NaN is the only value unequal to itself
                    value = _contribution(tape, node, slot, bar)
                before = adjoints[to]
                adjoints[to] = value if before is None else before + value


def _pull(tape: Tape, adjoints: list[Value | None], node: int, played: list[Contribution] | None) -> None:
    """Pass one finished adjoint on to the operands, slot by slot."""
    bar = adjoints[node]
    rule = tape.rules[node]
    assert rule is not None
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    shapes = None
    for slot, to in enumerate(tape.inputs[node]):
        if not tape.live[to]:
            continue
        if tape.partials[node] is None:
            shapes = shapes or [shape_of(v) for v in tape.operands(node)]
            if rule.blocks(slot, shapes, attributes):
                continue
        value = _contribution(tape, node, slot, bar)
        before = adjoints[to]
        after = adjoints[to] = value if before is None else before + value
        if played is not None:
            played.append(Contribution(node, to, slot, value, after))


def _contribution(tape: Tape, node: int, slot: int, bar: Value) -> Value:
    """Adjoint times partial; where that is NaN the rule decides, since a gate lets nothing through, not even infinity."""
    slopes = tape.partials[node]
    if slopes is not None:
        value = bar * slopes[slot]
        if value == value:  # noqa: PLR0124  NaN is the only value unequal to itself
            return value
    rule = tape.rules[node]
    assert rule is not None
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    return rule.vjp(tape.o, slot, bar, tape.result(node), tape.operands(node), attributes)
