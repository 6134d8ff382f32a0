"""Each example of the gallery is complete, and has its place."""

import json
import re
from typing import Any

import pytest

from app.gallery import PROGRAMS, examples
from app.settings import Settings
from app.wire.tasks import Desk
from app.wire.texts.reading import events

FIELDS = {
    "id": str,
    "title": str,
    "group": str,
    "level": str,
    "minutes": int,
    "goal": str,
    "look_for": str,
    "source": str,
    "inputs": dict,
    "mode": str,
    "seed": dict | None,
    "wrt": list | None,
    "step": int,
    "questions": list,
}
each = pytest.mark.parametrize("example", examples(), ids=lambda example: example["id"])


@each
def test_an_example_has_every_field_in_its_type(example: dict[str, Any]):
    assert set(example) == set(FIELDS)
    assert all(isinstance(example[name], kind) for name, kind in FIELDS.items())


@each
def test_an_example_has_a_readable_card(example: dict[str, Any]):
    assert example["level"] in {"beginner", "intermediate", "advanced"}
    assert 1 <= example["minutes"] <= 10
    assert example["goal"].endswith(".")
    assert example["look_for"].endswith(".")
    assert len(example["look_for"]) <= 200
    assert max(len(line) for line in example["source"].split("\n")) <= 100


@each
def test_an_example_speaks_of_its_own_inputs(example: dict[str, Any]):
    names = set(example["inputs"])
    assert set(example["wrt"] or ()) <= names
    assert example["mode"] in {"forward", "reverse", "both"}
    if example["mode"] == "forward":
        assert set(example["seed"]) <= names


def test_ids_are_unique_and_name_their_files():
    files = [re.sub(r"^\d\d-", "", path.stem) for path in sorted(PROGRAMS.glob("*/*.toml"))]
    assert [example["id"] for example in examples()] == files
    assert len(set(files)) == len(files)


def test_a_folder_is_one_group():
    groups = {path.parent.name: set() for path in PROGRAMS.glob("*/*.toml")}
    for path, example in zip(sorted(PROGRAMS.glob("*/*.toml")), examples(), strict=True):
        groups[path.parent.name].add(example["group"])
    assert all(len(names) == 1 for names in groups.values())


def test_the_gallery_has_at_least_forty_programs():
    assert len(examples()) >= 40


def test_the_first_visit_finds_the_survey_function_at_step_three():
    survey = next(example for example in examples() if example["id"] == "survey-1")
    assert survey["source"].split("\n") == ["v1 = log(x1)", "v2 = x1*x2", "v3 = sin(x2)", "v4 = v1 + v2", "v5 = v4 - v3"]
    assert survey["inputs"] == {"x1": 2, "x2": 5}
    assert survey["step"] == 3


ASKED = [(example, question) for example in examples() for question in example["questions"]]


@pytest.mark.parametrize(("example", "question"), ASKED, ids=lambda value: value.get("id") or str(value["step"]))
def test_a_question_has_the_answer_that_the_engine_gives(example: dict[str, Any], question: dict[str, Any]):
    assert {"step", "ask", "answer", "why"} <= set(question) <= {"step", "ask", "answer", "why", "choices", "hint", "mistake"}
    assert question["ask"].endswith("?")
    if "choices" in question:
        assert question["answer"] in question["choices"]
        return
    request = {key: example[key] for key in ("source", "inputs", "mode", "seed", "wrt") if example.get(key)}
    _, content = Desk(Settings()).serve("trace", json.dumps(request).encode())
    event = list(events(json.loads(content)))[question["step"] - 1]
    written = event.after if event.kind != "forward" else event.node["tangent"] if example["mode"] == "forward" else event.node["primal"]
    assert float(question["answer"]) == pytest.approx(written)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["id"])
def test_every_example_asks_something(example: dict[str, Any]):
    assert example["questions"]
    steps = [question["step"] for question in example["questions"]]
    assert steps == sorted(set(steps))


@pytest.mark.parametrize("idea", ["M10", "M12"])
def test_the_wrong_ideas_that_no_number_shows_are_asked_for(idea: str):
    (question,) = [question for _, question in ASKED if question.get("mistake") == idea]
    assert question["hint"]
