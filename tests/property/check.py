"""One random program through both engines: ours against torch, forward against reverse."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from app.core.diagnostic import OpError, ProgramError
from app.core.limits import Limits
from app.engine.forward import forward
from app.engine.reverse import Contribution, reverse
from app.engine.tape import NO_ATTRIBUTES
from app.lang.check import read
from app.lang.program import Program, Run
from app.ops.op import normal
from app.oracle.claims import Question
from app.oracle.run import settings
from app.oracle.side import Side, forward_side, reverse_side
from app.oracle.values import MISSING
from app.wire.claims import claims
from tests.property.programs import RandomProgram

AGAINST_TORCH, AGAINST_EACH_OTHER = 1e-10, 1e-12
NO_GRAD = re.compile(r"with (torch\.)?no_grad\(\):")
LIMITS = Limits()


@dataclass
class Outcome:
    """What one program showed: problems in words, which operations derivatives flowed through, and how it went."""

    seed: int
    problems: list[str] = field(default_factory=list)
    flowed: dict[str, Counter[str]] = field(default_factory=lambda: {"forward": Counter(), "reverse": Counter()})
    finite: bool = True
    nodes: int = 0
    undecided: bool = False
    sensitive: int = 0
    """Nodes that differ by more than the tolerance, but by no more than rounding in the last place explains."""


@dataclass
class Swept:
    """One run of ours with both sweeps."""

    run: Run
    tangents: list[Any]
    adjoints: list[Any]
    played: list[Contribution]
    dots: dict[str, Any]
    bars: list[Any]


def values(inputs: dict[str, Any]) -> dict[str, Any]:
    """Inputs as primals."""
    return {name: np.array(v) if isinstance(v, list) else v for name, v in inputs.items()}


def sweep(source: str, inputs: dict[str, Any], seed: int) -> Swept:
    """Our run, with random tangents of all inputs and random adjoints of all outputs."""
    rng = np.random.default_rng(seed)
    run = Program(read(source, LIMITS), frozenset(inputs), LIMITS).run(inputs)
    dots = {name: drawn(rng, run.tape.values[node]) for name, node in run.inputs.items() if run.tape.live[node]}
    bars = [drawn(rng, run.tape.values[node]) for _, node in run.outputs]
    with np.errstate(all="ignore"):
        tangents = forward(run.tape, {run.inputs[name]: dot for name, dot in dots.items()})
        played: list[Contribution] = []
        adjoints = reverse(run.tape, [(node, bar) for (_, node), bar in zip(run.outputs, bars, strict=True)], played)
    return Swept(run, tangents, adjoints, played, dots, bars)


def drawn(rng: np.random.Generator, like: Any) -> Any:
    """A random seed in the shape of a value."""
    made = rng.standard_normal(np.shape(like))
    return float(made) if made.ndim == 0 else made


def check(program: RandomProgram) -> Outcome:
    """Run one program through everything."""
    outcome = Outcome(program.seed)
    inputs = values(program.inputs)
    try:
        swept = sweep(program.source, inputs, program.seed)
    except ProgramError as error:
        if program.wild and error.diagnostic.code == "value.domain":
            return outcome
        outcome.problems.append(f"refused: {error.diagnostic.code}: {error.diagnostic.message}")
        return outcome
    outcome.nodes = len(swept.run.tape)
    _note_flow(outcome, swept)
    outcome.finite = all(np.all(np.isfinite(swept.run.tape.values[node])) for _, node in swept.run.outputs)
    _against_torch(outcome, program, inputs, swept)
    if outcome.finite:
        _against_each_other(outcome, program, inputs, swept)
    return outcome


def _note_flow(outcome: Outcome, swept: Swept) -> None:
    """Count the operations that derivatives flow through; those without a derivative where they are evaluated."""
    for node, rule in enumerate(swept.run.tape.rules):
        if rule is not None:
            name = rule.name  # type: ignore[attr-defined]  # rules are operations
            if swept.tangents[node] is not None or not rule.differentiable:
                outcome.flowed["forward"][name] += 1
            if swept.adjoints[node] is not None or not rule.differentiable:
                outcome.flowed["reverse"][name] += 1


# ---------------------------------------------------------------- ours against torch


def _against_torch(outcome: Outcome, program: RandomProgram, inputs: dict[str, Any], swept: Swept) -> None:
    """Every node's primal, tangent and adjoint."""
    made = claims(swept.run, swept.adjoints, swept.tangents)
    question = Question(inputs, "both", tuple(swept.dots), swept.dots, swept.bars, None)
    with settings():
        sides = {
            "adjoint": reverse_side(swept.run.checked, question, made, "cpu", LIMITS),
            "tangent": forward_side(swept.run.checked, question, made, "cpu", LIMITS),
        }
    wrong: list[tuple[int, str, str, float]] = []
    if any(side.left or any(v is MISSING for v in side.primals) for side in sides.values()) and _undecided(swept):
        outcome.undecided = True
        return
    for kind, side in sides.items():
        if side.failure or side.blind or side.left:
            outcome.problems.append(f"{kind}: torch: {side.failure or side.blind or f'{side.left} events without a node'}")
            continue
        wrong += _differences(kind, side, made, swept)
    if wrong:
        _judge(outcome, program, swept, wrong)


