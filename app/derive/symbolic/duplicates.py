"""What a derivative says more than once."""

from __future__ import annotations

from typing import NamedTuple

from app.derive.symbolic.expression import LEAVES, Expression, distinct

DEEPEST = 30
"""Operations within each other in one statement."""


class Duplicate(NamedTuple):
    """A part that is written several times; ``wasted`` are the operations of all but the first."""

    expression: Expression
    times: int
    wasted: int


def duplicates(top: Expression, most: int = 12) -> list[Duplicate]:
    """The parts that are worked out again and again, the largest waste first; parts of them that never stand elsewhere are left out."""
    parts = distinct([top])
    counts = {part.number: 0 for part in parts}
    counts[top.number] = 1
    users: dict[int, list[Expression]] = {part.number: [] for part in parts}
    for part in reversed(parts):
        for argument in part.args:
            counts[argument.number] += counts[part.number]
            users[argument.number].append(part)
    found = []
    for part in parts:
        count = counts[part.number]
        if part.op in LEAVES or count < 2 or not part.operations:
            continue
        alone = len(users[part.number]) == 1 and counts[users[part.number][0].number] == count
        if not alone:
            found.append(Duplicate(part, count, (count - 1) * part.operations))
    return sorted(found, key=lambda one: (-one.wasted, one.expression.number))[:most]


def statements(top: Expression, most: int = 400) -> list[tuple[str, Expression]] | None:
    """The expression as a program: what is used twice has a name, and what lies deep; None where there would be too many lines."""
    parts = distinct([top])
    uses = dict.fromkeys((part.number for part in parts), 0)
    for part in parts:
        for argument in part.args:
            uses[argument.number] += 1
    depths: dict[int, int] = {}
    shared: list[Expression] = []
    for part in parts:
        depth = max((depths[argument.number] for argument in part.args), default=0) + 1
        if part.op not in LEAVES and part is not top and (uses[part.number] > 1 or depth > DEEPEST):
            shared.append(part)
            depth = 0
        depths[part.number] = depth
    if len(shared) > most:
        return None
    taken = set().union(*(part.names for part in parts))
    names = (name for name in (f"t{k}" for k in range(1, 10**6)) if name not in taken)
    return [(next(names), part) for part in shared]
