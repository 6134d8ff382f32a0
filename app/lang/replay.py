"""Runs of the same structure: where no primal decided anything, new inputs only make new numbers.

A program whose conditions, counts and indices never read the tape does the same operations for all inputs of the same shapes.
Its second run leaves a plan; from then on the tape is replayed, operation by operation, without a look at the syntax.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from app.core.diagnostic import OpError
from app.engine.reverse import open_slots
from app.engine.tape import NO_ATTRIBUTES, Tape
from app.engine.whole import Score
from app.lang.pattern import Draft
from app.ops.native import CONSTANT, native
from app.ops.op import Op, Value, normal

if TYPE_CHECKING:
    from app.lang.program import Run

Signature = tuple[Any, ...]
"""All that the structure of a run can depend on, if no primal decides: shapes and dtypes of the inputs, ``wrt``, ``outputs``."""

LONGEST = 2_000
"""Longer tapes are not kept as plans."""

Operation = tuple[int, Callable[..., Any] | None, Op, tuple[int, ...], Mapping[str, Any]]


def signature(values: Sequence[Value], wrt: Sequence[str] | None, outputs: Sequence[str] | None) -> Signature:
    """The signature of a run to come on these inputs."""
    kinds: tuple[Any, ...] = tuple(map(type, values))
    if np.ndarray in kinds:
        kinds = tuple([(v.shape, v.dtype.char) if isinstance(v, np.ndarray) else type(v) for v in values])
    return kinds, wrt and tuple(wrt), outputs and tuple(outputs)


class Plan:
    """The structure of a run, ready for other numbers."""

    def __init__(self, run: Run) -> None:
        self._run, self._kind = run, type(run)
        self._around: tuple[Any, ...] = (
            run.sites,
            run.groups,
            run.bound,
            run.local,
            run.inputs,
            run.names,
            run.outputs,
            run.unused,
            (),
            {},
            False,
            run.derived,
        )
        tape = run.tape
        tape.unfold()
        self._open = open_slots(tape)
        self._score = _score(run)
        self._operations: list[Operation] = []
        for node, rule in enumerate(tape.rules):
            if isinstance(rule, Op) and tape.results.get(node, (node,))[0] == node:
                kernel = rule.kernel if tape.partials[node] is not None else None
                self._operations.append((node, kernel, rule, tape.inputs[node], tape.attributes.get(node, NO_ATTRIBUTES)))

    def replay(self, given: Sequence[Value]) -> Run | None:
        """The run for new inputs, in their order; None where an operation refuses them: the interpreter will say where."""
        t = self._run.tape
        if self._score is not None:
            values, whole = self._score.play(given)
            unwritten: list[Any] = [None] * len(values)
            return self._with(
                Tape(t.rules, t.written_inputs, values, unwritten, t.live, t.attributes, t.results, (whole,), t.o, True, self._open)
            )
        values, partials = t.values[:], t.written_partials[:]
        values[: len(given)] = given
        try:
            for node, kernel, rule, sources, attributes in self._operations:
                operands = [values[i] for i in sources]
                if kernel is not None:
                    values[node], partials[node] = kernel(*operands)
                elif rule.results == 1:
                    values[node] = normal(rule.value(operands, attributes))
                else:
                    for place, result in zip(t.results[node], rule.value(operands, attributes), strict=True):
                        values[place] = normal(result)
        except OpError:
            return None
        return self._with(Tape(t.rules, t.written_inputs, values, partials, t.live, t.attributes, t.results, (), t.o, False, self._open))

    def _with(self, tape: Tape) -> Run:
        """The run around a tape; all but the numbers is shared."""
        return self._kind(self._run.checked, tape, *self._around)


def _score(run: Run) -> Score | None:
    """The tape as one pattern; None where it holds more than scalars, or there is no machine."""
    machine, tape, draft = native(), run.tape, Draft()
    if machine is None or tape.attributes or not all(type(value) is float for value in tape.values):
        return None
    for node in range(len(run.inputs), len(tape)):
        rule, sources = tape.rules[node], tape.inputs[node]
        code = CONSTANT if rule is None else machine.codes.get(rule.name)  # type: ignore[attr-defined]  # rules are operations
        if code is None:
            return None
        draft.add(code, len(sources), [source - node for source in sources] or [draft.place(node)])
    if not draft.codes:
        return None
    pattern = draft.finished(machine, 1, len(run.inputs))
    return Score(pattern, [tape.values[node] for node in draft.outside], tape.live)
