"""The names under which torch prints an operation in its graph."""

import operator

import pytest
import torch
import torch.nn.functional as F  # noqa: N812  everybody calls it F

from app.ops.elementwise import ELEMENTWISE
from app.ops.table import OPS

X = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
Y = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
WRITTEN = {
    "entr": torch.special.entr, "polygamma": lambda x: torch.polygamma(1, x), "clamp": lambda x: torch.clamp(x, 0, 1),
    "clamp_tensor": lambda x, y, z: torch.clamp(x, y, y + 1), "where": lambda c, x, y: torch.where(c > 0, x, y),
    "cbrt": lambda x: torch.sign(x) * torch.abs(x) ** (1 / 3), "dropout": lambda x, mask: x * mask / 0.5,
}  # fmt: skip


def printed(result):
    """The name of a result's grad_fn, as torch prints it."""
    return result.grad_fn.name() if not hasattr(type(result.grad_fn), "__name__") else type(result.grad_fn).__name__


@pytest.mark.parametrize("op", [op for op in ELEMENTWISE if op.differentiable], ids=lambda op: op.name)
def test_the_name_is_torchs(op):
    function = WRITTEN.get(op.name) or getattr(torch, op.name, None) or getattr(F, op.name)
    count = len(op.operands)
    result = function(*[X, Y, Y][:count])
    assert op.grad_fn_for([()] * count, [False] * count, {}) == printed(result)


@pytest.mark.parametrize("op", [op for op in ELEMENTWISE if not op.differentiable], ids=lambda op: op.name)
def test_what_has_no_derivative_has_no_name(op):
    count = len(op.operands)
    assert op.grad_fn_for([()] * count, [False] * count, {}) is None


@pytest.mark.parametrize(
    ("name", "python"),
    [("add", operator.add), ("sub", operator.sub), ("mul", operator.mul), ("div", operator.truediv), ("pow", operator.pow),
     ("remainder", operator.mod), ("floor_divide", operator.floordiv)],
)  # fmt: skip
def test_the_name_tells_which_operand_is_a_plain_number(name, python):
    shapes, op = [(), ()], OPS[name]
    assert op.grad_fn_for(shapes, [False, False], {}) == printed(python(X, Y))
    assert op.grad_fn_for(shapes, [False, True], {}) == printed(python(X, 2.0))
    assert op.grad_fn_for(shapes, [True, False], {}) == printed(python(2.0, X))


def test_rounding_to_a_place_has_a_name_of_its_own():
    assert OPS["round"].grad_fn_for([()], [False], {"decimals": 2}) == printed(torch.round(X, decimals=2))


def test_functions_with_a_number_in_one_place():
    assert OPS["fmod"].grad_fn_for([(), ()], [False, True], {}) == printed(torch.fmod(X, 2.0))
    assert OPS["xlogy"].grad_fn_for([(), ()], [False, True], {}) == printed(torch.xlogy(X, 2.0))
    assert OPS["xlogy"].grad_fn_for([(), ()], [True, False], {}) == printed(torch.xlogy(2.0, X))
