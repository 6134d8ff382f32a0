"""Expressions written out: as text of the language, and as LaTeX. Whoever asks looks at ``terms`` first."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.formatting import name_latex
from app.derive.symbolic.expression import DERIVATIVE, NUMBER, SYMBOL, Expression
from app.ops.formula import latex as formula
from app.ops.text import Call, Term

LARGEST = 4_000
"""Terms of an expression that is written out."""
COMPARISON, SUM, PRODUCT, SIGN, POWER, ATOM = range(1, 7)
INFIX = {
    "add": ("+", SUM), "sub": ("-", SUM), "mul": ("*", PRODUCT), "div": ("/", PRODUCT), "gt": (">", COMPARISON), "ge": (">=", COMPARISON),
    "lt": ("<", COMPARISON), "le": ("<=", COMPARISON), "eq": ("==", COMPARISON), "ne": ("!=", COMPARISON),
}  # fmt: skip


@dataclass(slots=True)
class Writing:
    """A text under way; ``marked`` is where the part at ``path`` came to stand. ``named`` are parts that have a name of their own.

    ``places`` holds for some parts where they came to stand, every time.
    """

    x: str
    path: tuple[int, ...] | None = None
    named: dict[int, str] | None = None
    pieces: list[str] | None = None
    length: int = 0
    marked: tuple[int, int] | None = None
    places: dict[int, list[tuple[int, int]]] | None = None


def text(top: Expression, x: str = "x", named: dict[int, str] | None = None) -> str:
    """The text of an expression; derivatives still to be taken are written D(…)."""
    return marked(top, x, None, named)[0]


def marked(
    top: Expression, x: str, path: tuple[int, ...] | None, named: dict[int, str] | None = None
) -> tuple[str, tuple[int, int] | None]:
    """The text, and where in it the part at a path stands."""
    writing = Writing(x, path, named, [])
    _write(top, COMPARISON - 1, (), writing, whole=True)
    assert writing.pieces is not None
    return "".join(writing.pieces), writing.marked


def places(top: Expression, x: str, parts: list[Expression]) -> list[list[tuple[int, int]]]:
    """Where some parts of an expression stand in its text."""
    found: dict[int, list[tuple[int, int]]] = {part.number: [] for part in parts}
    _write(top, COMPARISON - 1, (), Writing(x, None, None, [], places=found), whole=True)
    return [found[part.number] for part in parts]


def _put(piece: str, writing: Writing) -> None:
    assert writing.pieces is not None
    writing.pieces.append(piece)
    writing.length += len(piece)


def _write(one: Expression, least: int, path: tuple[int, ...], writing: Writing, *, whole: bool = False) -> None:
    """One expression in a place that asks for a binding of ``least``."""
    bracket = _binding(one, writing, whole=whole) < least
    if bracket:
        _put("(", writing)
    start = writing.length
    _body(one, path, writing, whole=whole)
    if writing.path == path:
        writing.marked = (start, writing.length)
    if writing.places is not None and one.number in writing.places:
        writing.places[one.number].append((start, writing.length))
    if bracket:
        _put(")", writing)


def _binding(one: Expression, writing: Writing, *, whole: bool) -> int:
    if not whole and writing.named and one.number in writing.named:
        return ATOM
    if one.op == NUMBER:
        return SIGN if not isinstance(one.value, bool) and one.value < 0 else ATOM
    if one.op in INFIX:
        return INFIX[one.op][1]
    return {"neg": SIGN, "pow": POWER}.get(one.op, ATOM)


def _body(one: Expression, path: tuple[int, ...], writing: Writing, *, whole: bool) -> None:
    if not whole and writing.named and one.number in writing.named:
        _put(writing.named[one.number], writing)
    elif one.op in (NUMBER, SYMBOL):
        _put(one.value if one.op == SYMBOL else repr(one.value), writing)
    elif one.op in INFIX:
        sign, binding = INFIX[one.op]
        _write(one.args[0], binding + (binding == COMPARISON), (*path, 0), writing)
        _put(f" {sign} ", writing)
        _write(one.args[1], binding + 1, (*path, 1), writing)
    elif one.op == "neg":
        _put("-", writing)
        _write(one.args[0], PRODUCT + 1, (*path, 0), writing)
    elif one.op == "pow":
        _write(one.args[0], ATOM, (*path, 0), writing)
        _put("**", writing)
        _write(one.args[1], ATOM, (*path, 1), writing)
    else:
        _put(("D" if one.op == DERIVATIVE else one.op) + "(", writing)
        for place, argument in enumerate(one.args):
            if place:
                _put(", ", writing)
            _write(argument, COMPARISON - 1, (*path, place), writing)
        _put(")", writing)


def latex(top: Expression, x: str) -> str:
    """The LaTeX of an expression; derivatives still to be taken stand behind d/dx."""
    variables: dict[str, str] = {}
    return formula(_term(top, x, variables), variables)


def braced(top: Expression, x: str, path: tuple[int, ...], word: str) -> str:
    """The LaTeX with a brace under the part at a path, and a word under the brace."""
    variables: dict[str, str] = {}
    return formula(_term(top, x, variables, Brace(path, word)), variables)


@dataclass(frozen=True, slots=True)
class Brace:
    """What is to have a brace: the way down to it, and what stands under it."""

    path: tuple[int, ...]
    word: str
    above: str | None = None

    def under(self, one: Expression, place: int) -> Brace | None:
        """The same seen from an operand; None where the way goes elsewhere."""
        return Brace(self.path[1:], self.word, f"{one.op}{place}") if self.path and self.path[0] == place else None


def _term(one: Expression, x: str, variables: dict[str, str], brace: Brace | None = None) -> Term:
    if brace is not None and not brace.path:
        inner = latex(one, x)
        inner = rf"\left({inner}\right)" if _bracketed(one, brace.above) else inner
        variables["brace"] = rf"\underbrace{{{inner}}}_{{\text{{{brace.word}}}}}"
        return "brace"
    if one.op == NUMBER:
        return one.value if not isinstance(one.value, bool) else int(one.value)
    if one.op == SYMBOL:
        variables[f"{one.value} "] = name_latex(one.value)
        return f"{one.value} "
    if one.op == DERIVATIVE:
        name = f"{one.number}"
        variables[name] = rf"\frac{{d}}{{d{name_latex(x)}}}\left({latex(one.args[0], x)}\right)"
        return name
    under = [None if brace is None else brace.under(one, place) for place in range(len(one.args))]
    return Call(one.op, tuple(_term(a, x, variables, b) for a, b in zip(one.args, under, strict=True)))


def _bracketed(one: Expression, above: str | None) -> bool:
    """Whether a part is bracketed in its place: a brace hides from the typesetter what it holds."""
    if above == "pow0":
        return one.op not in (NUMBER, SYMBOL)
    if one.op in ("add", "sub"):
        return above in ("mul0", "mul1", "neg0", "sub1")
    return one.op == "neg" and above in ("mul1", "add1", "sub1", "neg0")
