"""The derivative of a typed expression in closed form: by the reverse sweep for a number, by differentials for all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.derive.matrix import algebra as al
from app.derive.matrix.arrays import Array
from app.derive.matrix.declared import Declared
from app.derive.matrix.factor import factored
from app.derive.matrix.linear import coefficient, differential, kronecker
from app.derive.matrix.sweeps import Contribution, Recorded, recorded, reverse, tangents
from app.derive.matrix.terms import SCALAR, Form, NoForm, of_number, zero
from app.lang.program import Run

Layout = Literal["denominator", "numerator", "mixed"]
LAYOUTS: tuple[Layout, ...] = ("denominator", "numerator", "mixed")
D = "d:"
"""What marks the name of a differential."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What was recorded: the primals, and contributions (reverse) or tangents (forward) in order."""

    found: Recorded
    contributions: list[Contribution]
    tangents: list[tuple[int, Form]]
    raw: Form
    """The derivative before common factors were taken out."""
    reading: str | None = None
    """How the Jacobian was read off the differential."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A derivative: its form in numerator layout (Jacobian) or as a gradient; None where there is none, with the reason.

    ``by`` and ``of`` are the ranks of the variable and of the expression; ``linear`` is dY where it is no number.
    """

    form: Form | None
    of: int
    by: int
    sweep: Sweep | None
    linear: Form | None = None
    reason: str | None = None

    def laid(self, layout: Layout) -> Form:
        """The form in a layout: gradients are columns but in the numerator's, Jacobians are turned in the denominator's."""
        assert self.form is not None
        gradient = self.of == 0
        matrix = self.of > 0 and self.by > 0
        turned = (gradient and layout == "numerator") or (matrix and layout == "denominator")
        return factored(al.transpose(self.form)) if turned else factored(self.form)

    def sides(self, layout: Layout) -> tuple[int, ...]:
        """The shape of the derivative as an array: a gradient in numerator layout is a row, all other columns are vectors."""
        form = self.laid(layout)
        if form.is_scalar:
            return ()
        if self.of and self.by:
            return form.shape
        if form.shape[1] == 1:
            return form.shape[:1]
        return form.shape


def closed(run: Run, declared: Declared, wrt: str) -> Closed:
    """The derivative of the one output by a symbol."""
    (_, out) = run.outputs[0]
    node = run.inputs[wrt]
    of, by = np.ndim(run.tape.values[out]), np.ndim(run.tape.values[node])
    try:
        found = recorded(run, declared.symbols())
        return _gradient(found, node, by) if of == 0 else _jacobian(found, node, of, by, wrt)
    except NoForm as error:
        return Closed(None, of, by, None, reason=str(error))


def _gradient(found: Recorded, node: int, by: int) -> Closed:
    """Of a number: one reverse sweep."""
    bars, steps = reverse(found)
    x = _shape(found, node)
    form = bars[node].form if node in bars else zero(x)
    return Closed(form, 0, by, Sweep(found, steps, [], form))


def _shape(found: Recorded, node: int) -> tuple[int, int]:
    made = found.primals[node]
    assert made is not None  # inputs have a form
    return made.form.shape


def _jacobian(found: Recorded, node: int, of: int, by: int, wrt: str) -> Closed:
    """Of a vector or matrix: the differential of the expression, and what it is linear by."""
    (_, out) = found.run.outputs[0]
    x = found.primals[node]
    assert x is not None  # inputs have a form
    seed = of_number(1) if by == 0 else differential(D + wrt, x.form.shape)
    dots, order = tangents(found, {node: Array(seed, x.shape)})
    y = found.primals[out]
    if y is None:
        raise NoForm(found.reasons[out])
    form = dots[out].form if out in dots else zero(y.form.shape)
    seen = [(place, dots[place].form) for place in order if place != node]
    shown = factored(form if by else al.times(of_number(1), form))
    if by == 0:
        return Closed(form, of, by, Sweep(found, [], seen, form), shown)
    try:
        if of == 1 and by == 1:
            made, how = coefficient(form, D + wrt, x.form.shape[0]), "The matrix before the differential is the Jacobian."
        else:
            made = kronecker(form, D + wrt, x.form.shape)
            how = "vec(A dX B) is the Kronecker product of Bᵀ and A, times vec(dX), columns below each other."
    except NoForm as error:
        return Closed(None, of, by, Sweep(found, [], seen, form), shown, str(error))
    return Closed(made, of, by, Sweep(found, [], seen, form, how), shown)


def structured(form: Form, traits: frozenset[str]) -> Form:
    """The gradient by a matrix that stays diagonal, or symmetric: G + Gᵀ − G ∘ I (Matrix Cookbook 138)."""
    if "diagonal" in traits:
        return al.diag(al.diagonal(form))
    return al.add(form, al.transpose(form), al.minus(al.diag(al.diagonal(form))))


def is_row(form: Form) -> bool:
    """Whether it is a row that is no number."""
    return form.shape[0] == 1 and form.shape != SCALAR


def names_in(form: Form) -> Mapping[str, None]:
    """The symbols of a form, in order."""
    found: dict[str, None] = {}

    def visit(inner: Form) -> None:
        for term in inner.terms:
            for atom in (*(a for a, _ in term.scalars), *term.chain):
                if atom.kind == "symbol":
                    found.setdefault(atom.name)
                for part in atom.args:
                    visit(part)

    visit(form)
    return found
