"""What the nodes of a tape cost, by the rules of their operations; nodes of the same form are counted once."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from app.derive.code.symbol import Symbol
from app.engine.reverse import open_slots
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, shape_of
from app.labs.counting import NOTHING, Count, Place
from app.ops.op import Op


class Counting:
    """The counts of a tape's nodes; nodes of the same form are counted once."""

    def __init__(self, tape: Tape) -> None:
        self.tape, self.open = tape, open_slots(tape)
        self.rules: dict[int, Op] = {node: rule for node, rule in enumerate(tape.rules) if rule is not None}  # type: ignore[misc]  # the rules of this project are Ops
        self.operations = list(self.rules)
        self._known: dict[tuple[str, int, int], Count] = {}
        numbers: dict[Hashable, int] = {}
        self._forms = {node: numbers.setdefault(self._form(node), len(numbers)) for node in self.operations}

    def primal(self, node: int) -> Count:
        """Evaluating it; several results are evaluated together, at the first."""
        family = self.tape.results.get(node)
        return NOTHING if family is not None and node != family[0] else self._counted(node, "primal", 0)

    def pushed(self, node: int, slot: int) -> Count:
        """Its tangent's part through one slot."""
        return self._counted(node, "pushed", slot)

    def pulled(self, node: int, slot: int) -> Count:
        """Its contribution along one slot."""
        return self._counted(node, "pulled", slot)

    def _counted(self, node: int, what: str, slot: int) -> Count:
        key = (what, slot, self._forms[node])
        if key not in self._known:
            place, tape = self._place(node), self.tape
            if what == "primal":
                self._known[key] = place.primal()
            elif what == "pushed":
                self._known[key] = place.pushed(slot, _ones(tape.values[tape.inputs[node][slot]]))
            else:
                self._known[key] = place.pulled(slot, _ones(tape.values[node]))
        return self._known[key]

    def _form(self, node: int) -> Hashable:
        """What a count depends on: the operation, shapes, attributes, and the numbers among the operands that are constants."""
        tape = self.tape
        attributes = tape.attributes.get(node, NO_ATTRIBUTES)
        operands = [_known_number(tape, i) for i in tape.inputs[node]]
        alike = any(isinstance(value, np.ndarray) for value in attributes.values())
        same = tuple([tape.inputs[node].index(i) for i in tape.inputs[node]])
        return (tape.rules[node], tuple(operands), same, node if alike else repr(attributes) if attributes else None)

    def _place(self, node: int) -> Place:
        tape = self.tape
        family = tape.results.get(node)
        symbols = {i: Symbol(tape.values[i]) for i in (*tape.inputs[node], *(family or (node,)))}
        operands = tuple(tape.values[i] if self._is_constant(i) else symbols[i] for i in tape.inputs[node])
        result = symbols[node] if family is None else tuple(symbols[i] for i in family)
        return Place(self.rules[node], operands, result, tape.attributes.get(node, NO_ATTRIBUTES))

    def _is_constant(self, node: int) -> bool:
        return self.tape.rules[node] is None and not self.tape.live[node]


def _known_number(tape: Tape, node: int) -> Hashable:
    """A constant's number, otherwise a shape."""
    value = tape.values[node]
    constant = tape.rules[node] is None and not tape.live[node]
    return value if constant and not isinstance(value, np.ndarray) else (constant, shape_of(value))


def _ones(value: Value) -> Symbol:
    """A tangent or an adjoint: counts depend on its shape alone."""
    return Symbol(np.ones(shape_of(value)) if shape_of(value) else 1.0)
