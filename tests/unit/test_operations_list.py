"""What /api/v1/ops lists: what a program can call, and nothing that only derivatives use."""

from __future__ import annotations

import pytest

from app.ops.creation import CREATIONS
from app.ops.table import SPELLINGS
from app.wire.operations import operations


def test_every_listed_operation_can_be_called_by_a_program():
    assert {row["name"] for row in operations()} == {op.name for op in SPELLINGS.values()} | set(CREATIONS)


@pytest.mark.parametrize("internal", ["adjugate", "adjugate_push", "recurrence", "index_put", "conv1d_input", "conv2d_weight"])
def test_operations_that_only_derivatives_use_are_not_listed(internal: str):
    assert internal not in {row["name"] for row in operations()}


def test_an_alias_is_listed_with_its_operation_alone():
    names = [name for row in operations() for name in (row["name"], *row["aliases"])]
    assert "ln" in names
    assert len({row["name"] for row in operations()}) == len(operations())
