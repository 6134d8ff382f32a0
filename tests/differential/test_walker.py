"""Torch's evaluation of a program by walking its syntax, against torch written by hand."""

import ast
import math

import numpy as np
import pytest
import torch

from app.core.limits import Limits
from app.oracle.run import evaluate, settings
from app.oracle.side import tensors


def walk(source, inputs=None, outputs=None):
    with settings():
        return evaluate(ast.parse(source), tensors(inputs or {}, "cpu"), outputs, "cpu", Limits())


def value(source, **inputs):
    run = walk(source, inputs)
    assert run.failure is None, run.failure
    return run.outputs[0].detach().numpy() if run.outputs[0].dim() else run.outputs[0].item()


X, A = np.array([0.5, -1.5, 2.0]), np.array([[1.0, 2.0], [3.0, 5.0]])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("2 + 3 * 4 ** 2", 50),
        ("7 // 2 + 7 % 4", 6),
        ("-7 // 2", -4),
        ("1 / 0", math.inf),
        ("0 / 0", math.nan),
        ("5 % 0", math.nan),
        ("9 ** 9 ** 9", math.inf),
        ("(-8) ** (1 / 3)", math.nan),
        ("2 ** -1", 0.5),
        ("10 ** 15 + 1", 10**15 + 1),
        ("True + True", 2),
        ("1 < 2 < 3", True),
        ("1 < 2 > 3", False),
        ("not 0 or 5", True),
        ("0 or 5", 5),
        ("3 if 1 > 2 else 4", 4),
        ("len([1, 2, 3])", 3),
        ("int(2.9) + float(1)", 3),
        ("x = 1\nx += 2\nx", 3),
        ("a, b = 1, 2\na - b", -1),
        ("pi", math.pi),
        ("e", math.e),
        ("np.pi", math.pi),
    ],
)
def test_plain_numbers_are_pythons_with_ieee_results(source, expected):
    assert value(source) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("s = 0\nfor i in range(4):\n    s += i\ns", 6),
        ("s = 0\nfor i in range(9):\n    if i == 3:\n        break\n    s += i\ns", 3),
        ("s = 0\nfor i in range(4):\n    if i == 1:\n        continue\n    s += i\nelse:\n    s += 10\ns", 15),
        ("k = 1\nwhile k < 100:\n    k *= 3\nk", 243),
        ("def f(a, b=2, *, c=3):\n    return a * b + c\nf(1, c=5) + f(2, 3)", 16),
        ("def fac(n):\n    return 1 if n < 2 else n * fac(n - 1)\nfac(10)", 3628800),
        ("f = lambda u, v=1: u + v\nf(2) * f(2, v=3)", 15),
        ("def outer(a):\n    def inner(b):\n        return a * b\n    return inner(3)\nouter(4)", 12),
        ("t = 0\nfor i, v in enumerate([5, 6]):\n    t += i * v\nt", 6),
        ("t = 0\nfor a, b in zip((1, 2), (3, 4, 5)):\n    t += a * b\nt", 11),
        ("if 0:\n    y = 1\nelif 1:\n    y = 2\nelse:\n    y = 3", 2),
        ("def f():\n    for i in range(5):\n        if i == 2:\n            return i\nf()", 2),
    ],
)
def test_control_flow_is_pythons(source, expected):
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("sum(x * x)", float(X @ X)),
        ("x.sum() + torch.sum(x) + np.sum(x)", 3.0),
        ("x[0] - x[-1]", -1.5),
        ("x[1:]", X[1:]),
        ("x[[0, 2]]", X[[0, 2]]),
        ("x[x > 0]", X[X > 0]),
        ("A[:, 0]", A[:, 0]),
        ("A.T @ A", A.T @ A),
        ("A[1.0]", A[1]),
        ("[x[0], 2, x[1]]", [0.5, 2.0, -1.5]),
        ("[[1, x[0]], [2, 3]]", [[1, 0.5], [2, 3]]),
        ("x.shape[0] * A.size(0) + A.ndim", 8),
        ("max(A, dim=1)[1]", [1, 1]),
        ("np.max(A, axis=0)", [3, 5]),
        ("max(x)", 2.0),
        ("max(x, 0)[0]", 2.0),
        ("max(x[0], 1)", 1.0),
        ("min(x, x * 2)", [0.5, -3.0, 2.0]),
        ("np.var(x)", X.var()),
        ("var(x)", X.var(ddof=1)),
        ("x // 0.75", np.floor_divide(X, 0.75)),
        ("x % 0.75", np.remainder(X, 0.75)),
        ("clip(x, -1, 1)", [0.5, -1.0, 1.0]),
        ("clamp(x, min=x * 0)", [0.5, 0.0, 2.0]),
        ("norm(x, p=1)", 4.0),
        ("det(A)", -1.0),
        ("einsum('ij,j->i', A, A[0])", A @ A[0]),
        ("cat([x, x[:1]])", [*X, 0.5]),
        ("torch.linalg.inv(A) @ A", np.eye(2)),
        ("where(x > 0, x, 0)", [0.5, 0, 2.0]),
        ("zeros(2, 3) + ones((2, 3))", np.ones((2, 3))),
        ("arange(1, 4) + linspace(0, 1, 3)", [1, 2.5, 4]),
        ("x.reshape(3, 1)", X[:, None]),
        ("A.reshape(-1)", A.reshape(-1)),
        ("A.permute(1, 0)", A.T),
        ("x.unsqueeze(0).expand(2, 3)", np.stack([X, X])),
        ("t = 0\nfor row in A:\n    t = t + row\nt", A.sum(0)),
        ("a, b = A\na - b", A[0] - A[1]),
        ("x.item() if len(x) == 1 else x[0].item()", 0.5),
        ("cross_entropy(A, [1, 0])", 0.5 * (math.log(1 + math.exp(-1)) + 2 + math.log(1 + math.exp(-2)))),
        ("dropout(x, mask=[1, 0, 1], p=0.5)", [1, 0, 4.0]),
        ("F.softplus(x[0])", math.log1p(math.exp(0.5))),
        ("sum(x > 0)", 2),
        ("svd(A)[1]", np.linalg.svd(A)[1]),
        ("gather(A, 1, [[1], [0]])", [[2.0], [3.0]]),
        ("sort(x, descending=True)[0]", [2.0, 0.5, -1.5]),
        ("~(x > 0)", [False, True, False]),
    ],
)
def test_values_are_torchs(source, expected):
    assert value(source, x=X, A=A) == pytest.approx(np.asarray(expected, dtype=float), abs=1e-12)


