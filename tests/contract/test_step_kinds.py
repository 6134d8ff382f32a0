"""The cursor counts the same steps in Python and in JavaScript."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
from live import ROOT

from app.settings import Settings
from app.wire.steps import STEP_KINDS
from app.wire.tasks import Desk

MODULE = ROOT / "static" / "js" / "steps.js"
SCRIPT = """
const {{ stepsOf }} = await import({module});
const trace = JSON.parse((await import("node:fs")).readFileSync(0, "utf-8"));
console.log(JSON.stringify(stepsOf(trace).map((step) => step.kind)));
"""
PROGRAMS = [
    {"source": "y = log(x1) + x1*x2 - sin(x2)", "inputs": {"x1": 2, "x2": 5}},
    {"source": "y = x - x\nz = 2*x", "inputs": {"x": 1}, "outputs": ["y", "z"], "seed": {"y": 1, "z": 3}},
    {"source": "s = 0\nfor i in range(3):\n    s = s*x + 1\ns", "inputs": {"x": 1}},
    {"source": "y = sum(A @ v)", "inputs": {"A": [[1, 2], [3, 4]], "v": [1, 1]}},
]


def counted(answer: dict) -> list[str]:
    """The kinds that a cursor over an answer meets."""
    forward = [STEP_KINDS[0] for step in answer["steps"] if step["phase"] == "forward"]
    seeds = [STEP_KINDS[1] for _ in answer["seed"]]
    return forward + seeds + [STEP_KINDS[2] for step in answer["steps"] for _ in step.get("contributions", [])]


def test_both_languages_list_the_same_kinds():
    listed = re.search(r"STEP_KINDS = Object\.freeze\((\[.*?\])\)", MODULE.read_text(encoding="utf-8")).group(1)
    assert tuple(json.loads(listed)) == STEP_KINDS


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not on the PATH")
@pytest.mark.parametrize("program", PROGRAMS)
def test_both_languages_count_the_same_steps(program: dict):
    status, content = Desk(Settings()).serve("trace", json.dumps(program).encode())
    assert status == 200
    script = SCRIPT.format(module=json.dumps(MODULE.as_uri()))
    done = subprocess.run(["node", "--input-type=module", "-e", script], input=content, capture_output=True, timeout=30, check=True)
    assert json.loads(done.stdout) == counted(json.loads(content))
