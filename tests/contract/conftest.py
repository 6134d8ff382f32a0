from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from live import Live, serving  # the folder is no package


@pytest.fixture(scope="session")
def shared_server() -> Iterator[Live]:
    """One server for all tests that do not need settings of their own; its deadlines are short."""
    with serving(body_seconds="1", header_seconds="1", torch_workers="1") as live:
        yield live


@pytest.fixture
def server(shared_server: Live) -> Iterator[Live]:
    """The shared server, which after the test must serve as before."""
    yield shared_server
    shared_server.alive()
