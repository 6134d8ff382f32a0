"""Lines: indentation, colons, blocks without lines, else without if."""

from __future__ import annotations

from collections.abc import Iterator

from app.lang.complaints.complaint import Complaint, Draft, depths
from app.lang.source import Edit
from app.lang.tokens import OPENING, Token, is_operand_end, is_operand_start

HEADS = frozenset("if elif else while for def with class try except finally".split())
PARTNERS = {"elif": {"if", "elif"}, "else": {"if", "elif", "for", "while"}}
TAB = 8


def complaints(draft: Draft) -> Iterator[Complaint]:
    """What is wrong with the lines, from the first to the last."""
    stack: list[tuple[int, str]] = [(0, "")]
    before: list[Token] | None = None
    for line in draft.lines:
        column = _column(draft, line[0])
        if before is not None and _opens(before):
            if column <= _column(draft, before[0]):
                yield _no_body(draft, before, line[0])
                return
            stack.append((column, ""))
        elif column > stack[-1][0]:
            yield _indented(draft, line[0], stack[-1][0])
            return
        while column < stack[-1][0]:
            stack.pop()
        if column != stack[-1][0]:
            yield _indented(draft, line[0], stack[-1][0])
            return
        yield from _orphan(draft, line[0], stack[-1][1])
        yield from _no_colon(draft, line)
        stack[-1] = (column, line[0].text)
        before = line
    if before is not None and _opens(before):
        yield _no_body(draft, before, None)


def _column(draft: Draft, token: Token) -> int:
    """How far a line is indented, as Python counts tabs."""
    return len(draft.text[draft.line_start(token) : token.start].expandtabs(TAB))


def _opens(line: list[Token]) -> bool:
    """Whether a block must follow."""
    return line[0].text in HEADS and line[-1].text == ":"


def _no_body(draft: Draft, head: list[Token], following: Token | None) -> Complaint:
    """if x > 0: and nothing below."""
    start, end = head[0].start, head[-1].end
    indent = draft.text[draft.line_start(head[0]) : start]
    edits = [Edit(end, end, f"\n{indent}    pass")]
    if following is not None and following.text not in {"else", "elif"}:
        edits.insert(0, _moved(draft, following, indent + "    "))
    message = f"Line {draft.source.line_of(start)} ends with a colon, so the next line must be indented."
    return Complaint("source.syntax", message, start, end, "Begin the next line with four spaces.", edits)


def _indented(draft: Draft, token: Token, wanted: int) -> Complaint:
    """A line that is indented without a reason."""
    start = draft.line_start(token)
    message = f"Line {draft.source.line_of(token.start)} is indented differently from the lines around it."
    edits = [_moved(draft, token, " " * wanted)]
    return Complaint("source.syntax", message, start, token.start, "Lines of one block begin in the same column.", edits)


def _moved(draft: Draft, token: Token, indent: str) -> Edit:
    """The line of its first token, indented otherwise; written out, so that the change can be read."""
    end = draft.source.line_end(token.start)
    return Edit(draft.line_start(token), end, indent + draft.text[token.start : end])


def _orphan(draft: Draft, token: Token, above: str) -> Iterator[Complaint]:
    """else without if."""
    if token.text in PARTNERS and above not in PARTNERS[token.text]:
        message = f"This {token.text} has no if above it in the same column."
        yield Complaint("source.syntax", message, token.start, token.end, "Indent it like the if it belongs to.", [])


def _no_colon(draft: Draft, line: list[Token]) -> Iterator[Complaint]:
    """if x > 0 without a colon."""
    word = line[0].text
    if word not in HEADS or (len(line) > 1 and line[1].text in {"=", ","}):
        return
    if word == "else" and len(line) > 1 and line[1].text == "if":
        message = "else if is written elif."
        yield Complaint("source.syntax", message, line[0].start, line[1].end, "Write elif.", [Edit(line[0].start, line[1].end, "elif")])
        return
    level = depths(line)
    if level[-1] != 0 or line[-1].text in OPENING:
        return
    lambdas = 0
    for token, depth in zip(line, level, strict=True):
        lambdas += token.text == "lambda"
        if token.text == ":" and depth == 0 and token.kind == "op":
            if lambdas == 0:
                yield from _two_heads(line, token)
                return
            lambdas -= 1
    start, end = line[0].start, line[-1].end
    message = f"A line that begins with {word} needs a colon."
    yield Complaint("source.syntax", message, start, end, "Put : after it.", list(_colons(line, level)))


def _two_heads(line: list[Token], colon: Token) -> Iterator[Complaint]:
    """for i in range(3): for j in range(3): …"""
    following = next((token for token in line if token.start > colon.start), None)
    if following is not None and following.text in HEADS:
        message = f"This {following.text} begins a block of its own."
        edits = [Edit(colon.end, following.start, "\n    ")]
        yield Complaint("source.syntax", message, following.start, following.end, "Write it on the next line, indented.", edits)


def _colons(line: list[Token], level: list[int]) -> Iterator[Edit]:
    """Where the colon may be meant: for a word such as then, before a second statement, at the end."""
    places = zip(line[1:], line[2:], level[2:], strict=False)
    for token in line[1:]:
        if token.text in {"then", "do"} and token.kind == "name":
            yield Edit(token.start - 1, token.end, ":")
        if token.text == "=" and line[0].text == "def":
            yield Edit(token.start - 1, token.end, ": return")
        if token.text in {"{", "return"} and token is not line[-1]:
            yield Edit(token.start, token.start, ": ")
    yield Edit(line[-1].end, line[-1].end, ":")
    if line[0].text == "else":
        yield Edit(line[0].end, line[0].end, ":")
    for before, token, depth in places:
        if depth == 0 and is_operand_end(before) and is_operand_start(token):
            yield Edit(before.end, before.end, ":")


def tab_error(draft: Draft, line: int) -> Complaint:
    """Tabs and spaces mixed, so that it is open which lines belong together."""
    start = draft.source.starts[line - 1]
    end = start + len(draft.text[start:]) - len(draft.text[start:].lstrip(" \t"))
    first = min([token.start for token in draft.tokens if draft.text[draft.line_start(token) : token.start].strip(" ") == "\t"] or [start])
    first = draft.source.starts[draft.source.line_of(first) - 1]
    spaces = "\n".join(_spaced(text) for text in draft.text[first:end].split("\n"))
    message = f"Line {line} mixes tabs and spaces."
    return Complaint("source.syntax", message, start, end, "Indent with spaces alone.", [Edit(first, end, spaces)])


def _spaced(line: str) -> str:
    """A line with spaces for the tabs it begins with."""
    content = line.lstrip(" \t")
    return line[: len(line) - len(content)].expandtabs(TAB) + content
