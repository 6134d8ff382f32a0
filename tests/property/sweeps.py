"""One run of a random program with both sweeps, from random tangents of its inputs and random adjoints of its outputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.limits import Limits
from app.engine.forward import forward
from app.engine.reverse import Contribution, reverse
from app.engine.tape import NO_ATTRIBUTES, Tape, shape_of
from app.lang.check import read
from app.lang.program import Program, Run

LIMITS = Limits()
NO_GRAD = re.compile(r"with (torch\.)?no_grad\(\):")


@dataclass(frozen=True)
class Sweeps:
    """The tangents and adjoints of one tape, with the contributions that the adjoints were summed from."""

    tangents: list[Any]
    adjoints: list[Any]
    played: list[Contribution]


@dataclass(frozen=True)
class Swept:
    """A run, the seeds of both sweeps, and what they gave."""

    run: Run
    dots: dict[str, Any]
    bars: list[Any]
    sweeps: Sweeps

    @property
    def tape(self) -> Tape:
        return self.run.tape

    def again(self, tape: Tape) -> Sweeps:
        """Both sweeps from the same seeds over another tape of the same program."""
        return both(tape, self.run, self.dots, self.bars)

    def line(self, node: int) -> int | None:
        """The line of the source that made a node, counted from 0; None for inputs."""
        site = self.run.sites[node]
        return site.lineno - 1 if site is not None and hasattr(site, "lineno") else None


def sweep(source: str, inputs: dict[str, Any], seed: int) -> Swept:
    """Run a program and both sweeps; raises ProgramError."""
    rng = np.random.default_rng(seed)
    given = {name: np.array(v) if isinstance(v, list) else v for name, v in inputs.items()}
    run = Program(read(source, LIMITS), frozenset(given), LIMITS).run(given)
    dots = {name: drawn(rng, run.tape.values[node]) for name, node in run.inputs.items() if run.tape.live[node]}
    bars = [drawn(rng, run.tape.values[node]) for _, node in run.outputs]
    return Swept(run, dots, bars, both(run.tape, run, dots, bars))


def both(tape: Tape, run: Run, dots: dict[str, Any], bars: list[Any]) -> Sweeps:
    """The forward and the reverse sweep."""
    with np.errstate(all="ignore"):
        tangents = forward(tape, {run.inputs[name]: dot for name, dot in dots.items()})
        played: list[Contribution] = []
        adjoints = reverse(tape, [(node, bar) for (_, node), bar in zip(run.outputs, bars, strict=True)], played)
    return Sweeps(tangents, adjoints, played)


def drawn(rng: np.random.Generator, like: Any) -> Any:
    """A random seed in the shape of a value."""
    made = rng.standard_normal(np.shape(like))
    return float(made) if made.ndim == 0 else made


def lifted(source: str) -> str:
    """The program without its ``no_grad``, which stops adjoints and lets tangents through."""
    return NO_GRAD.sub("if True:", source)


def pushed(tape: Tape, tangents: list[Any], node: int) -> Iterator[Any]:
    """The parts that a tangent is the sum of, one for every operand with a tangent."""
    rule, operands = tape.rules[node], tape.operands(node)
    attributes, shapes = tape.attributes.get(node, NO_ATTRIBUTES), [shape_of(v) for v in operands]
    for slot, source in enumerate(tape.inputs[node]):
        if rule is not None and tangents[source] is not None and not rule.blocks(slot, shapes, attributes):
            yield rule.jvp(tape.o, slot, tangents[source], tape.result(node), operands, attributes)


def paired(run: Run, sweeps: Sweeps, dots: dict[str, Any], bars: list[Any]) -> tuple[float, float, float]:
    """⟨bars, tangents of the outputs⟩, ⟨adjoints of the inputs, dots⟩, and the larger of the two sums of the terms' sizes."""
    ahead, one = _product([(bar, sweeps.tangents[node]) for bar, (_, node) in zip(bars, run.outputs, strict=True)])
    back, other = _product([(sweeps.adjoints[run.inputs[name]], dot) for name, dot in dots.items()])
    return ahead, back, max(one, other)


def _product(pairs: list[tuple[Any, Any]]) -> tuple[float, float]:
    """The sum of products and the sum of their sizes."""
    terms = [np.asarray(a) * np.asarray(b) for a, b in pairs if a is not None and b is not None]
    return float(sum(np.sum(t) for t in terms)), float(sum(np.sum(np.abs(t)) for t in terms))
