"""Sessions of browsers: a teacher's, opened with a key; a student's, opened with a class link and an opaque id."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from app.store import keys
from app.store.clock import later, now
from app.store.keys import digest
from app.store.tables import sessions

TEACHER_HOURS = 12
STUDENT_DAYS = 180


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in: the holder of a key, or a student and the exercises that the student has links to."""

    holder: keys.Holder | None = None
    student: str | None = None
    exercises: frozenset[str] = frozenset()


def open_teacher(connection: Connection, key_id: str) -> str:
    """A teacher's session; its secret for the cookie."""
    return _open(connection, key_id=key_id, ends_at=later(hours=TEACHER_HOURS))


def open_student(connection: Connection, student: str, exercises: frozenset[str]) -> str:
    """A student's session; its secret for the cookie."""
    return _open(connection, student=student, exercises=exercises, ends_at=later(days=STUDENT_DAYS))


def _open(
    connection: Connection, *, ends_at: str, key_id: str | None = None, student: str | None = None, exercises: frozenset[str] = frozenset()
) -> str:
    connection.execute(delete(sessions).where(sessions.c.ends_at < now()))
    secret = secrets.token_urlsafe(32)
    row = {"digest": digest(secret), "key_id": key_id, "student": student, "exercises": json.dumps(sorted(exercises)), "ends_at": ends_at}
    connection.execute(insert(sessions).values(row))
    return secret


def find(connection: Connection, secret: str) -> Session | None:
    """The session of a cookie; None if it has ended."""
    query = select(sessions).where(sessions.c.digest == digest(secret), sessions.c.ends_at > now())
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    if row["key_id"] is None:
        return Session(student=row["student"], exercises=frozenset(json.loads(row["exercises"])))
    holder = keys.holder(connection, row["key_id"])
    return None if holder is None else Session(holder=holder)


def close(connection: Connection, secret: str) -> None:
    """End a session."""
    connection.execute(delete(sessions).where(sessions.c.digest == digest(secret)))
