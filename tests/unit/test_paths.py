"""The path ledger: every path once, products that add up to the adjoint, counts without enumeration."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def asked(call: str = "paths", **request: Any) -> tuple[int, dict[str, Any]]:
    """A worker's answer."""
    status, content = DESK.serve(call, json.dumps(request).encode())
    return status, json.loads(content)


def found(**request: Any) -> dict[str, Any]:
    """A ledger."""
    status, answer = asked(**request)
    assert status == 200, answer
    return answer


def test_the_course_example_has_two_paths_whose_products_add_up():
    answer = found(source="c = a + b\nd = a * c", inputs={"a": 2, "b": 3}, **{"from": "a"})
    assert answer["count"] == 2
    assert [path["product"] for path in answer["paths"]] == [5, 2]
    assert [path["nodes"] for path in answer["paths"]] == [[0, 3], [0, 2, 3]]
    assert answer["sum"] == answer["adjoint"] == 7
    assert (answer["path_multiplications"], answer["edge_multiplications"]) == (3, 3)


def test_paths_come_as_the_reverse_sweep_completes_them():
    source = "v1 = log(x1)\nv2 = x1*x2\nv3 = sin(x2)\nv4 = v1 + v2\nv5 = v4 - v3"
    answer = found(source=source, inputs={"x1": 2, "x2": 5}, **{"from": "x2"})
    assert [path["nodes"] for path in answer["paths"]] == [[1, 4, 6], [1, 3, 5, 6]]
    assert answer["paths"][0]["product"] == pytest.approx(-0.2836621854632263)
    assert answer["mistakes"]["overwritten"] == answer["paths"][-1]["product"]


def test_very_long_paths_are_listed_only_as_far_as_an_answer_holds():
    answer = found(source="y = x\nfor i in range(9000): y = y + sin(y)", inputs={"x": 1}, **{"from": "x"})
    assert 5 <= answer["listed"] < 50
    assert answer["sum"] is None


def test_mistakes_have_their_own_numbers():
    answer = found(source="c = a + b\nd = a * c", inputs={"a": 2, "b": 3}, **{"from": "a"})
    assert answer["mistakes"] == {"overwritten": 2, "code_order": 5}


def test_a_node_read_twice_has_two_paths():
    answer = found(source="y = x*x", inputs={"x": 3}, **{"from": "x"})
    assert [path["edges"] for path in answer["paths"]] == [[[0, 1, 0]], [[0, 1, 1]]]
    assert answer["sum"] == 6


def test_paths_are_counted_where_they_cannot_be_listed():
    answer = found(source="for i in range(60): x = x + x\ny = x", inputs={"x": 1}, most=3, **{"from": "x"})
    first = found(source="for i in range(60): x = x + x\ny = x", inputs={"x": 1}, most=3, **{"from": "#0"})
    assert first["count"] == str(2**60)
    assert first["listed"] == 3
    assert first["sum"] is None
    assert first["adjoint"] == 2.0**60
    assert first["edge_multiplications"] == 120
    assert answer["count"] == 1  # x is the name of the last value


def test_more_paths_than_numbers_are_told_as_such():
    answer = found(source="for i in range(3000): x = x + x*0.1\ny = x", inputs={"x": 1}, most=1, **{"from": "#0"})
    assert answer["count"] == "more than 10^308"


def test_nothing_flows_through_detach_and_comparisons():
    answer = found(source="y = detach(x)*x + (x > 1)*x", inputs={"x": 2}, **{"from": "x"})
    assert answer["count"] == 2
    assert answer["sum"] == answer["adjoint"] == 3


def test_tensors_on_the_way_have_structures_and_no_products():
    answer = found(source="y = sum(A * x)", inputs={"A": [1, 2], "x": 3}, **{"from": "x"})
    assert answer["paths"][0]["product"] is None
    assert answer["paths"][0]["structures"] == ["broadcast", "reduction"]
    assert answer["note"]


@pytest.mark.parametrize("seed", range(40))
def test_the_sum_over_all_paths_is_the_adjoint(seed: int):
    draw = random.Random(seed)
    names, lines = ["a", "b"], []
    for number in range(draw.randint(3, 8)):
        left, right, sign = draw.choice(names), draw.choice(names), draw.choice("+-*")
        lines.append(f"t{number} = {draw.choice(['', 'sin', 'cos', '-'])}({left} {sign} {right})")
        names.append(f"t{number}")
    answer = found(source="\n".join(lines), inputs={"a": 0.7, "b": -1.3}, most=500, **{"from": "a"})
    total = math.fsum(path["product"] for path in answer["paths"])
    assert answer["count"] == len(answer["paths"]) == len({str(path["edges"]) for path in answer["paths"]})
    assert total == pytest.approx(answer["adjoint"] or 0.0, rel=1e-12, abs=1e-12)
    assert answer["path_multiplications"] == sum(len(path["edges"]) for path in answer["paths"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"from": "nobody"}, "output.unknown"),
        ({"to": "nobody"}, "output.unknown"),
        ({"most": 501}, "request.field"),
        ({"source": "y = x\nz = x\ny, z"}, "request.field"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_code(change: dict[str, Any], code: str):
    status, answer = asked(**{"source": "y = x*x", "inputs": {"x": 1}, "from": "x"} | change)
    assert (status, answer["code"]) == (422, code)
