"""Sums written as people write them: what terms share stands once, before or behind brackets."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from app.derive.matrix.algebra import content, monomial, transpose
from app.derive.matrix.terms import SCALAR, Atom, Form, Monomial, collected, of_atom


def factored(form: Form) -> Form:
    """The same form, common factors taken out, inside its factors too."""
    terms = list(form.terms) if form.is_scalar else _grouped(form)
    if all(len(term.chain) == 1 and not term.scalars for term in terms):
        terms.sort(key=lambda term: term.chain[0].kind == "transposed")  # A + Aᵀ, in this order
    if len(terms) > 2 or any(len(term.chain) > 1 for term in terms):
        terms.sort(key=lambda term: term.number < 0)  # B − A C; but −x + a stays, as minus (x − a)
    made = Form(form.shape, tuple(_inside(term) for term in terms))
    return made if len(made.terms) < 2 else _common(made)


def _common(form: Form) -> Form:
    """Number and scalars that all terms share, before brackets, where that leaves no fractions inside."""
    number, scalars, left = content(form)
    if (number in (1, -1) or not _is_whole(left)) and not scalars:
        return form
    if form.is_scalar:
        return Form(SCALAR, (Monomial(number, (*scalars, (Atom("paren", SCALAR, (left,)), Fraction(1)))),))
    return Form(form.shape, (Monomial(number, scalars, (Atom("paren", form.shape, (left,)),)),))


def _is_whole(form: Form) -> bool:
    """Whether all numbers are whole, and one of them is 1: then the number before the brackets is a gain."""
    return all(isinstance(t.number, Fraction) and t.number.denominator == 1 for t in form.terms)


def _grouped(form: Form) -> list[Monomial]:
    """Terms that begin or end with the same factors put together, the largest group first."""
    terms = list(form.terms)
    while True:
        best = _largest(terms)
        if best is None:
            return terms
        chosen, side = best
        together = _together(form, [terms[i] for i in chosen], side)
        terms = [together if i == chosen[0] else term for i, term in enumerate(terms) if i == chosen[0] or i not in chosen]


def _largest(terms: Sequence[Monomial]) -> tuple[list[int], int] | None:
    """The most terms that share their last (side -1) or first (side 0) factor; None where no two do."""
    groups: dict[tuple[int, str], list[int]] = {}
    for place, term in enumerate(terms):
        for side in (-1, 0):
            if len(term.chain) > 1 or (term.chain and term.chain[0].shape[0] == term.chain[0].shape[1]):
                groups.setdefault((side, term.chain[side].key), []).append(place)
    several = [(places, side) for (side, _), places in groups.items() if len(places) > 1 and _worth(terms, places)]
    return max(several, key=lambda pair: (len(pair[0]), pair[1])) if several else None


def _worth(terms: Sequence[Monomial], places: Sequence[int]) -> bool:
    """Whether brackets read better: a lone I in them only beside few others."""
    return all(len(terms[i].chain) > 1 for i in places)


def _together(form: Form, terms: Sequence[Monomial], side: int) -> Monomial:
    """Terms as one: brackets around what differs, the longest common run outside."""
    chains = [term.chain if side == 0 else term.chain[::-1] for term in terms]
    run = 0
    while all(len(c) > run + 1 for c in chains) and len({c[run].key for c in chains}) == 1:
        run += 1
    shared = chains[0][:run]
    rest = [c[run:] for c in chains]
    if side == -1:
        shared, rest = shared[::-1], [r[::-1] for r in rest]
    rows = rest[0][0].shape[0]
    columns = rest[0][-1].shape[1]
    inner = factored(collected((rows, columns), [Monomial(t.number, t.scalars, r) for t, r in zip(terms, rest, strict=True)]))
    number, scalars, left = content(inner)
    brackets = left.terms[0].chain if len(left.terms) == 1 else (Atom("paren", left.shape, (left,)),)
    chain = (*shared, *brackets) if side == 0 else (*brackets, *shared)
    return monomial(form.shape, number, scalars, chain).terms[0]


def _inside(term: Monomial) -> Monomial:
    """A term with its factors factored."""
    scalars = tuple((_atom(atom), power) for atom, power in term.scalars)
    return Monomial(term.number, scalars, tuple(_atom(atom) for atom in term.chain))


def _atom(atom: Atom) -> Atom:
    if not atom.args or atom.kind in ("transposed", "chain", "trace"):
        return atom
    if atom.kind in ("paren", "inverse"):
        turned = transpose(atom.args[0])
        if _turns(turned) < _turns(atom.args[0]):  # (X + A)ᵀ rather than Xᵀ + Aᵀ
            inner = Atom(atom.kind, turned.shape, (factored(turned),))
            if atom.kind == "paren":
                return Atom("transposed", atom.shape, (of_atom(inner),))
            whole = Atom("paren", turned.shape, (factored(turned),))
            return Atom("inverse", atom.shape, (of_atom(Atom("transposed", atom.shape, (of_atom(whole),))),))
    args = tuple(factored(form) for form in atom.args)
    return atom if args == atom.args else Atom(atom.kind, atom.shape, args, atom.name, atom.powers, atom.options, atom.traits)


def _turns(form: Form) -> int:
    """How many transposes are written."""
    return form.key.count("transposed:")
