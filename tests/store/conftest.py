"""Every test of the store runs twice: on SQLite, and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import postgres  # the folder is no package

from app.store.database import Database
from app.store.schema import prepare

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    with postgres.cluster() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/wengert.db"
    return postgres.address(request.getfixturevalue("cluster"), f"test{next(NUMBERS)}")


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    database = Database(address)
    prepare(database)
    yield database
    database.close()
