"""The rules of differentiation by name; each takes one step and leaves derivatives of parts to be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.core.diagnostic import OpError
from app.derive.symbolic.expression import Expression, Table
from app.ops.op import Op
from app.ops.rule import Elementwise
from app.ops.table import OPS
from app.ops.text import CONSTANTS, Call, Term

Derivative = Callable[[Expression], Expression]
"""What stands for the derivative of a part: a promise, or the derivative itself."""


class Step(NamedTuple):
    """A rule applied once."""

    rule: str
    sentence: str
    result: Expression


SENTENCES: dict[str, str] = {
    "constant": "A constant does not change: its derivative is 0.",
    "variable": "The derivative of the variable by itself is 1.",
    "sum": "The derivative of a sum is the sum of the derivatives.",
    "difference": "The derivative of a difference is the difference of the derivatives.",
    "sign": "A sign stays in front of the derivative.",
    "constant factor": "A constant factor stays in front of the derivative.",
    "constant divisor": "A constant divisor stays below the derivative.",
    "product": "Product rule: the derivative of the first times the second, plus the first times the derivative of the second.",
    "quotient": "Quotient rule: derivative of the top times the bottom, minus the top times that of the bottom, over the bottom squared.",
    "power": "Power rule: the exponent comes in front and loses one; the inner derivative follows.",
    "exponential": "An exponential stays as it is, times the logarithm of its base and the derivative of the exponent.",
    "general power": "Where base and exponent both change: u to the v is e to the v ln u, differentiated as such.",
    "choice": "A choice by a condition is differentiated case by case.",
    "chain": "Chain rule: the derivative of the outer function at the inner one, times the derivative of the inner one.",
    "several operands": "Chain rule with several operands: each partial times the derivative of its operand, summed.",
    "step": "The function is flat wherever it is not a jump: its derivative is taken as 0.",
}
"""What each rule says."""


def differentiated(u: Expression, x: str, d: Derivative, table: Table) -> Step:
    """The derivative of ``u`` by the name ``x``, one rule deep; raises OpError where an operation has none."""
    if x not in u.names:
        return _step("constant", table.number(0))
    if u.op == "symbol":
        return _step("variable", table.number(1))
    if OPS[u.op].category in ("comparison", "logic"):
        return _step("step", table.number(0))
    rule = _RULES.get(u.op)
    return rule(u, x, d, table) if rule is not None else _chain(u, x, d, table)


def _step(rule: str, result: Expression, about: str = "") -> Step:
    return Step(rule, SENTENCES[rule] + about, result)


def _sum(u: Expression, x: str, d: Derivative, table: Table) -> Step:
    a, b = u.args
    return _step("sum", table.add(d(a), d(b))) if u.op == "add" else _step("difference", table.sub(d(a), d(b)))


def _sign(u: Expression, x: str, d: Derivative, table: Table) -> Step:
    return _step("sign", table.neg(d(u.args[0])))


def _product(u: Expression, x: str, d: Derivative, table: Table) -> Step:
    a, b = u.args
    if x not in a.names or x not in b.names:
        constant, moving = (a, b) if x not in a.names else (b, a)
        return _step("constant factor", table.mul(constant, d(moving)))
    return _step("product", table.add(table.mul(d(a), b), table.mul(a, d(b))))


def _quotient(u: Expression, x: str, d: Derivative, table: Table) -> Step:
    a, b = u.args
    if x not in b.names:
        return _step("constant divisor", table.div(d(a), b))
    above = table.sub(table.mul(d(a), b), table.mul(a, d(b)))
    return _step("quotient", table.div(above, table.pow(b, table.number(2))))


def _power(u: Expression, x: str, d: Derivative, table: Table) -> Step:
    a, n = u.args
    if x not in n.names:
        less = table.number(n.value - 1) if n.is_number else table.sub(n, table.number(1))
        return _step("power", table.mul(table.mul(n, table.pow(a, less)), d(a)))
    if x not in a.names:
        return _step("exponential", table.mul(table.mul(u, table.raw("log", a)), d(n)))
    rest = table.add(table.mul(d(n), table.raw("log", a)), table.div(table.mul(n, d(a)), a))
    return _step("general power", table.mul(u, rest))


def _choice(u: Expression, x: str, d: Derivative, table: Table) -> Step:
    condition, yes, no = u.args
    return _step("choice", table.raw("where", condition, d(yes), d(no)))


def _chain(u: Expression, x: str, d: Derivative, table: Table) -> Step:
    """A function of the table, by its own rule text."""
    op = OPS[u.op]
    if not isinstance(op, Elementwise) or not op.differentiable:
        raise OpError(
            "symbolic.operation", f"There is no rule for the derivative of {u.op}.", "Its values are not numbers that change smoothly."
        )
    moving = [slot for slot, a in enumerate(u.args) if x in a.names]
    parts = []
    for slot in moving:
        partial = op.partials[slot]
        if partial is not None:
            parts.append(table.mul(_written(partial, op, u, table), d(u.args[slot])))
    total = table.number(0)
    for part in parts:
        total = table.add(total, part)
    if total.is_value(0):
        return _step("step", total)
    return _step(
        "chain" if len(moving) == 1 else "several operands", total, f" Here the outer function is {u.op}." if len(moving) == 1 else ""
    )


def _written(term: Term, op: Op, u: Expression, table: Table) -> Expression:
    """Rule text at the operands of an expression; the case of a singular point is left out, as in formulas for people."""
    if isinstance(term, Call):
        if term.name in ("singular", "positive"):
            return _written(term.args[-1], op, u, table)
        return table.made(term.name, *(_written(a, op, u, table) for a in term.args))
    if isinstance(term, str):
        operands: tuple[str, ...] = op.operands  # type: ignore[attr-defined]  # an elementwise one
        if term in operands:
            return u.args[operands.index(term)]
        return u if term == "z" else table.number(CONSTANTS[term])
    return table.number(term)


_RULES: Mapping[str, Callable[[Expression, str, Derivative, Table], Step]] = {
    "add": _sum, "sub": _sum, "neg": _sign, "mul": _product, "div": _quotient, "pow": _power, "where": _choice,
}  # fmt: skip
