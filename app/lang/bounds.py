"""Limits that hold before Python's parser sees a program: it neither grows nor nests beyond what every later walk can bear."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.lang.source import Source
from app.lang.tokens import CLOSING, OPENING, Token, is_balanced, is_operand_end

CHAINING = frozenset("+ - * / // % @ << >> & |".split())
"""Between two operands these chain to the left, however many there are; before one they are signs."""

REACHING = frozenset("not if lambda".split())
"""What follows these stands in them up to the next comma, chains included."""

DEEPENING = CHAINING | REACHING | frozenset("** ^ ~ .".split())
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


@dataclass(slots=True)
class Level:
    """What is open within one pair of brackets: how much of it reaches past an operand, and whether past a comma too."""

    count: int = 0
    reaching: int = 0
    keeps: bool = False

    def add(self, word: str) -> None:
        """One more thing that deepens."""
        self.count += 1
        self.reaching += word in REACHING
        self.keeps = self.keeps or word == "lambda"

    def let_go(self) -> int:
        """An operand is over: its signs, powers and brackets are; how many they were."""
        gone = self.count - self.reaching
        self.count = self.reaching
        return gone


def _brackets(source: Source, found: list[Token], limits: Limits, most: int) -> None:
    """Brackets and operators: how deep an expression could be at each place, counted from all that is open around it."""
    levels, total, after_operand = [Level()], 0, False
    for token in found:
        word = token.text if token.kind in {"op", "name", "newline"} else ""
        chains, after_operand = word in CHAINING and after_operand, is_operand_end(token)
        if chains:
            total -= levels[-1].let_go()
        elif word in DEEPENING or word in OPENING:
            levels[-1].add(word)
            total += 1
        if word in OPENING:
            levels.append(Level())
        elif word in CLOSING and len(levels) > 1:
            total -= levels.pop().count
        elif word in {"\n", ";"} or (word == "," and not levels[-1].keeps):
            total -= levels[-1].count
            levels[-1] = Level()
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
