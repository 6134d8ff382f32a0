"""Jacobians of random programs, a hundred: every mode, colours, the chain, torch. By the thousand: python -m tests.property.jacobians."""

from collections import Counter

import pytest

from tests.property.jacobians import check

SEEDS = range(100)


@pytest.fixture(scope="module")
def found():
    return [check(seed) for seed in SEEDS]


def test_every_way_to_a_jacobian_gives_the_same_and_what_torch_gives(found):
    assert [(one.seed, problem) for one in found for problem in one.problems] == []


def test_most_programs_are_compared_and_many_are_sparse(found):
    seen = sum((one.seen for one in found), Counter())
    assert seen["compared with torch.func"] >= 90
    assert seen["sparse"] >= 50
