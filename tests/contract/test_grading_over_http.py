"""Grading over HTTP: formats, and the same bytes as the command line."""

from __future__ import annotations

import json
import subprocess
import sys

from live import ROOT, Live, check_problem

EXERCISE = {"source": "y = a * b", "inputs": {"a": 2, "b": 3}}
BODY = {"exercise": EXERCISE, "answers": {"y": {"primal": 6, "adjoint": 1}}}


def test_a_format_is_asked_for_by_the_address(server: Live):
    found = server.client.post("/api/v1/grade", params={"format": "gradescope"}, json=BODY)
    assert found.headers["content-type"] == "application/json"
    assert found.json()["tests"]
    assert "items" in server.client.post("/api/v1/grade", params={"format": "json"}, json=BODY).json()


def test_a_table_is_sent_as_one(server: Live):
    body = {"exercise": EXERCISE, "submissions": [{"id": "ada", "answers": BODY["answers"]}]}
    found = server.client.post("/api/v1/grade/batch?format=moodle-csv", json=body)
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    assert found.text.splitlines()[0] == "Identifier,Grade,Feedback"


def test_an_unknown_format_is_a_problem(server: Live):
    check_problem(server.client.post("/api/v1/grade?format=excel", json=BODY), 422, "request.field")
    check_problem(server.client.post("/api/v1/grade?format=", json=BODY), 422, "request.field")


def test_a_server_without_a_database_has_the_library_and_keeps_nothing(server: Live):
    listed = server.client.get("/api/v1/exercises").json()["exercises"]
    assert listed
    assert server.client.get(f"/api/v1/exercises/{listed[0]['id']}").json()["id"] == listed[0]["id"]
    body = {"exercise_id": listed[0]["id"], "answers": {}, "student": "ada"}
    check_problem(server.client.post("/api/v1/submissions", json=body), 404, "exercise.unknown")
    check_problem(server.client.post("/api/v1/session", json={"key": "wgt_x"}), 503, "store.none")
    assert server.client.get("/readyz").json()["store"] == "off"


def test_the_command_line_has_the_same_bytes(server: Live, tmp_path):
    (tmp_path / "exercise.json").write_text(json.dumps(EXERCISE))
    (tmp_path / "answers.json").write_text(json.dumps(BODY["answers"]))
    for form, end in (("gradescope", b"\n"), ("moodle-csv", b"")):
        command = [sys.executable, "-m", "app", "grade", "exercise.json", "answers.json", "--format", form]
        printed = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, env={"PYTHONPATH": str(ROOT)}).stdout
        assert printed == server.client.post(f"/api/v1/grade?format={form}", json=BODY).content + end
