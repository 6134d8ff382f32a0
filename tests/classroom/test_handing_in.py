"""Students hand in: once is once, attempts are counted, and what is told follows the policy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from live import check_problem
from school import RIGHT, SLIPPED, submit


def sheet(number: float) -> dict:
    return {"c": {"primal": number}}


def test_a_right_sheet_is_graded_and_kept(school):
    posed = school.posed()
    student = school.student(posed)
    answer = submit(student, posed)
    assert answer.status_code == 201
    assert (answer.json()["score"], answer.json()["max_score"], answer.json()["attempt"]) == (8, 8, 1)
    assert student.get(f"/submissions/{answer.json()['id']}").json()["answers"] == RIGHT


def test_one_slip_is_charged_once_and_named(school):
    posed = school.posed()
    result = submit(school.student(posed), posed, SLIPPED).json()["result"]
    assert [root["node"] for root in result["root_causes"]] == ["c"]
    assert result["score"] == 7


def test_the_same_sheet_again_costs_no_attempt(school):
    posed = school.posed(policy={"attempts": 1})
    student = school.student(posed)
    first, again = submit(student, posed), submit(student, posed)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    check_problem(submit(student, posed, SLIPPED), 403, "submission.no_attempts")


def test_the_same_wrong_sheet_sent_many_times_gains_nothing(school):
    posed = school.posed(policy={"attempts": 2})
    student = school.student(posed)
    answers = [submit(student, posed, SLIPPED) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [201, 200, 200, 200, 200]
    assert {(answer.json()["score"], answer.json()["attempts_left"]) for answer in answers} == {(7, 1)}
    (row,) = school.teacher.get("/gradebook", params={"exercise_id": posed["id"]}).json()["grades"]
    assert (row["score"], row["attempts"]) == (7, 1)
    assert submit(student, posed).json()["attempts_left"] == 0


def test_attempts_left_are_told(school):
    posed = school.posed(policy={"attempts": 3})
    student = school.student(posed)
    assert [submit(student, posed, sheet(number)).json()["attempts_left"] for number in range(3)] == [2, 1, 0]


def test_a_request_sent_twice_is_kept_once(school):
    posed = school.posed()
    student = school.student(posed)
    first, again = submit(student, posed, key="one"), submit(student, posed, key="one")
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["idempotency-replayed"] == "true"
    check_problem(submit(student, posed, SLIPPED, key="one"), 422, "submission.key_reused")


def test_many_requests_at_once_cost_what_the_policy_allows(school):
    posed = school.posed(policy={"attempts": 2})
    student = school.client(school.key)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: submit(student, posed, sheet(number), student="bob").status_code, range(8)))
    assert sorted(answers) == [201] * 2 + [403] * 6


def test_what_cannot_be_read_costs_no_attempt_and_names_the_place(school):
    posed = school.posed(policy={"attempts": 1})
    student = school.student(posed)
    check_problem(submit(student, posed, {"nowhere": {"primal": 1}}), 422, "grade.unknown_node")
    assert submit(student, posed).status_code == 201


def test_every_student_has_a_variant_and_keeps_it(school):
    posed = school.posed(inputs={}, variants={"a": {"range": [10, 90]}, "b": {"range": [2, 9]}})
    ada, bob = school.student(posed, "ada"), school.student(posed, "bob")
    seen = [submit(who, posed, sheet(number)).json()["result"]["inputs"] for number, who in enumerate((ada, bob, ada))]
    assert seen[0] == seen[2] != seen[1]


def test_feedback_tells_a_student_no_more_than_the_policy(school):
    for feedback, fields in (("none", set()), ("verdicts", {"verdict"}), ("hints", {"verdict"}), ("full", {"verdict", "expected"})):
        posed = school.posed(policy={"feedback": feedback})
        student = school.student(posed)
        answer = submit(student, posed, SLIPPED).json()
        items = answer["result"].get("items", [])
        assert all(fields <= item.keys() for item in items)
        assert bool(items) == bool(fields)
        assert any("expected" in item for item in items) == (feedback == "full")
        whole = school.teacher.get(f"/submissions/{answer['id']}").json()["result"]
        assert all("expected" in item for item in whole["items"])


def test_before_and_after_its_time_nothing_is_taken(school):
    now = datetime.now(UTC)
    before, after = ((now + timedelta(hours=hours)).isoformat() for hours in (-1, 1))
    early, closed, late = (
        school.posed(policy=policy) for policy in ({"opens": after}, {"closes": before}, {"closes": before, "late": 0.5})
    )
    check_problem(submit(school.student(early), early), 403, "exercise.not_open")
    check_problem(submit(school.student(closed), closed), 403, "exercise.closed")
    answer = submit(school.student(late), late).json()
    assert (answer["score"], answer["late"]) == (4, True)


def test_nobody_hands_in_for_others(school):
    posed, other = school.posed(), school.posed()
    ada = school.student(posed, "ada")
    check_problem(submit(ada, posed, student="bob"), 403, "key.scope")
    check_problem(submit(ada, other), 404, "exercise.unknown")
    check_problem(submit(school.client(), posed, student="ada"), 404, "exercise.unknown")


def test_a_student_sees_only_the_own_submissions(school):
    posed = school.posed()
    ada, bob = school.student(posed, "ada"), school.student(posed, "bob")
    hers = submit(ada, posed).json()
    submit(bob, posed, SLIPPED)
    assert [one["id"] for one in ada.get("/submissions", params={"exercise_id": posed["id"]}).json()["submissions"]] == [hers["id"]]
    check_problem(bob.get(f"/submissions/{hers['id']}"), 403, "key.scope")


def test_pages_of_submissions_follow_each_other(school):
    posed = school.posed()
    for number in range(5):
        submit(school.teacher, posed, sheet(number), student=f"s{number}")
    seen, cursor = [], 0
    while cursor is not None:
        page = school.teacher.get("/submissions", params={"exercise_id": posed["id"], "cursor": cursor, "limit": 2}).json()
        seen += [one["student"] for one in page["submissions"]]
        cursor = page["next"]
    assert seen == [f"s{number}" for number in range(5)]


def test_a_zero_byte_is_no_error_of_the_server(school):
    posed = school.posed()
    assert submit(school.teacher, posed, student="a\0b").status_code in (201, 422)
    assert school.teacher.get("/submissions", params={"student": "a\0b"}).status_code in (200, 422)
    assert school.teacher.get("/submissions/%00").status_code in (404, 422)
