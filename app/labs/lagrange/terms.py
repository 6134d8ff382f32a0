"""One expression of numbers as a term, its derivatives by the rules of the table, and both as text of our language and as LaTeX."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import reduce

from app.core.formatting import name_latex
from app.ops.formula import latex as formula
from app.ops.rule import Elementwise
from app.ops.table import OPS, SPELLINGS
from app.ops.text import Call, Term, names

OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow", ast.USub: "neg",
}  # fmt: skip
SIGNS = {"add": ("+", 1), "sub": ("-", 1), "mul": ("*", 2), "div": ("/", 2), "pow": ("**", 4)}
LONGEST = 160
"""Calls in a term; longer ones are not written out."""


class NoTermError(Exception):
    """The program is no single expression of numbers, or too long a one."""


def term_of(tree: ast.Module) -> Term:
    """The term of a program that is one expression, or one assignment; raises NoTermError."""
    if len(tree.body) != 1 or not isinstance(tree.body[0], (ast.Expr, ast.Assign)):
        raise NoTermError
    value = tree.body[0].value
    if sum(1 for _ in ast.walk(value)) > 3 * LONGEST:
        raise NoTermError
    return _read(value)


def _read(node: ast.expr) -> Term:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return made(OPERATORS[type(op)], _read(left), _read(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return made("neg", _read(operand))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in OPS or name in SPELLINGS:
            rule = OPS.get(name) or SPELLINGS[name]
            fits = isinstance(rule, Elementwise) and not rule.attributes and None not in rule.partial_texts
            if fits and len(args) == len(rule.operands):  # type: ignore[attr-defined]  # it is elementwise
                return Call(rule.name, tuple(map(_read, args)))
    raise NoTermError


def derivative(term: Term, by: str) -> Term:
    """By the chain rule: for every slot the partial of the table times the derivative of the operand."""
    if not isinstance(term, Call):
        return 1 if term == by else 0
    if by not in names(term):
        return 0
    whole: Term = 0
    for slot, operand in enumerate(term.args):
        inner = derivative(operand, by)
        if inner != 0:
            whole = made("add", whole, made("mul", _partial(term, slot), inner))
    return whole


def _partial(term: Call, slot: int) -> Term:
    """The rule's partial with the operands in their places; powers and quotients as one writes them by hand."""
    if term.name == "pow" and slot == 0 and isinstance(term.args[1], (int, float)):
        return made("mul", term.args[1], made("pow", term.args[0], term.args[1] - 1))
    if term.name == "pow":
        x, y = term.args
        return made("mul", y, Call("pow", (x, made("sub", y, 1)))) if slot == 0 else made("mul", term, Call("log", (x,)))
    if term.name == "div":
        x, y = term.args
        return made("div", 1, y) if slot == 0 else made("neg", made("div", x, made("pow", y, 2)))
    op = OPS[term.name]
    assert isinstance(op, Elementwise)
    rule = op.partials[slot]
    if rule is None or (isinstance(rule, Call) and _has_cases(rule)):
        raise NoTermError
    return _put(rule, {**dict(zip(op.operands, term.args, strict=True)), "z": term})


def _has_cases(term: Term) -> bool:
    return isinstance(term, Call) and (term.name in ("where", "singular") or any(map(_has_cases, term.args)))


def _put(term: Term, values: Mapping[str, Term]) -> Term:
    if isinstance(term, Call):
        return made(term.name, *[_put(part, values) for part in term.args])
    return values.get(term, term) if isinstance(term, str) else term


def made(name: str, *parts: Term) -> Term:
    """A call, without what adds nothing; factors of a product are gathered, numbers are worked out."""
    match name, parts:
        case "add" | "sub", (part, 0):
            return part
        case "add", (0, part):
            return part
        case "sub", (0, part):
            return made("neg", part)
        case "add" | "sub", (int() as first, int() as second):
            return first + second if name == "add" else first - second
        case "add" | "sub", (first, second) if _coefficient(second) < 0:
            return Call("sub" if name == "add" else "add", (first, made("neg", second)))
        case "mul" | "div" | "neg" | "pow" | "square" | "reciprocal", _:
            return _product(Call(name, parts))
    return Call(name, parts)


