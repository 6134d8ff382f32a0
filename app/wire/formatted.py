"""Answers of grading in the shapes that other systems read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from app.core.diagnostic import problem
from app.grading.formats.coderunner import coderunner
from app.grading.formats.gradescope import gradescope
from app.grading.formats.moodle import moodle
from app.grading.formats.prairielearn import prairielearn
from app.grading.formats.words import Graded

SHAPES: Mapping[str, Callable[[Graded], dict[str, Any]]] = {
    "gradescope": gradescope,
    "prairielearn": prairielearn,
    "coderunner": coderunner,
}
TABLES = ("moodle-csv",)
FORMATS = (*SHAPES, *TABLES)
CALLS = frozenset({"grade", "grade/batch"})


def check(call: str, form: str) -> None:
    """Refuse a format that there is not."""
    if call not in CALLS or form not in FORMATS:
        raise problem("request.field", f"The formats of grade and grade/batch are {', '.join(FORMATS)}.", field="format")


def formatted(call: str, form: str, body: bytes, content: bytes) -> bytes:
    """An answer in another shape: a batch has one for each sheet, or one table for all."""
    answer = json.loads(content)
    if form in TABLES:
        return _table(call, json.loads(body), answer).encode()
    shape = SHAPES[form]
    if call == "grade":
        return orjson.dumps(shape(answer))
    rows = [row | ({"result": shape(row["result"])} if "result" in row else {}) for row in answer["results"]]
    return orjson.dumps({"results": rows})


def _table(call: str, request: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """A row for each sheet: by its student, otherwise by its id."""
    if call == "grade":
        return moodle([(str(request.get("student") or ""), answer, "")])
    asked = zip(request["submissions"], answer["results"], strict=True)
    return moodle(
        (str(one.get("student") or one.get("id") or ""), row.get("result"), row.get("problem", {}).get("detail", "")) for one, row in asked
    )
