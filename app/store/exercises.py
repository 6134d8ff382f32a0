"""Exercises that teachers made: each change is a new version, and a version never changes under its submissions."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, insert, select, update

from app.core.diagnostic import problem
from app.store import audit
from app.store.clock import now
from app.store.tables import exercises, versions


@dataclass(frozen=True, slots=True)
class Stored:
    """One version of an exercise; ``text`` is JSON as the teacher gave it, ``current`` the number of the version that is answered now."""

    id: str
    version: int
    current: int
    text: str
    link: str
    made_at: str


def create(connection: Connection, identity: str, text: str, who: str) -> Stored:
    """A new exercise; raises ProgramError where the id is taken, by a deleted one too, since its submissions are kept."""
    if connection.execute(select(exercises.c.id).where(exercises.c.id == identity)).first() is not None:
        raise problem("exercise.exists", f"There is an exercise {identity} already.")
    moment = now()
    row = {"id": identity, "version": 1, "link": secrets.token_urlsafe(16), "made_at": moment, "changed_at": moment}
    connection.execute(insert(exercises).values(row))
    _add(connection, identity, 1, text, who)
    audit.record(connection, who, "exercise made", identity)
    return find(connection, identity)


def replace(connection: Connection, identity: str, text: str, expected: int | None, who: str) -> Stored:
    """A new version in place of the one that was ``expected`` (None: of any); raises ProgramError where another stands there by now."""
    old = _locked(connection, identity)
    if expected is not None and old.version != expected:
        raise problem("exercise.changed", f"The exercise is at version {old.version} by now.", version=old.version)
    if old.text == text:
        return old
    version = old.version + 1
    _add(connection, identity, version, text, who)
    connection.execute(update(exercises).where(exercises.c.id == identity).values(version=version, changed_at=now()))
    audit.record(connection, who, "exercise changed", identity, before={"version": old.version}, after={"version": version})
    return find(connection, identity)


def delete(connection: Connection, identity: str, expected: int | None, who: str) -> None:
    """Take an exercise away from students and lists; its versions stay under their submissions."""
    old = _locked(connection, identity)
    if expected is not None and old.version != expected:
        raise problem("exercise.changed", f"The exercise is at version {old.version} by now.", version=old.version)
    connection.execute(update(exercises).where(exercises.c.id == identity).values(deleted_at=now()))
    audit.record(connection, who, "exercise deleted", identity)


def find(connection: Connection, identity: str, version: int | None = None) -> Stored:
    """An exercise at a version, or as it is now; raises ProgramError where there is none."""
    query = _query().where(exercises.c.id == identity, exercises.c.deleted_at.is_(None))
    row = connection.execute(query.where(versions.c.version == (exercises.c.version if version is None else version))).first()
    if row is None:
        raise problem("exercise.unknown", f"There is no exercise {identity[:100]!r}" + (f" at version {version}." if version else "."))
    return _stored(row)


def at(connection: Connection, identity: str, version: int) -> Stored:
    """A version that submissions were answered under, of a deleted exercise too."""
    row = connection.execute(_query().where(exercises.c.id == identity, versions.c.version == version)).one()
    return _stored(row)


def by_link(connection: Connection, link: str) -> Stored:
    """The exercise that a class link opens; raises ProgramError for a link that opens nothing."""
    query = _query().where(exercises.c.link == link, exercises.c.deleted_at.is_(None), versions.c.version == exercises.c.version)
    row = connection.execute(query).first()
    if row is None:
        raise problem("session.link", "This link opens no exercise. Ask your teacher for a new one.")
    return _stored(row)


def listed(connection: Connection) -> list[Stored]:
    """All exercises as they are now, the latest first."""
    query = _query().where(exercises.c.deleted_at.is_(None), versions.c.version == exercises.c.version)
    return [_stored(row) for row in connection.execute(query.order_by(exercises.c.made_at.desc(), exercises.c.id))]


def _query() -> Select[tuple[object, ...]]:
    columns = (
        exercises.c.id,
        versions.c.version,
        exercises.c.version.label("current"),
        versions.c.text,
        exercises.c.link,
        versions.c.made_at,
    )
    return select(*columns).join(versions, versions.c.exercise_id == exercises.c.id)


def _stored(row: Row[tuple[object, ...]]) -> Stored:
    return Stored(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public name begins with an underscore


def _locked(connection: Connection, identity: str) -> Stored:
    """The exercise as it is now; nobody else changes it until this transaction ends."""
    connection.execute(select(exercises.c.id).where(exercises.c.id == identity).with_for_update())
    return find(connection, identity)


def _add(connection: Connection, identity: str, version: int, text: str, who: str) -> None:
    row = {"exercise_id": identity, "version": version, "text": text, "made_at": now(), "made_by": who}
    connection.execute(insert(versions).values(row))
