"""Losses of probabilities: binary_cross_entropy, also with logits."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.losses import pairwise
from app.ops.arrays.rule import primal, sample
from app.ops.op import Convention, Value

_TWO_FORMULAS = "torch's tangent adds 0 times an infinite slope of the target"
TINY = float(np.float32(1e-12))
"""Torch's smallest denominator x (1 - x); it is a float32 there."""


def _bce(x: Any, target: Any) -> Any:
    if not np.all((x >= 0) & (x <= 1)):  # NaN is no probability either
        raise OpError(
            "value.domain",
            "binary_cross_entropy takes probabilities, between 0 and 1.",
            "binary_cross_entropy_with_logits takes any number.",
        )
    return -(target * np.maximum(np.log(x), -100.0) + (1 - target) * np.maximum(np.log1p(-x), -100.0))


def _bce_slope(o: Any, x: Value, target: Value) -> Value:
    spread = (1.0 - x) * x
    return o.div(x - target, o.where(np.less(primal(spread), TINY), TINY, spread))


def _bce_target(o: Any, x: Value, target: Value) -> Value:
    return o.log(1.0 - x) - o.log(x)


BINARY_CROSS_ENTROPY = pairwise(
    "binary_cross_entropy",
    "",
    "The cross entropy of probabilities and targets between 0 and 1; logarithms are at least -100.",
    r"\operatorname{bce}\left({0},\, {1}\right)",
    _bce,
    (_bce_slope, _bce_target),
    "BinaryCrossEntropyBackward0",
    partials=(r"\tfrac1n \frac{{0} - {1}}{{0}\,(1 - {0})}", r"\tfrac1n \log\frac{1 - {0}}{{0}}"),
    conventions=(
        Convention(
            lambda z, xs, a: bool(np.any((np.asarray(xs[0]) == 0) | (np.asarray(xs[0]) == 1))),
            "At the probabilities 0 and 1 torch cuts the logarithm at -100 and the slope's denominator at 1e-12.",
        ),
    ),
    samples=(
        sample([0.2, 0.7, 0.9], [0.0, 1.0, 0.5]),
        sample([[0.2], [0.7]], [[0.0], [1.0]], reduction="sum"),
        sample([0.2, 0.7], [0.0, 1.0], reduction="none"),
        sample([0.0], [1.0], smooth=False, unlike=_TWO_FORMULAS),
        sample([0.0], [0.0], smooth=False, unlike=_TWO_FORMULAS),
    ),
)


def _logit_loss(x: Any, target: Any) -> Any:
    """(1 - t) x - log sigmoid(x), without overflow."""
    return (1 - target) * x + np.maximum(-x, 0) + np.log1p(np.exp(-np.abs(x)))


BCE_WITH_LOGITS = pairwise(
    "binary_cross_entropy_with_logits",
    "",
    "The binary cross entropy of sigmoid(x), without overflow.",
    r"\operatorname{bce}\left(\sigma({0}),\, {1}\right)",
    _logit_loss,
    (lambda o, x, target: o.sigmoid(x) - target, lambda o, x, target: -x),
    "BinaryCrossEntropyWithLogitsBackward0",
    partials=(r"\tfrac1n \left(\sigma({0}) - {1}\right)", r"-\tfrac1n {0}"),
    samples=(
        sample([0.5, -2.0, 3.0], [0.0, 1.0, 0.5]),
        sample([0.5, -2.0], [0.0, 1.0], reduction="sum"),
        sample([0.5, -2.0], [0.0, 1.0], reduction="none"),
        sample([-1000.0], [1.0]),
    ),
)
