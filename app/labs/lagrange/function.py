"""A program with one number as its output, as a function of all variables in a row: its value, gradient and Hessian by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.core.diagnostic import OpError, ProgramError, problem
from app.engine.hessian import products
from app.engine.jacobian import sweep_work
from app.engine.layout import Layout, layout
from app.engine.reverse import reverse
from app.engine.sheet import Sheet
from app.engine.tape import NO_ATTRIBUTES, is_float
from app.labs.lagrange.meter import Meter
from app.lang.program import Program, Run
from app.lang.sheets import hessian_sheet, jacobian_sheet, point
from app.ops.duals import Dual, duals

Array = np.ndarray
SWEEP, CURVED = 2, 3
"""What a node costs in a run with its sweep, and in one direction of the Hessian."""
WORK = 1_000
"""Element operations in the time of one visit."""
FIXED, COMPILED, REFUSED = 10, 30, 250_000
"""Visits that a call costs in any case; nodes that compiled code passes in the time of one; visits of a run that went over a budget."""
PRODUCTS = frozenset({"mul", "square", "pow", "div", "reciprocal"})
FADING = PRODUCTS | {"exp", "exp2", "tanh", "sigmoid", "erf", "erfc", "softplus", "logsigmoid", "silu"}
"""Operations whose slope is never quite 0 at numbers other than 0, though it may be too small for a float."""
LONGEST = 2_000
"""Longer tapes, or ones of more element operations, are not taken apart for compiled code."""


@dataclass(frozen=True, slots=True)
class Variables:
    """The unknowns: names, shapes, and where each stands in the row."""

    shapes: Mapping[str, tuple[int, ...]]
    places: Mapping[str, slice]
    size: int

    def named(self, x: Array) -> dict[str, Any]:
        """A row as values by name."""
        return {name: _value(x[place], self.shapes[name]) for name, place in self.places.items()}

    def entries(self) -> list[tuple[str, tuple[int, ...]]]:
        """Every element in the row's order: its name, and its index."""
        return [(name, index) for name, shape in self.shapes.items() for index in np.ndindex(shape)]


def variables(shapes: Mapping[str, tuple[int, ...]]) -> Variables:
    """Unknowns of these shapes, in order."""
    places, start = {}, 0
    for name, shape in shapes.items():
        size = int(np.prod(shape))
        places[name] = slice(start, start + size)
        start += size
    return Variables(shapes, places, start)


def _value(part: Array, shape: tuple[int, ...]) -> Any:
    return part.reshape(shape) if shape else float(part[0])


