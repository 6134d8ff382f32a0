"""What a form that is linear in a differential is linear by: the Jacobian, as a matrix or by Kronecker products."""

from __future__ import annotations

from fractions import Fraction

from app.derive.matrix import algebra as al
from app.derive.matrix.terms import SCALAR, Atom, Form, Monomial, NoForm, identity, of_atom, zero


def mentions(form: Form, name: str) -> bool:
    """Whether a symbol stands in a form."""
    return any(_in_atom(atom, name) for term in form.terms for atom in (*(a for a, _ in term.scalars), *term.chain))


def _in_atom(atom: Atom, name: str) -> bool:
    return (atom.kind == "symbol" and atom.name == name) or any(mentions(form, name) for form in atom.args)


def coefficient(form: Form, name: str, n: int) -> Form:
    """J where the form, a column or a number, is J d: ``d`` is the column of that name with n rows."""
    made = [_of_term(form, term, name, n) for term in form.terms]
    return al.add(*made) if made else zero((form.shape[0], n))


def _of_term(form: Form, term: Monomial, name: str, n: int) -> Form:
    """J of one monomial."""
    for place, (atom, power) in enumerate(term.scalars):
        if _in_atom(atom, name):
            rest = Monomial(term.number, (*term.scalars[:place], *term.scalars[place + 1 :]), term.chain)
            if power != 1 or mentions(Form(form.shape, (rest,)), name):
                raise NoForm("the differential is not linear")
            row = _of_scalar(atom, name, n)
            return al.times(Form(form.shape, (rest,)), row) if not form.is_scalar else al.scale(Form(SCALAR, (rest,)), row)
    *head, last = term.chain
    if any(_in_atom(atom, name) for atom in head):
        raise NoForm("the differential stands inside a matrix that is multiplied from both sides")
    inner = _of_factor(last, name, n)
    before = Form((form.shape[0], last.shape[0]), (Monomial(term.number, term.scalars, tuple(head)),))
    return al.times(before, inner) if head else al.scale(Form(SCALAR, (Monomial(term.number, term.scalars),)), inner)


def _of_factor(atom: Atom, name: str, n: int) -> Form:
    """J of a column that is one factor."""
    if atom.kind == "symbol":
        return identity(n)
    if atom.kind == "paren":
        return coefficient(atom.args[0], name, n)
    if atom.kind == "had":
        weights, inside = _beside(atom, name)
        return al.times(al.diag(weights), coefficient(inside, name, n))
    raise NoForm(f"the differential stands inside {atom.name or atom.kind}")


def _beside(atom: Atom, name: str) -> tuple[Form, Form]:
    """An elementwise product apart: what does not mention the differential, and the one factor that does."""
    inside = [(form, p) for form, p in zip(atom.args, atom.powers, strict=True) if mentions(form, name)]
    if len(inside) != 1 or inside[0][1] != 1:
        raise NoForm("the differential is not linear")
    weights = al.all_ones(atom.shape)
    for form, power in zip(atom.args, atom.powers, strict=True):
        if not mentions(form, name):
            weights = al.hadamard(weights, al.raised(form, power))
    return weights, inside[0][0]


def _of_scalar(atom: Atom, name: str, n: int) -> Form:
    """The row by which a number is linear."""
    if atom.kind == "paren":
        return coefficient(atom.args[0], name, n)
    if atom.kind == "symbol":
        return identity(1)
    if atom.kind == "chain":
        forms = list(atom.args)
        if not mentions(forms[-1], name):
            forms = [al.transpose(form) for form in reversed(forms)]
        if any(mentions(form, name) for form in forms[:-1]):
            raise NoForm("the differential stands inside a matrix that is multiplied from both sides")
        return al.times(*forms[:-1], coefficient(forms[-1], name, n))
    raise NoForm(f"the differential stands inside {atom.name or atom.kind}")


def kronecker(form: Form, name: str, shape: tuple[int, int]) -> Form:
    """K where vec(form) = K vec(D), columns below each other: A D B gives Bᵀ ⊗ A, U ∘ D gives diag(vec U)."""
    made = [_of_product(form, term, name, shape) for term in form.terms]
    return al.add(*made) if made else zero((form.shape[0] * form.shape[1], shape[0] * shape[1]))


