"""The gradebook: per student and exercise the best score, and how it came about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from app.store.tables import submissions


def gradebook(connection: Connection, exercise: str | None = None) -> list[dict[str, Any]]:
    """A row per student and exercise, in their order: the best score counts, the earliest of equals."""
    columns = ("id", "exercise_id", "student", "attempt", "late", "score", "max_score", "version", "graded_version", "submitted_at")
    query = select(*(submissions.c[name] for name in columns))
    query = query.order_by(submissions.c.exercise_id, submissions.c.student, submissions.c.number)
    if exercise is not None:
        query = query.where(submissions.c.exercise_id == exercise)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in connection.execute(query).mappings():
        place = row["exercise_id"], row["student"]
        best = found.get(place)
        if best is None or row["score"] > best["score"]:
            found[place] = dict(row) | {"attempts": row["attempt"]}
        found[place] |= {"attempts": row["attempt"], "last_at": row["submitted_at"]}
    return list(found.values())
