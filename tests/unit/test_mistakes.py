"""Reverse sweeps that go wrong: the right one is the engine's, the others differ where a mistake shows, and say why."""

from __future__ import annotations

import json

import pytest

from app.gallery import examples
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())
FAN = "u = x * x\nv = sin(u)\nw = u * v\ny = w + u"


def ask(call: str, source: str, status: int = 200, **request):
    found, content = DESK.serve(call, json.dumps({"source": source, **request}).encode())
    assert found == status, content
    return json.loads(content)


def gradients(source: str, rule: str, **inputs: float):
    return ask("backpropagation", source, inputs=inputs)["gradients"][rule]


@pytest.mark.parametrize("example", [e for e in examples() if e["mode"] == "reverse"], ids=lambda e: e["id"])
def test_the_right_sweep_has_the_adjoints_of_a_trace(example):
    asked = {"inputs": example["inputs"], **({"seed": example["seed"]} if example.get("seed") else {})}
    status, content = DESK.serve("trace", json.dumps({"source": example["source"], **asked}).encode())
    if status != 200:
        pytest.skip("an example that is refused on purpose")
    trace = json.loads(content)
    found = ask("backpropagation", example["source"], **asked)["sweeps"]["added"]
    assert found["adjoints"] == [node["adjoint"] for node in trace["nodes"]]
    told = [(c["to"], c["slot"], c["adjoint_after"]) for step in trace["steps"] for c in step.get("contributions", [])]
    assert [(c["to"], c["slot"], c["adjoint_after"]) for c in found["contributions"]] == told


def test_contributions_add_up_where_paths_meet():
    assert gradients("c = a + b\nd = a * c", "added", a=2, b=3) == {"a": 7, "b": 2}


def test_an_assignment_keeps_the_last_arrival_alone():
    answer = ask("backpropagation", "c = a + b\nd = a * c", inputs={"a": 2, "b": 3})
    assert answer["gradients"]["overwritten"] == {"a": 2, "b": 2}
    wrong = answer["sweeps"]["overwritten"]["wrong"]
    assert wrong == [
        {"node": 0, "adjoint": 2, "right": 7, "faults": [{"from": 3, "slot": 0, "kind": "overwritten", "value": 5, "instead": 2}]}
    ]


def test_in_the_order_of_the_code_most_nodes_have_nothing_to_pass_on():
    answer = ask("backpropagation", "c = a + b\nd = a * c", inputs={"a": 2, "b": 3})
    assert answer["gradients"]["code_order"] == {"a": 5, "b": None}
    missing = [(w["node"], f["from"], f["kind"]) for w in answer["sweeps"]["code_order"]["wrong"] for f in w["faults"]]
    assert missing == [(1, 2, "missing"), (0, 2, "missing")]


def test_who_passes_on_too_early_passes_on_too_little():
    answer = ask("backpropagation", FAN, inputs={"x": 1})
    right, early = answer["gradients"]["added"]["x"], answer["gradients"]["first_come"]["x"]
    assert early != pytest.approx(right)
    kinds = {f["kind"] for w in answer["sweeps"]["first_come"]["wrong"] for f in w["faults"]}
    assert kinds == {"changed"}


def test_a_mistake_can_go_unnoticed():
    answer = ask("backpropagation", "y = sin(x)", inputs={"x": 1})
    assert all(not sweep["wrong"] for sweep in answer["sweeps"].values())


def test_tensors_are_swept_like_numbers():
    answer = ask("backpropagation", "u = A @ x\nsum(u * u)", inputs={"A": [[1, 2], [3, 4]], "x": [1, 1]})
    assert answer["gradients"]["added"]["x"] == [48, 68]
    assert answer["gradients"]["overwritten"]["x"] == [24, 34]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"source": "a, b", "inputs": {"a": 1, "b": 2}}, "seed.required"),
        ({"source": "a * q", "inputs": {"a": 1}}, "input.missing"),
        ({"source": "a", "inputs": {"a": 1}, "rule": "added"}, "request.field"),
        ({"source": "for i in range(20000):\n    x = sin(x)", "inputs": {"x": 1}}, "budget.nodes"),
    ],
)
def test_what_cannot_be_swept_is_refused(asked: dict, code: str):
    found, content = DESK.serve("backpropagation", json.dumps(asked).encode())
    assert (found, json.loads(content)["code"]) == (422, code)
