"""One random program through both engines: ours against torch, forward against reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.core.diagnostic import ProgramError
from app.engine.tape import shape_of
from app.oracle.claims import Claim, Question
from app.oracle.run import settings
from app.oracle.side import Side, forward_side, reverse_side
from app.oracle.values import MISSING
from app.wire.claims import claims
from tests.property.programs import RandomProgram
from tests.property.scale import beyond, gap, size
from tests.property.sweeps import LIMITS, Swept, lifted, paired, pushed, sweep

AGAINST_TORCH, AGAINST_EACH_OTHER = 1e-10, 1e-12
STRETCHED, TWICE = OPERANDS = ("stretched both ways", "one operand twice")


@dataclass
class Outcome:
    """What one program showed: problems in words, which operations derivatives flowed through, and how it went."""

    seed: int
    problems: list[str] = field(default_factory=list)
    flowed: dict[str, set[str]] = field(default_factory=lambda: {"forward": set(), "reverse": set()})
    finite: bool = True
    nodes: int = 0
    refused: bool = False
    """Whether a wild program came to an end at the edge of a domain, so that there was nothing to compare."""
    operands: Counter[str] = field(default_factory=Counter)
    """How many nodes stretch both operands, and how many have one operand twice."""


def check(program: RandomProgram) -> Outcome:
    """Run one program through everything."""
    outcome = Outcome(program.seed)
    try:
        swept = sweep(program.source, program.inputs, program.seed)
    except ProgramError as error:
        outcome.refused = program.wild and error.diagnostic.code == "value.domain"
        if not outcome.refused:
            outcome.problems.append(f"refused: {error.diagnostic.code}: {error.diagnostic.message}")
        return outcome
    _note(outcome, swept)
    outcome.problems += _against_torch(program, swept)
    if outcome.finite:
        outcome.problems += _against_each_other(program, swept)
    return outcome


def _note(outcome: Outcome, swept: Swept) -> None:
    """Count the operations that derivatives flow through (those without any: that are evaluated), and what their operands are like."""
    tape, sweeps = swept.tape, swept.sweeps
    outcome.nodes = len(tape)
    outcome.finite = all(np.all(np.isfinite(tape.values[node])) for _, node in swept.run.outputs)
    for node, rule in enumerate(tape.rules):
        if rule is None:
            continue
        for mode, flow in (("forward", sweeps.tangents), ("reverse", sweeps.adjoints)):
            if flow[node] is not None or not rule.differentiable:
                outcome.flowed[mode].add(rule.name)
        inputs, shape = tape.inputs[node], shape_of(tape.values[node])
        stretched = [shape_of(tape.values[i]) not in ((), shape) for i in inputs]
        outcome.operands[STRETCHED] += bool(rule.elementwise and len(inputs) > 1 and all(stretched))
        outcome.operands[TWICE] += len(set(inputs)) < len(inputs)


# ---------------------------------------------------------------- ours against torch


def _against_torch(program: RandomProgram, swept: Swept) -> Iterator[str]:
    """What differs in words: every node's primal, tangent and adjoint."""
    made = claims(swept.run, swept.sweeps.adjoints, swept.sweeps.tangents)
    given = {name: np.array(v) if isinstance(v, list) else v for name, v in program.inputs.items()}
    question = Question(given, "both", tuple(swept.dots), swept.dots, swept.bars, None)
    with settings():
        sides = {
            "adjoint": reverse_side(swept.run.checked, question, made, "cpu", LIMITS),
            "tangent": forward_side(swept.run.checked, question, made, "cpu", LIMITS),
        }
    lines = program.source.split("\n")
    for kind, side in sides.items():
        if side.failure or side.blind or side.left:
            yield f"{kind}: torch: {side.failure or side.blind or f'{side.left} events without a node'}"
            continue
        for claim, what, words in _differences(kind, side, made, swept):
            line, name = swept.line(claim.id), getattr(swept.tape.rules[claim.id], "name", "leaf")
            place = "an input" if line is None else lines[line].strip()[:150]
            yield f"{what} of node {claim.id} ({name}): {words}, in: {place}"


def _differences(kind: str, side: Side, made: list[Claim], swept: Swept) -> Iterator[tuple[Claim, str, str]]:
    """The nodes of one side that are not equal within the scaled tolerance."""
    for claim, primal, theirs in zip(made, side.primals, side.derivatives, strict=True):
        if primal is MISSING:
            yield claim, "primal", "torch evaluated nothing"
            continue
        if beyond(AGAINST_TORCH, claim.primal, primal):
            yield claim, "primal", f"ours {shown(claim.primal)}, torch {shown(primal)}"
        ours = getattr(claim, kind)
        if ours is None and theirs is None:
            continue
        if ours is None or theirs is None:  # a tangent of 0 and none at all are the same; adjoints tell them apart
            apart = kind == "adjoint" or np.any(theirs if ours is None else ours)
        else:
            apart = beyond(AGAINST_TORCH, ours, theirs) and gap(ours, theirs) > AGAINST_TORCH * _summands(kind, swept, claim.id)
        if apart:
            yield claim, kind, f"ours {shown(ours)}, torch {shown(theirs)}"


def _summands(kind: str, swept: Swept, node: int) -> float:
    """The largest magnitude among the contributions that a derivative is the sum of."""
    if kind == "tangent":
        return max(map(size, pushed(swept.tape, swept.sweeps.tangents, node)), default=0.0)
    bars = [bar for bar, (_, output) in zip(swept.bars, swept.run.outputs, strict=True) if output == node]
    return max(map(size, bars + [c.value for c in swept.sweeps.played if c.to == node]), default=0.0)


def shown(value: Any) -> str:
    return "null" if value is None else str(np.asarray(value).reshape(-1)[:6].tolist())


# ---------------------------------------------------------------- forward against reverse


def _against_each_other(program: RandomProgram, swept: Swept) -> Iterator[str]:
    """⟨w, J v⟩ = ⟨Jᵀ w, v⟩; ``no_grad`` stops only one of the two, so it is lifted here."""
    if (source := lifted(program.source)) != program.source:
        swept = sweep(source, program.inputs, program.seed)
    ahead, back, scale = paired(swept.run, swept.sweeps, swept.dots, swept.bars)
    if np.isfinite(ahead) and np.isfinite(back) and abs(ahead - back) > AGAINST_EACH_OTHER * scale:
        yield f"forward gives {ahead!r}, reverse {back!r}, on a scale of {scale:.3g}"
