"""Limits that hold before Python's parser sees a program: it neither grows nor nests beyond what every later walk can bear."""

from __future__ import annotations

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.lang.source import Source
from app.lang.tokens import CLOSING, OPENING, Token, is_balanced

DEEPENING = frozenset("+ - * / // % @ ** ^ ~ . << >> & | not if lambda".split())
"""Each of these may put what follows, or what went before, one level deeper."""

SLACK = 5
"""The count here is rough and takes flat things for nested ones; the exact limit is checked on the syntax tree."""


def bound(source: Source, found: list[Token], limits: Limits) -> None:
    """Raise ProgramError where the tokens are too many or would nest too deeply.

    Where a bracket is missing, all that follows seems to stand in it: only the brackets themselves are counted then.
    """
    if len(found) > 3 * limits.syntax_nodes:
        place = found[3 * limits.syntax_nodes]
        message = f"The program has more than {limits.syntax_nodes} parts. Shorten it, or use a loop."
        raise source.error("source.too_long", message, place.start, place.end, limit=limits.syntax_nodes)
    _brackets(source, found, limits, SLACK * limits.nesting if is_balanced(found) else len(found))
    _blocks(source, found, limits)


def too_deep(source: Source, start: int, end: int, limits: Limits) -> ProgramError:
    """The error of what is nested too deeply."""
    message = f"Line {source.line_of(start)} is nested more than {limits.nesting} levels deep."
    return source.error("source.too_deep", message, start, end, "Split it into several assignments.", limit=limits.nesting)


def _brackets(source: Source, found: list[Token], limits: Limits, most: int) -> None:
    """Brackets and operators: how deep an expression could be at each place, counted from all that is open around it."""
    levels, keeps, total = [0], [False], 0
    for token in found:
        word = token.text if token.kind in {"op", "name", "newline"} else ""
        if word in DEEPENING or word in OPENING:
            levels[-1] += 1
            total += 1
            keeps[-1] = keeps[-1] or word == "lambda"
        if word in OPENING:
            levels.append(0)
            keeps.append(False)
        elif word in CLOSING and len(levels) > 1:
            total -= levels.pop()
            keeps.pop()
        elif word in {"\n", ";"} or (word == "," and not keeps[-1]):
            total -= levels[-1]
            levels[-1], keeps[-1] = 0, False
        if len(levels) > limits.nesting or total > most:
            raise too_deep(source, token.start, token.end, limits)


def _blocks(source: Source, found: list[Token], limits: Limits) -> None:
    """Indentation, and chains of elif, each of which stands in the else of the one before."""
    indents, chains = [0], [0]
    for before, token in zip([None, *found], found, strict=False):
        if (before is not None and before.kind != "newline") or token.kind == "newline":
            continue
        column = source.column_of(token.start) - 1
        while len(indents) > 1 and column < indents[-1]:
            indents.pop()
            chains.pop()
        if column > indents[-1]:
            indents.append(column)
            chains.append(0)
        chains[-1] = chains[-1] + 1 if token.text == "elif" else 0 if token.text != "else" else chains[-1]
        if len(indents) + sum(chains) > limits.nesting:
            raise too_deep(source, token.start, token.end, limits)
