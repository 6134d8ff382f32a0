#!/usr/bin/env python3
"""The entrypoint of PrairieLearn's external grader: reads /grade/student/answers.json, writes /grade/results/results.json."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

GRADE = Path(os.environ.get("GRADE_ROOT", "/grade"))
WENGERT = os.environ.get("WENGERT", "/opt/wengert")
SHEET = "answers.json"


def main() -> None:
    """Write the result, whatever happens: PrairieLearn shows nothing of a grader that leaves none."""
    results = GRADE / "results"
    results.mkdir(exist_ok=True)
    (results / "results.json").write_text(json.dumps(result()), encoding="utf-8")


def result() -> dict[str, Any]:
    """The graded sheet, or why there is none; what cannot be graded costs no attempt."""
    sheet = GRADE / "student" / SHEET
    if not sheet.is_file():
        return ungraded("Nothing was graded.", f"There is no file {SHEET}.")
    command = [f"{WENGERT}/.venv/bin/python", "-m", "app", "grade", GRADE / "tests" / "exercise.json", sheet, "--format", "prairielearn"]
    try:
        done = subprocess.run(command, cwd=WENGERT, capture_output=True, text=True, check=False)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError) as error:
        print(error)  # the job's log is for staff
        return ungraded("The grader could not run; please tell your instructor.", "No grader ran.")
    if done.returncode:
        return ungraded("This sheet could not be graded.", f"{answer['detail']} {answer.get('hint', '')}".strip())
    return answer


def ungraded(message: str, why: str) -> dict[str, Any]:
    """A result that is none."""
    return {"gradable": False, "score": 0, "message": message, "format_errors": [why]}


if __name__ == "__main__":
    main()