def _undecided(swept: Swept) -> bool:
    """Whether rounding decides a comparison, and with it the way that the program takes."""
    masks = [node for node, value in enumerate(swept.run.tape.values) if np.asarray(value).dtype != np.float64]
    for seed in range(6):
        tape = _rounded(swept.run.tape, np.random.default_rng(seed))
        if not all(np.array_equal(tape.values[node], swept.run.tape.values[node]) for node in masks):
            return True
    return False


def _differences(kind: str, side: Side, made: list[Any], swept: Swept) -> list[tuple[int, str, str, float]]:
    """The nodes of one side that are not equal within the scaled tolerance: node, kind, words, error."""
    flow = _flow(swept)
    found = []
    for place, claim in enumerate(made):
        theirs = side.primals[place]
        if theirs is MISSING:
            found.append((claim.id, "primal", "torch evaluated nothing", np.inf))
            continue
        scale = max([_size(claim.primal)] + [_size(swept.run.tape.values[i]) for i in swept.run.tape.inputs[claim.id]])
        error, words = apart(claim.primal, theirs, scale)
        if error:
            found.append((claim.id, "primal", words, error))
        error, words = _derivative(kind, getattr(claim, kind), side.derivatives[place], flow[kind][claim.id])
        if error:
            found.append((claim.id, kind, words, error))
    return found


def _derivative(kind: str, ours: Any, theirs: Any, scale: float) -> tuple[float, str]:
    if (ours is None) != (theirs is None):
        if kind == "tangent" and not np.any(theirs if ours is None else ours):
            return 0.0, ""
        return np.inf, f"ours {shown(ours)}, torch {shown(theirs)}"
    return (0.0, "") if ours is None else apart(ours, theirs, scale)


def _flow(swept: Swept) -> dict[str, list[float]]:
    """How much flows through each node: the sizes of all contributions together, or what they are made from, if that is larger."""
    bars = [0.0 if bar is None else _size(bar) for bar in swept.adjoints]
    for c in swept.played:
        bars[c.to] += _size(c.value)
    dots = [0.0 if dot is None else _size(dot) for dot in swept.tangents]
    around = list(dots)
    for node, inputs in enumerate(swept.run.tape.inputs):
        for i in inputs:
            bars[i] = max(bars[i], 0.0 if swept.adjoints[node] is None else _size(swept.adjoints[node]))
            around[node] = max(around[node], dots[i])
    return {"adjoint": bars, "tangent": around}


def _size(value: Any) -> float:
    """The largest finite magnitude."""
    array = np.abs(np.asarray(value, dtype=np.float64))
    return float(np.max(array, initial=0.0, where=np.isfinite(array)))


