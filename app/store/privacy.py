"""Students' data: exported under stable pseudonyms, and deleted whole."""

from __future__ import annotations

import hmac
import json
import secrets as chance
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.store import audit
from app.store.tables import attempts, changes, secrets, sessions, submissions


class Pseudonyms:
    """A name for each student that says nothing, and is the same in every export of one database."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def __call__(self, student: str) -> str:
        """The pseudonym of a student."""
        return "p-" + hmac.digest(self._secret, student.encode(), "sha256").hex()[:12]


def pseudonyms(connection: Connection) -> Pseudonyms:
    """Those of this database."""
    query = select(secrets.c.value).where(secrets.c.name == "pseudonyms")
    return Pseudonyms(connection.execute(query).scalar_one())


def make_secret(connection: Connection) -> None:
    """The secret of the pseudonyms, made once."""
    if connection.execute(select(secrets.c.name).where(secrets.c.name == "pseudonyms")).first() is None:
        connection.execute(insert(secrets).values(name="pseudonyms", value=chance.token_hex(32)))


def export(connection: Connection, *, pseudonymous: bool = True) -> Iterator[dict[str, Any]]:
    """Every submission with its answers and its result, in the order in which they came."""
    call = pseudonyms(connection) if pseudonymous else str
    for row in connection.execute(select(submissions).order_by(submissions.c.number)).mappings():
        kept = ("id", "exercise_id", "version", "graded_version", "attempt", "late", "score", "max_score", "submitted_at")
        answers, result = json.loads(row["answers"]), json.loads(row["result"])
        yield {**{name: row[name] for name in kept}, "student": call(row["student"]), "answers": answers, "result": result}


def forget(connection: Connection, student: str, who: str) -> int:
    """Delete all that is kept of a student; how many submissions that were. The log keeps that it was done, not of whom."""
    theirs = select(submissions.c.id).where(submissions.c.student == student)
    connection.execute(delete(changes).where(changes.c.submission_id.in_(theirs)))
    count = connection.execute(delete(submissions).where(submissions.c.student == student)).rowcount
    for table in (attempts, sessions):
        connection.execute(delete(table).where(table.c.student == student))
    audit.record(connection, who, "student forgotten", pseudonyms(connection)(student), after={"submissions": count})
    return count
