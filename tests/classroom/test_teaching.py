"""What teachers do with submissions: the gradebook, the class's slips, regrades, deletion."""

from __future__ import annotations

import csv
import io
import json

import pytest
from live import check_problem
from school import RIGHT, SLIPPED, exercise, submit


@pytest.fixture
def class_of_three(school):
    posed = school.posed()
    for student, answers in (("ada", RIGHT), ("bob", SLIPPED), ("=HYPERLINK(1)", SLIPPED)):
        assert submit(school.teacher, posed, answers, student=student).status_code == 201
    return posed


def test_the_gradebook_has_everybodys_best(school, class_of_three):
    submit(school.teacher, class_of_three, {"c": {"primal": 0}}, student="ada")
    rows = school.teacher.get("/gradebook", params={"exercise_id": class_of_three["id"]}).json()["grades"]
    assert {row["student"]: (row["score"], row["attempts"]) for row in rows} == {"ada": (8, 2), "bob": (7, 1), "=HYPERLINK(1)": (7, 1)}


@pytest.mark.parametrize(("kind", "column"), [("csv", "student"), ("moodle-csv", "Identifier")])
def test_the_gradebook_as_a_table_is_safe_in_a_spreadsheet(school, class_of_three, kind, column):
    answer = school.teacher.get("/gradebook", params={"exercise_id": class_of_three["id"], "format": kind})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    names = {row[column] for row in csv.DictReader(io.StringIO(answer.text))}
    assert names == {"ada", "bob", "'=HYPERLINK(1)"}


def test_the_gradebook_needs_a_key_that_reads_results(school, class_of_three):
    check_problem(school.client().get("/gradebook"), 401, "key.missing")
    check_problem(school.student(class_of_three).get("/gradebook"), 403, "key.scope")


def test_progress_says_where_the_class_slips_and_how(school, class_of_three):
    told = school.teacher.get(f"/exercises/{class_of_three['id']}/progress").json()
    assert (told["students"], told["finished"]) == (3, 1)
    spots = {(spot["node"], spot["quantity"]): spot for spot in told["spots"]}
    assert spots["c", "primal"]["slips"] == 2
    assert spots["c", "primal"]["verdicts"] == {"correct": 1, "incorrect": 2}
    assert spots["e", "primal"]["verdicts"] == {"correct": 1, "follow_through": 2}


@pytest.fixture
def corrected(school, class_of_three):
    """A second version, under which the slipped sheets are right and the right one is not."""
    text = exercise(id=class_of_three["id"], inputs={"a": 3, "b": 1})
    school.teacher.put(f"/exercises/{class_of_three['id']}", json=text, headers={"if-match": '"1"'})
    return class_of_three


def scores(school, posed) -> dict[str, float]:
    rows = school.teacher.get("/gradebook", params={"exercise_id": posed["id"]}).json()["grades"]
    return {row["student"]: row["score"] for row in rows}


def planned(school, posed, **other) -> dict:
    answer = school.teacher.post("/regrades", json={"exercise_id": posed["id"], "why": "a was meant to be 3", **other})
    assert answer.status_code == 202, answer.text
    return school.regraded(answer.json()["id"])


def test_a_regrade_is_first_on_paper_then_applied_then_undone(school, corrected, worker):
    before = scores(school, corrected)
    regrade = planned(school, corrected, policy="replace")
    assert regrade["state"] == "ready"
    changes = {row["student"]: row["change"] for row in regrade["diff"]}
    assert (changes["bob"], changes["ada"] < 0) == (1, True)
    assert scores(school, corrected) == before
    assert school.teacher.post(f"/regrades/{regrade['id']}/apply", json={}).json()["state"] == "applied"
    after = scores(school, corrected)
    assert (after["bob"], after["ada"]) == (8, 8 + changes["ada"])
    assert school.teacher.post(f"/regrades/{regrade['id']}/undo", json={"why": "it was 2 after all"}).json()["state"] == "undone"
    assert scores(school, corrected) == before


def test_a_regrade_that_keeps_the_higher_lowers_nobody(school, corrected, worker):
    planned(school, corrected, dry_run=False)
    assert scores(school, corrected) == {"ada": 8, "bob": 8, "=HYPERLINK(1)": 8}


def test_every_changed_score_stands_in_the_log(school, corrected, worker):
    regrade = planned(school, corrected, dry_run=False)
    changed = next(row for row in regrade["diff"] if row["student"] == "bob")
    (row,) = school.teacher.get("/audit", params={"subject": changed["submission_id"]}).json()["changes"]
    assert (row["what"], row["why"], row["before"]["score"], row["after"]["score"]) == ("submission regraded", "a was meant to be 3", 7, 8)
    assert row["who"].startswith("key:")


def test_the_export_says_no_names(school, class_of_three):
    lines = [json.loads(line) for line in school.teacher.get("/submissions/export").text.splitlines()]
    ours = [line for line in lines if line["exercise_id"] == class_of_three["id"]]
    assert len(ours) == 3
    assert all(line["student"].startswith("p-") for line in ours)


def test_a_forgotten_student_is_gone_from_everywhere(school, class_of_three):
    student = school.student(class_of_three, "bob")
    assert student.delete("/students/bob").json()["submissions"] >= 1
    assert "bob" not in scores(school, class_of_three)
    assert "bob" not in school.teacher.get("/submissions/export", params={"pseudonyms": "false"}).text
    check_problem(student.delete("/students/ada"), 401, "key.missing")
