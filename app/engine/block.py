"""Blocks: stretches of the tape that repeat one pattern of scalar nodes, swept by compiled code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from app.engine.tape import Value

Array = np.ndarray[Any, Any]


class Machine(Protocol):
    """Compiled loops over a block (``ops.native``)."""

    def reverse(self, rounds: int, width: int, before: int, *arrays: Array) -> bool:
        """Sweep backwards in place; False where a NaN showed up."""


@dataclass(frozen=True, slots=True)
class Block:
    """Nodes ``first`` to ``last``: ``rounds`` times the same ``width`` operations.

    An operand below 0 in ``left`` and ``right`` is that many nodes back, at most ``before``; otherwise a place in ``outside``,
    the nodes that every round uses alike. ``p`` and ``q`` are the partials by the first and the second operand.
    """

    machine: Machine
    first: int
    rounds: int
    width: int
    before: int
    arity: Array
    left: Array
    right: Array
    outside: list[int]
    p: Array
    q: Array
    live: Array
    """Of the ``before`` nodes in front and of the nodes of the block, one byte each."""

    @property
    def last(self) -> int:
        """The last node of the block."""
        return self.first + self.rounds * self.width - 1


def pull_block(block: Block, adjoints: list[Value | None], live: list[bool]) -> bool:
    """Sweep a block backwards; False, and nothing done, where only the rules can tell (a NaN, a tensor's adjoint)."""
    start = block.first - block.before
    reach = _flat(adjoints[start : block.last + 1])
    around = _flat([adjoints[node] for node in block.outside])
    if reach is None or around is None:
        return False
    (bar, reached), (outside_bar, outside_reached) = reach, around
    outside_live = np.array([live[node] for node in block.outside], dtype=np.uint8)
    arrays = (block.arity, block.left, block.right, block.p, block.q, block.live, outside_live, bar, reached, outside_bar, outside_reached)
    if not block.machine.reverse(block.rounds, block.width, block.before, *arrays):
        return False
    adjoints[start : block.last + 1] = _listed(bar, reached)
    for node, value in zip(block.outside, _listed(outside_bar, outside_reached), strict=True):
        adjoints[node] = value
    return True


def _flat(values: list[Value | None]) -> tuple[Array, Array] | None:
    """Adjoints as an array of floats and one of flags; None where one of them is not a number that can be added."""
    try:
        bar = np.array(values, dtype=np.float64)  # None becomes NaN
    except (TypeError, ValueError):
        return None
    reached = bar == bar  # noqa: PLR0124  NaN is the only value unequal to itself
    return (bar, reached.view(np.uint8)) if int(reached.sum()) == len(values) - values.count(None) and bar.ndim == 1 else None


def _listed(bar: Array, reached: Array) -> list[Value | None]:
    """The other way round."""
    listed: list[Value | None] = bar.tolist()
    for place in np.flatnonzero(reached == 0).tolist():
        listed[place] = None
    return listed
