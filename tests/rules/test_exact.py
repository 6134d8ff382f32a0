"""Rules of many digits: what they answer rounds to what float64 answers, and their derivatives are difference quotients to 25 digits."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from app.labs.exact.arrays import MOVES, VALUES
from app.labs.exact.numbers import FUNCTIONS, BeyondReachError, bits, exact, many, number
from app.labs.exact.operations import NAMESPACE, UnroundedRule, value
from app.ops.arrays import ARRAY_OPS
from app.ops.elementwise import ELEMENTWISE
from app.ops.functions import NUMPY
from app.ops.op import NO_ATTRIBUTES, Op
from app.ops.table import OPS

ARRAYS = [(op, sample) for op in ARRAY_OPS if op.name in MOVES | VALUES.keys() for sample in op.samples if sample.smooth]
CURVED = [(op, attributes) for op in ELEMENTWISE if op.differentiable for attributes in (NO_ATTRIBUTES, *op.examples)]
STEPPED = {"floor_divide", "remainder", "fmod", "where"}
"""Their derivatives hold between the jumps, and at those of a condition there is nothing to differ."""

PARTLY = {"norm", "cumprod", "inv", "solve", "det"}
LOOSE = {"polygamma": 1e-8, "digamma": 1e-8}
"""Torch's own values, which ours equal, have fewer digits here."""


def test_every_function_of_rule_text_has_a_rule_of_many_digits():
    assert FUNCTIONS.keys() == NUMPY.keys()


def test_every_name_in_the_lists_is_an_operation():
    assert (MOVES | VALUES.keys()) <= OPS.keys()


@contextlib.contextmanager
def only_refused_by(op):
    """Some operations have rules of many digits for some of their forms alone."""
    try:
        yield
    except BeyondReachError:
        assert op.name in PARTLY


def floats(found):
    return np.asarray(found, dtype=object).astype(np.float64)


def points(op) -> list[float]:
    domains = (op.sampling or ((-2.0, 2.0),)) * 3
    return [low + 0.37 * (place + 1) / (place + 1.6) * (high - low) for place, (low, high) in enumerate(domains[: len(op.operands)])]


def settings(op, attributes):
    missing = {
        p.name: 1
        for p in op.attributes
        if p.name not in attributes and p.default is not None and not isinstance(p.default, (int, float, str))
    }
    return {**missing, **attributes}


@pytest.mark.parametrize(("op", "attributes"), CURVED, ids=lambda part: getattr(part, "name", ""))
def test_an_elementwise_operation_rounds_to_the_float_and_slopes_as_it_rises(op, attributes):
    inputs, own = points(op), settings(op, attributes)
    with bits(400):
        assert float(value(op, [exact(x) for x in inputs], own)) == pytest.approx(op.value(inputs, own), rel=LOOSE.get(op.name, 1e-12))
        compare_with_quotients(op, inputs, own)


@pytest.mark.parametrize(("op", "sample"), ARRAYS, ids=lambda part: getattr(part, "name", ""))
def test_an_operation_on_arrays_rounds_to_the_floats_and_slopes_as_it_rises(op: Op, sample):
    inputs = [np.asarray(x) if isinstance(x, (list, np.ndarray)) else x for x in sample.inputs]
    with bits(400), only_refused_by(op):
        found = value(op, [exact(x) for x in inputs], sample.attributes)
        np.testing.assert_allclose(floats(found), np.asarray(op.value(inputs, sample.attributes), dtype=np.float64), rtol=1e-9, atol=1e-12)
        compare_with_quotients(op, inputs, sample.attributes)


def compare_with_quotients(op, inputs, attributes):
    """The pull of every slot against central differences of the value, entry by entry, at many digits."""
    given = [exact(x) for x in inputs]
    z = value(op, given, attributes)
    if not op.differentiable or np.asarray(z, dtype=object).size == 0:
        return
    weights = (
        many.mpf("0.7") if not np.ndim(z) else np.array([many.mpf(k + 1) / 3 for k in range(np.size(z))], dtype=object).reshape(np.shape(z))
    )
    for slot, x in enumerate(given):
        if op.blocks(slot, [np.shape(v) for v in given], attributes) or op.name in STEPPED or isinstance(x, bool):
            continue
        pulled = UnroundedRule(op).vjp(NAMESPACE, slot, weights, z, given, attributes)
        assert np.shape(pulled) == np.shape(x)
        for place in np.ndindex(np.shape(x)):
            quotient = difference(op, given, attributes, slot, place, weights)
            entry = number(pulled[place] if place else np.asarray(pulled, dtype=object).item())
            assert abs(entry - quotient) <= many.mpf(10) ** -25 * (1 + abs(quotient)), (op.name, slot, place, entry, quotient)


def difference(op, given, attributes, slot, place, weights):
    """The weighted sum of the result, differenced along one entry of one operand."""
    step = many.mpf(10) ** -30
    sums = []
    for sign in (1, -1):
        moved = list(given)
        if place:
            moved[slot] = given[slot].copy()
            moved[slot][place] = given[slot][place] + sign * step
        else:
            moved[slot] = np.asarray(given[slot], dtype=object).item() + sign * step
            moved[slot] = np.array(moved[slot], dtype=object) if isinstance(given[slot], np.ndarray) else moved[slot]
        sums.append(np.sum(np.asarray(value(op, moved, attributes), dtype=object) * weights))
    return (sums[0] - sums[1]) / (2 * step)
