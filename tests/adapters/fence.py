"""Runs an adapter as its system would, with the network forbidden; and the three sheets that each of them is given."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
RIGHT = (EXAMPLES / "moodle/answers/ada.json").read_text(encoding="utf-8")
SLIPPED = (EXAMPLES / "moodle/answers/grace.json").read_text(encoding="utf-8")
"""One slip in c, which everything else follows from."""
UNREADABLE = (EXAMPLES / "moodle/answers/zoe.json").read_text(encoding="utf-8")


@cache
def walled() -> list[str]:
    """The command before a command that takes its network away, where this machine allows that."""
    wall = ["unshare", "--map-root-user", "--net"]
    allowed = shutil.which("unshare") and subprocess.run([*wall, "true"], capture_output=True, check=False).returncode == 0
    return wall if allowed else []


def offline(*command: str | Path, where: Path, wall: bool = True, **variables: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder without a network, with no settings of ours but these variables.

    Its sockets refuse; where the machine allows it, there is a ``wall`` too: a namespace with nothing to reach.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("WENGERT", "PYTHON", "PYTEST", "COV"))}
    fence = {"PYTHONPATH": str(ROOT / "tests/adapters/offline"), "PYTHONDONTWRITEBYTECODE": "1"}
    variables = {name: str(value) for name, value in variables.items()}
    words = [*(walled() if wall else []), *map(str, command)]
    return subprocess.run(words, cwd=where, env=clean | fence | variables, capture_output=True, text=True, timeout=120, check=False)


def read(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))
