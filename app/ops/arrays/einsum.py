"""einsum: a formula of labels, its shape, its value, and its derivatives as formulas again."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from app.core.diagnostic import OpError
from app.ops.arrays.rule import LINEAR, array_rule, count, sample
from app.ops.op import Shape, Value

LETTERS = string.ascii_uppercase + string.ascii_lowercase
SMALL = 4096
"""Up to this many products numpy's plain loop is faster than looking for an order of contraction."""


@dataclass(frozen=True, slots=True)
class Contraction:
    """A formula read against shapes: labels of each operand and of the result (without ellipses), and the size of each label."""

    terms: tuple[str, ...]
    result: str
    sizes: dict[str, int]

    def formula(self) -> str:
        return f"{','.join(self.terms)}->{self.result}"


@lru_cache(maxsize=512)
def contraction(formula: str, shapes: tuple[Shape, ...]) -> Contraction:
    """Read a formula; raises OpError where it does not fit the shapes."""
    left, arrow, right = formula.replace(" ", "").partition("->")
    terms = left.split(",")
    if len(terms) != len(shapes):
        raise OpError("shape.mismatch", f"The formula {formula} is of {len(terms)} operands; {len(shapes)} are given.")
    _check_labels(formula, (*terms, right))
    free = [letter for letter in LETTERS if letter not in formula]
    dots = max((len(shape) - len(_named(term)) for term, shape in zip(terms, shapes, strict=True) if "..." in term), default=0)
    common = "".join(free[: max(dots, 0)])
    spelled = tuple(_spelled(term, shape, common, formula) for term, shape in zip(terms, shapes, strict=True))
    result = right.replace("...", common) if arrow else _implied(spelled, common)
    known = set("".join(spelled))
    for label in result:
        if label not in known or result.count(label) > 1:
            raise OpError("shape.invalid", f"The result of {formula} names {label}, which must be a label of an operand, once.")
    return Contraction(spelled, result, _sizes(spelled, shapes, formula))


def _named(term: str) -> str:
    return term.replace("...", "")


def _check_labels(formula: str, parts: tuple[str, ...]) -> None:
    """Letters and at most one ellipsis a part."""
    for part in parts:
        if part.count("...") > 1 or any(c not in LETTERS for c in _named(part)):
            raise OpError("shape.invalid", f"{formula!r} is no formula of einsum.", "For instance 'ij,jk->ik'.")


def _spelled(term: str, shape: Shape, common: str, formula: str) -> str:
    """The labels of an operand, one a dimension."""
    extra = len(shape) - len(_named(term))
    if extra < 0 or (extra > 0 and "..." not in term):
        raise OpError("shape.mismatch", f"In {formula} an operand has the labels {term!r}, but {len(shape)} dimensions.")
    return term.replace("...", common[len(common) - extra :])


def _implied(terms: tuple[str, ...], common: str) -> str:
    """Without an arrow: the labels that occur once, in alphabetical order, after the ellipsis."""
    every = "".join(terms)
    return common + "".join(sorted(c for c in set(every) if every.count(c) == 1 and c not in common))


def _sizes(terms: tuple[str, ...], shapes: tuple[Shape, ...], formula: str) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for term, shape in zip(terms, shapes, strict=True):
        for label, side in zip(term, shape, strict=True):
            if sizes.get(label, 1) not in (1, side) and side != 1:
                raise OpError(
                    "shape.mismatch", f"Shapes don't fit: in {formula} the label {label} stands for {sizes[label]} and for {side}."
                )
            sizes[label] = side if side != 1 else sizes.get(label, 1)
    return sizes


def _read(formula: Any, shapes: tuple[Shape, ...]) -> Contraction:
    if not isinstance(formula, str):
        raise OpError("type.mismatch", "einsum begins with a formula, such as 'ij,jk->ik'.")
    return contraction(formula, shapes)


def _work(*shapes: Shape, formula: Any) -> int:
    return len(shapes) * count(tuple(_read(formula, shapes).sizes.values())) + 1


def _shape(*shapes: Shape, formula: Any) -> Shape:
    read = _read(formula, shapes)
    return tuple(read.sizes[label] for label in read.result)


def _einsum(*operands: Value, formula: Any) -> Value:
    shapes = tuple(map(np.shape, operands))
    read = _read(formula, shapes)
    far = len(operands) > 2 or (len(operands) == 2 and _work(*shapes, formula=formula) > SMALL)
    return np.einsum(read.formula(), *operands, optimize=("greedy", 1_000_000) if far else False)


