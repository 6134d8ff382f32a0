"""Grading: what is right, what follows from a slip, and which is the slip."""

from __future__ import annotations

import copy
import json

import pytest

from app.grading.slips.slip import SLIPS
from app.grading.written import UnreadableError, read
from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())
EXERCISE = {"source": "c = a + b\nd = b + 1\ne = c * d", "inputs": {"a": 2, "b": 1}, "mode": "reverse"}
RIGHT = {
    "c": {"primal": 3, "adjoint": 2},
    "d": {"primal": 2, "adjoint": 3},
    "e": {"primal": 6, "adjoint": 1},
    "a": {"adjoint": 2},
    "b": {"adjoint": 5},
}


def call(name: str, status: int = 200, **request):
    found, content = DESK.serve(name, json.dumps(request).encode())
    assert found == status, content
    return json.loads(content)


def grade(answers, exercise=None, **more):
    return call("grade", exercise={**EXERCISE, **(exercise or {})}, answers=answers, **more)


def changed(**values) -> dict:
    """The right sheet with other values: c_primal=4."""
    sheet = copy.deepcopy(RIGHT)
    for place, value in values.items():
        node, quantity = place.split("_")
        sheet[node][quantity] = value
    return sheet


def item(answer, node: str, quantity: str, slot: int | None = None):
    return next(i for i in answer["items"] if (i["node"], i["quantity"], i["slot"]) == (node, quantity, slot))


def slips(answer, node: str, quantity: str) -> list[str]:
    return [slip["name"] for slip in item(answer, node, quantity)["diagnosis"]]


# ---------------------------------------------------------------- verdicts


def test_a_right_sheet_has_all_points():
    answer = grade(RIGHT)
    assert (answer["score"], answer["max_score"], answer["root_causes"]) == (8, 8, [])
    assert {i["verdict"] for i in answer["items"]} == {"correct"}


def test_a_slip_is_charged_once_and_carried_on():
    answer = grade(changed(c_primal=4, e_primal=8, d_adjoint=4, b_adjoint=6))
    assert answer["score"] == 7
    assert [root["node"] for root in answer["root_causes"]] == ["c"]
    assert sorted(answer["root_causes"][0]["carried_to"]) == ["b", "d", "e"]
    assert "slipped once at c, carried to 3 nodes" in answer["root_causes"][0]["sentence"]
    assert item(answer, "e", "primal")["verdict"] == "follow_through"
    assert item(answer, "e", "primal")["expected_from_own_work"] == 8


def test_without_carry_only_the_truth_counts():
    answer = grade(changed(c_primal=4, e_primal=8, d_adjoint=4, b_adjoint=6), {"policy": {"carry": "off"}})
    assert answer["score"] == 4


def test_always_local_holds_a_student_to_the_own_numbers():
    sheet = changed(c_primal=4)  # e is the true 6, but not what follows from 4
    assert item(grade(sheet), "e", "primal")["verdict"] == "correct"
    assert item(grade(sheet, {"policy": {"carry": "always_local"}}), "e", "primal")["verdict"] == "incorrect"


def test_blank_and_unreadable_are_never_wrong():
    answer = grade(changed(b_adjoint="", d_adjoint="three"))
    assert item(answer, "b", "adjoint")["verdict"] == "missing"
    assert item(answer, "d", "adjoint")["verdict"] == "malformed"
    assert "no number" in item(answer, "d", "adjoint")["note"]


def test_what_rests_on_a_missing_value_cannot_be_graded():
    answer = grade(changed(c_primal="", e_primal=8))
    assert item(answer, "e", "primal")["verdict"] == "not_gradable"
    assert answer["root_causes"] == []


def test_a_final_answer_is_compared_with_the_truth():
    ask = [{"node": "c", "quantity": "primal"}, {"node": "e", "quantity": "output"}, {"node": "b", "quantity": "gradient", "weight": 2}]
    answer = grade({"c": {"primal": 4}, "e": {"output": 8}, "b": {"gradient": 5}}, {"ask": ask})
    assert [i["verdict"] for i in answer["items"]] == ["incorrect", "incorrect", "correct"]
    assert (answer["score"], answer["max_score"]) == (2, 4)


