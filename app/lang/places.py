"""Where syntax stands in the original text: Python counts bytes, and reads ^ as the two signs of a power."""

from __future__ import annotations

import ast
from bisect import bisect_left
from typing import Any

from app.core.diagnostic import ProgramError
from app.core.span import Span
from app.lang.source import Edit, Source, shown
from app.lang.tokens import Token

POWER = {"^": "**", "^=": "**="}


class Places:
    """The text that Python's parser gets (``readable``), and the way back from its columns."""

    def __init__(self, source: Source, found: list[Token]) -> None:
        self.source = source
        self.carets = [token for token in found if token.kind == "op" and token.text in POWER]
        cuts = [0, *(token.start + 1 for token in self.carets)]
        pieces = [source.text[start : end - 1] for start, end in zip(cuts, [*cuts[1:], len(source.text) + 1], strict=True)]
        self.readable = "**".join(pieces)
        self._lines = self.readable.split("\n")
        self._shifts: dict[int, list[int]] = {}
        for token in self.carets:
            line = source.line_of(token.start)
            shifts = self._shifts.setdefault(line, [])
            shifts.append(token.start - source.starts[line - 1] + len(shifts))
        self._plain = [line.isascii() and number not in self._shifts for number, line in enumerate(self._lines, 1)]
        self._letters: dict[int, list[int]] = {}
        self._spans: dict[ast.AST, Span] = {}

    def offset(self, line: int, column: int) -> int:
        """The place in the original text of a line from 1 and a column in bytes."""
        if line > len(self._lines):
            return len(self.source.text)
        if not self._lines[line - 1].isascii():
            table = self._letters.get(line) or self._bytes_to_letters(line)
            column = table[min(column, len(table) - 1)]
        return self.from_letters(line, column)

    def _bytes_to_letters(self, line: int) -> list[int]:
        """For each byte of a line the character it belongs to."""
        table = self._letters[line] = []
        for place, letter in enumerate(self._lines[line - 1]):
            table += [place] * len(letter.encode())
        table.append(len(self._lines[line - 1]))
        return table

    def from_letters(self, line: int, column: int) -> int:
        """The place in the original text of a line from 1 and a column in characters of the readable text."""
        if line > len(self._lines):
            return len(self.source.text)
        column = min(column, len(self._lines[line - 1]))
        return self.source.starts[line - 1] + column - bisect_left(self._shifts.get(line, ()), column)

    def stretch(self, node: ast.AST) -> tuple[int, int]:
        """Where a piece of syntax begins and ends in the original text."""
        if isinstance(node, ast.Module):
            return 0, len(self.source.text)
        at: Any = node
        return self.offset(at.lineno, at.col_offset), self.offset(at.end_lineno, at.end_col_offset)

    def header(self, node: ast.AST) -> tuple[int, int]:
        """The same, but of a statement with a body only its first line."""
        start, end = self.stretch(node)
        if not (hasattr(node, "body") or hasattr(node, "cases")) or isinstance(node, ast.expr):
            return start, end
        return start, min(end, start + len(self.source.text[start : self.source.line_end(start)].rstrip()))

    def span(self, node: ast.AST) -> Span:
        """The span of a piece of syntax."""
        found = self._spans.get(node)
        if found is None:
            found = self._spans[node] = self._span(node)
        return found

    def _span(self, node: ast.AST) -> Span:
        at: Any = node
        if not isinstance(node, ast.Module) and self._plain[at.lineno - 1] and self._plain[at.end_lineno - 1]:
            return Span(at.lineno, at.col_offset, at.end_lineno, at.end_col_offset)
        return self.source.span(*self.stretch(node))

    def text(self, node: ast.AST) -> str:
        """A piece of syntax as it was typed."""
        start, end = self.stretch(node)
        return self.source.text[start:end]

    def shown(self, node: ast.AST) -> str:
        """A piece of syntax in a sentence."""
        return shown(self.text(node))

    def error(
        self, code: str, message: str, node: ast.AST, hint: str | None = None, edit: Edit | None = None, **extra: Any
    ) -> ProgramError:
        """The error of a piece of syntax."""
        return self.source.error(code, message, *self.header(node), hint, edit, **extra)
