"""Where a number belongs: a quantity of a node."""

from __future__ import annotations

from typing import NamedTuple


class Spot(NamedTuple):
    """A quantity (primal, partial, tangent, adjoint) of a node; ``slot`` for a partial."""

    quantity: str
    node: int
    slot: int | None = None
