"""The problem on paper: the program of L, and Lagrange's equations, one for every unknown."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.formatting import name_latex
from app.labs.lagrange.function import Function
from app.labs.lagrange.question import Question
from app.labs.lagrange.terms import LONGEST, NoTermError, derivative, latex, made, term_of, text
from app.lang.check import Checked
from app.ops.text import Call, Term


@dataclass(frozen=True, slots=True)
class Equation:
    """One of the equations; ``by`` is the unknown by which L is differentiated. ``formula``: written out, in our language."""

    by: str
    text: str
    latex: str
    formula: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """Names that no program uses otherwise: of the objective, the constraints, the multipliers and L; the program of L (None: has none)."""

    objective: str
    constraints: list[str]
    multipliers: list[str]
    whole: str
    program: str | None
    equations: list[Equation]
    latex: str


def paper(question: Question) -> Paper:
    """L = f − Σ λᵢ gᵢ as a program, and the equations."""
    used = {name for one in _functions(question) for name in one.program.checked.order}
    count, inner = len(question.equations), len(question.inequalities)
    f, whole = _unused("f", used), _unused("L", used)
    constraints = [_unused(name, used) for name in [*_numbered("g", count), *_numbered("h", inner)]]
    multipliers = [_unused(name, used) for name in [*_numbered("λ", count), *_numbered("μ", inner)]]
    program = _program(question, f, constraints, multipliers, whole)
    equations = list(_equations(question, f, constraints, multipliers))
    said = " - ".join([name_latex(f), *(f"{name_latex(m)} \\, {name_latex(g)}" for m, g in zip(multipliers, constraints, strict=True))])
    return Paper(f, constraints, multipliers, whole, program, equations, f"{name_latex(whole)} = {said}")


def _functions(question: Question) -> list[Function]:
    return [question.objective, *question.equations, *question.inequalities]


def _numbered(letter: str, count: int) -> list[str]:
    return [letter] if count == 1 else [f"{letter}{place + 1}" for place in range(count)]


def _unused(name: str, used: set[str]) -> str:
    """The name, with lines behind it as long as a program has it."""
    while name in used:
        name += "_"
    used.add(name)
    return name


# ---------------------------------------------------------------- the program


def _program(question: Question, f: str, constraints: Sequence[str], multipliers: Sequence[str], whole: str) -> str | None:
    parts = []
    for name, function in zip([f, *constraints], _functions(question), strict=True):
        lines = named(function.program.checked, name)
        if lines is None:
            return None
        parts.append(lines)
    minus = "".join(f" - {m} * {g}" for m, g in zip(multipliers, constraints, strict=True))
    return "\n".join([*parts, f"{whole} = {f}{minus}"])


def named(checked: Checked, name: str) -> str | None:
    """A program whose result gets a name; None where it ends in a loop or the like."""
    source, last = checked.source, checked.tree.body[-1]
    if isinstance(last, ast.Assign) and len(last.targets) == 1 and isinstance(last.targets[0], ast.Name):
        return f"{source.rstrip()}\n{name} = {last.targets[0].id}"
    if not isinstance(last, ast.Expr):
        return None
    span = checked.span(last)
    lines = source.split("\n")
    before = lines[span.line - 1]
    lines[span.line - 1] = f"{before[: span.column]}{name} = {before[span.column :]}"
    return "\n".join(lines).strip()


# ---------------------------------------------------------------- the equations


def _equations(question: Question, f: str, constraints: Sequence[str], multipliers: Sequence[str]) -> Iterator[Equation]:
    """d of the gradient, then the constraints; an inequality's is the product with its multiplier: one of both is 0."""
    terms: list[Term | None] = []
    for function in _functions(question):
        try:
            terms.append(term_of(function.program.checked.tree))
        except NoTermError:
            terms.append(None)
    for name, index in question.unknowns.entries():
        yield _balanced(terms, f, constraints, multipliers, name, index)
    for place, relation in enumerate(question.relations):
        term, multiplier, constraint = terms[1 + place], multipliers[place], constraints[place]
        if place < len(question.equations):
            said = _said(relation.left, relation.right) if term is None else text(term)
            yield Equation(multiplier, f"{said} == 0", f"{name_latex(constraint) if term is None else latex(term)} = 0", term is not None)
        else:
            inside = constraint if term is None else f"({text(term)})"
            typeset = name_latex(constraint) if term is None else rf"\left({latex(term)}\right)"
            yield Equation(multiplier, f"{multiplier}*{inside} == 0", rf"{name_latex(multiplier)} \, {typeset} = 0", term is not None)


def _said(left: str, right: str) -> str:
    return left if right == "0" else f"{left} - ({right})"


def _balanced(
    terms: Sequence[Term | None], f: str, constraints: Sequence[str], multipliers: Sequence[str], name: str, index: tuple[int, ...]
) -> Equation:
    """∂f/∂x − Σ λ ∂g/∂x = 0, worked out where every part is a formula of numbers."""
    by = name + (f"[{', '.join(map(str, index))}]" if index else "")
    whole = None if index else _worked_out(terms, multipliers, name)
    if whole is not None:
        return Equation(by, f"{text(whole)} == 0", f"{latex(whole)} = 0", formula=True)
    said = f"∂{f}/∂{by}" + "".join(f" - {m}*∂{g}/∂{by}" for m, g in zip(multipliers, constraints, strict=True))
    below = rf"\partial {name_latex(name)}" + (rf"_{{{', '.join(map(str, index))}}}" if index else "")
    first = rf"\frac{{\partial {name_latex(f)}}}{{{below}}}"
    more = [rf" - {name_latex(m)} \, \frac{{\partial {name_latex(g)}}}{{{below}}}" for m, g in zip(multipliers, constraints, strict=True)]
    return Equation(by, f"{said} == 0", first + "".join(more) + " = 0", formula=False)


def _worked_out(terms: Sequence[Term | None], multipliers: Sequence[str], name: str) -> Term | None:
    """The derivative of L; None where a part is no formula, or all of it too long."""
    if any(term is None for term in terms):
        return None
    try:
        objective, *rest = [derivative(term, name) for term in terms if term is not None]
    except NoTermError:
        return None
    whole = objective
    for multiplier, part in zip(multipliers, rest, strict=True):
        whole = made("sub", whole, made("mul", multiplier, part))
    return whole if _length(whole) <= LONGEST else None


def _length(term: Term) -> int:
    return 1 + sum(map(_length, term.args)) if isinstance(term, Call) else 0
