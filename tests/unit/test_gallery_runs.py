"""Each example of the gallery does what its card says: it runs, torch agrees, and differences of values confirm the derivative."""

import json
from typing import Any

import numpy as np
import pytest

from app.gallery import examples
from app.settings import Settings
from app.wire.tasks import Desk

each = pytest.mark.parametrize("example", examples(), ids=lambda example: example["id"])

NOT_THE_SLOPE = {
    "detach": "a derivative that is not the slope is its subject",
    "no-grad": "a derivative that is not the slope is its subject",
    "requires-grad": "a derivative that is not the slope is its subject",
    "corner": "no slope at a corner",
    "tie": "no slope at a tie",
    "where-nan": "no slope at the edge of a domain",
    "where-safe": "no slope at the edge of a domain",
    "norm-at-zero": "no slope at a corner",
    "cancellation": "its values have no correct digits",
    "cancellation-cured": "a difference of such small inputs has no digits",
    "overflow": "its values are infinite",
}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(Settings(), torch=True)


def ask(desk: Desk, example: dict[str, Any], **changes: Any) -> dict[str, Any]:
    request = {name: example[name] for name in ("source", "inputs", "mode", "seed", "wrt")} | changes
    status, body = desk.serve("trace", json.dumps(request).encode())
    assert status == 200, body.decode()
    return json.loads(body)


@each
def test_torch_agrees_at_every_node(desk: Desk, example: dict[str, Any]):
    verdict = ask(desk, example, verify=True)["verification"]
    assert verdict["agrees"] is True, verdict


@each
def test_the_page_can_open_it_where_it_says(desk: Desk, example: dict[str, Any]):
    trace = ask(desk, example)
    contributions = sum(len(step.get("contributions") or ()) for step in trace["steps"])
    moves = sum(node["kind"] != "constant" for node in trace["nodes"]) + len(trace["outputs"]) + contributions
    assert 0 <= example["step"] <= moves
    assert len(trace["nodes"]) <= 200


@each
def test_differences_of_values_confirm_the_derivative(desk: Desk, example: dict[str, Any]):
    if example["id"] in NOT_THE_SLOPE:
        pytest.skip(NOT_THE_SLOPE[example["id"]])
    trace = ask(desk, example)
    if example["mode"] == "forward":
        confirm_tangents(desk, example, trace)
    else:
        confirm_gradients(desk, example, trace)


def confirm_tangents(desk: Desk, example: dict[str, Any], trace: dict[str, Any]) -> None:
    h = 1e-6

    def at(t: float) -> list[np.ndarray]:
        moved = example["inputs"] | {name: example["inputs"][name] + t * dot for name, dot in example["seed"].items()}
        return outputs(desk, example, moved)

    for low, high, tangent in zip(at(-h), at(h), trace["output_tangents"].values(), strict=True):
        np.testing.assert_allclose((high - low) / (2 * h), tangent, rtol=1e-6, atol=1e-8)


def confirm_gradients(desk: Desk, example: dict[str, Any], trace: dict[str, Any]) -> None:
    weights = [np.asarray(trace["seed"][name]) for name in trace["output_names"]]

    def weighted(inputs: dict[str, Any]) -> float:
        return sum(float(np.sum(w * z)) for w, z in zip(weights, outputs(desk, example, inputs), strict=True))

    for name, gradient in trace["gradients"].items():
        x = np.asarray(example["inputs"][name], dtype=float)
        expected = np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            step = np.zeros(x.shape)
            step[place] = h = 1e-6 * (abs(float(x[place])) or 1.0)
            high, low = (weighted(example["inputs"] | {name: (x + sign * step).tolist()}) for sign in (1, -1))
            expected[place] = (high - low) / (2 * h)
        got = np.zeros(x.shape) if gradient is None else np.asarray(gradient)
        np.testing.assert_allclose(got, expected, rtol=2e-6, atol=1e-6 * max(1.0, float(np.max(np.abs(expected)))))


def outputs(desk: Desk, example: dict[str, Any], inputs: dict[str, Any]) -> list[np.ndarray]:
    trace = ask(desk, example, inputs=inputs, mode="primal", seed=None, wrt=None)
    return [np.asarray(trace["nodes"][node]["primal"], dtype=float) for node in trace["outputs"]]
