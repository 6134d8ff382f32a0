"""PrairieLearn's ``results.json`` of an external grader: https://prairielearn.readthedocs.io/en/latest/externalGrading/."""

from __future__ import annotations

from typing import Any

from app.grading.formats.words import Graded, fraction, name, points, summary, told


def prairielearn(graded: Graded) -> dict[str, Any]:
    """A sheet of which nothing can be read is not gradable, and costs no attempt there."""
    items = graded.get("items", [])
    if items and all(item["verdict"] in ("malformed", "missing") for item in items) and any(i["verdict"] == "malformed" for i in items):
        return {"gradable": False, "score": 0.0, "message": "No number could be read.", "output": "\n".join(map(told, items))}
    tests = [_test(item, graded) for item in items]
    return {"gradable": True, "score": fraction(graded), "message": summary(graded), "output": "", "tests": tests}


def _test(item: Graded, graded: Graded) -> dict[str, Any]:
    earned, most = points(item, graded)
    return {"name": name(item), "points": earned, "max_points": most, "message": told(item), "output": ""}
