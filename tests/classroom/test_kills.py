"""A submission that was acknowledged survives kill -9, and is there once."""

from __future__ import annotations

import itertools

import postgres
import pytest
from killing import killed

KILLS = 3
"""A hundred are made by ``python tests/classroom/killing.py``."""
NUMBERS = itertools.count()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_killed_server_loses_and_doubles_nothing(kind, tmp_path, request):
    fresh = (
        f"sqlite:///{tmp_path}/kills.db"
        if kind == "sqlite"
        else postgres.address(request.getfixturevalue("cluster"), f"kills{next(NUMBERS)}")
    )
    assert killed(fresh, KILLS) > 0
