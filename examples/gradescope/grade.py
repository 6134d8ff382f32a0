"""Grades answers.json of a submission without a network, and leaves results.json where Gradescope looks for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SHEET = "answers.json"


def main(root: Path) -> None:
    """Grade the submission below a root, which is /autograder on Gradescope."""
    (root / "results" / "results.json").write_text(json.dumps(result(root)), encoding="utf-8")


def result(root: Path) -> dict[str, Any]:
    """What Gradescope shows: the graded sheet, or why there is none."""
    sheet = root / "submission" / SHEET
    if not sheet.is_file():
        return {"score": 0, "output": f"Please submit a file with the name {SHEET}; there is none.", "tests": []}
    command = [sys.executable, "-m", "app", "grade", root / "source" / "exercise.json", sheet, *student(root), "--format", "gradescope"]
    # Where Wengert lies, not where the student's files do: those must not be imported.
    done = subprocess.run(command, cwd=root / "source" / "wengert", capture_output=True, text=True, timeout=120, check=False)
    answer: dict[str, Any] = json.loads(done.stdout or "{}")
    if answer.get("code", "").startswith("grade."):  # what is wrong with a sheet; all else is for the instructor
        return {"score": 0, "output": f"This sheet could not be graded. {answer['detail']} {answer.get('hint', '')}".strip(), "tests": []}
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return answer


def student(root: Path) -> list[str]:
    """Who submitted, so that everybody has a variant of their own; nobody in particular where Gradescope does not say."""
    metadata = root / "submission_metadata.json"
    users = json.loads(metadata.read_text(encoding="utf-8"))["users"] if metadata.is_file() else []
    return ["--student", str(users[0]["id"])] if users else []


if __name__ == "__main__":
    main(Path(sys.argv[1]))
