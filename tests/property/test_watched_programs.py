"""Random programs with conditions, loops and recursion: watched, they run as they always do, and what is told of them holds."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.settings import Settings
from app.wire.tasks import Desk
from tests.property.programs import program

DESK = Desk(Settings())


def asked(call: str, **request: Any) -> tuple[int, dict[str, Any]]:
    status, content = DESK.serve(call, json.dumps(request).encode())
    return status, json.loads(content)


@pytest.mark.parametrize("seed", range(60))
def test_a_watched_program_runs_as_it_always_does(seed: int):
    drawn = program(seed)
    inputs = {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in drawn.inputs.items()}
    common = {"source": drawn.source, "inputs": inputs, "seed": 1}
    status, trace = asked("trace", **common, include=["spans"])
    watched, answer = asked("dynamics", **common, other=inputs)
    if status != 200:
        assert watched == status or trace["code"] == "seed.required"
        return
    assert watched == 200, answer
    run, nodes = answer["run"], trace["nodes"]
    assert run["trace"] == trace
    assert answer["alignment"] == {"both": [[node, node, True] for node in range(len(nodes))], "left": [], "right": []}
    stands_for = run["rolled"]["stands_for"]
    assert all(stands_for[one] == one for one in stands_for)
    assert all((nodes[one]["op"], nodes[one]["span"]) == (node["op"], node["span"]) for one, node in zip(stands_for, nodes, strict=True))
    assert all(edge["carried"] or edge["from"] < edge["to"] for edge in run["rolled"]["edges"])
    assert run["rolled"]["unrolled_edges"] == sum(len(node["inputs"]) for node in nodes)
