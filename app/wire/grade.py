"""Grading: from a request to the bytes of its answer; the command line has the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from pydantic import ValidationError

from app.core.diagnostic import OpError, ProgramError, problem
from app.engine.tape import Value
from app.grading.exercise import Exercise
from app.grading.grader import grade
from app.grading.key import Key
from app.grading.roots import sentence
from app.grading.sheet import Cell, sheet
from app.grading.slips.slip import Slip
from app.grading.spot import Spot
from app.grading.verdict import Item
from app.grading.written import UnreadableError, Written
from app.settings import Settings
from app.wire import keys
from app.wire.numbers import plain
from app.wire.problems import problem_body
from app.wire.requests.exercise import exercise
from app.wire.requests.grade import GradeBatchRequest, GradeRequest, Submission, ValidateRequest
from app.wire.sheets import opened
from app.wire.told import told


def graded(request: GradeRequest, settings: Settings) -> bytes:
    """The verdicts on one answer; raises ProgramError."""
    task = exercise(request.exercise)
    seed, inputs = keys.variant(task, request.seed, request.student, settings)
    return orjson.dumps(
        told(_graded(task, keys.key(task, inputs, settings), seed, inputs, request.answers, settings), task.policy.feedback)
    )


def recorded(request: GradeRequest, settings: Settings) -> bytes:
    """The verdicts on one answer, whatever the policy tells of them: what is kept of a submission."""
    task = exercise(request.exercise)
    seed, inputs = keys.variant(task, request.seed, request.student, settings)
    return orjson.dumps(_graded(task, keys.key(task, inputs, settings), seed, inputs, request.answers, settings))


def _graded(task: Exercise, key: Key, seed: int | None, inputs: Mapping[str, Value], answers: Any, settings: Settings) -> dict[str, Any]:
    """All that there is to say of one answer."""
    found = grade(task, key, answers, lambda: keys.others(task, inputs, settings))
    words = task.tolerance.words()
    answer: dict[str, Any] = {
        "score": _round(found.score),
        "max_score": _round(found.most),
        "items": [_item(item, found.diagnoses.get(place, []), key, words) for place, item in enumerate(found.items)],
        "root_causes": [_root(root, key) for root in found.roots],
        "summary": " ".join(found.summary),
        "carried": _round(found.carried),
    }
    if found.dual is not None:
        answer["dual_check"] = {"forward": plain(found.dual.forward), "reverse": plain(found.dual.reverse), "agree": found.dual.agree}
    answer |= {"tolerance": words, "inputs": {name: plain(value) for name, value in inputs.items()}, "seed": seed}
    return answer | ({"other_variant": True} if found.copied else {})


def _item(item: Item, slips: Sequence[Slip], key: Key, words: str) -> dict[str, Any]:
    """One graded cell."""
    row: dict[str, Any] = _place(item.question.spot, item.question.word, item.index, key)
    row["given"] = _given(item.given)
    row["verdict"] = item.verdict
    row["credit"], row["weight"] = _round(item.credit), _round(item.question.weight)
    row["expected"] = plain(item.expected)
    if item.own is not None:
        row["expected_from_own_work"] = plain(item.own)
    row["tolerance"] = words
    row["diagnosis"] = [{"name": slip.name, "sentence": slip.sentence} for slip in slips]
    return row | ({"note": item.note} if item.note is not None else {})


def _place(spot: Spot, word: str, index: tuple[int, ...] | None, key: Key) -> dict[str, Any]:
    return {"node": key.names[spot.node], "id": spot.node, "quantity": word, "slot": spot.slot, "index": list(index) if index else None}


def _given(cell: Cell) -> Any:
    """What was written, as it was written."""
    return cell.text if isinstance(cell, Written) else None


def _root(root: Any, key: Key) -> dict[str, Any]:
    spot = root.spot
    carried = [key.names[node] for node in root.carried]
    return {
        "node": key.names[spot.node],
        "id": spot.node,
        "quantity": spot.quantity,
        "slot": spot.slot,
        "carried_to": carried,
        "sentence": sentence(root, key),
    }


def _round(number: float) -> float:
    """A score without the dust of adding floats."""
    return round(number, 9)


# ---------------------------------------------------------------- reading alone


def validated(request: ValidateRequest, settings: Settings) -> bytes:
    """How every number of an answer was understood; nothing is judged."""
    task = exercise(request.exercise)
    seed, inputs = keys.variant(task, request.seed, request.student, settings)
    key = keys.key(task, inputs, settings)
    written = sheet(request.answers, key, task.comma)
    items = []
    for spot, entry in written.entries.items():
        for place, cell in enumerate(entry.cells):
            index = _index(place, entry.shape)
            row = _place(spot, spot.quantity, index, key) | {"given": _given(cell)}
            if isinstance(cell, UnreadableError):
                row |= {"status": "malformed", "understood": None, "reason": str(cell)}
            else:
                row |= {
                    "status": "blank" if cell is None else "read",
                    "understood": None if cell is None else plain(cell.value),
                    "reason": None,
                }
            items.append(row)
    return orjson.dumps({"items": items, "digits": written.digits, "seed": seed, "inputs": {n: plain(v) for n, v in inputs.items()}})


def _index(place: int, shape: tuple[int, ...]) -> tuple[int, ...] | None:
    """The index of a cell by its place in order."""
    found: list[int] = []
    for side in reversed(shape):
        found.insert(0, place % side)
        place //= side
    return tuple(found) or None


# ---------------------------------------------------------------- many


def batch(request: GradeBatchRequest, settings: Settings) -> bytes:
    """The verdicts on many answers; each has a status of its own."""
    task = exercise(request.exercise)
    known: dict[int | None, tuple[Key, dict[str, Value]]] = {}
    results = []
    for raw in request.submissions:
        row: dict[str, Any] = {"id": raw.get("id")}
        try:
            one = _submission(raw, settings)
            seed = one.seed if one.seed is not None else keys.seed_of(task, one.student)
            if seed not in known:
                _, inputs = keys.variant(task, seed, None, settings)
                known[seed] = keys.key(task, inputs, settings), inputs
            key, inputs = known[seed]
            whole = _graded(task, key, seed if task.variants else None, inputs, one.answers, settings)
            row |= {"status": 200, "result": told(whole, task.policy.feedback)}
        except ProgramError as error:
            status, body = problem_body(error.diagnostic, settings.root_path)
            row |= {"status": status, "problem": body}
        except OpError as error:
            status, body = problem_body(problem(error.code, error.message, None, error.hint).diagnostic, settings.root_path)
            row |= {"status": status, "problem": body}
        results.append(row)
    return orjson.dumps({"results": results})


def _submission(raw: dict[str, Any], settings: Settings) -> Submission:
    """One submission of a batch, its sheet opened where it is the text of a file; raises ProgramError."""
    try:
        one = Submission.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])[:100]
        raise problem("request.field", f"{name}: {first['msg']}.", field=name) from None
    if isinstance(one.answers, str):
        return one.model_copy(update={"answers": opened(one.answers.encode(), settings.limits.json_depth)})
    if not isinstance(one.answers, dict):
        raise problem("request.field", "answers must be an object.", field="answers")
    return one
