"""Losses of log probabilities by class: nll_loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named
from app.ops.arrays.losses import known
from app.ops.arrays.reading_index import out_of_range
from app.ops.arrays.rule import array_rule, count, primal, sample
from app.ops.op import Shape, Value


def class_dimension(x: Shape) -> int:
    """The dimension of the classes."""
    return 0 if len(x) == 1 else 1


def terms_shape(x: Shape) -> Shape:
    """The shape of one term a row of scores."""
    return x[: class_dimension(x)] + x[class_dimension(x) + 1 :]


def by_index(x: Shape, target: Shape) -> bool:
    """Whether the target holds class indices, not probabilities."""
    return len(target) < len(x)


def nll_shape(x: Shape, target: Shape, reduction: Any = "mean", **_: Any) -> Shape:
    """The shape of the loss of class indices."""
    known(reduction)
    if not x or target != terms_shape(x):
        wanted = named(terms_shape(x)) if x else "scores"
        raise OpError("shape.mismatch", f"The scores are {named(x)}; then the class indices must be {wanted}, not {named(target)}.")
    return target if reduction == "none" else ()


def picked(x: Shape, target: Any, ignore_index: Any) -> tuple[tuple[Any, ...], Any]:
    """The index of each target's score, and a mask of the targets that count."""
    classes = np.asarray(target)
    numbers = classes.astype(np.int64)
    if not np.array_equal(numbers, classes):
        raise OpError("type.mismatch", "Class indices are whole numbers.", "Probabilities have the shape of the scores.")
    counts = numbers != ignore_index
    place = class_dimension(x)
    outside = numbers[counts & ((numbers < 0) | (numbers >= x[place]))]
    if outside.size:
        raise out_of_range(int(outside.flat[0]), x[place])
    rest: list[Any] = [np.arange(numbers.size)] if numbers.ndim == 1 else list(np.indices(numbers.shape, sparse=True))
    rest.insert(place, np.where(counts, numbers, 0))
    return tuple(rest), counts


def class_weights(counts: Any, reduction: str) -> Any:
    """What each term weighs: a constant."""
    return counts / np.sum(counts) if reduction == "mean" else counts * 1.0


def nll(x: Value, target: Value, reduction: str = "mean", ignore_index: int = -100) -> Value:
    """Minus the log probability of each class, reduced."""
    index, counts = picked(x.shape, target, ignore_index)
    terms = np.where(counts, -x[index], 0.0)
    return terms if reduction == "none" else np.sum(terms) if reduction == "sum" else np.divide(np.sum(terms), np.sum(counts))


def nll_pull(o: Any, bar: Value, z: Value, x: Value, target: Value, reduction: str = "mean", ignore_index: int = -100) -> Value:
    """Each class takes its share of the adjoint."""
    index, counts = picked(np.shape(x), primal(target), ignore_index)
    terms = o.mul(-bar, np.asarray(class_weights(counts, reduction)))
    shape = np.broadcast_shapes(*(np.shape(i) for i in index))
    return o.index_put(o.reshape(terms, shape=shape), shape=np.shape(x), index=_arrays(index))


def _arrays(index: tuple[Any, ...]) -> tuple[Any, ...]:
    """0-d positions as plain numbers."""
    return tuple(int(i) if np.ndim(i) == 0 else i for i in index)


def _nll_push(o: Any, dot: Value, z: Value, x: Value, target: Value, reduction: str = "mean", ignore_index: int = -100) -> Value:
    index, counts = picked(np.shape(x), primal(target), ignore_index)
    weights = class_weights(counts, reduction)
    terms = o.mul(-o.index(dot, index=_arrays(index)), np.asarray(weights) if np.ndim(weights) else float(weights))
    return terms if reduction == "none" else o.sum(terms)


def closed_target(slot: int, x: Shape, target: Shape, **_: Any) -> bool:
    """Whether the target is class indices, into which nothing flows."""
    return slot == 1 and by_index(x, target)


def no_pull(o: Any, bar: Value, z: Value, x: Value, target: Value, **_: Any) -> Value:
    """Nothing flows into class indices; for whoever asks all the same, zeros."""
    return np.zeros(np.shape(target))


def no_push(o: Any, dot: Value, z: Value, x: Value, target: Value, **_: Any) -> Value:
    """The tangent that class indices cause: zeros."""
    return o.mul(0.0, z)


SCORES = [[0.2, -0.3, 0.5], [1.0, 0.0, -1.0]]

NLL_LOSS = array_rule(
    "nll_loss",
    "x, target; reduction='mean', ignore_index=-100",
    method=False,
    reads=(1,),
    category="loss",
    summary="The negative of the score (a log probability) of each target class; the mean.",
    latex=r"\operatorname{nll}\left({0},\, {1}\right)",
    torch="torch.nn.functional.nll_loss",
    evaluate=nll,
    measure=nll_shape,
    cost=lambda x, target, **_: count(x) + count(target) + 1,
    pull=(nll_pull, no_pull),
    push=(_nll_push, no_push),
    partials=(r"-\tfrac1n e_{{1}}^{\top}", "0"),
    form="selection",
    closed=lambda slot, x, target, **_: slot == 1,
    backward=lambda x, target, **_: "NllLossBackward0" if len(x) < 3 else "NllLoss2DBackward0",
    samples=(
        sample(SCORES, np.array([1.0, 0.0])),
        sample(SCORES, np.array([1.0, -100.0])),
        sample(SCORES, np.array([2.0, 0.0]), reduction="none"),
        sample([0.5, 1.0], 1.0, reduction="sum"),
        sample(SCORES, np.array([0.0, 2.0]), reduction="sum"),
    ),
)
