"""Stationary points under constraints: found, exact, of the right kind, and what is said where Lagrange's equations fail."""

from __future__ import annotations

import json
from itertools import pairwise

import mpmath
import pytest
import sympy
from lagrange_problems import PROBLEMS, Problem

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())


def ask(objective: str, *constraints: str, status: int = 200, **request):
    body = {"objective": objective, "constraints": list(constraints), "contours": False, **request}
    found, content = DESK.serve("lagrange", json.dumps(body).encode())
    assert found == status, content
    return json.loads(content)


def solved(problem: Problem):
    given = {"start": problem.start} if problem.start else {}
    return ask(problem.objective, *problem.constraints, sense="max" if problem.kind == "max" else "min", **given)


def nearest(answer, x: dict[str, float]):
    return min(answer["points"], key=lambda point: max(abs(point["point"][name] - value) for name, value in x.items()))


def exact(problem: Problem) -> tuple[dict[str, float], float]:
    """The solution by Newton's method in 40 digits on derivatives of SymPy, apart from all of ours; a degenerate one as it is given."""
    names = {name: sympy.Symbol(name) for name in problem.x}
    f, *gs = [sympy.sympify(_difference(text), locals=names, rational=True) for text in (problem.objective, *problem.constraints)]
    if problem.kind == "degenerate":
        return problem.x, float(f.subs(problem.x))
    multipliers = sympy.symbols(f"m0:{len(gs)}")
    whole = f - sum(m * g for m, g in zip(multipliers, gs, strict=True))
    unknowns = [*names.values(), *multipliers]
    jacobian = sympy.Matrix([[g.diff(x).subs(problem.x) for g in gs] for x in names.values()]).evalf()
    slope = sympy.Matrix([f.diff(x).subs(problem.x) for x in names.values()]).evalf()
    start = [*problem.x.values(), *((jacobian.T * jacobian).LUsolve(jacobian.T * slope))]
    with mpmath.workdps(40):
        equations = sympy.lambdify(unknowns, [whole.diff(x) for x in names.values()] + gs, "mpmath")
        found = mpmath.findroot(equations, [mpmath.mpf(str(value)) for value in start], tol=1e-30)
        value = sympy.lambdify(list(names.values()), f, "mpmath")(*found[: len(names)])
    return dict(zip(names, map(float, found), strict=False)), float(value)


def _difference(text: str) -> str:
    left, _, right = text.partition("==")
    return f"({left}) - ({right})" if right else text


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_known_solutions_are_found_to_eight_digits(problem: Problem):
    x, value = exact(problem)
    answer = solved(problem)
    point = nearest(answer, x)
    assert max(abs(point["point"][name] - at) for name, at in x.items()) <= 1e-8
    assert point["value"] == pytest.approx(value, rel=1e-8, abs=1e-8)
    assert problem.value is None or value == pytest.approx(problem.value, rel=1e-6, abs=1e-9)
    assert point["kind"] == problem.kind
    assert point["residual"] <= 1e-9 * (1 + max(map(abs, [*point["multipliers"], *point["point"].values()])))
    assert problem.count is None or len(answer["points"]) == problem.count


def test_the_four_points_of_x_y_on_the_circle_have_their_multipliers_and_kinds():
    found = ask("x*y", "x**2 + y**2 - 1")["points"]
    assert (
        sorted((round(p["value"], 12), p["kind"], *p["multipliers"]) for p in found) == [(-0.5, "min", -0.5)] * 2 + [(0.5, "max", 0.5)] * 2
    )


def test_an_equation_is_its_left_side_minus_its_right_side():
    """L = f − λ (g − c): the multiplier does not change with the spelling, but with the sides."""
    (one,) = ask("x**2 + y**2", "x + y == 2")["points"]
    (other,) = ask("x**2 + y**2", "2 == x + y")["points"]
    assert one["multipliers"] == [2.0]
    assert other["multipliers"] == [-2.0]


