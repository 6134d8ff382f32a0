"""Lagrange's system: the gradient of L = f − Σ λᵢ gᵢ and the constraints, d + m equations in d + m unknowns, with its Jacobian."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.labs.lagrange.function import Function
from app.labs.lagrange.linear import least
from app.labs.lagrange.meter import Meter

Array = np.ndarray
STEEP = 100.0
"""A constraint with a larger gradient must be met as closely as one with this."""


@dataclass(frozen=True, slots=True)
class State:
    """The functions at a point: ``jacobian`` has the gradients of the constraints as its rows."""

    value: float
    slope: Array
    constraints: Array
    jacobian: Array

    @property
    def finite(self) -> bool:
        """Whether all of it are numbers."""
        sums = self.value + self.slope.sum() + self.constraints.sum() + self.jacobian.sum()
        return bool(np.isfinite(sums))


@dataclass(frozen=True, slots=True)
class System:
    """An objective with constraints that hold with equality; ``level`` is what each constraint shall be, 0 as it is written."""

    objective: Function
    constraints: Sequence[Function]
    meter: Meter
    level: Array

    @property
    def size(self) -> int:
        """The number of variables."""
        return self.objective.unknowns.size

    def at(self, x: Array) -> State:
        """The functions with their gradients."""
        value, slope = self.objective.first(x)
        rows = [constraint.first(x) for constraint in self.constraints]
        jacobian = np.array([row for _, row in rows]).reshape(len(rows), len(x))
        return State(value, slope, np.array([given for given, _ in rows]) - self.level, jacobian)

    def curvature(self, x: Array, multipliers: Array) -> Array:
        """The Hessian of L by the variables."""
        found = self.objective.second(x)
        for multiplier, constraint in zip(multipliers, self.constraints, strict=True):
            if multiplier != 0.0:
                found = found - multiplier * constraint.second(x)
        return found

    def shifted(self, place: int, by: float) -> System:
        """The same with another level of one constraint."""
        level = self.level.copy()
        level[place] += by
        return System(self.objective, self.constraints, self.meter, level)

    def matrix(self, x: Array, multipliers: Array, state: State) -> Array:
        """The Jacobian of the system."""
        self.meter.charge(40 + (self.size + len(multipliers)) ** 3 // 20)
        hessian, jacobian = self.curvature(x, multipliers), state.jacobian
        return np.block([[hessian, -jacobian.T], [jacobian, np.zeros((len(multipliers),) * 2)]])


def remainder(state: State, multipliers: Array) -> Array:
    """What the equations lack: ∇f − Σ λ ∇g, then the constraints."""
    return np.concatenate([state.slope - state.jacobian.T @ multipliers, state.constraints])


def estimated(state: State) -> Array:
    """The multipliers that come nearest to ∇f = Σ λ ∇g; the shortest ones, where they are not unique."""
    if not len(state.jacobian):
        return np.zeros(0)
    return least(state.jacobian.T, state.slope, 1e-12)


def is_within(part: float, x: Array, multipliers: Array, state: State) -> bool:
    """Whether the equations hold up to a part of the size of their terms; the constraints by themselves, whatever the multipliers."""
    unmet = float(np.max(np.abs(state.constraints), initial=0.0))
    reach = (1.0 + float(np.max(np.abs(x), initial=0.0))) * min(1.0 + float(np.max(np.abs(state.jacobian), initial=0.0)), STEEP)
    rest = float(np.max(np.abs(state.slope - state.jacobian.T @ multipliers), initial=0.0))
    return unmet <= part * reach and rest <= part * size_of(state, multipliers)


def size_of(state: State, multipliers: Array) -> float:
    """How large the terms of the equations are: rounding errors and remainders are measured by it."""
    terms = [abs(m) * np.max(np.abs(row), initial=0.0) for m, row in zip(multipliers, state.jacobian, strict=True)]
    return 1.0 + float(np.max(np.abs(state.slope), initial=0.0) + sum(terms))
