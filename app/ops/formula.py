"""Rule text as LaTeX: templates with ``{0}``, ``{1}`` for the operands and ``{z}`` for the result, with as few brackets as can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.ops.text import Call, Term

OR, AND, RELATION, SUM, PRODUCT, POWER, ATOM = range(7)
"""How tightly a form binds."""

Form = tuple[str, int]
"""LaTeX and how tightly it binds."""

_NAMED = {
    "sin": r"\sin", "cos": r"\cos", "tan": r"\tan", "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan",
    "sinh": r"\sinh", "cosh": r"\cosh", "tanh": r"\tanh", "log": r"\ln", "log2": r"\log_2", "log10": r"\log_{ 10}",
    "asinh": r"\operatorname{arsinh}", "acosh": r"\operatorname{arcosh}", "atanh": r"\operatorname{artanh}",
    "erf": r"\operatorname{erf}", "erfc": r"\operatorname{erfc}", "erfinv": r"\operatorname{erf}^{-1}", "sign": r"\operatorname{sgn}",
    "lgamma": r"\ln\Gamma", "digamma": r"\psi", "sinc": r"\operatorname{sinc}", "sigmoid": r"\sigma",
}  # fmt: skip
_BARE = tuple(_NAMED[name] for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "log", "log2", "log10"))
_AROUND = {
    "abs": r"\left|%s\right|", "floor": r"\left\lfloor %s\right\rfloor", "ceil": r"\left\lceil %s\right\rceil", "sqrt": r"\sqrt{%s}",
    "cbrt": r"\sqrt[3]{%s}", "exp": r"e^{%s}", "exp2": r"2^{%s}",
}  # fmt: skip
_RELATIONS = {"gt": ">", "ge": r"\ge", "lt": "<", "le": r"\le", "eq": "=", "ne": r"\ne"}
_JUNCTIONS = {"logical_or": (r"\lor", OR), "logical_and": (r"\land", AND)}
_LISTED = {"maximum": r"\max", "minimum": r"\min", "fmax": r"\operatorname{fmax}", "fmin": r"\operatorname{fmin}"}
_CONSTANTS = {"pi": r"\pi", "nan": r"\mathrm{NaN}", "inf": r"\infty"}


def latex(term: Term, variables: Mapping[str, str]) -> str:
    """The template of a term; ``variables`` says what stands for each name."""
    return _form(term, variables)[0]


def braced(body: str) -> str:
    """A group. ``{2}`` would be the place of the third operand: a lone number or z gets a space before it."""
    return "{ " + body + "}" if body.isdigit() or body == "z" else "{" + body + "}"


def number(value: float) -> str:
    """A number in a formula."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  NaN is unequal to itself
        return r"\mathrm{NaN}" if value != value else r"\infty" if value > 0 else r"-\infty"  # noqa: PLR0124  see above
    mantissa, _, exponent = f"{value:.6g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)} }}" if exponent else mantissa


def _form(term: Term, variables: Mapping[str, str]) -> Form:
    if isinstance(term, str):
        text = variables[term] if term in variables else _CONSTANTS[term]
        return text, SUM if text.startswith("-") else PRODUCT if r"\cdot" in text else ATOM
    if isinstance(term, (int, float)):
        text = number(term)
        return text, PRODUCT if r"\cdot" in text else ATOM
    maker = _MAKERS.get(term.name)
    return maker(term, variables) if maker else _applied(term, variables)


def _at(term: Term, level: int, variables: Mapping[str, str]) -> str:
    """A part, in brackets where it binds more loosely than its place asks for."""
    text, binds = _form(term, variables)
    return text if binds >= level else rf"\left({text}\right)"


def _sum(term: Call, variables: Mapping[str, str]) -> Form:
    first, second = term.args
    minus = term.name == "sub"
    if isinstance(second, Call) and second.name == "neg" and not minus:
        minus, second = True, second.args[0]
    return _at(first, SUM, variables) + (" - " if minus else " + ") + _at(second, PRODUCT if minus else SUM, variables), SUM


def _product(term: Call, variables: Mapping[str, str]) -> Form:
    first, second = term.args
    if isinstance(first, Call) and first.name == "neg":
        return "-" + _product(Call("mul", (first.args[0], second)), variables)[0], SUM
    if isinstance(second, Call) and second.name == "div" and second.args[0] == 1:
        return _quotient(Call("div", (first, second.args[1])), variables)
    left, right = _form(first, variables), _form(second, variables)
    if left[0] == "1" or right[0] == "1":
        return right if left[0] == "1" else left
    before, after = (text if binds >= PRODUCT else rf"\left({text}\right)" for text, binds in (left, right))
    juxtaposed = after.startswith(("\\", "e^")) and not after.startswith((r"\infty", r"\mathrm"))
    return before + (r" \, " if juxtaposed else r" \cdot ") + after, PRODUCT


