"""The template of a CodeRunner question: «Is combinator» ticked, grader «Template grader», exercise.json as a support file.

CodeRunner fills the student's answer in below, and reads what is printed.
"""

from __future__ import annotations

import html
import json
import os
import subprocess
from pathlib import Path

WENGERT = os.environ.get("WENGERT", "/opt/wengert")
SHEET = """{{ STUDENT_ANSWER | e('py') }}"""

command = [f"{WENGERT}/.venv/bin/python", "-m", "app", "grade", Path("exercise.json").resolve(), "-", "--format", "coderunner"]
try:
    done = subprocess.run(command, cwd=WENGERT, input=SHEET.encode(), capture_output=True, check=False)
    answer = json.loads(done.stdout)
except (OSError, ValueError):
    answer = {"detail": "The grader could not run; please tell your teacher."}
if "detail" in answer:
    said = f"This sheet could not be graded. {answer['detail']} {answer.get('hint', '')}".strip()
    answer = {"fraction": 0, "prologuehtml": f"<p>{html.escape(said)}</p>"}
print(json.dumps(answer))
