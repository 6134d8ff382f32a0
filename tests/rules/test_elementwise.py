"""Every elementwise rule against torch, against differences, and against itself in the other direction."""

import numpy as np
import pytest
import torch
from elementwise_cases import (
    CASES,
    FLOATS,
    IDS,
    UNSTEADY,
    assert_same,
    forward_in_torch,
    in_torch,
    inside,
    o,
    one_by_one,
    open_slots,
    reverse_in_torch,
    special,
)

from app.core.diagnostic import OpError
from app.ops.elementwise import ELEMENTWISE
from app.ops.table import OPS, SPELLINGS

SHAPES = {
    1: [[(2, 3)]],
    2: [[(2, 3), (3,)], [(3,), (2, 3)], [(2, 1), (1, 3)], [(), (4,)], [(4,), ()]],
    3: [[(2, 3), (3,), ()], [(3,), (2, 1), (2, 3)]],
}
LOOSE = {"digamma": 1e-8, "polygamma": 1e-8, "cbrt": 1e-12, "tanh": 1e-11, "erfc": 1e-11, "mish": 1e-11}
"""Relative tolerances where torch's own values carry fewer digits (polygamma), or a difference of nearly equal numbers loses some."""
COMPOSITE = frozenset({"cbrt", "dropout"})
"""Operations that torch lacks: at infinities a composition of others need not agree."""


@pytest.mark.parametrize(("op", "attributes"), CASES, ids=IDS)
def test_equals_torch_on_tensors_that_broadcast(op, attributes):
    f = in_torch(op, attributes)
    for number, shapes in enumerate(SHAPES[len(op.operands)]):
        xs = inside(op, *shapes, seed=number)
        z = op.value(xs, attributes)
        whole = np.broadcast_shapes(*shapes)
        assert np.shape(z) == whole == op.shape(shapes, attributes)
        bar = np.random.default_rng(number).normal(size=whole)
        for slot in open_slots(op):
            ours = op.vjp(o, slot, bar, z, xs, attributes)
            assert np.shape(ours) == shapes[slot]
            assert_same(ours, reverse_in_torch(f, xs, slot, bar), 1e-9 if op.name in LOOSE else 1e-11, 1e-13, f"{op.name} vjp {slot}")
            dot = np.random.default_rng(number).normal(size=shapes[slot])
            part = op.jvp(o, slot, dot, z, xs, attributes)
            assert np.shape(part) == whole
            assert_same(part, forward_in_torch(f, xs, slot, dot), 1e-9 if op.name in LOOSE else 1e-11, 1e-13, f"{op.name} jvp {slot}")


@pytest.mark.parametrize(("op", "attributes"), CASES, ids=IDS)
def test_equals_torch_at_kinks_poles_and_infinities_in_both_directions(op, attributes):
    if op.name in COMPOSITE:
        pytest.skip("torch lacks it: there is nothing to equal at infinity")
    f = in_torch(op, attributes)
    *xs, seed = special(op)
    z = op.value(xs, attributes)
    evaluate = one_by_one if op.name in UNSTEADY else lambda function: function
    rtol = LOOSE.get(op.name, 1e-12)
    assert_same(z, evaluate(lambda *v: f(*map(torch.tensor, v)).numpy())(*xs), rtol, 1e-16, f"{op.name} value")
    for slot in open_slots(op):
        adjoint = evaluate(lambda g, *v, slot=slot: reverse_in_torch(f, v, slot, g))(seed, *xs)
        assert_same(op.vjp(o, slot, seed, z, xs, attributes), adjoint, rtol, said=f"{op.name} vjp {slot}")
        tangent = evaluate(lambda g, *v, slot=slot: forward_in_torch(f, v, slot, g))(seed, *xs)
        assert_same(op.jvp(o, slot, seed, z, xs, attributes), tangent, rtol, said=f"{op.name} jvp {slot}")


