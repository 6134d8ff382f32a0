"""The grader without a server prints the bytes that the server answers: for the whole library, in every shape."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from live import ROOT, Live

from app.__main__ import main
from app.gallery.reading import library
from app.grading.asked import questions
from app.settings import Settings
from app.wire import keys
from app.wire.formatted import FORMATS
from app.wire.requests.exercise import ExerciseText, exercise
from app.wire.selftest import right

each_exercise = pytest.mark.parametrize("identity", library())
each_sheet = pytest.mark.parametrize("kind", ["right", "slipped", "blank"])
each_format = pytest.mark.parametrize("form", FORMATS)
SETTINGS = Settings()
SOME = ("chain-inner-line", "vjp-bias", "both-ways-diamond")


def sheet(identity: str, kind: str, student: str | None = None) -> dict[str, Any]:
    """The right sheet of a student's variant, or that sheet with its first number off, or with every place empty."""
    task = exercise(ExerciseText.model_validate(library()[identity]))
    key = keys.key(task, keys.variant(task, None, student, SETTINGS)[1], SETTINGS)
    answers = right(key, [question.spot for question in questions(task, key, ())])
    if kind == "blank":
        return {node: dict.fromkeys(quantities, "") for node, quantities in answers.items()}
    if kind == "slipped":
        quantities = next(iter(answers.values()))
        name = next(iter(quantities))
        quantities[name] = off(quantities[name])
    return answers


def off(value: Any) -> Any:
    """A value or the first of a list, seven too large."""
    if value is None:
        return 7
    return [off(value[0]), *value[1:]] if isinstance(value, list) else value + 7


@pytest.fixture
def offline(tmp_path: Path, capfdbinary) -> Callable[..., bytes]:
    """What the command line prints about the content of a file."""

    def run(call: str, identity: str, content: Any, *options: str) -> bytes:
        (tmp_path / "content.json").write_text(json.dumps(content), encoding="utf-8")
        assert main([call, identity, str(tmp_path / "content.json"), *options]) == 0
        return capfdbinary.readouterr().out

    return run


@each_exercise
@each_sheet
def test_a_graded_sheet(server: Live, offline, identity: str, kind: str):
    answers = sheet(identity, kind)
    answered = server.client.post("/api/v1/grade", json={"exercise_id": identity, "answers": answers})
    assert answered.status_code == 200
    assert (answered.json()["score"] == answered.json()["max_score"]) == (kind == "right")
    assert offline("grade", identity, answers) == answered.content + b"\n"


@each_exercise
def test_a_batch_of_students_with_variants(server: Live, offline, identity: str):
    submissions = class_of(identity)
    answered = server.client.post("/api/v1/grade/batch", json={"exercise_id": identity, "submissions": submissions})
    assert [row["status"] for row in answered.json()["results"]] == [200, 200, 200, 422]
    assert offline("grade/batch", identity, submissions) == answered.content + b"\n"


@each_exercise
@each_format
def test_a_sheet_in_a_format(server: Live, offline, identity: str, form: str):
    answers = sheet(identity, "slipped")
    answered = server.client.post(f"/api/v1/grade?format={form}", json={"exercise_id": identity, "answers": answers})
    assert answered.status_code == 200
    assert offline("grade", identity, answers, "--format", form) == ended(answered.content)


@each_exercise
@each_format
def test_a_batch_in_a_format(server: Live, offline, identity: str, form: str):
    body = {"exercise_id": identity, "submissions": class_of(identity)}
    answered = server.client.post(f"/api/v1/grade/batch?format={form}", json=body)
    assert answered.status_code == 200
    assert offline("grade/batch", identity, body["submissions"], "--format", form) == ended(answered.content)


@pytest.mark.parametrize("identity", SOME)
@each_sheet
def test_in_a_process_of_its_own_with_the_files_of_a_student(server: Live, tmp_path: Path, identity: str, kind: str):
    """As an autograder starts it: both files by name, the sheet on standard input."""
    answers = sheet(identity, kind, "ada")
    (tmp_path / "exercise.json").write_text(json.dumps(library()[identity]), encoding="utf-8")
    command = [sys.executable, "-m", "app", "grade", "exercise.json", "-", "--student", "ada"]
    done = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, input=json.dumps(answers).encode(), capture_output=True, check=True
    )
    body = {"exercise": library()[identity], "answers": answers, "student": "ada"}
    assert done.stdout == server.client.post("/api/v1/grade", json=body).content + b"\n"


@pytest.mark.parametrize("answers", [{"nowhere": 1}, {"c": {"colour": 1}}])
def test_a_sheet_that_is_refused(server: Live, tmp_path: Path, capfdbinary, answers: dict):
    (tmp_path / "sheet.json").write_text(json.dumps(answers))
    answered = server.client.post("/api/v1/grade", json={"exercise_id": "reverse-first-sweep", "answers": answers})
    assert answered.status_code == 422
    assert main(["grade", "reverse-first-sweep", str(tmp_path / "sheet.json")]) == 1
    assert capfdbinary.readouterr().out == answered.content + b"\n"


def class_of(identity: str) -> list[dict[str, Any]]:
    """Three students with variants of their own, and a fourth whose file is no sheet."""
    kinds = {"ada": "right", "bob": "slipped", "cyd": "blank"}
    sheets = [{"id": name, "student": name, "answers": sheet(identity, kind, name)} for name, kind in kinds.items()]
    return [*sheets, {"id": "dan", "answers": "I have forgotten it"}]


def ended(content: bytes) -> bytes:
    """What is printed: a table ends its last line itself."""
    return content if content.endswith(b"\n") else content + b"\n"
