"""Corners in which random programs once disagreed with torch: each by the smallest program that shows it."""

import numpy as np
import pytest

from app.core.diagnostic import ProgramError
from tests.differential.test_verify import Case

NAN, INFINITY = float("nan"), float("inf")


def test_a_nan_is_no_probability():
    with pytest.raises(ProgramError):
        Case("y = binary_cross_entropy(x, t)", {"x": NAN, "t": 1.0})


def test_a_nan_is_not_positive_definite():
    with pytest.raises(ProgramError):
        Case("y = sum(cholesky(A))", {"A": np.array([[NAN, 0.5], [0.5, 1.0]])})


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize(
    ("source", "inputs"),
    [
        ("v, i = sort(x, dim=0)\nw, j = max(x, dim=0)\nsum(v * [1, 2, 3]) + w", {"x": np.array([3.0, 1.0, 2.0])}),
        ("y = min(x) * nan", {"x": np.array([3.0, 1.0, 2.0])}),
        ("y = max(x) / 0 * 0", {"x": np.array([3.0, 1.0, 3.0])}),
        ("y = huber_loss(x, t)", {"x": np.array([NAN, 1.0]), "t": np.array([0.0, 2.0])}),
        ("y = smooth_l1_loss(x, t)", {"x": np.array([NAN, 1.0]), "t": np.array([0.0, 2.0])}),
        ("y = l1_loss(x, t)", {"x": np.array([NAN, INFINITY]), "t": np.array([0.0, 2.0])}),
        ("y = x\nz = x * 2", {"x": 1.5}),
        ("with no_grad():\n    v = x[1:]\ny = sum(v * v) * x[0]", {"x": np.array([3.0, 1.0, 2.0])}),
        ("w, V = eigh(A)\ny = V[0] @ V[1] + V[0, 0]", {"A": np.array([[2.0, 0.5], [0.5, 1.0]])}),
        ("U, S, V = svd(A)\ny = sum(U[0]) + S[0] + V[0, 1]", {"A": np.array([[2.0, 0.5], [0.3, 1.0], [0.1, -1.0]])}),
        ("y = logdet(A)\ns, l = slogdet(A)\nz = y + s + l", {"A": np.array([[NAN, 0.5], [0.3, 1.0]])}),
        ("y = logdet(A)", {"A": np.array([[-1.0, 0.5], [0.3, 1.0]])}),
        ("y = trace(A) * nan", {"A": np.array([[1.0, 0.5], [0.3, 1.0]])}),
        ("y = sum(kron(A, A.T) * B)", {"A": np.array([[1.0, 0.5], [0.3, 1.0]]), "B": np.arange(16.0).reshape(4, 4)}),
        ("y = sum(inv(A) + solve(A, A))", {"A": np.array([[NAN, 0.5], [0.3, 1.0]])}),
        ("y = sum(conv2d(x, k, stride=2))", {"x": np.arange(16.0).reshape(1, 1, 4, 4), "k": np.ones((1, 1, 2, 2))}),
    ],
)
def test_corners_agree(source, inputs, mode):
    answer = Case(source, inputs, mode).verdict()
    assert answer["agrees"] is True, [row for row in answer["nodes"] if not row["agrees"]]
