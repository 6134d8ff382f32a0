"""examples/coderunner as CodeRunner runs a combinator template: filled in, alone with its support file."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from fence import EXAMPLES, RIGHT, ROOT, SLIPPED, UNREADABLE, offline

FOR_PYTHON = str.maketrans({"\\": "\\\\", '"': '\\"'})
"""What Twig's e('py') does in CodeRunner."""


def graded(folder: Path, sheet: str, wengert: Path = ROOT) -> dict:
    template = (EXAMPLES / "coderunner/template.py").read_text(encoding="utf-8")
    place = "{{ STUDENT_ANSWER | e('py') }}"
    assert template.count(place) == 1
    (folder / "__tester__.python3").write_text(template.replace(place, sheet.translate(FOR_PYTHON)), encoding="utf-8")
    shutil.copy(EXAMPLES / "coderunner/exercise.json", folder)
    done = offline(sys.executable, "__tester__.python3", where=folder, WENGERT=wengert)
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result.keys() <= {"fraction", "prologuehtml", "testresults", "columnformats"}
    assert 0 <= result["fraction"] <= 1
    return result


def test_a_right_sheet_has_a_table_of_ticks(tmp_path: Path):
    result = graded(tmp_path, RIGHT)
    assert (result["fraction"], result["prologuehtml"]) == (1, "<p>8 of 8 points. 8 of 8 right.</p>")
    assert result["testresults"][0] == ["iscorrect", "Asked", "Your answer", "Verdict"]
    assert [row[0] for row in result["testresults"][1:]] == [1] * 8


def test_a_slip_has_one_cross(tmp_path: Path):
    result = graded(tmp_path, SLIPPED)
    assert result["fraction"] == 0.875
    (row,) = [row for row in result["testresults"][1:] if row[0] == 0]
    assert row[1:3] == ["primal of c", "7"]
    assert "Expected: 3.0." in row[3]


@pytest.mark.parametrize("sheet", [UNREADABLE, "", '"""; import os', "\\", '{"<b>": 1}', 'é"\\n'])
def test_a_sheet_that_cannot_be_read_says_so(tmp_path: Path, sheet: str):
    result = graded(tmp_path, sheet)
    assert result["fraction"] == 0
    assert result["prologuehtml"].startswith("<p>This sheet could not be graded. ")
    assert "<b>" not in result["prologuehtml"]
    assert "testresults" not in result


def test_a_grader_that_is_not_there_is_told(tmp_path: Path):
    result = graded(tmp_path, RIGHT, wengert=tmp_path / "nowhere")
    assert (result["fraction"], "could not run" in result["prologuehtml"]) == (0, True)
