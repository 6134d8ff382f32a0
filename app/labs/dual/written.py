"""Dual numbers as text: ``3 + 2ε`` read into coefficients, coefficients written as ``3 + 2 ε``, and ε in the text of a program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.core.formatting import short
from app.core.span import Span
from app.lang.source import Source
from app.lang.tokens import tokens
from app.ops.op import Value

UNITS = frozenset(("ε", "eps", "epsilon"))
"""The spellings of the dual unit."""
MOST_POWERS = 12
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = {raised: str(digit) for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}

_TERM = re.compile(
    r"""\s*(?P<sign>[+\-−])?\s*
    (?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+(?![A-Za-z]))?)\s*(?:[*·]\s*(?=ε|eps))?)?
    (?P<unit>ε|epsilon|eps)?(?P<power>\s*(?:\^|\*\*)\s*\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?\s*
    (?:[*·]?\s*(?P<behind>(?:\d+\.?\d*|\.\d+)(?:[eE][+\-]?\d+)?)\s*)?""",
    re.VERBOSE,
)


def read_dual(text: str) -> list[float] | None:
    """The coefficients of ``3 + 2ε``, ``1 + eps - eps^2``, ``-ε``; None where the text is no sum of such terms."""
    found: dict[int, float] = {}
    place = 0
    while place < len(text) or not place:
        match = _TERM.match(text, place)
        if match is None or match.end() == place or (place and match["sign"] is None):
            return None
        term = _term(match)
        if term is None:
            return None
        power, value = term
        found[power] = found.get(power, 0.0) + value
        place = match.end()
    return [found.get(power, 0.0) for power in range(max(found) + 1)]


def _term(match: re.Match[str]) -> tuple[int, float] | None:
    """The power of ε and the coefficient of one summand."""
    number, unit, power, behind = match["number"], match["unit"], match["power"], match["behind"]
    if (number is None and unit is None) or (unit is None and power is not None) or (behind is not None and (unit is None or number)):
        return None
    raised = "".join(LOWERED.get(letter, letter) for letter in power).strip(" ^*") if power else "1"
    exponent = int(raised) if unit else 0
    value = float(number or behind or 1.0)
    if exponent > MOST_POWERS or value == float("inf"):
        return None
    return exponent, -value if match["sign"] in ("-", "−") else value


# ---------------------------------------------------------------- writing


def write_dual(coefficients: Sequence[Value]) -> str:
    """Coefficients as text: ``6 - 10 ε``; of higher powers those that are not 0."""
    text = short(float(coefficients[0]))
    for power, value in enumerate(coefficients[1:], 1):
        number = float(value)
        if number == 0 and power > 1:
            continue
        sign, size = ("-", -number) if number < 0 else ("+", number)
        text += f" {sign} {short(size)} ε{unit_power(power)}"
    return text


def unit_power(power: int) -> str:
    """The exponent of ε, raised; nothing for 1."""
    return "" if power == 1 else str(power).translate(RAISED)


# ---------------------------------------------------------------- in programs


def spelled_out(source: str) -> str:
    """A program in which ``4ε`` is written ``4*ε``, as the language wants it."""
    text = Source(source)
    pieces, place = [], 0
    for offset in _joints(text):
        pieces.append(text.text[place:offset])
        place = offset
    return "*".join([*pieces, text.text[place:]])


def _joints(text: Source) -> list[int]:
    """Where a number, or a closing bracket, and ε stand side by side."""
    found = tokens(text.text)
    return [b.start for a, b in pairwise(found) if b.text in UNITS and a.end == b.start and _ends(a.kind, a.text)]


def _ends(kind: str, text: str) -> bool:
    return kind == "number" or (kind == "op" and text == ")")


def as_typed(source: str, span: Span) -> Span:
    """A place of the program that was spelled out, in the text as it was typed."""
    text = Source(source)
    by_line: dict[int, list[int]] = {}
    for offset in _joints(text):
        line, column = text.position(offset)
        by_line.setdefault(line, []).append(column)

    def back(line: int, column: int) -> int:
        return column - sum(joint + before < column for before, joint in enumerate(by_line.get(line, ())))

    return Span(span.line, back(span.line, span.column), span.end_line, back(span.end_line, span.end_column))
