"""Points at which the gradients of the constraints are dependent: an extremum may be there, and Lagrange's equations miss it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np

from app.labs.lagrange.kinds import rank
from app.labs.lagrange.linear import damped
from app.labs.lagrange.meter import ExhaustedError
from app.labs.lagrange.solve import feasible
from app.labs.lagrange.starts import halton
from app.labs.lagrange.system import State, System, estimated, remainder, size_of

Array = np.ndarray
Place = Literal["lowest", "highest", "level", "between", "alone"]
STEPS, MOST = 60, 6
HOLDS, SAME, FAR = 1e-9, 1e-4, 1e5
AROUND, FEWEST = 24, 3
NEAR, ON = (0.05, 0.01), 1e-12


@dataclass(frozen=True, slots=True)
class Singular:
    """Such a point; ``place``: where the objective stands there among the points of the constraints near by."""

    x: Array
    value: float
    constraints: list[int]
    balanced: bool
    """Whether multipliers exist all the same."""
    place: Place


def singular_points(system: System, starts: Iterable[Array]) -> list[Singular]:
    """Those that the starts lead to, each once; none where there are more constraints than variables: then every point is one."""
    if not 0 < len(system.constraints) <= system.size:
        return []
    found: list[Singular] = []
    try:
        for start in starts:
            x = _solved(system, feasible(system, start))
            if x is None or any(np.max(np.abs(x - one.x)) <= SAME * (1 + np.max(np.abs(x))) for one in found):
                continue
            found.append(_told(system, x))
            if len(found) == MOST:
                break
    except ExhaustedError:
        pass
    return found


def _solved(system: System, x: Array) -> Array | None:
    """Damped steps on g = 0, Σ wᵢ ∇gᵢ = 0, |w| = 1."""
    state = system.at(x)
    if not state.finite:
        return None
    w = np.linalg.svd(state.jacobian)[0][:, -1]
    lack, damping = _lack(state, w), 1e-3
    for _ in range(STEPS):
        length = float(np.linalg.norm(lack))
        if length < 1e-14:
            break
        system.meter.charge(60)
        matrix = _matrix(system, x, w, state)
        if not np.isfinite(matrix).all():
            return None
        step = damped(matrix.T @ matrix, matrix.T @ lack, damping)
        tried_x, tried_w = x + step[: len(x)], w + step[len(x) :]
        tried = system.at(tried_x)
        new = _lack(tried, tried_w)
        if not tried.finite or np.linalg.norm(new) >= length:
            damping = max(damping, 1e-12) * 8
            if damping > 1e8:
                break
            continue
        damping /= 10
        x, w, state, lack = tried_x, tried_w, tried, new
    if np.max(np.abs(lack)) > HOLDS * size_of(state, w) or np.max(np.abs(x)) > FAR:
        return None
    return _tidied(system, x, w)


def _lack(state: State, w: Array) -> Array:
    return np.concatenate([state.constraints, state.jacobian.T @ w, [w @ w - 1]])


def _matrix(system: System, x: Array, w: Array, state: State) -> Array:
    size, m = system.size, len(w)
    bent = sum((weight * constraint.second(x) for weight, constraint in zip(w, system.constraints, strict=True)), np.zeros((size, size)))
    return np.block([[state.jacobian, np.zeros((m, m))], [bent, state.jacobian.T], [np.zeros((1, size)), 2 * w[None]]])


def _tidied(system: System, x: Array, w: Array) -> Array | None:
    """Rounded where that is at least as near; None where the gradients are independent after all."""
    best, least = x, np.max(np.abs(_lack(system.at(x), w)))
    for digits in (2, 3, 5):
        tried = np.round(x, digits) + 0.0
        state = system.at(tried)
        if np.max(np.abs(tried - x)) < 1e-3 and state.finite and np.max(np.abs(_lack(state, w))) <= least:
            best = tried
            break
    state = system.at(best)
    return best if rank(state.jacobian, 1e-6) < len(state.jacobian) else None


def _told(system: System, x: Array) -> Singular:
    state = system.at(x)
    multipliers = estimated(state)
    balanced = bool(np.max(np.abs(remainder(state, multipliers))) <= 1e-6 * size_of(state, multipliers))
    flat = [place for place, row in enumerate(state.jacobian) if np.max(np.abs(row)) <= 1e-6 * (1 + np.max(np.abs(x)))]
    return Singular(x, state.value, flat or list(range(len(state.jacobian))), balanced, _place(system, x, state.value))


def _place(system: System, x: Array, value: float) -> Place:
    """How the objective compares with its values at points of the constraints near by."""
    near = []
    directions = [2 * row - 1 for row in islice(halton(system.size), AROUND)]
    for radius in NEAR:
        for direction in directions:
            y = feasible(system, x + radius * (1 + np.max(np.abs(x))) * direction, ON)
            state = system.at(y)
            apart = float(np.max(np.abs(y - x))) / (1 + float(np.max(np.abs(x))))
            if state.finite and np.max(np.abs(state.constraints)) < 100 * ON and 0.05 * radius < apart < 10 * radius:
                near.append(state.value - value)
    if len(near) < FEWEST:
        return "alone"
    slack = 1e-9 * (1 + abs(value))
    below, above = min(near) < -slack, max(near) > slack
    return "between" if below and above else "lowest" if above else "highest" if below else "level"
