"""The derivation as a person writes it down: the leftmost derivative is taken, by one rule, until none is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.derive.symbolic.expression import DERIVATIVE, LEAVES, Expression, Table
from app.derive.symbolic.rules import differentiated

MOST = 120
"""Steps that are written down."""
WIDEST = 600
"""Terms of a line."""


class Line(NamedTuple):
    """One line: the rule that led to it, the expression, and the path of the part that was rewritten."""

    rule: str
    sentence: str
    expression: Expression
    path: tuple[int, ...]


def lines(u: Expression, x: str, table: Table) -> Iterator[Line]:
    """The lines of a derivation, D(u) first; ends early where lines grow too wide or too many."""
    state = table.raw(DERIVATIVE, u)
    yield Line("start", f"The derivative by {x} is to be taken.", state, ())
    for _ in range(MOST):
        path = _leftmost(state)
        if path is None:
            return
        part = _at(state, path).args[0]
        step = differentiated(part, x, lambda v: table.raw(DERIVATIVE, v), table)
        state = _replaced(state, path, step.result, table)
        if state.terms > WIDEST:
            return
        yield Line(step.rule, step.sentence, state, path)


def tidied(top: Expression, table: Table) -> Expression:
    """The same without factors of 1 and summands of 0."""
    return table.made(top.op, *(tidied(a, table) for a in top.args)) if top.args else top


def _leftmost(top: Expression) -> tuple[int, ...] | None:
    """The path of the first derivative in reading order."""
    ahead: list[tuple[Expression, tuple[int, ...]]] = [(top, ())]
    while ahead:
        one, path = ahead.pop()
        if one.op == DERIVATIVE:
            return path
        if one.op not in LEAVES:
            ahead += [(a, (*path, place)) for place, a in reversed(list(enumerate(one.args)))]
    return None


def _at(top: Expression, path: tuple[int, ...]) -> Expression:
    for place in path:
        top = top.args[place]
    return top


def _replaced(top: Expression, path: tuple[int, ...], part: Expression, table: Table) -> Expression:
    """The expression with one part replaced."""
    if not path:
        return part
    args = list(top.args)
    args[path[0]] = _replaced(args[path[0]], path[1:], part, table)
    return table.raw(top.op, *args)
