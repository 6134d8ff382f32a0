"""docs/graders.md is true: its blocks are run as they stand, one after the other, and print what stands there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from live import ROOT, Live, serving

GUIDE = ROOT / "docs/graders.md"
ADDRESS = "http://127.0.0.1:8000"
FENCE = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUNNABLE = ("sh", "python")


class Block(NamedTuple):
    """A fenced block: its language, the file that it is, and its text."""

    language: str
    file: str
    text: str


BLOCKS = [Block(*found) for found in FENCE.findall(GUIDE.read_text(encoding="utf-8"))]
FILES = [block for block in BLOCKS if block.file]
RUN = [(block, following) for block, following in pairwise(BLOCKS) if block.language in RUNNABLE]


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('store')}/wengert.db"


@pytest.fixture(scope="module")
def keeping(database: str) -> Iterator[Live]:
    """A server that keeps what is handed in."""
    with serving(database_url=database) as live:
        yield live


@pytest.fixture(scope="module")
def done(keeping: Live, database: str, tmp_path_factory) -> list[subprocess.CompletedProcess[str]]:
    """What became of each block, in a folder with the files of the guide: later ones go on where earlier ones ended."""
    folder = tmp_path_factory.mktemp("guide")
    for block in FILES:
        file = folder / block.file
        file.parent.mkdir(exist_ok=True)
        file.write_text(block.text, encoding="utf-8")
    return [run(block, folder, keeping.address, database) for block, _ in RUN]


def run(block: Block, folder: Path, address: str, database: str) -> subprocess.CompletedProcess[str]:
    """Run a block where the server has this address and this database."""
    text = block.text.replace(ADDRESS, address)
    command = [sys.executable, "-c", text] if block.language == "python" else ["bash", "-euo", "pipefail", "-c", text]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {name: value for name, value in os.environ.items() if not name.startswith("WENGERT_")}
    environment = settings | {"PATH": path, "PYTHONPATH": str(ROOT), "NO_PROXY": "*", "WENGERT_DATABASE_URL": database}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_every_block_is_a_file_or_run_or_printed():
    outputs = [following for _, following in RUN]
    others = [block for block in BLOCKS if not block.file and block.language not in RUNNABLE and block not in outputs]
    assert others == []
    assert {following.language for following in outputs} <= {"text", "json", "csv"}
    assert len(RUN) >= 15


@pytest.mark.parametrize("place", range(len(RUN)), ids=[block.text.splitlines()[0][:60] for block, _ in RUN])
def test_a_block_prints_what_stands_below_it(done: list[subprocess.CompletedProcess[str]], place: int):
    assert (done[place].returncode, done[place].stderr) == (0, "")
    assert done[place].stdout.replace("\r\n", "\n") == RUN[place][1].text


@pytest.mark.parametrize("file", ["exercise.json", "sheets/ada.json", "sheets/grace.json", "sheets/zoe.json"])
def test_the_files_of_the_guide_are_those_of_the_examples(file: str):
    (block,) = [block for block in FILES if block.file == file]
    assert block.text == (ROOT / "examples/moodle" / file.replace("sheets", "answers")).read_text(encoding="utf-8")


@pytest.mark.parametrize("copy", sorted((ROOT / "examples").rglob("exercise.json")), ids=lambda file: str(file.relative_to(ROOT)))
def test_every_example_has_the_exercise_of_the_guide(copy: Path):
    (block,) = [block for block in FILES if block.file == "exercise.json"]
    assert json.loads(copy.read_text(encoding="utf-8")) == json.loads(block.text)


def test_the_limits_are_those_of_the_server(server: Live):
    from app.grading.grader import MOST_CELLS
    from app.wire.keys import LARGEST

    said = GUIDE.read_text(encoding="utf-8")
    limits = server.client.get("/api/v1/limits").json()
    nodes, numbers = (f"{limit:,}".replace(",", " ") for limit in (LARGEST, MOST_CELLS))
    assert f"{nodes} nodes, {numbers} numbers, {limits['body_bytes'] >> 20} MiB" in said
    assert f"1 000 sheets, {limits['batch_bytes'] >> 20} MiB, {limits['wall_seconds']:g} s" in said
