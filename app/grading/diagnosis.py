"""What went wrong: the slips whose value is what was written, where the truth is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from app.engine.tape import shape_of
from app.grading.expectation import cell
from app.grading.key import Key
from app.grading.slips.partials import partials
from app.grading.slips.primals import primals
from app.grading.slips.slip import Slip
from app.grading.slips.sums import sums
from app.grading.spot import Spot
from app.grading.tolerance import EXACT, half_unit
from app.grading.verdict import Item, Judge
from app.grading.work import Work
from app.grading.written import Written

MOST = 4
"""Slips named at most, the surest first."""


def diagnosis(item: Item, judge: Judge, truth: Work) -> list[Slip]:
    """The slips that lead to a wrong number, by the student's own work before it or by the true one; raises nothing."""
    given = item.given
    if not isinstance(given, Written) or not np.isfinite(given.value):
        return []
    index = item.index or ()
    found: dict[str, Slip] = {}
    works = (
        [judge.work] if not judge.state(item.question.spot).roots - {item.question.spot} and _clean(item, judge) else [judge.work, truth]
    )
    for work in works:
        expected = cell(work.expected(item.question.spot).value, index)
        for slip in _slips(item, work, judge.key):
            if slip.name not in found and _matches(given, slip, index, (expected, item.expected), judge.sheet.digits):
                found[slip.name] = slip
    last = chain(_others(item, judge), _shifted(item, given))
    for slip in last if not found else ():
        if slip.name not in found and _matches(given, slip, (), (item.own, item.expected), judge.sheet.digits):
            found[slip.name] = slip
    return list(found.values())[:MOST]


def _clean(item: Item, judge: Judge) -> bool:
    """Whether nothing before it is wrong: its own work is the true one then, roundings aside."""
    return not any(judge.state(need).roots for need in judge.work.expected(item.question.spot).needs)


def _slips(item: Item, work: Work, key: Key) -> Iterator[Slip]:
    """The slips that the quantity has."""
    spot = item.question.spot
    rule = key.run.tape.rules[spot.node]
    if spot.quantity in ("tangent", "adjoint"):
        yield from sums(spot, work.expected(spot), work, key)
    elif rule is not None:
        operands = work.operands(spot.node)
        if operands is None:
            return
        if spot.quantity == "primal":
            yield from primals(key.run.tape, spot.node, operands)
        elif spot.slot is not None:
            z = work.result(spot.node, operands, written=False)
            if z is not None and not isinstance(z, tuple):
                yield from partials(key.run.tape, spot.node, spot.slot, operands, z)


def _others(item: Item, judge: Judge) -> Iterator[Slip]:
    """The numbers of other nodes, and of the other sweep."""
    spot, key = item.question.spot, judge.key
    other = {"adjoint": ("tangent", "tangent_for_adjoint"), "tangent": ("adjoint", "adjoint_for_tangent")}.get(spot.quantity)
    if other is not None:
        value = key.truth(Spot(other[0], spot.node))
        if value is not None and shape_of(value) == key.shape(spot):
            yield Slip(other[1], _at(value, item))
    for node, rule in enumerate(key.run.tape.rules[:LOOKED_AT]):
        if node != spot.node and (rule is not None or node < len(key.run.inputs)) and spot.quantity != "partial":
            value = key.truth(Spot(spot.quantity, node))
            if value is not None and not shape_of(value):
                yield Slip("other_node", value, key.names[node])


LOOKED_AT = 200
"""Nodes whose numbers may have been taken for another's."""


def _shifted(item: Item, given: Written) -> Iterator[Slip]:
    """The true number with its point elsewhere, or with fewer digits than the sheet has."""
    for target in {item.expected, item.own} - {None}:
        assert target is not None
        for power in (-3, -2, -1, 1, 2, 3):
            yield Slip("decimal_shift", target * 10.0**power)
        if target and given.digits and abs(given.value - target) <= 0.05 * abs(target):
            yield Slip("premature_rounding", given.value)


def _at(value: object, item: Item) -> float:
    found = cell(value, item.index or ())
    assert found is not None
    return found


def _matches(given: Written, slip: Slip, index: tuple[int, ...], rights: tuple[float | None, ...], digits: int) -> bool:
    """Whether a slip's value is what was written, and is none of the right ones."""
    try:
        value = cell(slip.value, index if shape_of(slip.value) else ())
    except IndexError:
        return False
    if value is None or not np.isfinite(value):
        return False
    room = max(half_unit(given, digits, abs(value)), EXACT * abs(value)) * 1.02
    if abs(given.value - value) > room:
        return False
    return (
        all(right is None or not np.isfinite(right) or abs(value - right) > 0.1 * room for right in rights)
        or slip.name == "premature_rounding"
    )
