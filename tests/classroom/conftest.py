"""The classroom's calls over HTTP: every test runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contract"))

import postgres  # the folders are no packages
from live import Live, serving
from school import School

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    with postgres.cluster() as folder:
        yield folder


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def address(request, tmp_path_factory) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('store')}/wengert.db"
    return postgres.address(request.getfixturevalue("cluster"), f"classroom{next(NUMBERS)}")


@pytest.fixture(scope="session")
def server(address: str) -> Iterator[Live]:
    with serving(database_url=address) as live:
        yield live


@pytest.fixture(scope="session")
def first_key(server: Live) -> str:
    found = re.search(r"first key, shown only now: (wgt_\S+)", "".join(server.log))
    assert found
    return found[1]


@pytest.fixture
def school(server: Live, first_key: str, address: str) -> Iterator[School]:
    school = School(server.address, first_key, address)
    yield school
    school.close()


@pytest.fixture(scope="session")
def worker(address: str) -> Iterator[None]:
    """Whoever works jobs off: the server itself on SQLite, a process of its own on PostgreSQL."""
    if address.startswith("sqlite"):
        yield
        return
    environment = os.environ | {"WENGERT_DATABASE_URL": address, "WENGERT_WORKERS": "1", "WENGERT_TORCH_WORKERS": "0"}
    process = subprocess.Popen([sys.executable, "-m", "app", "work"], cwd=ROOT, env=environment)
    yield
    process.terminate()
    assert process.wait(30) == 0