def _coefficient(term: Term) -> float:
    """The number before a product; 1 where there is none."""
    if isinstance(term, (int, float)):
        return term
    if isinstance(term, Call) and term.name == "neg":
        return -_coefficient(term.args[0])
    if isinstance(term, Call) and term.name in ("mul", "div"):
        return _coefficient(term.args[0])
    return 1


def _product(term: Term) -> Term:
    """Factors with their powers, those with negative ones below a line."""
    number, factors = _factors(term)
    if number == 0:
        return 0
    over = [_raised(base, power) for base, power in factors.values() if power > 0]
    under = [_raised(base, -power) for base, power in factors.values() if power < 0]
    size = abs(number)
    top = _row([*([] if size == 1 and over else [_tidy(size)]), *over])
    whole = top if not under else Call("div", (top, _row(under)))
    if number > 0:
        return whole
    return -whole if isinstance(whole, (int, float)) else Call("neg", (whole,))


def _factors(term: Term) -> tuple[float, dict[str, tuple[Term, float]]]:
    """The number of a product, and its other factors with their exponents, by their texts."""
    found: dict[str, tuple[Term, float]] = {}
    number = 1.0
    stack: list[tuple[Term, float]] = [(term, 1)]
    while stack:
        part, power = stack.pop()
        match part:
            case int() | float() if part != 0 or power > 0:
                number *= float(part) ** power
            case Call("neg", (inner,)) if float(power).is_integer():
                number *= (-1) ** int(power)
                stack.append((inner, power))
            case Call("mul", (first, second)) if float(power).is_integer():
                stack += [(second, power), (first, power)]
            case Call("div", (first, second)) if float(power).is_integer():
                stack += [(second, -power), (first, power)]
            case Call("square", (inner,)) if float(power).is_integer():
                stack.append((inner, 2 * power))
            case Call("reciprocal", (inner,)):
                stack.append((inner, -power))
            case Call("pow", (inner, int() | float() as exponent)) if float(power).is_integer() and abs(exponent) < 100:
                stack.append((inner, power * exponent))
            case _:
                key = text(part)
                found[key] = part, found.get(key, (part, 0))[1] + power
    return number, {key: pair for key, pair in found.items() if pair[1] != 0}


def _raised(base: Term, power: float) -> Term:
    return base if power == 1 else Call("pow", (base, _tidy(power)))


def _row(parts: list[Term]) -> Term:
    return reduce(lambda first, second: Call("mul", (first, second)), parts) if parts else 1


def _tidy(number: float) -> Term:
    return int(number) if float(number).is_integer() and abs(number) < 1e15 else number


def text(term: Term, level: int = 0) -> str:
    """The term in our language, brackets where they are needed."""
    if not isinstance(term, Call):
        said = repr(term) if isinstance(term, float) else str(term)
        said = str(int(term)) if isinstance(term, float) and term.is_integer() and abs(term) < 1e15 else said
        return f"({said})" if said.startswith("-") and level else said
    if term.name == "neg":
        said, own = "-" + text(term.args[0], 2), 1
    elif term.name in SIGNS:
        sign, own = SIGNS[term.name]
        tight = own + (term.name in ("sub", "div"))
        left, right = (own + 1, own) if term.name == "pow" else (own, tight)
        gap = " " if own == 1 else ""
        said = text(term.args[0], left) + gap + sign + gap + text(term.args[1], right)
    else:
        said, own = f"{term.name}({', '.join(text(part) for part in term.args)})", 9
    return f"({said})" if own < level else said


def latex(term: Term) -> str:
    """The term as LaTeX."""
    return formula(term, {name: name_latex(name) for name in names(term)} | {name: rf"\{name}" for name in ("pi",)}).replace("{ ", "{")
