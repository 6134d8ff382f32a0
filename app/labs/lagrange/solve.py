"""From a starting point to a solution of the system: Levenberg's steps to come near, Newton's to come close."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.labs.lagrange.linear import damped, least
from app.labs.lagrange.system import State, System, estimated, is_within, remainder, size_of

Array = np.ndarray
NEAR, CLOSE = 1e-7, 1e-9
"""Remainders beside the size of the terms: Newton takes over, and a solution has been found."""
STEPS, POLISH, FEASIBLE = 60, 60, 12
NOISE, EXACT = 1e-13, 1e-15
"""Remainders, and steps, that are rounding errors."""
SLACK = 1e-4
"""A last step that is longer than this, beside the solution, says that there is none: the search has run off."""
FAR = 1e9


@dataclass(frozen=True, slots=True)
class Solution:
    """A stationary point; ``error`` is about how far it may be from the true one."""

    x: Array
    multipliers: Array
    state: State
    remainder: float
    error: float


def solve(system: System, start: Array, *, project: bool) -> Solution | None:
    """The solution that this start leads to; None where it leads to none."""
    x = feasible(system, start) if project else start
    state = system.at(x)
    if not state.finite:
        return None
    found = _levenberg(system, x, estimated(state), state)
    return None if found is None else polished(system, *found)


def feasible(system: System, x: Array, close: float = NEAR) -> Array:
    """Some steps of Gauss and Newton towards the constraints, as far as they lead nearer."""
    state = system.at(x)
    for _ in range(FEASIBLE):
        gap = np.linalg.norm(state.constraints)
        if not state.finite or gap < close:
            break
        system.meter.charge(30)
        step = least(state.jacobian, -state.constraints, 1e-10)
        for scale in (1.0, 0.25, 0.05):
            tried = system.at(x + scale * step)
            if tried.finite and np.linalg.norm(tried.constraints) < gap:
                x, state = x + scale * step, tried
                break
        else:
            break
    return x


def _levenberg(system: System, x: Array, multipliers: Array, state: State) -> tuple[Array, Array] | None:
    """Damped steps while they shorten the remainder; None where they end far from a solution."""
    lack = remainder(state, multipliers)
    damping = 1e-3
    for _ in range(STEPS):
        length = float(np.linalg.norm(lack))
        if is_within(NEAR, x, multipliers, state):
            return x, multipliers
        if np.max(np.abs(x), initial=0.0) > FAR:
            return None
        matrix = system.matrix(x, multipliers, state)
        if not np.isfinite(matrix).all():
            return None
        normal, slope = matrix.T @ matrix, matrix.T @ lack
        for _ in range(8):
            step = damped(normal, slope, damping)
            tried_x, tried_m = x + step[: len(x)], multipliers + step[len(x) :]
            tried = system.at(tried_x)
            new = remainder(tried, tried_m)
            if tried.finite and np.linalg.norm(new) < length:
                break
            damping = max(damping, 1e-9) * 8.0
        else:
            return (x, multipliers) if is_within(1e-3, x, multipliers, state) else None
        damping = damping / 12.0 if damping > 1e-14 else 0.0
        if np.linalg.norm(new) > (1 - 1e-5) * length and length > 1e-2:
            return None
        x, multipliers, state, lack = tried_x, tried_m, tried, new
    return x, multipliers


def polished(system: System, x: Array, multipliers: Array) -> Solution | None:
    """Newton's steps until rounding stops them; longer ones where the matrix is singular and each leaves a fixed part of the error."""
    state = system.at(x)
    lack, moved = remainder(state, multipliers), []
    for _ in range(POLISH):
        if not state.finite:
            return None
        step = _newton(system, x, multipliers, state, lack)
        if step is None:
            return None
        moved.append(_relative(step, x, multipliers))
        if moved[-1] < EXACT or not np.any(lack):
            break
        reach = _reach(moved)
        tried = _stepped(system, x, multipliers, reach * step)
        if reach > 1 and (tried is None or _worst(tried[3]) >= _worst(lack)):
            tried = _stepped(system, x, multipliers, step)
        if tried is None or not (_worst(tried[3]) < _worst(lack) or _settles(moved, _worst(lack), size_of(state, multipliers))):
            break
        x, multipliers, state, lack = tried
    worst = _worst(lack)
    if not is_within(CLOSE, x, multipliers, state) or np.max(np.abs(x), initial=0.0) > FAR:
        return None
    if moved[-1] > SLACK and worst > NOISE * _terms(system, x, multipliers, state):
        return None
    if _is_flat(system, x, state):
        return None
    error = 3 * moved[-1] if moved[-1] > 100 * EXACT else 0.0
    return tidied(system, Solution(x, multipliers, state, worst, min(error, SLACK)))


