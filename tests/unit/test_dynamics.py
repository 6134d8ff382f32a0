"""The graph of this run: decisions, rounds, adjoints from step to step, the rolled form, and another run beside it."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from app.settings import Settings
from app.wire.tasks import Desk

DESK = Desk(Settings())

SIGN = "if x > 0:\n    y = x * x\nelse:\n    y = -x\ny"
DOUBLING = "y = x\nwhile y < 100:\n    y = y * 2\ny"
POWER = "def f(x, n):\n    if n == 0:\n        return x\n    return sin(f(x, n - 1)) * 2\nf(x, 4)"
CELL = "h = h0\nfor t in range(T):\n    h = tanh(W @ h + U @ x)\nsum(h)"
CELL_INPUTS = {"h0": [0.1, -0.2], "W": [[0.5, 0.1], [-0.3, 0.4]], "U": [[0.3], [0.1]], "x": [0.7], "T": 6}


def asked(call: str = "dynamics", **request: Any) -> tuple[int, dict[str, Any]]:
    status, content = DESK.serve(call, json.dumps(request).encode())
    return status, json.loads(content)


def found(source: str, inputs: dict[str, Any], **request: Any) -> dict[str, Any]:
    status, answer = asked(source=source, inputs=inputs, **request)
    assert status == 200, answer
    return answer


def run(source: str, inputs: dict[str, Any], **request: Any) -> dict[str, Any]:
    return found(source, inputs, **request)["run"]


def rows(span: dict[str, int] | None) -> tuple[int, int] | None:
    return None if span is None else (span["line"], span["end_line"])


# ---------------------------------------------------------------- decisions


@pytest.mark.parametrize(("x", "truth", "taken", "skipped"), [(3, True, (2, 2), (4, 4)), (-3, False, (4, 4), (2, 2))])
def test_an_if_tells_its_condition_and_the_side_that_ran(x, truth, taken, skipped):
    answer = run(SIGN, {"x": x})
    (branch,) = answer["branches"]
    assert (branch["kind"], branch["text"], branch["truth"]) == ("if", "x > 0", truth)
    assert (rows(branch["taken"]), rows(branch["skipped"])) == (taken, skipped)
    assert answer["trace"]["nodes"][branch["node"]]["op"] == "gt"
    assert [rows(span) for span in answer["skipped"]] == [skipped]


def test_lines_tell_how_often_they_ran_the_else_among_them():
    assert [line["times"] for line in run(SIGN, {"x": 3})["lines"]] == [1, 1, 0, 0, 1]
    assert [line["times"] for line in run(SIGN, {"x": -3})["lines"]] == [1, 0, 1, 1, 1]


def test_a_line_that_ran_in_part_says_so():
    answer = run("y = x\nif x > 0: y = 2 * x\ny", {"x": -1})
    assert answer["lines"][1] == {"line": 2, "times": 1, "partly": True}


def test_an_elif_is_told_from_an_if():
    answer = run("if x > 1:\n    y = x\nelif x > 0:\n    y = 2 * x\nelse:\n    y = 3 * x\ny", {"x": 0.5})
    assert [(b["kind"], b["truth"]) for b in answer["branches"]] == [("if", False), ("elif", True)]
    assert [rows(span) for span in answer["skipped"]] == [(2, 2), (6, 6)]


def test_a_conditional_expression_skips_a_part_of_its_line():
    answer = run("y = x * x if x > 0 else exp(x)", {"x": 2})
    (branch,) = answer["branches"]
    assert branch["kind"] == "conditional"
    assert branch["skipped"] == {"line": 1, "column": 24, "end_line": 1, "end_column": 30}
    assert answer["skipped"] == [branch["skipped"]]


def test_and_and_or_stop_where_they_are_decided():
    answer = run("y = x if x > 0 and x < 5 else -x", {"x": -2})
    told = [(b["kind"], b["text"], b["truth"]) for b in answer["branches"]]
    assert told == [("and", "x > 0", False), ("conditional", "x > 0 and x < 5", False)]
    assert rows(answer["branches"][0]["skipped"]) == (1, 1)


def test_texts_are_those_of_the_source_also_behind_wide_letters():
    branch = run("# 𝟙\ny = x if x ^ 2 > α else -x  # 𝟙", {"x": 2, "α": 3})["branches"][0]
    assert branch["text"] == "x ^ 2 > α"


def test_a_while_tells_its_rounds_and_its_last_condition():
    answer = run(DOUBLING, {"x": 3})
    (branch,) = answer["branches"]
    rounds = math.ceil(math.log2(100 / 3))
    assert (branch["kind"], branch["rounds"], branch["ended"], branch["truth"]) == ("while", rounds, "condition", False)
    assert [line["times"] for line in answer["lines"]] == [1, 1, rounds, 1]


def test_a_while_that_never_begins_skips_its_body():
    (branch,) = run(DOUBLING, {"x": 200})["branches"]
    assert (branch["rounds"], branch["taken"], rows(branch["skipped"])) == (0, None, (3, 3))


@pytest.mark.parametrize(
    ("source", "ended"),
    [
        ("y = x\nwhile y < 100:\n    y = y * 2\n    if y > 10: break\ny", "break"),
        ("y = x\nfor i in range(5):\n    y = y * 2\n    if y > 10: break\ny", "break"),
        ("y = x\nfor i in range(5):\n    y = y * 2\ny", "items"),
        ("def f(y):\n    while y < 100:\n        y = y * 2\n        if y > 10: return y\n    return y\nf(x)", "return"),
        ("y = x\nfor i in range(2):\n    for j in range(9):\n        y = y * 2\n        if y > 10: break\ny", "items"),
    ],
)
def test_a_loop_tells_how_it_ended(source, ended):
    assert run(source, {"x": 3})["branches"][0]["ended"] == ended


def test_functions_tell_their_calls_and_how_deep_they_are_within_themselves():
    assert run(POWER, {"x": 0.5})["calls"] == [{"name": "f", "times": 5, "depth": 5}]
    assert run("def g(x): return x * x\ng(x) + g(2 * x)", {"x": 2})["calls"] == [{"name": "g", "times": 2, "depth": 1}]


def test_a_function_that_is_not_called_has_not_run():
    answer = run("def f(x):\n    return x * x\ny = 3 * x", {"x": 2})
    assert [line["times"] for line in answer["lines"]] == [1, 0, 1]
    assert [rows(span) for span in answer["skipped"]] == [(2, 2)]


def test_very_many_decisions_are_counted_and_not_all_listed():
    answer = run("y = x\nfor i in range(6000):\n    if y > 0: y = y * 1.0001\ny", {"x": 2})
    assert len(answer["branches"]) == 2000
    assert answer["branches_left_out"] == 4001


# ---------------------------------------------------------------- the run itself


@pytest.mark.parametrize(
    ("source", "inputs"),
    [(SIGN, {"x": -3}), (DOUBLING, {"x": 3}), (POWER, {"x": 0.5}), (CELL, CELL_INPUTS), (CELL, CELL_INPUTS | {"T": 400})],
)
def test_the_trace_is_the_one_that_other_calls_give(source, inputs):
    alone = asked("trace", source=source, inputs=inputs, include=["spans"])[1]
    assert run(source, inputs)["trace"] == alone


def test_a_long_loop_that_others_compile_has_the_same_values_and_gradients():
    source, inputs = "y = x\nfor i in range(3000):\n    y = sin(y) * a\ny", {"x": 0.5, "a": 1.1}
    alone = asked("trace", source=source, inputs=inputs, include=["spans"])[1]
    assert run(source, inputs)["trace"] == alone


def test_an_output_that_needs_a_seed_is_shown_without_adjoints():
    answer = run("h = tanh(W @ x)", {"W": [[1, 2], [3, 4]], "x": [0.1, 0.2]})
    assert "seed" in answer["no_gradients"]
    assert "gradients" not in answer["trace"]
    assert run("h = tanh(W @ x)", {"W": [[1, 2], [3, 4]], "x": [0.1, 0.2]}, seed=1)["trace"]["gradients"]["x"] is not None


# ---------------------------------------------------------------- rounds, and adjoints from step to step


def test_adjoints_from_step_to_step_are_torchs():
    torch = pytest.importorskip("torch")
    tensors = {name: torch.tensor(value, dtype=torch.float64) for name, value in CELL_INPUTS.items()}
    h = tensors["h0"].requires_grad_()
    states = [h]
    for _ in range(6):
        h = torch.tanh(tensors["W"] @ h + tensors["U"] @ tensors["x"])
        h.retain_grad()
        states.append(h)
    h.sum().backward()
    (loop,) = run(CELL, CELL_INPUTS)["repeated"]
    (state,) = loop["carried"]
    assert state["name"] == "h"
    assert [state["start_size"], *state["sizes"]] == pytest.approx([float(s.grad.norm()) for s in states], rel=1e-12)


@pytest.mark.parametrize(
    ("w", "word"), [(0.5, "vanishing"), (0.9, "shrinking"), (1, "steady"), (1.1, "growing"), (1.5, "exploding"), (0, "vanishing")]
)
def test_the_trend_of_a_linear_recurrence_is_its_factor(w, word):
    (loop,) = run("h = x\nfor t in range(20):\n    h = w * h\nh", {"x": 1, "w": w})["repeated"]
    trend = loop["carried"][0]["trend"]
    assert trend["word"] == word
    assert trend["factor"] == (pytest.approx(w) if w else None)


def test_sizes_neither_overflow_nor_underflow_before_their_adjoints_do():
    (loop,) = run("h = x\nfor t in range(100):\n    h = h * 1e3\nsum(h)", {"x": [1, 1]})["repeated"]
    assert loop["carried"][0]["start_size"] == pytest.approx(math.sqrt(2) * 1e300)


def test_every_name_that_leaves_a_round_is_told():
    (loop,) = run("h = x\nc = x\nfor t in range(3):\n    u = h * 2\n    c = c + u\n    h = tanh(u)\nh + c", {"x": 0.1})["repeated"]
    assert sorted(one["name"] for one in loop["carried"]) == ["c", "h"]
    assert all(len(one["nodes"]) == len(loop["steps"]) == 3 for one in loop["carried"])


def test_what_nothing_flows_into_has_no_size():
    (loop,) = run("h = x\nfor t in range(3):\n    h = (2 * h).detach()\nh * x", {"x": 1})["repeated"]
    assert loop["carried"] == []


def test_recursion_tells_the_adjoints_of_its_results():
    (one,) = run(POWER, {"x": 0.5})["repeated"]
    assert (one["kind"], one["name"], [step["depth"] for step in one["steps"]]) == ("recursion", "f", [0, 1, 2, 3, 4])
    (results,) = one["carried"]
    assert results["name"] == "results"
    value, sizes = 0.5, [1.0]
    slopes = []
    for _ in range(4):
        slopes.append(2 * math.cos(value))
        value = 2 * math.sin(value)
    for slope in reversed(slopes[1:]):
        sizes.append(abs(sizes[-1] * slope))
    assert results["sizes"][:4] == pytest.approx(sizes)
    assert results["trend"] == {"factor": pytest.approx(sizes[3] ** (1 / 3)), "word": "shrinking"}


def test_recursion_in_two_arms_has_a_step_for_each_call():
    source = "def fib(n):\n    if n < 2: return x\n    return fib(n - 1) + 0.5 * fib(n - 2)\nfib(5)"
    (one,) = run(source, {"x": 1})["repeated"]
    assert len(one["steps"]) == 15
    assert all(value["trend"] is None for value in one["carried"])


def test_recursion_that_another_function_begins_is_found():
    source = POWER.replace("f(x, 4)", "g = lambda u: f(u, 4)\ng(x)")
    (one,) = run(source, {"x": 0.5})["repeated"]
    assert (one["name"], len(one["steps"])) == ("f", 5)


def test_of_functions_that_call_each_other_the_outer_one_is_followed():
    source = "def f(u, n): return u if n < 1 else sin(g(u, n))\ndef g(u, n): return 2 * f(u, n - 1)\nf(x, 3)"
    answer = run(source, {"x": 0.5})
    (one,) = answer["repeated"]
    assert (one["name"], len(one["steps"])) == ("f", 4)
    assert answer["rolled"]["nodes"] == 1 + 3
    assert [(call["name"], call["depth"]) for call in answer["calls"]] == [("f", 4), ("g", 3)]


def test_recursion_within_each_call_of_a_recursion_is_found_too():
    source = "def h(u, n): return u if n < 1 else cos(h(u, n - 1))\ndef f(u, n): return u if n < 1 else sin(f(h(u, 2), n - 1))\nf(x, 3)"
    answer = run(source, {"x": 0.5})
    assert [one["name"] for one in answer["repeated"]] == ["f", "h", "h", "h"]
    assert answer["rolled"]["nodes"] == 1 + 2 + 2  # the innermost sin reads a node of its own call, the others do not


# ---------------------------------------------------------------- rolled and unrolled


def test_a_loop_rolls_up_to_one_round_with_an_edge_back():
    rolled = run(CELL, CELL_INPUTS)["rolled"]
    assert (rolled["nodes"], rolled["unrolled_nodes"]) == (5 + 4 + 2, 5 + 6 * 4 + 2)  # the counter has a node too
    carried = [edge for edge in rolled["edges"] if edge["carried"]]
    assert [(edge["from"], edge["to"], edge["count"]) for edge in carried] == [(8, 5, 5)]


def test_a_while_rolls_up_with_its_condition():
    rolled = run(DOUBLING, {"x": 3})["rolled"]
    assert rolled["nodes"] == 5
    assert len([edge for edge in rolled["edges"] if edge["carried"]]) == 2


def test_rounds_that_take_other_branches_do_not_stand_for_each_other():
    source = "y = x\nfor i in range(6):\n    if y < 10:\n        y = y * 3\n    else:\n        y = y + 1\ny"
    answer = run(source, {"x": 1})
    (loop,) = answer["repeated"]
    assert [step["pattern"] for step in loop["steps"]] == [0, 0, 0, 1, 1, 1]
    assert answer["rolled"]["nodes"] == 1 + 4 + 4 + 1


def test_loops_within_loops_roll_up_to_one_round_of_each():
    rolled = run("y = x\nfor i in range(4):\n    y = y * 2\n    for j in range(5):\n        y = sin(y)\ny", {"x": 1})["rolled"]
    assert rolled["nodes"] == 1 + 2 + 1 + 2


def test_recursion_rolls_up_to_one_call():
    rolled = run(POWER, {"x": 0.5})["rolled"]
    assert rolled["nodes"] == 1 + 3
    assert rolled["unrolled_nodes"] == 1 + 4 * 3


@pytest.mark.parametrize(
    ("source", "inputs"),
    [(SIGN, {"x": 1}), (DOUBLING, {"x": 3}), (POWER, {"x": 0.5}), (CELL, CELL_INPUTS),
     ("def fib(n):\n    if n < 2: return x\n    return fib(n - 1) * sin(fib(n - 2))\nfib(6)", {"x": 1}),
     ("def f(x, n):\n    for i in range(2):\n        x = sin(x)\n        if n > 0: x = f(x, n - 1) * 2\n    return x\nf(x, 3)", {"x": 1})],
)  # fmt: skip
def test_without_carried_edges_the_rolled_form_has_an_order(source, inputs):
    answer = run(source, inputs)
    rolled = answer["rolled"]
    assert all(edge["from"] < edge["to"] for edge in rolled["edges"] if not edge["carried"])
    assert all(rolled["stands_for"][one] == one for one in set(rolled["stands_for"]))
    nodes = answer["trace"]["nodes"]
    assert all(nodes[one]["op"] == nodes[node]["op"] for node, one in enumerate(rolled["stands_for"]))
    assert rolled["unrolled_edges"] == sum(len(node["inputs"]) for node in nodes)


# ---------------------------------------------------------------- another run


def test_two_runs_have_in_common_what_does_not_depend_on_the_branch():
    answer = found("a = sin(x)\nif x > 0:\n    y = a * x\nelse:\n    y = -a\nexp(y)", {"x": 3}, other={"x": -3})
    assert answer["alignment"]["left"] == [4]
    assert answer["alignment"]["right"] == [4]
    assert [pair[:2] for pair in answer["alignment"]["both"]] == [[0, 0], [1, 1], [2, 2], [3, 3], [5, 5]]
    assert [pair[2] for pair in answer["alignment"]["both"]] == [False, False, True, False, False]


def test_more_rounds_are_more_nodes_and_the_end_is_still_in_common():
    answer = found(CELL, CELL_INPUTS, other={"T": 8})
    nodes = answer["other"]["trace"]["nodes"]
    assert [nodes[node]["op"] for node in answer["alignment"]["right"]] == ["matmul", "matmul", "add", "tanh"] * 2
    assert answer["alignment"]["left"] == []
    assert answer["alignment"]["both"][-1] == [30, 38, False]


def test_both_runs_have_their_outputs_and_gradients():
    answer = found(SIGN, {"x": 3}, other={"x": -5})
    assert answer["run"]["trace"]["gradients"] == {"x": 6}
    assert answer["other"]["trace"]["gradients"] == {"x": -1}
    assert asked("trace", source=SIGN, inputs={"x": -5}, include=["spans"])[1] == answer["other"]["trace"]


def test_inputs_that_the_other_run_leaves_out_stay():
    answer = found("y = a * x", {"a": 2, "x": 3}, other={"x": 5})
    assert answer["other"]["trace"]["nodes"][-1]["primal"] == 10


def test_another_run_that_is_refused_has_its_problem_and_the_first_stays():
    answer = found("y = x\nfor i in range(n):\n    y = y * 2\ny", {"x": 1, "n": 3}, wrt=["x"], other={"n": 2.5})
    assert answer["other"]["problem"]["code"] == "type.mismatch"
    assert answer["other"]["problem"]["span"]["line"] == 2
    assert answer["alignment"] is None
    assert answer["run"]["trace"]["gradients"] == {"x": 8}


def test_other_names_than_the_inputs_are_refused():
    status, answer = asked(source="y = x", inputs={"x": 1}, other={"z": 2})
    assert (status, answer["code"]) == (422, "input.name")


# ---------------------------------------------------------------- programs without a witness


def test_programs_that_nobody_watches_have_the_closures_they_had():
    from app.core.limits import Limits
    from app.lang.check import read
    from app.lang.program import Program
    from app.lang.witness import Witness

    checked = read(DOUBLING, Limits())
    witness = Witness(checked.tree)
    watched, plain = Program(checked, frozenset("x"), Limits(), witness), Program(checked, frozenset("x"), Limits())
    plain.run({"x": 3.0})
    assert not witness.account.events
    watched.run({"x": 3.0})
    assert len(witness.account.events) == 1
