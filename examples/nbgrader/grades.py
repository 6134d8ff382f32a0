"""python grades.py COURSE ASSIGNMENT > grades.csv: a line for every student whom nbgrader has graded, formula-safe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

WENGERT = os.environ.get("WENGERT", "/opt/wengert")


def main(course: Path, assignment: str) -> int:
    """Grade the sheets that the notebooks have left in autograded/STUDENT/ASSIGNMENT, as one batch."""
    exercise = course / "source" / assignment / "exercise.json"
    sheets = sorted(course.glob(f"autograded/*/{assignment}/answers.json"))
    submissions = [{"id": sheet.parts[-3], "answers": sheet.read_text(encoding="utf-8", errors="replace")} for sheet in sheets]
    command = [f"{WENGERT}/.venv/bin/python", "-m", "app", "grade/batch", str(exercise.resolve()), "-", "--format", "moodle-csv"]
    return subprocess.run(command, cwd=WENGERT, input=json.dumps(submissions), text=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
