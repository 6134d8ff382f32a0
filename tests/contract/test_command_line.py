"""python -m app trace prints what the API answers."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from live import ROOT, Live

SOURCE = "c = a + b\nd = a * c\n"
INPUTS = {"a": 2, "b": 3}


def run(*arguments: str, given: str = SOURCE) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments], cwd=ROOT, input=given.encode(), capture_output=True, timeout=60, check=False
    )


def test_the_answer_is_the_same_bytes_as_over_http(server: Live, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(SOURCE)
    printed = run("trace", str(program), "--inputs", json.dumps(INPUTS))
    assert printed.stdout.rstrip(b"\n") == server.trace({"source": SOURCE, "inputs": INPUTS}).content
    assert printed.returncode == 0


def test_every_option_reaches_the_request(server: Live, tmp_path):
    inputs = tmp_path / "inputs.json"
    inputs.write_text(json.dumps(INPUTS))
    options = ["--mode", "forward", "--seed", '{"b": 1}', "--wrt", "b,a", "--outputs", "c", "--values", "summary"]
    printed = run("trace", "-", "--inputs", f"@{inputs}", *options)
    body = {
        "source": SOURCE,
        "inputs": INPUTS,
        "mode": "forward",
        "seed": {"b": 1},
        "wrt": ["b", "a"],
        "outputs": ["c"],
        "values": "summary",
    }
    assert printed.stdout.rstrip(b"\n") == server.trace(body).content


@pytest.mark.parametrize(
    ("call", "more"),
    [
        *(("jacobian", {"chain": True}), ("hessian", {"outputs": ["d"]}), ("cost", {})),
        *(("memory", {"slots": 2}), ("dynamics", {"other": {"a": 3}}), ("numerical", {"wrt": "c", "steps": [0.1]}), ("symbolic", {})),
        *(("dual", {"order": 3, "seed": "b"}), ("backpropagation", {})),
    ],
)
def test_each_lab_has_a_command_that_prints_what_the_api_answers(server: Live, call: str, more: dict):
    printed = run(call, "-", "--inputs", json.dumps(INPUTS), "--with", json.dumps(more))
    body = {"source": SOURCE, "inputs": INPUTS} | more
    assert json.loads(printed.stdout) == server.client.post(f"/api/v1/{call}", json=body).json()
    assert printed.returncode == 0


def test_a_closed_form_is_printed_for_declared_shapes():
    more = {"wrt": "x", "shapes": {"x": ["n"], "A": ["n", "n"]}}
    printed = run("matrix-derivative", "-", "--with", json.dumps(more), given="x.T @ A @ x")
    assert json.loads(printed.stdout)["text"] == "(A + A.T) @ x"


def test_pasted_pytorch_is_followed_on_the_command_line():
    printed = run("autograd", "-", given="import torch\nx = torch.tensor(2.0, requires_grad=True)\n(x * x).backward()\nprint(x.grad)\n")
    assert json.loads(printed.stdout)["printed"] == [{"line": 4, "text": "tensor(4.)", "torch": "tensor(4.)", "same": True, "close": True}]


def test_the_file_of_a_problem_with_constraints_is_its_objective(server: Live):
    more = {"constraints": ["x**2 + y**2 == 1"], "contours": False}
    printed = run("lagrange", "-", "--with", json.dumps(more), given="x*y")
    answer = server.client.post("/api/v1/lagrange", json={"objective": "x*y", **more})
    assert json.loads(printed.stdout) == answer.json()


def test_further_fields_that_are_no_json_are_told():
    printed = run("jacobian", "-", "--inputs", json.dumps(INPUTS), "--with", "{chain")
    assert printed.returncode == 1
    assert b"--with is not JSON" in printed.stderr


def test_torch_gives_its_opinion_here_too():
    answer = json.loads(run("trace", "-", "--inputs", json.dumps(INPUTS), "--verify").stdout)
    assert answer["verification"]["agrees"] is True


def test_the_table_is_the_evaluation_trace():
    printed = run("trace", "-", "--inputs", json.dumps(INPUTS), "--table").stdout.decode()
    assert printed == TABLE


TABLE = """\
     name  operation     primal  adjoint
───  ────  ────────────  ──────  ───────
v₋₁  a     input              2        7
v₀   b     input              3        2
v₁   c     add(v₋₁, v₀)       5        2
v₂   d     mul(v₋₁, v₁)      10        1

from  to  slot  adds  adjoint after
────  ──  ────  ────  ─────────────
d     a   0        5              5
d     c   1        2              2
c     a   0        2              7
c     b   1        2              2

adjoint of a: 7
adjoint of b: 2
"""


def test_a_problem_is_printed_and_the_status_is_not_zero():
    printed = run("trace", "-", given="y = 4x + 1")
    assert printed.returncode == 1
    assert json.loads(printed.stderr)["code"] == "source.product"


def test_wrong_json_on_the_command_line_is_a_sentence():
    printed = run("trace", "-", "--inputs", "{x: 1}")
    assert printed.returncode == 1
    assert printed.stderr.startswith(b"--inputs is not JSON")


def test_the_doctor_says_what_is_here():
    printed = run("doctor").stdout.decode()
    assert {line.split()[0] for line in printed.splitlines()} >= {"python", "numpy", "torch", "device", "node", "page"}


def test_the_offline_grader_prints_the_bytes_of_the_api(server: Live, tmp_path):
    exercise = {"source": "c = a + b\nd = a * c", "inputs": {"a": 2, "b": 3}}
    answers = {"c": {"primal": "5"}, "d": {"primal": 11}, "a": {"adjoint": "7.0"}}
    (tmp_path / "exercise.json").write_text(json.dumps(exercise))
    printed = run("grade", str(tmp_path / "exercise.json"), "-", given=json.dumps(answers))
    answer = server.client.post("/api/v1/grade", json={"exercise": exercise, "answers": answers})
    assert printed.stdout.rstrip(b"\n" if isinstance(printed.stdout, bytes) else "\n") == (
        answer.content if isinstance(printed.stdout, bytes) else answer.text
    )
    assert printed.returncode == 0
