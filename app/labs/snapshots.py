"""A sweep from snapshots, carried out with nothing but what its schedule holds: it gives the same bits."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.engine.reverse import pull_back
from app.engine.tape import NO_ATTRIBUTES, Tape, Value
from app.labs.checkpoints import Chain
from app.labs.revolve import Action
from app.ops.op import Op, normal


def swept(chain: Chain, actions: Iterable[Action], seeds: Iterable[tuple[int, Value]]) -> list[Value | None]:
    """The adjoints of a sweep that has nothing but what a schedule leaves it: whatever is not held is NaN, and of its shape."""
    holding = _Holding(chain)
    adjoints = _seeded(chain.tape, seeds)
    stored: dict[int, dict[int, Value]] = {}
    for action in actions:
        if action.kind == "store":
            stored[action.start] = holding.take(chain.crossing(action.start, action.until))
        elif action.kind == "drop":
            del stored[action.start]
        elif action.kind == "restore":
            holding.have(stored[action.start])
        elif action.kind == "advance":
            holding.run(action.start, action.stop)
            holding.have(holding.take(chain.crossing(action.stop, action.until)))
        else:
            holding.run(action.start, action.stop)
            holding.have(holding.take(chain.taped[action.start]))
            part = chain.parts[action.start]
            pull_back(holding.tape, adjoints, part.last, part.first - 1)
            holding.have({})
    return adjoints


def _seeded(tape: Tape, seeds: Iterable[tuple[int, Value]]) -> list[Value | None]:
    """The adjoints that the sweep begins with."""
    adjoints: list[Value | None] = [None] * len(tape)
    for node, seed in seeds:
        if tape.live[node]:
            before = adjoints[node]
            adjoints[node] = seed if before is None else before + seed
    return adjoints


class _Holding:
    """A tape that knows some of its values: inputs, constants, and what it was told or computed last."""

    def __init__(self, chain: Chain) -> None:
        tape = chain.tape
        values = [value if rule is None else _ghost(value) for value, rule in zip(tape.values, tape.rules, strict=True)]
        nothing: list[tuple[float, ...] | None] = [None] * len(values)
        self.chain, self.known = chain, set[int]()
        self.tape = Tape(tape.rules, tape.inputs, values, nothing, tape.live, tape.attributes, tape.results, (), tape.o, False, chain.slots)

    def take(self, nodes: Iterable[int]) -> dict[int, Value]:
        """The values of some nodes, as they are here."""
        return {node: self.tape.values[node] for node in nodes}

    def have(self, there: dict[int, Value]) -> None:
        """From now on know these computed values and no others."""
        for node in self.known - there.keys():
            self.tape.values[node] = _ghost(self.chain.tape.values[node])
        for node, value in there.items():
            self.tape.values[node] = value
        self.known = set(there)

    def run(self, start: int, stop: int) -> None:
        """Evaluate segments, as the recorder did: scalars by their kernels, with their partials."""
        tape = self.tape
        for part in self.chain.parts[start:stop]:
            for node in self.chain.nodes(part):
                rule: Op = tape.rules[node]  # type: ignore[assignment]  # the rules of this project are Ops
                operands = [tape.values[i] for i in tape.inputs[node]]
                if rule.kernel is not None and self.chain.tape.partials[node] is not None:
                    tape.values[node], tape.written_partials[node] = rule.kernel(*operands)
                    self.known.add(node)
                else:
                    self._evaluate(rule, node, operands)

    def _evaluate(self, rule: Op, node: int, operands: list[Value]) -> None:
        """One operation by its rule; several results at the first of them."""
        family = self.tape.results.get(node, (node,))
        if node != family[0]:
            return
        attributes = self.tape.attributes.get(node, NO_ATTRIBUTES)
        made = rule.value(operands, {name: value for name, value in attributes.items() if name != "result"})
        for one, value in zip(family, made if rule.results > 1 else (made,), strict=True):
            self.tape.values[one] = normal(value)
            self.known.add(one)


def _ghost(value: Value) -> Value:
    """A value that is not held: nothing but its shape."""
    if isinstance(value, np.ndarray):
        return np.broadcast_to(np.array(np.nan if value.dtype == np.float64 else 0, value.dtype), value.shape)
    return float("nan") if isinstance(value, float) else value


def equal(left: Value | None, right: Value | None) -> bool:
    """Whether two adjoints have the same bits."""
    if left is None or right is None:
        return left is right
    return np.shape(left) == np.shape(right) and np.asarray(left).tobytes() == np.asarray(right).tobytes()
