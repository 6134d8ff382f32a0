"""Stretches of the tape that compiled code has computed and can sweep: their edges and partials are written out only when asked for."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any, Protocol

import numpy as np

from app.engine.tape import Value

Array = np.ndarray[Any, Any]


class Machine(Protocol):
    """Compiled loops over a pattern (``ops.native``); buffers are ctypes arrays, bytes or addresses."""

    def forward(self, pattern: Any, outside: Any, v: Any, p: Any, q: Any) -> None:
        """Fill values and partials."""

    def reverse(self, pattern: Any, *buffers: Any) -> int:
        """Sweep backwards in place; not 0 where a NaN showed up."""

    def play(self, pattern: Any, constants: Any, room: Any) -> None:
        """Fill values and partials of a single round with nothing but constants outside, all in one buffer."""

    def play_back(self, pattern: Any, *buffers: Any) -> int:
        """Sweep such a round backwards; how many nodes were reached, or -1 where a NaN showed up."""

    def push(self, pattern: Any, all_: Any, live: Any, count: int, dots: Any) -> None:
        """Carry many tangents at once through such a round."""


class Stretch(Protocol):
    """Nodes ``first`` to ``last``, scalars all. A sweep may begin anywhere in between."""

    @property
    def first(self) -> int:
        """The first node."""

    @property
    def last(self) -> int:
        """The last node."""

    def pull(self, adjoints: list[Value | None], live: Sequence[bool]) -> bool:
        """Sweep backwards; False, and nothing done, where only the rules can tell (a NaN, a tensor's adjoint)."""

    def write_inputs(self, inputs: list[tuple[int, ...]]) -> None:
        """Write the operands of every node into the tape's list."""

    def write_partials(self, partials: list[tuple[float, ...] | None]) -> None:
        """Write the partials of every node into the tape's list."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What every round of a block does: ``width`` operations.

    An operand below 0 in ``left`` and ``right`` is that many nodes back, at most ``before``; otherwise a place in ``outside``,
    the nodes that every round uses alike. ``arity`` 0 is a constant. ``handle`` is the pattern as the machine has it.
    """

    machine: Machine
    handle: Any
    before: int
    arity: list[int]
    left: list[int]
    right: list[int]
    outside: list[int]

    @property
    def width(self) -> int:
        """The nodes of a round."""
        return len(self.arity)


@dataclass(slots=True)
class Block:
    """``rounds`` times the same pattern, from node ``first`` on; ``p`` and ``q`` are the partials by the first and the second operand."""

    pattern: Pattern
    first: int
    rounds: int
    p: Array
    q: Array
    live: bytes
    """Of the nodes that precede and of the nodes of the block, one byte each."""

    @property
    def last(self) -> int:
        """The last node of the block."""
        return self.first + self.rounds * self.pattern.width - 1

    def pull(self, adjoints: list[Value | None], live: Sequence[bool]) -> bool:
        """Sweep backwards in compiled code."""
        pattern, start, stop = self.pattern, self.first - self.pattern.before, self.last + 1
        inner = _flat(adjoints[start:stop], 2 * pattern.width + pattern.before)
        outer = _flat([adjoints[node] for node in pattern.outside], len(pattern.outside))
        if inner is None or outer is None:
            return False
        outside_live = bytes(live[node] for node in pattern.outside)
        buffers = (address(self.p), address(self.q), self.live, outside_live, *map(address, (*inner, *outer)), None)
        if pattern.machine.reverse(pattern.handle, *buffers):
            return False
        adjoints[start:stop] = _listed(*inner, stop - start)
        for node, value in zip(pattern.outside, _listed(*outer, len(pattern.outside)), strict=True):
            adjoints[node] = value
        return True

    def write_inputs(self, inputs: list[tuple[int, ...]]) -> None:
        """One column of operands a position of the pattern, woven round by round."""
        inputs[self.first : self.last + 1] = _woven([self._sources(j) for j in range(self.pattern.width)])

    def write_partials(self, partials: list[tuple[float, ...] | None]) -> None:
        """One column of partials a position of the pattern."""
        partials[self.first : self.last + 1] = _woven([self._slopes(j) for j in range(self.pattern.width)])

    def _slopes(self, j: int) -> Iterable[Any]:
        """The partials of position ``j`` in every round."""
        arity, width = self.pattern.arity[j], self.pattern.width
        return zip(*(side[j::width].tolist() for side in (self.p, self.q)[:arity]), strict=True) if arity else repeat(None, self.rounds)

    def _sources(self, j: int) -> Iterable[Any]:
        """The operands of position ``j`` in every round."""
        pattern, node, width, rounds = self.pattern, self.first + j, self.pattern.width, self.rounds
        columns: list[Iterable[int]] = []
        for side in (pattern.left, pattern.right)[: pattern.arity[j]]:
            back = side[j]
            moves = range(node + back, node + back + rounds * width, width) if back < 0 else repeat(pattern.outside[back], rounds)
            columns.append(moves)
        return zip(*columns, strict=True) if columns else repeat((), rounds)


def _woven(columns: list[Any]) -> Any:
    """One entry of each column in turn."""
    return chain.from_iterable(zip(*columns, strict=True))


def address(array: Array) -> ctypes.c_void_p:
    """An array as a buffer of C; it must outlive the call."""
    return ctypes.c_void_p(array.ctypes.data)


def _flat(values: list[Value | None], tail: int) -> tuple[Array, Array] | None:
    """Adjoints as an array of floats and one of flags; None where one of them is not a number that can be added.

    Usually only nodes among the last ``tail`` have one already: what comes after a loop sees its last rounds alone.
    """
    bar, reached = np.zeros(len(values) or 1), np.zeros(len(values) or 1, dtype=np.uint8)
    quiet = max(0, len(values) - tail)
    if values[:quiet].count(None) < quiet:
        quiet = 0
    for place in range(quiet, len(values)):
        value = values[place]
        if value is not None:
            if not isinstance(value, float):
                return None
            bar[place], reached[place] = value, 1
    return bar, reached


def _listed(bar: Array, reached: Array, count: int) -> list[Value | None]:
    """The other way round."""
    listed: list[Value | None] = bar[:count].tolist()
    for place in np.flatnonzero(reached[:count] == 0).tolist():
        listed[place] = None
    return listed
