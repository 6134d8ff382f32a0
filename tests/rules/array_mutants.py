"""Array rules with one mistake each."""

import numpy as np


class Mutant:
    """An operation that is wrong in one place: in ``way`` ``vjp`` or ``jvp``, of one slot."""

    def __init__(self, op, name, way, slot, change):
        self._op, self._way, self._slot, self._change = op, way, slot, change
        self.mistake = f"{op.name}.{way}[{slot}] {name}"

    def __getattr__(self, name):
        return getattr(self._op, name)

    def vjp(self, o, slot, bar, z, inputs, attributes):
        return self._told("vjp", slot, bar, lambda k, v: self._op.vjp(o, k, v, z, inputs, attributes))

    def jvp(self, o, slot, dot, z, inputs, attributes):
        return self._told("jvp", slot, dot, lambda k, v: self._op.jvp(o, k, v, z, inputs, attributes))

    def _told(self, way, slot, flow, rule):
        if way != self._way or slot != self._slot:
            return rule(slot, flow)
        return self._change(rule, slot, flow)


def backwards(value):
    """All dimensions in reverse: a transpose where there should be none."""
    return np.flip(value) if np.ndim(value) else value * 3


CHANGES = {
    "has the wrong sign": lambda rule, slot, flow: np.negative(rule(slot, flow)),
    "is twice too large": lambda rule, slot, flow: np.multiply(2, rule(slot, flow)),
    "is dropped": lambda rule, slot, flow: np.multiply(0, rule(slot, flow)),
    "runs backwards": lambda rule, slot, flow: backwards(rule(slot, flow)),
    "misses the first element": lambda rule, slot, flow: without_first(rule(slot, flow)),
    "sees its input backwards": lambda rule, slot, flow: rule(slot, backwards(flow)),
}
NEIGHBOUR = "belongs to the other operand"


def without_first(value):
    made = np.array(value, dtype=float, order="C")
    made.reshape(-1)[:1] = 0
    return made


def mutants(op):
    """Every mistake in every rule of an operation."""
    slots = range(2 if op.variadic else 1 if op.name == "nll_loss" else len(op.pull))  # nothing flows into the classes of nll_loss
    for way in ("vjp", "jvp"):
        for slot in slots:
            for name, change in CHANGES.items():
                yield Mutant(op, name, way, slot, change)
            if len(slots) > 1:
                yield Mutant(op, NEIGHBOUR, way, slot, lambda rule, k, flow: rule((k + 1) % 2, flow))
