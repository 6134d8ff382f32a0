"""Loops that only repeat: once a round is seen to follow a pattern, compiled code runs the rest of them.

A body of scalar operations without control flow does the same to its names in every round. When all names that it assigns
moved by one round's length, or not at all, from one round to the next, they will do so for ever: what follows is known
up to the numbers. The tape is the same as if every round had been interpreted.
"""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from app.engine.block import Block, Pattern, address
from app.lang.compiler import Compiler
from app.lang.fold import Fold
from app.lang.pattern import pattern_of
from app.lang.scope import bound_names
from app.lang.values import Frame
from app.ops.native import native
from app.ops.table import SPELLINGS

FEWEST = 256
"""Fewer rounds are not worth the way to compiled code and back."""

WATCHED = 12
"""A loop that has not settled after so many rounds is left to the interpreter."""

ALLOWED = (ast.AugAssign, ast.BinOp, ast.UnaryOp, ast.Constant)
SKIPPED = (ast.operator, ast.unaryop, ast.expr_context)


def repeats(c: Compiler, node: ast.For) -> bool:
    """Whether a loop's body is nothing but scalar operations on names that its counter is not among."""
    if not isinstance(node.target, ast.Name) or node.orelse:
        return False
    return all(_repeats(c, part, node.target.id) for statement in node.body for part in ast.walk(statement))


def _repeats(c: Compiler, part: ast.AST, counter: str) -> bool:
    """Whether a part of a body is such an operation, or a part of one."""
    if isinstance(part, ast.Call):
        operation = SPELLINGS.get(part.func.id) if isinstance(part.func, ast.Name) and c.is_free(part.func.id) else None
        return operation is not None and operation.kernel is not None and not part.keywords
    if isinstance(part, ast.Name):
        return part.id != counter
    if isinstance(part, ast.Assign):
        return all(isinstance(target, ast.Name) for target in part.targets)
    return isinstance(part, (*ALLOWED, *SKIPPED))


class Watch:
    """Looks at a loop round by round until its names have settled. ``noted`` is where its bindings go."""

    def __init__(self, c: Compiler, node: ast.For, noted: list[tuple[int, str]]) -> None:
        self.c, self.node, self.noted, self.names = c, node, noted, sorted(bound_names(node.body))
        self.bindings = sum(len(s.targets) if isinstance(s, ast.Assign) else 1 for s in node.body)
        self._before: list[Any] = []
        self._starts: list[int] = []

    def settled(self, frame: Frame) -> int:
        """The length of a round, once two of the same length have passed and the last one moved the names by just that; 0 before."""
        now = [frame.get(name) for name in self.names]
        before, self._before = self._before, now
        self._starts = [*self._starts[-2:], len(self.c.recorder.values)]
        if len(self._starts) < 3:
            return 0
        first, second, end = self._starts
        width = end - second
        if width <= 0 or width != second - first or not all(type(value) is int for value in (*now, *before)):
            return 0
        return width if all(b in (a, a + width) for a, b in zip(before, now, strict=True)) else 0


def run_rounds(watch: Watch, frame: Frame, width: int, first: int, rounds: int) -> int:
    """Run up to ``rounds`` rounds from number ``first`` on, like the one just recorded; returns how many were run."""
    c, machine = watch.c, native()
    recorder = c.recorder
    start = len(recorder.values)
    cost = 1 + len(watch.node.body)
    rounds = min(rounds, (c.limits.nodes - start) // width, (c.limits.steps - recorder.steps) // cost)
    pattern = pattern_of(recorder, machine, start, width, rounds) if machine is not None and rounds >= FEWEST else None
    if pattern is None:
        return 0
    recorder.steps += rounds * cost
    _extend(c, pattern, start, rounds)
    _fold(watch, frame, first, start, width, rounds)
    return rounds


def _extend(c: Compiler, pattern: Pattern, start: int, rounds: int) -> None:
    """Append the nodes of all rounds, computed by the machine; what the block can write later is left out."""
    r, width, before = c.recorder, pattern.width, pattern.before
    v = np.empty(before + rounds * width)
    v[:before] = r.values[start - before : start]
    p, q = np.empty(rounds * width), np.empty(rounds * width)
    outside = np.array([r.values[node] for node in pattern.outside] or [0.0])
    pattern.machine.forward(pattern.handle, *map(address, (outside, v, p, q)))
    nodes = slice(start - width, start)
    live = bytes(r.live[start - before : start]) + bytes(r.live[nodes]) * rounds
    r.blocks.append(Block(pattern, start, rounds, p, q, live))
    r.values.extend(v[before:].tolist())
    r.rules += r.rules[nodes] * rounds
    r.sites += r.sites[nodes] * rounds
    r.live += r.live[nodes] * rounds
    r.inputs += [()] * (rounds * width)
    r.partials += [None] * (rounds * width)


def _fold(watch: Watch, frame: Frame, first: int, start: int, width: int, rounds: int) -> None:
    """Bind the names as the last round leaves them; what every round has bound and grouped is folded."""
    recorder, noted, count = watch.c.recorder, watch.noted, watch.bindings
    before = noted[-2 * count : -count]
    ends = [(node, name, node == earlier + width) for (node, name), (earlier, _) in zip(noted[-count:], before, strict=True)]
    places = (len(recorder.groups), noted is recorder.local, len(noted))
    recorder.folds.append(Fold(watch.node, recorder.group, first, start, width, rounds, *places, ends))
    recorder.groups.extend([[]] * rounds)
    last = [(node + rounds * width if moves else node, name) for node, name, moves in ends]
    noted += last * rounds
    frame.update((name, node) for node, name in last)
