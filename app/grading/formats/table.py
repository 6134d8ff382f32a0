"""Tables for spreadsheets (CSV, RFC 4180): what people wrote stays text, whatever it looks like."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # spreadsheets take the wide ones too
"""What a spreadsheet may take for the beginning of a formula."""


def table(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV; texts that a spreadsheet would calculate get an apostrophe before them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return "" if value is None else value
    return safe(value.replace("\0", ""))


def safe(text: str) -> str:
    """A text that a spreadsheet shows as it is."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULAS) else text
