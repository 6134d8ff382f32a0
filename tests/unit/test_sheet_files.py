"""Sheets as files: what cannot be read is told as a problem, and costs no other sheet anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.__main__ import main
from app.settings import Settings
from app.wire.tasks import Desk

EXERCISE = {"source": "y = a * b", "inputs": {"a": 2, "b": 3}, "mode": "primal"}
RIGHT = '{"y": {"primal": 6}}'
UNREADABLE = ["", "y is 6", "[1, 2]", "6", '{"y": NaN}', '{"y": 6, "y": 7}', '{"y": "\\ud800"}', "[" * 100_000]


@pytest.fixture
def exercise(tmp_path: Path) -> str:
    file = tmp_path / "exercise.json"
    file.write_text(json.dumps(EXERCISE))
    return str(file)


def printed(capfdbinary, *command: str) -> tuple[int, dict]:
    status = main(list(command))
    return status, json.loads(capfdbinary.readouterr().out)


def batch(*answers: object) -> list[dict]:
    submissions = [{"id": number, "answers": one} for number, one in enumerate(answers)]
    status, content = Desk(Settings()).serve("grade/batch", json.dumps({"exercise": EXERCISE, "submissions": submissions}).encode())
    assert status == 200, content
    return json.loads(content)["results"]


def test_a_text_is_graded_as_the_answers_that_it_holds():
    text, answers = batch(RIGHT, json.loads(RIGHT))
    assert text["result"] == answers["result"]
    assert text["result"]["score"] == 1


def test_the_mark_that_some_editors_put_first_is_no_fault():
    assert batch("\ufeff" + RIGHT)[0]["result"]["score"] == 1


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_text_that_is_no_sheet_costs_no_other_anything(text: str):
    broken, right = batch(text, RIGHT)
    assert (broken["status"], broken["problem"]["code"]) == (422, "grade.unreadable")
    assert right["result"]["score"] == 1


@pytest.mark.parametrize("text", UNREADABLE)
@pytest.mark.parametrize("call", ["grade", "validate"])
def test_a_file_that_is_no_sheet_is_a_problem_on_the_command_line(call: str, text: str, exercise: str, tmp_path: Path, capfdbinary):
    sheet = tmp_path / "sheet.json"
    sheet.write_text(text)
    status, problem = printed(capfdbinary, call, exercise, str(sheet))
    assert (status, problem["code"]) == (1, "grade.unreadable")


def test_a_file_in_another_encoding_is_a_problem_too(exercise: str, tmp_path: Path, capfdbinary):
    sheet = tmp_path / "sheet.json"
    sheet.write_bytes(RIGHT.encode("utf-16"))
    status, problem = printed(capfdbinary, "grade", exercise, str(sheet))
    assert (status, problem["code"]) == (1, "grade.unreadable")
    assert "not UTF-8" in problem["detail"]


def test_an_exercise_that_is_no_json_is_not_blamed_on_the_sheet(tmp_path: Path, capfdbinary):
    (tmp_path / "exercise.json").write_text("{")
    (tmp_path / "sheet.json").write_text(RIGHT)
    status, problem = printed(capfdbinary, "grade", str(tmp_path / "exercise.json"), str(tmp_path / "sheet.json"))
    assert (status, problem["code"], problem["detail"][:24]) == (1, "request.json", "The exercise is not JSON")


def test_a_folder_is_a_batch_of_the_students_that_its_files_name(exercise: str, tmp_path: Path, capfdbinary):
    folder = tmp_path / "sheets"
    folder.mkdir()
    for name, text in (("zoe", "y is 6"), ("ada", RIGHT)):
        (folder / f"{name}.json").write_text(text)
    (folder / "notes.txt").write_text("no sheet")
    status, answer = printed(capfdbinary, "grade/batch", exercise, str(folder))
    assert status == 0
    assert [(row["id"], row["status"]) for row in answer["results"]] == [("ada", 200), ("zoe", 422)]


def test_in_a_folder_everybody_has_a_variant_of_their_own(tmp_path: Path, capfdbinary):
    text = {"id": "v", "source": "y = 2 * x", "mode": "primal", "variants": {"x": {"range": [1, 1000]}}}
    (tmp_path / "exercise.json").write_text(json.dumps(text))
    folder = tmp_path / "sheets"
    folder.mkdir()
    for name in ("ada", "bob"):
        (folder / f"{name}.json").write_text("{}")
    _, answer = printed(capfdbinary, "grade/batch", str(tmp_path / "exercise.json"), str(folder))
    drawn = {row["id"]: row["result"]["inputs"] for row in answer["results"]}
    assert drawn["ada"] != drawn["bob"]
    (tmp_path / "sheet.json").write_text("{}")
    _, alone = printed(capfdbinary, "grade", str(tmp_path / "exercise.json"), str(tmp_path / "sheet.json"), "--student", "ada")
    assert alone["inputs"] == drawn["ada"]
