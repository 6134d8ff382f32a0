"""What a combinator template grader of CodeRunner prints: https://github.com/trampgeek/moodle-qtype_coderunner (template graders)."""

from __future__ import annotations

from html import escape
from typing import Any

from app.grading.formats.words import Graded, fraction, name, summary, told


def coderunner(graded: Graded) -> dict[str, Any]:
    """A table with a row per item; ``iscorrect`` colours it. Moodle shows the prologue as HTML, so it is escaped."""
    rows = [
        [item["verdict"] in ("correct", "follow_through"), name(item), item["given"] or "", told(item)] for item in graded.get("items", [])
    ]
    answer: dict[str, Any] = {"fraction": fraction(graded), "prologuehtml": f"<p>{escape(summary(graded))}</p>"}
    if rows:
        table = [["iscorrect", "Asked", "Your answer", "Verdict"], *([int(right), *rest] for right, *rest in rows)]
        answer |= {"testresults": table, "columnformats": ["%s", "%s", "%s"]}
    return answer
