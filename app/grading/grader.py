"""Grading: one sheet against one key, from the questions to the score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

from app.core.diagnostic import problem
from app.grading.asked import Question, questions
from app.grading.diagnosis import diagnosis
from app.grading.dual_check import DualCheck, dual_check
from app.grading.exercise import Exercise
from app.grading.key import Key
from app.grading.roots import Root, roots, sentence
from app.grading.sheet import Sheet, sheet
from app.grading.slips.slip import Slip
from app.grading.spot import Spot
from app.grading.verdict import Item, Judge
from app.grading.work import Work
from app.grading.written import Written

MOST_CELLS = 20_000
"""Numbers that one sheet may be asked for."""
REPEATED = 3
"""Slips of one and the same number from which on it is taken for a fill-in."""
SUSPICIOUS = 3
"""Slips from which on the keys of other variants are looked through."""

Keys = Callable[[], Iterable[Key]]
"""The keys of other variants, made one by one."""


@dataclass
class Graded:
    """What a sheet came to."""

    items: list[Item]
    roots: list[Root]
    diagnoses: Mapping[int, list[Slip]]
    """Slips by the place of their item."""
    score: float
    most: float
    summary: list[str]
    dual: DualCheck | None = None
    copied: bool = False
    carried: float = field(default=0.0)


def grade(exercise: Exercise, key: Key, answers: Mapping[str, Any], others: Keys | None = None, *, explain: bool = True) -> Graded:
    """The verdicts on an answer; raises ProgramError for a node that there is not.

    ``others`` are the keys of other variants: numbers taken from one of them earn nothing by following from each other.
    """
    written = sheet(answers, key, exercise.comma)
    asked = questions(exercise, key, written.entries)
    _check_size(asked, key)
    graded = _graded(exercise, key, written, asked, explain=explain)
    if others is not None and len(graded.roots) >= SUSPICIOUS and _copied(graded, key, others):
        strict = replace(exercise, policy=replace(exercise.policy, carry="off"))
        graded = _graded(strict, key, written, asked, explain=explain)
        graded.copied = True
    return graded


def _check_size(asked: Sequence[Question], key: Key) -> None:
    """Refuse what takes too long to judge; raises ProgramError."""
    cells = sum(prod(key.shape(question.spot)) for question in asked)
    if cells > MOST_CELLS:
        raise problem("grade.too_large", f"{cells:,} numbers are asked; {MOST_CELLS:,} can be graded.", limit=MOST_CELLS)


def _graded(exercise: Exercise, key: Key, written: Sheet, asked: Sequence[Question], *, explain: bool) -> Graded:
    spots = {question.spot for question in asked}
    judge = Judge(exercise, key, written, Work(key, written, spots), _truth(key))
    items = judge.items(asked)
    slips = roots(items, judge)
    _refuse_copies(items, slips)
    most = sum(item.question.weight for item in items)
    carried = sum(item.credit for item in items if item.verdict == "follow_through")
    score = sum(item.credit for item in items) - max(0.0, carried - exercise.policy.carried * most)
    found = _diagnoses(items, judge, key) if explain and slips else {}
    scale = exercise.points / most if exercise.points is not None and most else 1.0
    return Graded(items, slips, found, score * scale, most * scale, _summary(items, slips, key), dual_check(key, written), carried=carried)


def _truth(key: Key) -> Work:
    """The key's own work, made once a key: batches ask for it a thousand times."""
    if key.work is None:
        key.work = Work(key, Sheet({}), ())
    return key.work  # type: ignore[no-any-return]  # the key is below the work, and keeps it for us


def _refuse_copies(items: Sequence[Item], slips: Sequence[Root]) -> None:
    """One wrong number written again and again earns nothing where it happens to follow from itself."""
    spots = {root.spot for root in slips}
    wrong = Counter(i.given.value for i in items if i.question.spot in spots and isinstance(i.given, Written))
    for item in items:
        if item.verdict == "follow_through" and isinstance(item.given, Written) and wrong[item.given.value] >= REPEATED:
            item.verdict, item.credit, item.note = "incorrect", 0.0, "The same wrong number stands in many places."


def _diagnoses(items: Sequence[Item], judge: Judge, key: Key) -> dict[int, list[Slip]]:
    """The slips behind every wrong number."""
    found = {place: diagnosis(item, judge, judge.true) for place, item in enumerate(items) if item.verdict == "incorrect"}
    return {place: slips for place, slips in found.items() if slips}


def _summary(items: Sequence[Item], slips: Sequence[Root], key: Key) -> list[str]:
    """The sheet in a few sentences: the slips first, then what is missing or cannot be read."""
    right = sum(item.verdict in ("correct", "follow_through") for item in items)
    said = [f"{right} of {len(items)} right."]
    said += [sentence(root, key)[:1].upper() + sentence(root, key)[1:] + "." for root in slips]
    for verdict, words in (
        ("missing", "left blank"),
        ("malformed", "not readable as numbers"),
        ("not_gradable", "resting on missing values"),
    ):
        count = sum(item.verdict == verdict for item in items)
        if count:
            said.append(f"{count} {words}.")
    return said


def _copied(graded: Graded, key: Key, others: Keys) -> bool:
    """Whether all wrong numbers are those of one other variant."""
    wrong = [item for item in graded.items if isinstance(item.given, Written) and item.verdict in ("incorrect", "follow_through")]
    return any(all(_same(item, other) for item in wrong) for other in others() if len(other.run.tape) == len(key.run.tape))


def _same(item: Item, other: Key) -> bool:
    """Whether an item's number is the other variant's."""
    spot: Spot = item.question.spot
    value = other.truth(spot)
    if value is None or not isinstance(item.given, Written):
        return False
    target = float(value[item.index]) if item.index else float(value)
    return abs(item.given.value - target) <= 5e-3 * max(abs(target), 1e-9)
