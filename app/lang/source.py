"""The text of a program: its lines, and where a stretch of it stands as editors count."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, NamedTuple

from app.core.diagnostic import Fix, ProgramError, problem
from app.core.limits import Limits
from app.core.span import Span

SHOWN = 40
"""How much of a program a sentence repeats."""


class Edit(NamedTuple):
    """Text for the stretch from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class Source:
    """A program as it was typed, with line ends made equal: every line of an editor is a line here.

    Places are offsets into ``text``; ``span`` tells them in lines and UTF-16 columns.
    """

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")
        self.starts = [0]
        for line in self.text.split("\n")[:-1]:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self._wide = any(letter > "\uffff" for letter in self.text)

    def line_of(self, offset: int) -> int:
        """The number of the line, from 1."""
        return bisect_right(self.starts, offset)

    def line_end(self, offset: int) -> int:
        """Where the line ends that a place is in."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def column_of(self, offset: int) -> int:
        """The column in characters, from 1, as sentences name it."""
        return offset - self.starts[self.line_of(offset) - 1] + 1

    def position(self, offset: int) -> tuple[int, int]:
        """Line from 1 and UTF-16 column from 0."""
        line = self.line_of(offset)
        column = offset - self.starts[line - 1]
        if self._wide:
            column += sum(letter > "\uffff" for letter in self.text[offset - column : offset])
        return line, column

    def span(self, start: int, end: int) -> Span:
        """The span of a stretch of text."""
        return Span(*self.position(start), *self.position(end))

    def error(
        self, code: str, message: str, start: int, end: int, hint: str | None = None, edit: Edit | None = None, **extra: Any
    ) -> ProgramError:
        """The error of a stretch of text."""
        fix = Fix(self.span(edit.start, edit.end), edit.text) if edit else None
        return problem(code, message, self.span(start, end), hint, fix, **extra)


def shown(text: str) -> str:
    """A piece of the program in a sentence: one line, and not too much of it."""
    line, *more = text.split("\n")
    return line if len(line) <= SHOWN and not more else line[:SHOWN].rstrip() + "…"


def opened(text: str, limits: Limits) -> Source:
    """The source, if it is short enough and made of whole characters."""
    asked = len(text.encode("utf-8", "surrogatepass"))
    if asked > limits.source_bytes:
        message = f"The program has {asked} bytes; {limits.source_bytes} are allowed."
        raise problem("source.too_long", message, Span(1, 0, 1, 0), "Shorten it, or use a loop.", limit=limits.source_bytes, asked=asked)
    source = Source(text)
    for offset, letter in enumerate(source.text):
        if letter == "\0" or "\ud800" <= letter <= "\udfff":
            what = "an empty character (NUL)" if letter == "\0" else "half a character (a lone surrogate)"
            message = f"There is {what} in line {source.line_of(offset)}. Delete it."
            raise source.error("source.typography", message, offset, offset + 1, None, Edit(offset, offset + 1, ""))
    return source
