"""Cuts of a tape: adjoint times tangent, summed over what crosses, is the same at every one."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.labs.cuts import cuts
from app.settings import Settings
from app.wire.tasks import Desk
from tests.property.programs import program
from tests.property.sweeps import NO_GRAD, paired, sweep

DESK = Desk(Settings())
SURVEY = "v1 = log(x1)\nv2 = x1*x2\nv3 = sin(x2)\nv4 = v1 + v2\nv5 = v4 - v3"


def asked(source: str, inputs: dict[str, Any], **request: Any) -> dict[str, Any]:
    """The answer in mode both, with its cuts."""
    body = {"source": source, "inputs": inputs, "mode": "both", "include": ["cuts"]} | request
    status, content = DESK.serve("trace", json.dumps(body).encode())
    answer: dict[str, Any] = json.loads(content)
    assert status == 200, answer
    return answer


def test_the_survey_example_has_the_same_sum_at_every_cut():
    found = asked(SURVEY, {"x1": 2, "x2": 5})["cuts"]
    assert [place["after"] for place in found["places"]] == [1, 2, 3, 4, 5, 6]
    assert [place["sum"] for place in found["places"]] == pytest.approx([5.5] * 6)
    assert found["steady"]


def test_a_cut_has_the_adjoints_from_beyond_it():
    places = asked(SURVEY, {"x1": 2, "x2": 5})["cuts"]["places"]
    behind_v2 = {term["node"]: term["adjoint"] for term in places[2]["terms"]}
    assert behind_v2 == pytest.approx({1: -0.2836621854632263, 2: 1, 3: 1})
    assert {term["node"]: term["product"] for term in places[2]["terms"]} == pytest.approx({1: 0, 2: 0.5, 3: 5})


def test_seeds_of_several_outputs_are_all_in_the_sum():
    found = asked("a = x*y\nb = sin(x)", {"x": 2, "y": 3}, outputs=["a", "b"], seed={"x": 1, "y": 2, "a": 3, "b": 5})["cuts"]
    assert found["steady"]
    assert found["places"][-1]["sum"] == pytest.approx(3 * 7 + 5 * np.cos(2))


def test_tensors_count_with_all_their_entries():
    found = asked("y = sum(A @ v * v)", {"A": [[1, 2], [3, 4]], "v": [5, 6]}, seed={"A": [[1, 0], [0, 0]], "v": [0, 1]})["cuts"]
    assert found["steady"]
    assert len({round(place["sum"], 9) for place in found["places"]}) == 1


def test_what_lets_one_sweep_through_alone_is_told():
    found = asked("with no_grad():\n    a = x * x\ny = a * x", {"x": 3})["cuts"]
    assert not found["steady"]


def test_cuts_are_sent_on_request_alone():
    assert "cuts" not in asked(SURVEY, {"x1": 2, "x2": 5}, include=["steps"])
    assert asked(SURVEY, {"x1": 2, "x2": 5}, mode="reverse")["cuts"] is None


def test_very_long_tapes_have_their_sums_alone():
    source = "\n".join(["s = x"] + [f"a{i} = x * {i}" for i in range(100)] + [f"s = s + a{i}" for i in range(100)])
    places = asked(source, {"x": 2})["cuts"]["places"]
    assert all(place["terms"] is not None for place in places)
    longer = "\n".join(["s = x"] + [f"a{i} = x * {i}" for i in range(260)] + [f"s = s + a{i}" for i in range(260)])
    assert {place["terms"] is None for place in asked(longer, {"x": 2})["cuts"]["places"]} == {True}
    assert asked("for i in range(2100): x = x + 1\ny = x", {"x": 2})["cuts"] is None


def test_random_programs_have_steady_sums():
    checked = 0
    for seed in range(60):
        drawn = program(seed)
        if NO_GRAD.search(drawn.source) or drawn.wild:
            continue
        swept = sweep(drawn.source, drawn.inputs, drawn.seed)
        ahead, _, scale = paired(swept.run, swept.sweeps, swept.dots, swept.bars)
        places = [len(swept.run.inputs) - 1] + [node for node, rule in enumerate(swept.tape.rules) if rule is not None]
        seeds = [(node, bar) for (_, node), bar in zip(swept.run.outputs, swept.bars, strict=True) if swept.tape.live[node]]
        with np.errstate(all="ignore"):
            found = cuts(places, seeds, swept.sweeps.tangents, swept.sweeps.played)
        if not np.isfinite([cut.total for cut in found]).all():
            continue
        sizes = [max([abs(term.product) for term in cut.terms], default=0.0) * max(len(cut.terms), 1) for cut in found]
        for cut in found:
            assert abs(cut.total - ahead) <= 1e-9 * max(scale, *sizes), f"program {seed}, behind {cut.after}"
        checked += 1
    assert checked > 20
