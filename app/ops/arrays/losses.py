"""Losses that compare element with element: differences, and binary cross entropy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import broadcast
from app.ops.arrays.reduction import real
from app.ops.arrays.rule import array_rule, count, primal, sample
from app.ops.op import Convention, Shape, Value

REDUCTIONS = ("mean", "sum", "none")


def known(reduction: Any) -> None:
    """Refuse a way to put terms together that there is not."""
    if not isinstance(reduction, str) or reduction not in REDUCTIONS:
        raise OpError("call.arguments", f"reduction is 'mean', 'sum' or 'none', not {reduction!r}.")


def _reduce(terms: Value, reduction: str) -> Value:
    """The terms of a loss, put together."""
    if reduction == "none":
        return terms
    return np.sum(terms) if reduction == "sum" else np.divide(np.sum(terms), np.size(terms))


def _reduce_flow(o: Any, terms: Value, reduction: str) -> Value:
    """The same in operations."""
    if reduction == "none":
        return terms
    return o.sum(terms) if reduction == "sum" else o.div(o.sum(terms), float(count(np.shape(terms))))


def _share(o: Any, bar: Value, shape: Shape, reduction: str) -> Value:
    """The adjoint of each term."""
    if reduction == "none":
        return bar
    return o.broadcast_to(bar if reduction == "sum" else o.div(bar, float(count(shape))), shape=shape)


def _loss_shape(x: Shape, target: Shape, reduction: Any = "mean", **_: Any) -> Shape:
    known(reduction)
    made = broadcast(x, target)
    return made if reduction == "none" else ()


Slope = Callable[..., Value]


def pairwise(name: str, extra: str, summary: str, latex: str, term: Any, slopes: tuple[Slope, Slope], backward: Any, **rest: Any) -> Any:
    """A loss that compares element with element. ``term`` is on numbers; ``slopes`` are its partials, in operations."""

    def evaluate(x: Value, target: Value, reduction: str = "mean", **a: Any) -> Value:
        return _reduce(term(*np.broadcast_arrays(real(x, name), real(target, name)), **a), reduction)

    def pull(slot: int) -> Any:
        def rule(o: Any, bar: Value, z: Value, x: Value, target: Value, reduction: str = "mean", **a: Any) -> Value:
            made = broadcast(np.shape(x), np.shape(target))
            return o.sum_to_size(_share(o, bar, made, reduction) * slopes[slot](o, x, target, **a), size=np.shape((x, target)[slot]))

        return rule

    def push(slot: int) -> Any:
        def rule(o: Any, dot: Value, z: Value, x: Value, target: Value, reduction: str = "mean", **a: Any) -> Value:
            return _reduce_flow(o, dot * slopes[slot](o, x, target, **a), reduction)

        return rule

    return array_rule(
        name,
        f"x, target; reduction='mean'{extra}",
        method=False,
        category="loss",
        summary=summary,
        latex=latex,
        torch=f"torch.nn.functional.{name}",
        evaluate=evaluate,
        measure=_loss_shape,
        cost=lambda x, target, **_: 4 * count(broadcast(x, target)) + 1,
        pull=(pull(0), pull(1)),
        push=(push(0), push(1)),
        form="reduction",
        backward=backward,
        **rest,
    )


_NEAR = ([0.5, 3.0, -2.0], [0.0, 0.25, 1.0])
_TABLE = ([[0.5, 3.0], [-2.0, 1.0]], [[0.0, 0.25], [1.0, 1.5]])


def _both(first: Slope) -> tuple[Slope, Slope]:
    """The partials of a function of x - target."""
    return first, lambda o, x, target, **a: -first(o, x, target, **a)


MSE_LOSS = pairwise(
    "mse_loss",
    "",
    "The mean squared difference.",
    r"\operatorname{mse}\left({0},\, {1}\right)",
    lambda x, target: (x - target) ** 2,
    _both(lambda o, x, target: o.mul(2.0, x - target)),
    "MseLossBackward0",
    partials=(r"\tfrac2n \left({0} - {1}\right)^{\top}", r"-\tfrac2n \left({0} - {1}\right)^{\top}"),
    samples=(sample(*_NEAR), sample(*_TABLE, reduction="sum"), sample(*_TABLE, reduction="none"), sample(2.0, 0.5)),
)

L1_LOSS = pairwise(
    "l1_loss",
    "",
    "The mean absolute difference.",
    r"\operatorname{l1}\left({0},\, {1}\right)",
    lambda x, target: np.abs(x - target),
    _both(lambda o, x, target: o.sign(x - target)),
    lambda x, target, reduction="mean": {"mean": "MeanBackward0", "sum": "SumBackward0", "none": "AbsBackward0"}[reduction],
    partials=(r"\tfrac1n \operatorname{sign}\left({0} - {1}\right)^{\top}", r"-\tfrac1n \operatorname{sign}\left({0} - {1}\right)^{\top}"),
    conventions=(
        Convention(
            lambda z, xs, a: bool(np.any(np.equal(xs[0], xs[1]))),
            "l1_loss is not differentiable where both are equal; torch's choice is 0.",
        ),
    ),
    samples=(sample(*_NEAR), sample(*_TABLE, reduction="sum"), sample(*_TABLE, reduction="none"), sample([1.0], [1.0], smooth=False)),
)


def _huber(x: Any, target: Any, delta: float = 1.0) -> Any:
    size = np.abs(x - target)
    return np.where(size < delta, 0.5 * size * size, delta * (size - 0.5 * delta))


def _huber_slope(o: Any, x: Value, target: Value, delta: float = 1.0) -> Value:
    apart = x - target
    return o.where(~(np.abs(primal(x) - primal(target)) >= delta), apart, o.mul(float(delta), o.sign(apart)))


def _smooth(x: Any, target: Any, beta: float = 1.0) -> Any:
    size = np.abs(x - target)
    return np.where(size < beta, np.divide(0.5 * size * size, beta), size - 0.5 * beta)


def _smooth_slope(o: Any, x: Value, target: Value, beta: float = 1.0) -> Value:
    apart = x - target
    return o.where(~(np.abs(primal(x) - primal(target)) >= beta), o.div(apart, float(beta)), o.sign(apart))


_CLIPPED = (r"\tfrac1n \operatorname{clip}\left({0} - {1}\right)^{\top}", r"-\tfrac1n \operatorname{clip}\left({0} - {1}\right)^{\top}")

HUBER_LOSS = pairwise(
    "huber_loss",
    ", delta=1.0",
    "Half the squared difference up to delta, and linear beyond; the mean.",
    r"\operatorname{huber}\left({0},\, {1}\right)",
    _huber,
    _both(_huber_slope),
    "HuberLossBackward0",
    partials=_CLIPPED,
    samples=(
        sample(*_NEAR),
        sample(*_TABLE, reduction="sum", delta=0.75),
        sample(*_TABLE, reduction="none"),
        sample([1.0], [0.0], smooth=False),
    ),
)

SMOOTH_L1_LOSS = pairwise(
    "smooth_l1_loss",
    ", beta=1.0",
    "The absolute difference with its corner rounded off within beta; the mean.",
    r"\operatorname{smoothl1}\left({0},\, {1}\right)",
    _smooth,
    _both(_smooth_slope),
    "SmoothL1LossBackward0",
    partials=_CLIPPED,
    samples=(
        sample(*_NEAR),
        sample(*_TABLE, reduction="sum", beta=0.75),
        sample(*_TABLE, reduction="none"),
        sample([1.0], [0.0], smooth=False),
    ),
)

# ---------------------------------------------------------------- binary cross entropy
LOSSES = (MSE_LOSS, L1_LOSS, HUBER_LOSS, SMOOTH_L1_LOSS)