def test_own_partials_count_where_they_are_given():
    sheet = changed(d_adjoint=4)
    sheet["e"]["partials"] = [2, 4]
    answer = grade(sheet)
    assert item(answer, "e", "partial", 1)["verdict"] == "incorrect"
    assert item(answer, "d", "adjoint")["verdict"] == "follow_through"


def test_tensors_are_graded_cell_by_cell():
    exercise = {"source": "y = sum(x * x)", "inputs": {"x": [1, 2, 3]}, "mode": "reverse"}
    answer = call(
        "grade",
        exercise=exercise,
        answers={"v1": {"primal": [1, 4, 8], "adjoint": [1, 1, 1]}, "y": {"primal": 13, "adjoint": 1}, "x": {"adjoint": [2, 4, 6]}},
    )
    assert item(answer, "y", "primal")["verdict"] == "follow_through"
    wrong = [i["index"] for i in answer["items"] if i["verdict"] == "incorrect"]
    assert wrong == [[2]]


def test_at_a_kink_every_slope_between_is_right():
    exercise = {"source": "y = 3 * relu(x)", "inputs": {"x": 0}}
    for value, verdict in ((0, "correct"), (3, "correct"), ("1.5", "correct"), (4, "incorrect"), (-1, "incorrect")):
        answer = call("grade", exercise=exercise, answers={"x": {"adjoint": value}, "v1": {"adjoint": 3}})
        assert item(answer, "x", "adjoint")["verdict"] == verdict
    assert (
        "not differentiable"
        in item(call("grade", exercise=exercise, answers={"x": {"adjoint": 2}, "v1": {"adjoint": 3}}), "x", "adjoint")["note"]
    )


def test_both_sweeps_are_checked_against_each_other():
    exercise = {"source": "y = x * x", "inputs": {"x": 3}, "mode": "both"}
    sheet = {"x": {"tangent": 1, "adjoint": 6}, "y": {"primal": 9, "tangent": 6, "adjoint": 1}}
    assert call("grade", exercise=exercise, answers=sheet)["dual_check"]["agree"] is True
    sheet["x"]["adjoint"] = 5
    assert call("grade", exercise=exercise, answers=sheet)["dual_check"]["agree"] is False


def test_points_scale_the_score():
    answer = grade(changed(c_primal=4, e_primal=8, d_adjoint=4, b_adjoint=6), {"points": 10})
    assert (answer["score"], answer["max_score"]) == (8.75, 10)


@pytest.mark.parametrize(
    ("feedback", "has"), [("none", set()), ("verdicts", {"verdict"}), ("hints", {"verdict"}), ("full", {"verdict", "expected"})]
)
def test_feedback_is_what_the_policy_tells(feedback: str, has: set[str]):
    answer = grade(changed(c_primal=4), {"policy": {"feedback": feedback}})
    told = set(answer["items"][0]) & {"verdict", "expected"} if "items" in answer else set()
    assert told == has
    assert answer["score"] == 7


# ---------------------------------------------------------------- numbers as written


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (3, 3), ("0.333", 0.333), ("1/3", 1 / 3), ("2e-3", 0.002), ("-inf", float("-inf")), ("−2", -2), (" 1.50 ", 1.5),
        ("2·10^-3", 0.002), ("3×10⁻²", 0.03), (".5", 0.5), ("5.", 5), ("∞", float("inf")), ("2*10**3", 2000),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(raw, value: float):
    assert read(raw).value == value


@pytest.mark.parametrize("raw", ["", "  ", "-", "?", None])
def test_an_empty_cell_is_none(raw):
    assert read(raw) is None


