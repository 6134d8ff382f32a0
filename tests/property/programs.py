"""Random programs: a seed in, a source with its inputs out."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.property.draw import Draw
from tests.property.statements import KINDS, bracketed

WILD = 0.06
"""The share of programs that ignore domains, so that NaN and infinities come up."""


@dataclass(frozen=True)
class RandomProgram:
    """One program, its inputs, and what it was made of."""

    seed: int
    source: str
    inputs: dict[str, Any]
    statements: int
    kinds: Counter[str] = field(repr=False)
    wild: bool = False


def program(seed: int) -> RandomProgram:
    """The program of a seed: 5 to 60 statements."""
    rng = random.Random(seed)
    d = Draw(rng, wild=rng.random() < WILD)
    for _ in range(rng.randint(1, 3)):
        d.input(d.shape(rng.choice((0, 0, 1, 2))))
    wanted = rng.choice((rng.randint(5, 20), rng.randint(5, 60)))
    lines: list[str] = []
    kinds: Counter[str] = Counter()
    names, weights = list(KINDS), [weight for _, weight in KINDS.values()]
    while len(lines) < wanted - 1:
        kind = rng.choices(names, weights)[0]
        before = list(d.names)
        made = KINDS[kind][0](d)
        if len(lines) + len(made) < 60:
            lines += made
            kinds[kind] += 1
        else:
            d.names = before
    lines.append(_ending(d, "\n".join(lines)))
    return RandomProgram(seed, "\n".join(lines), d.inputs, len(lines), kinds, d.wild)


def _ending(d: Draw, source: str) -> str:
    """The last statement: one number made of all that is left over, or several tensors."""
    bound = [n for n in d.names if n.text.startswith("v")]
    if d.rng.random() < 0.25 and len(bound) > 1:
        return ", ".join(n.text for n in bound[-3:])
    terms = [f"{d.number(0.2, 1)} * {d.rng.choice(('sum', 'mean'))}({n.text})" if n.shape else bracketed(n.text) for n in bound] or ["1.5"]
    return d.rng.choice(("loss = ", "")) + " + ".join(terms)
