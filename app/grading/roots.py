"""Root causes: where a mistake was made, and how far it was carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.grading.key import Key
from app.grading.spot import Spot
from app.grading.verdict import Item, Judge


@dataclass(slots=True)
class Root:
    """A slip: its spot, and the nodes whose numbers follow from it."""

    spot: Spot
    carried: list[int] = field(default_factory=list)


def roots(items: Sequence[Item], judge: Judge) -> list[Root]:
    """The slips among the items, in the order of the sheet; a value that only follows from another is none."""
    found = {item.question.spot: Root(item.question.spot) for item in items if item.verdict == "incorrect" and _own_slip(item, judge)}
    for item in items:
        if item.verdict == "follow_through" or (item.verdict == "incorrect" and item.question.spot not in found):
            for spot in judge.state(item.question.spot).roots:
                if spot in found and item.question.spot.node not in (spot.node, *found[spot].carried):
                    found[spot].carried.append(item.question.spot.node)
    return list(found.values())


def _own_slip(item: Item, judge: Judge) -> bool:
    """Whether the number itself is wrong, not only those before it."""
    return item.question.spot in judge.state(item.question.spot).roots


def sentence(root: Root, key: Key) -> str:
    """«slipped once at c, carried to 3 nodes»."""
    name = key.names[root.spot.node]
    what = "" if root.spot.quantity == "primal" else f" ({root.spot.quantity})"
    carried = len(root.carried)
    return f"slipped once at {name}{what}" + (f", carried to {carried} node{'s' if carried > 1 else ''}" if carried else "")
