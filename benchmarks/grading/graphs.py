"""Random programs of a size that is worked out by hand, with the keys that they are graded by."""

from __future__ import annotations

import random

from app.core.diagnostic import ProgramError
from app.grading.exercise import Exercise
from app.grading.key import Key
from app.settings import Settings
from app.wire.keys import key

SETTINGS = Settings()
FUNCTIONS = "sin cos exp tanh sqrt log sigmoid".split()
LARGEST, SMALLEST = 1e6, 1e-6


def programs(count: int, seed: int):
    """So many exercises with their keys, all numbers of a size that people write down."""
    draw = random.Random(seed)
    while count:
        exercise = _exercise(draw)
        try:
            found = key(exercise, exercise.inputs, SETTINGS)
        except ProgramError:
            continue
        if _is_friendly(found):
            count -= 1
            yield exercise, found


def _exercise(draw: random.Random) -> Exercise:
    names = [f"x{place}" for place in range(1, draw.randint(2, 3) + 1)]
    inputs = {name: round(draw.uniform(0.5, 3), 2) for name in names}
    lines = []
    for place in range(draw.randint(5, 9)):
        first = draw.choice(names)
        right = f"{first} {draw.choice('+-*/')} {draw.choice(names)}" if draw.random() < 0.62 else f"{draw.choice(FUNCTIONS)}({first})"
        names.append(f"w{place + 1}")
        lines.append(f"{names[-1]} = {right}")
    return Exercise(source="\n".join(lines), inputs=inputs)


def _is_friendly(found: Key) -> bool:
    operations = [rule for rule in found.run.tape.rules if rule is not None]
    primals = all(SMALLEST < abs(value) < LARGEST for value in found.run.tape.values)
    return len(operations) >= 5 and primals and all(bar is None or abs(bar) < LARGEST for bar in found.adjoints or ())
