"""Losses of classes: nll_loss, cross_entropy."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.axes import named
from app.ops.arrays.indexing import out_of_range
from app.ops.arrays.losses import known
from app.ops.arrays.normalised import log_softmax, softmax
from app.ops.arrays.rule import array_rule, count, plain, primal, sample
from app.ops.op import Shape, Value


def _classes(x: Shape) -> int:
    """The dimension of the classes."""
    return 0 if len(x) == 1 else 1


def _terms_shape(x: Shape) -> Shape:
    return x[: _classes(x)] + x[_classes(x) + 1 :]


def _by_index(x: Shape, target: Shape) -> bool:
    """Whether the target holds class indices, not probabilities."""
    return len(target) < len(x)


def _nll_shape(x: Shape, target: Shape, reduction: Any = "mean", **_: Any) -> Shape:
    known(reduction)
    if not x or target != _terms_shape(x):
        wanted = named(_terms_shape(x)) if x else "scores"
        raise OpError("shape.mismatch", f"The scores are {named(x)}; then the class indices must be {wanted}, not {named(target)}.")
    return target if reduction == "none" else ()


def _cross_shape(x: Shape, target: Shape, reduction: Any = "mean", **a: Any) -> Shape:
    if _by_index(x, target) or not x:
        return _nll_shape(x, target, reduction)
    known(reduction)
    if x != target:
        raise OpError("shape.mismatch", f"Probabilities need the shape of the scores: {named(x)}, not {named(target)}.")
    return _terms_shape(x) if reduction == "none" else ()


def _picked(x: Shape, target: Any, ignore_index: Any) -> tuple[tuple[Any, ...], Any]:
    """The index of each target's score, and a mask of the targets that count."""
    classes = np.asarray(target)
    numbers = classes.astype(np.int64)
    if not np.array_equal(numbers, classes):
        raise OpError("type.mismatch", "Class indices are whole numbers.", "Probabilities have the shape of the scores.")
    counts = numbers != ignore_index
    place = _classes(x)
    outside = numbers[counts & ((numbers < 0) | (numbers >= x[place]))]
    if outside.size:
        raise out_of_range(int(outside.flat[0]), x[place])
    rest: list[Any] = [np.arange(numbers.size)] if numbers.ndim == 1 else list(np.indices(numbers.shape, sparse=True))
    rest.insert(place, np.where(counts, numbers, 0))
    return tuple(rest), counts


def _class_weights(counts: Any, reduction: str) -> Any:
    """What each term weighs: a constant."""
    return counts / np.sum(counts) if reduction == "mean" else counts * 1.0


def _nll(x: Value, target: Value, reduction: str = "mean", ignore_index: int = -100) -> Value:
    index, counts = _picked(x.shape, target, ignore_index)
    terms = np.where(counts, -x[index], 0.0)
    return terms if reduction == "none" else np.sum(terms) if reduction == "sum" else np.divide(np.sum(terms), np.sum(counts))


def _nll_pull(o: Any, bar: Value, z: Value, x: Value, target: Value, reduction: str = "mean", ignore_index: int = -100) -> Value:
    index, counts = _picked(np.shape(x), primal(target), ignore_index)
    terms = o.mul(-bar, np.asarray(_class_weights(counts, reduction)))
    shape = np.broadcast_shapes(*(np.shape(i) for i in index))
    return o.index_put(o.reshape(terms, shape=shape), shape=np.shape(x), index=_arrays(index))


def _arrays(index: tuple[Any, ...]) -> tuple[Any, ...]:
    """0-d positions as plain numbers."""
    return tuple(int(i) if np.ndim(i) == 0 else i for i in index)


def _nll_push(o: Any, dot: Value, z: Value, x: Value, target: Value, reduction: str = "mean", ignore_index: int = -100) -> Value:
    index, counts = _picked(np.shape(x), primal(target), ignore_index)
    weights = _class_weights(counts, reduction)
    terms = o.mul(-o.index(dot, index=_arrays(index)), np.asarray(weights) if np.ndim(weights) else float(weights))
    return terms if reduction == "none" else o.sum(terms)


def _closed_target(slot: int, x: Shape, target: Shape, **_: Any) -> bool:
    return slot == 1 and _by_index(x, target)


def _no_pull(o: Any, bar: Value, z: Value, x: Value, target: Value, **_: Any) -> Value:
    """Nothing flows into class indices; for whoever asks all the same, zeros."""
    return np.zeros(np.shape(target))


