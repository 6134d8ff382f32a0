"""A sheet as it comes: the answers, or the text of a file that holds them."""

from __future__ import annotations

from typing import Any

from app.core.diagnostic import ProgramError, problem
from app.wire import json as strict

BOM = b"\xef\xbb\xbf"
"""Some editors put it before a text."""


def opened(text: bytes, depth: int) -> dict[str, Any]:
    """The answers in the text of a file, read as strictly as a request; raises ``grade.unreadable``."""
    try:
        answers = strict.parse(text.removeprefix(BOM), depth, "sheet")
    except ProgramError as error:
        raise problem("grade.unreadable", error.diagnostic.message, **error.diagnostic.extra) from None
    if not isinstance(answers, dict):
        raise problem("grade.unreadable", "The sheet must be a JSON object: nodes, and what was found for each.")
    return answers
