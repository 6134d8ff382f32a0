"""The Jacobian call: blocks of the right shape, either mode, and refusals before any work."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def asked(**request: Any) -> tuple[int, dict[str, Any]]:
    status, content = DESK.serve("jacobian", json.dumps(request).encode())
    return status, json.loads(content)


def found(source: str, inputs: dict[str, Any], **request: Any) -> dict[str, Any]:
    status, answer = asked(source=source, inputs=inputs, **request)
    assert status == 200, answer
    return answer


def refused(source: str, inputs: dict[str, Any], **request: Any) -> dict[str, Any]:
    status, answer = asked(source=source, inputs=inputs, **request)
    assert status == 422, answer
    return answer


def test_a_block_has_the_shape_of_the_output_and_then_of_the_input():
    answer = found("Y = X * s", {"X": [[1, 2, 3], [4, 5, 6]], "s": 2})
    assert np.shape(answer["jacobian"]["Y"]["X"]) == (2, 3, 2, 3)
    assert answer["jacobian"]["Y"]["s"] == [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize("method", ["forward", "reverse"])
def test_where_nothing_flows_there_are_zeros(method):
    answer = found("u = floor(x) + 0 * k\nv = x * 2\nu, v", {"x": 1.5, "k": [1, 2]}, method=method)
    assert answer["jacobian"] == {"u": {"x": [0, 0], "k": [[0, 0], [0, 0]]}, "v": {"x": 2, "k": [0, 0]}}


@pytest.mark.parametrize("method", ["forward", "reverse"])
def test_no_gradient_means_none_in_either_mode(method):
    answer = found("with no_grad():\n    u = x * x\ny = u * x", {"x": 3.0}, method=method)
    assert answer["jacobian"]["y"]["x"] == 9


@pytest.mark.parametrize("method", ["forward", "reverse"])
@pytest.mark.parametrize("more", [0, 12])
def test_an_infinite_slope_spoils_nothing_that_does_not_depend_on_it(method, more):
    others = {f"k{place}": 1.0 for place in range(more)}
    tail = "".join(f", {name} * b" for name in others)
    answer = found(f"y = 1 / a\nz = b * 2\ny, z{tail}", {"a": 0, "b": 3} | others, method=method, chain=True)
    assert answer["jacobian"]["y"] == {"a": "-Infinity", "b": 0} | dict.fromkeys(others, 0)
    assert answer["jacobian"]["z"] == {"a": 0, "b": 2} | dict.fromkeys(others, 0)
    assert answer["product"]["agrees"]


def test_the_mode_with_fewer_passes_is_chosen():
    many_inputs = found("y = sum(x * x)", {"x": [1, 2, 3]})
    many_outputs = found("y = x * [1, 2, 3]", {"x": 2})
    assert (many_inputs["method"], many_inputs["sweeps"], many_inputs["passes"]) == ("reverse", 1, {"forward": 3, "reverse": 1})
    assert (many_outputs["method"], many_outputs["sweeps"]) == ("forward", 1)


def test_a_gate_stays_shut_with_many_seeds_at_once():
    answer = found("y = where(x > 0, sqrt(x), 0 * x)\nz = a * y\nz, x * a", {"x": 0.0, "a": 2.0})
    assert answer["jacobian"]["z"] == {"x": 0, "a": 0}


def test_too_many_entries_are_refused_before_any_sweep():
    answer = refused("y = x * 2", {"x": [1] * 2000})
    assert (answer["code"], answer["limit"], answer["asked"]) == ("budget.elements", "elements", 4_000_000)


def test_too_many_sweeps_over_a_long_tape_are_refused():
    answer = refused("for i in range(2000):\n    x = sin(x)\nx", {"x": [1] * 900})
    assert answer["code"] == "budget.work"


def test_an_unknown_input_is_named():
    assert refused("y = x", {"x": 1}, wrt=["z"])["code"] == "wrt.unknown"
