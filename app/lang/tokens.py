"""Tokens: a light reading of the text, before and beside Python's own, that never recurses and never fails."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.core.formatting import LETTERS

GREEK = "".join(LETTERS)
OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = {close: open_ for open_, close in OPENING.items()}
KEYWORDS = frozenset(
    "False None True and as assert async await break class continue def del elif else except finally for from global if import in is "
    "lambda nonlocal not or pass raise return try while with yield".split()
)
VALUES = frozenset({"False", "None", "True"})

_PATTERN = re.compile(
    rf"""
  (?P<space>[ \t\f]+|\\\n)
| (?P<newline>\n)
| (?P<comment>\#[^\n]*)
| (?P<string>(?:[rR][bBfF]?|[bBfF][rR]?|[uU])?
    (?:'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?!'')(?:\\.|[^'\\\n])*'|"(?!"")(?:\\.|[^"\\\n])*"))
| (?P<quote>'''|\"\"\"|'|")
| (?P<number>0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+
    |(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?[jJ]?)
| (?P<name>[A-Za-z_{GREEK}][A-Za-z0-9_{GREEK}]*)
| (?P<op>\*\*=|//=|>>=|<<=|\.\.\.|\*\*|//|>>|<<|[!=<>:+\-*/%@&|^]=|->|[-+*/%@&|^~<>()\[\]{{}},:.;=])
| (?P<sign>.)
""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A name, number, string, operator (``op``), end of a statement's line (``newline``), or a character that is none (``sign``).

    ``quote`` is a quotation mark without its partner; reading ends there.
    """

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def tokens(text: str) -> list[Token]:
    """All tokens; spaces, comments and line ends within brackets are left out."""
    found: list[Token] = []
    depth = 0
    for match in _PATTERN.finditer(text):
        kind, word = str(match.lastgroup), match[0]
        if kind == "op":
            depth = max(0, depth + (word in OPENING) - (word in CLOSING))
        if kind not in {"space", "comment"} and not (kind == "newline" and depth > 0):
            found.append(Token(kind, word, match.start()))
        if kind == "quote":
            break
    return found


def is_balanced(found: list[Token]) -> bool:
    """Whether every bracket has its partner."""
    stack = []
    for token in found:
        if token.kind == "op" and token.text in OPENING:
            stack.append(OPENING[token.text])
        elif token.kind == "op" and token.text in CLOSING and (not stack or stack.pop() != token.text):
            return False
    return not stack


def is_operand_end(token: Token) -> bool:
    """Whether an operand can end here."""
    if token.kind == "name":
        return token.text not in KEYWORDS or token.text in VALUES
    return token.kind in {"number", "string"} or (token.kind == "op" and token.text in CLOSING)


def is_operand_start(token: Token) -> bool:
    """Whether an operand must begin here: brackets aside, since they may also index and call."""
    if token.kind == "name":
        return token.text not in KEYWORDS or token.text in VALUES or token.text == "lambda"
    return token.kind in {"number", "string"}
