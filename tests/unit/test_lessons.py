"""The lessons: each is complete, and each exercise has a truth that the engine finds."""

import json
import re
from pathlib import Path

import pytest

from app.gallery.reading import lessons
from app.settings import Settings
from app.wire.calls import EVALUATIONS
from app.wire.tasks import Desk

ROOT = Path(__file__).parents[2]
LESSONS = [pytest.param(lesson, id=lesson["slug"]) for lesson in lessons()]
EXERCISES = [
    pytest.param(exercise, id=f"{lesson['slug']}-{place + 1}") for lesson in lessons() for place, exercise in enumerate(lesson["exercises"])
]
DESK = Desk(Settings(), torch=True)


def truth(exercise):
    """What the pointer finds in the call's answer."""
    text = "objective" if exercise["call"] == "lagrange" else "source"
    body = {text: exercise["source"]} | ({"inputs": exercise["inputs"]} if exercise["inputs"] else {}) | exercise["request"]
    status, answer = DESK.serve(exercise["call"], json.dumps(body).encode())
    found = json.loads(answer)
    assert status == 200, found
    for key in exercise["pointer"].split("/")[1:]:
        found = found[int(key) if isinstance(found, list) else key.replace("~1", "/").replace("~0", "~")]
    return found


def number(text):
    """What a reader would type, as a number: 3/2 is divided."""
    left, _, right = text.replace("−", "-").partition("/")
    return float(left) / float(right or 1)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_a_text_a_tool_a_page_and_a_row_in_the_documentation(lesson):
    slug = lesson["slug"]
    assert (ROOT / f"templates/learn/{slug}.html").is_file()
    assert (ROOT / f"static/js/learn/tools/{slug}.js").is_file()
    assert (ROOT / f"static/js/learn/pages/{slug}.js").is_file()
    assert f"| `{slug}` |" in (ROOT / "docs/learn.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_three_exercises(lesson):
    assert len(lesson["exercises"]) == 3


def test_lessons_have_places_of_their_own():
    places = [lesson["place"] for lesson in lessons()]
    assert len(set(places)) == len(places)


def test_there_is_no_text_without_a_lesson():
    shown = {path.stem for path in (ROOT / "templates/learn").glob("*.html")} - {"base", "index", "lesson"}
    assert shown == {lesson["slug"] for lesson in lessons()}


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_program_that_a_lesson_begins_with_runs(lesson):
    if lesson["slug"] == "autograd":
        return
    status, answer = DESK.serve("trace", json.dumps({"source": lesson["source"], "inputs": lesson["inputs"], "mode": "primal"}).encode())
    assert status == 200, answer


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_asks_a_call_of_the_api_and_says_why(exercise):
    assert exercise["call"] in EVALUATIONS
    assert re.search(r"[?.]$", exercise["ask"])
    assert exercise["reason"].endswith(".")


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_exercise_has_a_truth_and_the_known_slips_are_others(exercise):
    found = truth(exercise)
    if exercise["kind"] == "choice":
        values = [choice["value"] for choice in exercise["choices"]]
        assert str(found) in values
        assert {wrong["value"] for wrong in exercise["wrong"]} <= set(values) - {str(found)}
        return
    assert isinstance(found, (int, float))
    for wrong in exercise["wrong"]:
        assert abs(number(wrong["value"]) - found) > 0.02 * abs(found)
        assert wrong["hint"].endswith(".")