def _no_push(o: Any, dot: Value, z: Value, x: Value, target: Value, **_: Any) -> Value:
    return o.mul(0.0, z)


_SCORES = [[0.2, -0.3, 0.5], [1.0, 0.0, -1.0]]

NLL_LOSS = array_rule(
    "nll_loss",
    "x, target; reduction='mean', ignore_index=-100",
    method=False,
    reads=(1,),
    category="loss",
    summary="The negative of the score (a log probability) of each target class; the mean.",
    latex=r"\operatorname{nll}\left({0},\, {1}\right)",
    torch="torch.nn.functional.nll_loss",
    evaluate=_nll,
    measure=_nll_shape,
    cost=lambda x, target, **_: count(x) + count(target) + 1,
    pull=(_nll_pull, _no_pull),
    push=(_nll_push, _no_push),
    partials=(r"-\tfrac1n e_{{1}}^{\top}", "0"),
    form="selection",
    closed=lambda slot, x, target, **_: slot == 1,
    backward=lambda x, target, **_: "NllLossBackward0" if len(x) < 3 else "NllLoss2DBackward0",
    samples=(
        sample(_SCORES, np.array([1.0, 0.0])),
        sample(_SCORES, np.array([1.0, -100.0])),
        sample(_SCORES, np.array([2.0, 0.0]), reduction="none"),
        sample([0.5, 1.0], 1.0, reduction="sum"),
        sample(_SCORES, np.array([0.0, 2.0]), reduction="sum"),
    ),
)


def _smoothed(o: Any, logs: Value, target: Value, shape: Shape, reduction: str, label_smoothing: float, ignore_index: int) -> Value:
    """The loss of log probabilities in operations, for class indices: the target class's part and everybody's."""
    loss = o.nll_loss(logs, target, reduction=reduction, ignore_index=ignore_index)
    if not label_smoothing:
        return loss
    _, counts = _picked(shape, primal(target), ignore_index)
    weights = np.asarray(_class_weights(counts, reduction))
    everybody = o.mul(-o.sum(logs, dim=_classes(shape)), weights if weights.ndim else float(weights))
    everybody = everybody if reduction == "none" else o.sum(everybody)
    return loss * (1.0 - label_smoothing) + everybody * (label_smoothing / max(1, shape[_classes(shape)]))


def _even_target(o: Any, target: Value, shape: Shape, label_smoothing: float) -> Value:
    """Probabilities, moved towards even ones."""
    return target * (1.0 - label_smoothing) + label_smoothing / max(1, shape[_classes(shape)]) if label_smoothing else target


def _ways(shape: Shape, reduction: str) -> float:
    return float(max(1, count(_terms_shape(shape)))) if reduction == "mean" else 1.0


class _Plain:
    """The operations that the value of cross_entropy needs, on numbers."""

    nll_loss = staticmethod(_nll)
    sum = staticmethod(lambda x, dim=None: np.sum(x, axis=dim))
    mul = staticmethod(np.multiply)


def _cross_entropy(x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100) -> Value:
    if not 0.0 <= label_smoothing <= 1.0:
        raise OpError("value.domain", f"label_smoothing is between 0 and 1, not {label_smoothing}.")
    logs = log_softmax(x, _classes(x.shape))
    if _by_index(x.shape, np.shape(target)):
        return _smoothed(_Plain, logs, target, x.shape, reduction, label_smoothing, ignore_index)
    terms = -np.sum(logs * _even_target(_Plain, target, x.shape, label_smoothing), axis=_classes(x.shape))
    return terms if reduction == "none" else np.divide(np.sum(terms), _ways(x.shape, reduction))


def _log_bar(o: Any, bar: Value, x: Value, target: Value, reduction: str, label_smoothing: float, ignore_index: int) -> Value:
    """The adjoint of the log probabilities."""
    shape, place = np.shape(x), _classes(np.shape(x))
    if not _by_index(shape, np.shape(target)):
        return o.mul(-_class_bar(o, bar, shape, reduction), _even_target(o, target, shape, label_smoothing))
    flow = _nll_pull(o, bar, None, x, target, reduction=reduction, ignore_index=ignore_index)
    if not label_smoothing:
        return flow
    _, counts = _picked(shape, primal(target), ignore_index)
    weights = o.mul(-bar, np.asarray(_class_weights(counts, reduction)))
    everybody = o.broadcast_to(o.unsqueeze(weights, dim=place), shape=shape)
    return flow * (1.0 - label_smoothing) + everybody * (label_smoothing / max(1, shape[place]))


