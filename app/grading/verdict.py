"""Verdicts: every asked cell against the truth, and against the student's own work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from app.grading.asked import Question
from app.grading.exercise import Exercise
from app.grading.expectation import Expectation, cell
from app.grading.guards import degenerate
from app.grading.key import Key
from app.grading.sheet import Cell, Sheet
from app.grading.spot import Spot
from app.grading.work import Work
from app.grading.written import UnreadableError, Written

Verdict = Literal["correct", "follow_through", "incorrect", "missing", "malformed", "not_gradable"]


@dataclass(slots=True)
class Item:
    """One graded cell. ``expected`` is the truth, ``own`` what follows from the student's work; ``note`` says what a reader should know."""

    question: Question
    index: tuple[int, ...] | None
    given: Cell
    verdict: Verdict
    expected: float | None
    own: float | None = None
    credit: float = 0.0
    note: str | None = None


@dataclass(slots=True)
class State:
    """What a spot's number does to those after it: the mistakes it carries, and whether it is a choice at a kink."""

    roots: frozenset[Spot] = frozenset()
    chosen: bool = False


@dataclass
class Judge:
    """Judges the spots of one sheet, each once."""

    exercise: Exercise
    key: Key
    sheet: Sheet
    work: Work
    true: Work
    """What the same says of an empty sheet: how large the numbers are that a true value is a sum of."""
    _states: dict[Spot, State] = field(default_factory=dict)

    def items(self, questions: Sequence[Question]) -> list[Item]:
        """The verdicts on all questions, cell by cell."""
        found: list[Item] = []
        for question in questions:
            found += self.judged(question)
        return found

    def judged(self, question: Question) -> list[Item]:
        """The verdicts on the cells of one question."""
        spot = question.spot
        entry = self.sheet.entries.get(spot)
        shape = self.key.shape(spot)
        indices: list[tuple[int, ...]] = list(np.ndindex(*shape)) if shape else [()]
        truth = self.key.truth(spot)
        cells: Sequence[Cell] = (
            entry.cells if entry is not None and len(entry.cells) == len(indices) else [entry.cells[0] if entry else None] * len(indices)
        )
        items = []
        for index, given in zip(indices, cells, strict=True):
            item = Item(question, index or None, given, "missing", cell(truth, index))
            if isinstance(given, UnreadableError):
                item.verdict, item.note = "malformed", str(given)
            elif given is not None:
                self._decide(item, given, index)
            item.credit = question.weight if item.verdict in ("correct", "follow_through") else 0.0
            items.append(item)
        return items

    def _decide(self, item: Item, given: Written, index: tuple[int, ...]) -> None:
        """The verdict on a cell with a number in it."""
        spot, carry = item.question.spot, self.exercise.policy.carry
        truth = 0.0 if item.expected is None else item.expected
        only_own = carry == "always_local" and not item.question.final
        right = self._near(given, truth, None)
        if right and not only_own:
            item.verdict = "correct"
            return
        expectation = self.work.expected(spot)
        right = right or self._near(given, truth, self.true.expected(spot), granted=False)
        if right and not only_own:
            item.verdict = "correct"
            return
        if expectation.missing:
            item.verdict, item.note = "not_gradable", self._lacking(expectation)
            return
        item.own = cell(expectation.value, index)
        self._by_own_work(item, given, index, expectation, right=right)

    def _by_own_work(self, item: Item, given: Written, index: tuple[int, ...], expectation: Expectation, *, right: bool) -> None:
        """The verdict on a number that is not the true one: does it follow from the student's own?"""
        before = [self.state(need) for need in expectation.needs]
        roots = frozenset[Spot]().union(*(state.roots for state in before))
        follows = self._follows(given, expectation, index)
        at_kink = not follows and self._between(given, expectation, index)
        if not (follows or at_kink):
            item.verdict = "incorrect"
        elif right:
            item.verdict = "correct"
        elif not roots and (at_kink or any(state.chosen for state in before)):
            item.verdict, item.note = "correct", expectation.convention or "It follows from a choice at a kink before it."
        elif not roots and item.question.final:
            item.verdict, item.note = "correct", "Rounded on the way."
        elif self.exercise.policy.carry == "off" or item.question.final:
            item.verdict = "incorrect"
            item.note = "A final answer is compared with the truth." if item.question.final else None
        else:
            why = degenerate(item.question.spot, self.work, self.key) if roots else None
            item.verdict, item.note = ("incorrect", why) if why else ("follow_through", None)

    # ------------------------------------------------------------ states

    def state(self, spot: Spot) -> State:
        """What the number used at a spot carries on."""
        found = self._states.get(spot)
        if found is None:
            self._states[spot] = State()  # the graph has no circle; this is for the reader of a half-built table
            found = self._states[spot] = self._state(spot)
        return found

    def _state(self, spot: Spot) -> State:
        if spot.quantity == "primal" and self.key.run.tape.rules[spot.node] is None and spot not in self.sheet.entries:
            return State()
        entry = self.sheet.entries.get(spot)
        if entry is None or entry.value is None:
            return self._inherited(spot)
        truth = self.key.truth(spot)
        expectation: Expectation | None = None
        wrong = chosen = False
        for place, index in enumerate(np.ndindex(*entry.shape) if entry.shape else [()]):
            given = entry.cells[place]
            assert isinstance(given, Written)
            target = cell(truth, index)
            if self._near(given, 0.0 if target is None else target, None):
                continue
            expectation = expectation or self.work.expected(spot)
            if self._near(given, 0.0 if target is None else target, self.true.expected(spot), granted=False):
                continue
            if not expectation.missing and self._follows(given, expectation, index):
                continue
            chosen = chosen or (not expectation.missing and self._between(given, expectation, index))
            wrong = wrong or not chosen
        if wrong:
            return State(frozenset({spot}))
        if expectation is None:
            return State(chosen=chosen)
        inherited = self._inherited(spot)
        return State(inherited.roots, chosen or inherited.chosen)

    def _inherited(self, spot: Spot) -> State:
        """What comes with the numbers before."""
        before = [self.state(need) for need in self.work.expected(spot).needs]
        return State(frozenset[Spot]().union(*(s.roots for s in before)), any(s.chosen for s in before))

    # ------------------------------------------------------------ distances

    def _near(self, given: Written, target: float, expectation: Expectation | None, *, granted: bool = True) -> bool:
        """Whether a number is accepted as the target; ``granted`` adds what rounding before it comes to."""
        value = given.value
        if value != value or target != target:  # noqa: PLR0124  NaN is right where NaN is true
            return value != value and target != target  # noqa: PLR0124
        if abs(target) == np.inf or abs(value) == np.inf:
            return value == target
        magnitude = expectation.magnitude if expectation is not None and expectation.magnitude < np.inf else 0.0
        tolerance, digits = self.exercise.tolerance, self.sheet.digits
        room = tolerance.room(given, target, digits, magnitude)
        if expectation is not None and granted:
            room += tolerance.spread(expectation.bound, digits, max(magnitude, abs(target)))
        return abs(value - target) <= room

    def _follows(self, given: Written, expectation: Expectation, index: tuple[int, ...]) -> bool:
        """Whether a number follows from the student's own before it."""
        targets = [cell(value, index) for value in (expectation.value, *expectation.others)]
        return any(target is not None and self._near(given, target, expectation) for target in targets)

    def _between(self, given: Written, expectation: Expectation, index: tuple[int, ...]) -> bool:
        """Whether a number is one of those that a kink allows."""
        if expectation.convention is None or expectation.low is None or expectation.high is None:
            return False
        low, high = cell(expectation.low, index), cell(expectation.high, index)
        assert low is not None
        assert high is not None
        return low <= given.value <= high or self._near(given, low, expectation) or self._near(given, high, expectation)

    def _lacking(self, expectation: Expectation) -> str:
        """Which number before is missing."""
        first = expectation.missing[0]
        return f"It rests on the {first.quantity} of {self.key.names[first.node]}, which is missing."
