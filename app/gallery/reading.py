"""The lessons: what each page under /learn begins with, and its exercises; their texts are templates."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LESSONS = Path(__file__).parent / "lessons"
OPTIONAL: dict[str, Any] = {"kind": "number", "choices": [], "wrong": [], "request": {}}


@cache
def lessons() -> list[dict[str, Any]]:
    """Every lesson, in teaching order; the file's name is its address."""
    return sorted((_lesson(path) for path in LESSONS.glob("*.toml")), key=lambda lesson: lesson["place"])


def _lesson(path: Path) -> dict[str, Any]:
    entry = tomllib.loads(path.read_text(encoding="utf-8"))
    return entry | {
        "slug": path.stem,
        "source": entry["source"].rstrip("\n"),
        "exercises": [OPTIONAL | exercise | {"source": exercise["source"].rstrip("\n")} for exercise in entry["exercises"]],
    }
