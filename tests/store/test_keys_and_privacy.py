"""Keys open what they are for and can be taken back; students can be forgotten."""

from __future__ import annotations

import pytest
from making import handed, made
from sqlalchemy import text

from app.core.diagnostic import ProgramError
from app.store import keys, privacy, sessions, submissions
from app.store.tables import metadata


def everything(connection) -> str:
    return repr([connection.execute(table.select()).all() for table in metadata.sorted_tables])


def test_a_key_is_found_by_itself_and_stands_nowhere(database):
    with database.write() as connection:
        key = keys.make(connection, "grader", ["grade", "results"], "tester")
        assert key.startswith("wgt_")
        assert keys.find(connection, key).scopes == {"grade", "results"}
        assert keys.find(connection, key + "x") is None
        assert key not in everything(connection)


def test_a_revoked_key_and_its_sessions_open_nothing(database):
    with database.write() as connection:
        key = keys.make(connection, "grader", ["teach"], "tester")
        identity = keys.find(connection, key).id
        cookie = sessions.open_teacher(connection, identity)
        assert sessions.find(connection, cookie).holder.id == identity
        assert keys.revoke(connection, identity, "tester")
        assert keys.find(connection, key) is None
        assert sessions.find(connection, cookie) is None
        assert not keys.revoke(connection, identity, "tester")


def test_a_scope_that_there_is_not_is_refused(database):
    with database.write() as connection, pytest.raises(ProgramError):
        keys.make(connection, "grader", ["everything"], "tester")


def test_a_students_session_knows_the_student_and_the_exercises(database):
    with database.write() as connection:
        cookie = sessions.open_student(connection, "ada", frozenset({"chain"}))
        found = sessions.find(connection, cookie)
        assert (found.student, found.exercises, found.holder) == ("ada", {"chain"}, None)
        assert cookie not in everything(connection)
        sessions.close(connection, cookie)
        assert sessions.find(connection, cookie) is None


def test_pseudonyms_are_stable_and_say_nothing(database):
    with database.write() as connection:
        made(connection)
        for answers in ("1", "2"):
            submissions.submit(connection, handed("ada@school.example", answers=answers))
        submissions.submit(connection, handed("bob"))
        names = [row["student"] for row in privacy.export(connection)]
        assert names[0] == names[1] != names[2]
        assert not any("ada" in name for name in names)
        assert names == [row["student"] for row in privacy.export(connection)]


def test_a_forgotten_student_stands_nowhere_any_more(database):
    with database.write() as connection:
        made(connection)
        submissions.submit(connection, handed("ada@school.example"))
        submissions.submit(connection, handed("bob"))
        sessions.open_student(connection, "ada@school.example", frozenset())
        assert privacy.forget(connection, "ada@school.example", "tester") == 1
        assert "ada@school.example" not in everything(connection)
        assert submissions.used(connection, "chain", "bob") == 1


def test_sqlite_writes_through_to_the_disk(database):
    if not database.is_sqlite:
        pytest.skip("PostgreSQL does by default")
    with database.read() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
