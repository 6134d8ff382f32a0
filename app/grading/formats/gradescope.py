"""Gradescope's ``results.json``: https://gradescope-autograders.readthedocs.io/en/latest/specs/ (output format)."""

from __future__ import annotations

from typing import Any

from app.grading.formats.words import Graded, name, points, summary, told


def gradescope(graded: Graded) -> dict[str, Any]:
    """The score stands by itself: carried credit may be capped, so that it is less than the sum of the tests."""
    answer: dict[str, Any] = {"score": graded["score"], "output": summary(graded), "output_format": "text", "visibility": "visible"}
    return answer | {"stdout_visibility": "hidden", "tests": [_test(item, graded) for item in graded.get("items", [])]}


def _test(item: Graded, graded: Graded) -> dict[str, Any]:
    earned, most = points(item, graded)
    status = "passed" if item["verdict"] in ("correct", "follow_through") else "failed"
    return {"name": name(item), "score": earned, "max_score": most, "status": status, "output": told(item), "output_format": "text"}
