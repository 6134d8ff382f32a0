"""The loss of scores, by class or by distribution: cross_entropy."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named
from app.ops.arrays.classes import (
    SCORES,
    by_index,
    class_dimension,
    class_weights,
    closed_target,
    nll,
    nll_pull,
    nll_shape,
    no_pull,
    no_push,
    picked,
    terms_shape,
)
from app.ops.arrays.losses import known
from app.ops.arrays.normalised import log_softmax, softmax
from app.ops.arrays.rule import array_rule, count, plain, primal, sample
from app.ops.op import Shape, Value


def _cross_shape(x: Shape, target: Shape, reduction: Any = "mean", **a: Any) -> Shape:
    if by_index(x, target) or not x:
        return nll_shape(x, target, reduction)
    known(reduction)
    if x != target:
        raise OpError("shape.mismatch", f"Probabilities need the shape of the scores: {named(x)}, not {named(target)}.")
    return terms_shape(x) if reduction == "none" else ()


def _smoothed(o: Any, logs: Value, target: Value, shape: Shape, reduction: str, label_smoothing: float, ignore_index: int) -> Value:
    """The loss of log probabilities in operations, for class indices: the target class's part and everybody's."""
    loss = o.nll_loss(logs, target, reduction=reduction, ignore_index=ignore_index)
    if not label_smoothing:
        return loss
    _, counts = picked(shape, primal(target), ignore_index)
    weights = np.asarray(class_weights(counts, reduction))
    everybody = o.mul(-o.sum(logs, dim=class_dimension(shape)), weights if weights.ndim else float(weights))
    everybody = everybody if reduction == "none" else o.sum(everybody)
    return loss * (1.0 - label_smoothing) + everybody * (label_smoothing / max(1, shape[class_dimension(shape)]))


def _even_target(o: Any, target: Value, shape: Shape, label_smoothing: float) -> Value:
    """Probabilities, moved towards even ones."""
    return target * (1.0 - label_smoothing) + label_smoothing / max(1, shape[class_dimension(shape)]) if label_smoothing else target


def _ways(shape: Shape, reduction: str) -> float:
    return float(max(1, count(terms_shape(shape)))) if reduction == "mean" else 1.0


class _Plain:
    """The operations that the value of cross_entropy needs, on numbers."""

    nll_loss = staticmethod(nll)
    sum = staticmethod(lambda x, dim=None: np.sum(x, axis=dim))
    mul = staticmethod(np.multiply)


def _cross_entropy(x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100) -> Value:
    if not 0.0 <= label_smoothing <= 1.0:
        raise OpError("value.domain", f"label_smoothing is between 0 and 1, not {label_smoothing}.")
    logs = log_softmax(x, class_dimension(x.shape))
    if by_index(x.shape, np.shape(target)):
        return _smoothed(_Plain, logs, target, x.shape, reduction, label_smoothing, ignore_index)
    terms = -np.sum(logs * _even_target(_Plain, target, x.shape, label_smoothing), axis=class_dimension(x.shape))
    return terms if reduction == "none" else np.divide(np.sum(terms), _ways(x.shape, reduction))


def _log_bar(o: Any, bar: Value, x: Value, target: Value, reduction: str, label_smoothing: float, ignore_index: int) -> Value:
    """The adjoint of the log probabilities."""
    shape, place = np.shape(x), class_dimension(np.shape(x))
    if not by_index(shape, np.shape(target)):
        return o.mul(-_class_bar(o, bar, shape, reduction), _even_target(o, target, shape, label_smoothing))
    flow = nll_pull(o, bar, None, x, target, reduction=reduction, ignore_index=ignore_index)
    if not label_smoothing:
        return flow
    _, counts = picked(shape, primal(target), ignore_index)
    weights = o.mul(-bar, np.asarray(class_weights(counts, reduction)))
    everybody = o.broadcast_to(o.unsqueeze(weights, dim=place), shape=shape)
    return flow * (1.0 - label_smoothing) + everybody * (label_smoothing / max(1, shape[place]))


def _class_bar(o: Any, bar: Value, shape: Shape, reduction: str) -> Value:
    """The adjoint of each term, along the classes."""
    each = bar if reduction == "sum" else o.div(bar, _ways(shape, reduction))
    return o.broadcast_to(o.unsqueeze(bar, dim=class_dimension(shape)) if reduction == "none" else each, shape=shape)


def _cross_pull_numbers(bar: Value, x: Value, target: Value, reduction: str, ignore_index: int) -> Value:
    """The same for class indices, on numbers: softmax less 1 at the target, weighted."""
    place = class_dimension(x.shape)
    index, counts = picked(x.shape, target, ignore_index)
    flow = softmax(x, place)
    flow[index] -= 1.0
    flow *= np.expand_dims(bar * class_weights(counts, reduction), place)
    return flow


def _cross_pull(
    o: Any, bar: Value, z: Value, x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100
) -> Value:
    """The adjoint of log_softmax, applied to that of the log probabilities."""
    if plain(o) and by_index(np.shape(x), np.shape(target)) and not label_smoothing:
        return _cross_pull_numbers(bar, x, target, reduction, ignore_index)
    place = class_dimension(np.shape(x))
    flow = _log_bar(o, bar, x, target, reduction, label_smoothing, ignore_index)
    return flow - o.softmax(x, dim=place) * o.sum(flow, dim=place, keepdim=True)


def _cross_push(
    o: Any, dot: Value, z: Value, x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100
) -> Value:
    shape, place = np.shape(x), class_dimension(np.shape(x))
    logs = dot - o.sum(dot * o.softmax(x, dim=place), dim=place, keepdim=True)
    if by_index(shape, np.shape(target)):
        return _smoothed(o, logs, target, shape, reduction, label_smoothing, ignore_index)
    return _class_sum(o, logs * _even_target(o, target, shape, label_smoothing), shape, reduction)


def _class_sum(o: Any, products: Value, shape: Shape, reduction: str) -> Value:
    """The loss whose terms are the negative sums over classes."""
    terms = -o.sum(products, dim=class_dimension(shape))
    return terms if reduction == "none" else o.div(o.sum(terms), _ways(shape, reduction))


def _target_pull(
    o: Any, bar: Value, z: Value, x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100
) -> Value:
    shape = np.shape(x)
    if by_index(shape, np.shape(target)):
        return no_pull(o, bar, z, x, target)
    return o.mul(-_class_bar(o, bar, shape, reduction), o.log_softmax(x, dim=class_dimension(shape))) * (1.0 - label_smoothing)


def _target_push(
    o: Any, dot: Value, z: Value, x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100
) -> Value:
    shape = np.shape(x)
    if by_index(shape, np.shape(target)):
        return no_push(o, dot, z, x, target)
    return _class_sum(o, o.log_softmax(x, dim=class_dimension(shape)) * dot * (1.0 - label_smoothing), shape, reduction)


CROSS_ENTROPY = array_rule(
    "cross_entropy",
    "x, target; reduction='mean', label_smoothing=0.0, ignore_index=-100",
    method=False,
    category="loss",
    summary="The cross entropy of scores (logits) and classes, given by index or by probabilities; the mean.",
    latex=r"\operatorname{ce}\left({0},\, {1}\right)",
    torch="torch.nn.functional.cross_entropy",
    evaluate=_cross_entropy,
    measure=_cross_shape,
    cost=lambda x, target, **_: 6 * count(x) + 1,
    pull=(_cross_pull, _target_pull),
    push=(_cross_push, _target_push),
    partials=(r"\tfrac1n \left(\operatorname{softmax}({0}) - {1}\right)", r"-\tfrac1n \log\operatorname{softmax}({0})"),
    form="dense",
    closed=closed_target,
    backward=lambda x, target, reduction="mean", label_smoothing=0.0, **_: _cross_grad_fn(x, target, reduction, label_smoothing),
    samples=(
        sample(SCORES, np.array([1.0, 0.0])),
        sample(SCORES, np.array([1.0, 0.0]), reduction="sum", label_smoothing=0.1),
        sample(SCORES, np.array([1.0, -100.0]), reduction="none"),
        sample(SCORES, [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]]),
        sample(SCORES, [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]], reduction="none", label_smoothing=0.2),
        sample([0.5, 1.0, -1.0], 2.0),
        sample([0.5, 1.0, -1.0], [0.2, 0.3, 0.5]),
        sample(np.sin(np.arange(12.0)).reshape(1, 3, 2, 2), np.array([[[0.0, 1.0], [2.0, 1.0]]])),
    ),
)


def _cross_grad_fn(x: Shape, target: Shape, reduction: str, label_smoothing: float) -> str:
    if by_index(x, target):
        return "AddBackward0" if label_smoothing else "NllLossBackward0" if len(x) < 3 else "NllLoss2DBackward0"
    return {"mean": "DivBackward1", "sum": "NegBackward0", "none": "NegBackward0"}[reduction]
