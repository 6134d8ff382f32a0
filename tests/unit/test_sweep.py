"""A sweep answers at every point what a trace answers there."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.gallery import examples
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def asked(call: str, **request: Any) -> tuple[int, dict[str, Any]]:
    """A worker's answer."""
    status, content = DESK.serve(call, json.dumps(request).encode())
    return status, json.loads(content)


def swept(**request: Any) -> dict[str, Any]:
    """A sweep that is answered."""
    status, answer = asked("sweep", **request)
    assert status == 200, answer
    return answer


def close(ours: Any, theirs: Any) -> None:
    """The same numbers, but for the last places."""
    words = {"NaN": np.nan, "Infinity": np.inf, "-Infinity": -np.inf}
    a, b = (np.array([words.get(x, x) for x in np.ravel(np.array(v, dtype=object))], dtype=float) for v in (ours, theirs))
    np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-13)


def scalars() -> list[Any]:
    """Examples with a scalar input, and that input."""
    found = []
    for example in examples():
        names = [name for name, value in example["inputs"].items() if isinstance(value, (int, float)) and not isinstance(value, bool)]
        if names and not example.get("seed") and len(example["source"]) < 3000:
            found.append(pytest.param(example, names, id=example["id"]))
    return found


@pytest.mark.parametrize(("example", "names"), scalars())
def test_every_point_is_what_the_trace_says(example: dict[str, Any], names: list[str]):
    common = {key: example[key] for key in ("source", "inputs", "outputs", "wrt") if example.get(key)}
    values = [example["inputs"][names[0]], example["inputs"][names[0]] + 0.25]
    quantities = ["output", "gradients"] if asked("trace", **common)[0] == 200 else ["output"]
    answer = swept(**common, vary={names[0]: values}, quantities=quantities)
    for place, value in enumerate(values):
        status, trace = asked(
            "trace", **common | {"inputs": example["inputs"] | {names[0]: value}, "mode": "reverse" if len(quantities) > 1 else "primal"}
        )
        if status != 200:
            assert [place] in [refusal["index"] for refusal in answer["refused"]]
            continue
        close(answer["output"][place], trace["nodes"][trace["outputs"][0]]["primal"])
        for name, gradient in trace.get("gradients", {}).items():
            ours = answer["gradients"][name]
            if gradient is None:
                assert ours is None or ours[place] is None or not np.any(ours[place])
            else:
                close(ours[place], gradient)


def test_a_program_without_decisions_is_evaluated_at_once():
    answer = swept(source="y = sin(x)*a", inputs={"a": 2}, vary={"x": {"start": 0, "stop": 1, "num": 3}})
    assert answer["vectorised"]
    assert answer["vary"] == {"x": [0, 0.5, 1]}
    assert answer["shape"] == [3]
    close(answer["gradients"]["a"], np.sin([0, 0.5, 1]))


def test_branches_and_tensors_are_evaluated_point_by_point():
    assert not swept(source="y = x if x > 0 else -2*x", vary={"x": [-1, 1]})["vectorised"]
    answer = swept(source="y = sum(A * x)", inputs={"A": [1, 2]}, vary={"x": [1, 3]})
    assert not answer["vectorised"]
    assert answer["gradients"]["A"] == [[1, 1], [3, 3]]


def test_two_inputs_make_a_grid():
    answer = swept(source="y = x*t", vary={"x": [1, 2, 3], "t": {"start": 0, "stop": 1, "num": 2}}, quantities=["output", "y", "#0"])
    assert answer["shape"] == [3, 2]
    assert answer["output"] == [[0, 1], [0, 2], [0, 3]]
    assert answer["nodes"] == {"y": answer["output"], "#0": [[1, 1], [2, 2], [3, 3]]}


def test_nodes_are_named_by_name_by_v_number_and_by_place():
    answer = swept(source="c = x*x\nc = c + sin(x)", vary={"x": [2]}, quantities=["c", "c'", "v1", "#1"])
    close(answer["nodes"]["v1"], [4])
    assert answer["nodes"]["v1"] == answer["nodes"]["#1"]
    assert answer["nodes"]["c"] == answer["nodes"]["c'"]


def test_a_point_that_is_refused_says_why_and_the_others_have_values():
    answer = swept(source="y = sum(inv(A*x))", inputs={"A": [[1, 0], [0, 1]]}, vary={"x": [0, 2]})
    assert answer["output"] == [None, 1]
    assert answer["refused"] == [{"index": [0], "code": "value.domain", "detail": answer["refused"][0]["detail"]}]


def test_poles_are_words():
    assert swept(source="y = 1/x", vary={"x": [0, 1]})["output"] == ["Infinity", 1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"vary": {"x": {"start": 0, "stop": 1, "num": 50_000}}}, "budget.points"),
        ({"vary": {}}, "request.field"),
        ({"vary": {"x": [1], "y": [1], "z": [1]}}, "request.field"),
        ({"vary": {"x": [[1, 2]]}}, "request.field"),
        ({"vary": {"x": {"start": 0, "stop": 1}}}, "request.field"),
        ({"quantities": ["nothing"]}, "output.unknown"),
        ({"source": "y = x*w"}, "input.missing"),
        ({"source": "y = x*[1, 2]"}, "seed.required"),
        (
            {"source": "for i in range(2000): x = sin(x) if x > -9 else x\ny = x", "vary": {"x": {"start": 0, "stop": 1, "num": 5000}}},
            "budget.points",
        ),
    ],
)
def test_what_cannot_be_swept_is_refused_with_a_code(change: dict[str, Any], code: str):
    status, answer = asked("sweep", **{"source": "y = x*x", "vary": {"x": [1]}} | change)
    assert (status, answer["code"]) == (422, code)
