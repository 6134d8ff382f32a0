"""Torch's choices at kinks, ties, zeros and singular points, as measured with torch 2.13: value, and derivative of the sum.

A row: the operation, its operand (or operands), its attributes, what is differentiated (a result and an entry of it; None: the sum
of all entries), its value, its derivative (None: nothing flows).
"""

import array_checks
import numpy as np
import pytest

from app.ops.arrays.rule import Sample
from app.ops.numeric import numeric
from app.ops.table import OPS

NAN, INF = np.nan, np.inf
TIED, ZEROS = [2.0, 2.0, 1.0], [0.0, 0.0]
RANK1, IDENTITY = [[1.0, 2.0], [2.0, 4.0]], [[1.0, 0.0], [0.0, 1.0]]
HALF = [[0.5, 0.5], [0.5, 0.5]]

ROWS = [
    ("max", TIED, {}, None, 2.0, [0.5, 0.5, 0.0]),
    ("min", [1.0, 1.0, 2.0], {}, None, 1.0, [0.5, 0.5, 0.0]),
    ("amax", TIED, {}, None, 2.0, [0.5, 0.5, 0.0]),
    ("max_dim", TIED, {"dim": 0}, (0, ()), 2.0, [1.0, 0.0, 0.0]),
    ("median", [1.0, 2.0, 2.0, 3.0], {}, None, 2.0, [0.0, 0.5, 0.5, 0.0]),
    ("sort", [1.0, 1.0], {}, (0, 0), 1.0, [1.0, 0.0]),
    ("max", [NAN, 2.0], {}, None, NAN, [1.0, 0.0]),
    ("norm", ZEROS, {}, None, 0.0, ZEROS),
    ("norm", [0.0, 1.0], {"p": 1}, None, 1.0, [0.0, 1.0]),
    ("norm", [1.0, -1.0, 0.5], {"p": INF}, None, 1.0, [0.5, -0.5, 0.0]),
    ("norm", ZEROS, {"p": INF}, None, 0.0, ZEROS),
    ("norm", ZEROS, {"p": 3}, None, 0.0, ZEROS),
    ("norm", [0.0, 2.0], {"p": 0}, None, 1.0, None),
    ("norm", [0.0, 1.0], {"p": 0.5}, None, 1.0, [0.0, 1.0]),
    ("norm", [1e200, 1e200], {}, None, INF, ZEROS),
    ("norm", [1e-200, 1e-200], {}, None, 0.0, ZEROS),
    ("norm", [ZEROS, ZEROS], {"p": "fro"}, None, 0.0, [ZEROS, ZEROS]),
    ("norm", RANK1, {"p": "nuc"}, None, 5.0, IDENTITY),
    ("norm", [ZEROS, ZEROS], {"p": "nuc"}, None, 0.0, IDENTITY),
    ("prod", [2.0, 0.0, 3.0], {}, None, 0.0, [0.0, 6.0, 0.0]),
    ("prod", [0.0, 0.0, 3.0], {}, None, 0.0, [0.0, 0.0, 0.0]),
    ("cumprod", [2.0, 0.0, 3.0], {"dim": 0}, None, 2.0, [1.0, 8.0, 0.0]),
    ("cumsum", [1.0, 2.0, 3.0], {"dim": 0}, None, 10.0, [3.0, 2.0, 1.0]),
    ("var", [3.0], {}, None, NAN, [NAN]),
    ("std", [2.0, 2.0, 2.0], {}, None, 0.0, [0.0, 0.0, 0.0]),
    ("std", [2.0], {}, None, NAN, [NAN]),
    ("var", [2.0, 2.0], {"correction": 0}, None, 0.0, ZEROS),
    ("mean", [], {}, None, NAN, []),
    ("sum", [], {}, None, 0.0, []),
    ("prod", [], {}, None, 1.0, []),
    ("logsumexp", [1000.0, 1000.0], {"dim": 0}, None, 1000.6931471805599, [0.5000000000000275, 0.5000000000000275]),
    ("logsumexp", [-INF, -INF], {"dim": 0}, None, -INF, [NAN, NAN]),
    ("logsumexp", [-INF, 0.0], {"dim": 0}, None, 0.0, [0.0, 1.0]),
    ("logsumexp", [INF, 0.0], {"dim": 0}, None, INF, [NAN, 0.0]),
    ("softmax", [1000.0, 0.0], {"dim": 0}, (0, 0), 1.0, ZEROS),
    ("softmax", [-INF, -INF], {"dim": 0}, (0, 0), NAN, [NAN, NAN]),
    ("softmax", [INF, 0.0], {"dim": 0}, (0, 0), NAN, [NAN, NAN]),
    ("log_softmax", [1000.0, 0.0], {"dim": 0}, (0, 1), -1000.0, [-1.0, 1.0]),
    ("index", [1.0, 2.0], {"index": (np.array([0, 0, 1]),)}, None, 4.0, [2.0, 1.0]),
    ("index", [1.0, 2.0], {"index": (-1,)}, None, 2.0, [0.0, 1.0]),
    ("det", RANK1, {}, None, 0.0, [[4.0, -2.0], [-2.0, 1.0]]),
    ("det", [ZEROS, ZEROS], {}, None, 0.0, [ZEROS, ZEROS]),
    ("det", np.ones((3, 3)), {}, None, 0.0, np.zeros((3, 3))),
    ("det", np.diag([1.0, 1.0, 0.0]), {}, None, 0.0, np.diag([0.0, 0.0, 1.0])),
    ("inv", [[2.0, 0.0], [0.0, 4.0]], {}, None, 0.75, [[-0.25, -0.125], [-0.125, -0.0625]]),
    ("pinv", RANK1, {}, None, 0.36, [[0.0048, -0.0144], [-0.0144, -0.0768]]),
    ("cholesky", IDENTITY, {}, None, 2.0, HALF),
    (
        "cholesky", [[4.0, 100.0], [2.0, 3.0]], {}, None, 4.414213562373095,
        [[0.21338834764831843, 0.07322330470336313], [0.07322330470336313, 0.35355339059327373]],
    ),
    ("eigvalsh", IDENTITY, {}, (0, 0), 1.0, [[1.0, 0.0], [0.0, 0.0]]),
    ("eigvalsh", IDENTITY, {}, None, 2.0, IDENTITY),
    ("eigh", IDENTITY, {}, (1, (0, 0)), 1.0, [[NAN, NAN], [NAN, NAN]]),
    ("svd", IDENTITY, {}, (1, slice(None)), 2.0, IDENTITY),
    ("svd", [ZEROS, ZEROS], {}, (1, slice(None)), 0.0, IDENTITY),
    ("svd", IDENTITY, {}, (0, (0, 0)), 1.0, [[NAN, NAN], [NAN, NAN]]),
    ("svd", IDENTITY, {}, (1, 0), 1.0, [[1.0, 0.0], [0.0, 0.0]]),
    ("matrix_exp", [ZEROS, ZEROS], {}, None, 2.0, [[1.0, 1.0], [1.0, 1.0]]),
    ("trace", RANK1, {}, None, 5.0, IDENTITY),
    ("matrix_power", RANK1, {"n": 0}, None, 2.0, [ZEROS, ZEROS]),
    ("binary_cross_entropy", ([0.0], [0.0]), {}, None, 0.0, [0.0]),
    ("binary_cross_entropy", ([0.0], [1.0]), {}, None, 100.0, [-1000000003995.8029]),
    ("binary_cross_entropy_with_logits", ([-1000.0], [1.0]), {}, None, 1000.0, [-1.0]),
]  # fmt: skip


