"""Forms as LaTeX, as a textbook prints them; with the shape under every symbol if wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.core.formatting import name_latex
from app.derive.matrix.letters import Letters
from app.derive.matrix.terms import Atom, Form, Monomial, Number, size_of
from app.ops.filled import fill
from app.ops.formula import number as number_latex
from app.ops.table import OPS

SUM, PRODUCT, HADAMARD, POWER, ATOM = range(5)
Printed = tuple[str, int]
"""LaTeX, and how tightly it binds."""
_TALL = ("softmax", "logsumexp", "log_softmax")


@dataclass(frozen=True, slots=True)
class Typeset:
    """How forms are printed: the letters of sizes, and whether shapes stand under symbols."""

    letters: Letters
    shapes: bool = False
    ranks: dict[str, int] = field(default_factory=dict)

    def __call__(self, form: Form) -> str:
        """The LaTeX of a form."""
        return self.form(form)[0]

    def form(self, form: Form) -> Printed:
        """A sum."""
        if not form.terms:
            return r"\mathbf{0}" if not form.is_scalar else "0", ATOM
        parts = [self._term(form, term) for term in form.terms]
        if len(parts) == 1:
            return parts[0]
        text = parts[0][0]
        for part, _ in parts[1:]:
            text += " - " + part[1:] if part.startswith("-") else " + " + part
        return text, SUM

    def _term(self, form: Form, term: Monomial) -> Printed:
        """A monomial: a fraction where it divides by something."""
        above, below = self._numbers(term.number)
        several = len(term.scalars) > 1 or bool(term.chain) or (len(form.terms[0].chain) == 0 and not form.is_scalar)
        top = [self._power(atom, p, several=several) for atom, p in term.written if p > 0]
        bottom = [self._power(atom, -p) for atom, p in term.written if p < 0]
        chain, binding = self._chain(form, term)
        sign = "-" if term.number < 0 else ""
        whole = [x for x in (above, *top) if x] + ([chain] if chain else [])
        if len(whole) > 1 and binding <= SUM and chain:
            whole[-1] = self._bracketed(chain)
        lower = [x for x in (below, *bottom) if x]
        text = r"\,".join(whole) if whole else "1"
        if not lower:
            single = len(whole) == 1
            bound = (binding if chain else ATOM if not above else PRODUCT) if single and not sign else PRODUCT
            return sign + text, bound
        under = r"\,".join(lower)
        if not chain or (len(whole) == 1 and _is_short(term)):
            return sign + rf"\frac{{{text}}}{{{under}}}", PRODUCT
        front = r"\,".join(whole[:-1]) or "1"
        if binding <= SUM and len(whole) == 1:
            chain = self._bracketed(chain)
        return sign + rf"\frac{{{front}}}{{{under}}}\,{whole[-1] if len(whole) > 1 else chain}", PRODUCT

    @staticmethod
    def _numbers(number: Number) -> tuple[str, str]:
        """Numerator and denominator of a number without its sign; empty for 1."""
        if isinstance(number, Fraction):
            size = abs(number)
            return ("" if size.numerator == 1 else str(size.numerator)), ("" if size.denominator == 1 else str(size.denominator))
        return number_latex(abs(float(number))), ""

    def _power(self, atom: Atom, power: Number, *, several: bool = False) -> str:
        """A scalar factor to a power; an inner product beside other factors is in brackets."""
        text, binding = self.atom(atom)
        if power == 1:
            return self._bracketed(text) if binding <= SUM or (several and atom.kind == "chain") else text
        if power == Fraction(1, 2):
            return rf"\sqrt{{{text}}}"
        return self._raised(text, binding, self._exponent(power))

    @staticmethod
    def _exponent(power: Number) -> str:
        if isinstance(power, Fraction):
            return str(power)
        return number_latex(power)

    def _raised(self, text: str, binding: int, exponent: str) -> str:
        return f"{{{text if binding >= ATOM else self._bracketed(text)}}}^{{{exponent}}}"

    @staticmethod
    def _bracketed(text: str) -> str:
        return rf"\left({text}\right)"

    # ------------------------------------------------------------ chains

    def _chain(self, form: Form, term: Monomial) -> Printed:
        """A product of matrices; equal factors beside each other as a power."""
        if not term.chain:
            return ("" if form.is_scalar else self._under("I", form.shape)), ATOM
        runs: list[tuple[Atom, int]] = []
        for atom in term.chain:
            if runs and runs[-1][0] == atom and atom.shape[0] == atom.shape[1]:
                runs[-1] = (atom, runs[-1][1] + 1)
            else:
                runs.append((atom, 1))
        alone = len(runs) == 1
        parts = [self._factor(atom, count, alone=alone) for atom, count in runs]
        return r"\,".join(text for text, _ in parts), parts[0][1] if alone else PRODUCT

    def _factor(self, atom: Atom, count: int, *, alone: bool) -> Printed:
        text, binding = self.atom(atom)
        if count > 1:
            inner = atom.args[0].atom if atom.kind in ("transposed", "inverse") else None
            if inner is not None and inner.kind == "symbol":
                base = self.atom(inner)[0]
                if atom.kind == "inverse":
                    return f"{{{base}}}^{{-{count}}}", POWER
                return self._raised(self._bracketed(f"{{{base}}}^{{{count}}}"), ATOM, r"\top"), POWER
            return self._raised(text, binding, str(count)), POWER
        if binding < PRODUCT or (binding == HADAMARD and not alone) or (binding < POWER and not alone and atom.kind in ("had", "kron")):
            return (text, binding) if alone else (self._bracketed(text), ATOM)
        return text, binding

    # ------------------------------------------------------------ factors

    def atom(self, atom: Atom) -> Printed:
        """One factor."""
        made: Printed = getattr(self, f"_of_{atom.kind}")(atom)
        return made

    def _of_symbol(self, atom: Atom) -> Printed:
        name = atom.name
        text = rf"\mathrm{{d}}{name_latex(name[2:])}" if name.startswith("d:") else name_latex(name)
        return self._under(text, atom.shape, name), ATOM

    def _under(self, text: str, shape: tuple[int, int], name: str = "") -> str:
        """A symbol, its shape below it."""
        if not self.shapes:
            return text
        sides = self.letters.sides(shape, self.ranks.get(name))
        listed = r" \times ".join(sides)
        return rf"\underset{{{listed}}}{{{text}}}" if sides else text

    def _of_size(self, atom: Atom) -> Printed:
        return self.letters.product(int(atom.name)), ATOM

    def _of_ones(self, atom: Atom) -> Printed:
        return self._under(r"\mathbf{1}", atom.shape), ATOM

    def _of_transposed(self, atom: Atom) -> Printed:
        text, binding = self.form(atom.args[0])
        return self._raised(text, binding, r"\top"), POWER

    def _of_inverse(self, atom: Atom) -> Printed:
        (form,) = atom.args
        inner = form.atom
        if inner is not None and inner.kind == "transposed":
            text, binding = self.form(inner.args[0])
            return self._raised(text, binding, r"-\top"), POWER
        text, binding = self.form(form)
        return self._raised(text, binding, "-1"), POWER

    def _of_paren(self, atom: Atom) -> Printed:
        return self.form(atom.args[0])

    def _of_chain(self, atom: Atom) -> Printed:
        parts = []
        for form in atom.args:
            text, binding = self.form(form)
            parts.append(text if binding >= POWER else self._bracketed(text))
        return r"\,".join(parts), PRODUCT

    def _of_had(self, atom: Atom) -> Printed:
        above: list[str] = []
        below: list[str] = []
        for form, power in zip(atom.args, atom.powers, strict=True):
            text, binding = self.form(form)
            size = size_of(power)
            written = text if size == 1 and binding >= PRODUCT else self._hadamard_power(text, binding, size)
            (above if power > 0 else below).append(written)
        if not below and len(above) == 1:
            return above[0], POWER
        text = r" \odot ".join(above) or r"\mathbf{1}"
        return text + "".join(rf" \oslash {divisor}" for divisor in below), HADAMARD

    def _hadamard_power(self, text: str, binding: int, power: Number) -> str:
        if power == 1:
            return self._bracketed(text)
        return self._raised(text, binding, rf"\circ {self._exponent(power)}")

    def _of_diag(self, atom: Atom) -> Printed:
        return rf"\operatorname{{diag}}{self._bracketed(self(atom.args[0]))}", ATOM

    def _of_diagonal(self, atom: Atom) -> Printed:
        return rf"\operatorname{{diag}}{self._bracketed(self(atom.args[0]))}", ATOM

    def _of_vec(self, atom: Atom) -> Printed:
        return rf"\operatorname{{vec}}{self._bracketed(self(atom.args[0]))}", ATOM

    def _of_kron(self, atom: Atom) -> Printed:
        parts = []
        for form in atom.args:
            text, binding = self.form(form)
            parts.append(text if binding >= POWER else self._bracketed(text))
        return r" \otimes ".join(parts), HADAMARD

    def _of_trace(self, atom: Atom) -> Printed:
        return rf"\operatorname{{Tr}}{self._bracketed(self._listed(atom.args))}", ATOM

    def _listed(self, forms: Sequence[Form]) -> str:
        """The factors of a product."""
        parts = []
        for form in forms:
            text, binding = self.form(form)
            parts.append(text if binding >= POWER or len(forms) == 1 else self._bracketed(text))
        return r"\,".join(parts)

    def _of_det(self, atom: Atom) -> Printed:
        return rf"\det{self._bracketed(self(atom.args[0]))}", ATOM

    def _of_norm(self, atom: Atom) -> Printed:
        sign = "_F" if 1 not in atom.args[0].shape else "_2"
        return rf"\left\lVert {self(atom.args[0])} \right\rVert{sign}", ATOM

    def _of_function(self, atom: Atom) -> Printed:
        """A function of the table by its own template, or by its name."""
        op = OPS[atom.name]
        if atom.name in _TALL:
            return rf"\operatorname{{{atom.name.replace('_', '-')}}}{self._bracketed(self(atom.args[0]))}", ATOM
        template = op.formula(len(atom.args), dict(atom.options))
        inner = []
        for place, form in enumerate(atom.args):
            text, binding = self.form(form)
            whole = rf"\left({{{place}}}\right)" in template or rf"{{{{{place}}}}}" in template
            inner.append(text if whole or binding >= POWER or text.isdigit() else self._bracketed(text))
        text = fill(template, inner, "")
        return text, ATOM if text.endswith((")", "}", "|")) else PRODUCT


def _is_short(term: Monomial) -> bool:
    """Whether a chain fits above a fraction line."""
    return len(term.chain) <= 2
