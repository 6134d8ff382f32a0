"""How a program answers to rounding: the same run with every rounded result moved a little, and what that moves."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.engine.tape import NO_ATTRIBUTES, Tape
from app.ops.op import Op, normal
from tests.property.scale import beyond
from tests.property.sweeps import NO_GRAD, Sweeps, Swept, lifted, paired, sweep

NUDGE = 1e-14
"""How far a rounded result is moved, relative to itself: some fifty units in the last place, so that near ties show too."""

STEADY = 5e-12
"""What may move, on the scale of a node: 500 nudges. Rounding itself, a fiftieth of a nudge, then moves nodes by 1e-13."""

EACH_OTHER = 1e-12
"""What the two dot products of forward against reverse may move, relative to their terms: 100 nudges."""

ROUNDS = 3
EXACT_CATEGORIES = frozenset({"selection", "comparison", "logic", "shape", "no gradient"})
EXACT = frozenset(
    "neg abs sign floor ceil round trunc relu relu6 hardtanh dropout T t transpose tril triu diag diagonal max_pool2d".split()
) | {"norm", "matrix_norm"}
"""Operations whose results are entries of their operands: nothing is rounded, and equal entries stay equal. The derivative of a
norm may look for the result among the operands, which have been moved before."""


@dataclass(frozen=True)
class Fault:
    """Where a program depends on rounding: a line of its source counted from 0, why, and the operation."""

    line: int
    reason: str
    operation: str


def fault(source: str, inputs: dict[str, Any], seed: int) -> Fault | None:
    """The first place where rounding decides, if there is one; raises ProgramError."""
    for text in (source, lifted(source)) if NO_GRAD.search(source) else (source,):
        if found := _first(sweep(text, inputs, seed), Random(seed)):
            return found
    return None


def _first(swept: Swept, rng: Random) -> Fault | None:
    """The first primal that moves, else tangent in evaluation order, else contribution in the order of the reverse sweep."""
    try:
        tapes = [nudged(swept.tape, rng) for _ in range(ROUNDS)]
        sweeps = [swept.again(tape) for tape in tapes]
    except OpError as error:
        return _at(swept, error.node, "edge of a domain")
    judged = [(_primal, tape) for tape in tapes]
    judged += [(judge, again) for judge in (_tangent, _adjoint, _pair) for again in sweeps]
    return next((found for judge, made in judged if (found := judge(swept, made))), None)


def _at(swept: Swept, node: int | None, reason: str) -> Fault:
    line = None if node is None else swept.line(node)
    name = "leaf" if node is None else getattr(swept.tape.rules[node], "name", "leaf")
    return Fault(0 if line is None else line, reason, name)


def _primal(swept: Swept, tape: Tape) -> Fault | None:
    for node, (a, b) in enumerate(zip(swept.tape.values, tape.values, strict=True)):
        if a is not b and beyond(STEADY, a, b):
            return _at(swept, node, "primal" if swept.tape.rules[node].differentiable else "decision")
    return None


def _tangent(swept: Swept, sweeps: Sweeps) -> Fault | None:
    for node, (a, b) in enumerate(zip(swept.sweeps.tangents, sweeps.tangents, strict=True)):
        if a is not b and beyond(STEADY, a, b):
            return _at(swept, node, "tangent")
    return None


def _adjoint(swept: Swept, sweeps: Sweeps) -> Fault | None:
    for a, b in zip(swept.sweeps.played, sweeps.played, strict=False):
        if (a.node, a.to) != (b.node, b.to) or beyond(STEADY, a.value, b.value):
            return _at(swept, a.node, "adjoint")
    return None


def _pair(swept: Swept, sweeps: Sweeps) -> Fault | None:
    """A dot product of forward against reverse that cancels: the ending is to blame."""
    *mine, scale = paired(swept.run, swept.sweeps, swept.dots, swept.bars)
    *others, _ = paired(swept.run, sweeps, swept.dots, swept.bars)
    if any(np.isfinite(a) and not abs(a - b) <= EACH_OTHER * scale for a, b in zip(mine, others, strict=True)):
        return Fault(sys.maxsize, "dot product", "")
    return None


# ---------------------------------------------------------------- nudging


def nudged(tape: Tape, rng: Random) -> Tape:
    """The operations of a tape again, with every rounded result moved; the sweeps over it are moved likewise."""
    noise = np.random.default_rng(rng.getrandbits(32))
    values = [_moved(noise, v) if tape.rules[i] is None and tape.live[i] else v for i, v in enumerate(tape.values)]
    rules: list[Any] = [None if rule is None else Nudged(rule, noise) for rule in tape.rules]
    partials = list(tape.partials)
    for node, rule in enumerate(tape.rules):
        if rule is None or tape.results.get(node, (node,))[0] != node:
            continue
        try:
            _evaluate(tape, node, values, partials, noise)
        except OpError as error:
            error.node = node
            raise
    return replace(tape, rules=rules, values=values, written_partials=partials, blocks=())


def _evaluate(tape: Tape, node: int, values: list[Any], partials: list[Any], noise: np.random.Generator) -> None:
    """One operation on moved operands: scalars by their kernel, the rest by the rule."""
    rule: Any = tape.rules[node]
    operands = [values[i] for i in tape.inputs[node]]
    if partials[node] is not None:
        z, slopes = rule.kernel(*operands)
        values[node] = z if exact(rule) else _moved(noise, z)
        partials[node] = tuple(_moved(noise, p) for p in slopes)
        return
    attributes = tape.attributes.get(node, NO_ATTRIBUTES)
    with np.errstate(all="ignore"):
        result = rule.value(operands, attributes)
    family = tape.results.get(node)
    still = exact(rule)
    for place, part in zip(family or (node,), result if family else (result,), strict=True):
        value = normal(part)
        values[place] = value if still else _moved(noise, value)


def exact(rule: Op) -> bool:
    """Whether an operation hands on entries of its operands unrounded, or decides something."""
    return rule.category in EXACT_CATEGORIES or rule.name in EXACT


class Nudged:
    """A rule whose contributions and parts of tangents are moved."""

    def __init__(self, rule: Any, noise: np.random.Generator) -> None:
        self.rule, self.noise = rule, noise
        self.differentiable, self.blocks = rule.differentiable, rule.blocks

    def vjp(self, *arguments: Any) -> Any:
        return _moved(self.noise, self.rule.vjp(*arguments))

    def jvp(self, *arguments: Any) -> Any:
        return _moved(self.noise, self.rule.jvp(*arguments))


def _moved(noise: np.random.Generator, value: Any) -> Any:
    """A floating value, each entry moved by up to a nudge."""
    if type(value) is float:
        return value * (1 + NUDGE * (2 * noise.random() - 1))
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value * (1 + NUDGE * (2 * noise.random(value.shape) - 1))
    return value
