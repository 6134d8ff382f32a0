"""Regrades are worked out on paper, applied, and undone; an error never lowers a score."""

from __future__ import annotations

import json

import pytest
from making import handed, made

from app.core.diagnostic import ProgramError
from app.store import audit, exercises, regrades, submissions

SCORES = {"ada": 1.0, "bob": 2.0, "eve": 1.0}
NEW = {"ada": 2.0, "bob": 1.0, "eve": None}


@pytest.fixture
def store(database):
    with database.write() as connection:
        made(connection)
        for student, score in SCORES.items():
            submissions.submit(connection, handed(student, score=score))
        exercises.replace(connection, "chain", "{}", 1, "tester")
    return database


def worked_out(connection, policy: str = "replace", **keywords) -> str:
    regrade = regrades.plan(connection, "chain", None, policy, "wrong key", "tester", **keywords)["id"]
    for row in regrades.begin(connection, regrade):
        score = NEW[row["student"]]
        found = None if score is None else {"result": json.dumps({"score": score}), "score": score, "max_score": 2.0}
        regrades.note(connection, regrade, row, found, None if found else "The program is refused.")
    regrades.finish(connection, regrade)
    return regrade


def scores(connection) -> dict[str, float]:
    return {row["student"]: row["score"] for row in submissions.page(connection, "chain", None, 0, 10)[0]}


def test_a_dry_run_changes_nothing_and_tells_every_difference(store):
    with store.write() as connection:
        regrade = worked_out(connection)
        assert scores(connection) == SCORES
        told = {row["student"]: (row["from_score"], row["to_score"], row["problem"]) for row in regrades.diff(connection, regrade)}
    assert told == {"ada": (1.0, 2.0, None), "bob": (2.0, 1.0, None), "eve": (1.0, None, "The program is refused.")}


def test_replace_puts_every_new_score_in_place_and_an_error_lowers_none(store):
    with store.write() as connection:
        regrades.apply(connection, worked_out(connection), None, "tester")
        assert scores(connection) == {"ada": 2.0, "bob": 1.0, "eve": 1.0}


def test_keep_higher_lowers_nobody(store):
    with store.write() as connection:
        regrades.apply(connection, worked_out(connection, "keep_higher"), None, "tester")
        assert scores(connection) == {"ada": 2.0, "bob": 2.0, "eve": 1.0}


def test_undo_brings_every_score_and_version_back(store):
    with store.write() as connection:
        regrade = worked_out(connection)
        before = submissions.page(connection, "chain", None, 0, 10)
        regrades.apply(connection, regrade, None, "tester")
        regrades.undo(connection, regrade, "tester", "the old key was right")
        assert submissions.page(connection, "chain", None, 0, 10) == before


def test_undo_leaves_what_a_later_regrade_has_changed(store):
    with store.write() as connection:
        first = worked_out(connection)
        regrades.apply(connection, first, None, "tester")
        exercises.replace(connection, "chain", "[]", 2, "tester")
        second = worked_out(connection)
        regrades.apply(connection, second, None, "tester")
        regrades.undo(connection, first, "tester")
        assert scores(connection) == {"ada": 2.0, "bob": 1.0, "eve": 1.0}


def test_every_change_stands_in_the_log_with_who_why_from_and_to(store):
    with store.write() as connection:
        regrades.apply(connection, worked_out(connection), None, "tester")
        rows = [row for row in audit.page(connection, None, 20) if row["what"] == "submission regraded"]
    assert {(row["who"], row["why"], row["before"]["score"], row["after"]["score"]) for row in rows} == {
        ("tester", "wrong key", 1.0, 2.0),
        ("tester", "wrong key", 2.0, 1.0),
    }


def test_one_that_is_to_be_applied_at_once_is(store):
    with store.write() as connection:
        regrade = worked_out(connection, at_once=True)
        assert regrades.find(connection, regrade)["state"] == "applied"


def test_one_that_was_cut_off_goes_on_where_it_stood(store):
    with store.write() as connection:
        regrade = regrades.plan(connection, "chain", None, "replace", "", "tester")["id"]
        first, *_ = regrades.begin(connection, regrade)
        regrades.note(connection, regrade, first, None, "cut off")
        assert regrades.waiting(connection) == [regrade]
        assert {row["student"] for row in regrades.begin(connection, regrade)} == SCORES.keys() - {first["student"]}


def test_what_is_not_ready_cannot_be_applied_nor_undone(store):
    with store.write() as connection:
        regrade = regrades.plan(connection, "chain", None, "replace", "", "tester")["id"]
        for call in (lambda: regrades.apply(connection, regrade, None, "t"), lambda: regrades.undo(connection, regrade, "t")):
            with pytest.raises(ProgramError) as refused:
                call()
            assert refused.value.diagnostic.code == "regrade.state"
