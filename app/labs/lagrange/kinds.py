"""What a stationary point is: the Hessian of L on the directions that the constraints leave, and the minors of the bordered Hessian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.linalg import null_space

from app.labs.lagrange.solve import Solution
from app.labs.lagrange.system import System

Array = np.ndarray
Kind = Literal["min", "max", "saddle", "degenerate"]
RANK, FLAT = 1e-9, 1e-9
"""Singular values and eigenvalues below this, beside the largest that there could be, count as 0."""


@dataclass(frozen=True, slots=True)
class Curvature:
    """The Hessian of L, its eigenvalues along the constraints, and how small of them counts as 0; ``regular``: independent gradients."""

    hessian: Array
    eigenvalues: Array
    flat: float
    regular: bool


def curved(system: System, found: Solution) -> Curvature:
    """The second derivatives at a solution."""
    jacobian = found.state.jacobian
    hessian = system.curvature(found.x, found.multipliers)
    regular = rank(jacobian, found.error) == len(jacobian)
    across = null_space(jacobian, rcond=RANK + 10 * found.error) if len(jacobian) else np.eye(system.size)
    reduced = across.T @ hessian @ across
    size = float(np.max(np.abs(hessian), initial=0.0))
    for multiplier, constraint in zip(found.multipliers, system.constraints, strict=True):
        size = max(size, float(np.max(np.abs(multiplier * constraint.second(found.x)), initial=0.0)))
    size = max(size, float(np.max(np.abs(system.objective.second(found.x)), initial=0.0)))
    eigenvalues = np.linalg.eigvalsh((reduced + reduced.T) / 2) if reduced.size and np.isfinite(reduced).all() else np.zeros(len(reduced))
    return Curvature(hessian, eigenvalues + 0.0, size * (FLAT + 100 * found.error), regular)


def rank(jacobian: Array, error: float = 0.0) -> int:
    """How many of the constraints' gradients are independent; each is measured by its own length, at least by 1."""
    if not len(jacobian):
        return 0
    lengths = np.maximum(np.linalg.norm(jacobian, axis=1), 1e-3)
    values = np.linalg.svd(jacobian / lengths[:, None], compute_uv=False)
    return int(np.sum(values > RANK + 100 * error))


def kind(found: Curvature) -> Kind:
    """Definite eigenvalues prove a minimum or a maximum, whatever the constraints; both signs a saddle if their gradients are independent.

    Where no direction is left the point is alone: a minimum and a maximum at once, called a minimum here.
    """
    up, down = bool(np.all(found.eigenvalues > found.flat)), bool(np.all(found.eigenvalues < -found.flat))
    if up or down:
        return "min" if up else "max"
    both = np.any(found.eigenvalues > found.flat) and np.any(found.eigenvalues < -found.flat)
    return "saddle" if both and found.regular else "degenerate"


def is_singular(system: System, found: Solution, curvature: Curvature) -> bool:
    """Whether other solutions may lie next to this one."""
    return bool(np.any(np.abs(curvature.eigenvalues) <= curvature.flat))


def bordered(found: Solution, curvature: Curvature) -> list[tuple[int, float]]:
    """The leading principal minors of the bordered Hessian that decide, from order 2m + 1 on, with their orders.

    They have the sign (−1)ᵐ at a minimum; at a maximum the last one has the sign (−1)ᵈ, and they alternate.
    """
    jacobian = found.state.jacobian
    m, size = jacobian.shape
    if not np.isfinite(curvature.hessian).all():
        return []
    order = _leading(jacobian)
    rows, hessian = jacobian[:, order], curvature.hessian[np.ix_(order, order)]
    whole = np.block([[np.zeros((m, m)), rows], [rows.T, hessian]])
    return [(count, float(np.linalg.det(whole[:count, :count]))) for count in range(2 * m + 1, m + size + 1)]


def _leading(jacobian: Array) -> Array:
    """The variables in an order whose first m columns are independent: theirs, if they are."""
    m, size = jacobian.shape
    chosen: list[int] = []
    for column in range(size):
        if len(chosen) < m and np.linalg.matrix_rank(jacobian[:, [*chosen, column]]) > len(chosen):
            chosen.append(column)
    return np.array(chosen + [column for column in range(size) if column not in chosen])
