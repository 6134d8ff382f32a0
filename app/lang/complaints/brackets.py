"""Brackets and quotation marks without a partner."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from app.lang.complaints.complaint import Complaint, Draft
from app.lang.source import Edit
from app.lang.tokens import CLOSING, OPENING, Token

LINES = 8
"""How many lines further down a missing bracket is tried."""


def complaints(draft: Draft) -> Iterator[Complaint]:
    """The first bracket that does not fit, and the quotation mark at which reading ended."""
    stack: list[Token] = []
    for token in draft.tokens:
        if token.kind == "quote":
            yield _quote(draft, token)
        if token.kind != "op" or (token.text not in OPENING and token.text not in CLOSING):
            continue
        if token.text in OPENING:
            stack.append(token)
        elif not stack:
            message = f"The bracket {token.text} at column {draft.column(token)} closes nothing."
            yield Complaint("source.bracket", message, token.start, token.end, "Delete it, or open it before.", [_deleted(token)])
            return
        elif CLOSING[token.text] == stack[-1].text:
            stack.pop()
        else:
            yield _crossed(draft, stack[-1], token)
            return
    if stack and not any(token.kind == "quote" for token in draft.tokens):
        yield _unclosed(draft, stack)


def _deleted(token: Token) -> Edit:
    return Edit(token.start, token.end, "")


def _crossed(draft: Draft, opened: Token, closed: Token) -> Complaint:
    """( closed by ]."""
    wanted = OPENING[opened.text]
    message = f"The bracket {opened.text} opened at column {draft.column(opened)} is closed by {closed.text} instead of {wanted}."
    edits = [Edit(closed.start, closed.end, wanted), Edit(closed.start, closed.start, wanted), _deleted(closed)]
    return Complaint("source.bracket", message, closed.start, closed.end, f"Write {wanted}.", edits)


def _unclosed(draft: Draft, stack: list[Token]) -> Complaint:
    """( without ): tried at the ends of the next lines."""
    opened = stack[-1]
    missing = "".join(OPENING[token.text] for token in reversed(stack))
    line = draft.source.line_of(opened.start)
    ends = [_content_end(draft, number) for number in range(line, min(line + LINES, len(draft.source.starts)) + 1)]
    edits = [Edit(end, end, text) for end in dict.fromkeys(ends) for text in dict.fromkeys([missing, OPENING[opened.text]])]
    colons = [e for e in ends if draft.text[e - 1 : e] == ":"]
    edits = [Edit(e - 1, e - 1, missing) for e in colons] + edits
    where = "" if line == draft.source.line_of(len(draft.text)) or not colons else f" in line {line}"
    message = f"The bracket opened at column {draft.column(opened)}{where} is not closed."
    return Complaint("source.bracket", message, opened.start, opened.end, f"Add {missing}.", edits)


def _content_end(draft: Draft, line: int) -> int:
    """Where the last token of a line ends (or of what was read before it)."""
    start = draft.source.starts[line - 1]
    end = draft.source.line_end(start)
    last = bisect_left(draft.tokens, end, key=lambda token: token.start) - 1
    while last >= 0 and draft.tokens[last].kind == "newline":
        last -= 1
    return draft.tokens[last].end if last >= 0 else end


def _quote(draft: Draft, token: Token) -> Complaint:
    """' without a second '."""
    end = draft.source.line_end(token.start)
    word = token.end
    while word < end and (draft.text[word].isalnum() or draft.text[word] in "_,-> "):
        word += 1
    message = f"The quotation mark at column {draft.column(token)} has no partner."
    edits = [Edit(word, word, token.text), Edit(end, end, token.text), _deleted(token)]
    return Complaint("source.bracket", message, token.start, token.end, "Add the closing quotation mark, or delete this one.", edits)
