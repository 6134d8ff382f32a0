"""Tangents in torch, also where torch has only an adjoint."""

import ast

import pytest
import torch
from torch.autograd import forward_ad

from app.core.limits import Limits
from app.oracle.duals import dual, parts, tangent_by_reverse
from app.oracle.walker import Walker

X = torch.tensor([[0.5, -1.0], [2.0, 1.5]], dtype=torch.float64)
V = torch.tensor([[1.0, 0.5], [-2.0, 0.25]], dtype=torch.float64)


@pytest.mark.parametrize("function", [torch.exp, lambda x: x @ x, lambda x: torch.linalg.svd(x)[1], lambda x: x.sum(dim=0, keepdim=True)])
def test_the_double_backward_gives_the_tangent_of_forward_mode(function):
    with forward_ad.dual_level():
        point = dual(X, V)
        _, expected = parts(function(point))
        _, found = parts(tangent_by_reverse(function, (point,), {}))
        assert torch.allclose(found, expected, rtol=1e-12)


def test_each_of_several_results_gets_its_tangent():
    with forward_ad.dual_level():
        point = dual(X, V)
        values, places = tangent_by_reverse(lambda x: tuple(torch.max(x, dim=1)), (point,), {})
        assert parts(values)[1].tolist() == [1.0, -2.0]
        assert parts(places)[1] is None


def test_an_operation_without_forward_mode_in_torch_has_a_tangent_all_the_same():
    def middle(x):
        return torch.nn.functional.grid_sample(x[None, None], torch.zeros(1, 1, 1, 2, dtype=torch.float64), align_corners=True).reshape(())

    with forward_ad.dual_level():
        with pytest.raises(NotImplementedError):
            middle(dual(X, V))
        found = Walker({}, "cpu", Limits()).apply(ast.Pass(), middle, (dual(X, V),))
        assert parts(found)[0] == X.mean()
        assert parts(found)[1] == V.mean()
