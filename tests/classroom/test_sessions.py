"""Signing in: a teacher by key, a student by link; other sites cannot act in their name."""

from __future__ import annotations

from live import check_problem
from school import submit


def test_a_teacher_exchanges_a_key_for_a_session(school):
    browser = school.client()
    answer = browser.post("/session", json={"key": school.key})
    assert answer.json()["role"] == "teacher"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert school.key not in answer.text + cookie
    assert browser.get("/gradebook").status_code == 200
    browser.delete("/session")
    check_problem(browser.get("/gradebook"), 401, "key.missing")


def test_a_student_without_an_id_is_given_one_and_keeps_it(school):
    posed = school.posed()
    student = school.student(posed, None)
    name = student.get("/session").json()["student"]
    assert name.startswith("s-")
    student.post("/session", json={"link": school.posed()["link"]})
    assert student.get("/session").json()["student"] == name
    assert submit(student, posed).json()["student"] == name


def test_a_link_opens_its_exercise_and_no_other(school):
    first, second = school.posed(), school.posed()
    student = school.student(first)
    assert student.get("/session").json()["exercises"] == [first["id"]]
    check_problem(student.get(f"/exercises/{second['id']}"), 404, "exercise.unknown")


def test_wrong_keys_and_links_open_nothing(school):
    check_problem(school.client().post("/session", json={"key": "wgt_wrong"}), 401, "key.missing")
    check_problem(school.client().post("/session", json={"link": "wrong", "student": "ada"}), 403, "session.link")
    check_problem(school.client().post("/session", json={}), 422, "request.field")


def test_another_sites_page_cannot_change_anything(school):
    student = school.student(posed := school.posed())
    body = {"exercise_id": posed["id"], "answers": {}}
    check_problem(student.post("/submissions", json=body, headers={"origin": "https://evil.example"}), 403, "request.origin")
    assert student.post("/submissions", json=body, headers={"origin": school.address}).status_code == 201


def test_methods_that_are_not_answered_are_problems(school):
    check_problem(school.teacher.patch("/submissions", json={}), 405, "request.method")
    check_problem(school.teacher.get("/submissions/none/such"), 404, "request.not_found")
    check_problem(school.teacher.get("/submissions/none"), 404, "submission.unknown")
    check_problem(school.teacher.post("/submissions", content=b"{"), 415, "request.media_type")
    check_problem(school.teacher.post("/submissions", content=b"{", headers={"content-type": "application/json"}), 400, "request.json")
