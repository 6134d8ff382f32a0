"""examples/nbgrader in a course of nbgrader: autograded/STUDENT/ASSIGNMENT, its cells run in order."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import pytest
from fence import EXAMPLES, RIGHT, ROOT, SLIPPED, UNREADABLE, offline, read

COURSE = EXAMPLES / "nbgrader"
RUN = """
import ast, json, pathlib
names = {}
for source in json.loads(pathlib.Path("cells.json").read_text()):
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    shown = None if last is None else eval(compile(last, "cell", "eval"), names)
pathlib.Path("shown.json").write_text(json.dumps(repr(shown)))
"""
"""What a kernel does with the cells: the last expression of the last one is its output."""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return shutil.copytree(COURSE, tmp_path / "course")


def points(course: Path, student: str, answers: str) -> tuple[float, str]:
    """The points by nbgrader's rule (an error has none, otherwise the output is the points), and what the cell printed or failed with."""
    folder = shutil.copytree(course / "source" / "slopes", course / "autograded" / student / "slopes")
    cells = [cell for cell in read(folder / "slopes.ipynb")["cells"] if cell["cell_type"] == "code"]
    sheet, test = ("".join(cell["source"]) for cell in cells)
    assert sheet.startswith("answers = ")
    (folder / "cells.json").write_text(json.dumps([f"answers = {answers}", test]))
    done = offline(sys.executable, "-c", RUN, where=folder, WENGERT=ROOT)
    if done.returncode:
        return 0.0, done.stderr
    most = cells[1]["metadata"]["nbgrader"]["points"]
    shown = float(read(folder / "shown.json"))
    assert 0 < shown <= most
    return shown, done.stdout


def test_the_notebook_is_an_assignment_of_nbgrader():
    notebook = read(COURSE / "source/slopes/slopes.ipynb")
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    solution, test = (cell["metadata"]["nbgrader"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert (solution["solution"], solution["grade"]) == (True, False)
    assert (test["grade"], test["locked"]) == (True, True)
    assert test["points"] == read(COURSE / "source/slopes/exercise.json")["points"]
    assert "### BEGIN SOLUTION" in "".join(notebook["cells"][1]["source"])


def test_the_solution_in_the_notebook_has_all_points(course: Path):
    notebook = read(COURSE / "source/slopes/slopes.ipynb")
    solution = "".join(notebook["cells"][1]["source"]).removeprefix("answers = ")
    assert points(course, "ada", solution) == (8, "8.0 of 8.0 points. 8 of 8 right.\n")


def test_a_slip_costs_one_point(course: Path):
    assert points(course, "grace", SLIPPED) == (7, "7.0 of 8.0 points. 7 of 8 right. Slipped once at c, carried to 3 nodes.\n")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (repr(UNREADABLE), "The sheet must be a JSON object"),
        ("{'zz': 1}", "zz"),
        ("{'c': float('nan')}", "NaN is no JSON"),
        ("{'c': {1, 2}}", "Nothing on this sheet is right yet."),
        ("{}", "Nothing on this sheet is right yet."),
    ],
)
def test_a_sheet_that_cannot_be_read_has_no_points_and_says_why(course: Path, answers: str, said: str):
    found, printed = points(course, "zoe", answers)
    assert found == 0
    assert "AssertionError" in printed
    assert said in printed


def test_the_grades_of_all_students_are_a_list(course: Path):
    for student, answers in (("ada", RIGHT), ("grace", SLIPPED), ("zoe", repr(UNREADABLE))):
        points(course, student, answers)
    done = offline(sys.executable, course / "grades.py", course, "slopes", where=course, WENGERT=ROOT)
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout), strict=True))
    assert [row[:2] for row in rows] == [["Identifier", "Grade"], ["ada", "8.0"], ["grace", "7.0"], ["zoe", ""]]
