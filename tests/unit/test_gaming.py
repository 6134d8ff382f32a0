"""Carried work can be gamed: each attempt that somebody may think of, and that it gains nothing.

A lie is written early and everything after it worked out from the lie, since carried work counts as right.
"""

from __future__ import annotations

import json

import pytest

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())
PRODUCTS = {"source": "c = a * b\nd = c * x\ne = d * y\nf = e + d", "inputs": {"a": 3, "b": 4, "x": 5, "y": 2}}
"""c = 12, d = 60, e = 120, f = 180; the adjoints of f, e, d, c are 1, 1, 3, 15."""


def call(name: str, **request) -> dict:
    status, content = DESK.serve(name, json.dumps(request).encode())
    assert status == 200, content
    return json.loads(content)


def grade(exercise: dict, answers: dict, carry: str = "best", **policy) -> dict:
    return call("grade", exercise={**exercise, "policy": {"carry": carry, **policy}}, answers=answers)


def gained(exercise: dict, answers: dict, carry: str = "best") -> float:
    """What a sheet earns beyond the values that are true."""
    return grade(exercise, answers, carry)["score"] - grade(exercise, answers, "off")["score"]


def verdicts(answer: dict) -> dict[tuple[str, str], str]:
    return {(item["node"], item["quantity"]): item["verdict"] for item in answer["items"]}


def products(c: object, d: object, e: object, f: object, x: object, y: object) -> dict:
    """A sheet for PRODUCTS from a c of the student's own, with what follows from it; all else is true."""
    sheet: dict = {node: {"primal": value} for node, value in zip("cdef", (c, d, e, f), strict=True)}
    for node, adjoint in {"f": 1, "e": 1, "d": 3, "c": 15, "a": 60, "b": 45, "x": x, "y": y}.items():
        sheet.setdefault(node, {})["adjoint"] = adjoint
    return sheet


def test_an_honest_slip_gains_what_follows_from_it():
    """What the attempts below are after."""
    assert gained(PRODUCTS, products(c=11, d=55, e=110, f=165, x=33, y=55)) == 5


@pytest.mark.parametrize("zero", [0, "0.00", "-0", "0/7"])
def test_a_zero_written_early_gains_nothing(zero: object):
    assert gained(PRODUCTS, products(c=zero, d=0, e=0, f=0, x=0, y=0)) == 0


def test_zeros_everywhere_gain_nothing():
    assert grade(PRODUCTS, {node: {"primal": 0, "adjoint": 0} for node in "cdef"} | {node: {"adjoint": 0} for node in "abxy"})["score"] == 0


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_what_is_not_finite_gains_nothing(value: str):
    sheet = products(c=value, d=value, e=value, f=value, x=value, y=value)
    assert gained(PRODUCTS, sheet) == 0
    assert {item["node"] for item in grade(PRODUCTS, sheet)["items"] if item["verdict"] == "follow_through"} == set()


def test_a_one_written_before_a_product_gains_nothing_there():
    told = verdicts(grade(PRODUCTS, products(c=1, d=5, e=10, f=15, x=3, y=5)))
    assert (told["d", "primal"], told["x", "adjoint"]) == ("incorrect", "incorrect")


@pytest.mark.parametrize("number", [7, "1e300", "0.5"])
def test_one_number_everywhere_gains_nothing(number: object):
    sheet = {node: {"primal": number, "adjoint": number} for node in "cdef"} | {node: {"adjoint": number} for node in "abxy"}
    assert grade(PRODUCTS, sheet)["score"] == 0


# ---------------------------------------------------------------- coarse numbers

SQUARES = {"source": "y = x * x\nz = y * x", "inputs": {"x": 1.2}, "mode": "primal"}


@pytest.mark.parametrize("one", ["1", "1.", "1e0", "2/2", 1])
def test_a_one_that_stands_for_anything_from_a_half_to_three_halves_gains_nothing(one: object):
    assert grade(SQUARES, {"y": {"primal": one}, "z": {"primal": "2"}})["score"] == 0


@pytest.mark.parametrize("z", ["1", "2", "1.0", "1.4", "1.7", "1.9"])
def test_what_follows_from_a_coarse_number_gains_nothing_by_its_coarseness(z: str):
    """From 1 ± 0.5 anything from 0.6 to 1.8 would follow; from 1 follows 1.2, and 1.7 is the truth."""
    right = grade(SQUARES, {"y": {"primal": "1"}, "z": {"primal": z}})["items"][1]["verdict"] in ("correct", "follow_through")
    assert right == (z == "1.7")


# ---------------------------------------------------------------- branches and saturation