def _terms(system: System, x: Array, multipliers: Array, state: State) -> float:
    """How large the terms of the equations are, and what their change over a length of 1 would be: of a plateau nothing is left."""
    curved = float(np.max(np.abs(system.curvature(x, multipliers)), initial=0.0))
    return size_of(state, multipliers) - 1.0 + curved


def _is_flat(system: System, x: Array, state: State) -> bool:
    """Whether the objective has no slope here because numbers have become too small for it."""
    return not np.any(state.slope) and not np.any(system.objective.second(x)) and system.objective.saturated(x)


def _stepped(system: System, x: Array, multipliers: Array, step: Array) -> tuple[Array, Array, State, Array] | None:
    there, beside = x + step[: len(x)], multipliers + step[len(x) :]
    state = system.at(there)
    return (there, beside, state, remainder(state, beside)) if state.finite else None


def _worst(lack: Array) -> float:
    return float(np.max(np.abs(lack), initial=0.0))


def _reach(moved: list[float]) -> float:
    """How many steps in one: as many as would follow, if each were shorter by the same factor."""
    if len(moved) < 3:
        return 1.0
    last, before = moved[-1] / moved[-2], moved[-2] / moved[-3]
    steady = 0.3 < last < 0.95 and abs(last - before) < 0.05
    return 1 / (1 - last) if steady else 1.0


def _settles(moved: list[float], worst: float, size: float) -> bool:
    """Whether the steps still grow shorter while the remainder is rounding errors only."""
    return worst <= NOISE * size and len(moved) > 1 and moved[-1] < 0.8 * moved[-2]


def _newton(system: System, x: Array, multipliers: Array, state: State, lack: Array) -> Array | None:
    matrix = system.matrix(x, multipliers, state)
    if not np.isfinite(matrix).all():
        return None
    size = len(x)
    scale = float(np.max(np.abs(matrix[:size, :size]), initial=0.0)) or 1.0
    # an objective in small units must not look flat beside its constraints: multipliers are counted in its units
    matrix[:size, :size] /= scale
    step = least(matrix, -np.concatenate([lack[:size] / scale, lack[size:]]), 3e-15)
    step[size:] *= scale
    return step


def _relative(step: Array, x: Array, multipliers: Array) -> float:
    """The longer of both parts of a step, each beside what it changes."""
    there, beside = step[: len(x)], step[len(x) :]
    part = float(np.linalg.norm(there)) / (1 + float(np.linalg.norm(x)))
    return max(part, float(np.linalg.norm(beside)) / (1 + float(np.linalg.norm(multipliers))))


def tidied(system: System, found: Solution) -> Solution:
    """The same with coordinates rounded, where that solves the system as well: 1 instead of 0.9999999999999998."""
    reach = 10 * found.error + 1e-12
    for digits in (3, 5, 7, 10):
        round_x = np.round(found.x, digits) + 0.0
        x = np.where(np.abs(round_x - found.x) <= reach, round_x, found.x)
        if np.array_equal(x, found.x):
            continue
        state = system.at(x)
        if not state.finite:
            continue
        multipliers = _rounded(estimated(state), state)
        worst = float(np.max(np.abs(remainder(state, multipliers)), initial=0.0))
        if worst <= max(found.remainder, 4e-16 * size_of(state, multipliers)):
            return Solution(x, multipliers, state, worst, 0.0)
    return Solution(found.x + 0.0, found.multipliers + 0.0, found.state, found.remainder, found.error)


def _rounded(multipliers: Array, state: State) -> Array:
    """Multipliers with a few digits, where the equations hold as well with them."""
    few = np.round(multipliers, 12) + 0.0
    old, new = (np.max(np.abs(remainder(state, m)), initial=0.0) for m in (multipliers, few))
    return few if new <= max(old, 4e-16 * size_of(state, few)) else multipliers
