"""A place in the source text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of source: 1-based lines, 0-based columns in UTF-16 units, the end excluded."""

    line: int
    column: int
    end_line: int
    end_column: int
