"""Loops that only repeat: once a round is seen to follow a pattern, compiled code runs the rest of them.

A body of scalar operations without control flow does the same to its names in every round. When all names that it assigns
moved by one round's length, or not at all, from one round to the next, they will do so for ever: what follows is known
up to the numbers. The tape is the same as if every round had been interpreted.
"""

from __future__ import annotations

import ast
from itertools import chain, repeat
from typing import Any

import numpy as np

from app.engine.block import Block
from app.lang.compiler import Compiler, bound_names
from app.lang.values import Frame
from app.ops.native import CONSTANT, Native, native
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
        self._start = -1

    def settled(self, frame: Frame) -> int:
        """The length of a round, once what the names are bound to has moved by just that; 0 before."""
        values = self.c.recorder.values
        now = [frame.get(name) for name in self.names]
        before, start = self._before, self._start
        self._before, self._start = now, len(values)
        width = len(values) - start
        if start < 0 or width <= 0 or not all(type(value) is int for value in (*now, *before)):
            return 0
        return width if all(b in (a, a + width) for a, b in zip(before, now, strict=True)) else 0


def run_rounds(watch: Watch, frame: Frame, width: int, first: int, rounds: int) -> int:
    """Run up to ``rounds`` rounds from number ``first`` on, like the one just recorded; returns how many were run."""
    c, node, machine = watch.c, watch.node, native()
    recorder = c.recorder
    start = len(recorder.values)
    cost = 1 + len(node.body)
    room = min((c.limits.nodes - start) // width, (c.limits.steps - recorder.steps) // cost)
    rounds = min(rounds, room)
    pattern = _pattern(c, machine, start, width) if machine is not None and rounds >= FEWEST else None
    if machine is None or pattern is None:
        return 0
    recorder.steps += rounds * cost
    _extend(c, machine, pattern, start, width, rounds)
    around = recorder.group
    spans = zip(range(start, start + rounds * width, width), range(start + width - 1, start + rounds * width, width), strict=True)
    recorder.groups += [["iteration", first + k, node, around, a, b] for k, (a, b) in enumerate(spans)]
    _bind(watch, frame, width, rounds)
    return rounds


class _Pattern:
    """One round: its codes, and where each operand is: that many nodes back, or a place among the nodes outside."""

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.sides: tuple[list[int], list[int]] = ([], [])
        self.arity: list[int] = []
        self.outside: list[int] = []

    def place(self, node: int) -> int:
        """The place of a node outside."""
        if node not in self.outside:
            self.outside.append(node)
        return self.outside.index(node)


def _pattern(c: Compiler, machine: Native, start: int, width: int) -> _Pattern | None:
    """The pattern of the last round, compared with the one before; None where it holds more than scalars."""
    recorder, pattern = c.recorder, _Pattern()
    if start < 2 * width or not all(type(v) is float for v in recorder.values[start - width :]):
        return None
    for node in range(start - width, start):
        earlier, rule = node - width, recorder.rules[node]
        if rule is not recorder.rules[earlier] or recorder.sites[node] is not recorder.sites[earlier]:
            return None
        if recorder.live[node] != recorder.live[earlier]:
            return None
        code = CONSTANT if rule is None else machine.codes.get(rule.name)
        if code is None or (rule is None and recorder.values[node] != recorder.values[earlier]):
            return None
        sources, theirs = recorder.inputs[node], recorder.inputs[earlier]
        sides = [pattern.place(node)] if rule is None else [_side(pattern, node, s, t, width) for s, t in zip(sources, theirs, strict=True)]
        if None in sides or any(type(recorder.values[s]) is not float for s in sources):
            return None
        pattern.codes.append(code)
        pattern.arity.append(len(sources))
        for place, side in enumerate(pattern.sides):
            side.append(int(sides[min(place, len(sides) - 1)] or 0))
    reach = -min(0, *pattern.sides[0], *pattern.sides[1])
    return pattern if all(type(v) is float for v in recorder.values[start - reach :]) else None


def _side(pattern: _Pattern, node: int, source: int, earlier: int, width: int) -> int | None:
    """An operand that moved with the round is so many nodes back, one that stayed is outside; None where it did neither."""
    if source == earlier + width:
        return source - node
    return pattern.place(source) if source == earlier else None


def _extend(c: Compiler, machine: Native, pattern: _Pattern, start: int, width: int, rounds: int) -> None:
    """Append the nodes of all rounds: computed by the machine, noted in the lists."""
    r = c.recorder
    left, right = (np.array(side, dtype=np.int64) for side in pattern.sides)
    before = int(max(0, -left.min(), -right.min()))
    v = np.empty(before + rounds * width)
    v[:before] = r.values[start - before : start]
    p, q = np.zeros(rounds * width), np.zeros(rounds * width)
    outside = np.array([r.values[node] for node in pattern.outside] or [0.0])
    machine.forward(rounds, width, before, np.array(pattern.codes, dtype=np.int64), left, right, outside, v, p, q)
    nodes = slice(start - width, start)
    live = np.array(r.live[start - before : start] + r.live[nodes] * rounds, dtype=np.uint8)
    arity = np.array(pattern.arity, dtype=np.int64)
    r.blocks.append(Block(machine, start, rounds, width, before, arity, left, right, pattern.outside, p, q, live))
    r.values.extend(v[before:].tolist())
    r.rules.extend(r.rules[nodes] * rounds)
    r.sites.extend(r.sites[nodes] * rounds)
    r.live.extend(r.live[nodes] * rounds)
    r.partials.extend(_woven([_slopes(pattern, j, p, q, width, rounds) for j in range(width)]))
    r.inputs.extend(_woven([_sources(pattern, j, start, width, rounds) for j in range(width)]))


def _woven(columns: list[Any]) -> Any:
    """One entry of each column in turn."""
    return chain.from_iterable(zip(*columns, strict=True))


def _slopes(pattern: _Pattern, j: int, p: Any, q: Any, width: int, rounds: int) -> Any:
    """The partials of position ``j`` in every round."""
    if pattern.codes[j] == CONSTANT:
        return repeat(None, rounds)
    columns = [side[j::width].tolist() for side in (p, q)[: pattern.arity[j]]]
    return zip(*columns, strict=True)


def _sources(pattern: _Pattern, j: int, start: int, width: int, rounds: int) -> Any:
    """The operands of position ``j`` in every round."""
    if pattern.codes[j] == CONSTANT:
        return repeat((), rounds)
    columns = []
    for side in pattern.sides[: pattern.arity[j]]:
        back = side[j]
        first = start + j + back
        columns.append(range(first, first + rounds * width, width) if back < 0 else repeat(pattern.outside[back], rounds))
    return zip(*columns, strict=True)


def _bind(watch: Watch, frame: Frame, width: int, rounds: int) -> None:
    """Bind the names as the last round leaves them; every binding of the rounds is noted, in order."""
    noted, count = watch.noted, watch.bindings
    columns = []
    for (node, name), (earlier, _) in zip(noted[-count:], noted[-2 * count : -count], strict=True):
        moves = node == earlier + width
        nodes = range(node + width, node + rounds * width + 1, width) if moves else repeat(node, rounds)
        columns.append(zip(nodes, repeat(name, rounds), strict=True))
        frame[name] = node + rounds * width if moves else node
    noted.extend(_woven(columns))