def _pull(o: Any, bar: Value, z: Value, *operands: Value, slot: int, formula: str) -> Value:
    """The formula with bar in the place of the operand; then what it left out is repeated, summed or put on a diagonal."""
    shapes = tuple(map(np.shape, operands))
    read = _read(formula, shapes)
    mine = "".join(dict.fromkeys(read.terms[slot]))
    others = [(t, v) for k, (t, v) in enumerate(zip(read.terms, operands, strict=True)) if k != slot]
    reached = {c for c in mine if c in read.result or any(c in t for t, _ in others)}
    kept = "".join(c for c in mine if c in reached)
    inner = o.einsum(bar, *(v for _, v in others), formula=f"{','.join([read.result, *(t for t, _ in others)])}->{kept}")
    sides = dict(zip(read.terms[slot], shapes[slot], strict=True))
    wide = {c: max(sides[c], read.sizes[c]) for c in mine}
    inner = _repeat(o, inner, tuple(c in reached for c in mine), tuple(wide[c] for c in mine))
    folded = tuple(k for k, c in enumerate(mine) if sides[c] == 1 and wide[c] != 1)
    inner = o.sum(inner, dim=folded, keepdim=True) if folded else inner
    return inner if mine == read.terms[slot] else _on_diagonal(o, inner, read.terms[slot], mine, shapes[slot])


def _repeat(o: Any, x: Value, reached: tuple[bool, ...], full: Shape) -> Value:
    """Labels that only the operand has were summed, and a label may have been stretched: the adjoint is repeated over both."""
    if np.shape(x) == full:
        return x
    sides = iter(np.shape(x))
    return o.broadcast_to(o.reshape(x, shape=tuple(next(sides) if there else 1 for there in reached)), shape=full)


def _on_diagonal(o: Any, x: Value, term: str, mine: str, shape: Shape) -> Value:
    """Zeros, with x where the repeated labels agree."""
    places: dict[str, Any] = dict(zip(mine, np.indices(np.shape(x), sparse=True), strict=True))
    return o.index_put(x, shape=shape, index=tuple(places[label] for label in term))


def _grad_fn(*shapes: Shape, formula: str) -> str:
    """The last step of torch: a permutation or a sum of one operand; of several a product, or its view where something is summed."""
    read = _read(formula, shapes)
    summed = any(label not in read.result for label in read.sizes)
    if len(shapes) == 1:
        return "SumBackward1" if summed else "PermuteBackward0"
    return "ViewBackward0" if summed else "MulBackward0"


EINSUM = array_rule(
    "einsum",
    "*operands; formula",
    method=False,
    category="linear algebra",
    summary="Products summed over the labels that the result leaves out.",
    latex=r"\operatorname{einsum}_{\texttt{<formula>}}\left({*}\right)",
    evaluate=_einsum,
    measure=_shape,
    cost=_work,
    pull=_pull,
    push=LINEAR,
    partials=r"\dot{x} \mapsto \operatorname{einsum}(\dots, \dot{x}, \dots)",
    form="matmul",
    backward=_grad_fn,
    samples=(
        sample([[1.0, 2.0], [3.0, 4.0]], [[0.5, -1.0, 2.0], [1.0, 0.25, 3.0]], formula="ij,jk->ik"),
        sample([[1.0, 2.0], [3.0, 4.0]], [0.5, -1.0], formula="ij,j->"),
        sample([[1.0, 2.0], [3.0, 4.0]], formula="ii->"),
        sample([[1.0, 2.0], [3.0, 4.0]], formula="ii->i"),
        sample([[1.0, 2.0], [3.0, 4.0]], formula="ij->ji"),
        sample([[1.0, 2.0], [3.0, 4.0]], formula="ij"),
        sample([[1.0, 2.0], [3.0, 4.0]], formula="ji"),
        sample([1.0, 2.0], [3.0, 4.0], formula="i,j->ij"),
        sample([1.0, 2.0], [3.0, 4.0], formula="i,i"),
        sample([1.0, 2.0], [3.0, 4.0, 5.0], formula="i,j->i"),
        sample([1.0, 2.0], [[3.0, 4.0], [0.5, 1.0]], [5.0, -1.0], formula="i,ij,j->"),
        sample(np.linspace(-1, 1, 12).reshape(2, 2, 3), np.linspace(1, 2, 12).reshape(2, 3, 2), formula="...ij,...jk->...ik"),
        sample(np.linspace(-1, 1, 12).reshape(2, 2, 3), [[1.0, 2.0], [0.5, 1.0], [3.0, -1.0]], formula="...ij,jk->...ik"),
        sample(np.linspace(-1, 1, 8).reshape(2, 2, 2), [1.0, 2.0], formula="iij,j->i"),
        sample([[1.0], [2.0]], [3.0, 4.0], formula="ij,j->i"),
        sample(2.0, [1.0, 3.0], formula=",i->i"),
    ),
)
