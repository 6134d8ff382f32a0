"""The network is really forbidden where the adapters run."""

from __future__ import annotations

import socket
import sys

import pytest
from fence import ROOT, offline

CONNECT = "import socket; socket.create_connection(('127.0.0.1', {port}), 5); print('through')"


@pytest.mark.parametrize("wall", [True, False])
def test_nothing_can_be_reached_from_behind_the_fence(tmp_path, wall: bool):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        done = offline(sys.executable, "-c", CONNECT.format(port=port), where=tmp_path, wall=wall)
    assert "through" not in done.stdout
    assert done.returncode != 0


def test_the_same_goes_through_without_the_fence():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        socket.create_connection(listening.getsockname(), 5).close()


def test_grading_needs_no_torch(tmp_path):
    grading = (
        "import sys; sys.modules['torch'] = None; sys.path.insert(0, {root!r}); "
        "from app.wire.tasks import Desk; from app.settings import Settings; "
        'print(Desk(Settings()).serve(\'grade\', b\'{{"exercise": {{"source": "y = 2 * 3"}}, "answers": {{"y": 6}}}}\'))'
    )
    done = offline(sys.executable, "-c", grading.format(root=str(ROOT)), where=tmp_path)
    assert done.stdout.startswith("(200, "), done.stderr
