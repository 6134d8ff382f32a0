"""Rules are written in operations, so that they can be differentiated again; and what comes out is right."""

import array_checks
import numpy as np
import pytest
from array_duals import Dual, duals

from app.core.diagnostic import OpError
from app.ops.arrays import ARRAY_OPS
from app.ops.arrays.rule import Sample
from app.ops.numeric import numeric
from app.ops.op import normal
from app.ops.table import OPS


def third_derivative_of_det(op, sample):
    """The rules of the adjugate's own change need the inverse: there is none here."""
    return op.name == "adjugate" and bool((np.linalg.matrix_rank(sample.inputs[0]) < np.shape(sample.inputs[0])[-1]).any())


CASES = [
    pytest.param(op, sample, id=f"{op.name}-{place}")
    for op in ARRAY_OPS
    for place, sample in enumerate(op.samples)
    if op.differentiable
    and sample.smooth
    and not third_derivative_of_det(op, sample)
    and all(np.isfinite(np.asarray(x, dtype=float)).all() for x in sample.inputs)
]


def moved(sample, slot, step):
    """The sample with one operand moved a little."""
    inputs = list(sample.inputs)
    inputs[slot] = np.asarray(inputs[slot]) + step
    return Sample(tuple(inputs), sample.attributes)


def recorded(op, sample, slot, dot):
    """Operands and result as recorded values, with the tangents that a move of one operand gives them."""
    operands = array_checks.operands(sample)
    values = array_checks.several(op, array_checks.evaluated(op, sample))
    z = [Dual(v, _tangent(op, sample, k, slot, dot)) for k, v in enumerate(values)]
    inputs = [Dual(x, dot if k == slot else None) for k, x in enumerate(operands)]
    return inputs, tuple(z) if op.results > 1 else z[0]


def _tangent(op, sample, result, slot, dot):
    if slot not in array_checks.slots(op, sample, result) or result not in array_checks.results(op, sample):
        return None
    return normal(array_checks.pushed_numerically(op, sample, result, slot, dot))


def compare(op, sample, rule, number):
    """The derivative of a rule, recorded, against differences of the rule."""
    h = 1e-4
    for result in array_checks.results(op, sample):
        for slot in array_checks.slots(op, sample, result):
            for other in array_checks.slots(op, sample, result):
                dot = array_checks.direction(op, sample, other)
                inputs, z = recorded(op, sample, other, dot)
                ours = rule(inputs, z, result, slot)
                array_checks.close(getattr(ours, "primal", ours), number(sample, result, slot), "the rule itself, recorded", 1e-12, 1e-12)
                at = [
                    np.asarray(number(moved(sample, other, k * h * np.asarray(dot)), result, slot), dtype=float) for k in (1, -1, 0.5, -0.5)
                ]
                slope = (8 * (at[2] - at[3]) - (at[0] - at[1])) / (6 * h)
                found = np.zeros(np.shape(ours)) if not isinstance(ours, Dual) or ours.tangent is None else ours.tangent
                array_checks.close(np.asarray(found), slope, f"slot {slot} of result {result} along {other}", 1e-5, 1e-5)


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_adjoints_can_be_differentiated_again(op, sample):
    def rule(inputs, z, result, slot):
        bar = Dual(array_checks.cotangent(op, sample, result), None)
        with np.errstate(all="ignore"):
            return op.vjp(duals, slot, bar, z, inputs, array_checks.attributes_of(op, sample, result))

    def number(there, result, slot):
        return array_checks.pulled_numerically(op, there, result, slot, array_checks.cotangent(op, sample, result))

    compare(op, sample, rule, number)


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_tangents_can_be_differentiated_again(op, sample):
    def rule(inputs, z, result, slot):
        dot = Dual(array_checks.direction(op, sample, slot), None)
        with np.errstate(all="ignore"):
            return op.jvp(duals, slot, dot, z, inputs, array_checks.attributes_of(op, sample, result))

    def number(there, result, slot):
        return array_checks.pushed_numerically(op, there, result, slot, array_checks.direction(op, sample, slot))

    compare(op, sample, rule, number)


def test_the_third_derivative_of_det_at_a_singular_matrix_is_refused():
    op = OPS["adjugate_push"]
    singular, direction = np.array([[1.0, 2.0], [2.0, 4.0]]), np.eye(2)
    with pytest.raises(OpError, match="singular"):
        op.vjp(numeric, 0, direction, direction, (singular, direction), {})
