"""softmax and log_softmax."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.ops.arrays.axes import axis
from app.ops.arrays.reduction import LARGEST, ROWS, TOTAL, real
from app.ops.arrays.rule import array_rule, count, sample
from app.ops.op import Shape, Value


def lane_of(shape: Shape, dim: Any) -> int:
    """The dimension; where none is named, the one that torch's functional form takes."""
    if dim is None:
        return 0 if len(shape) in (0, 1, 3) else 1
    return axis(dim, len(shape))


def _same(x: Shape, dim: Any = None) -> Shape:
    lane_of(x, dim)
    return x


def _shifted(x: Value, dim: Any, name: str) -> tuple[Any, int | None]:
    """The operand less the largest element of its lane."""
    x = np.asarray(real(x, name))
    place = lane_of(x.shape, dim) if x.ndim else None
    return x - LARGEST(x, axis=place, keepdims=True, initial=-np.inf), place


def softmax(x: Value, dim: Any = None) -> Value:
    """Exponentials, divided by their sum."""
    shifted, place = _shifted(x, dim, "softmax")
    powers = np.exp(shifted)
    return powers / TOTAL(powers, axis=place, keepdims=True)


def log_softmax(x: Value, dim: Any = None) -> Value:
    """The logarithm of softmax, without overflow."""
    shifted, place = _shifted(x, dim, "log_softmax")
    return shifted - np.log(TOTAL(np.exp(shifted), axis=place, keepdims=True))


def _total(o: Any, x: Value, shape: Shape, dim: Any) -> Value:
    return o.sum(x, dim=lane_of(shape, dim), keepdim=True) if shape else x


def _softmax_flow(o: Any, flow: Value, z: Value, x: Value, dim: Any = None) -> Value:
    """J is symmetric: diag(z) - z zᵀ."""
    part = flow * z
    return part - z * _total(o, part, np.shape(x), dim)


SOFTMAX = array_rule(
    "softmax",
    "x; dim=None",
    reads=(-1,),
    category="activation",
    summary="Exponentials divided by their sum along one dimension.",
    latex=r"\operatorname{softmax}<_dim>\left({0}\right)",
    torch="torch.nn.functional.softmax",
    evaluate=softmax,
    measure=_same,
    cost=lambda x, dim=None: 4 * count(x) + 1,
    pull=_softmax_flow,
    push=_softmax_flow,
    partials=r"\operatorname{diag}({z}) - {z}\,{z}^{\top}",
    backward="SoftmaxBackward0",
    samples=(
        sample([0.5, -1.0, 2.0], dim=0),
        sample(ROWS, dim=1),
        sample(ROWS, dim=0),
        sample(ROWS),
        sample([1000.0, 0.0], dim=0),
        sample([-np.inf, -np.inf], dim=0, smooth=False),
        sample([np.inf, 0.0], dim=0, smooth=False),
    ),
)

LOG_SOFTMAX = array_rule(
    "log_softmax",
    "x; dim=None",
    reads=(-1,),
    category="activation",
    summary="The logarithm of softmax along one dimension.",
    latex=r"\log\operatorname{softmax}<_dim>\left({0}\right)",
    torch="torch.nn.functional.log_softmax",
    evaluate=log_softmax,
    measure=_same,
    cost=lambda x, dim=None: 4 * count(x) + 1,
    pull=lambda o, bar, z, x, dim=None: bar - o.exp(z) * _total(o, bar, np.shape(x), dim),
    push=lambda o, dot, z, x, dim=None: dot - _total(o, dot * o.exp(z), np.shape(x), dim),
    partials=r"I - \mathbf 1\,\operatorname{softmax}\left({0}\right)^{\top}",
    backward="LogSoftmaxBackward0",
    samples=(sample([0.5, -1.0, 2.0], dim=0), sample(ROWS, dim=1), sample(ROWS, dim=0), sample([1000.0, 0.0], dim=0)),
)

NORMALISED = (SOFTMAX, LOG_SOFTMAX)
