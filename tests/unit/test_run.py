"""How programs land on the tape."""

import numpy as np
import pytest

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.engine.forward import forward
from app.engine.reverse import reverse
from app.lang.program import Library


def run(source, limits=None, wrt=None, outputs=None, **inputs):
    given = {n: v if isinstance(v, bool) else np.asarray(v, dtype=float) if isinstance(v, list) else float(v) for n, v in inputs.items()}
    return Library(limits or Limits()).program(source, frozenset(given)).run(given, wrt, outputs)


def gradient(source, **inputs):
    ran = run(source, **inputs)
    adjoints = reverse(ran.tape, [(ran.outputs[0][1], 1.0)])
    return {name: adjoints[node] for name, node in ran.inputs.items()}


def refusal(source, **rest):
    with pytest.raises(ProgramError) as caught:
        run(source, **rest)
    return caught.value.diagnostic


@pytest.mark.parametrize(("source", "slope"), [("x - x", 0.0), ("x / x", 0.0), ("x * x", 6.0), ("x ** x", 27 * (1 + np.log(3.0)))])
def test_an_operand_used_twice_has_one_edge_a_slot(source, slope):
    ran = run(source, x=3)
    assert ran.tape.inputs[ran.outputs[0][1]] == (0, 0)
    assert gradient(source, x=3)["x"] == pytest.approx(slope, abs=1e-12)


def test_an_input_that_the_output_does_not_need_has_no_adjoint_at_all():
    assert gradient("y = a * 2\nz = b * 3\ny + 1", a=2, b=3) == {"a": 2.0, "b": None}


def test_inputs_are_numbered_by_first_appearance_and_unused_ones_last():
    assert list(run("y = b + a", a=1, unused=5, b=2).inputs) == ["b", "a", "unused"]


def test_each_use_of_a_literal_is_a_constant_node_of_its_own():
    ran = run("x * 2 + 2", x=1)
    assert [v for v, rule in zip(ran.tape.values, ran.tape.rules, strict=True) if rule is None] == [1.0, 2.0, 2.0]


def test_a_name_bound_to_a_number_is_one_constant_node_however_often_it_is_used():
    ran = run("k = 2\ny = x * k + k", x=1)
    assert ran.tape.values.count(2.0) == 2  # k and x * k
    assert ran.tape.values[ran.names["k"]] == 2.0


def test_two_names_of_one_value_share_a_node():
    ran = run("y = x\nz = y * y", x=3)
    assert ran.names["x"] == ran.names["y"] == 0


def test_plain_numbers_stay_plain_and_make_no_nodes_of_their_own():
    assert len(run("n = 7 // 2\ny = x ** n", x=2).tape) == 3


def test_a_call_and_an_iteration_are_groups_inside_each_other():
    ran = run("def f(u):\n    for i in range(2):\n        u = u * u\n    return u\ny = f(x)", x=2)
    kinds = [(kind, parent) for kind, _, _, parent, _, _ in ran.groups]
    assert kinds == [("call", None), ("iteration", 0), ("iteration", 0)]


def test_recursion_ends_where_the_program_says():
    source = "def fib(n):\n    return x if n < 2 else fib(n - 1) + fib(n - 2)\ny = fib(6) * x"
    assert gradient(source, x=1.5)["x"] == pytest.approx(2 * 13 * 1.5)


def test_a_function_sees_the_names_around_it_at_the_time_of_the_call():
    assert gradient("k = 2\ndef f(u):\n    return u * k\nk = 5\ny = f(x)", x=1)["x"] == 5.0


def test_a_function_inside_a_function_keeps_the_names_of_its_maker():
    source = "def maker(k):\n    def inner(u):\n        return u * k\n    return inner\nf = maker(3)\ny = f(x)"
    assert gradient(source, x=1)["x"] == 3.0


def test_an_input_goes_before_a_constant_of_the_same_name():
    assert gradient("y = e * 2", e=5)["e"] == 2.0


def test_a_constant_of_the_language_may_be_assigned_a_new_meaning():
    assert gradient("e = x * 2\ny = e + pi", x=1.5)["x"] == 2.0


def test_no_grad_stops_adjoints_and_lets_tangents_flow():
    ran = run("with no_grad():\n    k = x ** 2\nz = x * k", x=3)
    assert reverse(ran.tape, [(ran.outputs[0][1], 1.0)])[0] == 9.0
    assert forward(ran.tape, {0: 1.0})[ran.outputs[0][1]] == 27.0


def test_detach_stops_tangents_as_well():
    ran = run("z = x * x.detach()", x=3)
    assert forward(ran.tape, {0: 1.0})[ran.outputs[0][1]] == 3.0


def test_wrt_says_where_adjoints_may_reach():
    ran = run("y = a * b", a=2, b=3, wrt=["b"])
    assert reverse(ran.tape, [(2, 1.0)]) == [None, 2.0, 1.0]


def test_a_program_that_ends_in_a_loop_has_the_last_assigned_name_as_output():
    ran = run("y = x\nfor i in range(3):\n    y = y * x\n", x=2)
    assert ran.outputs == [("y", ran.names["y"])]


