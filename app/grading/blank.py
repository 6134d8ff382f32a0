"""A blank sheet: what is asked, cell by cell, in the order in which it is worked out by hand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from app.grading.asked import questions
from app.grading.exercise import Exercise
from app.grading.key import Key
from app.grading.spot import Spot

FORWARD = ("primal", "partial", "tangent")
"""What is worked out node by node as the program runs; adjoints come after it, from the last node to the first."""


class Blank(NamedTuple):
    """One cell to be filled in; ``word`` is the quantity by which it is answered."""

    spot: Spot
    word: str
    cell: tuple[int, ...] | None
    weight: float


def blanks(exercise: Exercise, key: Key) -> list[Blank]:
    """The cells of an exercise in working order; what is asked by two words is written once; raises ProgramError."""
    words: dict[Spot, str] = {}
    weights: dict[Spot, float] = {}
    for question in questions(exercise, key, ()):
        words.setdefault(question.spot, question.word)
        weights[question.spot] = weights.get(question.spot, 0.0) + question.weight
    return [
        Blank(spot, words[spot], cell or None, weights[spot])
        for spot in sorted(words, key=_turn)
        for cell in (list(np.ndindex(*key.shape(spot))) if key.shape(spot) else [()])
    ]


def _turn(spot: Spot) -> tuple[int, int, int, int]:
    """When a spot is worked out: the forward pass first, then the sweep back."""
    if spot.quantity in FORWARD:
        return 0, spot.node, FORWARD.index(spot.quantity), spot.slot or 0
    return 1, -spot.node, 0, 0
