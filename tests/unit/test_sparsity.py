"""The pattern of a Jacobian is exact where elements are moved, summed or taken by themselves; colours share no row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.core.limits import Limits
from app.engine.colouring import NONE, Sums, colours, count, unpacked
from app.engine.sparsity import pattern
from app.labs.jacobian import frame, full
from app.lang.program import Library

X = np.array([[1.0, 2.0, 4.0], [3.0, 1.0, 2.5]])


def within(source: str, inputs: dict[str, Any]) -> Any:
    run = Library(Limits()).program(source, frozenset(inputs)).run(inputs)
    return frame(run.tape, [node for _, node in run.outputs], [node for node in run.inputs.values() if run.tape.live[node]])


EXACT = [
    "sin(X) * 2 + X", "X.T", "X[:, ::2]", "X[[0, 0, 1]]", "X.reshape(3, 2)", "cat([X, 2 * X])", "X.sum(dim=0)", "mean(X, dim=1)",
    "X + X[0]", "cumsum(X, dim=1)", "flip(X, dims=(0,))", "X @ X.T", "tril(X)", "X[0, 0] * X", "sort(X, dim=1)[0]",
    "amax(X, dim=0)", "max(X)", "outer(X[0], X[1])", "where(X > 2, X, 0)", "X.expand(2, 2, 3)", "trace(X[:, :2])",
    "gather(X, 1, [[0], [2]])", "kron(X, X[:1])", "cross(X, X * X * X)", "conv1d(X[None], X[:1, None, :2].expand(1, 2, 2))",
    "conv1d(X[None, :1], X[:, None, :2], X[:, 0], padding=1)", "conv2d(X[None, None], X[None, None, :, :2], stride=1)",
]  # fmt: skip


@pytest.mark.parametrize("source", EXACT)
def test_the_pattern_is_where_the_jacobian_is_not_zero(source):
    here = within(source, {"X": X})
    found = pattern(here.tape, here.rows, here.columns)
    exact = full(here, "reverse") != 0
    if source.startswith("where"):  # what is not chosen could be
        assert not (exact & ~found).any()
    else:
        assert (found == exact).all()


@pytest.mark.parametrize("source", ["softmax(X, dim=1)", "inv(X[:, :2])", "norm(X, dim=0)", "var(X, dim=0)"])
def test_what_is_dense_is_taken_as_dense_in_all_of_its_operand(source):
    here = within(source, {"X": X})
    found = pattern(here.tape, here.rows, here.columns)
    assert not ((full(here, "reverse") != 0) & ~found).any()


def test_factors_that_happen_to_be_zero_stay_in_the_pattern():
    here = within("A @ x", {"A": np.array([[1.0, 0.0], [0.0, 1.0]]), "x": np.array([0.0, 0.0])})
    assert pattern(here.tape, here.rows, here.columns).sum() == 4 + 4


def test_a_tensor_without_elements_links_nothing():
    here = within("mean(X - X[:0, :1].T)", {"X": X[:, :1]})
    assert pattern(here.tape, here.rows, here.columns).shape == (1, 2)


@pytest.mark.parametrize("shape", [(12, 30), (30, 12), (1, 7), (7, 1)])
def test_columns_of_one_colour_share_no_row(shape):
    matrix = np.random.default_rng(3).random(shape) < 0.15
    found = colours(matrix)
    for colour in range(count(found)):
        assert matrix[:, found == colour].sum(axis=1).max() == 1
    assert ((found == NONE) == ~matrix.any(axis=0)).all()


def test_seeds_summed_by_colour_carry_the_whole_matrix():
    matrix = np.where(np.random.default_rng(4).random((20, 40)) < 0.1, 1.5, 0.0)
    found = colours(matrix != 0)
    assert count(found) < 20
    assert (unpacked(matrix @ Sums(found)[:].T, found, matrix != 0) == matrix).all()


def test_a_tridiagonal_matrix_has_three_colours():
    matrix = np.abs(np.subtract.outer(np.arange(40), np.arange(40))) <= 1
    assert count(colours(matrix)) == 3
