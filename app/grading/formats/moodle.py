"""A table for Moodle's grade import, whose columns the teacher maps: https://docs.moodle.org/en/Grade_import."""

from __future__ import annotations

from collections.abc import Iterable

from app.grading.formats.table import table
from app.grading.formats.words import Graded, summary

HEADS = ("Identifier", "Grade", "Feedback")


def moodle(rows: Iterable[tuple[str, Graded | None, str]]) -> str:
    """Identifier, grading and, where there is none, why: that row then has no grade, so that an import changes nothing."""
    return table(
        [
            HEADS,
            *((who, None if graded is None else graded["score"], why if graded is None else summary(graded)) for who, graded, why in rows),
        ]
    )
