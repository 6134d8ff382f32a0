"""Random programs: a seed in, a source with its inputs out."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from app.core.diagnostic import ProgramError
from tests.property.draw import Draw, Mark, bracketed
from tests.property.rounding import Fault, fault
from tests.property.statements import KINDS

WILD = 0.08
"""The share of programs that ignore domains, so that NaN and infinities come up."""

MOST = 60
"""Statements of a program."""

PATIENCE = 300
"""How often a program is drawn again before something must be wrong with the engine, or with the drawing."""


@dataclass(frozen=True)
class RandomProgram:
    """One program, its inputs, what it was made of, and why statements were drawn again."""

    seed: int
    source: str
    inputs: dict[str, Any]
    statements: int
    kinds: Counter[str] = field(repr=False)
    wild: bool = False
    redrawn: Counter[str] = field(default_factory=Counter, repr=False)


@dataclass(frozen=True)
class Group:
    """The lines of one random statement, its kind, and how the draw stood before it."""

    kind: str
    lines: list[str]
    before: Mark


def program(seed: int) -> RandomProgram:
    """The program of a seed: 5 to 60 statements, none of which leaves it to rounding what comes out.

    A statement at which our own run answers to rounding (``rounding.fault``) is drawn again, and with it all that follow;
    where that happens again and again, so are those in front of it.
    """
    rng = random.Random(seed)
    d = Draw(rng, wild=rng.random() < WILD)
    for _ in range(rng.randint(1, 3)):
        d.input(d.shape(rng.choice((0, 0, 1, 2))))
    wanted = rng.choice((rng.randint(5, 20), rng.randint(5, MOST)))
    groups: list[Group] = []
    redrawn: Counter[str] = Counter()
    while True:
        _fill(d, groups, wanted - 1)
        lines = [line for group in groups for line in group.lines]
        before = d.mark()
        source = "\n".join([*lines, _ending(d)])
        found = _fault(d, source, seed)
        if found is None:
            kinds = Counter(group.kind for group in groups)
            return RandomProgram(seed, source, d.inputs, len(lines) + 1, kinds, d.wild, redrawn)
        redrawn[f"{found.reason}: {found.operation}" if found.operation else found.reason] += 1
        if (times := redrawn.total()) > PATIENCE:
            raise RuntimeError(f"Rounding decides all that is drawn, last {found}.")
        d.restore(before)
        _cut(d, groups, found.line, times // 4)


def _fault(d: Draw, source: str, seed: int) -> Fault | None:
    """Where rounding decides, or where a wild program leaves a domain; all else that we refuse is for the check to report."""
    try:
        return fault(source, d.inputs, seed)
    except ProgramError as error:
        if d.wild and error.diagnostic.code == "value.domain" and error.diagnostic.span:
            return Fault(error.diagnostic.span.line - 1, "outside of a domain", "")
        return None


def _fill(d: Draw, groups: list[Group], wanted: int) -> None:
    """Draw statements until there are as many lines."""
    names, weights = list(KINDS), [weight for _, weight in KINDS.values()]
    count = sum(len(group.lines) for group in groups)
    while count < wanted:
        kind, before = d.rng.choices(names, weights)[0], d.mark()
        made = KINDS[kind][0](d)
        if count + len(made) < MOST:
            groups.append(Group(kind, made, before))
            count += len(made)
        else:
            d.restore(before)


def _cut(d: Draw, groups: list[Group], line: int, further: int) -> None:
    """Take back the statement of a line and all that follow, and ``further`` ones before it."""
    kept, count = 0, 0
    while kept < len(groups) and count + len(groups[kept].lines) <= line:
        count += len(groups[kept].lines)
        kept += 1
    kept = max(0, kept - further)
    if kept < len(groups):
        d.restore(groups[kept].before)
        del groups[kept:]


def _ending(d: Draw) -> str:
    """The last statement: one number made of all that is left over, or several tensors."""
    bound = [n for n in d.names if n.text.startswith("v")]
    if d.rng.random() < 0.25 and len(bound) > 1:
        return ", ".join(n.text for n in bound[-3:])
    terms = [f"{d.number(0.2, 1)} * {d.rng.choice(('sum', 'mean'))}({n.text})" if n.shape else bracketed(n.text) for n in bound] or ["1.5"]
    return d.rng.choice(("loss = ", "")) + " + ".join(terms)
