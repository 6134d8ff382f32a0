"""What this machine has of what Wengert can use."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def report() -> Iterator[str]:
    """One line a fact."""
    yield f"python    {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    for name in ("numpy", "scipy", "torch", "fastapi", "uvicorn", "pydantic", "orjson"):
        yield f"{name:9} {_version(name)}"
    yield f"device    {_device()}"
    yield f"node      {_node()}"
    bundled = (ROOT / "static" / "vendor" / "d3.js").exists()
    yield f"page      {'libraries bundled' if bundled else 'libraries not bundled yet: make run does it'}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _device() -> str:
    """What torch could compute on, asked in a process of its own: only the workers for it import torch here."""
    if find_spec("torch") is None:
        return "no torch, no verification"
    code = "import torch; print(torch.cuda.get_device_name() if torch.cuda.is_available() else 'cpu')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)  # noqa: S603  # one fixed line
    return done.stdout.strip() or "torch does not load"


def _node() -> str:
    found = shutil.which("node")
    if found is None:
        return "not on the PATH (make run brings one)"
    done = subprocess.run([found, "--version"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603  # found on the PATH
    return f"{done.stdout.strip()} at {found}"