@pytest.mark.parametrize(("op", "attributes"), CASES, ids=IDS)
def test_the_tangent_is_the_limit_of_differences(op, attributes):
    xs = inside(op, *[(40,)] * len(op.operands), seed=5)
    z = op.value(xs, attributes)
    for slot in open_slots(op):

        def moved(step, slot=slot):
            return op.value([x + step if s == slot else x for s, x in enumerate(xs)], attributes)

        h = 1e-3
        coarse, fine = (moved(h) - moved(-h)) / (2 * h), (moved(h / 2) - moved(-h / 2)) / h
        difference = (4 * fine - coarse) / 3
        part = op.jvp(o, slot, np.ones(40), z, xs, attributes)
        smooth = np.abs(coarse - fine) < 1e-3 * (1 + np.abs(fine))  # a step across a kink tells nothing
        assert smooth.sum() >= 30
        assert_same(part[smooth], difference[smooth], 1e-6, 1e-7, op.name)


@pytest.mark.parametrize(("op", "attributes"), CASES, ids=IDS)
def test_adjoint_and_tangent_are_transposes(op, attributes):
    shapes = SHAPES[len(op.operands)][0]
    xs = inside(op, *shapes, seed=9)
    z = op.value(xs, attributes)
    rng = np.random.default_rng(1)
    for slot in open_slots(op):
        v, w = rng.normal(size=shapes[slot]), rng.normal(size=np.shape(z))
        forward = np.sum(w * op.jvp(o, slot, v, z, xs, attributes))
        backward = np.sum(op.vjp(o, slot, w, z, xs, attributes) * v)
        assert abs(forward - backward) <= 1e-12 * max(1.0, abs(forward))


@pytest.mark.parametrize(("op", "attributes"), CASES, ids=IDS)
def test_the_entries_of_the_partial_are_the_tangent_of_ones(op, attributes):
    xs = inside(op, *SHAPES[len(op.operands)][0], seed=2)
    z = op.value(xs, attributes)
    for slot in open_slots(op):
        entries = op.partial(slot, z, xs, attributes)
        assert_same(entries, op.jvp(o, slot, np.ones(np.shape(xs[slot])), z, xs, attributes), 1e-12, 1e-15, op.name)


def test_shapes_that_do_not_fit_are_refused_in_a_sentence():
    with pytest.raises(OpError, match=r"Shapes don't fit: \(2\) and \(3\) cannot be broadcast\.") as refusal:
        OPS["add"].shape([(2,), (3,)], {})
    assert refusal.value.code == "shape.mismatch"
    with pytest.raises(OpError, match=r"\(2, 3\) and \(2, 2\)"):
        OPS["mul"].shape([(2, 3), (2, 2)], {})


def test_the_sum_goes_over_the_axes_that_were_stretched():
    row = OPS["mul"].vjp(o, 1, np.ones((2, 3)), np.ones((2, 3)), [np.arange(6.0).reshape(2, 3), np.ones((1, 3))], {})
    assert row.tolist() == [[3.0, 5.0, 7.0]]
    assert OPS["add"].vjp(o, 0, np.ones(4), np.ones(4), [2.0, np.ones(4)], {}) == 4.0


def test_a_shut_gate_lets_not_even_infinity_through():
    assert OPS["where"].vjp(o, 2, np.inf, 1.0, [True, 1.0, 2.0], {}) == 0.0
    assert OPS["relu"].vjp(o, 0, np.inf, 0.0, [-1.0], {}) == 0.0
    assert np.isnan(OPS["abs"].vjp(o, 0, np.inf, 0.0, [0.0], {}))


def test_nothing_flows_into_a_condition_or_out_of_a_comparison():
    assert OPS["where"].blocks(0, [(), (), ()], {})
    assert not OPS["where"].blocks(1, [(), (), ()], {})
    assert OPS["lt"].blocks(0, [(), ()], {})


@pytest.mark.parametrize("op", [op for op in ELEMENTWISE if op.category in ("comparison", "logic")], ids=lambda op: op.name)
def test_comparisons_equal_torch(op):
    xs = inside(op, *[(50,)] * len(op.operands))
    xs[0][:4] = [np.nan, np.inf, 0.0, -np.inf]
    xs[-1][::7] = xs[0][::7]
    ours = op.value(xs, {})
    assert ours.dtype == np.bool_
    assert ours.tolist() == getattr(torch, op.name)(*map(torch.tensor, xs)).tolist()


