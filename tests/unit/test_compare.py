"""Two programs beside each other: figures against fractions and mpmath, and everything that can be wrong with one side."""

from __future__ import annotations

import json
import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from app.core.limits import Limits
from app.gallery import examples
from app.labs.compare import apart
from app.labs.exact.settle import MOST_WORK, unrounded
from app.lang.program import Library
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def ask(left: str, right: str, status: int = 200, **request):
    body = {"left": {"source": left}, "right": {"source": right}, **request}
    found, content = DESK.serve("compare", json.dumps(body).encode())
    assert found == status, content
    return json.loads(content)


def output(side, place: int = 0):
    return side["outputs"][place]


# ---------------------------------------------------------------- rounding errors


def test_the_error_of_an_expanded_polynomial_is_what_fractions_say():
    answer = ask("y = x**7 - 7*x**6 + 21*x**5 - 35*x**4 + 35*x**3 - 21*x**2 + 7*x - 1", "y = (x - 1)**7", inputs={"x": 1.01})
    x = Fraction(1.01)
    truth, slope = (x - 1) ** 7, 7 * (x - 1) ** 6
    for side in (answer["left"], answer["right"]):
        told, bar = output(side), side["gradients"][0]
        assert told["error"]["exact"] == float(truth)
        assert told["error"]["absolute"] == pytest.approx(float(abs(Fraction(told["value"]) - truth)), rel=1e-14)
        assert told["error"]["relative"] == pytest.approx(float(abs(Fraction(told["value"]) - truth) / truth), rel=1e-14)
        assert told["error"]["ulps"] == pytest.approx(
            float(abs(Fraction(told["value"]) - truth) / Fraction(math.ulp(float(truth)))), rel=1e-14
        )
        assert bar["error"]["absolute"] == pytest.approx(float(abs(Fraction(bar["value"]) - slope)), rel=1e-14)
    assert output(answer["left"])["error"]["relative"] > 0.1
    assert answer["differences"]["outputs"][0]["verdict"] == "differ"
    assert answer["differences"]["outputs"][0]["digit"] == 2


def test_the_digits_are_those_of_mpmath():
    answer = ask("y = log(1 + x)", "y = log1p(x)", inputs={"x": 1e-10})
    with mpmath.workdps(60):
        truth = mpmath.log1p(mpmath.mpf(1e-10))
        assert output(answer["left"])["error"]["digits"] == output(answer["right"])["error"]["digits"] == mpmath.nstr(truth, 30)
        left = output(answer["left"])
        assert left["error"]["absolute"] == pytest.approx(float(abs(mpmath.mpf(left["value"]) - truth)), rel=1e-12)
    assert output(answer["right"])["error"]["ulps"] < 1 < output(answer["left"])["error"]["ulps"]


def test_large_exponentials_overflow_on_one_side_alone_and_exact_arithmetic_sees_both():
    naive, stable = "p = exp(z)/sum(exp(z))\ny = p[0]", "e = exp(z - max(z))\np = e/sum(e)\ny = p[0]"
    answer = ask(naive, stable, inputs={"z": [1000, 1001, 999]})
    with mpmath.workdps(40):
        truth = 1 / (1 + mpmath.e + mpmath.exp(-1))
    assert output(answer["left"])["value"] == "NaN"
    assert output(answer["left"])["error"]["exact"] == output(answer["right"])["error"]["exact"] == float(truth)
    assert output(answer["left"])["error"]["ulps"] == "NaN"
    assert output(answer["right"])["error"]["ulps"] <= 2
    assert answer["differences"]["outputs"][0]["verdict"] == "left_nan"
    assert answer["differences"]["gradients"][0]["verdict"] == "left_nan"


def test_what_is_zero_in_exact_arithmetic_is_found_to_be():
    told = output(ask("y = sin(x)**2 + cos(x)**2 - 1", "y = 0*x", inputs={"x": 0.7})["left"])
    assert told["error"]["exact"] == 0.0
    assert told["error"]["absolute"] == abs(told["value"])


