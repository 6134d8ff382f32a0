"""The lessons: what each page under /learn begins with, and its questions; and the library of exercises for sheets."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LESSONS = Path(__file__).parent / "lessons"
EXERCISES = Path(__file__).parent / "exercises"
ABOUT = ("topic", "level", "minutes", "note")
"""What an exercise says of itself that no grader reads."""
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


@cache
def exercises() -> list[dict[str, Any]]:
    """The library, topic by topic: folders are topics, and the file's name is the exercise's id."""
    order = [lesson["slug"] for lesson in lessons()]
    paths = sorted(EXERCISES.glob("*/*.toml"), key=lambda path: (order.index(path.parent.name), path.stem))
    return [_exercise(path) for path in paths]


def _exercise(path: Path) -> dict[str, Any]:
    """An exercise as a page lists it; ``exercise`` is what a grader takes."""
    entry = tomllib.loads(path.read_text(encoding="utf-8")) | {"id": path.stem, "topic": path.parent.name}
    entry["source"] = entry["source"].rstrip("\n")
    said = {name: entry[name] for name in ("id", "title", "statement", *ABOUT)}
    return said | {"exercise": {name: value for name, value in entry.items() if name not in ABOUT}}


@cache
def library() -> dict[str, dict[str, Any]]:
    """What a grader takes, by the id of the exercise."""
    return {one["id"]: one["exercise"] for one in exercises()}
