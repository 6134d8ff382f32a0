"""The self-test of an exercise: every variant drawn, its key worked out, and the key itself graded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import orjson

from app.core.diagnostic import ProgramError
from app.engine.tape import Value
from app.grading.asked import questions
from app.grading.exercise import Exercise
from app.grading.grader import grade
from app.grading.key import Key
from app.grading.spot import Spot
from app.grading.variants import drawn
from app.settings import Settings
from app.wire import keys
from app.wire.numbers import plain
from app.wire.requests.exercise import exercise
from app.wire.requests.grade import ExerciseTestRequest

OF_VALUES = ("value.", "exercise.variant")
"""Problems that other inputs may not have."""


def tested(request: ExerciseTestRequest, settings: Settings) -> bytes:
    """What every variant comes to; raises ProgramError for an exercise that cannot be read at all."""
    task = exercise(request.exercise)
    count = request.count if task.variants else 1
    _check_program(task, settings)
    bad: list[dict[str, Any]] = []
    distinct = set()
    first: Key | None = None
    for seed in range(count):
        try:
            _, inputs = keys.variant(task, seed, None, settings)
            key = keys.key(task, inputs, settings)
        except ProgramError as error:
            bad.append({"seed": seed, "inputs": None, "code": error.diagnostic.code, "reason": error.diagnostic.message})
            continue
        first = first or key
        distinct.add(orjson.dumps({name: plain(value) for name, value in inputs.items()}))
        why = _wrong(task, key, first)
        if why is not None:
            written = {name: plain(value) for name, value in inputs.items()}
            bad.append({"seed": seed, "inputs": written, "code": "exercise.variant", "reason": why})
    asked = len(questions(task, first, ())) if first is not None else 0
    nodes = len(first.run.tape) if first is not None else 0
    return orjson.dumps({"ok": not bad, "count": count, "distinct": len(distinct), "nodes": nodes, "asked": asked, "bad": bad})


def _check_program(task: Exercise, settings: Settings) -> None:
    """Refuse a program that no inputs can help; raises its ProgramError, with the place."""
    try:
        keys.key(task, drawn(task, 0, lambda _: None), settings)
    except ProgramError as error:
        if not error.diagnostic.code.startswith(OF_VALUES):
            raise


def _wrong(task: Exercise, key: Key, first: Key) -> str | None:
    """What is wrong with one variant; None where it is good."""
    if keys.structure(key.run.tape) != keys.structure(first.run.tape):
        return "Its values lead to another graph than those of the first seed."
    asked = [question.spot for question in questions(task, key, ())]
    for spot in asked:
        value = key.truth(spot)
        if value is not None and not np.all(np.isfinite(value)):
            return f"The {spot.quantity} of {key.names[spot.node]} is not finite."
    found = grade(task, key, right(key, asked), explain=False)
    if found.score < found.most * (1 - 1e-9):
        return f"The right answers earn {found.score:g} of {found.most:g} points."
    return None


def right(key: Key, asked: Iterable[Spot]) -> dict[str, Any]:
    """The sheet of somebody who makes no mistake, every digit written."""
    answers: dict[str, dict[str, Any]] = {}
    for spot in asked:
        written = answers.setdefault(f"#{spot.node}", {})
        if spot.quantity == "partial":
            slots = written.setdefault("partials", [None] * len(key.run.tape.inputs[spot.node]))
            slots[spot.slot or 0] = _digits(key.truth(spot), key.shape(spot))
        else:
            written[spot.quantity] = _digits(key.truth(spot), key.shape(spot))
    return answers


def _digits(value: Value | None, shape: tuple[int, ...]) -> Any:
    """A value as a sheet has it; nothing flows is a zero."""
    return np.broadcast_to(0.0 if value is None else value, shape).tolist()
