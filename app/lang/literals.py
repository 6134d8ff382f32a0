"""Numbers and names as written: too large, larger than float64 tells apart, infinite; too long, or Python's own."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import NamedTuple

from app.core.limits import Limits
from app.core.span import Span
from app.lang.source import Source
from app.lang.tokens import Token

EXACT = 2**53
DIGITS = 309
"""The largest float64 has so many."""


class Note(NamedTuple):
    """A remark on a place of the source that is no error."""

    span: Span
    code: str
    sentence: str


def bound_numbers(source: Source, found: list[Token]) -> None:
    """Raise ProgramError at a whole number that no float64 can hold; no big integer is built to find out."""
    for token in found:
        if token.kind == "number" and len(token.text) > DIGITS // 5 and _overflows(token.text):
            message = f"This number of {len(token.text)} characters is too large: the largest is about 1.8e308."
            raise source.error("value.too_large", message, token.start, token.end, "Write it with an exponent, such as 1e300.")


def bound_names(source: Source, found: list[Token], limits: Limits) -> None:
    """Raise ProgramError at a name that is too long, or Python's own."""
    for token in found:
        if token.kind != "name":
            continue
        if len(token.text) > limits.name_length:
            message = f"This name has {len(token.text)} letters; {limits.name_length} are allowed."
            raise source.error("source.name", message, token.start, token.end, "Choose a shorter one.", limit=limits.name_length)
        if token.text.startswith("__"):
            message = f"{token.text} begins with two underscores: such names are Python's own."
            raise source.error("source.name", message, token.start, token.end, "Choose a name that begins with a letter.")


def _overflows(text: str) -> bool:
    """Whether a literal is a whole number beyond float64."""
    word = text.replace("_", "").lower()
    base = {"0x": 16, "0b": 2, "0o": 8}.get(word[:2], 10)
    digits = (word if base == 10 else word[2:]).lstrip("0")
    if base == 10 and not digits.isdecimal():
        return False
    if len(digits) * math.log10(base) > DIGITS + 5:
        return True
    try:
        float(int(digits or "0", base))
    except OverflowError:
        return True
    return False


def settle(tree: ast.Module, span: Callable[[ast.AST], Span]) -> list[Note]:
    """Make whole numbers beyond 2**53 floats, and remark on them and on infinite ones."""
    notes = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
            continue
        if isinstance(node.value, int) and node.value > EXACT:
            exact, node.value = node.value, float(node.value)
            says = "is kept as a float64" if exact == node.value else f"becomes the float64 {node.value!r}"
            notes.append(Note(span(node), "note.rounded", f"This whole number is larger than 2**53 and {says}."))
        elif isinstance(node.value, float) and math.isinf(node.value):
            notes.append(Note(span(node), "note.infinite", "This number is larger than float64 can hold: it is read as infinity."))
    return notes
