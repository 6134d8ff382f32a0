"""Two operands with nothing between them: 2x, sin x, x y, two statements on a line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from difflib import get_close_matches

from app.lang.builtins import known
from app.lang.complaints.complaint import Complaint, Draft, depths, operand
from app.lang.source import Edit, shown
from app.lang.tokens import CLOSING, OPENING, Token, is_operand_end, is_operand_start

ASSIGNING = frozenset("= += -= *= /= //= %= **= ^= @=".split())
DECLARING = frozenset("let var const auto int float double real val set local".split())
STARTING = ("return", "import", "from", "print")
BLOCKS = ("for", "while", "if", "elif", "def", "with")
MISTYPED = 0.66


def complaints(draft: Draft) -> Iterator[Complaint]:
    """The places where a sign is missing."""
    for statement in draft.statements:
        for place, (token, following) in enumerate(itertools.pairwise(statement)):
            if not is_operand_end(token) or not is_operand_start(following):
                continue
            if token.kind == "string" and following.kind == "string":
                continue
            yield _about(draft, statement, place)
            break


def _about(draft: Draft, statement: list[Token], place: int) -> Complaint:
    """Which of the slips it is."""
    token, following = statement[place], statement[place + 1]
    assigned = place + 2 < len(statement) and statement[place + 2].text in ASSIGNING
    if place == 0 and token.kind == "name":
        special = _first_word(draft, statement, assigned=assigned)
        if special is not None:
            return special
    if assigned and place > 0 and following.kind == "name":
        return _two_statements(draft, token, following)
    if token.kind == "number" and following.kind == "number":
        return _two_numbers(draft, token, following)
    if token.kind == "name" and (token.text in known() or token.text == "print"):
        return _call(draft, statement, place)
    if "string" in {token.kind, following.kind}:
        message = f"There is no sign between {shown(token.text)} and {shown(following.text)}."
        return Complaint("source.syntax", message, token.start, following.end, "Put a comma or an operator between them.",
                         [Edit(token.end, token.end, ",")])  # fmt: skip
    return _product(draft, statement, place)


def _before(draft: Draft, statement: list[Token], place: int) -> str:
    """The operand that ends here, as far as it can be shown."""
    level = depths(statement)
    first = place
    while first and level[first] >= level[place] and statement[place].text in CLOSING and (first == place or level[first] > level[place]):
        first -= 1
    text = draft.between(statement[first], statement[place])
    if text[:1] not in OPENING or shown(text) == text:
        return shown(text)
    return f"{text[0]}…{statement[place].text}"


def _product(draft: Draft, statement: list[Token], place: int) -> Complaint:
    """2x, 2 x, x y, (x + 1)y."""
    left = _before(draft, statement, place)
    token, following = statement[place], statement[place + 1]
    joined = token.end == following.start
    right = shown(following.text)
    meant = f"{left}*{right}"
    if joined and token.kind == "number":
        message = f"I read {left}{right} as a name. Did you mean {meant}?"
    else:
        message = f"There is no sign between {left} and {right}. Did you mean {meant}?"
    gap = draft.text[token.end : following.start]
    sign = "*" if joined else " * " if gap.isspace() else f"{gap}*"
    start = token.start if token.text not in CLOSING else token.end
    edit = Edit(start, following.end, f"{draft.text[start : token.end]}{sign}{following.text}")
    return Complaint("source.product", message, token.start, following.end, "A product needs its *.", [edit])


def _call(draft: Draft, statement: list[Token], place: int) -> Complaint:
    """sin x."""
    token, following = statement[place], statement[place + 1]
    last = statement[operand(statement, place + 1)] if token.text != "print" else statement[-1]
    inner = re.sub(r"(?<![\w.])([0-9]+(?:\.[0-9]+)?)(?=[A-Za-z_])", r"\1*", draft.between(following, last))
    meant = f"{token.text}({inner})"
    message = f"{token.text} needs brackets around its input: {shown(meant)}."
    return Complaint("source.call_brackets", message, token.start, last.end, f"Write {shown(meant)}.", [Edit(token.start, last.end, meant)])


def _two_statements(draft: Draft, token: Token, following: Token) -> Complaint:
    """x = 1 y = 2."""
    message = f"A new statement begins at column {draft.column(following)}: every statement has a line of its own."
    edits = [Edit(token.end, following.start, "; ")]
    return Complaint("source.syntax", message, following.start, following.end, "Begin a new line, or put ; between them.", edits)


def _two_numbers(draft: Draft, token: Token, following: Token) -> Complaint:
    """1.2.3, 1 2, and 01."""
    if re.fullmatch(r"0[0-9_]*", token.text) and token.end == following.start:
        return _zeros(draft, token)
    text = shown(draft.between(token, following))
    if token.end == following.start:
        message, hint, edits = f"{text} has two decimal points.", "A number has one.", [Edit(following.start, following.start + 1, "")]
    else:
        message, hint = (
            f"There is no sign between {shown(token.text)} and {shown(following.text)}.",
            "Put an operator or a comma between them.",
        )
        edits = [Edit(token.end, following.start, ", ")]
    return Complaint("source.syntax", message, token.start, following.end, hint, edits)


def _zeros(draft: Draft, token: Token) -> Complaint:
    """007."""
    plain = token.text.lstrip("0_") or "0"
    message = f"The number {shown(token.text)} begins with a zero."
    return Complaint("source.syntax", message, token.start, token.end, f"Write {shown(plain)}.", [Edit(token.start, token.end, plain)])


def _first_word(draft: Draft, statement: list[Token], *, assigned: bool) -> Complaint | None:
    """A first word that is no name here: a declaration of another language, a misspelt word of Python, a name with a space."""
    token, following = statement[0], statement[1]
    word = token.text
    if assigned and word in DECLARING:
        message = f"{word} is not needed: a name is assigned with = alone."
        return Complaint("source.syntax", message, token.start, token.end, f"Delete {word}.", [Edit(token.start, following.start, "")])
    if word in {"function", "func", "fn"}:
        return Complaint("source.syntax", f"{word} is written def.", token.start, token.end, "Write def f(x): and return.",
                         [Edit(token.start, token.end, "def")])  # fmt: skip
    if word == "type" or (word == "match" and not assigned):
        return Complaint("syntax.unsupported", f"{word} is not part of the language.", token.start, token.end, "Write if and elif.")
    near = get_close_matches(word, BLOCKS if statement[-1].text == ":" else STARTING, 1, MISTYPED)
    if near and word != near[0] and word not in known():
        message = f"I don't know {word}. Did you mean {near[0]}?"
        return Complaint("source.syntax", message, token.start, token.end, f"Write {near[0]}.", [Edit(token.start, token.end, near[0])])
    if assigned and following.kind in {"name", "number"} and word not in known():
        name = f"{word}_{following.text}"
        message = f"A name has no space in it: {word} {following.text} could be {name}."
        edits = [Edit(token.start, following.end, name)]
        return Complaint("source.name", message, token.start, following.end, f"Write {name}.", edits)
    return None


def zeros(draft: Draft) -> Iterator[Complaint]:
    """Numbers that begin with a zero."""
    for token in draft.tokens:
        if token.kind == "number" and re.fullmatch(r"0[0-9_]*[1-9][0-9_]*", token.text):
            yield _zeros(draft, token)
            return
