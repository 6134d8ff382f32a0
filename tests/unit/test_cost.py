"""What sweeps cost: figures that can be counted by hand, and Griewank's bound over the gallery."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.labs.cost import BOUND
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def ask(source: str, status: int = 200, **request):
    found, content = DESK.serve("cost", json.dumps({"source": source, **request}).encode())
    assert found == status, content
    return json.loads(content)


def figures(answer, side: str) -> tuple[int, int, int, int]:
    return tuple(answer[side][kind] for kind in ("additions", "multiplications", "functions", "other"))


def test_a_product_of_a_sum_is_counted_as_by_hand():
    answer = ask("c = a + b\nd = a * c", inputs={"a": 2, "b": 3})
    assert figures(answer, "primal") == (1, 1, 0, 0)
    assert figures(answer, "forward") == (2, 2, 0, 0)  # ċ = ȧ + ḃ, ḋ = ȧ c + a ċ
    assert figures(answer, "reverse") == (1, 2, 0, 0)  # ā = d̄ c, c̄ = d̄ a, ā += c̄, b̄ = c̄
    assert answer["sums"] == 1
    assert answer["ratio"] == 2.5


@pytest.mark.parametrize(
    ("source", "primal", "reverse"),
    [
        ("y = sin(x)", (0, 0, 1, 0), (0, 1, 1, 0)),
        ("y = exp(x)", (0, 0, 1, 0), (0, 1, 0, 0)),
        ("y = x**2", (0, 1, 0, 0), (0, 2, 0, 0)),
        ("y = x**5", (0, 3, 0, 0), (0, 4, 0, 0)),
        ("y = x**-1", (0, 1, 0, 0), (0, 4, 0, 0)),
        ("y = x**0.5", (0, 0, 1, 0), (0, 2, 1, 0)),
        ("y = 2*x", (0, 1, 0, 0), (0, 1, 0, 0)),
        ("y = -x", (0, 0, 0, 0), (0, 0, 0, 0)),
        ("y = clone(x)", (0, 0, 0, 0), (0, 0, 0, 0)),
        ("y = relu(x)", (0, 0, 1, 0), (0, 0, 0, 0)),
        ("y = sigmoid(x)", (1, 1, 1, 0), (1, 2, 0, 0)),
    ],
)
def test_one_operation_costs_what_its_rule_says(source, primal, reverse):
    answer = ask(source, inputs={"x": 3})
    assert (figures(answer, "primal"), figures(answer, "reverse")) == (primal, reverse)


def test_a_matrix_product_costs_its_multiplications_and_additions():
    rng = np.random.default_rng(1)
    answer = ask("C = A @ B", inputs={"A": rng.random((2, 3)).tolist(), "B": rng.random((3, 4)).tolist()})
    assert figures(answer, "primal") == (2 * 4 * 2, 2 * 4 * 3, 0, 0)
    assert figures(answer, "reverse") == (2 * 3 * 3 + 3 * 4 * 1, 2 * 3 * 4 + 3 * 4 * 2, 0, 0)
    assert (answer["inputs"], answer["outputs"]) == (18, 8)


def test_passes_times_sweeps_give_the_totals_and_the_cheaper_mode():
    one_to_many = ask("s = sin(t)\ny = [s, s*t, s*s, t*t]", inputs={"t": 1})
    many_to_one = ask("y = a*b*c*d", inputs=dict.fromkeys("abcd", 2))
    assert (one_to_many["cheaper"], many_to_one["cheaper"]) == ("forward", "reverse")
    for answer in (one_to_many, many_to_one):
        for side, passes in (("forward", answer["inputs"]), ("reverse", answer["outputs"])):
            assert answer[side]["passes"] == passes
            assert answer[side]["whole"] == answer["primal"]["total"] + passes * answer[side]["total"]


def test_at_the_crossover_both_totals_are_the_same():
    answer = ask("s = sin(t)\ny = [s*u, s*t, s*s, t*t]", inputs={"t": 1, "u": 2})
    m, n = answer["crossing"]["outputs"], answer["crossing"]["inputs"]
    assert m == answer["crossover"] * answer["inputs"]
    assert n * answer["forward"]["total"] == pytest.approx(answer["outputs"] * answer["reverse"]["total"])
    assert answer["inputs"] * answer["forward"]["total"] == pytest.approx(m * answer["reverse"]["total"])
    for row in answer["rows"]["by_outputs"]:
        if row["outputs"] != m:
            assert (row["forward"] < row["reverse"]) == (row["outputs"] > m)


def test_the_program_is_among_its_own_rows():
    answer = ask("s = sin(t)\ny = [s, s*t, s*s, t*t]", inputs={"t": 1})
    own = next(row for row in answer["rows"]["by_outputs"] if row["outputs"] == 4)
    assert (own["forward"], own["reverse"]) == (answer["forward"]["whole"], answer["reverse"]["whole"])
    assert any(row["inputs"] == 1 for row in answer["rows"]["by_inputs"])


def test_only_wrt_counts_among_the_inputs():
    both, one = ask("y = a*b", inputs={"a": 2, "b": 3}), ask("y = a*b", inputs={"a": 2, "b": 3}, wrt=["a"])
    assert (both["inputs"], one["inputs"]) == (2, 1)
    assert (both["reverse"]["total"], one["reverse"]["total"]) == (2, 1)


def test_nothing_to_differentiate_costs_nothing():
    answer = ask("y = 2 + 3")
    assert (answer["inputs"], answer["forward"]["total"], answer["reverse"]["total"], answer["crossover"]) == (0, 0, 0, None)


def test_several_results_are_computed_once():
    matrix = [[2.0, 1.0], [1.0, 3.0]]
    both = ask("w, V = eigh(A)\ny = sum(w) + sum(V)", inputs={"A": matrix})
    one = ask("w, V = eigh(A)\ny = sum(w)", inputs={"A": matrix})
    assert both["primal"]["other"] == one["primal"]["other"] > 0


BEYOND = {"log-determinant": ["det"]}
"""The rule of det works at singular matrices too, by way of singular values: it costs more than a determinant."""


def test_a_gradient_is_cheap_all_over_the_gallery():
    found = json.loads(DESK.serve("costs", b"")[1])
    assert found["bound"] == BOUND
    assert len(found["costs"]) >= 80
    for one in found["costs"]:
        if one["id"] in BEYOND:
            assert one["above"] == BEYOND[one["id"]]
        else:
            assert one["ratio"] is None or one["ratio"] <= BOUND, one


def test_loops_of_compiled_rounds_are_counted_like_others():
    rounds = ask("for i in range(1000):\n    x = sin(x) * a", inputs={"x": 1, "a": 2})
    one = ask("x = sin(x) * a", inputs={"x": 1, "a": 2})
    assert rounds["primal"]["total"] == 1000 * one["primal"]["total"]
    assert rounds["reverse"]["functions"] == 1000 * one["reverse"]["functions"]


def test_an_unknown_input_is_refused():
    assert ask("y = x", 422, inputs={"x": 1}, wrt=["z"])["code"] == "wrt.unknown"
