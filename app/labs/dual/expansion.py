"""What an operation does to dual numbers: its rule in letters, and the product, sum or function written out in powers of ε."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.formatting import number_latex
from app.engine.tape import Value
from app.labs.dual.recurrences import Coefficients
from app.ops.op import Op

EPSILON = r"\varepsilon"
LETTERS = (r"a + b\varepsilon", r"c + d\varepsilon", r"e + f\varepsilon")
RULES: Mapping[str, tuple[str, str]] = {
    "add": (
        r"(a + b\varepsilon) + (c + d\varepsilon) = (a + c) + (b + d)\varepsilon",
        "Dual numbers are added part by part.",
    ),
    "sub": (
        r"(a + b\varepsilon) - (c + d\varepsilon) = (a - c) + (b - d)\varepsilon",
        "Dual numbers are subtracted part by part.",
    ),
    "mul": (
        r"(a + b\varepsilon)(c + d\varepsilon) = ac + (ad + bc)\varepsilon + bd\,\varepsilon^2 = ac + (ad + bc)\varepsilon",
        "Multiply out; what has ε² is 0. What stays beside ε is the product rule.",
    ),
    "div": (
        r"\frac{a + b\varepsilon}{c + d\varepsilon} = \frac{(a + b\varepsilon)(c - d\varepsilon)}{c^2} "  # noqa: ISC004  one formula
        r"= \frac{a}{c} + \frac{bc - ad}{c^2}\varepsilon",
        "Expand by c - dε: the divisor becomes c², since ε² is 0. What stays beside ε is the quotient rule.",
    ),
    "neg": (r"-(a + b\varepsilon) = -a - b\varepsilon", "Both parts change their sign."),
    "square": (
        r"(a + b\varepsilon)^2 = a^2 + 2ab\,\varepsilon + b^2\varepsilon^2 = a^2 + 2ab\,\varepsilon",
        "Multiply out; what has ε² is 0.",
    ),
}
"""The operations whose rule on dual numbers is arithmetic; all others are f(a + bε) = f(a) + f'(a) b ε."""
LINEAR = frozenset(("add", "sub", "neg", "clone"))


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of an expansion; what is ``struck`` has a power of ε that is 0. ``factors`` say which coefficients made it."""

    coefficient: Value
    power: int
    struck: bool
    factors: tuple[float, ...] = ()


def terms(op: Op, operands: Sequence[Coefficients], found: Coefficients, dropped: Value | None) -> list[Term]:
    """The summands of a scalar node: of a product one by one, otherwise one a power, and the first power that is dropped."""
    if op.name in ("mul", "square"):
        return _multiplied(operands[0], operands[-1])
    listed = [Term(value, power, struck=False) for power, value in enumerate(found)]
    if dropped is None or op.name in LINEAR:
        return listed
    return [*listed, Term(dropped, len(found), struck=True)]


def _multiplied(a: Coefficients, b: Coefficients) -> list[Term]:
    """Every coefficient times every other, by powers; of those that are 0 only the first two powers."""
    order = len(a) - 1
    found = [
        Term(float(np.multiply(x, y)), i + j, struck=i + j > order, factors=(float(x), float(y)))
        for i, x in enumerate(a)
        for j, y in enumerate(b)
        if (i <= 1 and j <= 1) or (x != 0 and y != 0)
    ]
    return sorted(found, key=lambda term: term.power)


def rule(op: Op, order: int, formula: str, partials: Sequence[str]) -> tuple[str, str]:
    """The operation on dual numbers in LaTeX, and as a sentence; formula and partials are written in a, c, e and z."""
    count = len(partials)
    if order > 1 and op.elementwise and op.differentiable and op.name not in LINEAR:
        return _series_rule(op, count)
    if op.name in RULES:
        return RULES[op.name]
    if not op.differentiable:
        return formula, "It looks at the real parts alone: nothing flows on."
    if not op.elementwise or not 1 <= count <= len(LETTERS):
        return (
            rf"f(x + {EPSILON}\, x') = f(x) + {EPSILON}\, J\, x'",
            "It is applied to the real parts, and its derivative to the dual parts: dual numbers pass through as they are.",
        )
    dual = "bdf"[:count]
    parts = [_times(partial, letter) for partial, letter in zip(partials, dual, strict=True) if partial != "0"]
    beside = " + ".join(parts)
    if not parts:
        return formula, "Its derivative is 0 wherever it has one: the dual part is 0."
    whole = rf"\left({beside}\right)" if len(parts) > 1 else beside
    if count == 1:
        latex = rf"f(a + b{EPSILON}) = f(a) + f'(a)\, b\,{EPSILON} = {formula} + {whole}\,{EPSILON}"
        return latex, "The dual part is multiplied by the derivative at the real part."
    inner = r",\, ".join(LETTERS[:count])
    latex = rf"f({inner}) = {formula} + {whole}\,{EPSILON}"
    return latex, "Each dual part is multiplied by the derivative for its operand, and they are added."


def _series_rule(op: Op, count: int) -> tuple[str, str]:
    """The same where more powers of ε are kept."""
    if op.name in ("mul", "square"):
        latex = (
            r"\Bigl(\sum_i a_i\varepsilon^i\Bigr)\Bigl(\sum_j c_j\varepsilon^j\Bigr) = \sum_k \Bigl(\sum_{i+j=k} a_i c_j\Bigr)\varepsilon^k"
        )
        return latex, "Multiply out; powers of ε above the order are 0."
    if op.name == "div":
        latex = r"z_k = \frac{1}{c_0}\Bigl(a_k - \sum_{j=1}^{k} c_j z_{k-j}\Bigr)"
        return latex, "The quotient times the divisor is the dividend: one coefficient after the other."
    if count == 1:
        latex = r"f(a + h) = f(a) + f'(a)\,h + \frac{f''(a)}{2!}\,h^2 + \cdots, \qquad h = b\,\varepsilon + \cdots"
        return latex, "Taylor's formula at the real part; h has at least one ε, so its powers above the order are 0."
    latex = r"z' = \sum_i \frac{\partial f}{\partial x_i}\, x_i'"
    return latex, "The derivative of the result is made of those of the operands: one coefficient after the other."


def _times(partial: str, letter: str) -> str:
    """A derivative times a dual part."""
    if partial == "1":
        return letter
    loose = any(sign in partial for sign in (" + ", " - ")) or partial.startswith("-")
    if partial == "0":
        return "0 "
    bracketed = partial if not loose or partial.startswith(r"\begin") else rf"\left({partial}\right)"
    return rf"{bracketed} \cdot {letter}"


def dual_latex(row: Sequence[Value]) -> str:
    """A scalar's coefficients as LaTeX."""
    text = number_latex(float(row[0])).removeprefix(r"\left(").removesuffix(r"\right)")
    for power, value in enumerate(row[1:], 1):
        number = float(value)
        if number == 0 and power > 1:
            continue
        text += f" {'-' if number < 0 else '+'} {number_latex(abs(number))}\\,{power_latex(power)}"
    return text


def power_latex(power: int) -> str:
    """A power of ε."""
    return EPSILON if power == 1 else f"{EPSILON}^{{{power}}}"


def slopes_latex(partials: Sequence[str], operands: Sequence[Coefficients]) -> str:
    """What stands beside ε: each derivative, with its numbers in it, times its dual part; nothing where no dual part is."""
    parts = [_times(partial, number_latex(float(row[1]))) for partial, row in zip(partials, operands, strict=True) if row[1] != 0]
    return " + ".join(part for part in parts if not part.startswith("0 "))


def shown(term: Term, first: str, second: str) -> str:
    """The coefficient of a summand as LaTeX: a product where it was one, the function at the real part, its slope times the dual part."""
    if term.factors:
        return r" \cdot ".join(number_latex(x) for x in term.factors)
    formula = "" if term.struck else first if term.power == 0 else second if term.power == 1 else ""
    return formula or number_latex(float(term.coefficient))
