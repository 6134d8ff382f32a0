"""Constraints as they are written, an expression that shall be 0 or ``g == c``, ``g <= c``, ``g >= c``: each becomes a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.core.diagnostic import problem
from app.lang.source import Source
from app.lang.tokens import CLOSING, OPENING, Token, tokens

Sign = Literal["==", "<=", ">="]
RELATIONS = frozenset({"==", "<=", ">=", "<", ">", "!="})
NOT_A_CONSTRAINT = {
    "equality": "A constraint is an expression that shall be 0, or an equation such as x + y == 2.",
    "inequality": "An inequality is g <= c or g >= c, or an expression that shall not be above 0.",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """``program`` is the left side minus the right one, with everything at its old place in the text; ``written`` is that text."""

    written: str
    program: str
    sign: Sign
    left: str
    right: str


def equation(text: str) -> Relation:
    """An expression equal to 0, or an equation; raises ProgramError."""
    return _read(text, {"=="}, "==", "equality")


def inequality(text: str) -> Relation:
    """An expression at most 0, or one side compared with the other; raises ProgramError."""
    return _read(text, {"<=", ">="}, "<=", "inequality")


def _read(text: str, allowed: set[str], usual: Sign, kind: str) -> Relation:
    source = Source(text)
    found = _relations(tokens(source.text))
    if not found:
        return Relation(text, source.text, usual, source.text.strip(), "0")
    first, *more = found
    if more or first.text not in allowed:
        wrong = more[0] if more else first
        message = f"{wrong.text} cannot stand here. {NOT_A_CONSTRAINT[kind]}"
        hint = "Write two of them." if more else _hint(wrong.text, kind)
        raise problem("syntax.unsupported", message, source.span(wrong.start, wrong.end), hint)
    end = _last(source.text)
    right = source.text[first.end : end]
    # as long as the sign was, so that every place in the text stays where it is
    program = f"{source.text[: first.start]}-({right})"
    return Relation(text, program, first.text, source.text[: first.start].strip(), right.strip())  # type: ignore[arg-type]  # one of ``allowed``


def _hint(sign: str, kind: str) -> str:
    if kind == "equality" and sign != "!=":
        return "Inequalities have a list of their own."
    return f"Write {sign}=." if sign in ("<", ">") else "Write == or an expression that shall be 0."


def _last(text: str) -> int:
    """Where the last token ends: remarks and empty lines after it would swallow a bracket."""
    return max((token.end for token in tokens(text) if token.kind != "newline"), default=0)


def _relations(found: list[Token]) -> list[Token]:
    """The relations of the last statement that stand in no bracket."""
    depth = 0
    kept: list[Token] = []
    for place, token in enumerate(found):
        if token.kind == "newline" and any(later.kind != "newline" for later in found[place:]):
            kept = []
        depth += (token.text in OPENING) - (token.text in CLOSING) if token.kind == "op" else 0
        if depth == 0 and token.kind == "op" and token.text in RELATIONS:
            kept.append(token)
    return kept
