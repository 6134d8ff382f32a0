"""Random programs, a few: ours against torch and forward against reverse. By the thousand: python -m tests.property.run."""

from dataclasses import replace

import pytest

from app.ops.table import PUBLIC
from tests.property import check as checking
from tests.property.check import OPERANDS, check
from tests.property.programs import program
from tests.property.recipes import RECIPES
from tests.property.report import gathered
from tests.property.rounding import fault
from tests.property.run import one
from tests.property.statements import KINDS
from tests.property.sweeps import Sweeps, Swept, sweep

SEEDS = range(150)

LEAVE_TO_ROUNDING = [
    ("y = x * 1e9\nz = y + 1\nw = z - y\nw * w", "primal", 2),
    ("y = tanh(x * 30)\nif y * 0.1 * 3 > 0.3:\n    z = x\nelse:\n    z = -x\nz", "decision", 1),
    ("y = x * x\nmaximum(2 * x, y)", "tangent", 1),
    ("y = x + x + x\namin([y, 3 * x])", "adjoint", 1),
    ("y = sin(x)\ny * 1e9 - sin(x) * 1e9 + 1e-9 * y", "primal", 1),
]
"""Programs for x = 2, what rounding decides in them, and in which line, counted from 0."""


@pytest.fixture(scope="module")
def report():
    return gathered(one(seed) for seed in SEEDS)


def test_random_programs_agree_with_torch_and_with_themselves_without_exception(report):
    assert report.problems == []


def test_no_program_is_left_out(report):
    assert report.refused <= report.count / 1000


def test_at_most_a_tenth_of_the_results_is_not_finite(report):
    assert 0 < report.unfinished <= report.count / 10


def test_every_kind_of_statement_comes_up(report):
    assert set(report.kinds) == set(KINDS)


def test_operands_are_stretched_both_ways_and_repeated(report):
    assert all(report.operands[what] > 10 for what in OPERANDS)


def test_there_is_a_way_to_draw_every_operation():
    assert set(PUBLIC) <= set(RECIPES)


def test_most_operations_come_up_in_both_modes_even_in_a_few_programs(report):
    assert len(report.rare(1)) <= len(RECIPES) / 4


def test_programs_have_five_to_sixty_statements(report):
    assert min(report.lengths) >= 5
    assert max(report.lengths) <= 60


def test_a_seed_always_draws_the_same_program():
    first, second = program(7), program(7)
    assert (first.source, first.inputs) == (second.source, second.inputs)


@pytest.mark.parametrize(("source", "reason", "line"), LEAVE_TO_ROUNDING)
def test_a_statement_that_leaves_its_result_to_rounding_is_found(source, reason, line):
    found = fault(source, {"x": 2.0}, 0)
    assert found is not None
    assert (found.reason, found.line) == (reason, line)


def test_derivatives_too_small_to_compare_the_directions_by_are_found():
    found = fault("x * 10 - 9.9999999 * x", {"x": 2.0}, 0)
    assert found is not None
    assert found.reason == "dot product"


def test_a_steady_program_has_no_fault():
    assert fault("y = sin(x) * x\nz = maximum(y, y)\nz * z", {"x": 1.234}, 0) is None


@pytest.mark.parametrize(
    ("flow", "found"), [("adjoints", {"adjoint of node", "forward gives"}), ("tangents", {"tangent of node", "forward gives"})]
)
def test_an_error_in_the_tenth_digit_is_found(monkeypatch, flow, found):
    def slightly_wrong(source: str, inputs: dict[str, object], seed: int) -> Swept:
        right = sweep(source, inputs, seed)
        wrong = [None if value is None else value * (1 + 3e-10) for value in getattr(right.sweeps, flow)]
        return replace(right, sweeps=Sweeps(**{**vars(right.sweeps), flow: wrong}))

    monkeypatch.setattr(checking, "sweep", slightly_wrong)
    problems = check(program(7)).problems
    assert {words for words in found if any(problem.startswith(words) for problem in problems)} == found