class Function:
    """Programs that decide nothing are handed to compiled code after their first run."""

    def __init__(self, program: Program, unknowns: Variables, parameters: Mapping[str, Any], meter: Meter) -> None:
        self.program, self.unknowns, self.meter = program, unknowns, meter
        self.parameters = {name: value for name, value in parameters.items() if name in program.given}
        self.own = [name for name in unknowns.shapes if name in program.given]
        self._where = (
            np.concatenate([np.arange(unknowns.size)[unknowns.places[name]] for name in self.own]) if self.own else np.zeros(0, int)
        )
        self._length = self._visits = 0
        self._first: Sheet | None = None
        self._second: Sheet | None = None
        self._spots: Array | None = None
        self._row: Array = np.zeros(0)
        self._tries = 0

    @property
    def compiled(self) -> bool:
        """Whether compiled code computes it."""
        return self._first is not None

    def run(self, x: Array) -> Run:
        """A run of the program at a point; raises ProgramError."""
        self.meter.charge(FIXED + SWEEP * self._visits)
        named = self.unknowns.named(x)
        try:
            run = self.program.run({**self.parameters, **{name: named[name] for name in self.own}}, self.own)
        except ProgramError as error:
            if error.diagnostic.code.startswith("budget."):
                self.meter.charge(REFUSED)
            raise
        if self._length != len(run.tape):
            self._length = len(run.tape)
            self._visits = max(self._length, sweep_work(run.tape) // WORK)
            self.meter.charge(SWEEP * self._visits)
        (_, node), *more = run.outputs
        if more or np.size(run.tape.values[node]) != 1 or not is_float(run.tape.values[node]):
            shape = list(np.shape(run.tape.values[node]))
            what = f"{len(run.outputs)} outputs" if more else f"a value of shape {shape}" if shape else "a value that is no float"
            raise problem(
                "type.output", f"This must be one number at each point; it has {what}.", None, "Reduce it, for instance with sum."
            )
        return run

    def first(self, x: Array) -> tuple[float, Array]:
        """The value and the gradient; NaN where the program refuses the point."""
        if self._first is not None and self._spots is not None:
            self.meter.charge(1 + self._length // COMPILED)
            self._row[self._spots] = x[self._where]
            slope = np.zeros(len(x))
            slope[self._where] = self._first.jacobian(self._row)[0]
            value = float(self._first.room[self._first.outputs[0]])
            if np.isfinite(slope).all() and np.isfinite(value):
                return value, slope
        return self._swept(x)

    def value(self, x: Array) -> float:
        """The value alone."""
        return self.first(x)[0]

    def second(self, x: Array) -> Array:
        """The Hessian; NaN where there is none."""
        size, where = len(x), self._where
        found = np.zeros((size, size))
        if not len(where):
            return found
        if self._second is not None and self._spots is not None:
            self.meter.charge(1 + len(where) * self._length // COMPILED)
            self._row[self._spots] = x[where]
            part = self._second.jacobian(self._row)
            if np.isfinite(part).all():
                found[np.ix_(where, where)] = (part + part.T) / 2
                return found
        self.meter.charge(CURVED * len(where) * max(self._visits, FIXED))
        try:
            run = self.run(x)
            with np.errstate(all="ignore"):
                part = products(run.tape, self._across(run), run.outputs[0][1], np.eye(len(where)), duals, Dual)
        except (ProgramError, OpError):
            return np.full((size, size), np.nan)
        found[np.ix_(where, where)] = (part + part.T) / 2
        return found

    def saturated(self, x: Array) -> bool:
        """Whether the program is flat here by rounding only: a product that vanished, an exponential of nothing left."""
        try:
            run = self.run(x)
        except (ProgramError, OpError):
            return False
        tape = run.tape
        for node, rule in enumerate(tape.rules):
            name = getattr(rule, "name", "")
            if name in FADING and np.size(tape.values[node]):
                operands = tape.operands(node)
                with np.errstate(all="ignore"):
                    slope = rule.partial(0, tape.result(node), operands, tape.attributes.get(node, NO_ATTRIBUTES))  # type: ignore[union-attr]  # it has a name
                vanished = np.asarray(tape.values[node]) == 0 if name in PRODUCTS else np.asarray(slope) == 0
                there = np.all([np.asarray(operand) != 0 for operand in np.broadcast_arrays(*operands)], axis=0)
                if np.any(vanished & there):
                    return True
        return False

    def _across(self, run: Run) -> Layout:
        return layout(run.tape, [run.inputs[name] for name in self.own])

    def _swept(self, x: Array) -> tuple[float, Array]:
        """By a run and one sweep back."""
        slope = np.zeros(len(x))
        try:
            run = self.run(x)
            (_, node) = run.outputs[0]
            with np.errstate(all="ignore"):
                bars = reverse(run.tape, [(node, np.ones(np.shape(run.tape.values[node])) if np.shape(run.tape.values[node]) else 1.0)])
        except (ProgramError, OpError):
            return np.nan, np.full(len(x), np.nan)
        for name in self.own:
            bar = bars[run.inputs[name]]
            slope[self.unknowns.places[name]] = 0.0 if bar is None else np.ravel(bar)
        if self._first is None:
            self._compile(run)
        return float(np.ravel(run.tape.values[node])[0]), slope

    def _compile(self, run: Run) -> None:
        """Hand the program over, if this run and its second derivatives show the way; points without a value show none."""
        if self._tries > 2 or run.decided or not self.own or max(len(run.tape), sweep_work(run.tape)) > LONGEST:
            return
        self._tries += 1
        nodes = [run.inputs[name] for name in self.own]
        self.meter.charge(30 * self._visits)
        first = jacobian_sheet(run, nodes, [run.outputs[0][1]], compressed=False)
        second = hessian_sheet(run, nodes, run.outputs[0][1], compressed=False) if first else None
        if first is None:
            return
        sizes = {name: int(np.size(run.tape.values[node])) for name, node in run.inputs.items()}
        starts = dict(zip(sizes, np.cumsum([0, *sizes.values()])[:-1], strict=True))
        self._row = np.array(point(run), dtype=float)
        self._spots = np.concatenate([np.arange(starts[name], starts[name] + sizes[name]) for name in self.own])
        self._first, self._second = first, second
