"""Keys of exercises: the inputs of a variant, its run and its sweeps."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, product
from typing import Any

import numpy as np

from app.core.diagnostic import OpError, ProgramError, problem
from app.engine.tape import Value, is_float, shape_of
from app.grading.exercise import Exercise
from app.grading.key import Key
from app.grading.variants import count, drawn, student_seed
from app.ops.op import Op
from app.settings import Settings
from app.wire.labels import labels
from app.wire.notes import conventions
from app.wire.requests.programs import TraceRequest
from app.wire.swept import sweeps
from app.wire.trace import library

OTHERS = 200
"""Keys of other variants that are looked through for copied numbers."""
SHORT = 100
"""Nodes of a program whose variants' keys are kept."""
MOST_KEPT = 8
KEPT: OrderedDict[str, list[tuple[dict[str, Value], Key]]] = OrderedDict()
"""The keys of variants by exercise, the latest last."""
LARGEST = 2_000
"""Nodes of a program that can be graded: nobody works out more by hand, and mistakes are followed from node to node."""


def key(exercise: Exercise, inputs: Mapping[str, Value], settings: Settings) -> Key:
    """The key at these inputs; raises ProgramError."""
    limits = settings.limits
    run = library(limits).program(exercise.source, frozenset(inputs)).run(inputs, exercise.wrt, exercise.outputs)
    if len(run.tape) > LARGEST:
        raise problem("grade.too_large", f"The program has {len(run.tape):,} nodes; {LARGEST:,} can be graded.", limit=LARGEST)
    request = TraceRequest.model_construct(
        source=exercise.source, inputs=dict(inputs), mode=exercise.mode, wrt=exercise.wrt, seed=exercise.seed, outputs=exercise.outputs
    )
    with np.errstate(all="ignore"):
        try:
            swept = sweeps(run, request, limits)
        except OpError as error:
            site = run.sites[error.node] if error.node is not None else None
            raise problem(error.code, error.message, run.checked.span(site) if site else None, error.hint, **error.extra) from None
    called = labels(run)
    given = zip(run.outputs, swept.cotangents or [], strict=False)
    seeds: dict[int, Value] = {}
    for (_, node), seed in given:
        if seed is not None:
            seeds[node] = seed if node not in seeds else seeds[node] + seed
    directions = {run.inputs[name]: seed for name, seed in (swept.directions or {}).items()}
    return Key(run, swept.adjoints, swept.tangents, seeds, directions, called.text, called.v)


def variant(exercise: Exercise, seed: int | None, student: str | None, settings: Settings) -> tuple[int | None, dict[str, Value]]:
    """The seed of a variant and its inputs: by the seed asked for, otherwise the student's own, otherwise 0."""
    if not exercise.variants:
        return None, dict(exercise.inputs)
    seed = seed_of(exercise, student) if seed is None else seed
    return seed, drawn(exercise, seed, lambda inputs: unfit(exercise, inputs, settings))


def seed_of(exercise: Exercise, student: str | None) -> int:
    """The seed of a student's variant; 0 of nobody's."""
    return 0 if student is None else student_seed(exercise.id or exercise.source, student)


def unfit(exercise: Exercise, inputs: Mapping[str, Value], settings: Settings) -> str | None:
    """What makes these inputs a bad variant: an error, a kink, a zero, two equal values, another graph; None where they are good."""
    try:
        found = key(exercise, inputs, settings)
    except ProgramError as error:
        return error.diagnostic.message
    tape, names = found.run.tape, found.names
    if "kinks" in exercise.avoid:
        for node, rule in enumerate(tape.rules):
            if isinstance(rule, Op) and rule.conventions and conventions(tape, node, rule):
                return f"{names[node]} stands at a kink."
    scalars = [
        (node, v)
        for node, v in enumerate(tape.values)
        if not shape_of(v) and is_float(v) and (tape.rules[node] is not None or node < len(found.run.inputs))
    ]
    if "zeros" in exercise.avoid:
        for node, value in scalars:
            if value == 0 or value != value:  # noqa: PLR0124  NaN is no friendly number
                return f"{names[node]} is {value:g}."
    return _equal(exercise, scalars, names) or _other_graph(exercise, found, settings)


def _equal(exercise: Exercise, scalars: list[tuple[int, Value]], names: list[str]) -> str | None:
    """Two inputs or results with one value, which a mistake could not tell apart."""
    seen: dict[float, int] = {}
    for node, value in scalars if "equal" in exercise.avoid else ():
        twin = seen.setdefault(round(float(value), 12), node)
        if twin != node:
            return f"{names[twin]} and {names[node]} are equal."
    return None


def _other_graph(exercise: Exercise, found: Key, settings: Settings) -> str | None:
    """Whether a value has decided upon another graph than that of the variant's first choices."""
    if not found.run.decided:
        return None
    first = {name: draw.choice[0] if draw.choice else draw.low for name, draw in exercise.variants.items() if not draw.shape}
    if len(first) < len(exercise.variants):
        return None
    try:
        other = (
            library(settings.limits)
            .program(exercise.source, frozenset(found.run.inputs))
            .run({**exercise.inputs, **first}, exercise.wrt, exercise.outputs)
        )
    except ProgramError:
        return None
    return None if structure(other.tape) == structure(found.run.tape) else "Its values lead to another graph."


def structure(tape: Any) -> list[tuple[Any, ...]]:
    """A graph without its values: the operation and the operands of every node."""
    return [(getattr(rule, "name", None), *inputs) for rule, inputs in zip(tape.rules, tape.inputs, strict=True)]


def others(exercise: Exercise, inputs: Mapping[str, Value], settings: Settings) -> Iterator[Key]:
    """The keys of other variants: all of them where there are few, otherwise those of the first seeds."""
    if not exercise.variants:
        return
    for other, found in _kept(exercise, settings):
        if any(np.any(np.asarray(other[name]) != np.asarray(value)) for name, value in inputs.items()):
            yield found


def _kept(exercise: Exercise, settings: Settings) -> Iterable[tuple[dict[str, Value], Key]]:
    """The keys of the variants; those of short programs are kept, since a whole class asks for them within minutes."""
    mark = repr((exercise.source, exercise.variants, exercise.inputs, exercise.mode, exercise.seed, exercise.wrt, exercise.outputs))
    if mark in KEPT:
        KEPT.move_to_end(mark)
        return KEPT[mark]
    first = next(found := _keys(exercise, settings), None)
    if first is None:
        return ()
    if len(first[1].run.tape) > SHORT:
        return chain([first], found)
    KEPT[mark] = [first, *found]
    if len(KEPT) > MOST_KEPT:
        KEPT.popitem(last=False)
    return KEPT[mark]


def _keys(exercise: Exercise, settings: Settings) -> Iterator[tuple[dict[str, Value], Key]]:
    """Variants that can be worked out, with their keys."""
    for inputs in islice(_variants(exercise, settings), OTHERS):
        try:
            yield inputs, key(exercise, inputs, settings)
        except ProgramError:
            continue


def _variants(exercise: Exercise, settings: Settings) -> Iterator[dict[str, Value]]:
    draws = exercise.variants
    if count(draws) <= OTHERS and not any(draw.shape for draw in draws.values()):
        choices = [draw.choice or np.arange(draw.low, draw.high + draw.step / 2, draw.step).round(12).tolist() for draw in draws.values()]
        for combination in product(*choices):
            yield {**exercise.inputs, **dict(zip(draws, combination, strict=True))}
        return
    for seed in range(OTHERS):
        try:
            yield drawn(exercise, seed, lambda inputs: None)
        except ProgramError:
            continue
