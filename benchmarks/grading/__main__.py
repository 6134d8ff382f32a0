"""How fair the grader is: `python -m benchmarks.grading [GRAPHS]`. Honest students who round, and students who slip once."""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace

from app.grading.exercise import Policy
from app.grading.grader import grade
from benchmarks.grading.graphs import programs
from benchmarks.grading.slips import slips
from benchmarks.grading.student import sheet

GRAPHS = 2_000
DIGITS = (2, 3, 4)


def honest(count: int) -> None:
    """Whole sheets without a wrong value, with their own work and against the truth alone."""
    tried, own, truth = Counter(), Counter(), Counter()
    for exercise, key in programs(count, seed=1):
        for digits in DIGITS:
            answers = sheet(key, digits)
            tried[digits] += 1
            own[digits] += _is_full(grade(exercise, key, answers, explain=False))
            truth[digits] += _is_full(grade(replace(exercise, policy=Policy(carry="off")), key, answers, explain=False))
    for digits in DIGITS:
        own_share, true_share = own[digits] / tried[digits], truth[digits] / tried[digits]
        print(f"{digits} digits: {own_share:7.2%} of sheets fully right, {true_share:7.2%} against the truth alone")


def _is_full(graded) -> bool:
    return not graded.roots and all(item.verdict in ("correct", "follow_through") for item in graded.items)


def mistaken(count: int) -> None:
    """By kind of slip: how often its node is found, another is charged, and it is named."""
    draw = random.Random(2)
    tried, found, charged, named = Counter(), Counter(), Counter(), Counter()
    for exercise, key in programs(count, seed=2):
        for slip in slips(key, draw):
            answers = sheet(key, draw.choice(DIGITS), slip)
            if answers is None:
                continue
            graded = grade(exercise, key, answers)
            roots = {root.spot for root in graded.roots}
            names = {
                one.name
                for place, item in enumerate(graded.items)
                if item.question.spot == slip.spot
                for one in graded.diagnoses.get(place, [])
            }
            kind = f"{slip.spot.quantity} {slip.name}"
            tried[kind] += 1
            found[kind] += slip.spot in roots
            charged[kind] += bool(roots - {slip.spot})
            named[kind] += slip.name in names
    for kind in sorted(tried):
        _row(kind, tried[kind], found[kind], charged[kind], named[kind])
    _row("all", tried.total(), found.total(), charged.total(), named.total())


def _row(kind: str, tried: int, found: int, charged: int, named: int) -> None:
    print(f"{kind:30} {tried:6} made, {found / tried:7.2%} found, {named / tried:7.2%} named, {charged / tried:7.2%} with another charged")


if __name__ == "__main__":
    graphs = int(sys.argv[1]) if len(sys.argv) > 1 else GRAPHS
    honest(graphs)
    mistaken(graphs)