@pytest.mark.parametrize(("sense", "turn"), [("min", 1), ("max", -1)])
def test_the_sense_sorts_and_filters_nothing(sense: str, turn: int):
    answer = ask("x*y", "x**2 + y**2 == 1", sense=sense)
    values = [turn * point["value"] for point in answer["points"]]
    assert len(values) == 4
    assert all(a <= b + 1e-12 for a, b in pairwise(values))
    assert answer["best"]["kind"] == sense
    assert answer["best"]["point"] == answer["points"][answer["best"]["index"]]["point"]


def test_a_continuum_gives_degenerate_representatives():
    answer = ask("x**2 + y**2", "x**2 + y**2 == 1")
    assert {point["kind"] for point in answer["points"]} == {"degenerate"}
    assert 3 <= len(answer["points"]) <= 20
    assert any("continuum" in note for note in answer["notes"])


def test_multipliers_are_the_slope_of_the_optimum():
    answer = ask("x + y + z", "x**2 + y**2 == 2", "x + z == 1")
    for point in answer["points"]:
        for moved in point["sensitivity"]:
            assert moved["slope"] == pytest.approx(point["multipliers"][moved["constraint"]], rel=1e-6)
            assert moved["values"][moved["offsets"].index(0.0)] == pytest.approx(point["value"])


def test_an_optimum_is_followed_along_its_constraint():
    """The largest rectangle of circumference 2 (x + y) = c has the area (c/4)²."""
    (point,) = ask("x*y", "2*x + 2*y == 20", sense="max")["points"]
    (moved,) = point["sensitivity"]
    assert moved["values"] == pytest.approx([((20 + offset) / 4) ** 2 for offset in moved["offsets"]])


def test_at_a_cusp_the_equations_have_no_solution_and_the_point_is_told():
    """min x on y² = x³ is at the origin, where the constraint's gradient vanishes."""
    answer = ask("x", "y**2 - x**3", sense="min")
    assert answer["points"] == []
    (cusp,) = answer["degenerate"]
    assert cusp["point"] == {"x": 0.0, "y": 0.0}
    assert cusp["place"] == "lowest"
    assert cusp["stationary"] is False
    assert "no solution" in cusp["sentence"]


def test_the_bordered_hessian_agrees_with_the_reduced_one():
    """Two variables and one constraint: the determinant is negative at a minimum and positive at a maximum."""
    for point in ask("x*y", "x**2 + y**2 == 1")["points"]:
        (minor,) = point["bordered"]
        assert minor["order"] == 3
        assert (minor["minor"] < 0) == (point["kind"] == "min") == (point["reduced_eigenvalues"][0] > 0)


def test_the_system_has_an_equation_for_each_unknown():
    system = ask("x*y", "x**2 + y**2 == 1")["system"]
    assert [equation["text"] for equation in system["equations"]] == ["y - 2*λ*x == 0", "x - 2*λ*y == 0", "x**2 + y**2 - 1 == 0"]
    assert system["unknowns"] == 3
    assert all(equation["latex"].endswith("= 0") for equation in system["equations"])


def test_programs_that_are_no_formula_have_their_equations_with_partial_derivatives():
    system = ask("y = x\nfor i in range(3):\n    y = y*x\ny + z", "x + z == 1")["system"]
    assert system["equations"][0]["text"] == "∂f/∂x - λ*∂g/∂x == 0"


@pytest.mark.parametrize(
    ("objective", "constraints"),
    [
        ("x*y", ["x**2 + y**2 == 1"]),
        ("f*g", ["f + g == 2  # a remark"]),
        ("t = x*x\nt + y", ["s = x + y\ns == 1"]),
        ("p = x*y", ["q = x + y - 2"]),
    ],
)
def test_the_program_of_l_has_no_slope_at_a_stationary_point(objective: str, constraints: list[str]):
    whole = ask(objective, *constraints)["lagrangian"]
    status, content = DESK.serve("trace", json.dumps({"source": whole["source"], "inputs": whole["inputs"]}).encode())
    answer = json.loads(content)
    assert status == 200, answer
    assert all(abs(slope) < 1e-12 for slope in answer["gradients"].values())
    assert set(whole["names"]["multipliers"]) <= set(whole["inputs"])


