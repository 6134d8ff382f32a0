"""A program over a range of its inputs: all points in one evaluation where its tape allows that, otherwise one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.core.diagnostic import OpError, ProgramError
from app.engine.reverse import reverse
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, is_float, shape_of
from app.lang.program import Run

PASSES = frozenset({"detach"})
"""Operations beside the elementwise ones that treat every point by itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of each point: primals of nodes, and whether the adjoints of the inputs."""

    nodes: Callable[[Run], Mapping[str, int | None]]
    seeds: Callable[[Run], Sequence[tuple[int, Value]]] | None


@dataclass(slots=True)
class Points:
    """What was found: by label the primals, by input the adjoints, an array or a list with an entry a point (None: no value)."""

    primals: dict[str, Any]
    adjoints: dict[str, Any]
    vectorised: bool
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def at_once(run: Run, columns: Mapping[str, np.ndarray], wanted: Wanted) -> Points | None:
    """All points in one evaluation of the tape of one of them; None where other points could have other tapes, or tensors.

    The tape stands for all points if no primal decided anything while it was recorded, and every operation is elementwise.
    """
    tape = run.tape
    if run.decided or any(map(shape_of, tape.values)) or not all(_is_pointwise(rule) for rule in tape.rules):
        return None
    count = len(next(iter(columns.values())))
    wide = _widened(run, columns, count)
    found = {label: None if node is None else _column(wide.values[node], count) for label, node in wanted.nodes(run).items()}
    adjoints: dict[str, Any] = {}
    if wanted.seeds is not None:
        bars = reverse(wide, [(node, np.full(count, float(seed))) for node, seed in wanted.seeds(run)])
        adjoints = {name: _column(bars[node], count) for name, node in run.inputs.items() if is_float(tape.values[node])}
    return Points(found, adjoints, vectorised=True)


def _is_pointwise(rule: Any) -> bool:
    return rule is None or rule.elementwise or rule.name in PASSES


def _column(value: Value | None, count: int) -> Any:
    """An entry a point; None where nothing flows."""
    return None if value is None else np.broadcast_to(np.asarray(value), (count,))


def _widened(run: Run, columns: Mapping[str, np.ndarray], count: int) -> Tape:
    """The same tape with a column in the place of every number that an input brings."""
    tape = run.tape
    values: list[Value] = list(tape.values)
    for name, node in run.inputs.items():
        if name in columns:
            values[node] = columns[name]
        elif is_float(values[node]):
            values[node] = np.full(count, values[node])
    for node, rule in enumerate(tape.rules):
        if rule is not None:
            values[node] = rule.value([values[i] for i in tape.inputs[node]], tape.attributes.get(node, NO_ATTRIBUTES))  # type: ignore[attr-defined]  # the rules of this project are Ops
    nothing: list[tuple[float, ...] | None] = [None] * len(values)
    return Tape(tape.rules, tape.inputs, values, nothing, tape.live, tape.attributes, tape.results, (), tape.o)


def one_by_one(points: Sequence[Mapping[str, Value]], run: Callable[[Mapping[str, Value]], Run], wanted: Wanted, allowed: int) -> Points:
    """Every point in a run of its own; a point whose program is refused has no values, and says why.

    Raises OverflowError once more than ``allowed`` nodes were evaluated.
    """
    primals: dict[str, list[Any]] = {}
    adjoints: dict[str, list[Any]] = {}
    refused: list[tuple[int, str, str]] = []
    nodes = 0
    for place, inputs in enumerate(points):
        try:
            found = run(inputs)
            nodes += len(found.tape)
            if nodes > allowed:
                raise OverflowError
            _note(primals, place, {label: None if node is None else found.tape.values[node] for label, node in wanted.nodes(found).items()})
            if wanted.seeds is not None:
                bars = reverse(found.tape, wanted.seeds(found))
                floats = {name: node for name, node in found.inputs.items() if is_float(found.tape.values[node])}
                _note(adjoints, place, {name: bars[node] for name, node in floats.items()})
        except (ProgramError, OpError) as error:
            refused.append((place, *_why(error)))
    whole = len(points)
    return Points(
        {k: _filled(v, whole) for k, v in primals.items()},
        {k: _filled(v, whole) for k, v in adjoints.items()},
        vectorised=False,
        refused=refused,
    )


def _note(columns: dict[str, list[Any]], place: int, found: Mapping[str, Any]) -> None:
    """Write one point's values; points without one have None."""
    for name, value in found.items():
        column = columns.setdefault(name, [])
        column += [None] * (place - len(column))
        column.append(value)


def _filled(column: list[Any], count: int) -> list[Any]:
    return column + [None] * (count - len(column))


def _why(error: ProgramError | OpError) -> tuple[str, str]:
    """The code and the sentence of a refusal."""
    return (error.code, error.message) if isinstance(error, OpError) else (error.diagnostic.code, error.diagnostic.message)