def _class_bar(o: Any, bar: Value, shape: Shape, reduction: str) -> Value:
    """The adjoint of each term, along the classes."""
    each = bar if reduction == "sum" else o.div(bar, _ways(shape, reduction))
    return o.broadcast_to(o.unsqueeze(bar, dim=_classes(shape)) if reduction == "none" else each, shape=shape)


def _cross_pull_numbers(bar: Value, x: Value, target: Value, reduction: str, ignore_index: int) -> Value:
    """The same for class indices, on numbers: softmax less 1 at the target, weighted."""
    place = _classes(x.shape)
    index, counts = _picked(x.shape, target, ignore_index)
    flow = softmax(x, place)
    flow[index] -= 1.0
    flow *= np.expand_dims(bar * _class_weights(counts, reduction), place)
    return flow


def _cross_pull(
    o: Any, bar: Value, z: Value, x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100
) -> Value:
    """The adjoint of log_softmax, applied to that of the log probabilities."""
    if plain(o) and _by_index(np.shape(x), np.shape(target)) and not label_smoothing:
        return _cross_pull_numbers(bar, x, target, reduction, ignore_index)
    place = _classes(np.shape(x))
    flow = _log_bar(o, bar, x, target, reduction, label_smoothing, ignore_index)
    return flow - o.softmax(x, dim=place) * o.sum(flow, dim=place, keepdim=True)


def _cross_push(
    o: Any, dot: Value, z: Value, x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100
) -> Value:
    shape, place = np.shape(x), _classes(np.shape(x))
    logs = dot - o.sum(dot * o.softmax(x, dim=place), dim=place, keepdim=True)
    if _by_index(shape, np.shape(target)):
        return _smoothed(o, logs, target, shape, reduction, label_smoothing, ignore_index)
    return _class_sum(o, logs * _even_target(o, target, shape, label_smoothing), shape, reduction)


def _class_sum(o: Any, products: Value, shape: Shape, reduction: str) -> Value:
    """The loss whose terms are the negative sums over classes."""
    terms = -o.sum(products, dim=_classes(shape))
    return terms if reduction == "none" else o.div(o.sum(terms), _ways(shape, reduction))


def _target_pull(
    o: Any, bar: Value, z: Value, x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100
) -> Value:
    shape = np.shape(x)
    if _by_index(shape, np.shape(target)):
        return _no_pull(o, bar, z, x, target)
    return o.mul(-_class_bar(o, bar, shape, reduction), o.log_softmax(x, dim=_classes(shape))) * (1.0 - label_smoothing)


def _target_push(
    o: Any, dot: Value, z: Value, x: Value, target: Value, reduction: str = "mean", label_smoothing: float = 0.0, ignore_index: int = -100
) -> Value:
    shape = np.shape(x)
    if _by_index(shape, np.shape(target)):
        return _no_push(o, dot, z, x, target)
    return _class_sum(o, o.log_softmax(x, dim=_classes(shape)) * dot * (1.0 - label_smoothing), shape, reduction)


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
    closed=_closed_target,
    backward=lambda x, target, reduction="mean", label_smoothing=0.0, **_: _cross_grad_fn(x, target, reduction, label_smoothing),
    samples=(
        sample(_SCORES, np.array([1.0, 0.0])),
        sample(_SCORES, np.array([1.0, 0.0]), reduction="sum", label_smoothing=0.1),
        sample(_SCORES, np.array([1.0, -100.0]), reduction="none"),
        sample(_SCORES, [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]]),
        sample(_SCORES, [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]], reduction="none", label_smoothing=0.2),
        sample([0.5, 1.0, -1.0], 2.0),
        sample([0.5, 1.0, -1.0], [0.2, 0.3, 0.5]),
        sample(np.sin(np.arange(12.0)).reshape(1, 3, 2, 2), np.array([[[0.0, 1.0], [2.0, 1.0]]])),
    ),
)


def _cross_grad_fn(x: Shape, target: Shape, reduction: str, label_smoothing: float) -> str:
    if _by_index(x, target):
        return "AddBackward0" if label_smoothing else "NllLossBackward0" if len(x) < 3 else "NllLoss2DBackward0"
    return {"mean": "DivBackward1", "sum": "NegBackward0", "none": "NegBackward0"}[reduction]


CLASSES = (NLL_LOSS, CROSS_ENTROPY)