@pytest.mark.parametrize(("call_of_u", "u", "s"), [("sigmoid(u)", 1000, 1), ("tanh(u)", 1000, 1), ("exp(u)", -1000, 0)])
def test_a_saturated_function_gains_nothing(call_of_u: str, u: float, s: float):
    exercise = {"source": f"u = w * x\ns = {call_of_u}\ny = s * k", "inputs": {"w": 0.5, "x": 2, "k": 3}}
    lie = {"u": {"primal": u, "adjoint": 0}, "s": {"primal": s, "adjoint": 3}, "y": {"primal": 3 * s, "adjoint": 1}}
    sheet = lie | {"w": {"adjoint": 0}, "x": {"adjoint": 0}, "k": {"adjoint": s}}
    for carry in ("best", "always_local"):
        told = verdicts(grade(exercise, sheet, carry))
        assert {place for place, verdict in told.items() if verdict == "follow_through"} <= {("k", "adjoint")}
        assert {told["s", "primal"], told["u", "adjoint"], told["w", "adjoint"], told["x", "adjoint"]} == {"incorrect"}


@pytest.mark.parametrize(
    ("call_of_u", "u", "s", "slope"),
    [("relu(u)", -3, 0, 0), ("abs(u)", -3, 3, -1), ("max(u, k)", 1, 3, 0), ("min(u, 9)", 11, 9, 0), ("where(u > 0, u, 7)", -3, 7, 0)],
)
def test_a_switched_branch_gains_nothing(call_of_u: str, u: float, s: float, slope: float):
    """u is 4, so that the other branch is not the true one; behind it there is less to work out."""
    exercise = {"source": f"u = w * x\ns = {call_of_u}\ny = s * 5", "inputs": {"w": 2, "x": 2, "k": 3}}
    if "k" not in call_of_u:
        del exercise["inputs"]["k"]
    sheet = {"u": {"primal": u, "adjoint": 5 * slope}, "s": {"primal": s, "adjoint": 5}, "y": {"primal": 5 * s, "adjoint": 1}}
    told = verdicts(grade(exercise, sheet))
    assert told["u", "adjoint"] == "incorrect"
    assert told["s", "primal"] == "incorrect"


# ---------------------------------------------------------------- the truth, the cap, the neighbour


def test_a_final_answer_that_only_follows_gains_nothing():
    ask = [{"node": "c", "quantity": "primal"}, {"node": "f", "quantity": "output"}, {"node": "x", "quantity": "gradient"}]
    lie = {"c": {"primal": 11}, "d": {"primal": 55}, "e": {"primal": 110}, "f": {"output": 165}, "x": {"gradient": 33}}
    for carry in ("best", "always_local"):
        assert grade({**PRODUCTS, "ask": ask}, lie, carry)["score"] == 0


@pytest.mark.parametrize(("cap", "score"), [(1, 11), (0.25, 9), (0, 6)])
def test_carried_credit_beyond_the_cap_gains_nothing(cap: float, score: float):
    """Of twelve values six are true, one is wrong, and five follow from it."""
    sheet = products(c=11, d=55, e=110, f=165, x=33, y=55)
    assert grade(PRODUCTS, sheet, carry_cap=cap)["score"] == score


VARIANTS = {
    "source": "c = a * b\nd = c + a\ne = d * c",
    "variants": {"a": {"choice": [2, 3, 4]}, "b": {"choice": [5, 6, 7]}},
    "avoid": [],
}


def right(seed: int) -> tuple[dict, dict]:
    """The inputs of a variant, and its right sheet."""
    inputs = call("validate", exercise=VARIANTS, answers={}, seed=seed)["inputs"]
    nodes = call("trace", source=VARIANTS["source"], inputs=inputs)["nodes"]
    return inputs, {node["label"]: {quantity: node[quantity] for quantity in _asked(node)} for node in nodes}


def _asked(node: dict) -> list[str]:
    return ["adjoint"] if node["kind"] == "input" else ["primal", "adjoint"]


def test_the_key_of_another_variant_gains_nothing():
    inputs, own = right(0)
    theirs = next(sheet for their, sheet in map(right, range(1, 50)) if all(their[name] != inputs[name] for name in inputs))
    copied = call("grade", exercise=VARIANTS, answers=theirs, seed=0)
    assert copied["other_variant"] is True
    true = call("grade", exercise={**VARIANTS, "policy": {"carry": "off"}}, answers=theirs, seed=0)
    assert copied["score"] == true["score"] <= 1
    mine = call("grade", exercise=VARIANTS, answers=own, seed=0)
    assert mine["score"] == mine["max_score"]
