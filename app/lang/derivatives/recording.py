"""The namespace ``o`` that records: rules evaluated in it put their own operations on the tape, where sweeps can go through them again."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.engine.tape import is_float
from app.lang.compiler import Compiler
from app.ops.namespace import Namespace, Opaque
from app.ops.op import NO_ATTRIBUTES, Op, Shape, Value, normal, shape_of


class Recorded(Opaque):
    """A node as rules and sweeps see it: shapes and arithmetic, which is recorded; no numpy function can look into it."""

    __slots__ = ("node", "o")
    called = "a recorded value"

    def __init__(self, node: int, o: Recording) -> None:
        self.node, self.o = node, o

    @property
    def shape(self) -> Shape:
        """The shape of the primal."""
        return shape_of(self.o.values[self.node])

    @property
    def is_float(self) -> bool:
        """Whether derivatives can flow into it."""
        return is_float(self.o.values[self.node])

    @property
    def primal(self) -> Value:
        """The number, for masks and positions: it decides what is recorded."""
        self.o.compiler.recorder.decided = True
        return self.o.values[self.node]


class Recording(Namespace):
    """Every operation by name: on numbers it answers with numbers, on recorded nodes with recorded nodes made at ``site``."""

    def __init__(self, compiler: Compiler, site: ast.AST) -> None:
        self.compiler, self.site = compiler, site
        self.values = compiler.recorder.values

    def apply(self, op: Op, inputs: Sequence[Any], attributes: Mapping[str, Any] = NO_ATTRIBUTES) -> Any:
        """One operation: on numbers a number, on recorded nodes a recorded node."""
        attributes = {name: _number(value) for name, value in attributes.items()}
        if not any(isinstance(x, Recorded) for x in inputs):
            made = op.value(inputs, attributes)
            return tuple(map(normal, made)) if op.results > 1 else normal(made)
        if (same := _unchanged(op, inputs)) is not None:
            return same
        nodes = tuple(x.node if isinstance(x, Recorded) else self.constant(x) for x in inputs)
        made = self.compiler.apply(op, nodes, attributes or NO_ATTRIBUTES, self.site)
        return tuple(Recorded(node, self) for node in made) if isinstance(made, tuple) else Recorded(made, self)

    def constant(self, value: Value) -> int:
        """The node of a number that the rules bring with them."""
        if isinstance(value, np.ndarray):
            self.compiler.recorder.charge_elements(value.size, self.site)
        value = normal(value)
        return self.compiler.recorder.leaf(float(value) if type(value) is int else value, self.site)


def _number(value: Any) -> Any:
    """An attribute; the number of a recorded value."""
    return value.primal if isinstance(value, Recorded) else value


def _unchanged(op: Op, inputs: Sequence[Any]) -> Recorded | None:
    """The operand that comes out as it is, to the last bit: times 1, over 1, to the power of 1, or chosen by a condition that is known."""
    if op.name == "where" and isinstance(inputs[0], bool):
        chosen, other = inputs[1:] if inputs[0] else inputs[:0:-1]
        return chosen if isinstance(chosen, Recorded) and np.shape(other) in ((), chosen.shape) else None
    if op.name not in ("mul", "div", "pow"):
        return None
    x, y = inputs
    if isinstance(x, Recorded) and _is_one_for(y, x.shape):
        return x
    return y if op.name == "mul" and isinstance(y, Recorded) and _is_one_for(x, y.shape) else None


def _is_one_for(value: Any, shape: Shape) -> bool:
    """Whether a number is 1 throughout, and stretches no tensor of this shape."""
    if isinstance(value, np.ndarray):
        return value.ndim <= len(shape) and value.shape == shape[len(shape) - value.ndim :] and bool((value == 1).all())
    return not isinstance(value, (Recorded, bool)) and value == 1
