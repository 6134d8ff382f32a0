"""The namespace ``o`` for dual numbers: every operation on pairs of a primal and a tangent, by its own forward rule.

A reverse sweep carried out over dual values is differentiated as it goes: forward over reverse, with nothing recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.ops.namespace import Namespace, Opaque
from app.ops.numeric import numeric
from app.ops.op import NO_ATTRIBUTES, Op, Shape, Value, normal, shape_of


class Dual(Opaque):
    """A primal with its tangent (None where it has none). Rules can compute with it, but not branch on it."""

    __slots__ = ("primal", "tangent")
    __hash__ = None  # type: ignore[assignment]  # a value, compared by nobody
    called = "a dual number"

    def __init__(self, primal: Value, tangent: Value | None) -> None:
        self.primal, self.tangent = primal, tangent

    @property
    def shape(self) -> Shape:
        """The shape of the primal."""
        return shape_of(self.primal)

    @property
    def is_float(self) -> bool:
        """Whether derivatives can flow into it."""
        return isinstance(self.primal, float) or (isinstance(self.primal, np.ndarray) and self.primal.dtype == np.float64)


class Duals(Namespace):
    """Operations by name: on numbers they answer with numbers, on dual numbers with dual numbers."""

    def apply(self, op: Op, inputs: Sequence[Any], attributes: Mapping[str, Any] = NO_ATTRIBUTES) -> Any:
        """One operation: the value, and the tangent that its forward rule adds up."""
        attributes = {name: value.primal if isinstance(value, Dual) else value for name, value in attributes.items()}
        primals = [x.primal if isinstance(x, Dual) else x for x in inputs]
        dots = [x.tangent if isinstance(x, Dual) else None for x in inputs]
        made = op.value(primals, attributes)
        still = all(dot is None for dot in dots)
        if op.results == 1:
            z = normal(made)
            return z if still else Dual(z, _tangent(op, dots, primals, z, attributes))
        every = tuple(map(normal, made))
        if still:
            return every
        return tuple(Dual(v, _tangent(op, dots, primals, every, {**attributes, "result": k})) for k, v in enumerate(every))


duals = Duals()
Dual.o = duals


def _tangent(op: Op, dots: Sequence[Any], primals: Sequence[Value], z: Value, attributes: Mapping[str, Any]) -> Value | None:
    """The sum of what comes from each operand with a tangent."""
    total = None
    shapes = [shape_of(p) for p in primals]
    for slot, dot in enumerate(dots):
        if dot is not None and not op.blocks(slot, shapes, attributes):
            part = op.jvp(numeric, slot, dot, z, primals, attributes)
            total = part if total is None else total + part
    return total
