"""Elementary Jacobians: the states between operations, their product, and the cost of its orders."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def found(source: str, inputs: dict[str, Any], **request: Any) -> dict[str, Any]:
    status, content = DESK.serve("jacobian", json.dumps({"source": source, "inputs": inputs, "chain": True} | request).encode())
    assert status == 200, content
    return json.loads(content)


def matrix(factor: dict[str, Any]) -> np.ndarray:
    made = np.zeros(factor["shape"])
    for row, column in factor["kept"]:
        made[row, column] = 1.0
    for row, column, value in factor["entries"]:
        made[row, column] = value
    return made


def product(factors: list[np.ndarray]) -> np.ndarray:
    made = factors[0]
    for factor in factors[1:]:
        made = factor @ made
    return made


SURVEY = "v1 = log(x1)\nv2 = x1*x2\nv3 = sin(x2)\nv4 = v1 + v2\nv5 = v4 - v3"


def test_the_product_of_the_factors_is_the_jacobian():
    answer = found(SURVEY, {"x1": 2, "x2": 5})
    made = product([matrix(factor) for factor in answer["chain"]])
    assert np.allclose(made, [[5.5, 2 - np.cos(5)]], rtol=1e-15)
    assert answer["product"]["agrees"]


def test_a_state_holds_what_is_needed_later():
    answer = found(SURVEY, {"x1": 2, "x2": 5})
    states = [[stretch["label"] for stretch in factor["rows"]] for factor in answer["chain"]]
    assert states == [["x1", "x2", "v1"], ["x2", "v1", "v2"], ["v1", "v2", "v3"], ["v3", "v4"], ["v5"]]


def test_neighbouring_factors_share_their_state():
    chain = found("H = tanh(A @ x)\ns = sum(H)\ns, H[0]", {"A": [[1, 2], [3, 4]], "x": [0.1, 0.2]})["chain"]
    assert all(one["rows"] == other["columns"] for one, other in pairwise(chain))


def test_every_factor_counts_its_entries():
    for factor in found(SURVEY, {"x1": 2, "x2": 5})["chain"]:
        entries = len(factor["kept"]) + len(factor["entries"])
        assert factor["nonzeros"] == entries
        assert factor["density"] == entries / (factor["shape"][0] * factor["shape"][1])


def test_one_output_is_cheaper_from_the_left_and_one_input_from_the_right():
    many_inputs = found("h = tanh(A @ x)\nsum(h * h)", {"A": [[1, 2, 3], [3, 4, 5], [5, 6, 7]], "x": [1, 2, 3]}, wrt=["x"])["orders"]
    one_input = found("h = tanh(a * t)\ng = A @ h\nA @ g", {"a": [1, 2, 3], "t": 0.3, "A": [[1, 2, 3], [3, 4, 5], [5, 6, 7]]}, wrt=["t"])[
        "orders"
    ]
    assert many_inputs["left_to_right"]["multiplications"] < many_inputs["right_to_left"]["multiplications"]
    assert one_input["right_to_left"]["multiplications"] < one_input["left_to_right"]["multiplications"]


def test_multiplications_are_those_of_the_matrices_without_the_ones_that_are_kept():
    answer = found("y = A @ x\nz = sin(y)\nB @ z", {"A": [[1, 2], [3, 4], [5, 6]], "B": [[1, 2, 3]], "x": [1, 2]}, wrt=["x"])
    orders = answer["orders"]
    assert orders["right_to_left"] == {"multiplications": 3 * 2 + 3 * 2, "brackets": "J₃ (J₂ J₁)"}
    assert orders["left_to_right"] == {"multiplications": 3 + 3 * 2, "brackets": "(J₃ J₂) J₁"}
    assert orders["cheapest"]["multiplications"] == 9


def brute(costs: dict[tuple[int, int, int], int], first: int, last: int) -> int:
    if first == last:
        return 0
    return min(brute(costs, first, k) + brute(costs, k + 1, last) + costs[first, k, last] for k in range(first, last))


def test_the_cheapest_order_is_the_cheapest_of_all():
    chain = found(SURVEY, {"x1": 2, "x2": 5})
    factors = chain["chain"]
    count = len(factors)
    stretches = {}
    for first in range(count):
        made = kept = None
        for last in range(first, count):
            ones = np.zeros(factors[last]["shape"], dtype=int)
            for row, column in factors[last]["kept"]:
                ones[row, column] = 1
            dense = (matrix(factors[last]) != 0).astype(int)
            made, kept = (dense, ones) if made is None else ((dense @ made > 0).astype(int), ones @ kept)
            stretches[first, last] = made - kept
    costs = {
        (first, k, last): int(stretches[k + 1, last].sum(axis=0) @ stretches[first, k].sum(axis=1))
        for first in range(count)
        for k in range(first, count - 1)
        for last in range(k + 1, count)
    }
    assert chain["orders"]["cheapest"]["multiplications"] == brute(costs, 0, count - 1)


def test_an_input_that_is_an_output_is_handed_on_by_one_matrix_without_a_node():
    (factor,) = found("x, y, x", {"x": 1, "y": 2})["chain"]
    assert (factor["node"], factor["kept"], factor["entries"]) == (None, [[0, 0], [1, 1]], [])


def test_a_chain_of_too_many_operations_is_refused():
    status, content = DESK.serve(
        "jacobian", json.dumps({"source": "for i in range(1001):\n    x = sin(x)\nx", "inputs": {"x": 1}, "chain": True}).encode()
    )
    assert (status, json.loads(content)["limit"]) == (422, "chain_operations")


def test_a_chain_of_too_many_entries_is_refused():
    body = {"source": "Y = X @ X", "inputs": {"X": np.eye(30).tolist()}, "chain": True}
    status, content = DESK.serve("jacobian", json.dumps(body).encode())
    assert (status, json.loads(content)["limit"]) == (422, "chain_entries")


def test_a_long_chain_is_counted_from_both_ends_only():
    orders = found("for i in range(80):\n    x = sin(x)\nx", {"x": 1})["orders"]
    assert orders["cheapest"] is None
    assert orders["right_to_left"] == orders["left_to_right"] == {"multiplications": 79, "brackets": None}
