"""What an operation refuses, and how it says so: before any work is done, in a sentence for students."""

import numpy as np
import pytest

from app.core.diagnostic import OpError
from app.ops.creation import CREATIONS
from app.ops.op import shape_of
from app.ops.table import OPS

TWO, THREE = np.ones(2), np.ones(3)
FLAT, WIDE, TALL = np.ones((2, 2)), np.ones((2, 3)), np.ones((3, 4))
SINGULAR = np.array([[1.0, 2.0], [2.0, 4.0]])
IMAGE, KERNEL = np.ones((1, 1, 4, 4)), np.ones((1, 1, 5, 5))

BY_SHAPE = [
    ("matmul", (TALL, THREE), {}, "shape.mismatch", "The inner numbers must match: 4 ≠ 3."),
    ("matmul", (TALL, THREE), {}, "shape.mismatch", "the left side is 3×4, the right side has 3 entries"),
    ("matmul", (2.0, THREE), {}, "shape.mismatch", "the left side is a single number"),
    ("matmul", (np.ones((2, 2, 3)), np.ones((3, 3, 2))), {}, "shape.mismatch", "2 ≠ 3"),
    ("mm", (FLAT, TWO), {}, "shape.mismatch", "mm takes a matrix and a matrix"),
    ("dot", (TWO, THREE), {}, "shape.mismatch", "2 ≠ 3"),
    ("outer", (FLAT, TWO), {}, "shape.mismatch", "outer takes two vectors"),
    ("inner", (TWO, THREE), {}, "shape.mismatch", "2 ≠ 3"),
    ("cross", (TWO, TWO), {}, "shape.mismatch", "three entries"),
    ("sum", (WIDE,), {"dim": 2}, "shape.index", "There is no dimension 2"),
    ("sum", (WIDE,), {"dim": (0, 0)}, "shape.index", "named twice"),
    ("sum", (WIDE,), {"dim": 0.5}, "type.mismatch", "whole number"),
    ("prod", (2.0,), {"dim": 1}, "shape.index", "a single number has none"),
    ("max", (np.zeros(0),), {}, "value.empty", "no elements"),
    ("amax", (np.zeros((2, 0)),), {"dim": 1}, "value.empty", "no elements"),
    ("max_dim", (np.zeros((2, 0)),), {"dim": 1}, "value.empty", "no elements"),
    ("argmax", (np.zeros(0),), {}, "value.empty", "no elements"),
    ("median", (np.zeros(0),), {}, "value.empty", "no elements"),
    ("norm", (np.zeros(0),), {"p": float("inf")}, "value.empty", "no elements"),
    ("norm", (TWO,), {"p": "nuc"}, "shape.mismatch", "of a matrix"),
    ("norm", (TWO,), {"p": "spectral"}, "type.mismatch", "'fro' or 'nuc'"),
    ("softmax", (TWO,), {"dim": 1}, "shape.index", "There is no dimension 1"),
    ("index", (TWO,), {"index": (5,)}, "shape.index", "index 5 is out of range for a dimension of size 2"),
    ("index", (TWO,), {"index": (0, 0)}, "shape.index", "Too many indices"),
    ("index", (2.0,), {"index": (0,)}, "shape.index", "a single number cannot be indexed"),
    ("index", (TWO,), {"index": (slice(None, None, -1),)}, "shape.index", "step of a slice must be positive"),
    ("index", (TWO,), {"index": (np.array([True, False, True]),)}, "shape.mismatch", "mask"),
    ("index", (TWO,), {"index": (np.array([0, 7]),)}, "shape.index", "index 7 is out of range"),
    ("index", (TWO,), {"index": (Ellipsis, Ellipsis)}, "shape.index", "only once"),
    ("index", (TWO,), {"index": ("a",)}, "shape.index", "whole number"),
    ("index", (TWO,), {"index": (True,)}, "shape.index", "whole number"),
    ("gather", (WIDE,), {"dim": 1, "index": np.array([[3]])}, "shape.index", "index 3 is out of range"),
    ("gather", (WIDE,), {"dim": 1, "index": np.array([0])}, "shape.mismatch", "2 dimensions"),
    ("reshape", (WIDE,), {"shape": (4, 2)}, "shape.mismatch", "6 elements"),
    ("reshape", (WIDE,), {"shape": (-1, -1)}, "shape.invalid", "is no shape"),
    ("reshape", (WIDE,), {"shape": (-2, 3)}, "shape.invalid", "is no shape"),
    ("permute", (WIDE,), {"dims": (0, 0)}, "shape.invalid", "named once"),
    ("expand", (TWO,), {"size": (3,)}, "shape.mismatch", "cannot be repeated"),
    ("broadcast_to", (WIDE,), {"shape": (3,)}, "shape.mismatch", "cannot be repeated"),
    ("t", (np.ones((2, 2, 2)),), {}, "shape.mismatch", "3 dimensions"),
    ("unsqueeze", (TWO,), {"dim": 3}, "shape.index", "There is no dimension 3"),
    ("repeat", (WIDE,), {"repeats": (2,)}, "shape.invalid", "each of the 2 dimensions"),
    ("repeat", (TWO,), {"repeats": (-1,)}, "shape.invalid", "cannot be negative"),
    ("roll", (WIDE,), {"shifts": (1, 2), "dims": 0}, "shape.invalid", "2 ≠ 1"),
    ("cat", (WIDE, FLAT), {"dim": 0}, "shape.mismatch", "2×3 and 2×2"),
    ("cat", (1.0, 2.0), {"dim": 0}, "shape.mismatch", "not single numbers"),
    ("cat", (), {"dim": 0}, "value.empty", "at least one tensor"),
    ("stack", (TWO, THREE), {"dim": 0}, "shape.mismatch", "one shape"),
    ("trace", (TWO,), {}, "shape.mismatch", "trace takes a matrix"),
    ("det", (WIDE,), {}, "shape.mismatch", "square matrix, not 2×3"),
    ("inv", (WIDE,), {}, "shape.mismatch", "square matrix"),
    ("solve", (FLAT, THREE), {}, "shape.mismatch", "2 ≠ 3"),
    ("matrix_power", (FLAT,), {"n": 0.5}, "type.mismatch", "whole number"),
    ("diag", (np.ones((2, 2, 2)),), {}, "shape.mismatch", "a vector or a matrix"),
    ("einsum", (WIDE, TWO), {"formula": "ij,j->i"}, "shape.mismatch", "stands for 3 and for 2"),
    ("einsum", (WIDE,), {"formula": "ij,j->i"}, "shape.mismatch", "2 operands"),
    ("einsum", (WIDE,), {"formula": "ijk->i"}, "shape.mismatch", "2 dimensions"),
    ("einsum", (WIDE,), {"formula": "ij->k"}, "shape.invalid", "names k"),
    ("einsum", (WIDE,), {"formula": "i;j"}, "shape.invalid", "no formula"),
    ("einsum", (WIDE,), {"formula": WIDE}, "type.mismatch", "begins with a formula"),
    ("conv2d", (IMAGE, KERNEL), {}, "shape.mismatch", "reaches over 5 positions"),
    ("conv2d", (FLAT, KERNEL), {}, "shape.mismatch", "(batch, channels, height, width)"),
    ("conv2d", (np.ones((1, 2, 4, 4)), np.ones((1, 1, 2, 2))), {}, "shape.mismatch", "2 channels"),
    ("conv2d", (IMAGE, np.ones((1, 1, 2, 2))), {"stride": 0}, "shape.invalid", "from 1 on"),
    ("max_pool2d", (FLAT,), {"kernel_size": 2}, "shape.mismatch", "(batch, channels, height, width)"),
    ("max_pool2d", (IMAGE,), {"kernel_size": 2, "padding": 2}, "shape.invalid", "half the size"),
    ("mse_loss", (TWO, THREE), {}, "shape.mismatch", "2 ≠ 3"),
    ("mse_loss", (TWO, TWO), {"reduction": "max"}, "call.arguments", "'mean', 'sum' or 'none'"),
    ("cross_entropy", (WIDE, THREE), {}, "shape.mismatch", "class indices"),
]

