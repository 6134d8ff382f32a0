"""Random programs, a few: ours against torch and forward against reverse. By the thousand: python -m tests.property.run."""

import pytest

from tests.property.programs import program
from tests.property.recipes import RECIPES
from tests.property.run import gathered, one
from tests.property.statements import KINDS

SEEDS = range(150)


@pytest.fixture(scope="module")
def report():
    return gathered(one(seed) for seed in SEEDS)


def test_random_programs_agree_with_torch_and_with_themselves(report):
    assert report.problems == []


def test_at_most_a_tenth_of_the_results_is_not_finite(report):
    assert report.unfinished <= report.count / 10


def test_hardly_any_difference_needs_to_be_excused_as_rounding(report):
    assert report.excused <= report.count / 5
    assert report.undecided <= report.count / 100


def test_every_kind_of_statement_comes_up(report):
    assert set(report.kinds) == set(KINDS)


def test_most_operations_come_up_in_both_modes_even_in_a_few_programs(report):
    assert len(report.rare(1)) <= len(RECIPES) / 4


def test_programs_have_five_to_sixty_statements():
    assert all(5 <= program(seed).statements <= 60 for seed in SEEDS)


def test_a_seed_always_draws_the_same_program():
    first, second = program(7), program(7)
    assert (first.source, first.inputs) == (second.source, second.inputs)
