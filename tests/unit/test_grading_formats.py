"""Results in the shapes of Gradescope, PrairieLearn, CodeRunner and Moodle: nothing untold, nothing that runs."""

from __future__ import annotations

import csv
import io
import json

import pytest

from app.commands import grading
from app.settings import Settings
from app.wire.formatted import FORMATS
from app.wire.tasks import Desk

EXERCISE = {"source": "c = a + b\nd = b + 1\ne = c * d", "inputs": {"a": 2, "b": 1}, "points": 10}
SLIPPED = {
    "c": {"primal": 4, "adjoint": 2}, "d": {"primal": "two", "adjoint": 4}, "e": {"primal": 8, "adjoint": 1},
    "a": {"adjoint": 2}, "b": {"adjoint": 6},
}  # fmt: skip


def asked(form: str, answers=None, call: str = "grade", **other):
    policy = {"policy": {"feedback": other.pop("feedback")}} if "feedback" in other else {}
    body = {"exercise": EXERCISE | policy, "answers": SLIPPED if answers is None else answers, **other}
    status, content = Desk(Settings()).serve(f"{call}?format={form}", json.dumps(body).encode())
    assert status == 200, content
    return content.decode()


def test_gradescope_has_the_score_and_a_test_per_item():
    found = json.loads(asked("gradescope"))
    plain = json.loads(Desk(Settings()).serve("grade", json.dumps({"exercise": EXERCISE, "answers": SLIPPED}).encode())[1])
    assert found["score"] == plain["score"]
    assert len(found["tests"]) == len(plain["items"])
    slip = next(test for test in found["tests"] if test["name"] == "primal of c")
    assert (slip["status"], slip["score"], slip["max_score"]) == ("failed", 0, 1.25)
    assert sum(test["max_score"] for test in found["tests"]) == pytest.approx(10)


def test_prairielearn_has_a_share_and_a_test_per_item():
    found = json.loads(asked("prairielearn"))
    assert found["gradable"] is True
    assert 0 < found["score"] < 1
    assert {test["name"] for test in found["tests"]} >= {"primal of c", "adjoint of b"}


def test_prairielearn_charges_no_attempt_where_nothing_can_be_read():
    found = json.loads(asked("prairielearn", {"c": {"primal": "four"}}))
    assert found["gradable"] is False
    assert "four" in found["output"]


def test_coderunner_has_a_row_per_item_under_its_heads():
    found = json.loads(asked("coderunner"))
    heads, *rows = found["testresults"]
    assert heads[0] == "iscorrect"
    assert len(found["columnformats"]) == len(heads) - 1
    assert {row[0] for row in rows} == {0, 1}
    assert all(len(row) == len(heads) for row in rows)


def test_what_the_policy_does_not_tell_stands_in_no_format():
    for form in ("gradescope", "prairielearn", "coderunner"):
        assert "Expected" not in asked(form, feedback="hints")
        assert "primal of c" not in asked(form, feedback="none")


def test_the_prologue_that_moodle_shows_as_html_is_escaped():
    exercise = EXERCISE | {"source": "c = a + b", "ask": [{"node": "c", "quantity": "primal"}]}
    body = {"exercise": exercise, "answers": {"c": {"primal": "<img src=x onerror=alert(1)>"}}}
    found = json.loads(Desk(Settings()).serve("grade?format=coderunner", json.dumps(body).encode())[1])
    assert "<img" not in found["prologuehtml"]


def test_moodle_has_a_row_per_sheet_and_none_of_them_calculates():
    sheets = [{"id": 1, "student": "=HYPERLINK(1)", "answers": SLIPPED}, {"id": "+2", "answers": {"nowhere": 1}}]
    body = {"exercise": EXERCISE, "submissions": sheets}
    content = Desk(Settings()).serve("grade/batch?format=moodle-csv", json.dumps(body).encode())[1].decode()
    first, second = csv.DictReader(io.StringIO(content))
    assert (first["Identifier"], second["Identifier"], second["Grade"]) == ("'=HYPERLINK(1)", "'+2", "")
    assert float(first["Grade"]) > 0
    assert "nowhere" in second["Feedback"]


def test_a_batch_has_every_sheet_in_the_shape():
    body = {"exercise": EXERCISE, "submissions": [{"id": 1, "answers": SLIPPED}, {"id": 2, "answers": {"nowhere": 1}}]}
    found = json.loads(Desk(Settings()).serve("grade/batch?format=gradescope", json.dumps(body).encode())[1])["results"]
    assert "tests" in found[0]["result"]
    assert found[1]["status"] == 422


@pytest.mark.parametrize("call", ["grade?format=excel", "trace?format=gradescope", "validate?format=moodle-csv"])
def test_a_format_that_there_is_not_is_refused(call):
    status, content = Desk(Settings()).serve(call, json.dumps({"exercise": EXERCISE, "answers": {}}).encode())
    assert (status, json.loads(content)["code"]) == (422, "request.field")


def test_the_command_line_has_the_same_formats():
    assert grading.FORMATS == FORMATS


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_line_writes_the_same_bytes(form, tmp_path, capfdbinary):
    (tmp_path / "exercise.json").write_text(json.dumps(EXERCISE))
    (tmp_path / "answers.json").write_text(json.dumps(SLIPPED))
    from app.__main__ import main

    assert main(["grade", str(tmp_path / "exercise.json"), str(tmp_path / "answers.json"), "--format", form]) == 0
    assert capfdbinary.readouterr().out.decode() == asked(form) + ("" if form == "moodle-csv" else "\n")
