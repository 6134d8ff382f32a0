"""Teachers make exercises; each change is a version."""

from __future__ import annotations

import pytest
from live import check_problem
from school import RIGHT, exercise, submit


def test_an_exercise_comes_back_as_it_was_sent(school):
    text = exercise(statement="Find $\\bar b$.", note="Fan-out.", policy={"attempts": 3}, topic="backpropagation")
    made = school.teacher.post("/exercises", json=text)
    assert made.status_code == 201
    read = school.teacher.get(f"/exercises/{text['id']}")
    assert read.json() == made.json()
    assert read.headers["etag"] == '"1"'
    assert {name: read.json()[name] for name in ("title", "statement", "note", "topic")} == {
        name: text[name] for name in ("title", "statement", "note", "topic")
    }
    assert read.json()["exercise"]["policy"] == {"attempts": 3}


def test_making_and_changing_needs_the_scope_teach(school):
    check_problem(school.client().post("/exercises", json=exercise()), 401, "key.missing")
    check_problem(school.client("wgt_wrong").post("/exercises", json=exercise()), 401, "key.missing")
    student = school.student(school.posed())
    check_problem(student.post("/exercises", json=exercise()), 403, "key.scope")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": "y = ("}, "source.bracket"),
        ({"source": "y = q"}, "input.missing"),
        ({"ask": [{"node": "nowhere", "quantity": "primal"}]}, "grade.unknown_node"),
        ({"variants": {"a": {"choice": [-1]}, "b": {"choice": [1]}}, "inputs": {}}, "exercise.variant"),
        ({"colour": "red"}, "request.field"),
        ({"title": 7}, "request.field"),
        ({"id": "../x"}, "request.field"),
        ({"id": "-x"}, "request.field"),
        ({"id": "x" * 101}, "request.field"),
        ({"policy": {"opens": "tomorrow"}}, "request.field"),
    ],
)
def test_what_no_student_could_do_is_not_kept(school, change, code):
    text = exercise() | change
    check_problem(school.teacher.post("/exercises", json=text), 422, code)


def test_an_id_is_given_once(school):
    posed = school.posed()
    check_problem(school.teacher.post("/exercises", json=exercise(id=posed["id"])), 409, "exercise.exists")


def test_a_change_names_the_version_that_was_read(school):
    posed = school.posed()
    place, text = f"/exercises/{posed['id']}", exercise(id=posed["id"], title="Changed")
    check_problem(school.teacher.put(place, json=text), 428, "request.precondition")
    changed = school.teacher.put(place, json=text, headers={"if-match": '"1"'})
    assert (changed.status_code, changed.headers["etag"], changed.json()["title"]) == (200, '"2"', "Changed")
    check_problem(school.teacher.put(place, json=text, headers={"if-match": '"1"'}), 412, "exercise.changed")
    assert school.teacher.get(place, params={"version": 1}).json()["title"] == "A chain"


def test_a_graded_version_stays_under_its_submissions(school):
    posed = school.posed()
    first = submit(school.student(posed), posed).json()
    other = exercise(id=posed["id"], inputs={"a": 5, "b": 1})
    school.teacher.put(f"/exercises/{posed['id']}", json=other, headers={"if-match": '"1"'})
    kept = school.teacher.get(f"/submissions/{first['id']}").json()
    assert (kept["version"], kept["score"], kept["result"]["inputs"]) == (1, first["score"], {"a": 2, "b": 1})


def test_a_deleted_exercise_is_gone(school):
    posed = school.posed()
    assert school.teacher.delete(f"/exercises/{posed['id']}").status_code == 204
    check_problem(school.teacher.get(f"/exercises/{posed['id']}"), 404, "exercise.unknown")


def test_strangers_see_the_library_alone(school):
    posed = school.posed()
    seen = school.client().get("/exercises").json()["exercises"]
    assert posed["id"] not in {one["id"] for one in seen}
    assert all(not one["own"] and "note" not in one for one in seen)
    check_problem(school.client().get(f"/exercises/{posed['id']}"), 404, "exercise.unknown")


def test_students_see_neither_the_note_nor_the_link(school):
    posed = school.posed(note="The answer is 5.")
    seen = school.student(posed).get(f"/exercises/{posed['id']}").json()
    assert {"note", "link"} & seen.keys() == set()


def test_the_test_call_tries_every_variant(school):
    posed = school.posed(inputs={}, variants={"a": {"choice": [3, 5]}, "b": {"choice": [11, 13]}})
    found = school.teacher.post(f"/exercises/{posed['id']}/test", json={"count": 20}).json()
    assert (found["ok"], found["count"], found["distinct"]) == (True, 20, 4)
    inline = school.client().post("/exercises/test", json={"exercise": posed["exercise"], "count": 20}).json()
    assert inline == found


def test_a_kept_exercise_is_graded_by_its_id_with_a_key(school):
    posed = school.posed()
    body = {"exercise_id": posed["id"], "answers": RIGHT}
    assert school.teacher.post("/grade", json=body).json()["score"] == 8
    check_problem(school.client().post("/grade", json=body), 404, "exercise.unknown")
