"""Dual numbers and Taylor series against sympy, torch and nested sweeps; how they are read, written and refused."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import sympy
import torch

from app.core.limits import Limits
from app.gallery import examples
from app.labs.dual.written import read_dual, spelled_out, write_dual
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())
x = sympy.Symbol("x")


def ask(source: str, status: int = 200, **request):
    found, content = DESK.serve("dual", json.dumps({"source": source, **request}).encode())
    assert found == status, content
    return json.loads(content)


def node(answer, label: str):
    return next(row for row in answer["nodes"] if row["label"] == label)


# ---------------------------------------------------------------- arithmetic


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(3 + ε) * (2 - 4ε)", [6, -10]),
        ("(3+eps)*(2-4*eps)", [6, -10]),
        ("(3 + epsilon) + 2", [5, 1]),
        ("(1 + 2ε) - (3 - ε)", [-2, 3]),
        ("(2 + 3ε) / (1 - 4ε)", [2, 11]),
        ("-(2 + 3ε)", [-2, -3]),
        ("(2 + ε)^3", [8, 12]),
        ("ε * ε", [0, 0]),
        ("2 * 3", [6, 0]),
    ],
)
def test_the_calculator_counts_with_a_square_of_the_unit_that_is_nothing(source: str, expected: list[float]):
    assert ask(source)["result"]["coefficients"] == pytest.approx(expected)


def test_the_answer_is_also_written_as_a_sum():
    assert ask("(3 + ε) * (2 - 4ε)")["result"]["text"] == "6 - 10 ε"


def test_a_product_lists_its_four_summands_and_strikes_the_one_with_the_square():
    terms = ask("(3 + ε) * (2 - 4ε)")["nodes"][-1]["expansion"]["terms"]
    assert [(t["coefficient"], t["power"], t["struck"]) for t in terms] == [(6, 0, False), (-12, 1, False), (2, 1, False), (-4, 2, True)]


def test_a_function_strikes_half_its_second_derivative():
    terms = ask("sin(x)", inputs={"x": "1 + 3ε"})["nodes"][-1]["expansion"]["terms"]
    assert terms[-1]["struck"]
    assert terms[-1]["power"] == 2
    assert terms[-1]["coefficient"] == pytest.approx(-math.sin(1) / 2 * 9)


def test_in_a_higher_order_what_was_struck_stays():
    terms = ask("(3 + ε) * (2 - 4ε)", order=2)["nodes"][-1]["expansion"]["terms"]
    assert not any(t["struck"] for t in terms)
    assert ask("(3 + ε) * (2 - 4ε)", order=2)["result"]["coefficients"] == [6, -10, -4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 + 2ε", [3, 2]),
        ("3 + 2 eps", [3, 2]),
        ("1 + eps - eps^2", [1, 1, -1]),
        ("-ε", [0, -1]),
        ("2*ε", [0, 2]),
        ("ε*2 + 1", [1, 2]),
        ("10 + ε 5", [10, 5]),
        ("10 − ε 5", [10, -5]),
        ("3", [3]),
        ("1e3 + 2e-1ε", [1000, 0.2]),
        ("ε² + eps**3", [0, 0, 1, 1]),
    ],
)
def test_a_dual_number_is_read_from_text(text: str, expected: list[float]):
    assert read_dual(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", " ", "a", "3 4", "2εε", "1 +", "+", "ε^13", "1e999", "3^2", "x + ε", "<img>", "1 + + ε", "ε" * 50])
def test_what_is_no_dual_number_is_not_read(text: str):
    assert read_dual(text) is None


@pytest.mark.parametrize("row", [[6.0, -10.0], [0.0, 1.0], [-2.5, 0.0], [1.0, 2.0, 0.0, -4.0]])
def test_what_is_written_is_read_again(row: list[float]):
    again = read_dual(write_dual(row))
    assert again is not None
    assert again + [0.0] * (len(row) - len(again)) == row


def test_a_number_beside_the_unit_is_multiplied_and_places_stay_those_of_the_text():
    assert spelled_out("2ε + (3)eps\n4eps") == "2*ε + (3)*eps\n4*eps"
    answer = ask("2ε + q", status=422)
    assert answer["span"] == {"line": 1, "column": 5, "end_line": 1, "end_column": 6}
    assert [n["expression"] for n in ask("y = 2ε + 3")["nodes"] if n["kind"] == "op"] == ["2ε", "2ε + 3"]


# ---------------------------------------------------------------- Taylor series


FUNCTIONS = {
    "sin(x)*exp(x)": sympy.sin(x) * sympy.exp(x), "tanh(x)": sympy.tanh(x), "x**2.5": x**2.5, "x**x": x**x, "atan(x)/x": sympy.atan(x) / x,
    "sigmoid(x)": 1 / (1 + sympy.exp(-x)), "asin(x)": sympy.asin(x), "acos(x)": sympy.acos(x), "tan(x)": sympy.tan(x),
    "erf(x)": sympy.erf(x), "log(x)*sqrt(x)": sympy.log(x) * sympy.sqrt(x), "cosh(x) - 2*sinh(x)": sympy.cosh(x) - 2 * sympy.sinh(x),
    "softplus(x)": sympy.log(1 + sympy.exp(x)), "silu(x)": x / (1 + sympy.exp(-x)), "cbrt(x)": sympy.cbrt(x), "1/x**3": x**-3,
    "hypot(x, 2)": sympy.sqrt(x * x + 4), "atan2(x, 2)": sympy.atan(x / 2), "log1p(x)*expm1(x)": sympy.log(1 + x) * (sympy.exp(x) - 1),
    "exp2(x)*log2(x)": 2**x * sympy.log(x, 2), "asinh(x) + atanh(x)": sympy.asinh(x) + sympy.atanh(x), "rsqrt(x)": 1 / sympy.sqrt(x),
    "2**x": 2**x, "abs(x)*relu(x)": x * x, "where(x > 0, x**3, 0)": x**3, "max(x, 2*x)": 2 * x, "erfinv(x)": sympy.erfinv(x),
}  # fmt: skip
"""Programs, and what they are for 0 < x < 1."""


@pytest.mark.parametrize("source", FUNCTIONS)
def test_the_coefficients_are_those_of_taylor(source: str):
    answer = ask(source, inputs={"x": 0.3}, order=6)
    at = sympy.Rational(3, 10)
    truth = [float(sympy.N(sympy.diff(FUNCTIONS[source], x, k).subs(x, at), 25)) for k in range(7)]
    assert answer["result"]["derivatives"] == pytest.approx(truth, rel=1e-9, abs=1e-10)
    assert answer["check"]["agrees"] is True


def test_a_power_at_zero_has_its_own_derivatives():
    assert ask("x**3", inputs={"x": 0}, order=4)["result"]["derivatives"] == [0, 0, 0, 6, 0]


def test_sinc_is_filled_in_with_all_its_derivatives():
    answer = ask("sinc(x)", inputs={"x": 0}, order=4)
    assert answer["result"]["derivatives"] == pytest.approx([1, 0, -(math.pi**2) / 3, 0, math.pi**4 / 5])
    assert answer["check"]["orders"] == 1


def test_an_exponent_that_moves_is_compared_as_far_as_the_engine_has_slopes():
    answer = ask("x**x", inputs={"x": 2}, order=6)
    assert answer["check"] == {**answer["check"], "agrees": True, "orders": 3}
    assert "exponent" in answer["check"]["note"]
    truth = [float(sympy.diff(x**x, x, k).subs(x, 2)) for k in range(7)]
    assert answer["result"]["derivatives"] == pytest.approx(truth)


def test_a_series_goes_in_where_one_is_given():
    answer = ask("y = 1/x", inputs={"x": "1 + eps - eps^2"}, order=3)
    assert answer["result"]["coefficients"] == pytest.approx([1, -1, 2, -3])
    assert answer["check"] == {**answer["check"], "agrees": True, "orders": 3}


@pytest.mark.parametrize(
    ("source", "function"),
    [
        ("sum(softmax(v)**2)", lambda v: (torch.softmax(v, 0) ** 2).sum()),
        ("logsumexp(v, 0) + var(v) + prod(v)", lambda v: torch.logsumexp(v, 0) + v.var() + v.prod()),
        ("w = outer(v, v)\nsum(inv(w + eye(3)))", lambda v: torch.linalg.inv(torch.outer(v, v) + torch.eye(3, dtype=v.dtype)).sum()),
        ("det(outer(v, v) + eye(3))", lambda v: 1 + (v * v).sum()),
        (
            "sum(solve(outer(v, v) + eye(3), v))",
            lambda v: torch.linalg.solve(torch.outer(v, v) + torch.eye(3, dtype=v.dtype), v).sum(),
        ),
        ("norm(cumsum(v, 0)[1:])", lambda v: torch.linalg.norm(torch.cumsum(v, 0)[1:])),
    ],
)
def test_series_of_vectors_have_the_nested_derivatives_that_torch_finds(source: str, function):
    point, direction = torch.tensor([1.0, 0.5, -2.0], dtype=torch.float64), torch.tensor([1.0, -1.0, 0.5], dtype=torch.float64)
    nested = [lambda t: function(point + t * direction)]
    for _ in range(3):
        nested.append(torch.func.grad(nested[-1]))
    truth = [float(f(torch.tensor(0.0, dtype=torch.float64))) for f in nested]
    answer = ask(source, inputs={"v": point.tolist()}, seed={"v": direction.tolist()}, order=3)
    assert answer["result"]["derivatives"] == pytest.approx(truth, rel=1e-8, abs=1e-10)


ROUNDED = {"cancellation-cured"}
"""At x = 1e-8 every further order of a quotient by x² loses eight digits, on either way."""


def test_dual_numbers_pass_through_vectors_matrices_and_calls():
    source = "def f(u):\n    return A @ u\ny = f(f(x))"
    answer = ask(source, inputs={"A": [[1, 2], [3, 4]], "x": ["1 + ε", "2 - ε"]})
    square = np.array([[1, 2], [3, 4]]) @ np.array([[1, 2], [3, 4]])
    assert answer["result"]["coefficients"] == [(square @ [1, 2]).tolist(), (square @ [1, -1]).tolist()]


@pytest.mark.parametrize("example", [e for e in examples() if e["inputs"] and e["id"] not in ROUNDED], ids=lambda e: e["id"])
def test_the_programs_of_the_gallery_agree_with_nested_sweeps(example):
    numbers = {name: value for name, value in example["inputs"].items() if isinstance(value, (int, float))}
    seed = next(iter(numbers), None)
    found, content = DESK.serve("dual", json.dumps({
        "source": example["source"], "inputs": example["inputs"], "order": 3, "seed": seed or {next(iter(example["inputs"])): 1.0},
    }).encode())  # fmt: skip
    answer = json.loads(content)
    assert found == 200 or answer["code"] in ("value.domain", "seed.unknown", "type.output"), answer
    if found == 200:
        assert answer["check"]["agrees"] is True, answer["check"]


# ---------------------------------------------------------------- seeds, kinks, refusals


def test_the_first_input_carries_the_unit_where_none_does():
    answer = ask("a * b", inputs={"a": 2, "b": 3})
    assert answer["seed"] == {"a": 1}
    assert answer["result"]["coefficients"] == [6, 3]


def test_a_seed_names_the_input_that_carries_the_unit():
    assert ask("a * b", inputs={"a": 2, "b": 3}, seed="b")["result"]["coefficients"] == [6, 2]


def test_a_name_that_has_a_value_is_no_unit():
    assert ask("a + eps", inputs={"a": 2, "eps": 0.5})["result"]["coefficients"] == [2.5, 1]


def test_a_comparison_looks_at_the_real_part_alone():
    assert ask("y = where(x > 1, 5*x, 2*x)", inputs={"x": "1 + ε"})["result"]["coefficients"] == [2, 2]


@pytest.mark.parametrize(("source", "slope"), [("abs(x)", 0), ("relu(x)", 0), ("max(x, -x)", 0)])
def test_on_a_kink_the_side_that_is_chosen_is_named(source: str, slope: float):
    answer = ask(source, inputs={"x": 0})
    assert answer["result"]["coefficients"][1] == slope
    assert "not differentiable" in answer["nodes"][-1]["notes"][0]


@pytest.mark.parametrize(
    ("source", "column", "end"), [("2 + 1/eps", 4, 9), ("1/(x - 2)", 0, 9), ("y = x\nreciprocal(y - 2)", 0, 17), ("(x - 2)**-1", 0, 11)]
)
def test_a_division_by_a_number_without_a_real_part_is_refused_at_its_place(source: str, column: int, end: int):
    answer = ask(source, status=422, inputs={"x": 2} if "x" in source else {})
    assert answer["code"] == "value.domain"
    assert "no inverse" in answer["detail"]
    assert (answer["span"]["column"], answer["span"]["end_column"]) == (column, end)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"source": "x", "inputs": {"x": "foo"}}, "input.invalid"),
        ({"source": "x", "inputs": {"x": ["1 + ε", [2]]}}, "input.invalid"),
        ({"source": "x", "inputs": {"": 1}}, "input.invalid"),
        ({"source": "x", "inputs": {"x": "9" * 500}}, "input.invalid"),
        ({"source": "x", "inputs": {"x": {}}}, "input.invalid"),
        ({"source": "x", "inputs": {"x": 1}, "order": 0}, "request.field"),
        ({"source": "x", "inputs": {"x": 1}, "order": 13}, "request.field"),
        ({"source": "x", "inputs": {"x": 1}, "order": True}, "request.field"),
        ({"source": "x", "inputs": {"x": 1}, "seed": "y"}, "seed.unknown"),
        ({"source": "x", "inputs": {"x": 1}, "seed": 3}, "request.field"),
        ({"source": "sum(x)", "inputs": {"x": [1, 2]}}, "seed.required"),
        ({"source": "x", "inputs": {"x": 1}, "around": {"radius": -1}}, "request.field"),
        ({"source": "x", "inputs": {"x": 1}, "around": {"num": 10**9}}, "request.field"),
        ({"source": "x, x", "inputs": {"x": 1}, "around": {}}, "request.field"),
        ({"source": "x > 1", "inputs": {"x": 1}}, "type.output"),
        ({"source": "x +", "inputs": {"x": 1}}, "source.syntax"),
        ({"source": "ε = 3\nε"}, None),
        ({"source": "y = " + "*".join(["x"] * 1900), "inputs": {"x": 1}, "order": 12}, None),
        ({"source": "for i in range(30000):\n    x = sin(x)", "inputs": {"x": 1}, "order": 12}, "budget.work"),
    ],
)
def test_whatever_is_asked_is_answered_or_refused(request_: dict, code: str | None):
    found, content = DESK.serve("dual", json.dumps(request_).encode())
    answer = json.loads(content)
    assert (found, answer.get("code")) == ((200, None) if code is None else (422, code)), answer


def test_a_long_program_is_answered_without_its_nodes():
    answer = ask("for i in range(3000):\n    x = sin(x)", inputs={"x": 1})
    assert answer["nodes"] is None
    assert answer["check"]["agrees"] is True


def test_series_are_paid_for_before_they_are_computed():
    assert "Taylor" in ask("for i in range(30000):\n    x = sin(x)", status=422, inputs={"x": 1}, order=12)["detail"]
    assert Limits().work == 200_000_000


# ---------------------------------------------------------------- the curve


def test_the_curve_has_the_program_and_every_polynomial():
    answer = ask("sin(x)", inputs={"x": 0}, order=3, around={"radius": 1, "num": 3})["curve"]
    assert answer["t"] == [-1, 0, 1]
    assert answer["values"] == pytest.approx([-math.sin(1), 0, math.sin(1)])
    assert answer["polynomials"] == [pytest.approx(p) for p in ([0, 0, 0], [-1, 0, 1], [-1, 0, 1], [-5 / 6, 0, 5 / 6])]


def test_where_the_program_is_refused_the_curve_has_no_value():
    answer = ask("y = 0\nfor i in range(int(x)):\n    y = y + x\ny + [1, 2][int(x)] * x", inputs={"x": 1}, around={"radius": 3, "num": 3})
    assert answer["curve"]["values"][-1] is None