def apart(ours: Any, theirs: Any, scale: float) -> tuple[float, str]:
    """The error beyond the tolerance, 0 where there is none, with words."""
    a, b = np.asarray(ours, dtype=np.float64), np.asarray(theirs, dtype=np.float64)
    if a.shape != b.shape:
        return np.inf, f"shape {a.shape}, torch {b.shape}"
    with np.errstate(all="ignore"):
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        error = np.where(same, 0.0, np.abs(a - b))
    error = np.where(np.isnan(error), np.inf, error)
    worst = float(np.max(error, initial=0.0))
    return (worst, f"ours {shown(a)}, torch {shown(b)}") if worst > AGAINST_TORCH * max(scale, _size(b)) else (0.0, "")


def shown(value: Any) -> str:
    return "null" if value is None else str(np.asarray(value).reshape(-1)[:6].tolist())


def _judge(outcome: Outcome, program: RandomProgram, swept: Swept, wrong: list[tuple[int, str, str, float]]) -> None:
    """Keep what cannot be the rounding of an ill-conditioned program."""
    moved = _sensitivity(swept)
    for node, kind, words, error in wrong:
        if np.isfinite(error) and error <= 30 * moved[kind].get(node, 0.0):
            outcome.sensitive += 1
            continue
        site = swept.run.sites[node]
        rule = swept.run.tape.rules[node]
        name = getattr(rule, "name", "leaf")
        line = program.source.split("\n")[site.lineno - 1] if site is not None and hasattr(site, "lineno") else "an input"
        excused = f"{error:.1e} where rounding explains {moved[kind].get(node, 0.0):.1e}"
        outcome.problems.append(f"{kind} of node {node} ({name}): {words}, {excused}, in: {line.strip()[:150]}")


def _sensitivity(swept: Swept) -> dict[str, dict[int, float]]:
    """How far each node moves when every operand and every result is rounded another way."""
    moved: dict[str, dict[int, float]] = {"primal": {}, "tangent": {}, "adjoint": {}}
    for seed in range(6):
        try:
            tape = _rounded(swept.run.tape, np.random.default_rng(seed))
        except OpError:
            continue  # a value at the very edge of a domain
        with np.errstate(all="ignore"):
            tangents = forward(tape, {swept.run.inputs[name]: dot for name, dot in swept.dots.items()})
            adjoints = reverse(tape, [(node, bar) for (_, node), bar in zip(swept.run.outputs, swept.bars, strict=True)])
        pairs = {
            "primal": (swept.run.tape.values, tape.values),
            "tangent": (swept.tangents, tangents),
            "adjoint": (swept.adjoints, adjoints),
        }
        for kind, (mine, theirs) in pairs.items():
            for node, (a, b) in enumerate(zip(mine, theirs, strict=True)):
                if a is not None and b is not None and np.shape(a) == np.shape(b):
                    with np.errstate(all="ignore"):
                        step = _size(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))
                    moved[kind][node] = max(moved[kind].get(node, 0.0), step)
    for node, rule in enumerate(swept.run.tape.rules):
        if rule is not None and rule.name in SELECTING:  # rounding may select another operand
            for steps in moved.values():
                steps[node] = max([steps.get(i, 0.0) for i in (node, *swept.run.tape.inputs[node])])
    return moved


def _rounded(tape: Any, rng: np.random.Generator) -> Any:
    """The same operations again, each operand and each result moved by a unit in the last place."""
    values = list(tape.values)
    rules: list[Any] = [None if rule is None else Shaken(tape, node, rng) for node, rule in enumerate(tape.rules)]
    made: dict[tuple[int, ...], Any] = {}
    for node, rule in enumerate(rules):
        if rule is None:
            continue
        family = tape.results.get(node, (node,))
        if family not in made:
            result = rule.value([values[i] for i in tape.inputs[node]], tape.attributes.get(node, NO_ATTRIBUTES))
            made[family] = result if node in tape.results else (result,)
        value = normal(made[family][family.index(node)])
        values[node] = value if rule.exact else _nudged(rng, value)
    return replace(tape, rules=rules, values=values, partials=[None] * len(values), blocks=[])


