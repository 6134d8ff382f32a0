"""Sheets and exercises for tests of the store."""

from __future__ import annotations

import json

from app.store import exercises
from app.store.submissions import Handed


def made(connection, identity: str = "chain", text: str = '{"source": "y = x"}'):
    return exercises.create(connection, identity, text, "tester")


def handed(student: str = "ada", answers: str = "{}", score: float = 1.0, **other) -> Handed:
    fields = {
        "exercise_id": "chain", "version": 1, "student": student, "answers": answers, "answers_digest": answers,
        "result": json.dumps({"score": score}), "score": score, "max_score": 2.0, "late": False, "allowed": None,
        "request_by": student, "request_key": None, "request_digest": answers,
    }  # fmt: skip
    return Handed(**fields | other)
