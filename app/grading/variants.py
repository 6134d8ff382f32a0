"""Variants of an exercise: inputs drawn by a seed, the same for the same seed for ever."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from hashlib import blake2b

import numpy as np

from app.core.diagnostic import problem
from app.engine.tape import Value
from app.grading.exercise import Draw, Exercise

TRIES = 200
"""Draws per seed before a seed counts as bad."""
SEEDS = 2**32

Inputs = dict[str, Value]


def student_seed(exercise: str, student: str) -> int:
    """The seed of a student's variant: the same student has the same numbers each time."""
    return int.from_bytes(blake2b(f"{exercise}\0{student}".encode(), digest_size=4).digest(), "big")


def drawn(exercise: Exercise, seed: int, unfit: Callable[[Inputs], str | None]) -> Inputs:
    """The inputs of one variant: the first draw that nothing is said against; raises ``exercise.variant``.

    ``unfit`` names what is wrong with some inputs: a kink, a zero, two equal values, an error.
    """
    if not exercise.variants:
        return dict(exercise.inputs)
    generator = random.Random(seed)  # noqa: S311  numbers of exercises are no secret
    why = None
    for _ in range(TRIES):
        inputs = {**exercise.inputs, **{name: _value(draw, generator) for name, draw in exercise.variants.items()}}
        why = unfit(inputs)
        if why is None:
            return inputs
    raise problem("exercise.variant", f"Seed {seed} has no good variant in {TRIES} draws: {why}", None, "Widen the choices, or avoid less.")


def _value(draw: Draw, generator: random.Random) -> Value:
    """One drawn input."""
    if not draw.shape:
        return _number(draw, generator)
    count = int(np.prod(draw.shape))
    return np.array([_number(draw, generator) for _ in range(count)], dtype=np.float64).reshape(draw.shape)


def _number(draw: Draw, generator: random.Random) -> Value:
    """One number; decimal steps are counted in decimals, so that 0.1 + 0.2 is 0.3."""
    if draw.choice:
        return draw.choice[generator.randrange(len(draw.choice))]
    low, step = Decimal(repr(draw.low)), Decimal(repr(draw.step))
    count = int((Decimal(repr(draw.high)) - low) / step) + 1
    return float(low + step * generator.randrange(count))


def count(variants: Mapping[str, Draw]) -> int:
    """How many variants there are at most."""
    total = 1
    for draw in variants.values():
        one = len(draw.choice) or int((Decimal(repr(draw.high)) - Decimal(repr(draw.low))) / Decimal(repr(draw.step))) + 1
        total *= one ** int(np.prod(draw.shape)) if draw.shape else one
    return total
