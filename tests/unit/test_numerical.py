"""Derivatives by differences: what float64 gives, what theory says, and honest answers where there is no derivative."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())
CUBIC = {"source": "y = 3 * x ** 3 - 5 * x ** 2", "inputs": {"x": 1.5}, "wrt": "x"}


def ask(status: int = 200, **request):
    found, content = DESK.serve("numerical", json.dumps(request).encode())
    assert found == status, content
    return json.loads(content)


def f(x: float) -> float:
    return 3 * x**3 - 5 * x**2


# ---------------------------------------------------------------- the numbers


def test_the_worked_example_comes_out_exactly():
    assert ask(**CUBIC)["exact"] == 5.25


@pytest.mark.parametrize("h", [1e-1, 1e-4, 1e-8, 1e-13])
def test_differences_are_those_of_float64_to_the_last_bit(h: float):
    row = ask(**CUBIC, steps=[h])["estimates"][0]
    x = 1.5
    assert row["h"] == h
    assert row["forward"] == (f(x + h) - f(x)) / h
    assert row["backward"] == (f(x) - f(x - h)) / h
    assert row["central"] == (f(x + h) - f(x - h)) / (2 * h)
    wide, close = row["central"], (f(x + h / 2) - f(x - h / 2)) / h
    assert row["richardson"] == (4 * close - wide) / 3


def test_every_error_is_the_distance_from_the_exact_derivative():
    answer = ask(**CUBIC)
    for row in answer["estimates"]:
        for scheme in ("forward", "backward", "central", "complex", "richardson"):
            assert row["error"][scheme] == abs(row[scheme] - answer["exact"])


def test_steps_are_answered_in_the_order_asked():
    assert [row["h"] for row in ask(**CUBIC, steps=[1e-3, 1e-1, 1e-2])["estimates"]] == [1e-3, 1e-1, 1e-2]
    assert [row["h"] for row in ask(**CUBIC)["estimates"]] == [float(f"1e-{k}") for k in range(1, 17)]


def test_the_complex_step_is_right_where_every_difference_has_lost_all_digits():
    row = ask(source="y = exp(x) * sin(x)", inputs={"x": 1}, wrt="x", steps=[1e-150])["estimates"][0]
    assert row["complex"] == pytest.approx(math.e * (math.sin(1) + math.cos(1)), rel=1e-15)
    assert row["forward"] == row["central"] == 0


def test_float32_is_float32_throughout():
    row = ask(source="y = sin(x) * x", inputs={"x": 1.25}, wrt="x", steps=[1e-2], dtype="float32")["estimates"][0]
    x, h = np.float32(1.25), np.float32(1e-2)

    def narrow(t):
        return np.sin(t) * t

    assert row["forward"] == float((narrow(x + h) - narrow(x)) / h)
    assert row["central"] == float((narrow(x + h) - narrow(x - h)) / (2 * h))


def test_in_float32_the_derivative_itself_keeps_all_digits():
    program = {"source": "y = sin(x) * x", "inputs": {"x": 1.25}, "wrt": "x"}
    assert ask(**program, dtype="float32")["exact"] == ask(**program)["exact"]


# ---------------------------------------------------------------- what is differentiated by what


def test_an_intermediate_value_is_moved_and_what_follows_runs_again():
    answer = ask(source="c = x * x\nd = c * c\ny = d + c", inputs={"x": 2}, wrt="c", steps=[1e-3])
    assert answer["point"] == 4
    assert answer["exact"] == 9
    assert answer["estimates"][0]["central"] == pytest.approx(9, abs=1e-9)


def test_a_moved_intermediate_value_is_decided_upon_anew():
    row = ask(source="c = x * x\nif c > 1:\n    y = 10 * c\nelse:\n    y = c", inputs={"x": 1}, wrt="c", steps=[0.5])["estimates"][0]
    assert row["forward"] == (15 - 1) / 0.5
    assert row["backward"] == (1 - 0.5) / 0.5


def test_a_node_without_a_name_can_be_moved_too():
    assert ask(source="y = sin(x * x) + x", inputs={"x": 2}, wrt="v1", steps=[1e-4])["exact"] == pytest.approx(math.cos(4))


def test_a_constant_of_the_program_can_be_moved_too():
    answer = ask(source="c = 2.0\ny = c * x", inputs={"x": 3}, wrt="c", steps=[0.5])
    assert (answer["exact"], answer["estimates"][0]["central"]) == (3, 3)


def test_any_name_can_be_the_output():
    assert ask(source="c = x * x\ny = c * 7", inputs={"x": 3}, wrt="x", outputs="c")["exact"] == 6


def test_an_entry_of_a_tensor_is_chosen_by_its_place():
    answer = ask(source="y = sum(A * A)", inputs={"A": [[1, 2], [3, 4]]}, wrt="A", element=[1, 0], steps=[1e-4])
    assert answer["exact"] == 6
    assert answer["estimates"][0]["central"] == pytest.approx(6)


def test_entries_on_both_sides_are_chosen_by_their_places():
    answer = ask(source="y = x * x", inputs={"x": [1, 2]}, wrt="x", element=[1], output_element=[1], steps=[1e-4])
    assert answer["exact"] == 4
    assert answer["estimates"][0]["complex"] == 4


def test_a_loop_may_go_round_more_often_at_a_neighbour():
    row = ask(source="y = x\nwhile y < 10:\n    y = y * 3", inputs={"x": 3.3334}, wrt="x", steps=[1e-2])["estimates"][0]
    assert row["backward"] == pytest.approx((3.3334 * 3 - 3.3234 * 9) / 1e-2)


# ---------------------------------------------------------------- honest answers


def test_steps_out_of_the_domain_are_told():
    answer = ask(source="y = log(x)", inputs={"x": 0.05}, wrt="x", steps=[0.1])
    row = answer["estimates"][0]
    assert row["backward"] == row["central"] == "NaN"
    assert row["forward"] == (math.log(0.15000000000000002) - math.log(0.05)) / 0.1
    assert {"h": 0.1, "at": "x - h", "text": "f is not a number there."} in answer["notes"]


def test_a_point_where_the_program_is_refused_gives_null():
    answer = ask(source="y = cholesky([[x, 1.0], [1.0, x]])[1, 1]", inputs={"x": 2}, wrt="x", steps=[2, 0.1])
    assert answer["estimates"][0]["backward"] is None
    assert answer["estimates"][1]["backward"] is not None
    assert answer["notes"][0]["text"] == "The matrix is not positive definite."


def test_at_a_corner_the_sides_disagree_and_there_is_no_complex_step():
    answer = ask(source="y = abs(x)", inputs={"x": 0}, wrt="x", steps=[0.25])
    row = answer["estimates"][0]
    assert (row["forward"], row["backward"], row["central"], row["complex"]) == (1, -1, 0, None)
    assert "abs" in answer["complex_reason"]


def test_beside_a_corner_the_complex_step_follows_the_branch():
    assert ask(source="y = abs(x) * x", inputs={"x": -2}, wrt="x", steps=[1e-20])["estimates"][0]["complex"] == 4


def test_an_operation_without_a_complex_form_is_named():
    assert "erfinv" in ask(source="y = erfinv(x)", inputs={"x": 0.5}, wrt="x")["complex_reason"]


@pytest.mark.parametrize(("source", "x"), [("y = 1 / x", 0), ("y = sqrt(x)", 0), ("y = log(x)", -1), ("y = x * x", "Infinity")])
def test_where_no_error_is_finite_the_first_step_stands_for_all(source: str, x):
    answer = ask(source=source, inputs={"x": x}, wrt="x")
    assert (answer["best"]["h"], answer["best"]["scheme"]) == (0.1, None)


def test_what_does_not_depend_on_it_has_null_and_says_so():
    answer = ask(source="c = 2 * a\ny = b", inputs={"a": 1, "b": 2}, wrt="a")
    assert answer["exact"] is None
    assert answer["notes"][0]["text"].startswith("No adjoint reaches this value")


def test_differences_go_through_detach_and_the_answer_says_so():
    answer = ask(source="y = x * detach(x)", inputs={"x": 3}, wrt="x", steps=[1e-4])
    assert answer["exact"] == 3
    assert answer["estimates"][0]["central"] == pytest.approx(6)
    assert "detach" in answer["notes"][0]["text"]


@pytest.mark.parametrize(
    ("code", "request_"),
    [
        ("wrt.unknown", {"source": "y = x", "inputs": {"x": 1}, "wrt": "q"}),
        ("wrt.unknown", {"source": "y = x", "inputs": {"x": 1}, "wrt": "__proto__"}),
        ("type.mismatch", {"source": "y = x * 2", "inputs": {"x": True}, "wrt": "x"}),
        ("type.mismatch", {"source": "y = x > 1", "inputs": {"x": 1}, "wrt": "x"}),
        ("seed.required", {"source": "y = sum(x)", "inputs": {"x": [1, 2]}, "wrt": "x"}),
        ("seed.required", {"source": "y = x * [1, 2]", "inputs": {"x": 1}, "wrt": "x"}),
        ("seed.required", {"source": "x, x * 2", "inputs": {"x": 1}, "wrt": "x"}),
        ("shape.index", {"source": "y = sum(x)", "inputs": {"x": [1, 2]}, "wrt": "x", "element": [2]}),
        ("output.unknown", {"source": "y = x", "inputs": {"x": 1}, "wrt": "x", "outputs": "z"}),
        ("request.field", {"source": "y = x", "inputs": {"x": 1}, "wrt": "x", "steps": [0.1, 0]}),
        ("request.field", {"source": "y = x", "inputs": {"x": 1}, "wrt": "x", "steps": []}),
        ("request.field", {"source": "y = x", "inputs": {"x": 1}, "wrt": "x", "dtype": "float16"}),
        ("request.field", {"source": "y = x", "inputs": {"x": 1}}),
        ("budget.work", {"source": "y = sum(A @ A)", "inputs": {"A": [[1] * 300] * 300}, "wrt": "A", "element": [0, 0]}),
        (
            "budget.points",
            {"source": "for i in range(9000):\n    x = x + 1", "inputs": {"x": 1}, "wrt": "x", "steps": [0.1] * 400},
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(code: str, request_: dict):
    assert ask(422, **request_)["code"] == code


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_steps_of_any_size_have_an_answer(dtype: str):
    answer = ask(**CUBIC, steps=[1.7e308, 5e-324, 1.0], dtype=dtype, window=1e308)
    assert answer["estimates"][2]["forward"] == f(2.5) - f(1.5)


# ---------------------------------------------------------------- theory, slopes, counts, pictures


def test_the_best_step_in_theory_comes_from_exact_higher_derivatives():
    theory = ask(**CUBIC)["theory"]
    assert theory["derivatives"] == [5.25, 17.0, 18.0, 0.0, 0.0]
    scale, unit = abs(-1.125) + 1.5 * 5.25, 2.0**-53
    assert theory["forward"]["h"] == pytest.approx(2 * math.sqrt(unit * scale / 17))
    assert theory["central"]["h"] == pytest.approx((3 * unit * scale / 18) ** (1 / 3))
    assert theory["richardson"]["h"] is None
    assert "order 5 is 0" in theory["richardson"]["reason"]


def test_in_float32_the_best_steps_are_larger():
    program = {"source": "y = sin(x)", "inputs": {"x": 1}, "wrt": "x"}
    wide, narrow = ask(**program)["theory"], ask(**program, dtype="float32")["theory"]
    assert narrow["forward"]["h"] / wide["forward"]["h"] == pytest.approx(math.sqrt(2**29), rel=1e-6)


HALVES = [10 ** (-k / 4) for k in range(4, 64)]


@pytest.mark.parametrize(("scheme", "order"), [("forward", 1), ("backward", 1), ("central", 2), ("complex", 2), ("richardson", 4)])
def test_truncation_falls_with_the_order_of_the_scheme(scheme: str, order: int):
    fit = ask(source="y = exp(x) * sin(x)", inputs={"x": 1}, wrt="x", steps=HALVES)["fit"][scheme]
    assert fit["truncation"]["slope"] == pytest.approx(order, abs=0.1)
    assert fit["truncation"]["expected"] == order


@pytest.mark.parametrize("scheme", ["forward", "backward", "central", "richardson"])
def test_rounding_grows_as_the_step_shrinks(scheme: str):
    fit = ask(source="y = exp(x) * sin(x)", inputs={"x": 1}, wrt="x", steps=HALVES)["fit"][scheme]
    assert fit["rounding"]["slope"] == pytest.approx(-1, abs=0.15)


def test_too_few_points_have_no_slope():
    fit = ask(source="y = exp(x)", inputs={"x": 1}, wrt="x", steps=[0.1, 0.01])["fit"]
    assert fit["forward"] == {"truncation": None, "rounding": None}


def test_the_best_step_is_one_of_those_asked_for_and_says_why():
    best = ask(source="y = erfinv(x)", inputs={"x": 0.5}, wrt="x")["best"]
    assert best["scheme"] == "central"
    assert 1e-7 <= best["h"] <= 1e-4
    assert "grows with 1/h" in best["why"]


def test_the_measured_best_step_has_the_smallest_error_of_its_scheme():
    answer = ask(source="y = exp(x)", inputs={"x": 1}, wrt="x")
    for scheme, found in answer["measured"].items():
        assert found["error"] == min(row["error"][scheme] for row in answer["estimates"])


def test_a_gradient_by_differences_takes_evaluations_for_every_number_of_the_inputs():
    counted = ask(source="y = sum(w * w) + b", inputs={"w": [1, 2, 3], "b": 1}, wrt="b")["evaluations"]
    assert counted["inputs"] == 4
    assert counted["one"] == {"forward": 2, "backward": 2, "central": 2, "complex": 1, "richardson": 4}
    assert counted["all"] == {"forward": 5, "backward": 5, "central": 8, "complex": 4, "richardson": 16}
    assert counted["reverse"] == {"evaluations": 1, "sweeps": 1}


def test_secants_go_through_points_of_the_curve():
    answer = ask(**CUBIC, steps=[0.5], num=5, window=1.0)
    assert answer["secants"][0]["forward"] == {"points": [[1.5, f(1.5)], [2.0, f(2.0)]], "slope": f(2.0) * 2 - f(1.5) * 2}
    assert answer["curve"]["x"] == [0.5, 1.0, 1.5, 2.0, 2.5]
    assert answer["curve"]["f"] == [f(x) for x in answer["curve"]["x"]]
    assert answer["tangent"] == {"slope": 5.25, "points": [[0.5, f(1.5) - 5.25], [2.5, f(1.5) + 5.25]]}