SELECTING = {"max", "min", "amax", "amin", "median", "max_dim", "min_dim", "median_dim", "cummax", "cummin", "sort", "norm"}
"""Operations whose derivative looks for the result among the operands."""


class Shaken:
    """The rule of one node, with operands and results rounded another way; constants and class indices stay as they are."""

    def __init__(self, tape: Any, node: int, rng: np.random.Generator) -> None:
        self.rule, self.rng = tape.rules[node], rng
        self.differentiable, self.blocks = self.rule.differentiable, self.rule.blocks
        shapes = [np.shape(tape.values[i]) for i in tape.inputs[node]]
        attributes = tape.attributes.get(node, NO_ATTRIBUTES)
        self.exact = self.rule.name in SELECTING
        self.moves = [
            not self.exact and (tape.rules[i] is not None or tape.live[i]) and not self.blocks(slot, shapes, attributes)
            for slot, i in enumerate(tape.inputs[node])
        ]

    def value(self, inputs: Any, attributes: Any) -> Any:
        with np.errstate(all="ignore"):
            return self.rule.value(self._moved(inputs), attributes)

    def vjp(self, o: Any, slot: int, bar: Any, z: Any, inputs: Any, attributes: Any) -> Any:
        return _nudged(self.rng, self.rule.vjp(o, slot, _nudged(self.rng, bar), z, self._moved(inputs), attributes))

    def jvp(self, o: Any, slot: int, dot: Any, z: Any, inputs: Any, attributes: Any) -> Any:
        return _nudged(self.rng, self.rule.jvp(o, slot, _nudged(self.rng, dot), z, self._moved(inputs), attributes))

    def _moved(self, inputs: Any) -> list[Any]:
        return [_nudged(self.rng, v) if moves else v for v, moves in zip(inputs, self.moves, strict=True)]


def _nudged(rng: np.random.Generator, value: Any) -> Any:
    """The value, a unit or two in the last place away."""
    if isinstance(value, float):
        return value * (1 + float(rng.choice((-1.0, 1.0)) * rng.uniform(2e-16, 5e-16)))
    if isinstance(value, np.ndarray) and value.dtype == np.float64:
        return value * (1 + rng.choice((-1.0, 1.0), size=value.shape) * rng.uniform(2e-16, 5e-16, size=value.shape))
    return value


# ---------------------------------------------------------------- forward against reverse


def _against_each_other(outcome: Outcome, program: RandomProgram, inputs: dict[str, Any], swept: Swept) -> None:
    """⟨w, J v⟩ = ⟨Jᵀ w, v⟩; ``no_grad`` stops only one of the two, so it is lifted here."""
    if NO_GRAD.search(program.source):
        swept = sweep(NO_GRAD.sub("if True:", program.source), inputs, program.seed)
    ahead, size = _paired([(bar, swept.tangents[node]) for bar, (_, node) in zip(swept.bars, swept.run.outputs, strict=True)])
    back, other = _paired([(swept.adjoints[swept.run.inputs[name]], dot) for name, dot in swept.dots.items()])
    scale = max([size, other, *(abs(x) for c in [_flow(swept)["adjoint"]] for x in c[: len(swept.run.inputs)])])
    if np.isfinite(ahead) and np.isfinite(back) and abs(ahead - back) > AGAINST_EACH_OTHER * scale:
        outcome.problems.append(f"forward gives {ahead!r}, reverse {back!r}, on a scale of {scale:.3g}")


def _paired(pairs: list[tuple[Any, Any]]) -> tuple[float, float]:
    """The sum of products and the sum of their sizes."""
    products = [np.asarray(a) * np.asarray(b) for a, b in pairs if a is not None and b is not None]
    return float(sum(np.sum(p) for p in products)), float(sum(np.sum(np.abs(p)) for p in products))