@pytest.mark.parametrize(
    ("source", "inputs", "reason"),
    [
        ("y = 1/x", {"x": 0}, "no number"),
        ("u, s, v = svd(x)\ny = s[0]", {"x": [[2, 0], [0, 1]]}, "svd has no rule"),
        ("y = exp(exp(exp(exp(x))))", {"x": 5}, "too large"),
        (f"y = x\nfor i in range({MOST_WORK + 1}):\n    y = y + x", {"x": 1}, "operations"),
    ],
)
def test_where_there_is_no_exact_value_a_sentence_says_why(source: str, inputs: dict, reason: str):
    answer = ask(source, source, inputs=inputs)
    error = output(answer["left"])["error"]
    assert reason in error["reason"]
    assert error["exact"] is error["ulps"] is None
    assert reason in answer["left"]["gradients"][0]["error"]["reason"]


def test_a_value_that_has_an_exact_rule_keeps_it_beside_one_that_has_none():
    source = "u, s, v = svd(A)\na = s[0]\nb = sum(A)"
    answer = ask(source, source, inputs={"A": [[2, 0.1], [0, 1]]}, outputs=["a", "b"])
    assert [one["error"]["reason"] is None for one in answer["left"]["outputs"]] == [False, True]


def test_digits_that_do_not_settle_at_once_get_more_bits():
    run = Library(Limits()).program("y = (1 + x) - 1 - x*z", frozenset("xz")).run({"x": 2.0**-500, "z": 1 - 2.0**-50})
    node = run.outputs[0][1]
    assert float(unrounded(run.tape, [node], [], []).primals[node]) == 2.0**-550


def test_digits_that_would_take_too_many_bits_are_given_up():
    source = "y = x\nfor i in range(900):\n    y = 3.9*y*(1 - y)\ny"
    error = output(ask(source, source, inputs={"x": 0.3})["left"])["error"]
    assert error["reason"] == "Even with 768 bits the digits do not settle."
    assert error["exact"] is None


# ---------------------------------------------------------------- differences


@pytest.mark.parametrize(
    ("left", "right", "verdict", "digit", "ulps"),
    [
        (1.0, 1.0, "equal", None, 0),
        (0.0, -0.0, "equal", None, 0),
        (1.0, math.nextafter(1, 2), "agree", None, 1),
        (1.0, 1.00000001, "differ", 9, None),
        (1.0, -1.0, "differ", 1, None),
        (5e-324, -5e-324, "differ", 1, 2),
        (math.nan, 1.0, "left_nan", None, None),
        (1.0, math.inf, "right_infinite", None, None),
        (math.inf, -math.inf, "infinite", None, None),
        (math.nan, math.nan, "equal", None, None),
        (np.ones(3), np.ones(2), "shape", None, None),
        (1.0, None, "missing", None, None),
        (None, None, "equal", None, None),
        (1e308, -1e308, "differ", 1, None),
    ],
)
def test_the_verdict_on_two_values(left, right, verdict, digit, ulps):
    found = apart(left, right)
    assert (found.verdict, found.digit) == (verdict, digit)
    assert ulps is None or found.ulps == ulps


def test_of_two_tensors_the_worst_entry_counts():
    found = apart(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.5], [3.0, 4.01]]))
    assert (found.index, found.absolute, found.relative) == ((0, 1), 0.5, pytest.approx(0.2))


# ---------------------------------------------------------------- sides


@pytest.mark.parametrize("example", examples(), ids=lambda one: one["id"])
def test_every_program_of_the_gallery_equals_itself(example: dict):
    answer = ask(example["source"], example["source"], inputs=example["inputs"], outputs=example.get("outputs"))
    assert answer["left"]["problem"] is None
    told = [*answer["left"]["outputs"], *answer["left"]["gradients"]]
    assert all(one["error"]["exact"] is not None or one["error"]["reason"] or one["value"] is None for one in told)
    assert {one["verdict"] for side in answer["differences"].values() for one in side} <= {"equal"}


