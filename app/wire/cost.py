"""What the sweeps cost, counted: operations there and back, and what must be kept in between."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.engine.tape import NO_ATTRIBUTES, Value
from app.lang.program import Run
from app.ops.op import Op, shape_of


@dataclass(frozen=True, slots=True)
class Cost:
    """Nodes; element operations of the forward sweep; values that are kept until the reverse sweep has used them.

    All kept values are there when the reverse sweep begins, so that their sum is the peak.
    """

    nodes: int
    forward_operations: int
    peak_saved_values: int


def cost(run: Run) -> Cost:
    """The cost of one run: of a linear operation nothing is kept, of a product the factors of what varies, of exp its result.

    Constants stand in the program, and are not kept besides.
    """
    tape = run.tape
    operations = 0
    kept: set[int] = set()
    for node, rule in enumerate(tape.rules):
        if isinstance(rule, Op):
            inputs = tape.inputs[node]
            shapes = [shape_of(tape.values[i]) for i in inputs]
            operations += rule.work(shapes, tape.attributes.get(node, NO_ATTRIBUTES))
            if tape.live[node]:
                needed = _needed(rule, tuple([tape.live[i] for i in inputs]))
                kept.update(inputs[place] if place < len(inputs) else node for place in needed)
    return Cost(len(tape), operations, sum(size(tape.values[node]) for node in kept if tape.live[node] or tape.rules[node] is not None))


@lru_cache(maxsize=4096)
def _needed(rule: Op, live: tuple[bool, ...]) -> frozenset[int]:
    """The places that the contributions to live operands read."""
    return frozenset(place for slot, flows in enumerate(live) if flows for place in rule.needs(slot, len(live)))


def size(value: Value) -> int:
    """The number of elements of a primal."""
    return getattr(value, "size", 1)