def _quotient(term: Call, variables: Mapping[str, str]) -> Form:
    first, second = term.args
    if isinstance(first, Call) and first.name == "neg":
        return "-" + _quotient(Call("div", (first.args[0], second)), variables)[0], SUM
    over, under = (_form(a, variables) for a in (first, second))
    return over if under[0] == "1" else (rf"\frac{braced(over[0])}{braced(under[0])}", POWER)


def _negative(term: Call, variables: Mapping[str, str]) -> Form:
    return "-" + _at(term.args[0], PRODUCT, variables), SUM


def _power(term: Call, variables: Mapping[str, str]) -> Form:
    base, exponent = term.args
    return _at(base, ATOM, variables) + "^" + braced(_form(exponent, variables)[0]), POWER


def _square(term: Call, variables: Mapping[str, str]) -> Form:
    return _at(term.args[0], ATOM, variables) + "^2", POWER


def _reciprocal(term: Call, variables: Mapping[str, str]) -> Form:
    under = braced(_form(term.args[0], variables)[0])
    return r"\frac{ 1}" + (under if term.name == "reciprocal" else r"{\sqrt" + under + "}"), POWER


def _relation(term: Call, variables: Mapping[str, str]) -> Form:
    first, second = (_at(a, SUM, variables) for a in term.args)
    return f"{first} {_RELATIONS[term.name]} {second}", RELATION


def _junction(term: Call, variables: Mapping[str, str]) -> Form:
    """Both conditions; one that an open end makes true is left out."""
    sign, level = _JUNCTIONS[term.name]
    first, second = (_at(a, level, variables) for a in term.args)
    if sign == r"\land":
        kept = [c for c in (first, second) if not c.endswith((r"\le \infty", r"\ge -\infty"))]
        if len(kept) < 2:
            return (kept or [first])[0], RELATION
    return f"{first} {sign} {second}", level


def _cases(term: Call, variables: Mapping[str, str]) -> Form:
    """Nested choices are rows of one list."""
    rows = []
    rest: Term = term
    while isinstance(rest, Call) and rest.name == "where":
        condition, yes, rest = rest.args
        rows.append(rf"{_form(yes, variables)[0]} & \text{{if }} {_form(condition, variables)[0]}")
    rows.append(rf"{_form(rest, variables)[0]} & \text{{otherwise}}")
    return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}", PRODUCT


def _regular(term: Call, variables: Mapping[str, str]) -> Form:
    """The formula without its singular case, which the node's note tells."""
    return _form(term.args[2], variables)


def _as_is(term: Call, variables: Mapping[str, str]) -> Form:
    return _form(term.args[0], variables)


def _between(term: Call, variables: Mapping[str, str]) -> Form:
    frame = _AROUND[term.name]
    text = _form(term.args[0], variables)[0]
    if frame.endswith("{%s}"):
        return frame.removesuffix("{%s}") + braced(text), POWER if term.name.startswith("exp") else ATOM
    return frame % text, ATOM


def _log1p(term: Call, variables: Mapping[str, str]) -> Form:
    return rf"\ln\left(1 + {_at(term.args[0], SUM, variables)}\right)", PRODUCT


def _expm1(term: Call, variables: Mapping[str, str]) -> Form:
    return f"e^{braced(_form(term.args[0], variables)[0])} - 1", SUM


def _floor_divide(term: Call, variables: Mapping[str, str]) -> Form:
    return rf"\left\lfloor {_quotient(term, variables)[0]} \right\rfloor", ATOM


def _polygamma(term: Call, variables: Mapping[str, str]) -> Form:
    order, x = (_form(a, variables)[0] for a in term.args)
    order = str(sum(map(int, order.split(" + ")))) if order.replace(" + ", "").isdigit() else order
    return rf"\psi^{{\left({order}\right)}}\left({x}\right)", PRODUCT


def _applied(term: Call, variables: Mapping[str, str]) -> Form:
    """A function by its name; behind sin and its like one plain argument needs no brackets."""
    spelled = term.name.replace("_", r"\_")
    head = _NAMED.get(term.name) or _LISTED.get(term.name) or rf"\operatorname{{{spelled}}}"
    if isinstance(term.args[0], str) and head in _BARE:
        text, level = _form(term.args[0], variables)
        if level == ATOM:
            return f"{head} {text}", PRODUCT
    return head + r"\left(" + ",\\, ".join(_form(a, variables)[0] for a in term.args) + r"\right)", PRODUCT


_MAKERS: dict[str, Callable[[Call, Mapping[str, str]], Form]] = {
    "add": _sum, "sub": _sum, "mul": _product, "div": _quotient, "neg": _negative, "pow": _power, "square": _square,
    "reciprocal": _reciprocal, "rsqrt": _reciprocal, "where": _cases, "singular": _regular, "positive": _as_is,
    "polygamma": _polygamma,
    "log1p": _log1p, "expm1": _expm1, "floor_divide": _floor_divide,
    **dict.fromkeys(_RELATIONS, _relation), **dict.fromkeys(_JUNCTIONS, _junction), **dict.fromkeys(_AROUND, _between),
}  # fmt: skip