BY_VALUE = [
    ("mean", (np.array([True, False]),), {}, "type.mismatch", "real numbers"),
    ("inv", (SINGULAR,), {}, "value.domain", "singular"),
    ("solve", (SINGULAR, TWO), {}, "value.domain", "singular"),
    ("matrix_power", (SINGULAR,), {"n": -1}, "value.domain", "singular"),
    ("cholesky", (np.array([[1.0, 2.0], [2.0, 1.0]]),), {}, "value.domain", "not positive definite"),
    ("cholesky", (SINGULAR,), {}, "value.domain", "not positive definite"),
    ("svd", (np.array([[np.nan, 1.0], [0.0, 1.0]]),), {}, "value.domain", "not finite"),
    ("binary_cross_entropy", (np.array([1.5]), np.array([1.0])), {}, "value.domain", "between 0 and 1"),
    ("cross_entropy", (WIDE, np.array([0.0, 3.0])), {}, "shape.index", "index 3 is out of range"),
    ("cross_entropy", (WIDE, np.array([0.5, 1.0])), {}, "type.mismatch", "whole numbers"),
]

OF_CREATION = [
    ("zeros", {"size": (-1,)}, "shape.invalid", "negative"),
    ("zeros", {"size": (2.5,)}, "shape.invalid", "whole number"),
    ("eye", {"n": -2, "m": None}, "shape.invalid", "negative"),
    ("arange", {"start": 0, "end": 1, "step": 0}, "shape.invalid", "must not be 0"),
    ("arange", {"start": 0, "end": 1, "step": -1}, "shape.invalid", "does not go"),
    ("arange", {"start": float("inf"), "end": None, "step": 1}, "shape.invalid", "finite"),
    ("linspace", {"start": 0, "end": 1, "steps": -1}, "shape.invalid", "negative"),
    ("full", {"size": (2,), "fill_value": (1, 2)}, "type.mismatch", "must be a number"),
]


def refused(work, code, sentence):
    with pytest.raises(OpError) as caught:
        work()
    assert caught.value.code == code
    assert sentence in caught.value.message


@pytest.mark.parametrize(("name", "inputs", "attributes", "code", "sentence"), BY_SHAPE)
def test_shapes_that_do_not_fit_are_refused_before_the_work(name, inputs, attributes, code, sentence):
    refused(lambda: OPS[name].shape([shape_of(x) for x in inputs], attributes), code, sentence)


@pytest.mark.parametrize(("name", "inputs", "attributes", "code", "sentence"), BY_VALUE)
def test_values_outside_the_domain_are_refused(name, inputs, attributes, code, sentence):
    OPS[name].shape([shape_of(x) for x in inputs], attributes)
    with np.errstate(all="ignore"):
        refused(lambda: OPS[name].value(inputs, attributes), code, sentence)


@pytest.mark.parametrize(("name", "attributes", "code", "sentence"), OF_CREATION)
def test_sizes_that_cannot_be_are_refused(name, attributes, code, sentence):
    refused(lambda: CREATIONS[name].value(attributes), code, sentence)
