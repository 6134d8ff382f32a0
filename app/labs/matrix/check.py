"""A closed form evaluated on random data of random sizes, beside the engine's Jacobian and torch's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.diagnostic import ProgramError, problem
from app.core.limits import Limits
from app.derive.matrix.closed import Closed, Layout
from app.derive.matrix.declared import Declared
from app.labs.jacobian import frame, full
from app.lang.program import Library, Program, Run
from app.ops.op import Op

ROUNDS = 5
DRAWS = 24
LADDER = ((2, 3, 4, 5, 6), (2, 3, 4), (2, 3))
"""Sizes to draw from: smaller ones where the Jacobian would have too many entries."""
LARGEST = 40_000
"""The most entries of a Jacobian that is computed for a check."""
INVERTED = frozenset({"inv", "det", "logdet", "slogdet", "solve", "adjugate"})
CONDITION = 1e4
Opinion = Callable[[Mapping[str, Any]], np.ndarray | None]
"""Somebody's Jacobian at given values: rows are elements of the result."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The largest differences over all rounds, and the sizes of each."""

    absolute: float
    relative: float
    sizes: list[dict[str, int]]
    torch: bool
    """Whether torch was among the others, in every round."""


def drawn(declared: Declared, rng: np.random.Generator, sizes: Sequence[int]) -> dict[str, int]:
    """Sizes for the letters, different ones while there are any."""
    letters = list(declared.letters.numbers)
    picked = rng.permutation(np.resize(sizes, max(len(letters), len(sizes))))[: len(letters)]
    return {letter: int(n) for letter, n in zip(letters, picked, strict=True)}


def sample(program: Program, declared: Declared, wrt: str) -> tuple[Run, dict[str, int]]:
    """A run of small sizes that is worth printing."""
    return _regular(program, declared, wrt, np.random.default_rng(7), [(2, 3, 4)])


def _regular(
    program: Program, declared: Declared, wrt: str, rng: np.random.Generator, ladder: Sequence[Sequence[int]]
) -> tuple[Run, dict[str, int]]:
    """A run whose matrices are far from singular, of sizes from the first rung that is not too large."""
    refused: ProgramError | None = None
    large = False
    for sizes in ladder:
        for _ in range(DRAWS):
            numbers = drawn(declared, rng, sizes)
            try:
                run = valued(program, declared, rng, numbers, wrt)
            except ProgramError as error:
                if error.diagnostic.code != "value.domain":
                    raise
                refused = error
                continue
            large = _entries(run, wrt) > LARGEST
            if large:
                break
            if _is_regular(run):
                return run, numbers
    if refused is not None:
        raise refused
    if not large:
        raise problem("value.domain", "A matrix of this expression is singular whatever the numbers are, so it has no inverse.")
    message = f"The Jacobian of this expression has more than {LARGEST:,} entries at the sizes given."
    raise problem("budget.work", message, None, "Give letters, or smaller numbers, as sizes.", limit="elements", allowed=LARGEST)


def _entries(run: Run, wrt: str) -> int:
    """The entries of the Jacobian."""
    return int(np.size(run.tape.values[run.outputs[0][1]]) * np.size(run.tape.values[run.inputs[wrt]]))


def _is_regular(run: Run) -> bool:
    """Whether every matrix that is inverted, or has its determinant taken, is far from singular."""
    for node, rule in enumerate(run.tape.rules):
        if isinstance(rule, Op) and rule.name in INVERTED:
            value = np.asarray(run.tape.values[run.tape.inputs[node][0]])
            if not np.isfinite(value).all() or np.linalg.cond(value) > CONDITION:
                return False
    return True


def valued(program: Program, declared: Declared, rng: np.random.Generator, numbers: Mapping[str, int] | None, wrt: str) -> Run:
    """A run on random data; on positive data where the expression is not defined for all."""
    run = None
    for positive in (False, True):
        inputs = declared.data(rng, numbers, positive=positive)
        run = program.run(inputs, [wrt])
        if np.isfinite(run.tape.values[run.outputs[0][1]]).all():
            return run
    assert run is not None
    return run


def engines(run: Run, wrt: str) -> np.ndarray:
    """Our Jacobian, a row for every element of the result."""
    within = frame(run.tape, [run.outputs[0][1]], [run.inputs[wrt]])
    return full(within, within.cheaper())


def laid(jacobian: np.ndarray, found: Closed, layout: Layout, of: tuple[int, ...], by: tuple[int, ...]) -> np.ndarray:
    """A Jacobian of elements, in torch's order, as the closed form has it: matrices column by column, turned as the layout says."""
    if not of:
        made = jacobian.reshape(by)
        return np.atleast_2d(made.T) if layout == "numerator" and by else made
    if not by:
        return jacobian.reshape(of)
    down, across = (np.arange(int(np.prod(shape))).reshape(shape).ravel(order="F") for shape in (of, by))
    made = jacobian[down][:, across]
    return made.T if layout == "denominator" else made


def check(
    source: Program, form: Program, found: Closed, layout: Layout, declared: Declared, wrt: str, torch: Opinion | None,
    reshaped: Callable[[np.ndarray], np.ndarray],
) -> Checked:  # fmt: skip
    """Five rounds; ``reshaped`` turns the engine's array into what a structured derivative says of it."""
    rng = np.random.default_rng(20_120_1115)
    absolute = relative = 0.0
    sizes, asked = [], torch is not None
    for _ in range(ROUNDS):
        run, numbers = _regular(source, declared, wrt, rng, LADDER)
        sizes.append(numbers)
        inputs = {name: run.tape.values[node] for name, node in run.inputs.items()}
        shapes = np.shape(run.tape.values[run.outputs[0][1]]), np.shape(inputs[wrt])
        mine = form.run({name: inputs[name] for name in form.given})
        value = np.asarray(mine.tape.values[mine.outputs[0][1]], dtype=np.float64)
        others = [engines(run, wrt), torch(inputs) if torch is not None else None]
        asked = asked and others[1] is not None
        for other in others:
            if other is not None:
                apart, scale = _apart(value, reshaped(laid(other, found, layout, *shapes)))
                absolute, relative = max(absolute, apart), max(relative, apart / scale)
    return Checked(absolute, relative, sizes, asked)


def _apart(value: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """The largest difference, and the size of what is compared; infinite where the shapes differ."""
    if value.shape != truth.shape:
        value = np.broadcast_to(value, truth.shape) if value.ndim < truth.ndim and value.size == 1 else value
    if value.shape != truth.shape:
        return np.inf, 1.0
    same = (value == truth) | (np.isnan(value) & np.isnan(truth))
    apart = float(np.max(np.abs(np.where(same, 0.0, value - truth)), initial=0.0))
    return apart, max(1.0, float(np.max(np.abs(truth), initial=0.0)))


def program_of(text: str, names: frozenset[str], limits: Limits) -> Program:
    """A closed form as a program of its symbols."""
    return Library(limits, size=1).program(text, names)