def picked(value, chosen):
    """The entry, or the sum of all; and the adjoint of the result that this is."""
    result, entry = chosen or (0, ...)
    bar = np.zeros(np.shape(value))
    bar[entry] = 1.0
    return np.sum(np.asarray(value)[entry]), array_checks.canonical(bar), result


@pytest.mark.parametrize(("name", "operand", "attributes", "chosen", "value", "gradient"), ROWS)
def test_the_convention_is_torchs(name, operand, attributes, chosen, value, gradient):
    op = OPS[name]
    inputs = tuple(np.array(x, dtype=float) for x in (operand if isinstance(operand, tuple) else (operand,)))
    sample = Sample(inputs, attributes)
    z = array_checks.evaluated(op, sample)
    total, bar, result = picked(array_checks.several(op, z)[chosen[0] if chosen else 0], chosen)
    np.testing.assert_allclose(total, value, rtol=1e-12, atol=1e-12)
    if gradient is None:
        assert op.blocks(0, [x.shape for x in inputs], attributes)
        return
    with np.errstate(all="ignore"):
        found = op.vjp(numeric, 0, bar, z, inputs, array_checks.attributes_of(op, sample, result))
    np.testing.assert_allclose(found, np.array(gradient, dtype=float), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(("name", "result"), [("slogdet", 1), ("logdet", 0)])
def test_the_logarithm_of_a_determinant_of_0_has_the_derivative_nan(name, result):
    op, A = OPS[name], np.stack([np.array(RANK1), np.array(IDENTITY)])
    z = array_checks.evaluated(op, Sample((A,)))
    bar = np.ones(2)
    back = op.vjp(numeric, 0, bar, z, (A,), array_checks.attributes_of(op, Sample((A,)), result))
    along = op.jvp(numeric, 0, A, z, (A,), array_checks.attributes_of(op, Sample((A,)), result))
    np.testing.assert_array_equal(back, [[[NAN, NAN], [NAN, NAN]], IDENTITY])
    np.testing.assert_array_equal(along, [NAN, 2.0])


NOTED = [
    ("max", TIED, {}), ("amax", TIED, {}), ("max_dim", TIED, {"dim": 0}), ("median", [1.0, 2.0, 2.0, 3.0], {}), ("sort", [1.0, 1.0], {}),
    ("cummax", [1.0, 3.0, 3.0], {"dim": 0}), ("norm", ZEROS, {}), ("norm", [0.0, 1.0], {"p": 1}), ("norm", [1.0, -1.0], {"p": INF}),
    ("prod", [2.0, 0.0], {}), ("cumprod", [2.0, 0.0], {"dim": 0}), ("std", [2.0, 2.0], {}), ("var", [3.0], {}), ("mean", [], {}),
    ("det", RANK1, {}), ("slogdet", RANK1, {}), ("logdet", RANK1, {}), ("logdet", [[0.0, 1.0], [1.0, 0.0]], {}), ("pinv", RANK1, {}),
    ("eigvalsh", IDENTITY, {}), ("eigh", IDENTITY, {}), ("svd", IDENTITY, {}), ("qr", [[1.0, 2.0], [2.0, 4.0]], {}),
    ("max_pool2d", np.ones((1, 2, 2)), {"kernel_size": 2}), ("l1_loss", ([1.0], [1.0]), {}), ("binary_cross_entropy", ([0.0], [1.0]), {}),
]  # fmt: skip
QUIET = [
    ("max", [2.0, 1.0], {}), ("amax", [2.0, 1.0], {}), ("max_dim", [2.0, 1.0], {"dim": 0}), ("median", [1.0, 2.0, 3.0], {}),
    ("sort", [1.0, 2.0], {}), ("cummax", [1.0, 3.0], {"dim": 0}), ("norm", [3.0, 4.0], {}), ("norm", [0.0, 4.0], {}),
    ("norm", [1.0, 2.0], {"p": 1}),
    ("norm", [1.0, -2.0], {"p": INF}), ("prod", [2.0, 1.0], {}), ("std", [2.0, 3.0], {}), ("det", IDENTITY, {}), ("slogdet", IDENTITY, {}),
    ("logdet", IDENTITY, {}), ("pinv", [[1.0, 2.0], [3.0, 4.0]], {}), ("eigvalsh", [[1.0, 0.0], [0.0, 2.0]], {}), ("qr", IDENTITY, {}),
    ("max_pool2d", np.arange(4.0).reshape(1, 2, 2), {"kernel_size": 2}), ("l1_loss", ([1.0], [2.0]), {}),
]  # fmt: skip


def notes(name, operand, attributes):
    op = OPS[name]
    inputs = tuple(np.array(x, dtype=float) for x in (operand if isinstance(operand, tuple) else (operand,)))
    z = array_checks.evaluated(op, Sample(inputs, attributes))
    with np.errstate(all="ignore"):
        return [c.sentence for c in op.conventions if c.at(z, inputs, {**attributes, "result": 0} if op.results > 1 else attributes)]


@pytest.mark.parametrize(("name", "operand", "attributes"), NOTED)
def test_a_node_at_a_special_point_has_a_note(name, operand, attributes):
    assert notes(name, operand, attributes)


@pytest.mark.parametrize(("name", "operand", "attributes"), QUIET)
def test_a_node_at_a_usual_point_has_none(name, operand, attributes):
    assert notes(name, operand, attributes) == []
