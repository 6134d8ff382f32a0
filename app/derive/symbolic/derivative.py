"""The whole derivative: every rule applied, every derivative of a part taken once."""

from __future__ import annotations

from app.derive.symbolic.expression import Expression, Table, distinct
from app.derive.symbolic.rules import differentiated


def derivative(u: Expression, x: str, table: Table, known: dict[int, Expression] | None = None) -> Expression:
    """The derivative of ``u`` by ``x``; ``known`` keeps those of its parts for the next."""
    taken = {} if known is None else known
    for part in distinct([u]):
        if part.number not in taken:
            taken[part.number] = differentiated(part, x, lambda v: taken[v.number], table).result
    return taken[u.number]
