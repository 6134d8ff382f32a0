"""Submissions: each is kept once, whatever is sent twice, and its attempt is counted in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Select, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.core.diagnostic import problem
from app.store.clock import identity, now
from app.store.tables import attempts, submissions

Outcome = Literal["new", "replayed", "repeated"]
"""Kept now; the answer to the same request sent again; the answer to the same sheet sent again, which costs nothing."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A graded sheet as it is handed in. ``allowed`` is None for as many attempts as one likes."""

    exercise_id: str
    version: int
    student: str
    answers: str
    answers_digest: str
    result: str
    score: float
    max_score: float
    late: bool
    allowed: int | None
    request_by: str
    request_key: str | None
    request_digest: str


def submit(connection: Connection, handed: Handed) -> tuple[dict[str, Any], Outcome]:
    """Keep a sheet; raises ProgramError where no attempt is left."""
    used = _count_locked(connection, handed.exercise_id, handed.student)
    replay = replayed(connection, handed.request_by, handed.request_key, handed.request_digest)
    if replay is not None:
        return replay, "replayed"
    same = repeated(connection, handed.exercise_id, handed.version, handed.student, handed.answers_digest)
    if same is not None:
        return same, "repeated"
    if handed.allowed is not None and used >= handed.allowed:
        raise problem("submission.no_attempts", f"All {handed.allowed} attempts are used.", allowed=handed.allowed)
    here = (attempts.c.exercise_id == handed.exercise_id) & (attempts.c.student == handed.student)
    connection.execute(update(attempts).where(here).values(used=used + 1))
    columns = set(submissions.c.keys())
    row = {name: getattr(handed, name) for name in Handed.__dataclass_fields__ if name in columns}
    row |= {"id": identity(), "graded_version": handed.version, "attempt": used + 1, "submitted_at": now()}
    connection.execute(insert(submissions).values(row))
    return find(connection, row["id"]), "new"


def replayed(connection: Connection, by: str, key: str | None, digest: str) -> dict[str, Any] | None:
    """What the same request was answered before; raises ProgramError where its key came with another sheet."""
    if key is None:
        return None
    row = connection.execute(select(submissions).where(submissions.c.request_by == by, submissions.c.request_key == key)).mappings().first()
    if row is not None and row["request_digest"] != digest:
        raise problem("submission.key_reused", "This Idempotency-Key came with another submission before.")
    return None if row is None else dict(row)


def repeated(connection: Connection, exercise: str, version: int, student: str, digest: str) -> dict[str, Any] | None:
    """The submission with the very same answers."""
    same = (submissions.c.student == student, submissions.c.answers_digest == digest)
    query = select(submissions).where(submissions.c.exercise_id == exercise, submissions.c.version == version, *same)
    row = connection.execute(query.order_by(submissions.c.attempt)).mappings().first()
    return None if row is None else dict(row)


def find(connection: Connection, identity: str) -> dict[str, Any]:
    """One submission; raises ProgramError where there is none."""
    row = connection.execute(select(submissions).where(submissions.c.id == identity)).mappings().first()
    if row is None:
        raise problem("submission.unknown", "There is no such submission.")
    return dict(row)


def page(
    connection: Connection, exercise: str | None, student: str | None, after: int, limit: int
) -> tuple[list[dict[str, Any]], int | None]:
    """Submissions in the order in which they came, from behind a number on; the number to go on from, None at the end."""
    query = select(submissions).where(submissions.c.number > after).order_by(submissions.c.number).limit(limit + 1)
    rows = [dict(row) for row in connection.execute(_of(query, exercise, student)).mappings()]
    return rows[:limit], rows[limit - 1]["number"] if len(rows) > limit else None


def latest(connection: Connection, exercise: str) -> list[dict[str, Any]]:
    """Everybody's last submission to an exercise."""
    query = _of(select(submissions), exercise, None).order_by(submissions.c.number)
    return list({row["student"]: dict(row) for row in connection.execute(query).mappings()}.values())


def used(connection: Connection, exercise: str, student: str) -> int:
    """The attempts that a student has used."""
    query = select(attempts.c.used).where(attempts.c.exercise_id == exercise, attempts.c.student == student)
    return connection.execute(query).scalar() or 0


def _of(query: Select[Any], exercise: str | None, student: str | None) -> Select[Any]:
    if exercise is not None:
        query = query.where(submissions.c.exercise_id == exercise)
    return query if student is None else query.where(submissions.c.student == student)


def _count_locked(connection: Connection, exercise: str, student: str) -> int:
    """The attempts used; nobody else counts this student's until the transaction ends."""
    insert_here = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"exercise_id": exercise, "student": student, "used": 0}
    connection.execute(insert_here(attempts).values(row).on_conflict_do_nothing())
    query = select(attempts.c.used).where(attempts.c.exercise_id == exercise, attempts.c.student == student)
    return int(connection.execute(query.with_for_update()).scalar_one())
