"""The library of exercises: enough for every topic, no two alike, each of them sound."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.gallery.reading import exercises, lessons, library
from app.grading.asked import questions
from app.settings import Settings
from app.wire import keys
from app.wire.requests.exercise import ExerciseText, exercise
from app.wire.selftest import right as right_sheet
from app.wire.tasks import Desk

ROOT = Path(__file__).resolve().parents[2]
ALL = {one["id"]: one for one in exercises()}
EACH = pytest.mark.parametrize("identity", ALL)
SETTINGS = Settings()


def served(call: str, **body):
    status, content = Desk(SETTINGS).serve(call, json.dumps(body).encode())
    assert status == 200, content
    return json.loads(content)


def variant(identity: str, seed: int = 0):
    task = exercise(ExerciseText.model_validate(library()[identity]))
    return task, keys.variant(task, seed, None, SETTINGS)[1]


def graph(identity: str) -> str:
    """What is computed, whatever it is called and with whichever numbers; the mode is part of the work."""
    task, inputs = variant(identity)
    tape = keys.key(task, inputs, SETTINGS).run.tape
    return repr((task.mode, keys.structure(tape)))


def test_there_are_thirty_and_two_for_every_topic():
    topics = [one["topic"] for one in ALL.values()]
    assert len(topics) >= 30
    assert {lesson["slug"] for lesson in lessons()} == set(topics)
    assert all(topics.count(topic) >= 2 for topic in topics)


def test_no_two_have_the_same_graph():
    graphs = {}
    for identity in ALL:
        graphs.setdefault(graph(identity), []).append(identity)
    assert [same for same in graphs.values() if len(same) > 1] == []


@EACH
def test_every_variant_is_good_and_its_key_earns_everything(identity):
    found = served("exercises/test", exercise_id=identity, count=50)
    assert found["bad"] == []
    assert found["distinct"] >= 5


@EACH
def test_its_texts_are_for_people(identity):
    one = ALL[identity]
    assert all(len(one[name].split()) > 15 for name in ("statement", "note"))
    assert one["level"] in ("easy", "medium", "hard")


@EACH
def test_the_right_sheet_is_right_and_a_slip_is_not(identity):
    task, inputs = variant(identity)
    key = keys.key(task, inputs, SETTINGS)
    answers = right_sheet(key, [question.spot for question in questions(task, key, ())])
    right = served("grade", exercise_id=identity, answers=answers)
    assert right["score"] == right["max_score"] == 10
    node, quantities = next(iter(answers.items()))
    quantity, value = next(iter(quantities.items()))
    slipped = json.loads(json.dumps(value), parse_float=lambda text: repr(float(text) + 7))
    wrong = served("grade", exercise_id=identity, answers={**answers, node: {**quantities, quantity: slipped}})
    assert wrong["score"] < right["score"]


def test_the_page_lists_them_all():
    page = (ROOT / "docs/exercises.md").read_text(encoding="utf-8").partition("## Writing one")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == list(ALL)