def test_the_forward_and_the_reverse_sweep_agree():
    ran = run("v = A @ x\ny = sum(tanh(v) * v)", A=[[1, 2], [3, 4]], x=[0.1, -0.2])
    out = ran.outputs[0][1]
    bar = reverse(ran.tape, [(out, 1.0)])[ran.inputs["x"]]
    dot = forward(ran.tape, {ran.inputs["x"]: np.array([0.3, 0.7])})[out]
    assert dot == pytest.approx(float(bar @ [0.3, 0.7]), rel=1e-12)


def test_two_runs_of_one_program_do_not_disturb_each_other():
    program = Library(Limits()).program("y = x * x", frozenset(["x"]))
    first, second = program.run({"x": 2.0}), program.run({"x": 5.0})
    assert (first.tape.values, second.tape.values) == ([2.0, 4.0], [5.0, 25.0])


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("y = x\nwhile y > 0:\n    y = y + 1", "budget."),
        ("def f(u):\n    return f(u)\ny = f(x)", "budget.depth"),
        ("y = zeros(10**9) + x", "budget.elements"),
        ("for i in range(10**18):\n    pass\ny = x", "budget.steps"),
        ("a = ones(1000, 1000)\nfor i in range(9):\n    a = a @ a\ny = sum(a) * x", "budget.work"),
        ("y = det(ones(1000, 1000)) * x", "budget.work"),
    ],
)
def test_budgets_are_charged_before_the_work_and_name_the_limit(source, code):
    diagnostic = refusal(source, x=1)
    assert diagnostic.code.startswith(code)
    assert diagnostic.span is not None
    assert diagnostic.extra["asked"] > diagnostic.extra["allowed"] or code == "budget.depth"


def test_a_missing_input_is_named_with_a_fix_that_adds_it():
    diagnostic = refusal("y = x * w", x=1)
    assert (diagnostic.code, diagnostic.fix.input, diagnostic.span.column) == ("input.missing", "w", 8)


def test_a_name_read_before_its_assignment_is_an_error_at_that_place():
    diagnostic = refusal("if x > 5:\n    k = 1\ny = x * k", x=1)
    assert (diagnostic.code, diagnostic.span.line) == ("name.unbound", 3)


def test_a_shape_error_stands_at_the_operation():
    diagnostic = refusal("c = a * 2\ny = c @ b", a=[1, 2], b=[1, 2, 3])
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.column) == ("shape.mismatch", 2, 4)


def test_huge_powers_of_plain_numbers_are_infinite_at_once():
    ran = run("y = 9**9**9")
    assert ran.tape.values[ran.outputs[0][1]] == float("inf")


def test_plain_division_by_zero_follows_ieee():
    ran = run("y = 0/0")
    assert np.isnan(ran.tape.values[ran.outputs[0][1]])


def test_a_third_run_replays_the_second_and_says_the_same():
    source = "def f(u):\n    return tanh(u) * u\ny = 0.0\nfor i in range(3):\n    y = y + f(x) * i\nv = A @ A\nq, r = qr(v)\ny + sum(r)"
    program = Library(Limits()).program(source, frozenset(["x", "A"]))
    inputs = [{"x": x, "A": np.array([[1.0, x], [2.0, 3.0]])} for x in (0.1, 0.2, 0.3, 0.4)]
    fresh = [Library(Limits()).program(source, frozenset(["x", "A"])).run(i) for i in inputs]
    for again, once in zip([program.run(i) for i in inputs], fresh, strict=True):
        assert str(again.tape.values) == str(once.tape.values)
        assert again.tape.partials == once.tape.partials
        adjoints = [str(reverse(r.tape, [(r.outputs[0][1], 1.0)])) for r in (again, once)]
        assert adjoints[0] == adjoints[1]
    assert program.run(inputs[0]).sites is program.run(inputs[1]).sites  # nothing was interpreted


@pytest.mark.parametrize(
    "source",
    [
        "y = x * 2 if x > 0 else -x",
        "y = x\nwhile y < 3 and y > 0:\n    y = y * 2",
        "n = int(x)\ny = x ** n",
        "v = tensor([1, 2, 3]) * x\ny = sum(v[v > 2])",
    ],
)
def test_a_program_that_reads_its_values_to_decide_is_never_replayed(source):
    program = Library(Limits()).program(source, frozenset(["x"]))
    for x in (1.0, 1.0, 1.0, -1.0, 2.0, 3.5):
        ran, fresh = program.run({"x": x}), Library(Limits()).program(source, frozenset(["x"])).run({"x": x})
        assert str(ran.tape.values) == str(fresh.tape.values)


def test_an_operation_that_refuses_replayed_values_is_located_all_the_same():
    program = Library(Limits()).program("B = inv(A)\nsum(B)", frozenset(["A"]))
    for _ in range(3):
        program.run({"A": np.eye(2)})
    with pytest.raises(ProgramError) as caught:
        program.run({"A": np.ones((2, 2))})
    assert caught.value.diagnostic.span.line == 1


def test_a_shape_error_calls_the_operands_by_their_names():
    message = refusal("y = A @ b", A=[[1, 2, 3, 4]] * 3, b=[1, 2, 3]).message
    assert message == "Shapes don't fit: A is 3×4, b has 3 entries. The inner numbers must match: 4 ≠ 3."