@pytest.mark.parametrize("raw", ["x", "1,5", "1/0", "--2", "1e99999", True, {}, [1], "9" * 200, "0x10", "1_000", "nan()", "2**8"])
def test_what_is_no_number_says_why(raw):
    with pytest.raises(UnreadableError):
        read(raw)


def test_a_decimal_comma_is_read_where_the_exercise_says_so():
    assert read("0,5", comma=True).value == 0.5
    answer = grade(changed(c_primal="3,0"), {"decimal_comma": True})
    assert item(answer, "c", "primal")["verdict"] == "correct"


def test_half_a_unit_of_the_last_digit_is_accepted():
    exercise = {"source": "y = x / 3\nz = y * 7\nw = z + 0.123", "inputs": {"x": 1}, "mode": "primal"}
    sheet = {"y": {"primal": "0.333"}, "z": {"primal": "2.33"}, "w": {"primal": "2.46"}}
    assert call("grade", exercise=exercise, answers=sheet)["score"] == 3
    sheet["y"]["primal"] = "0.343"
    assert item(call("grade", exercise=exercise, answers=sheet), "y", "primal")["verdict"] == "incorrect"


@pytest.mark.parametrize(
    ("tolerance", "given", "verdict"),
    [
        ("exact", "0.6931471805599453", "correct"), ("exact", "0.693147", "incorrect"), ({"sigfig": 3}, "0.693", "correct"),
        ({"sigfig": 3}, "0.70", "incorrect"), ({"decdig": 1}, "0.7", "correct"), ({"decdig": 3}, "0.7", "incorrect"),
        ({"rtol": 0.02}, "0.70", "correct"), ({"rtol": 0.001}, "0.70", "incorrect"),
    ],
)  # fmt: skip
def test_tolerances_are_what_they_say(tolerance, given: str, verdict: str):
    exercise = {"source": "y = log(x)", "inputs": {"x": 2}, "mode": "primal", "tolerance": tolerance}
    answer = call("grade", exercise=exercise, answers={"y": {"primal": given}})
    assert answer["items"][0]["verdict"] == verdict
    assert answer["tolerance"]


# ---------------------------------------------------------------- what went wrong


@pytest.mark.parametrize(
    ("sheet", "node", "quantity", "name"),
    [
        ({"b_adjoint": 3}, "b", "adjoint", "missing_path"),
        ({"b_adjoint": 8}, "b", "adjoint", "path_counted_twice"),
        ({"b_adjoint": -5}, "b", "adjoint", "sign"),
        ({"c_adjoint": 6}, "c", "adjoint", "primal_for_partial"),
        ({"d_primal": 20}, "d", "primal", "decimal_shift"),
        ({"e_primal": 5}, "e", "primal", "wrong_operation"),
    ],
)
def test_known_slips_are_named(sheet: dict, node: str, quantity: str, name: str):
    assert name in slips(grade(changed(**sheet)), node, quantity)


@pytest.mark.parametrize(
    ("source", "inputs", "node", "quantity", "given", "name"),
    [
        ("y = sin(x)", {"x": 2}, "y", "primal", "0.0349", "degrees"),
        ("y = log(x)", {"x": 5}, "y", "primal", "0.699", "log_base"),
        ("y = a / b", {"a": 3, "b": 4}, "y", "primal", "1.33", "swapped_operands"),
        ("y = x ** 3", {"x": 2}, "x", "adjoint", 24, "power_rule"),
        ("y = a / b", {"a": 3, "b": 4}, "b", "adjoint", "0.1875", "quotient_order"),
        ("u = 3 * x\ny = sin(u)", {"x": 0.5}, "x", "adjoint", "0.0707", "forgotten_inner"),
        ("u = 3 * x\ny = sin(u)", {"x": 0.5}, "x", "adjoint", 3, "forgotten_upstream"),
        ("u = a - b\ny = u * u", {"a": 5, "b": 3}, "u", "adjoint", 2, "missing_path"),
    ],
)
def test_slips_of_calculus_are_named(source: str, inputs: dict, node: str, quantity: str, given, name: str):
    trace = call("trace", source=source, inputs=inputs)["nodes"]
    sheet = {n["label"]: {"primal": n["primal"], "adjoint": n["adjoint"]} for n in trace if n["kind"] == "op"}
    sheet[node] = {**sheet.get(node, {}), quantity: given}
    answer = call("grade", exercise={"source": source, "inputs": inputs}, answers=sheet)
    found = [slip["name"] for i in answer["items"] if (i["node"], i["quantity"]) == (node, quantity) for slip in i["diagnosis"]]
    assert name in found


