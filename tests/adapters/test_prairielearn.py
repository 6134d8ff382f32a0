"""examples/prairielearn in the layout of an external grader: /grade with student, tests and data."""

from __future__ import annotations

import re
import shutil
import uuid
from pathlib import Path

import pytest
from fence import EXAMPLES, RIGHT, ROOT, SLIPPED, UNREADABLE, offline, read

QUESTION = EXAMPLES / "prairielearn/questions/slopes"


@pytest.fixture
def grade(tmp_path: Path) -> Path:
    """The folder as PrairieLearn mounts it; results are made by the grader."""
    root = tmp_path / "grade"
    shutil.copytree(QUESTION / "tests", root / "tests")
    (root / "student").mkdir(parents=True)
    (root / "data").mkdir()
    (root / "data" / "data.json").write_text("{}")
    return root


def graded(root: Path, sheet: str | None, wengert: Path = ROOT) -> dict:
    if sheet is not None:
        (root / "student" / "answers.json").write_text(sheet, encoding="utf-8")
    done = offline(root / "tests" / "grade.py", where=root, GRADE_ROOT=root, WENGERT=wengert)
    assert done.returncode == 0, done.stderr
    result = read(root / "results" / "results.json")
    assert isinstance(result["message"], str)
    assert 0 <= result["score"] <= 1
    return result


def test_a_right_sheet_has_all_points(grade: Path):
    result = graded(grade, RIGHT)
    assert (result["gradable"], result["score"], result["message"]) == (True, 1, "8 of 8 points. 8 of 8 right.")
    assert [(test["points"], test["max_points"]) for test in result["tests"]] == [(1, 1)] * 8
    assert all(test["message"].endswith(": correct.") for test in result["tests"])


def test_a_slip_costs_one_value(grade: Path):
    result = graded(grade, SLIPPED)
    assert (result["gradable"], result["score"]) == (True, 0.875)
    (failed,) = [test for test in result["tests"] if test["points"] == 0]
    assert (failed["name"], failed["max_points"]) == ("primal of c", 1)
    assert failed["message"].startswith("You wrote 7: not correct.")


@pytest.mark.parametrize("sheet", [UNREADABLE, "", "[1, 2]", '{"zz": 1}', '{"c": {"primal": NaN}}', None])
def test_a_sheet_that_cannot_be_read_costs_no_attempt(grade: Path, sheet: str | None):
    result = graded(grade, sheet)
    assert result["gradable"] is False
    assert result["score"] == 0
    (why,) = result["format_errors"]
    assert why.endswith(".")


def test_a_sheet_of_words_costs_no_attempt_either(grade: Path):
    result = graded(grade, '{"c": {"primal": "three"}}')
    assert (result["gradable"], result["message"]) == (False, "No number could be read.")
    assert "three" in result["output"]


def test_one_unreadable_number_leaves_the_others_their_points(grade: Path):
    result = graded(grade, RIGHT.replace("5", '"five"'))
    assert (result["gradable"], result["score"]) == (True, 0.875)
    (unread,) = [test for test in result["tests"] if test["points"] == 0]
    assert (unread["name"], unread["message"].startswith("Not readable as a number.")) == ("adjoint of b", True)


def test_a_grader_that_is_not_there_is_told(grade: Path, tmp_path: Path):
    result = graded(grade, RIGHT, wengert=tmp_path / "nowhere")
    assert (result["gradable"], result["message"]) == (False, "The grader could not run; please tell your instructor.")


def test_the_question_says_what_prairielearn_needs():
    info = read(QUESTION / "info.json")
    assert {"uuid", "title", "topic", "type"} <= info.keys()
    assert uuid.UUID(info["uuid"]).version == 4
    assert info["gradingMethod"] == "External"
    options = info["externalGradingOptions"]
    assert (options["enabled"], options["enableNetworking"]) == (True, False)
    assert options["timeout"] <= 600
    assert (QUESTION / Path(options["entrypoint"]).relative_to("/grade")).stat().st_mode & 0o111
    html = (QUESTION / "question.html").read_text(encoding="utf-8")
    assert set(re.findall(r"<(pl-[a-z-]+)", html)) == {
        *("pl-question-panel", "pl-submission-panel", "pl-file-editor", "pl-external-grader-results", "pl-file-preview")
    }


def test_the_form_of_the_question_is_a_blank_sheet(grade: Path):
    html = (QUESTION / "question.html").read_text(encoding="utf-8")
    blank = re.search(r"<pl-file-editor[^>]*>(.*)</pl-file-editor>", html, re.DOTALL).group(1)
    result = graded(grade, blank)
    assert (result["gradable"], result["score"]) == (True, 0)
    assert {test["message"] for test in result["tests"]} == {"Left blank."}
