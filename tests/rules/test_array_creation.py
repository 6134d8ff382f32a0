"""Constants that are made from sizes and numbers: the values are torch's, and the size is known before they are made."""

import numpy as np
import pytest
import torch

from app.ops.creation import CREATIONS, draw

X = np.arange(6.0).reshape(2, 3)

SAME = [
    ("zeros", {"size": (2, 3)}, lambda: torch.zeros(2, 3)),
    ("zeros", {"size": ((2, 3),)}, lambda: torch.zeros((2, 3))),
    ("zeros", {"size": 3}, lambda: torch.zeros(3)),
    ("zeros", {}, lambda: torch.zeros(())),
    ("ones", {"size": (3,)}, lambda: torch.ones(3)),
    ("full", {"size": (2, 2), "fill_value": 7}, lambda: torch.full((2, 2), 7.0)),
    ("eye", {"n": 3, "m": None}, lambda: torch.eye(3)),
    ("eye", {"n": 2, "m": 4}, lambda: torch.eye(2, 4)),
    ("arange", {"start": 4, "end": None, "step": 1}, lambda: torch.arange(4.0)),
    ("arange", {"start": 1, "end": 2.05, "step": 0.1}, lambda: torch.arange(1, 2.05, 0.1)),
    ("arange", {"start": 5, "end": 0, "step": -2}, lambda: torch.arange(5.0, 0, -2)),
    ("linspace", {"start": 0, "end": 1, "steps": 7}, lambda: torch.linspace(0, 1, 7)),
    ("linspace", {"start": 3, "end": 1, "steps": 1}, lambda: torch.linspace(3, 1, 1)),
    ("linspace", {"start": 3, "end": 1, "steps": 0}, lambda: torch.linspace(3, 1, 0)),
    ("zeros_like", {"x": X}, lambda: torch.zeros(2, 3)),
    ("ones_like", {"x": 2.0}, lambda: torch.ones(())),
    ("full_like", {"x": X, "fill_value": 2.5}, lambda: torch.full((2, 3), 2.5)),
]


@pytest.mark.parametrize(("name", "attributes", "theirs"), SAME)
def test_the_values_are_torchs(name, attributes, theirs):
    ours, expected = CREATIONS[name].value(attributes), theirs().to(torch.float64).numpy()
    assert np.shape(ours) == expected.shape
    np.testing.assert_allclose(ours, expected, rtol=1e-15, atol=1e-15)


@pytest.mark.parametrize(("name", "attributes", "theirs"), SAME)
def test_the_number_of_elements_is_known_before_they_are_made(name, attributes, theirs):
    assert CREATIONS[name].elements(attributes) == theirs().numel()


def test_a_size_beyond_all_memory_is_counted_and_not_made():
    assert CREATIONS["zeros"].elements({"size": (10**6, 10**6)}) == 10**12
    assert CREATIONS["arange"].elements({"start": 0, "end": 1e300, "step": 1e-300}) > 10**14


def test_a_single_constant_is_a_float():
    assert type(CREATIONS["zeros"].value({})) is float


@pytest.mark.parametrize("kind", ["rand", "randn"])
def test_random_numbers_are_the_same_for_the_same_seed(kind):
    first = CREATIONS[kind].value({"size": (3,), "seed": 5})
    np.testing.assert_array_equal(first, draw(kind, (3,), 5))
    np.testing.assert_array_equal(CREATIONS[f"{kind}_like"].value({"x": first, "seed": 5}), first)
    assert (first != CREATIONS[kind].value({"size": (3,), "seed": 6})).any()
