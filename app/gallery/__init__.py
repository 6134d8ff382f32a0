"""Example programs, one file each: what it shows, on what to look, where the page opens it, and what it asks in predict mode."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

PROGRAMS = Path(__file__).parent / "programs"
OPTIONAL: dict[str, Any] = {"seed": None, "wrt": None, "questions": []}


@cache
def examples() -> list[dict[str, Any]]:
    """Every example, in the order of the gallery: folders are groups, and file names begin with the place in their group."""
    return [_example(path) for path in sorted(PROGRAMS.glob("*/*.toml"))]


def _example(path: Path) -> dict[str, Any]:
    """One file's example; what it does not choose is None, and the last line of a program has no line end."""
    entry = OPTIONAL | tomllib.loads(path.read_text(encoding="utf-8"))
    return entry | {"source": entry["source"].rstrip("\n")}