def test_several_slips_with_one_result_are_all_named():
    assert {"missing_path", "forgotten_upstream"} <= set(slips(grade(changed(b_adjoint=3)), "b", "adjoint"))


def test_every_slip_has_a_sentence():
    assert all(sentence.endswith(".") for sentence in SLIPS.values())


# ---------------------------------------------------------------- variants, batches, reading

VARIANTS = {
    "source": "c = a * b\nd = c + a\ne = d * c",
    "variants": {"a": {"choice": [2, 3, 4]}, "b": {"choice": [5, 6, 7]}},
    "avoid": [],
    "mode": "reverse",
}


def test_a_student_has_the_same_variant_each_time_and_seeds_differ():
    first = grade({}, VARIANTS | {"inputs": {}}, student="s1")
    assert grade({}, VARIANTS | {"inputs": {}}, student="s1")["inputs"] == first["inputs"]
    assert len({json.dumps(grade({}, VARIANTS | {"inputs": {}}, seed=seed)["inputs"]) for seed in range(30)}) > 3


def test_a_batch_answers_each_sheet_with_a_status_of_its_own():
    answer = call(
        "grade/batch",
        exercise=EXERCISE,
        submissions=[{"id": 1, "answers": RIGHT}, {"id": 2, "answers": {"q": {}}}, {"id": 3, "answers": 5}],
    )
    assert [(row["id"], row["status"]) for row in answer["results"]] == [(1, 200), (2, 422), (3, 422)]
    assert answer["results"][0]["result"] == grade(RIGHT)
    assert answer["results"][1]["problem"]["code"] == "grade.unknown_node"


def test_reading_alone_judges_nothing():
    answer = call("validate", exercise=EXERCISE, answers={"c": {"primal": "1/2", "adjoint": "two"}, "d": {"primal": ""}})
    assert [(row["status"], row["understood"]) for row in answer["items"]] == [("read", 0.5), ("malformed", None), ("blank", None)]
    assert "verdict" not in answer["items"][0]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"z": {"primal": 1}}, "grade.unknown_node"), ({"c": {"value": 1}}, "grade.unknown_quantity"),
        ({"#99": {"primal": 1}}, "grade.unknown_node"),
        ({"c": {"primal": 3}, "v1": {"primal": 3}}, "grade.twice"), ({"__proto__": {"primal": 1}}, "grade.unknown_node"),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_is_refused_with_its_code(answers: dict, code: str):
    assert call("grade", 422, exercise=EXERCISE, answers=answers)["code"] == code


def test_nodes_are_found_by_name_label_number_and_place():
    for spelling in ("c", "v1", "#2"):
        assert item(grade({spelling: {"primal": 3}}), "c", "primal")["verdict"] == "correct"
    exercise = {"source": "y = sin(a) * sin(b)", "inputs": {"a": 1, "b": 2}}
    assert call("grade", 422, exercise=exercise, answers={"sin": {"primal": 1}})["code"] == "grade.ambiguous_node"


@pytest.mark.parametrize(
    "answers", [{"c": {"primal": [[1]]}}, {"c": {"primal": {"a": 1}}}, {"c": {"partials": [1, 2, 3]}}, {"c": [1, 2]}, {"c": None}]
)
def test_odd_shapes_are_malformed_and_nothing_breaks(answers: dict):
    answer = grade(answers)
    assert item(answer, "c", "primal")["verdict"] in ("malformed", "missing")
