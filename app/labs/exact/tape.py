"""A tape evaluated and swept again without rounding, at the precision of the moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.core.diagnostic import OpError
from app.engine.reverse import reverse
from app.engine.tape import NO_ATTRIBUTES, Tape, Value, is_float
from app.labs.exact.numbers import TOO_LARGE, BeyondReachError, Exact, exact, many
from app.labs.exact.operations import NAMESPACE, UnroundedRule, value
from app.ops.op import Op

Seeds = Sequence[tuple[int, Value]]
Answers = dict[int, Exact | str]
"""By node what it has, or a sentence that says why it has nothing; None where no adjoint flows."""


@dataclass(slots=True)
class Unrounded:
    """What a tape has without rounding; ``spread`` is how many bits lie between the largest of all its numbers and the smallest."""

    primals: Answers = field(default_factory=dict)
    adjoints: Answers = field(default_factory=dict)
    spread: int = 0


def evaluated(tape: Tape, nodes: Sequence[int], seeds: Seeds, inputs: Sequence[int]) -> Unrounded:
    """The primals of ``nodes``, and the adjoints of ``inputs`` for cotangents at some nodes."""
    found, why = _primals(tape, [*nodes, *(node for node, _ in seeds)])
    adjoints, bars = _adjoints(tape, found, why, seeds, inputs)
    return Unrounded({node: why.get(node, found[node]) for node in nodes}, adjoints, _spread([*found, *bars]))


def _primals(tape: Tape, nodes: Sequence[int]) -> tuple[list[Exact], dict[int, str]]:
    """Primals of all that ``nodes`` depend on; where there are none, the reason."""
    found: list[Exact] = [None] * len(tape)
    why: dict[int, str] = {}
    needed = _needed(tape, nodes)
    for node, rule in enumerate(tape.rules):
        if node not in needed:
            continue
        inputs = tape.inputs[node]
        reason = next((why[i] for i in inputs if i in why), None)
        try:
            if reason is not None:
                why[node] = reason
            elif isinstance(rule, Op):
                found[node] = value(rule, [found[i] for i in inputs], tape.attributes.get(node, NO_ATTRIBUTES))
            else:
                found[node] = exact(tape.values[node])
        except OverflowError:
            why[node] = TOO_LARGE
        except (BeyondReachError, OpError) as error:
            why[node] = str(error)
    return found, why


def _needed(tape: Tape, nodes: Sequence[int]) -> set[int]:
    """The nodes, and all that they depend on."""
    needed = set(nodes)
    for node in range(len(tape) - 1, -1, -1):
        if node in needed:
            needed.update(tape.inputs[node])
    return needed


def _adjoints(tape: Tape, found: list[Exact], why: dict[int, str], seeds: Seeds, inputs: Sequence[int]) -> tuple[Answers, list[Exact]]:
    """The adjoints of some nodes, and those of all."""
    if not seeds:
        return {}, []
    if why:
        return dict.fromkeys(inputs, why[min(why)]), []
    rules = [UnroundedRule(rule) if isinstance(rule, Op) else None for rule in tape.rules]
    nothing: list[tuple[float, ...] | None] = [None] * len(tape)
    again = Tape(rules, tape.inputs, found, nothing, tape.live, tape.attributes, tape.results, (), NAMESPACE)  # type: ignore[arg-type]  # a list of rules and None
    try:
        bars = reverse(again, [(node, exact(bar)) for node, bar in seeds])
    except OverflowError:
        return dict.fromkeys(inputs, TOO_LARGE), []
    except (BeyondReachError, OpError) as error:
        return dict.fromkeys(inputs, str(error)), []
    return {node: bars[node] if is_float(tape.values[node]) else None for node in inputs}, bars


def _spread(values: Iterable[Exact]) -> int:
    """The distance of the largest exponent from the smallest."""
    numbers = (entry for value in values for entry in (value.flat if isinstance(value, np.ndarray) else (value,)))
    exponents = [many.mag(entry) for entry in numbers if type(entry) is many.mpf and entry and many.isfinite(entry)]
    return max(exponents) - min(exponents) if exponents else 0
