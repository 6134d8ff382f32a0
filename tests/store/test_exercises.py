"""Exercises change by versions, and a version never changes."""

from __future__ import annotations

import pytest
from making import made

from app.core.diagnostic import ProgramError
from app.store import audit, exercises


def code(call, *args, **keywords) -> str:
    with pytest.raises(ProgramError) as refused:
        call(*args, **keywords)
    return refused.value.diagnostic.code


def test_a_change_is_a_new_version_beside_the_old_one(database):
    with database.write() as connection:
        made(connection)
        changed = exercises.replace(connection, "chain", '{"source": "y = 2*x"}', 1, "tester")
        assert (changed.version, changed.current) == (2, 2)
        assert exercises.find(connection, "chain", 1).text == '{"source": "y = x"}'
        assert exercises.find(connection, "chain").text == '{"source": "y = 2*x"}'


def test_the_same_text_is_no_new_version(database):
    with database.write() as connection:
        old = made(connection)
        assert exercises.replace(connection, "chain", old.text, 1, "tester").version == 1


def test_who_has_read_an_older_version_overwrites_nothing(database):
    with database.write() as connection:
        made(connection)
        exercises.replace(connection, "chain", "{}", 1, "tester")
        assert code(exercises.replace, connection, "chain", "[]", 1, "tester") == "exercise.changed"
        assert code(exercises.delete, connection, "chain", 1, "tester") == "exercise.changed"


def test_a_deleted_exercise_is_gone_and_its_id_stays_used(database):
    with database.write() as connection:
        link = made(connection).link
        exercises.delete(connection, "chain", None, "tester")
        assert exercises.listed(connection) == []
        assert code(exercises.find, connection, "chain") == "exercise.unknown"
        assert code(exercises.by_link, connection, link) == "session.link"
        assert code(made, connection) == "exercise.exists"


def test_a_link_opens_its_exercise(database):
    with database.write() as connection:
        made(connection, "other")
        assert exercises.by_link(connection, made(connection).link).id == "chain"


def test_the_log_says_who_changed_what_from_what_to_what(database):
    with database.write() as connection:
        made(connection)
        exercises.replace(connection, "chain", "{}", 1, "eve")
        latest = audit.page(connection, None, 10, "chain")
    assert [(row["who"], row["what"]) for row in latest] == [("eve", "exercise changed"), ("tester", "exercise made")]
    assert (latest[0]["before"], latest[0]["after"]) == ({"version": 1}, {"version": 2})


def test_what_fails_halfway_leaves_nothing(database):
    def half() -> None:
        with database.write() as connection:
            made(connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with database.read() as connection:
        assert exercises.listed(connection) == []
