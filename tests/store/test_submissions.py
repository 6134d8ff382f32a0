"""A submission is kept once; its attempt is counted with it, or neither is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from making import handed, made

from app.core.diagnostic import ProgramError
from app.store import submissions
from app.store.gradebook import gradebook


@pytest.fixture
def store(database):
    with database.write() as connection:
        made(connection)
    return database


def submit(store, one):
    with store.write() as connection:
        return submissions.submit(connection, one)


def count(store) -> int:
    with store.read() as connection:
        return len(submissions.page(connection, None, None, 0, 1000)[0])


def test_attempts_are_counted_up_to_those_allowed(store):
    for number in (1, 2):
        row, outcome = submit(store, handed(answers=str(number), allowed=2))
        assert (row["attempt"], outcome) == (number, "new")
    with pytest.raises(ProgramError) as refused:
        submit(store, handed(answers="3", allowed=2))
    assert refused.value.diagnostic.code == "submission.no_attempts"
    assert count(store) == 2


def test_the_same_answers_again_cost_no_attempt(store):
    first, _ = submit(store, handed(answers="1", allowed=1))
    again, outcome = submit(store, handed(answers="1", allowed=1))
    assert (again["id"], outcome) == (first["id"], "repeated")


def test_the_same_request_again_has_the_same_answer(store):
    first, _ = submit(store, handed(request_key="k"))
    again, outcome = submit(store, handed(request_key="k"))
    assert (again["id"], outcome) == (first["id"], "replayed")
    assert count(store) == 1


def test_a_key_that_came_with_another_sheet_is_refused(store):
    submit(store, handed(request_key="k"))
    with pytest.raises(ProgramError) as refused:
        submit(store, handed(answers="2", request_key="k"))
    assert refused.value.diagnostic.code == "submission.key_reused"


def test_two_clients_may_choose_the_same_key(store):
    assert submit(store, handed("ada", request_key="k"))[1] == "new"
    assert submit(store, handed("bob", request_key="k"))[1] == "new"


def test_the_same_request_many_times_at_once_is_kept_once(store):
    with ThreadPoolExecutor(8) as threads:
        outcomes = [outcome for _, outcome in threads.map(lambda _: submit(store, handed(request_key="k", allowed=1)), range(16))]
    assert sorted(outcomes) == ["new"] + ["replayed"] * 15
    assert count(store) == 1


def test_attempts_at_once_never_exceed_those_allowed(store):
    def one(number: int) -> str:
        try:
            return submit(store, handed(answers=str(number), allowed=3))[1]
        except ProgramError as error:
            return error.diagnostic.code

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(one, range(12)))
    assert sorted(outcomes) == ["new"] * 3 + ["submission.no_attempts"] * 9
    with store.read() as connection:
        assert submissions.used(connection, "chain", "ada") == 3


def test_pages_follow_each_other_without_gaps(store):
    for number in range(5):
        submit(store, handed(f"s{number}"))
    seen, after = [], 0
    while after is not None:
        with store.read() as connection:
            rows, after = submissions.page(connection, "chain", None, after, 2)
        seen += [row["student"] for row in rows]
    assert seen == [f"s{number}" for number in range(5)]


def test_the_best_score_counts_and_all_attempts_are_told(store):
    for answers, score in (("a", 1.0), ("b", 2.0), ("c", 0.5)):
        submit(store, handed(answers=answers, score=score))
    with store.read() as connection:
        (row,) = gradebook(connection, "chain")
        assert submissions.latest(connection, "chain")[0]["score"] == 0.5
    assert (row["score"], row["attempt"], row["attempts"]) == (2.0, 2, 3)
