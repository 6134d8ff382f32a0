"""Sums, products, transposes and inverses of forms, each simplified as it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from app.derive.matrix.terms import (
    SCALAR,
    Atom,
    Form,
    Monomial,
    NoForm,
    Number,
    Scalars,
    Shape,
    collected,
    identity,
    of_atom,
    of_number,
    size_of,
    zero,
)

# ------------------------------------------------------------ sums


def add(*forms: Form) -> Form:
    """The sum; all of one shape."""
    shape = forms[0].shape
    assert all(form.shape == shape for form in forms), [form.shape for form in forms]
    return collected(shape, [term for form in forms for term in form.terms])


def scaled(number: Number, form: Form) -> Form:
    """A number times a form."""
    return collected(form.shape, [Monomial(_product(number, t.number), t.scalars, t.chain) for t in form.terms])


def minus(form: Form) -> Form:
    """The opposite."""
    return scaled(Fraction(-1), form)


def _product(a: Number, b: Number) -> Number:
    return a * b


def content(form: Form) -> tuple[Number, Scalars, Form]:
    """Number and scalars that all monomials share, and what is left; the first one is positive then."""
    numbers = [term.number for term in form.terms]
    exact = [n for n in numbers if isinstance(n, Fraction)]
    common = size_of(numbers[0])
    if len(exact) == len(numbers):
        common = Fraction(gcd(*[n.numerator for n in exact]), lcm(*[n.denominator for n in exact]))
    if numbers[0] < 0:
        common = -common
    shared = _shared([dict(term.scalars) for term in form.terms])
    left = [Monomial(term.number / common, _merged(term.scalars, [(a, -p) for a, p in shared]), term.chain) for term in form.terms]
    return common, tuple(shared), Form(form.shape, tuple(left))


def _shared(all_scalars: Sequence[dict[Atom, Number]]) -> list[tuple[Atom, Number]]:
    """The powers of scalars that all have."""
    first, *others = all_scalars
    found = []
    for atom, power in first.items():
        powers = [power, *(o[atom] for o in others if atom in o)]
        if len(powers) <= len(others):
            continue
        if all(p > 0 for p in powers):
            found.append((atom, min(powers)))
        elif all(p < 0 for p in powers):
            found.append((atom, max(powers)))
    return found


def paren(form: Form) -> tuple[Number, Scalars, Atom]:
    """A sum as one factor, with what could be taken out of it."""
    number, scalars, left = content(form)
    return number, scalars, Atom("paren", form.shape, (left,))


# ------------------------------------------------------------ scalars


def _merged(a: Iterable[tuple[Atom, Number]], b: Iterable[tuple[Atom, Number]]) -> Scalars:
    """The product of scalars: their exponents added."""
    found: dict[Atom, Number] = dict(a)
    for atom, power in b:
        found[atom] = found.get(atom, Fraction(0)) + power
    return tuple(sorted(((atom, power) for atom, power in found.items() if power != 0), key=lambda pair: pair[0].key))


def scale(scalar: Form, form: Form) -> Form:
    """A scalar times a form."""
    assert scalar.is_scalar
    if not scalar.terms:
        return zero(form.shape)
    if len(scalar.terms) == 1:
        (factor,) = scalar.terms
        number, scalars = factor.number, factor.scalars
    else:
        number, scalars, atom = paren(scalar)
        scalars = _merged(scalars, [(atom, Fraction(1))])
    made = [Monomial(_product(number, t.number), _merged(scalars, t.scalars), t.chain) for t in form.terms]
    return collected(form.shape, made)


def power(scalar: Form, exponent: Number) -> Form:
    """A scalar to a power: inside a root nothing is taken apart that may be negative."""
    number = scalar.number
    if number is not None:
        return of_number(number**exponent) if number or exponent >= 0 else _refuse("a division by 0")
    if exponent == 0:
        return of_number(1)
    whole = Fraction(exponent).denominator == 1
    if len(scalar.terms) == 1:
        (term,) = scalar.terms
        simple = term.number == 1 and len(term.scalars) == 1 and term.scalars[0][1] == 1
        if whole or simple:
            root = term.number ** int(exponent) if whole else Fraction(1)
            return Form(SCALAR, (Monomial(root, tuple((a, p * exponent) for a, p in term.scalars)),))
        return of_atom(Atom("paren", SCALAR, (scalar,)), exponent)
    if whole:
        number, scalars, atom = paren(scalar)
        outer = tuple((a, p * exponent) for a, p in scalars)
        return Form(SCALAR, (Monomial(number ** int(exponent), _merged(outer, [(atom, Fraction(exponent))])),))
    return of_atom(Atom("paren", SCALAR, (scalar,)), exponent)


def _refuse(why: str) -> Form:
    raise NoForm(why)


# ------------------------------------------------------------ products


def times(*forms: Form) -> Form:
    """The matrix product; a factor of one number scales."""
    return reduce(_times, forms)


def _times(a: Form, b: Form) -> Form:
    if a.is_scalar:
        return scale(a, b)
    if b.is_scalar:
        return scale(b, a)
    assert a.shape[1] == b.shape[0], (a.shape, b.shape)
    shape = (a.shape[0], b.shape[1])
    if not a.terms or not b.terms:
        return zero(shape)
    left, right = _factor(a), _factor(b)
    return monomial(shape, _product(left.number, right.number), _merged(left.scalars, right.scalars), (*left.chain, *right.chain))


def _factor(form: Form) -> Monomial:
    """A form as one monomial: a sum becomes a factor in brackets."""
    if len(form.terms) == 1:
        return form.terms[0]
    number, scalars, atom = paren(form)
    return Monomial(number, scalars, (atom,))


def monomial(shape: Shape, number: Number, scalars: Scalars, factors: Sequence[Atom]) -> Form:
    """One monomial with its chain simplified: inverses cancelled, scalars inside taken out, diagonals applied to vectors."""
    chain = _cancelled(factors)
    outside: Scalars = scalars
    rest: list[Atom] = []
    for part in _segments(chain):
        if part[0].shape[0] == 1 and part[-1].shape[1] == 1:
            inner = _inner(part)
            number = _product(number, inner.number)
            outside = _merged(outside, inner.scalars)
        else:
            applied = _applied(part)
            number, outside = _product(number, applied.number), _merged(outside, applied.scalars)
            rest += applied.chain
    return Form(shape, (Monomial(number, outside, tuple(rest)),))


def _segments(chain: Sequence[Atom]) -> list[list[Atom]]:
    """The chain cut after every factor of one column: what begins with one row and ends so is a number."""
    parts: list[list[Atom]] = [[]]
    for atom in chain:
        parts[-1].append(atom)
        if atom.shape[1] == 1:
            parts.append([])
    return [part for part in parts if part]


def _cancelled(factors: Sequence[Atom]) -> list[Atom]:
    """The chain without factors that stand beside their inverses."""
    chain: list[Atom] = []
    for atom in factors:
        chain.append(atom)
        _cancel_end(chain)
    return chain


def _cancel_end(chain: list[Atom]) -> None:
    """Take the end of a chain away if it multiplies to I: an inverse behind what it undoes, or before it."""
    undone = inverse_chain(chain[-1])
    if undone and tuple(chain[-1 - len(undone) : -1]) == undone:
        del chain[-1 - len(undone) :]
        return
    for place in range(len(chain) - 2, -1, -1):
        undone = inverse_chain(chain[place])
        if undone and tuple(chain[place + 1 :]) == undone:
            del chain[place:]
            return


def inverse_chain(atom: Atom) -> tuple[Atom, ...] | None:
    """The factors whose product undoes a factor, if it is known to have one."""
    if atom.kind == "inverse":
        (form,) = atom.args
        (term,) = form.terms if len(form.terms) == 1 else (None,)
        if term is None:
            return (Atom("paren", form.shape, (form,)),)
        return term.chain if term.number == 1 and not term.scalars else None
    if "orthogonal" in atom.traits:
        return (transposed_atom(atom),)
    return None


def _inner(chain: Sequence[Atom]) -> Monomial:
    """A chain that is one number, with its diagonals applied."""
    applied = _applied(chain)
    inner = inner_product(applied.chain) if applied.chain else Monomial(Fraction(1))
    return Monomial(_product(applied.number, inner.number), _merged(applied.scalars, inner.scalars))


def inner_product(chain: Sequence[Atom]) -> Monomial:
    """A chain that is one number: itself or its transpose, whichever comes first; 1ᵀ(a ⊙ b) is aᵀb, 1ᵀ1 a size."""
    if len(chain) == 1:
        return Monomial(Fraction(1), ((chain[0], Fraction(1)),))
    turned = [transposed_atom(atom) for atom in reversed(chain)]
    if len(chain) == 2 and chain[1].kind == "ones":
        chain, turned = turned, list(chain)
    if len(chain) == 2 and transposed_atom(chain[0]).kind == "ones":
        last = chain[1]
        if last.kind == "ones":
            return size(last.shape[0]).terms[0]
        if last.kind == "diagonal":
            return _factor(trace_of(_factor(last.args[0]).chain, last.shape[0]))
        if last.kind == "had" and len(last.args) == 2 and all(p == 1 for p in last.powers):
            return _factor(_times(transpose(last.args[0]), last.args[1]))
    if len(chain) == 3 and chain[2].kind == "ones" and chain[1].kind == "had" and _frobenius(chain[1]):
        return _factor(trace_of(_factor(_times(transpose(chain[1].args[0]), chain[1].args[1])).chain, chain[1].shape[1]))
    best = min((list(chain), turned), key=lambda c: (c[0].kind != "transposed", "·".join(a.key for a in c)))
    return Monomial(Fraction(1), ((Atom("chain", SCALAR, tuple(of_atom(atom) for atom in best)), Fraction(1)),))


def _frobenius(atom: Atom) -> bool:
    """Whether the sum of an elementwise product of two is written as a trace: where one of them is turned or inverted."""
    turned = any(form.atom is not None and form.atom.kind in ("transposed", "inverse") for form in atom.args)
    return len(atom.args) == 2 and all(p == 1 for p in atom.powers) and turned


def trace_of(chain: Sequence[Atom], n: int) -> Form:
    """The trace of a product: blind to the order around the circle, of an outer product an inner one."""
    if not chain:
        return size(n)
    cut = next((i for i, atom in enumerate(chain[:-1]) if atom.shape[1] == 1), None)
    if cut is not None:
        return monomial(SCALAR, Fraction(1), (), (*chain[cut + 1 :], *chain[: cut + 1]))
    if len(chain) == 1 and chain[0].kind == "kron":
        left, right = (add(*(_trace_term(t, f.shape[0]) for t in f.terms)) for f in chain[0].args)
        return scale(left, right)
    turned = [transposed_atom(atom) for atom in reversed(chain)]
    rounds = [c[i:] + c[:i] for c in (list(chain), turned) for i in range(len(c))]
    plain = min(rounds, key=lambda c: (sum(a.kind == "transposed" for a in c), "·".join(a.key for a in c)))
    return of_atom(Atom("trace", SCALAR, tuple(of_atom(atom) for atom in plain)))


def _trace_term(term: Monomial, n: int) -> Form:
    """The trace of a monomial."""
    return scale(Form(SCALAR, (Monomial(term.number, term.scalars),)), trace_of(term.chain, n))


def size(n: int) -> Form:
    """A number of rows, as a letter."""
    return of_atom(Atom("size", SCALAR, name=str(n)))


def _applied(chain: Sequence[Atom]) -> Monomial:
    """A part of a chain, diagonal matrices in it made elementwise products where they meet a vector."""
    if any(atom.kind == "diag" for atom in chain):
        if chain[-1].shape[1] == 1:
            place = max(i for i, atom in enumerate(chain) if atom.kind == "diag")
            made = hadamard(chain[place].args[0], _as_form(chain[place + 1 :]))
            return _factor(_times(_as_form(chain[:place]), made) if place else made)
        if chain[0].shape[0] == 1:
            turned = _applied([transposed_atom(a) for a in reversed(chain)])
            return Monomial(turned.number, turned.scalars, tuple(transposed_atom(a) for a in reversed(turned.chain)))
    return Monomial(Fraction(1), (), tuple(chain))


def _as_form(chain: Sequence[Atom]) -> Form:
    shape = (chain[0].shape[0], chain[-1].shape[1])
    return Form(shape, (Monomial(Fraction(1), (), tuple(chain)),))


# ------------------------------------------------------------ elementwise products


def hadamard(a: Form, b: Form) -> Form:
    """The product element by element; a single number scales."""
    if a.is_scalar:
        return scale(a, b)
    if b.is_scalar:
        return scale(b, a)
    assert a.shape == b.shape, (a.shape, b.shape)
    if not a.terms or not b.terms:
        return zero(a.shape)
    left, right = _bases(a), _bases(b)
    powers: dict[Form, Number] = dict(left[2])
    for base, exponent in right[2].items():
        powers[base] = powers.get(base, Fraction(0)) + exponent
    return _had(a.shape, _product(left[0], right[0]), _merged(left[1], right[1]), powers)


def raised(form: Form, exponent: Number) -> Form:
    """Every element to a power."""
    if form.is_scalar:
        return power(form, exponent)
    if exponent == 0:
        return all_ones(form.shape)
    if not form.terms:
        return form if exponent > 0 else _refuse("a division by 0")
    number, scalars, powers = _bases(form)
    whole = Fraction(exponent).denominator == 1
    if not whole and (number != 1 or scalars or any(p != 1 for p in powers.values())):
        return _had(form.shape, Fraction(1), (), {form: exponent})
    outer = tuple((atom, p * exponent) for atom, p in scalars)
    root = number ** int(exponent) if whole else Fraction(1)
    return _had(form.shape, root, outer, {base: p * exponent for base, p in powers.items()})


def _bases(form: Form) -> tuple[Number, Scalars, dict[Form, Number]]:
    """Number, scalars, and the factors of an elementwise product with their exponents."""
    if len(form.terms) > 1:
        number, scalars, atom = paren(form)
        return number, scalars, {atom.args[0]: Fraction(1)}
    (term,) = form.terms
    if len(term.chain) == 1 and term.chain[0].kind == "had":
        (atom,) = term.chain
        return term.number, term.scalars, dict(zip(atom.args, atom.powers, strict=True))
    if len(term.chain) == 1 and term.chain[0].kind == "paren":
        return term.number, term.scalars, {term.chain[0].args[0]: Fraction(1)}
    return term.number, term.scalars, {Form(form.shape, (Monomial(Fraction(1), (), term.chain),)): Fraction(1)}


def _had(shape: Shape, number: Number, scalars: Scalars, powers: dict[Form, Number]) -> Form:
    """A normal elementwise product: ones left out, the identity a diagonal."""
    everywhere = all_ones(shape)
    left = {base: p for base, p in powers.items() if p != 0 and base != everywhere}
    if not left:
        return Form(shape, tuple(Monomial(number, scalars, t.chain) for t in everywhere.terms))
    eye = next((base for base in left if base.is_identity), None)
    if eye is not None:
        rest = {base: p for base, p in left.items() if base is not eye}
        if not rest:
            return Form(shape, (Monomial(number, scalars),))
        inner = _had(shape, number, scalars, rest)
        return diag(diagonal(inner))
    if len(left) == 1 and next(iter(left.values())) == 1:
        (base,) = left
        (bare,) = (_factor(base),)
        return Form(shape, (Monomial(_product(number, bare.number), _merged(scalars, bare.scalars), bare.chain),))
    atom = Atom("had", shape, tuple(left), powers=tuple(left.values()))
    return Form(shape, (Monomial(number, scalars, (atom,)),))


def all_ones(shape: Shape) -> Form:
    """A vector or matrix of ones."""
    rows, columns = (Atom("ones", (n, 1)) for n in shape)
    if shape == SCALAR:
        return of_number(1)
    if shape[1] == 1:
        return of_atom(rows)
    if shape[0] == 1:
        return of_atom(transposed_atom(columns))
    return _as_form((rows, transposed_atom(columns)))


# ------------------------------------------------------------ transposes


def transpose(form: Form) -> Form:
    """The transpose: chains reversed, symmetry used."""
    if form.is_scalar:
        return form
    shape = (form.shape[1], form.shape[0])
    turned = [Monomial(t.number, t.scalars, tuple(transposed_atom(a) for a in reversed(t.chain))) for t in form.terms]
    return collected(shape, turned)


def transposed_atom(atom: Atom) -> Atom:
    """The transpose of a factor."""
    if atom.shape == SCALAR or atom.kind == "diag" or (atom.kind == "symbol" and "symmetric" in atom.traits):
        return atom
    if atom.kind == "transposed":
        return atom.args[0].terms[0].chain[0]
    if atom.kind in ("had", "paren", "inverse", "kron", "function"):
        if atom.kind == "function" and "whole" in atom.traits:
            return _turned(atom)
        args = tuple(transpose(form) for form in atom.args)
        if args == atom.args:
            return atom
        shape = (atom.shape[1], atom.shape[0])
        if shape[0] == 1 and atom.kind != "paren":
            return _turned(atom)
        return Atom(atom.kind, shape, args, atom.name, atom.powers, atom.options, atom.traits)
    return _turned(atom)


def _turned(atom: Atom) -> Atom:
    traits = atom.traits & {"orthogonal", "invertible"}
    return Atom("transposed", (atom.shape[1], atom.shape[0]), (of_atom(atom),), traits=traits)


# ------------------------------------------------------------ inverses


def inverse(form: Form) -> Form:
    """The inverse: of a product of square factors the product of their inverses."""
    if form.is_scalar:
        return power(form, Fraction(-1))
    if not form.terms:
        raise NoForm("a zero matrix has no inverse")
    if len(form.terms) == 1:
        (term,) = form.terms
        outer = tuple((atom, -p) for atom, p in term.scalars)
        if all(atom.shape[0] == atom.shape[1] for atom in term.chain):
            factors = [factor for atom in reversed(term.chain) for factor in _undone(atom)]
            return monomial(form.shape, Fraction(1) / term.number, outer, factors)
        bare = Form(form.shape, (Monomial(Fraction(1), (), term.chain),))
        return monomial(form.shape, Fraction(1) / term.number, outer, (Atom("inverse", form.shape, (bare,)),))
    number, scalars, left = content(form)
    outer = tuple((atom, -p) for atom, p in scalars)
    return monomial(form.shape, Fraction(1) / number, outer, (Atom("inverse", form.shape, (left,)),))


def _undone(atom: Atom) -> Sequence[Atom]:
    """The factors of the inverse of a square factor."""
    if atom.kind == "inverse":
        return _factor(atom.args[0]).chain
    if "orthogonal" in atom.traits:
        return (transposed_atom(atom),)
    if atom.kind == "diag":
        return (Atom("diag", atom.shape, (raised(atom.args[0], Fraction(-1)),)),)
    if atom.kind == "kron":
        return (Atom("kron", atom.shape, tuple(inverse(form) for form in atom.args)),)
    if atom.kind == "paren":
        return (Atom("inverse", atom.shape, atom.args),)
    return (Atom("inverse", atom.shape, (of_atom(atom),)),)


# ------------------------------------------------------------ diagonals


def diag(vector: Form) -> Form:
    """The diagonal matrix of a vector, number and scalars taken out."""
    n = vector.shape[0]
    if vector.is_scalar:
        return vector
    if not vector.terms:
        return zero((n, n))
    number, scalars, left = content(vector)
    if left == all_ones((n, 1)):
        return Form((n, n), (Monomial(number, scalars),))
    return Form((n, n), (Monomial(number, scalars, (Atom("diag", (n, n), (left,)),)),))


def diagonal(matrix: Form) -> Form:
    """The vector of a matrix's diagonal; of an outer product the elementwise product."""
    n = matrix.shape[0]
    parts = []
    for term in matrix.terms:
        outer = Monomial(term.number, term.scalars)
        if not term.chain:
            parts.append(scale(Form(SCALAR, (outer,)), all_ones((n, 1))))
            continue
        cut = next((i for i, atom in enumerate(term.chain[:-1]) if atom.shape[1] == 1), None)
        if len(term.chain) == 1 and term.chain[0].kind == "diag":
            made = term.chain[0].args[0]
        elif cut is not None:
            made = hadamard(_as_form(term.chain[: cut + 1]), transpose(_as_form(term.chain[cut + 1 :])))
        else:
            square = _as_form(term.chain)
            plain = min(square, transpose(square), key=lambda form: form.key.count("transposed:"))
            made = of_atom(Atom("diagonal", (n, 1), (plain,)))
        parts.append(scale(Form(SCALAR, (outer,)), made))
    return add(*parts) if parts else zero((n, 1))


def kron(a: Form, b: Form) -> Form:
    """The Kronecker product, numbers and scalars taken out."""
    shape = (a.shape[0] * b.shape[0], a.shape[1] * b.shape[1])
    if a.is_scalar or b.is_scalar:
        return times(a, b)
    if a.is_identity and b.is_identity:
        return identity(shape[0])
    made = []
    for x in a.terms:
        for y in b.terms:
            left, right = (Form(f.shape, (Monomial(Fraction(1), (), t.chain),)) for f, t in ((a, x), (b, y)))
            atom = Atom("kron", shape, (left, right))
            made.append(Monomial(_product(x.number, y.number), _merged(x.scalars, y.scalars), (atom,)))
    return collected(shape, made)
