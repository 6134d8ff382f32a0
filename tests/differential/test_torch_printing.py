"""What our printing shows of a tensor is what torch prints, character by character."""

import numpy as np
import pytest
import torch

from app.labs.autograd.printing import number_text, size_text, text_of

SHAPES = [
    (), (1,), (3,), (7,), (13,), (40,), (1000,), (1001,), (1, 1), (2, 3), (3, 1), (4, 25), (7, 7), (40, 30), (7, 200), (200, 7), (1, 1001),
    (2, 2, 2), (3, 1, 4), (8, 9, 20), (2, 3, 1, 2), (7, 7, 7, 7), (0,), (0, 3), (3, 0), (2, 0, 2),
]  # fmt: skip
SPECIAL = [0.0, -0.0, np.nan, np.inf, -np.inf, 5e-324, 1e-45, 1e-310, 1e-40, 1e8, 1e8 + 1, 1e-4, 9.9999e-5, 3e38, 999.99995, 0.99999999]
DRAWS = 12
"""Tensors a shape and a dtype: 26 shapes and five dtypes make 1560 tensors, each printed in three ways."""


def drawn(rng, shape, dtype):
    if dtype == "bool":
        return np.asarray(rng.random(shape) < rng.choice([0.0, 0.5, 1.0]))
    if dtype.startswith("int"):
        high = int(rng.choice([2, 10, 1000, np.iinfo(dtype).max]))
        return np.asarray(rng.integers(-high * int(rng.integers(0, 2)), high, shape, dtype=dtype))
    with np.errstate(all="ignore"):
        return floats(rng, shape).astype(dtype)


def floats(rng, shape):
    values = np.asarray(rng.standard_normal(shape)) * 10.0 ** rng.integers(-8, 10)
    if rng.random() < 0.3:
        values = values * 10.0 ** rng.integers(-40, 40, shape)
    if rng.random() < 0.3:
        values = np.round(values)
    if rng.random() < 0.3:
        values = np.abs(values)
    chance = rng.choice([0.0, 0.2, 1.0])
    special = rng.choice(SPECIAL if rng.random() < 0.5 else SPECIAL[:5], shape)
    return np.asarray(np.where(rng.random(shape) < chance, special, values))


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "int64", "bool"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_tensor_prints_as_in_torch(shape, dtype):
    rng = np.random.default_rng([len(shape), *shape, len(dtype), ord(dtype[-1])])
    for _ in range(DRAWS):
        values = drawn(rng, shape, dtype)
        tensor = torch.tensor(values)
        assert text_of(values, dtype) == str(tensor)
        if dtype.startswith("float"):
            assert text_of(values, dtype, requires_grad=True) == str(tensor.requires_grad_())
            tensor = named(tensor, "A" * int(rng.integers(1, 60)))
            assert text_of(values, dtype, requires_grad=True, grad_fn=type(tensor.grad_fn).__name__) == str(tensor)


def named(tensor, name):
    """The same elements from a function of this name."""
    rule = type(
        name,
        (torch.autograd.Function,),
        {"forward": staticmethod(lambda ctx, x: x.clone()), "backward": staticmethod(lambda ctx, bar: bar)},
    )
    return rule.apply(tensor)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_size_prints_as_in_torch(shape):
    assert size_text(shape) == str(torch.zeros(shape).shape)


def test_an_item_prints_as_in_torch():
    rng = np.random.default_rng(1)
    for dtype in ("float32", "float64", "int32", "int64", "bool"):
        for _ in range(500):
            value = drawn(rng, (), dtype)
            assert number_text(value) == number_text(value[()]) == str(torch.tensor(value).item())