class TestIntegersAndBooleans:
    """Promotion as torch has it with float64 as the default."""

    KEPT = "add sub mul abs neg sign square maximum remainder floor_divide fmod pow div"

    @pytest.mark.parametrize("name", KEPT.split())
    def test_integers_are_kept_where_torch_keeps_them(self, name):
        xs = [np.array([-7, 3, 5]), np.array([2, 2, 3])][: len(OPS[name].operands)]
        ours, theirs = OPS[name].value(xs, {}), getattr(torch, name)(*map(torch.tensor, xs))
        assert str(ours.dtype) == str(theirs.dtype).removeprefix("torch.").replace("float32", "float64")
        assert_same(ours, theirs.double().numpy(), 1e-7)

    @pytest.mark.parametrize("name", ["sqrt", "exp", "sigmoid", "sin"])
    def test_functions_make_floats(self, name):
        assert OPS[name].value([np.array([True, True])], {}).dtype == np.float64
        assert isinstance(OPS[name].value([4], {}), float)

    def test_a_mask_times_floats_is_floats(self):
        assert OPS["mul"].value([np.array([True, False]), np.array([2.0, 3.0])], {}).tolist() == [2.0, 0.0]

    def test_the_sum_of_booleans_is_a_boolean_and_their_difference_is_refused(self):
        assert OPS["add"].value([True, True], {}) is True
        with pytest.raises(OpError, match="does not take booleans") as refusal:
            OPS["sub"].value([True, True], {})
        assert refusal.value.code == "type.mismatch"

    @pytest.mark.parametrize("name", ["floor_divide", "remainder", "fmod"])
    def test_an_integer_divided_by_zero_is_refused(self, name):
        with pytest.raises(OpError, match="cannot be divided by 0"):
            OPS[name].value([1, 0], {})

    def test_an_integer_to_a_negative_power_is_refused(self):
        with pytest.raises(OpError, match="negative integer power"):
            OPS["pow"].value([np.array([2, 3]), np.array([-1, 2])], {})


class TestTheTable:
    def test_every_operation_of_the_language_is_there(self):
        asked = """
            add sub mul div neg pow floor_divide remainder mod fmod abs sign reciprocal square sqrt rsqrt exp exp2 expm1
            log ln log2 log10 log1p sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh erf erfc lgamma
            digamma sinc hypot floor ceil round trunc frac sigmoid logsigmoid relu relu6 leaky_relu elu selu gelu silu
            softplus hardtanh maximum minimum fmax fmin logaddexp where clamp clamp_tensor nan_to_num isnan isfinite gt
            ge lt le eq ne logical_and logical_or logical_not xlogy erfinv arcsin arctan2 absolute power multiply
            dropout
        """
        assert [name for name in asked.split() if name not in SPELLINGS] == []

    def test_no_two_operations_share_a_spelling(self):
        spelled = [name for op in ELEMENTWISE for name in (op.name, *op.aliases)]
        assert sorted(spelled) == sorted(set(spelled))

    @pytest.mark.parametrize("op", ELEMENTWISE, ids=lambda op: op.name)
    def test_every_operation_is_summed_up_in_one_sentence(self, op):
        assert op.summary.endswith(".")
        assert op.category
        assert op.torch

    @pytest.mark.parametrize("op", FLOATS, ids=lambda op: op.name)
    def test_the_reverse_sweep_reads_no_more_than_the_partials_do(self, op):
        count = len(op.operands)
        kept = set(op.keeps(count))
        xs = inside(op, *[(5,)] * count)
        attributes = settings_of(op)
        z = op.value(xs, attributes)
        spoiled = [x if s in kept else np.full(5, np.nan) for s, x in enumerate(xs)]
        spoiled_z = z if count in kept else np.full(5, np.nan)
        for slot in open_slots(op):
            assert_same(op.vjp(o, slot, np.ones(5), spoiled_z, spoiled, attributes), op.vjp(o, slot, np.ones(5), z, xs, attributes))

    def test_the_structure_of_a_local_jacobian(self):
        mul = OPS["mul"]
        assert mul.structure(0, [(), ()], {}) == "scalar"
        assert mul.structure(0, [(3,), (3,)], {}) == "diagonal"
        assert mul.structure(1, [(2, 3), (3,)], {}) == "broadcast"


def settings_of(op):
    return dict(op.examples[0]) if op.examples else {}
