"""examples/gradescope in the layout of Gradescope: /autograder with source, submission and results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fence import EXAMPLES, RIGHT, ROOT, SLIPPED, UNREADABLE, offline, read


@pytest.fixture
def autograder(tmp_path: Path) -> Path:
    """The folder as Gradescope builds it from the archive of a teacher."""
    root = tmp_path / "autograder"
    shutil.copytree(EXAMPLES / "gradescope", root / "source")
    (root / "source" / "wengert").mkdir()
    for part in ("app", "tools", "requirements.lock", ".venv"):
        (root / "source" / "wengert" / part).symlink_to(ROOT / part)
    shutil.move(root / "source" / "run_autograder", root / "run_autograder")
    (root / "submission").mkdir()
    (root / "results").mkdir()
    return root


def graded(root: Path, sheet: str | bytes | None) -> dict:
    if sheet is not None:
        (root / "submission" / "answers.json").write_bytes(sheet if isinstance(sheet, bytes) else sheet.encode())
    done = offline(root / "run_autograder", where=root, AUTOGRADER_ROOT=root)
    assert done.returncode == 0, done.stderr
    result = read(root / "results" / "results.json")
    assert isinstance(result["score"], (int, float))
    assert isinstance(result["output"], str)
    assert result["output"]
    return result


def test_the_set_up_leaves_a_grader_that_grades(autograder: Path):
    done = offline("bash", autograder / "source" / "setup.sh", where=autograder, AUTOGRADER_ROOT=autograder)
    assert (done.returncode, done.stdout) == (0, "the grader is ready\n"), done.stderr


def test_a_right_sheet_has_all_points(autograder: Path):
    result = graded(autograder, RIGHT)
    assert (result["score"], result["output"], result["visibility"]) == (8, "8 of 8 points. 8 of 8 right.", "visible")
    assert result["stdout_visibility"] == "hidden"
    assert len(result["tests"]) == 8
    for test in result["tests"]:
        assert (test["score"], test["max_score"], test["status"], test["output_format"]) == (1, 1, "passed", "text")
        assert test["output"].endswith(": correct.")


def test_a_slip_costs_one_value(autograder: Path):
    result = graded(autograder, SLIPPED)
    assert result["score"] == 7
    assert result["output"] == "7 of 8 points. 7 of 8 right. Slipped once at c, carried to 3 nodes."
    (failed,) = [test for test in result["tests"] if test["status"] == "failed"]
    assert (failed["name"], failed["score"], failed["max_score"]) == ("primal of c", 0, 1)
    assert "Expected: 3.0." in failed["output"]


@pytest.mark.parametrize("sheet", [UNREADABLE, "", "[1, 2]", '{"c": NaN}', '{"zz": 1}', '{"c": 3, "c": 4}', b"\xff\xfe", "[" * 100_000])
def test_a_sheet_that_cannot_be_read_says_so(autograder: Path, sheet: str | bytes):
    result = graded(autograder, sheet)
    assert (result["score"], result["tests"]) == (0, [])
    assert result["output"].startswith("This sheet could not be graded. ")


def test_a_missing_file_is_asked_for_by_its_name(autograder: Path):
    result = graded(autograder, None)
    assert (result["score"], result["output"]) == (0, "Please submit a file with the name answers.json; there is none.")


@pytest.mark.parametrize(("exercise", "said"), [('{"sauce": "y = x"}', "request.field"), ("{", "Expecting")])
def test_a_broken_exercise_is_told_to_the_instructor_and_politely_to_the_student(autograder: Path, exercise: str, said: str):
    (autograder / "source" / "exercise.json").write_text(exercise)
    (autograder / "submission" / "answers.json").write_text(RIGHT)
    done = offline(autograder / "run_autograder", where=autograder, AUTOGRADER_ROOT=autograder)
    assert said in done.stdout + done.stderr
    result = read(autograder / "results" / "results.json")
    assert result["output"].startswith("The grader could not run.")


def test_everybody_has_the_variant_of_their_own_id(autograder: Path):
    exercise = {"id": "v", "source": "y = 2 * x", "mode": "primal", "variants": {"x": {"range": [1, 1000]}}}
    (autograder / "source" / "exercise.json").write_text(json.dumps(exercise))
    told = set()
    for student in (7, 8):
        (autograder / "submission_metadata.json").write_text(json.dumps({"users": [{"email": "x@y.org", "id": student, "name": "X"}]}))
        told.add(graded(autograder, '{"y": 0}')["tests"][0]["output"])
    assert len(told) == 2


def test_a_module_in_the_submission_is_not_imported(autograder: Path):
    (autograder / "submission" / "json.py").write_text("raise SystemExit('mine')")
    (autograder / "json.py").write_text("raise SystemExit('mine')")
    assert graded(autograder, RIGHT)["score"] == 8
