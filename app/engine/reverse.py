"""The reverse sweep: adjoints, from the outputs back to the inputs (VJP)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.core.diagnostic import OpError
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
        tape.unfold()
        for node in range(top, -1, -1):
            if adjoints[node] is not None and tape.written_inputs[node]:
                _pull(tape, adjoints, node, played)
    return adjoints


def _pull_blocks(tape: Tape, adjoints: list[Value | None], top: int) -> None:
    """The sweep without a record: blocks at once, what lies between them node by node."""
    for block in reversed(tape.blocks):
        first, last = block.first, block.last
        if first > top:
            continue
        if last < top:
            pull_back(tape, adjoints, top, last)
            top = last
        if block.pull(adjoints, tape.live):
            top = first - 1
        else:  # a NaN: node by node
            tape.unfold()
    if top >= 0:
        pull_back(tape, adjoints, top, -1)


def pull_back(tape: Tape, adjoints: list[Value | None], top: int, bottom: int) -> None:
    """Nodes from ``top`` down to above ``bottom``, scalars inline: a loop of multiply-adds."""
    inputs, partials, live = tape.written_inputs, tape.written_partials, tape.live
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
                    value = _by_rule(tape, node, slot, bar)
                    if value is None:
                        continue
                before = adjoints[to]
                adjoints[to] = value if before is None else before + value


def _pull(tape: Tape, adjoints: list[Value | None], node: int, played: list[Contribution] | None) -> None:
    """Pass one finished adjoint on to the operands, slot by slot."""
    bar: Value = adjoints[node]
    inputs, slopes, live, known = tape.written_inputs[node], tape.written_partials[node], tape.live, tape.open_slots
    for slot in range(len(inputs)) if known is None else known[node]:
        to = inputs[slot]
        if not live[to]:
            continue
        value = None if slopes is None else bar * slopes[slot]
        if value is None or value != value:  # noqa: PLR0124  NaN is the only value unequal to itself
            value = _by_rule(tape, node, slot, bar)
            if value is None:
                continue
        before = adjoints[to]
        after = adjoints[to] = value if before is None else before + value
        if played is not None:
            played.append(Contribution(node, to, slot, value, after))


def _by_rule(tape: Tape, node: int, slot: int, bar: Value) -> Value | None:
    """The contribution along one edge by the rule: of tensors, and where adjoint times partial is NaN.

    A gate lets nothing through, not even infinity; a blocked slot has no contribution.
    """
    rule, values = tape.rules[node], tape.values
    assert rule is not None
    operands = [values[i] for i in tape.written_inputs[node]]
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    if tape.open_slots is None and rule.blocks(slot, [shape_of(v) for v in operands], attributes):
        return None
    try:
        return rule.vjp(tape.o, slot, bar, tape.result(node), operands, attributes)
    except OpError as error:
        error.node = node
        raise


def open_slots(tape: Tape) -> list[tuple[int, ...]]:
    """Per node the slots through which its adjoint goes on: to a live operand, and not blocked by the rule."""
    found = []
    for node, rule in enumerate(tape.rules):
        inputs = tape.inputs[node] if rule is not None else ()
        shapes = [shape_of(tape.values[i]) for i in inputs]
        attributes = tape.attributes.get(node, NO_ATTRIBUTES)
        found.append(tuple(s for s, i in enumerate(inputs) if rule and tape.live[i] and not rule.blocks(s, shapes, attributes)))
    return found
