"""Frames put together are the traces themselves."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from app.gallery import examples
from app.labs.frames import columns
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def asked(call: str, **request: Any) -> tuple[int, dict[str, Any]]:
    """A worker's answer."""
    status, content = DESK.serve(call, json.dumps(request).encode())
    return status, json.loads(content)


def assembled(answer: dict[str, Any], frame: int) -> Any:
    """One of the traces, as a page puts it together."""
    whole = {"trace": copy.deepcopy(answer["first"])}
    for column in answer["columns"]:
        *way, last = ["trace", *column["at"]]
        holder: Any = whole
        for step in way:
            holder = holder[step]
        holder[last] = column["values"][frame]
    return whole["trace"]


def scalars() -> list[Any]:
    """Examples with a scalar input, and that input."""
    found = []
    for example in examples():
        name = next(
            (name for name, value in example["inputs"].items() if isinstance(value, (int, float)) and not isinstance(value, bool)), None
        )
        if name is not None and len(example["source"]) < 3000:
            found.append(pytest.param(example, name, id=example["id"]))
    return found


@pytest.mark.parametrize(("example", "name"), scalars())
def test_every_frame_is_the_trace_at_its_value(example: dict[str, Any], name: str):
    common = {key: example[key] for key in ("source", "inputs", "outputs", "wrt", "seed", "mode") if example.get(key)}
    values = [example["inputs"][name] + offset for offset in (-3, -0.5, 0, 0.25)]
    status, answer = asked("frames", **common, vary={name: values})
    traces = [asked("trace", **common | {"inputs": example["inputs"] | {name: value}}) for value in values]
    if status != 200:
        assert all(traced != 200 for traced, _ in traces) or answer["code"] == "budget.answer"
        return
    for place, (traced, trace) in enumerate(traces):
        frame = answer["frames"][place]
        assert (frame is not None) == (traced == 200)
        if frame is not None:
            assert json.dumps(assembled(answer, frame)) == json.dumps(trace)


def test_a_column_tells_minus_zero_from_zero_and_true_from_1():
    assert columns([{"a": 0.0, "b": 1}, {"a": -0.0, "b": True}]) == [(("a",), [0.0, -0.0]), (("b",), [1, True])]


def test_a_branch_that_changes_the_graph_is_told_whole():
    program = "if x > 0:\n    y = x * x\nelse:\n    y = sin(x) + 1"
    status, answer = asked("frames", source=program, vary={"x": [-1, 1]})
    assert status == 200
    assert [len(assembled(answer, frame)["nodes"]) for frame in (0, 1)] == [
        len(asked("trace", source=program, inputs={"x": x})[1]["nodes"]) for x in (-1, 1)
    ]


def test_too_many_points_are_refused_before_they_are_made():
    for call in ("frames", "sweep"):
        status, answer = asked(call, source="y = x * x", vary={"x": {"start": 0, "stop": 1, "num": 10**12}})
        assert (status, answer["code"]) == (422, "budget.points")


def test_frames_too_large_for_a_slider_are_refused():
    status, answer = asked("frames", source="y = x\nfor i in range(500):\n    y = y * x", vary={"x": {"start": 0, "stop": 1, "num": 401}})
    assert (status, answer["code"]) == (422, "budget.answer")