def test_inputs_go_before_constants_and_functions():
    assert value("e * pi", e=2.0, pi=3.0) == 6.0


def test_the_last_name_assigned_in_a_loop_is_the_output():
    assert value("y = x\nfor i in range(3):\n    y = y * 2", x=1.0) == 8.0


def test_outputs_are_those_of_the_last_tuple():
    assert [y.item() for y in walk("u, v = x, x * 2\nu + v, u * v", {"x": 2.0}).outputs] == [6.0, 8.0]


def test_chosen_outputs_are_read_by_name():
    assert [y.item() for y in walk("u = x * 2\nv = u + 1", {"x": 2.0}, ["u"]).outputs] == [4.0]


def test_every_operation_is_an_event_in_order_at_its_syntax():
    run = walk("c = a + b\nd = sin(c) * [c, 1]", {"a": 1.0, "b": 2.0})
    assert [type(event.site).__name__ for event in run.events] == ["BinOp", "Call", "List", "BinOp"]


def test_rows_that_a_loop_walks_over_are_events_at_what_is_walked():
    run = walk("for v in x:\n    y = v", {"x": X})
    assert [event.site.id for event in run.events] == ["x"] * 3


def test_a_name_for_a_value_is_no_event():
    assert walk("y = x\nz = y", {"x": 1.0}).events == []


def test_an_operand_handed_back_is_a_node_of_its_own():
    run = walk("y = flatten(x)\ny * 2", {"x": X})
    assert run.events[0].value is not run.events[0].operands[0]


def test_what_torch_refuses_is_said_in_words():
    failure = walk("y = x * 2\nx @ A", {"x": X, "A": A}).failure
    assert failure is not None
    assert failure.startswith("torch refuses: ")


def test_an_endless_loop_ends():
    with settings():
        run = evaluate(ast.parse("while x > 0:\n    pass"), tensors({"x": 1.0}, "cpu"), None, "cpu", Limits(steps=1000))
    assert "did not come to an end" in str(run.failure)


def test_the_default_dtype_is_put_back():
    before = torch.get_default_dtype()
    walk("x * 2", {"x": 1.0})
    assert torch.get_default_dtype() is before
