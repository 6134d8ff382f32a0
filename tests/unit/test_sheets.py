"""Compiled Jacobians and Hessians: the same numbers as by the rules, at points that they were not made from."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.core.limits import Limits
from app.engine.hessian import products
from app.engine.layout import layout
from app.labs import played
from app.labs.jacobian import frame, full
from app.lang.program import Library, Program, Run
from app.lang.sheets import hessian_sheet, jacobian_sheet, point
from app.ops.duals import Dual, duals
from app.ops.native import native
from app.settings import Settings
from app.wire.tasks import Desk

pytestmark = pytest.mark.skipif(native() is None, reason="there is no C compiler")

BAND = "y = (3 - 2*x)*x - cat([zeros(1), x[:-1]]) - 2*cat([x[1:], zeros(1)]) + 1"
VALLEY = "y = sum(100*(x[1:] - x[:-1]**2)**2 + (1 - x[:-1])**2)"
X = np.linspace(0.5, 2.0, 6)


def program(source: str, inputs: dict[str, Any]) -> Program:
    return Library(Limits()).program(source, frozenset(inputs))


def places(run: Run) -> tuple[list[int], list[int]]:
    return [node for node in run.inputs.values() if run.tape.live[node]], [node for _, node in run.outputs]


JACOBIANS = [
    (BAND, {"x": X}),
    ("y = tanh(A @ x) * s\nmean(y), cumsum(y, dim=0)[1]", {"x": X[:2], "A": np.array([[1.0, -2.0], [0.5, 3.0]]), "s": 0.7}),
    ("y = exp(-x) / (1 + x)\nz = y.reshape(2, 3).T\nz.sum(dim=0)", {"x": X}),
    ("a = x ** y\nb = sqrt(x) * sigmoid(y)\na, b, x", {"x": 1.5, "y": 0.3}),
]


@pytest.mark.parametrize(("source", "inputs"), JACOBIANS)
@pytest.mark.parametrize("compressed", [False, True])
def test_a_sheet_gives_at_another_point_what_the_sweeps_give(source, inputs, compressed):
    made = program(source, inputs)
    run = made.run(inputs)
    sheet = jacobian_sheet(run, *places(run), compressed=compressed)
    assert sheet is not None
    other = made.run({name: value * 1.25 for name, value in inputs.items()})
    columns, rows = places(other)
    assert np.allclose(sheet.jacobian(point(other)), full(frame(other.tape, rows, columns), "forward"), rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("source", [VALLEY, "y = sum(sin(x) * x[0]) / x[1]", "y = x @ x * exp(x[2])"])
@pytest.mark.parametrize("compressed", [False, True])
def test_a_sheet_of_the_gradient_gives_the_hessian(source, compressed):
    made = program(source, {"x": X})
    run = made.run({"x": X})
    sheet = hessian_sheet(run, *places(run)[:1], places(run)[1][0], compressed=compressed)
    assert sheet is not None
    other = made.run({"x": X * 1.25})
    columns, (output,) = places(other)
    truth = products(other.tape, layout(other.tape, columns), output, np.eye(len(X)), duals, Dual)
    assert np.allclose(sheet.jacobian(point(other)), truth, rtol=1e-12, atol=1e-13)


def test_a_banded_jacobian_takes_three_tangents():
    run = program(BAND, {"x": X}).run({"x": X})
    sheet = jacobian_sheet(run, *places(run))
    assert sheet is not None
    assert (sheet.sweeps, int(sheet.sparsity.sum())) == (3, 16)


def test_inputs_that_are_not_differentiated_may_change_too():
    made = program("y = k * x * x", {"k": 1.0, "x": 1.0})
    run = made.run({"k": 2.0, "x": 3.0}, ["x"])
    sheet = jacobian_sheet(run, *places(run))
    assert sheet is not None
    assert sheet.jacobian(np.array([3.0, 10.0] if list(run.inputs) == ["x", "k"] else [10.0, 3.0])).tolist() == [[60.0]]


@pytest.mark.parametrize(
    "source",
    [
        "y = x * x if x > 0 else x",
        "y = maximum(x, 2 * x)",
        "y = x.detach() * x",
        "with no_grad():\n    u = x * x\ny = u * x",
        "y, i = sort([x, 2 * x])\ny",
        "y = floor(x) * x",
    ],
)
def test_what_a_number_decides_and_what_stops_derivatives_is_left_to_the_rules(source):
    run = program(source, {"x": 1.5}).run({"x": 1.5})
    assert jacobian_sheet(run, *places(run)) is None


def test_the_third_run_of_a_program_is_played():
    made = program(BAND, {"x": X})
    runs = [made.run({"x": X * factor}) for factor in (1.0, 2.0, 3.0)]
    assert played.jacobian(runs[0], *places(runs[0])) is None
    found = played.jacobian(runs[2], *places(runs[2]))
    assert found is not None
    assert np.allclose(np.diag(found), 3 - 4 * 3 * X)


def test_a_number_that_is_not_finite_is_left_to_the_rules():
    made = program("y = x * sqrt(x)", {"x": 1.0})
    runs = [made.run({"x": value}) for value in (1.0, 2.0, 0.0)]
    assert played.jacobian(runs[2], *places(runs[2])) is None


@pytest.mark.parametrize("call", ["jacobian", "hessian"])
def test_an_answer_does_not_tell_whether_it_was_played(call):
    source = {"jacobian": BAND, "hessian": VALLEY}[call]
    desk, body = Desk(Settings()), json.dumps({"source": source + "  # asked thrice", "inputs": {"x": X.tolist()}}).encode()
    first, _, third = (json.loads(desk.serve(call, body)[1]) for _ in range(3))
    one, other = (np.array(next(iter(next(iter(answer.pop(call).values())).values()))) for answer in (first, third))
    assert np.allclose(one, other, rtol=1e-13, atol=1e-13)
    assert {**first, "asymmetry": 0} == {**third, "asymmetry": 0}
