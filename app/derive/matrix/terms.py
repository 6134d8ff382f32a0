"""The nouns of the algebra: sums of monomials over matrices, each a number times scalars times a chain of factors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

Number = Fraction | float
Shape = tuple[int, int]
"""Rows and columns; letters stand as primes of their own, so that a product of sizes tells its letters."""

SCALAR: Shape = (1, 1)
LARGEST = 4_000
"""Most symbols that a form may have, written out: far beyond what can be read."""


class NoForm(Exception):  # noqa: N818  no error of the user: the notation has no word for it
    """There is no closed form in the notation; its argument says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A factor: a symbol, or a function of forms. Two with one key are the same.

    ``kind`` is symbol, size, eye, ones, transposed, inverse, had, diag, diagonal, kron, chain, paren, trace, det, norm, or function;
    ``powers`` are those of the bases of a Hadamard product, ``options`` the attributes of a function.
    """

    kind: str
    shape: Shape
    args: tuple[Form, ...] = ()
    name: str = ""
    powers: tuple[Number, ...] = ()
    options: tuple[tuple[str, object], ...] = ()
    traits: frozenset[str] = frozenset()
    key: str = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        inner = ",".join(form.key for form in self.args)
        extra = "".join(f"^{p}" for p in self.powers) + "".join(f";{k}={v}" for k, v in self.options)
        size = 1 + sum(form.size for form in self.args)
        if size > LARGEST:
            raise NoForm(f"the form would have more than {LARGEST:,} symbols")
        object.__setattr__(self, "key", f"{self.kind}:{self.name}{self.shape}({inner}){extra}")
        object.__setattr__(self, "size", size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Atom) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


Scalars = tuple[tuple[Atom, Number], ...]
"""Scalar factors with their exponents, in the order of their keys."""


@dataclass(frozen=True, slots=True)
class Monomial:
    """A number, scalars, and a chain of factors whose shapes fit; an empty chain is the identity, or nothing at a scalar."""

    number: Number
    scalars: Scalars = ()
    chain: tuple[Atom, ...] = ()

    @property
    def key(self) -> str:
        """What monomials that can be added share."""
        return "|".join(f"{a.key}^{p}" for a, p in self.scalars) + "@" + "·".join(a.key for a in self.chain)

    @property
    def written(self) -> Scalars:
        """The scalars as they are written: names first, since cos x y would be read as the cosine of a product."""
        return tuple(sorted(self.scalars, key=lambda factor: factor[0].kind != "symbol"))

    @property
    def size(self) -> int:
        """Its symbols."""
        return 1 + sum(a.size for a, _ in self.scalars) + sum(a.size for a in self.chain)


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A sum of monomials, all of one shape; no monomial is zero."""

    shape: Shape
    terms: tuple[Monomial, ...]
    key: str = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        size = sum(term.size for term in self.terms)
        if size > LARGEST:
            raise NoForm(f"the form would have more than {LARGEST:,} symbols")
        object.__setattr__(self, "key", f"{self.shape}" + "+".join(sorted(f"{t.number}*{t.key}" for t in self.terms)))
        object.__setattr__(self, "size", size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def is_scalar(self) -> bool:
        """Whether it is a single number."""
        return self.shape == SCALAR

    @property
    def number(self) -> Number | None:
        """The number that it is, if it is one."""
        if not self.terms:
            return Fraction(0)
        first = self.terms[0]
        plain = len(self.terms) == 1 and not first.scalars and not first.chain and self.is_scalar
        return first.number if plain else None

    @property
    def atom(self) -> Atom | None:
        """The factor that it is, if it is a single one."""
        if len(self.terms) != 1 or self.terms[0].number != 1:
            return None
        (term,) = self.terms
        if term.scalars and not term.chain and len(term.scalars) == 1 and term.scalars[0][1] == 1:
            return term.scalars[0][0]
        return term.chain[0] if len(term.chain) == 1 and not term.scalars else None

    @property
    def is_identity(self) -> bool:
        """Whether it is an identity matrix."""
        return not self.is_scalar and self.terms == (Monomial(Fraction(1)),)


def size_of(number: Number) -> Number:
    """The number without its sign; abs, whose type forgets which kind it was."""
    return -number if number < 0 else number


def exact(value: Number) -> Number:
    """A number as a fraction where it is a simple one."""
    if isinstance(value, Fraction):
        return value
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  NaN is unequal to itself
        return value
    fraction = Fraction(value)
    return fraction if fraction.denominator <= 1024 else float(value)


def collected(shape: Shape, terms: Iterable[Monomial]) -> Form:
    """The sum of monomials: like ones added, zeros left out, in the order of their first appearance."""
    found: dict[str, Monomial] = {}
    for term in terms:
        key = term.key
        known = found.get(key)
        found[key] = term if known is None else Monomial(known.number + term.number, term.scalars, term.chain)
    return Form(shape, tuple(term for term in found.values() if term.number != 0))


def of_atom(atom: Atom, power: Number = 1) -> Form:
    """A factor as a form."""
    if atom.shape == SCALAR:
        return Form(SCALAR, (Monomial(Fraction(1), ((atom, Fraction(power)),)),))
    return Form(atom.shape, (Monomial(Fraction(1), (), (atom,)),))


def of_number(value: Number) -> Form:
    """A number as a form."""
    number = exact(value)
    return Form(SCALAR, (Monomial(number),) if number != 0 else ())


def identity(n: int) -> Form:
    """I of n rows."""
    return Form((n, n), (Monomial(Fraction(1)),))


def zero(shape: Shape) -> Form:
    """The zero of a shape."""
    return Form(shape, ())


def ones(n: int) -> Form:
    """The vector of ones."""
    return of_number(1) if n == 1 else of_atom(Atom("ones", (n, 1)))
