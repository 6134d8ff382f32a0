"""The Wengert list of one run: parallel arrays, in evaluation order, topological by construction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from app.engine.block import Stretch

Value = Any
"""A primal, tangent or adjoint: float, int or bool for 0-d values, otherwise an ndarray; a recorded node while a sweep is recorded."""


class Rule(Protocol):
    """What the sweeps ask of an operation; the calculus behind it is not theirs."""

    differentiable: bool

    @property
    def elementwise(self) -> bool:
        """Whether the derivative is one partial per slot and element."""

    def work(self, shapes: Sequence[tuple[int, ...]], attributes: Mapping[str, Any]) -> int:
        """Element operations of one evaluation."""

    def vjp(self, o: Any, slot: int, bar: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        """The contribution of ``bar`` to the adjoint of operand ``slot``."""

    def jvp(self, o: Any, slot: int, dot: Value, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value:
        """The part of the result's tangent that comes from ``dot`` at operand ``slot``."""

    def blocks(self, slot: int, shapes: Sequence[tuple[int, ...]], attributes: Mapping[str, Any]) -> bool:
        """Whether nothing flows through ``slot``."""

    def partial(self, slot: int, z: Value, inputs: Sequence[Value], attributes: Mapping[str, Any]) -> Value | None:
        """The local derivative of an elementwise operation, in the shape of the result."""

    def structure(self, slot: int, shapes: Sequence[tuple[int, ...]], attributes: Mapping[str, Any]) -> str:
        """The form of the local Jacobian in a word."""

    def multilinear(self) -> bool:
        """Whether it is linear in each operand while the others stay."""

    def keeps(self, count: int) -> Sequence[int]:
        """The slots whose primals the derivative reads; none of a linear operation."""


@dataclass(slots=True, eq=False)  # not frozen: that alone would cost a quarter of the run of a short program
class Tape:
    """One run. Index = node. Inputs and constants have no rule and no operands.

    ``partials`` holds the local derivatives of scalar nodes, one a slot, kept from the forward pass; None for the rest.
    ``live`` says whether adjoints reach a node: it depends on a differentiated input, outside ``no_grad``.
    ``attributes`` is sparse. ``o`` is the namespace in which rules are evaluated.
    While the tape is ``folded``, ``written_inputs`` and ``written_partials`` lack what the blocks can write.
    """

    rules: list[Rule | None]
    written_inputs: list[tuple[int, ...]]
    values: list[Value]
    written_partials: list[tuple[float, ...] | None]
    live: list[bool]
    attributes: dict[int, Mapping[str, Any]]
    results: dict[int, tuple[int, ...]]
    """For nodes of an operation with several results: the nodes of all of them."""
    blocks: Sequence[Stretch]
    """What compiled code can sweep, in order."""
    o: Any
    folded: bool = False
    open_slots: list[tuple[int, ...]] | None = None
    """Per node the slots that let adjoints through, where somebody has found out: it depends on the structure alone."""

    def __len__(self) -> int:
        return len(self.values)

    @property
    def inputs(self) -> list[tuple[int, ...]]:
        """The operands of every node, in slot order."""
        self.unfold()
        return self.written_inputs

    @property
    def partials(self) -> list[tuple[float, ...] | None]:
        """The local derivatives of every scalar node."""
        self.unfold()
        return self.written_partials

    def unfold(self) -> None:
        """Have the blocks write what they know, once."""
        if self.folded:
            self.folded = False
            for block in self.blocks:
                block.write_inputs(self.written_inputs)
                block.write_partials(self.written_partials)

    def result(self, node: int) -> Value:
        """The primal that a rule knows as ``z``: a tuple where the operation has several results."""
        family = self.results.get(node)
        return self.values[node] if family is None else tuple(self.values[i] for i in family)

    def operands(self, node: int) -> list[Value]:
        """The primals of the operands, in slot order."""
        values, inputs = self.values, self.written_inputs[node] or self.inputs[node]
        return [values[i] for i in inputs]


NO_ATTRIBUTES: Mapping[str, Any] = {}


def shape_of(value: Value) -> tuple[int, ...]:
    """The shape of a primal; ``()`` for Python numbers."""
    return value.shape if isinstance(value, np.ndarray) else getattr(value, "shape", ())


def is_float(value: Value) -> bool:
    """Whether derivatives can flow into a value: it is no index and no mask."""
    if isinstance(value, np.ndarray):
        return bool(value.dtype == np.float64)
    return isinstance(value, float) or bool(getattr(value, "is_float", False))
