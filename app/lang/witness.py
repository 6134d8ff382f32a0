"""What a run decided and which statements ran: noted only where a program is compiled with a witness, so that others pay nothing."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.lang.operands import truth
from app.lang.values import Frame

if TYPE_CHECKING:
    from app.lang.compiler import Closure, Compiler

Owner = ast.If | ast.While | ast.IfExp | ast.BoolOp
Loop = ast.While | ast.For

MOST = 5_000
"""Decisions and visits that are noted one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One evaluation of a condition: whose it is, the node that was read (None for a plain number), and what came out.

    ``group`` is the call or iteration around it, ``after`` the length of the tape then.
    """

    owner: Owner
    test: ast.expr
    node: int | None
    truth: bool
    group: int | None
    after: int


@dataclass(slots=True)
class Visit:
    """One time that a loop was entered: its rounds are the groups of its site from number ``groups`` up to ``groups_end``.

    Its nodes, those of a while's conditions among them, are those from ``after`` up to ``end``.

    ``ended`` is ``condition``, ``items`` (there were no more), ``break`` or ``return``; ``last`` is the last look at a while's condition.
    """

    loop: Loop
    group: int | None
    after: int
    groups: int
    groups_end: int = 0
    end: int = 0
    ended: str = ""
    last: Decision | None = None


@dataclass(slots=True)
class Account:
    """What one run did: how often each statement ran and each condition came out so, and decisions and visits in order.

    A while's decisions are its visit's. ``omitted`` are the events beyond those that are kept.
    """

    ran: Counter[ast.stmt] = field(default_factory=Counter)
    decided: Counter[tuple[ast.expr, bool]] = field(default_factory=Counter)
    events: list[Decision | Visit] = field(default_factory=list)
    omitted: int = 0

    def note(self, event: Decision | Visit) -> None:
        """Keep an event, or count it where there are too many."""
        if len(self.events) < MOST:
            self.events.append(event)
        else:
            self.omitted += 1


class Witness:
    """Writes the account of what the closures of one program do; a new run begins with ``reset``."""

    def __init__(self, tree: ast.Module) -> None:
        self._tests = dict(_tests(tree))
        self._breaks = {loop: _breaks(loop) for loop in ast.walk(tree) if isinstance(loop, Loop)}
        self.reset()

    def reset(self) -> None:
        """Forget the last run."""
        self.account = Account()
        self._open: list[Visit] = []

    def expression(self, c: Compiler, node: ast.expr, closure: Closure) -> Closure:
        """The same closure; of a condition, one that notes what it gives."""
        owner = self._tests.get(node)
        if owner is None:
            return closure
        recorder = c.recorder

        def noted(frame: Frame) -> Any:
            value = closure(frame)
            found = truth(recorder, value, node)
            self.account.decided[node, found] += 1
            read = value if type(value) is int else None
            decision = Decision(owner, node, read, found, recorder.group, len(recorder.values))
            if isinstance(owner, ast.While):
                self._open[-1].last = decision
            else:
                self.account.note(decision)
            return value

        return noted

    def statement(self, c: Compiler, node: ast.stmt, closure: Closure) -> Closure:
        """The same statement, counted; of a loop, also when it was entered and how it ended."""
        run = self._visited(c, node, closure) if isinstance(node, Loop) else closure

        def noted(frame: Frame) -> Any:
            self.account.ran[node] += 1
            return run(frame)

        return noted

    def _visited(self, c: Compiler, node: Loop, closure: Closure) -> Callable[[Frame], Any]:
        recorder, breaks = c.recorder, self._breaks[node]

        def run(frame: Frame) -> Any:
            visit = Visit(node, recorder.group, len(recorder.values), len(recorder.groups))
            self.account.note(visit)
            self._open.append(visit)
            before = sum(self.account.ran[one] for one in breaks)
            signal = closure(frame)
            self._open.pop()
            visit.groups_end, visit.end = len(recorder.groups), len(recorder.values)
            left = sum(self.account.ran[one] for one in breaks) > before
            visit.ended = "return" if signal is not None else "break" if left else "condition" if isinstance(node, ast.While) else "items"
            return signal

        return run


def _tests(tree: ast.Module) -> list[tuple[ast.expr, Owner]]:
    """Every condition of a program; of ``and`` and ``or``, every part behind which another stands."""
    found: list[tuple[ast.expr, Owner]] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.If, ast.While, ast.IfExp)):
            found.append((node.test, node))
        elif isinstance(node, ast.BoolOp):
            found += [(value, node) for value in node.values[:-1]]
    return found


def _breaks(loop: Loop) -> list[ast.stmt]:
    """The statements that leave this loop and no other."""
    found: list[ast.stmt] = []
    stack: list[ast.AST] = [*loop.body]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Break):
            found.append(node)
        elif isinstance(node, Loop):
            stack.extend(node.orelse)
        else:
            stack.extend(ast.iter_child_nodes(node))
    return found
