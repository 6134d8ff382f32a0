"""The blank sheet: everything that a student needs, in working order, and no number that is asked."""

from __future__ import annotations

import json

import pytest

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())
EXERCISE = {"source": "c = a + b\nd = b * 5\ne = c * d", "inputs": {"a": 2.25, "b": 1.125}, "mode": "reverse"}


def call(name: str, status: int = 200, **request):
    found, content = DESK.serve(name, json.dumps(request).encode())
    assert found == status, content
    return json.loads(content)


def sheet(exercise=None, **more):
    return call("sheet", exercise={**EXERCISE, **(exercise or {})}, **more)


def order(answer) -> list[str]:
    return [f"{one['node']}.{one['quantity']}" + ("" if one["slot"] is None else str(one["slot"])) for one in answer["asked"]]


def numbers(value) -> set[float]:
    """Every number anywhere in some JSON, also those in its texts that stand alone."""
    if isinstance(value, dict):
        return set().union(*map(numbers, value.values()))
    if isinstance(value, list):
        return set().union(*map(numbers, value))
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, str):
        words = (word.strip("{}()[],") for word in value.split())
        return {float(word) for word in words if word.replace(".", "", 1).lstrip("-").isdigit()}
    return {float(value)}


def truths(exercise, **more) -> set[float]:
    """What is asked: by a sheet on which every cell is wrong."""
    asked = sheet(exercise, **more)["asked"]
    answers = {one["node"]: {} for one in asked}
    graded = call("grade", exercise={**EXERCISE, **exercise}, answers=answers, **more)
    return {float(item["expected"]) for item in graded["items"]}


@pytest.mark.parametrize(
    "exercise",
    [
        {},
        {"mode": "forward", "seed": {"a": 1.75, "b": -0.625}},
        {"mode": "both", "seed": {"a": 1.75, "b": -0.625, "e": 3.375}},
        {"source": "w = A @ x\ny = sum(w * w) * 1.0625", "inputs": {"A": [[1.5, 2.25], [0.75, -1.125]], "x": [2.375, 1.625]}},
        {"source": "c = a * b * 3.5\ns = c.item()\ny = s * a + c", "inputs": {"a": 2.25, "b": 1.125}},
        {"source": "c = a * b * 3.5\ny = c.item() * a + c", "inputs": {"a": 2.25, "b": 1.125}},
    ],
)
def test_no_number_that_is_asked_is_in_it(exercise):
    answer = sheet(exercise)
    given = numbers([exercise, EXERCISE]) | {float(n) for n in range(-3, 40)}  # what is in the exercise, and ids, lines and columns
    asked = truths(exercise) - given
    assert len(asked) >= 3
    assert not numbers(answer) & asked


def test_it_is_asked_in_working_order():
    assert order(sheet()) == ["c.primal", "d.primal", "e.primal", "e.adjoint", "d.adjoint", "c.adjoint", "b.adjoint", "a.adjoint"]


def test_tangents_go_along_with_the_primals():
    assert order(sheet({"mode": "forward"})) == ["a.tangent", "b.tangent", *(f"{n}.{q}" for n in "cde" for q in ("primal", "tangent"))]


def test_a_list_of_questions_is_put_into_working_order_too():
    ask = [{"node": "b", "quantity": "gradient"}, {"node": "e", "quantity": "partial"}, {"node": "e", "quantity": "output", "weight": 3}]
    answer = sheet({"ask": ask})
    assert order(answer) == ["e.output", "e.partial0", "e.partial1", "b.gradient"]
    assert answer["points"] == 6


def test_what_is_asked_by_two_words_is_written_once():
    answer = sheet({"ask": [{"node": "b", "quantity": "adjoint"}, {"node": "b", "quantity": "gradient", "weight": 2}]})
    assert [(one["quantity"], one["weight"]) for one in answer["asked"]] == [("adjoint", 3)]


def test_a_tensor_is_asked_cell_by_cell():
    answer = sheet({"source": "w = A @ x\ny = sum(w)", "inputs": {"A": [[1, 2], [3, 4]], "x": [1, 2]}})
    assert [one["index"] for one in answer["asked"] if one["node"] == "w" and one["quantity"] == "primal"] == [[0], [1]]
    assert [one["index"] for one in answer["asked"] if one["node"] == "A"] == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_inputs_and_constants_have_their_values():
    values = {node["label"]: node.get("value") for node in sheet()["nodes"]}
    assert values == {"a": 2.25, "b": 1.125, "c": None, "5": 5.0, "d": None, "e": None}


def test_a_student_gets_the_numbers_that_are_graded():
    exercise = {"variants": {"a": {"range": [2, 40], "step": 0.5}}, "id": "drawn"}
    blank = sheet(exercise, student="s-17")
    graded = call("grade", exercise={**EXERCISE, **exercise}, answers={}, student="s-17")
    assert (blank["inputs"], blank["seed"]) == (graded["inputs"], graded["seed"])
    assert sheet(exercise, seed=blank["seed"])["inputs"] == blank["inputs"]


def test_a_sheet_filled_in_by_its_own_spellings_is_graded_in_full():
    exercise = {"source": "y = sin(x) * cos(x) + sin(x) * x", "inputs": {"x": 0.7}}
    rows = sheet(exercise)["asked"]
    truth = {(i["id"], i["quantity"]): i["expected"] for i in call("grade", exercise={**EXERCISE, **exercise}, answers={})["items"]}
    answers: dict[str, dict[str, float]] = {}
    for row in rows:
        answers.setdefault(row["node"], {})[row["quantity"]] = truth[row["id"], row["quantity"]]
    graded = call("grade", exercise={**EXERCISE, **exercise}, answers=answers)
    assert graded["score"] == graded["max_score"] == sheet(exercise)["points"]


def test_the_policy_and_the_tolerance_are_told_before_the_first_attempt():
    answer = sheet({"policy": {"attempts": 3, "feedback": "hints", "closes": "2030-05-01T12:00:00Z"}, "tolerance": {"sigfig": 3}})
    assert answer["policy"] == {
        "attempts": 3, "feedback": "hints", "carry": "best", "opens": None, "closes": "2030-05-01T12:00:00Z", "late": None,
    }  # fmt: skip
    assert answer["tolerance"] == "3 significant digits"


def test_odd_names_stay_names():
    answer = sheet({"source": "constructor = a * b\ny = constructor + a"})
    assert order(answer)[0] == "constructor.primal"


def test_a_sheet_that_nobody_can_fill_in_is_refused():
    assert call("sheet", 422, exercise={"source": "y = sum(x * x)", "inputs": {"x": [1.0] * 2500}})["code"] == "grade.too_large"