def test_names_that_are_inputs_are_parameters():
    (point,) = ask("a*x**2 + y", "x + y - c", inputs={"a": 2, "c": 1})["points"]
    assert point["point"] == {"x": 0.25, "y": 0.75}


def test_a_start_gives_a_variable_its_shape():
    found = ask("x @ A @ x", "x @ x == 1", start={"x": [1, 2]}, inputs={"A": [[2, 1], [1, 3]]})["points"]
    assert [round(point["multipliers"][0], 9) for point in found] == [1.381966011, 1.381966011, 3.618033989, 3.618033989]


def test_bounds_say_where_to_look():
    answer = ask("sin(x)", bounds={"x": [0, 10]})
    assert [round(point["point"]["x"] / 3.141592653589793, 9) for point in answer["points"]] == [1.5, 2.5, 0.5]
    assert answer["starts"]["outside_bounds"] > 0


def test_without_constraints_it_is_plain_optimisation():
    found = ask("x**3 - 3*x + y**2", sense="min")["points"]
    assert [(point["point"]["x"], point["kind"]) for point in found] == [(1.0, "min"), (-1.0, "saddle")]


@pytest.mark.parametrize("sense", ["min", "max"])
def test_a_point_without_freedom_is_what_is_looked_for(sense: str):
    answer = ask("x", "x**2 + y**2 == 1", "x == y", sense=sense)
    assert {point["kind"] for point in answer["points"]} == {sense}
    assert all(point["alone"] and point["reduced_eigenvalues"] == [] for point in answer["points"])


def test_inequalities_hold_with_equality_or_have_no_multiplier():
    answer = ask("x*y", inequalities=["x**2 + y**2 <= 1"])
    told = {
        tuple(round(v, 6) for v in p["point"].values()): (p["kind"], p["active"], p["inequality_multipliers"], p["kkt"])
        for p in answer["points"]
    }
    assert told[0.0, 0.0] == ("saddle", [], [0.0], "both")
    assert told[0.707107, -0.707107] == ("min", [0], [-0.5], "min")
    assert told[0.707107, 0.707107] == ("max", [0], [0.5], "max")


def test_the_sign_of_a_multiplier_turns_with_the_inequality():
    low = ask("x**2 + y**2", inequalities=["x + y >= 2"], sense="min")["best"]
    assert (low["point"], low["inequality_multipliers"], low["kkt"]) == ({"x": 1.0, "y": 1.0}, [2.0], "min")


def test_points_that_an_inequality_forbids_are_none():
    found = ask("x + y", "x**2 + y**2 == 1", inequalities=["x >= 0"])["points"]
    assert all(point["point"]["x"] >= 0 for point in found)
    assert len(found) == 3


def test_a_plateau_far_away_holds_no_stationary_points():
    (top,) = ask("exp(-x**2 - y**2)")["points"]
    assert (top["point"], top["kind"]) == ({"x": 0.0, "y": 0.0}, "max")
    assert len(ask("exp(-x*x - y*y)*x", "x + y == 1")["points"]) == 2


def test_starts_outside_the_domain_do_no_harm():
    (point,) = ask("log(x) + log(y)", "x + 2*y == 4", sense="max")["points"]
    assert point["point"] == {"x": 2.0, "y": 1.0}


def test_a_program_with_a_decision_is_searched_by_its_runs():
    (point,) = ask("if x > 0:\n    y = x*x\nelse:\n    y = -x\ny + z*z", "x + z == 1")["points"]
    assert point["point"] == {"x": 0.5, "z": 0.5}


def test_the_same_problem_has_the_same_answer():
    assert ask("x**4 + y**4 - x*y", "x + y*y == 1") == ask("x**4 + y**4 - x*y", "x + y*y == 1")


# ---------------------------------------------------------------- the picture


def picture(objective: str, *constraints: str, **request):
    return ask(objective, *constraints, contours=True, **request)


def test_the_picture_has_the_whole_circle_with_both_gradients():
    answer = picture("x*y", "x**2 + y**2 == 1")
    (curve,) = answer["contours"]["constraints"]
    (line,) = curve["lines"]
    assert line["closed"]
    assert all(abs(x * x + y * y - 1) < 1e-12 for x, y in line["points"])
    assert all(slope == pytest.approx([y, x]) for slope, (x, y) in zip(line["gradients"], line["points"], strict=True))
    assert all(normal == pytest.approx([2 * x, 2 * y]) for normal, (x, y) in zip(line["constraint_gradients"], line["points"], strict=True))