def test_counts_of_horner_and_of_powers():
    answer = ask("y = a*x**3 + b*x**2 + c*x + d", "y = ((a*x + b)*x + c)*x + d", inputs=dict.fromkeys("abcdx", 2))
    powers, horner = answer["left"]["counts"], answer["right"]["counts"]
    assert powers["operations"] == {"mul": 3, "add": 3, "pow": 2}
    assert horner["operations"] == {"mul": 3, "add": 3}
    assert (powers["inputs"], powers["constants"], powers["nodes"]) == (5, 2, 15)
    assert (horner["nodes"], horner["edges"], horner["edge_multiplications"], horner["depth"]) == (11, 12, 12, 6)
    assert powers["edge_multiplications"] == 14
    assert answer["differences"]["outputs"][0]["verdict"] == "equal"


def test_each_program_takes_the_inputs_that_it_names():
    answer = ask("y = a + b", "y = b + c", inputs={"a": 1, "b": 2, "c": 3})
    assert [one["name"] for one in answer["left"]["gradients"]] == ["a", "b"]
    assert [(one["left"], one["right"], one["verdict"]) for one in answer["differences"]["gradients"]] == [
        ("a", None, "missing"), ("b", "b", "equal"), (None, "c", "missing"),
    ]  # fmt: skip


def test_a_wrong_program_leaves_the_other_side_its_results():
    answer = ask("y = x +", "y = x*x", inputs={"x": 3})
    assert answer["left"]["problem"]["code"] == "source.syntax" or answer["left"]["problem"]["span"]
    assert answer["left"]["problem"]["span"]["line"] == 1
    assert output(answer["right"])["value"] == 9.0
    assert answer["differences"] is None


def test_a_value_that_is_missing_is_told_under_its_side():
    answer = ask("y = x + q", "y = x", inputs={"x": 1})
    assert answer["left"]["problem"]["missing"] == ["q"]
    assert answer["right"]["problem"] is None


def test_without_a_seed_a_tensor_has_values_and_a_sentence_for_the_gradients():
    answer = ask("p = exp(z)/sum(exp(z))", "p = softmax(z)", inputs={"z": [1, 2, 3]})
    assert "seed" in answer["left"]["no_gradients"]
    assert answer["left"]["gradients"] == []
    assert answer["differences"]["outputs"][0]["verdict"] == "agree"


def test_a_seed_counts_for_both_sides():
    answer = ask("p = exp(z)/sum(exp(z))", "p = softmax(z)", inputs={"z": [1, 2, 3]}, seed=[1, 0, 0])
    assert answer["left"]["no_gradients"] is None
    assert answer["differences"]["gradients"][0]["verdict"] == "agree"
    assert max(side["gradients"][0]["error"]["ulps"] for side in (answer["left"], answer["right"])) < 20


def test_only_what_is_asked_for_is_differentiated():
    answer = ask("y = a*b", "y = b*a", inputs={"a": 1, "b": 2}, wrt=["b"])
    assert [one["name"] for one in answer["left"]["gradients"]] == ["b"]
    assert ask("y = a", "y = a", 422, inputs={"a": 1}, wrt=["q"])["code"] == "wrt.unknown"


def test_several_outputs_are_compared_by_their_places():
    answer = ask("a = x\nb = x*x\na, b", "c = x\nd = x**2\nc, d", inputs={"x": 3})
    assert [one["verdict"] for one in answer["differences"]["outputs"]] == ["equal", "equal"]


def test_names_that_are_markup_or_of_the_prototype_are_names_like_others():
    answer = ask("y = __proto__ + constructor", "y = constructor + 1", inputs={"__proto__": 1, "constructor": 2, "<img onerror=x>": 3})
    assert answer["left"]["problem"] or [one["name"] for one in answer["left"]["gradients"]] == ["__proto__", "constructor"]


def test_a_program_that_stopped_a_worker_is_refused_in_a_comparison_too():
    desk = Desk(Settings())
    body = json.dumps({"left": {"source": "y = 1"}, "right": {"source": "y = 2"}}).encode()
    _, digest = desk.serve("identify", body)
    desk.serve("refuse", digest)
    assert json.loads(desk.serve("compare", body)[1])["code"] == "program.refused"
    single = Desk(Settings())
    single.serve("refuse", single.serve("identify", b'{"source": "y = 2"}')[1])
    assert json.loads(single.serve("compare", body)[1])["code"] == "program.refused"
    assert single.serve("compare", body.replace(b"y = 2", b"y = 3"))[0] == 200