def _of_product(form: Form, term: Monomial, name: str, shape: tuple[int, int]) -> Form:
    """K of one monomial."""
    outer = Form(SCALAR, (Monomial(term.number, term.scalars),))
    for place, (atom, power) in enumerate(term.scalars):
        if _in_atom(atom, name):
            rest = Form(form.shape, (Monomial(term.number, (*term.scalars[:place], *term.scalars[place + 1 :]), term.chain),))
            if power != 1 or mentions(rest, name):
                raise NoForm("the differential is not linear")
            return al.times(vec(rest), al.transpose(vec(_weights(atom, name))))
    places = [i for i, atom in enumerate(term.chain) if _in_atom(atom, name)]
    if len(places) != 1:
        raise NoForm("the differential is not linear")
    (place,) = places
    atom = term.chain[place]
    left = Form((form.shape[0], atom.shape[0]), (Monomial(Fraction(1), (), term.chain[:place]),))
    right = Form((atom.shape[1], form.shape[1]), (Monomial(Fraction(1), (), term.chain[place + 1 :]),))
    around = al.kron(al.transpose(right), left) if term.chain[:place] or term.chain[place + 1 :] else None
    inner = _vectorised(atom, name, shape)
    return al.scale(outer, inner if around is None else al.times(around, inner))


def _vectorised(atom: Atom, name: str, shape: tuple[int, int]) -> Form:
    """K of one factor."""
    if atom.kind == "symbol":
        return identity(shape[0] * shape[1])
    if atom.kind == "paren":
        return kronecker(atom.args[0], name, shape)
    if atom.kind == "transposed" and 1 in atom.shape:
        return kronecker(atom.args[0], name, shape)  # a row has the entries of its column in the same order
    if atom.kind == "transposed":
        raise NoForm("it needs dXᵀ, whose place in vec(dX) no product of these matrices gives")
    if atom.kind == "had":
        weights, inside = _beside(atom, name)
        return al.times(al.diag(vec(weights)), kronecker(inside, name, shape))
    raise NoForm(f"the differential stands inside {atom.name or atom.kind}")


def _weights(atom: Atom, name: str) -> Form:
    """G where a number is ⟨G, D⟩."""
    if atom.kind not in ("trace", "chain"):
        raise NoForm(f"the differential stands inside {atom.name or atom.kind}")
    forms = list(atom.args)
    place = next(i for i, form in enumerate(forms) if mentions(form, name))
    inner = forms[place].atom
    if inner is None or inner.kind not in ("symbol", "transposed") or any(mentions(f, name) for f in forms[place + 1 :]):
        raise NoForm("the differential is not linear")
    behind, before = forms[place + 1 :], forms[:place]
    around = [*behind, *before] if atom.kind == "trace" else None
    made = al.times(*around) if around else None
    if atom.kind == "chain":  # a number p D q is ⟨p qᵀ, D⟩
        first, last = (al.times(*part) if part else identity(inner.shape[end]) for part, end in ((before, 0), (behind, 1)))
        made = al.times(last, first)
    if made is None:
        made = identity(inner.shape[0])
    return made if inner.kind == "transposed" else al.transpose(made)


def vec(form: Form) -> Form:
    """The columns of a matrix below each other; of a vector itself."""
    if 1 in form.shape:
        return form if form.shape[1] == 1 else al.transpose(form)
    rows = form.shape[0] * form.shape[1]
    number, scalars, left = al.content(form) if form.terms else (Fraction(1), (), form)
    if left == al.all_ones(form.shape):
        return Form((rows, 1), (Monomial(number, scalars, al.all_ones((rows, 1)).terms[0].chain),))
    return Form((rows, 1), (Monomial(number, scalars, (Atom("vec", (rows, 1), (left,)),)),))


def differential(name: str, shape: tuple[int, int]) -> Form:
    """The symbol of a tangent."""
    return of_atom(Atom("symbol", shape, name=name))