def test_stationary_points_are_points_of_the_line_with_parallel_gradients():
    answer = picture("x*y", "x**2 + y**2 == 1")
    line = answer["contours"]["constraints"][0]["lines"][0]
    assert sorted(mark["point"] for mark in line["stationary"]) == [0, 1, 2, 3]
    for mark in line["stationary"]:
        assert min(line["angles"][mark["place"]], 180 - line["angles"][mark["place"]]) < 1e-6
        assert line["multipliers"][mark["place"]] == pytest.approx(answer["points"][mark["point"]]["multipliers"][0])


def test_values_of_the_picture_are_rows_along_y():
    contours = picture("x + 10*y", "x*x + y*y == 1")["contours"]
    assert contours["values"][3][5] == pytest.approx(contours["x"][5] + 10 * contours["y"][3])


def test_a_hyperbola_has_two_branches():
    (curve,) = picture("x**2 + y**2", "x*y == 1")["contours"]["constraints"]
    assert [line["closed"] for line in curve["lines"]] == [False, False]


# ---------------------------------------------------------------- what is refused, and what costs too much


@pytest.mark.parametrize(
    ("request_", "code", "place"),
    [
        ({"objective": "x*y", "constraints": ["x + y = 2"]}, "syntax.assign", "constraints.0"),
        ({"objective": "x*y", "constraints": ["x + y - 2", "y = x^2"]}, "syntax.assign", "constraints.1"),
        ({"objective": "x*y", "constraints": ["x <= 1"]}, "syntax.unsupported", "constraints.0"),
        ({"objective": "x*y", "inequalities": ["x == 1"]}, "syntax.unsupported", "inequalities.0"),
        ({"objective": "x*y", "inequalities": ["0 <= x <= 1"]}, "syntax.unsupported", "inequalities.0"),
        ({"objective": "2x", "constraints": ["x - 1"]}, "source.product", "objective"),
        ({"objective": "x*y", "constraints": ["2x + y"]}, "source.product", "constraints.0"),
        ({"objective": "3"}, "input.missing", "objective"),
        ({"objective": "[x, y]"}, "type.output", "objective"),
        ({"objective": "f = x*y", "constraints": ["f - 2"]}, "syntax.scope", "objective"),
        ({"objective": "x*y", "start": {"q": 1}}, "input.name", "start"),
        ({"objective": "x*y", "bounds": {"x": [2, 1]}}, "input.invalid", "bounds"),
        ({"objective": "x*y", "bounds": {"x": 3}}, "input.invalid", "bounds"),
        ({"objective": "def f(a): return f(a)\nf(x)"}, "budget.depth", "objective"),
        ({"objective": "+".join(f"x{i}" for i in range(80))}, "budget.work", None),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_place(request_: dict, code: str, place: str | None):
    status, content = DESK.serve("lagrange", json.dumps(request_).encode())
    refusal = json.loads(content)
    assert (status, refusal["code"], refusal.get("place")) == (422, code, place)


def test_a_refusal_in_an_equation_stands_where_it_was_written():
    refusal = ask("x*y", "x + y == sum(x, y, z, 2)", status=422)
    assert refusal["span"]["column"] >= len("x + y == ")


@pytest.mark.parametrize(
    "objective",
    [
        "y = x\nwhile y > 1: y = y*0.99999\ny",
        "y = x\nfor i in range(9000): y = y*0.99999\ny + z*z",
        "A = ones(400, 400)*x\nsum(A@A@A)",
        "exp(1000*x)",
        "1/0*x",
        "log(-x*x - 1)",
    ],
)
def test_a_hostile_objective_is_answered_in_bounded_work(objective: str):
    answer = ask(objective, "x*x - 4")
    assert answer["starts"]["tried"] < 5000
    assert all(abs(point["point"]["x"] ** 2 - 4) < 1e-6 for point in answer["points"])
