"""What a program gives when one number in it is another: in float64 by running it, in float32 and off the real line along its tape."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from app.engine.tape import Tape, Value
from app.labs.numerical.arithmetic import Arithmetic
from app.labs.numerical.complex_arrays import ARITHMETIC as COMPLEX
from app.labs.numerical.complex_arrays import NARROW as COMPLEX64
from app.labs.numerical.replay import Replay
from app.labs.numerical.single import ARITHMETIC as SINGLE
from app.labs.numerical.single import narrow
from app.lang.changed import Changed
from app.lang.program import Program, Run
from app.lang.witness import Witness

Entry = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The derivative that is asked for: of an entry of ``output`` by an entry of ``node``; ``name`` is the input, None for other nodes.

    ``found`` tells the node of the output in any run.
    """

    node: int
    entry: Entry
    output: int
    output_entry: Entry
    name: str | None
    found: Callable[[Run], int | None]

    def entry_of(self, value: Value) -> Any:
        """The number that is looked at."""
        return value[self.output_entry] if self.output_entry else value

    def point(self, run: Run) -> float:
        """The number that is changed, as it is."""
        value = run.tape.values[self.node]
        return float(value[self.entry]) if self.entry else float(value)


class Function(Protocol):
    """f of one number; None where the program has no value there."""

    def __call__(self, t: Any) -> Any:
        """The value at ``t``."""


def with_entry(value: Value, entry: Entry, t: Any) -> Value:
    """A value with one of its entries replaced."""
    if not entry:
        return t
    made = np.array(value, dtype=np.result_type(value, t))
    made[entry] = t
    return made


class Doubles:
    """f in float64: the program runs again, statement by statement, and may decide otherwise."""

    def __init__(self, program: Program, inputs: Mapping[str, Value], outputs: Sequence[str] | None, run: Run, asked: Question) -> None:
        self.inputs, self.outputs, self.asked, self.value = inputs, outputs, asked, run.tape.values[asked.node]
        self.nodes = 0
        self.program = program
        self._changed: Changed | None = None
        if asked.name is None:
            self._changed = Changed()
            checked = program.checked
            self.program = Program(checked, program.given, program.compiler.limits, Witness(checked.tree), self._changed)

    def __call__(self, t: Any) -> Any:
        """The value at ``t``; raises what the program raises there."""
        run = self.run(t)
        node = self.asked.found(run)
        return None if node is None else np.float64(self.asked.entry_of(run.tape.values[node]))

    def run(self, t: Any) -> Run:
        """The run at ``t``."""
        moved = with_entry(self.value, self.asked.entry, float(t))
        inputs = dict(self.inputs)
        if self._changed is None:
            assert self.asked.name is not None
            inputs[self.asked.name] = moved
        else:
            self._changed.node, self._changed.value = self.asked.node, moved
        run = self.program.run(inputs, None, self.outputs)
        self.nodes += len(run.tape)
        return run


class Along:
    """f in another arithmetic, along the tape of one run: what that decided stays decided."""

    def __init__(self, tape: Tape, asked: Question, arithmetic: Arithmetic, *, whole: bool) -> None:
        self.asked = asked
        self.value = arithmetic.number(tape.values[asked.node])
        self.replay = Replay(tape, asked.node, asked.output, arithmetic, whole=whole)

    def __call__(self, t: Any) -> Any:
        """The value at ``t``; raises NoFormError and OpError."""
        return self.asked.entry_of(self.replay.at(with_entry(self.value, self.asked.entry, t)))


class Singles:
    """f in float32, in numpy's own arithmetic; what a program decides at a point it decides by its float64 numbers there."""

    def __init__(self, doubles: Doubles, run: Run, asked: Question) -> None:
        self.doubles, self.asked, self.run = doubles, asked, run
        self._along = Along(run.tape, asked, SINGLE, whole=True)

    def __call__(self, t: Any) -> Any:
        """The value at ``t``, a float32."""
        if not self.run.decided:
            return narrow(self._along(narrow(t)))
        run = self.doubles.run(float(t))
        node = self.asked.found(run)
        return None if node is None else narrow(Along(run.tape, replace(self.asked, output=node), SINGLE, whole=True)(narrow(t)))


def off_the_line(tape: Tape, asked: Question, *, single: bool) -> Along:
    """f of complex numbers; with ``single`` of complex64."""
    return Along(tape, asked, COMPLEX64, whole=True) if single else Along(tape, asked, COMPLEX, whole=False)
