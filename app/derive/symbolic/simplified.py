"""The derivative as a textbook would leave it: like terms collected, common factors in front."""

from __future__ import annotations

from typing import Any

from app.core.diagnostic import OpError
from app.derive.matrix.arrays import SYMBOLIC, Array, array
from app.derive.matrix.code import Writer
from app.derive.matrix.factor import factored
from app.derive.matrix.latex import Typeset
from app.derive.matrix.letters import Letters
from app.derive.matrix.terms import SCALAR, Atom, Form, NoForm, of_atom
from app.derive.matrix.words import OURS
from app.derive.symbolic.expression import NUMBER, SYMBOL, Expression, distinct

LARGEST = 150
"""Different parts of an expression that is simplified."""


def simplified(top: Expression) -> Form | None:
    """The form of an expression; None where it is too large, or has an operation without a form."""
    parts = distinct([top])
    if len(parts) > LARGEST or top.terms > LARGEST * 8:
        return None
    made: dict[int, Any] = {}
    try:
        for part in parts:
            made[part.number] = _made(part, [made[a.number] for a in part.args])
        return factored(array(made[top.number]).form)
    except (NoForm, OpError, OverflowError, ZeroDivisionError, AttributeError, TypeError, ValueError):
        return None


def _made(part: Expression, args: list[Any]) -> Any:
    if part.op == NUMBER:
        return float(part.value)
    if part.op == SYMBOL:
        return Array(of_atom(Atom("symbol", SCALAR, name=part.value)), ())
    return getattr(SYMBOLIC, part.op)(*args)


def text(form: Form) -> str:
    """The form in our language."""
    return Writer(OURS, NONE, {}, {})(form)


def latex(form: Form) -> str:
    """The form as LaTeX."""
    return Typeset(NONE)(form)


NONE = Letters({})
