"""Operators without an operand, operators of other languages, words of Python as names, and bars."""

from __future__ import annotations

from collections.abc import Iterator

from app.lang.builtins import known
from app.lang.complaints.complaint import Complaint, Draft
from app.lang.complaints.equals import word_of_python
from app.lang.source import Edit, shown
from app.lang.tokens import CLOSING, KEYWORDS, OPENING, VALUES, Token, is_operand_end

BINARY = frozenset("* / // % @ ** ^ = == != < > <= >= | & << >> += -= *= /= //= %= **= ^= @= and or is in .".split())
PREFIX = frozenset("+ - ~ not".split())
PAIRS = {
    ("=", ">"): ">=", ("=", "<"): "<=", ("<", ">"): "!=", ("=", "="): "==", ("!", "="): "!=", ("<", "="): "<=", (">", "="): ">=",
    ("&", "&"): "and", ("|", "|"): "or", ("*", "*"): "**", ("==", "="): "==", ("^", "^"): "^", ("/", "*"): "/", ("=", "!="): "!=",
}  # fmt: skip
"""Operators that other languages write so, or that a space has torn apart, and how they are written here."""


def complaints(draft: Draft) -> Iterator[Complaint]:
    """What is missing, statement by statement."""
    for statement in draft.statements:
        found = _bars(draft, statement) or _of_statement(draft, statement)
        if found is not None:
            yield found


def _of_statement(draft: Draft, statement: list[Token]) -> Complaint | None:
    for place, token in enumerate(statement):
        before = statement[place - 1] if place else None
        following = statement[place + 1] if place + 1 < len(statement) else None
        if _misused_word(before, token, following):
            return word_of_python(token)
        if _orphaned_comma(before, token):
            return _doubled(draft, before, token)
        if not _operates(token):
            continue
        if following is None and (_binary(token) or token.text in PREFIX):
            return _unfinished(draft, statement)
        if following is not None and _binary(token) and following.text in CLOSING and following.kind == "op":
            return _missing(draft, token, following)
        if following is not None and token.text in PREFIX and following.text in CLOSING and following.kind == "op":
            return _missing(draft, token, following)
        if _binary(token) and (before is None or not _ends_operand(before)) and not _starred(before, token):
            return _doubled(draft, before, token)
    return None


def _operates(token: Token) -> bool:
    return token.text in BINARY | PREFIX and token.kind in {"op", "name"}


def _binary(token: Token) -> bool:
    """Whether an operand must stand on both sides."""
    return token.text in BINARY and token.kind in {"op", "name"}


def _orphaned_comma(before: Token | None, token: Token) -> bool:
    """f(x, , 2) and [, 1]."""
    return token.text == "," and token.kind == "op" and (before is None or before.text in OPENING or before.text in {",", "="})


def _ends_operand(token: Token) -> bool:
    """Whether an operator can follow; not before in and is, which end in an operand as well."""
    return is_operand_end(token) or token.text in {"not", "is", "..."}


def _starred(before: Token | None, token: Token) -> bool:
    """Whether this * or ** takes values apart, or stands between parameters: the whitelist refuses that."""
    return token.text in {"*", "**"} and (before is None or before.text in {"(", ",", "lambda", "[", "="}) and token.kind == "op"


def _misused_word(before: Token | None, token: Token, following: Token | None) -> bool:
    """x * lambda, or lambda + 1."""
    if token.kind != "name" or token.text not in KEYWORDS - VALUES - PREFIX or token.text in {"and", "or", "is", "in", "if", "else", "for"}:
        return False
    if token.text == "lambda":
        return following is None or (following.kind == "op" and following.text not in {":", "*", "**"})
    return before is not None and before.kind == "op" and before.text in BINARY | {"+", "-", "("} and token.text not in {"await", "yield"}


def _unfinished(draft: Draft, statement: list[Token]) -> Complaint:
    """y = 1 +."""
    token = statement[-1]
    if len(statement) > 2 and statement[-2].text == token.text and token.text in {"+", "-"} and statement[-2].end == token.start:
        name = draft.between(statement[0], statement[-3])
        edit = Edit(statement[-2].start, token.end, f" {token.text}= 1")
        name = shown(name)
        message = f"{name}{token.text * 2} is written {name} {token.text}= 1."
        return Complaint("source.syntax", message, statement[0].start, token.end, f"Write {name} {token.text}= 1.", [edit])
    hint = "Write the value after it." if token.text == "=" else "Write what comes after it, or delete it."
    if token.text == ".":
        hint = "Write the name of what is read, such as .T."
    edits = []
    if len(statement) > 1 and token.text != "=":
        edits = [Edit(statement[-2].end, token.end, "")]
    message = f"Something is missing after the {token.text} at column {draft.column(token)}."
    return Complaint("source.syntax", message, token.start, token.end, hint, edits)


def _missing(draft: Draft, token: Token, following: Token) -> Complaint:
    """(x + )."""
    message = f"Something is missing between {token.text} and {following.text}."
    edits = [Edit(token.start, following.start, "")]
    return Complaint("source.syntax", message, token.start, following.end, "Write the value between them, or delete the operator.", edits)


def _doubled(draft: Draft, before: Token | None, token: Token) -> Complaint:
    """x * / y, and operators of other languages."""
    pair = PAIRS.get((before.text, token.text)) if before is not None else None
    if before is None or before.text in OPENING or (before.text in {":", ",", "="} and not pair):
        message = f"Something is missing before the {token.text} at column {draft.column(token)}."
        edits = [Edit(token.start, token.end, "")]
        return Complaint("source.syntax", message, token.start, token.end, "Write the value before it, or delete it.", edits)
    if pair:
        message = f"{shown(draft.between(before, token))} is written {pair}."
        replacement = f" {pair} " if pair.isalpha() else pair
        edits = [Edit(before.start, token.end, replacement)]
        return Complaint("source.syntax", message, before.start, token.end, f"Write {pair}.", edits)
    message = f"Something is missing between {before.text} and {token.text}."
    edits = [Edit(before.start, token.start, ""), Edit(token.start, token.end, "")]
    return Complaint("source.syntax", message, before.start, token.end, "Write the value between them, or delete one of them.", edits)


def _bars(draft: Draft, statement: list[Token]) -> Complaint | None:
    """|x|, ln|x|, 2|x|, ||v||."""
    places = [place for place, token in enumerate(statement) if token.text == "|" and token.kind == "op"]
    if not places:
        return None
    double = len(places) >= 4 and statement[places[0]].end == statement[places[1]].start
    if not double and len(places) > 1 and places[1] == places[0] + 1:
        return None
    if len(places) < 2:
        token = statement[places[0]]
        if places[0] + 1 < len(statement) and places[0] and is_operand_end(statement[places[0] - 1]):
            return None
        return Complaint("source.typography", "The bar | has no partner.", token.start, token.end, "Write an absolute value as abs(x).")
    opened, closed = statement[places[0]], statement[places[3 if double else 1]]
    inner = draft.text[statement[places[1]].end : statement[places[2]].start] if double else draft.text[opened.end : closed.start]
    word = "norm" if double else "abs"
    meant = f"{word}({inner.strip()})"
    before = statement[places[0] - 1] if places[0] else None
    written = meant
    if before is not None and is_operand_end(before):
        written = f"({meant})" if before.text in known() else f"*{meant}"
    message = f"Bars are a sign of print: {shown(draft.between(opened, closed))} is written {shown(meant)}."
    return Complaint(
        "source.typography", message, opened.start, closed.end, f"Write {shown(meant)}.", [Edit(opened.start, closed.end, written)]
    )
