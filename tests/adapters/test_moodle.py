"""examples/moodle: a folder of sheets becomes the file that Moodle's grade import reads."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

from fence import EXAMPLES, RIGHT, ROOT, offline

MOODLE = EXAMPLES / "moodle"


def rows(folder: Path, where: Path) -> list[list[str]]:
    done = offline(MOODLE / "grades.sh", MOODLE / "exercise.json", folder, where=where, WENGERT=ROOT)
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO(done.stdout, newline=""), strict=True))


def test_every_sheet_of_the_folder_has_a_line(tmp_path: Path):
    header, right, slipped, unreadable = rows(MOODLE / "answers", tmp_path)
    assert header == ["Identifier", "Grade", "Feedback"]
    assert right == ["ada", "8.0", "8 of 8 points. 8 of 8 right."]
    assert slipped == ["grace", "7.0", "7 of 8 points. 7 of 8 right. Slipped once at c, carried to 3 nodes."]
    assert unreadable[:2] == ["zoe", ""]
    assert unreadable[2].startswith("The sheet is not JSON")


def test_a_file_with_the_name_of_a_formula_is_text_in_a_spreadsheet(tmp_path: Path):
    folder = tmp_path / "answers"
    shutil.copytree(MOODLE / "answers", folder)
    (folder / '=HYPERLINK("x").json').write_text(RIGHT)
    assert rows(folder, tmp_path)[1][:2] == ['\'=HYPERLINK("x")', "8.0"]


def test_folders_are_found_from_where_one_stands(tmp_path: Path):
    shutil.copytree(MOODLE / "answers", tmp_path / "here")
    assert len(rows(Path("here"), tmp_path)) == 4
