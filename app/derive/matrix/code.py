"""Forms as code: an expression of the symbols, vectors being one-dimensional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.derive.matrix.algebra import all_ones, transpose, transposed_atom
from app.derive.matrix.factor import factored
from app.derive.matrix.letters import Letters
from app.derive.matrix.terms import Atom, Form, Monomial, NoForm, Number, size_of
from app.derive.matrix.words import Spelling

COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(1, 7)
Text = tuple[str, int]
"""Code, and how tightly it binds."""
SHORT = 3
"""Powers below it are shorter as products."""
_RELATIONS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<=", "eq": "==", "ne": "!="}


@dataclass(frozen=True, slots=True)
class Writer:
    """One library's code; ``sides`` says which symbol has a letter as its size, and in which place."""

    words: Spelling
    letters: Letters
    sides: Mapping[str, tuple[str, int]]
    wholes: Mapping[tuple[int, int], str]
    """A symbol of each shape, for ones like it."""

    def __call__(self, form: Form) -> str:
        """The code of a form; of a row as a matrix of one row."""
        text, _ = self.form(form)
        return text

    # ------------------------------------------------------------ sums

    def form(self, form: Form, *, inside: bool = False) -> Text:
        """A sum; inside of one with other terms, an array of ones is the number 1."""
        if not form.terms:
            return ("0.0" if form.is_scalar else self._like(form).replace("ones", "zeros")), ATOM
        everywhere = all_ones(form.shape)
        broad = len(form.terms) > 1 and not form.is_scalar
        ones = everywhere.terms[0].chain if broad else None
        full = broad and any(t.chain != ones for t in form.terms)
        parts = [self._term(form, t, broad=full and t.chain == ones) for t in form.terms]
        if len(parts) == 1:
            return parts[0]
        text = parts[0][0]
        for part, _ in parts[1:]:
            text += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
        return text, SUM

    def _like(self, form: Form) -> str:
        whole = self.wholes.get(form.shape)
        return self.words.like.format(whole) if whole else self._ones(form)

    def _ones(self, form: Form) -> str:
        rows, columns = form.shape
        if 1 in form.shape:
            return self.words.ones.format(self._side(max(form.shape)))
        return self.words.table.format(self._side(rows), self._side(columns))

    def _term(self, form: Form, term: Monomial, *, broad: bool = False) -> Text:
        """A monomial: numbers and scalars, the chain, and what divides."""
        if term.number == 1 and not term.chain and len(term.scalars) == 1 and term.scalars[0][1] == 1 and form.is_scalar:
            return self.atom(term.scalars[0][0])
        above, below = _numbers(term.number)
        factors = [above] if above else []
        factors += [self._power(atom, p) for atom, p in term.written if p > 0]
        dividing = ([below] if below else []) + [self._power(atom, -p) for atom, p in term.written if p < 0]
        alone = not factors and not dividing and term.number > 0
        chain = None if broad or (form.is_scalar and not term.chain) else self._chain(form, term.chain)
        if alone and chain is not None:
            return chain
        if chain is not None:
            factors.append(_wrapped(chain, PRODUCT))
        text = " * ".join(factors) or "1"
        for divisor in dividing:
            text += f" / {divisor}"
        sign = "-" if term.number < 0 else ""
        plain = len(factors) <= 1 and not dividing
        return sign + text, (SIGN if sign else ATOM if not chain else PRODUCT) if plain and text.isidentifier() else PRODUCT

    def _power(self, atom: Atom, power: Number) -> str:
        """A scalar to a power, as a factor or a divisor."""
        text = self.atom(atom)
        if power == 1:
            return _wrapped(text, POWER)
        if power == Fraction(1, 2):
            return self._named("sqrt", [text[0]])
        exponent = str(power) if isinstance(power, Fraction) and power.denominator == 1 else f"({power})"
        return f"{_wrapped(text, ATOM)}**{exponent}"

    # ------------------------------------------------------------ chains

    def _chain(self, form: Form, chain: Sequence[Atom]) -> Text:
        """A product of matrices; with a vector in its middle, an outer product."""
        if not chain:
            return self.words.eye.format(self._side(form.shape[0])), ATOM
        if chain == all_ones(form.shape).terms[0].chain:
            return self._like(form), ATOM
        cut = next((i for i, atom in enumerate(chain[:-1]) if atom.shape[1] == 1), None)
        if cut is not None:
            left, right = (self._product(part)[0] for part in (chain[: cut + 1], chain[cut + 1 :]))
            return self.words.outer.format(left, right), ATOM
        return self._product(chain)

    def _product(self, chain: Sequence[Atom]) -> Text:
        """Factors with @ between; vectors of ones at its ends are sums."""
        runs: list[tuple[Atom, int]] = []
        for atom in chain:
            if runs and runs[-1][0] == atom and atom.shape[0] == atom.shape[1]:
                runs[-1] = (atom, runs[-1][1] + 1)
            else:
                runs.append((atom, 1))
        runs = [pair for atom, n in runs for pair in ([(atom, 1)] * n if n < SHORT else [(atom, n)])]
        parts = [self._run(atom, count) for atom, count in runs]
        first, last = transposed_atom(chain[0]).kind == "ones", chain[-1].kind == "ones"
        if first and last and len(parts) == 3:
            return self.words.sums.format(parts[1][0]), ATOM
        if last and len(parts) > 1:
            parts[-2:] = [(self._rows(runs[-2], parts[-2]), ATOM)]
        if first and len(parts) > 1:
            turned = (transposed_atom(runs[1][0]), runs[1][1])
            parts[:2] = [(self._rows(turned, self._run(*turned)), ATOM)]
        if len(parts) == 1:
            return parts[0]
        return " @ ".join(_wrapped(part, PRODUCT + 1 if i else PRODUCT) for i, part in enumerate(parts)), PRODUCT

    def _rows(self, run: tuple[Atom, int], text: Text) -> str:
        """A factor times the vector of ones: sums along its rows, along the columns of what it is the transpose of."""
        atom, count = run
        if 1 in atom.shape:
            return self.words.sums.format(text[0])
        if atom.kind == "transposed" and count == 1:
            return self.words.columns.format(self.form(atom.args[0])[0])
        return self.words.rows.format(text[0])

    def _run(self, atom: Atom, count: int) -> Text:
        """A factor, or a power of it."""
        text = self.atom(atom)
        if count == 1:
            return text
        return self.words.power.format(text[0], count), ATOM

    # ------------------------------------------------------------ factors

    def atom(self, atom: Atom) -> Text:
        """One factor."""
        made: Text = getattr(self, f"_of_{atom.kind}")(atom)
        return made

    def _of_symbol(self, atom: Atom) -> Text:
        return atom.name.replace("d:", "d"), ATOM

    def _of_size(self, atom: Atom) -> Text:
        return self._side(int(atom.name)), ATOM if self._side(int(atom.name)).isdigit() else POWER

    def _side(self, n: int) -> str:
        """A size: of a symbol's side, or a number."""
        parts = []
        for side in self.letters.side(n):
            found = self.sides.get(side)
            parts.append(side if found is None else f"{found[0]}.shape[{found[1]}]")
        return " * ".join(parts)

    def _of_ones(self, atom: Atom) -> Text:
        return self._like(Form(atom.shape, (Monomial(Fraction(1), (), (atom,)),))), ATOM

    def _of_transposed(self, atom: Atom) -> Text:
        text = self.form(atom.args[0])
        return text if 1 in atom.shape else (f"{_wrapped(text, ATOM)}.T", ATOM)

    def _of_inverse(self, atom: Atom) -> Text:
        (form,) = atom.args
        inner = form.atom
        if inner is not None and inner.kind == "transposed":
            return self.words.inverse.format(self.form(inner.args[0])[0]) + ".T", ATOM
        return self.words.inverse.format(self.form(form)[0]), ATOM

    def _of_paren(self, atom: Atom) -> Text:
        return self.form(atom.args[0])

    def _of_chain(self, atom: Atom) -> Text:
        return self._product([_single(form) for form in atom.args])

    def _of_trace(self, atom: Atom) -> Text:
        return self.words.trace.format(self._product([_single(form) for form in atom.args])[0]), ATOM

    def _of_det(self, atom: Atom) -> Text:
        return self.words.determinant.format(self.form(atom.args[0])[0]), ATOM

    def _of_norm(self, atom: Atom) -> Text:
        return self.words.norm.format(self.form(atom.args[0])[0]), ATOM

    def _of_diag(self, atom: Atom) -> Text:
        return self.words.diag.format(self.form(atom.args[0])[0]), ATOM

    def _of_diagonal(self, atom: Atom) -> Text:
        return self.words.diagonal.format(self.form(atom.args[0])[0]), ATOM

    def _of_vec(self, atom: Atom) -> Text:
        """Columns below each other: rows of the transpose behind each other."""
        turned = factored(transpose(atom.args[0]))
        return f"{_wrapped(self.form(turned), ATOM)}.reshape(-1)", ATOM

    def _of_kron(self, atom: Atom) -> Text:
        return self.words.kron.format(*(self._side_of_kron(form) for form in atom.args)), ATOM

    def _side_of_kron(self, form: Form) -> str:
        """Rows stay rows, and columns columns, where the shape matters."""
        text = self.form(form)
        if 1 not in form.shape:
            return text[0]
        sides = (1, -1) if form.shape[0] == 1 else (-1, 1)
        return f"{_wrapped(text, ATOM)}.reshape{sides}"

    def _of_had(self, atom: Atom) -> Text:
        above: list[str] = []
        below: list[str] = []
        for form, power in zip(atom.args, atom.powers, strict=True):
            text = self.form(form)
            size = size_of(power)
            written = _wrapped(text, PRODUCT + 1) if size == 1 else self._element_power(text, size)
            (above if power > 0 else below).append(written)
        whole = " * ".join(above) or "1"
        if not below and len(above) == 1:
            return whole, POWER
        return whole + "".join(f" / {divisor}" for divisor in below), PRODUCT

    def _element_power(self, text: Text, power: Number) -> str:
        if power == Fraction(1, 2):
            return self._named("sqrt", [text[0]])
        exponent = str(power) if isinstance(power, Fraction) and power.denominator == 1 else f"({power})"
        return f"{_wrapped(text, ATOM)}**{exponent}"

    def _of_function(self, atom: Atom) -> Text:
        texts = [self.form(form) for form in atom.args]
        if atom.name in _RELATIONS:
            left, right = (_wrapped(text, SUM) for text in texts)
            return f"{left} {_RELATIONS[atom.name]} {right}", COMPARISON
        if atom.name == "pow":
            return f"{_wrapped(texts[0], ATOM)}**{_wrapped(texts[1], ATOM)}", POWER
        if atom.options and atom.name not in self.words.functions:
            options = ", ".join(f"{name}={value!r}" for name, value in atom.options)
            if self.words.module not in ("", "torch."):
                raise NoForm(f"{atom.name} has no short form here")
            return f"{self.words.module}{atom.name}({', '.join(t for t, _ in texts)}, {options})", ATOM
        return self._named(atom.name, [text for text, _ in texts]), ATOM

    def _named(self, name: str, given: Sequence[str]) -> str:
        """A function by its template, or by its name."""
        template = self.words.functions.get(name)
        if template is not None:
            return template.format(*given)
        return f"{self.words.module}{name}({', '.join(given)})"


def _single(form: Form) -> Atom:
    """The factor that a form of one is."""
    atom = form.atom
    return atom if atom is not None else Atom("paren", form.shape, (form,))


def _numbers(number: Number) -> tuple[str, str]:
    """Numerator and denominator without the sign; empty for 1."""
    if isinstance(number, Fraction):
        size = abs(number)
        return ("" if size.numerator == 1 else str(size.numerator)), ("" if size.denominator == 1 else str(size.denominator))
    return repr(abs(float(number))), ""


def _wrapped(text: Text, least: int) -> str:
    """Code in brackets unless it binds tightly enough."""
    return text[0] if text[1] >= least else f"({text[0]})"
