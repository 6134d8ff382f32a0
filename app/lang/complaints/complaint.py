"""A complaint, and the text it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from app.lang.source import Edit, Source
from app.lang.tokens import CLOSING, OPENING, Token


@dataclass(frozen=True, slots=True)
class Complaint:
    """One slip: its code, sentence, place and hint, and edits that may mend it, the likeliest first."""

    code: str
    message: str
    start: int
    end: int
    hint: str | None = None
    edits: list[Edit] = field(default_factory=list)


class Draft:
    """A text that does not parse, as tokens and as statements."""

    def __init__(self, source: Source, found: list[Token]) -> None:
        self.source, self.tokens = source, found
        self.text = source.text

    @cached_property
    def lines(self) -> list[list[Token]]:
        """The tokens of each logical line; an open bracket joins lines."""
        return list(_split(self.tokens, newline_only=True))

    @cached_property
    def statements(self) -> list[list[Token]]:
        """The tokens of each statement: logical lines, taken apart at semicolons."""
        return list(_split(self.tokens, newline_only=False))

    def between(self, first: Token, last: Token) -> str:
        """The text from one token to another."""
        return self.text[first.start : last.end]

    def line_start(self, token: Token) -> int:
        """Where the line of a token begins."""
        return self.source.starts[self.source.line_of(token.start) - 1]

    def column(self, token: Token) -> int:
        """The column of a token as sentences name it, from 1."""
        return self.source.column_of(token.start)


def _split(found: list[Token], *, newline_only: bool) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in found:
        if token.kind == "newline" or (token.text == ";" and not newline_only):
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def depths(statement: list[Token]) -> list[int]:
    """How many brackets are open around each token; a bracket counts as outside itself."""
    found, depth = [], 0
    for token in statement:
        if token.kind == "op" and token.text in CLOSING:
            depth -= 1
        found.append(depth)
        if token.kind == "op" and token.text in OPENING:
            depth += 1
    return found


def partner(statement: list[Token], place: int) -> int:
    """The place of the bracket that closes the one at ``place``; the last place where none does."""
    depth = 0
    for later in range(place, len(statement)):
        word = statement[later].text if statement[later].kind == "op" else ""
        depth += (word in OPENING) - (word in CLOSING)
        if depth == 0:
            return later
    return len(statement) - 1


def operand(statement: list[Token], place: int) -> int:
    """The place of the last token of the operand that begins at ``place``: a name or number with what is called or read of it."""
    last = place
    if statement[place].kind == "number" and place + 1 < len(statement) and statement[place + 1].start == statement[place].end:
        last = place + 1 if statement[place + 1].kind == "name" else place
    elif statement[place].text in OPENING:
        last = partner(statement, place)
    while last + 1 < len(statement):
        following = statement[last + 1]
        if following.text in {"(", "["} and following.start == statement[last].end:
            last = partner(statement, last + 1)
        elif following.text in {".", "^", "**"} and last + 2 < len(statement) and statement[last + 2].kind in {"name", "number"}:
            last += 2
        else:
            break
    return last
