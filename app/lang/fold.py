"""What the rounds of a compiled loop have bound and grouped: known as a rule, written out only when somebody asks."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

Binding = tuple[int, str]
"""A node, and the name that it was bound to."""

Group = list[Any]
"""``[kind, what, site, parent, first, last]``: the nodes ``first`` to ``last`` of one call (of function ``what``) or of one
iteration (number ``what``), inside group ``parent``. A list, since a long loop opens one every time round."""


@dataclass(frozen=True, slots=True)
class Fold:
    """``rounds`` iterations of loop ``site``, from number ``number`` and node ``start`` on, ``width`` nodes each.

    They are the groups from ``group`` on, and their bindings stand from ``binding`` on, among the local ones or the others.
    ``ends`` are the bindings of the round before, and whether each moves with the rounds.
    """

    site: ast.AST
    around: int | None
    number: int
    start: int
    width: int
    rounds: int
    group: int
    local: bool
    binding: int
    ends: list[tuple[int, str, bool]]

    def write_groups(self, groups: list[Group]) -> None:
        """One group an iteration."""
        groups[self.group : self.group + self.rounds] = [
            ["iteration", self.number + k, self.site, self.around, first, first + self.width - 1]
            for k, first in enumerate(range(self.start, self.start + self.rounds * self.width, self.width))
        ]

    def write_bindings(self, bindings: list[Binding]) -> None:
        """All bindings in order: one column a binding of the body, woven round by round."""
        columns = [zip(self._nodes(node, moves=moves), repeat(name, self.rounds), strict=True) for node, name, moves in self.ends]
        bindings[self.binding : self.binding + self.rounds * len(self.ends)] = chain.from_iterable(zip(*columns, strict=True))

    def _nodes(self, node: int, *, moves: bool) -> Any:
        """The node of one binding in every round."""
        step = self.width
        return range(node + step, node + self.rounds * step + 1, step) if moves else repeat(node, self.rounds)
