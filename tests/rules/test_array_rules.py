"""Every array rule, on every one of its samples, against torch, differences, and itself."""

import array_checks
import array_torch
import numpy as np
import pytest

from app.ops.arrays import ARRAY_OPS
from app.ops.numeric import numeric
from app.ops.op import shape_of
from app.ops.table import OPS

CASES = [pytest.param(op, sample, id=f"{op.name}-{place}") for op in ARRAY_OPS for place, sample in enumerate(op.samples)]
DIFFERENTIABLE = [case for case in CASES if case.values[0].differentiable]


def test_every_rule_has_samples():
    assert [op.name for op in ARRAY_OPS if not op.samples] == []


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_the_value_is_torchs(op, sample):
    array_checks.value_is_torchs(op, sample)


@pytest.mark.parametrize(("op", "sample"), DIFFERENTIABLE)
def test_adjoints_are_torchs(op, sample):
    array_checks.pull_is_torchs(op, sample)


@pytest.mark.parametrize(("op", "sample"), DIFFERENTIABLE)
def test_tangents_are_torchs(op, sample):
    array_checks.push_is_torchs(op, sample)


@pytest.mark.parametrize(("op", "sample"), DIFFERENTIABLE)
def test_forward_and_reverse_agree(op, sample):
    array_checks.both_ways_agree(op, sample)


@pytest.mark.parametrize(("op", "sample"), DIFFERENTIABLE)
def test_tangents_are_slopes(op, sample):
    array_checks.push_is_the_slope(op, sample)


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_the_shape_is_known_before_the_work(op, sample):
    shapes = [shape_of(x) for x in array_checks.operands(sample)]
    made = op.shape(shapes, sample.attributes)
    found = [np.shape(v) for v in array_checks.several(op, array_checks.evaluated(op, sample))]
    assert (list(made) if op.results > 1 else [made]) == found


@pytest.mark.parametrize(("op", "sample"), CASES)
def test_the_work_is_a_whole_number_of_at_least_one(op, sample):
    work = op.work([shape_of(x) for x in array_checks.operands(sample)], sample.attributes)
    assert isinstance(work, int)
    assert work >= 1


@pytest.mark.parametrize(("op", "sample"), [case for case in DIFFERENTIABLE if case.values[0].backward is not None])
def test_the_grad_fn_is_what_torch_prints(op, sample):
    shapes = [shape_of(x) for x in array_checks.operands(sample)]
    ours = op.grad_fn_for(shapes, [False] * len(shapes), sample.attributes)
    assert ours in array_torch.grad_fns(op, sample)


@pytest.mark.parametrize(("op", "sample"), DIFFERENTIABLE)
def test_the_reverse_rule_reads_only_what_is_kept(op, sample):
    inputs, values = array_checks.operands(sample), array_checks.several(op, array_checks.evaluated(op, sample))
    kept = op.keeps(len(inputs))
    forgotten = [x if k in kept else unknown(x) for k, x in enumerate(inputs)]
    z = values if len(inputs) in kept else tuple(map(unknown, values))
    for result in array_checks.results(op, sample):
        bar, attributes = array_checks.cotangent(op, sample, result), array_checks.attributes_of(op, sample, result)
        for slot in array_checks.slots(op, sample, result):
            with np.errstate(all="ignore"):
                found = op.vjp(numeric, slot, bar, z if op.results > 1 else z[0], forgotten, attributes)
            np.testing.assert_array_equal(found, array_checks.pulled_numerically(op, sample, result, slot, bar))


def unknown(value):
    """A value of which only the shape is known."""
    return array_checks.canonical(np.full(np.shape(value), np.nan)) if array_checks.is_real(value) else value


FORMULAS = [
    ("matmul", 2, {}, r"A\,B"),
    ("sum", 1, {"dim": None, "keepdim": False}, r"\textstyle\sum A"),
    ("sum", 1, {"dim": (0, 1), "keepdim": False}, r"\textstyle\sum_{[0,1]} A"),
    ("norm", 1, {"p": "fro", "dim": None}, r"\left\lVert A \right\rVert_{{}\mathrm{F}}"),
    ("norm", 1, {"p": 0}, r"\left\lVert A \right\rVert_{{}0}"),
    ("matrix_power", 1, {"n": 0}, "A^{{}0}"),
    ("cat", 3, {"dim": 0}, r"\left[\,A,\, B,\, C\,\right]"),
    ("index", 1, {"index": (0, slice(None), slice(1, None, 2), None, Ellipsis)}, r"A_{[0,:,1::2,\mathrm{new},\ldots]}"),
    ("index", 1, {"index": (np.array([0, 2]),)}, "A_{[[0,2]]}"),
    ("reshape", 1, {"shape": (2, -1)}, r"\operatorname{reshape}\left(A,\, [2,-1]\right)"),
    ("einsum", 2, {"formula": "ij,jk->ik"}, r"\operatorname{einsum}_{\texttt{ij,jk->ik}}\left(A,\, B\right)"),
]


@pytest.mark.parametrize(("name", "count", "attributes", "expected"), FORMULAS)
def test_the_formula_shows_operands_and_attributes(name, count, attributes, expected):
    shown = OPS[name].formula(count, attributes)
    for place, operand in enumerate("ABC"[:count]):
        shown = shown.replace(f"{{{place}}}", operand)
    assert shown == expected


@pytest.mark.parametrize("op", ARRAY_OPS, ids=lambda op: op.name)
def test_formulas_have_partners_for_all_braces_and_no_gaps(op):
    count = 2 if op.variadic else max(1, len(op.pull))
    for text in (op.formula(count, {}), *(op.partial_latex(slot, {}) for slot in range(count))):
        assert text
        assert text.count("{") == text.count("}")
        assert text.count(r"\left") == text.count(r"\right")
        assert "<" not in text
