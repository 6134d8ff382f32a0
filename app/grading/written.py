"""Numbers as a student writes them: their value, and how finely they are written."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

BLANKS = frozenset({"", "-", "–", "—", "?", "…", "..."})
"""What stands in a cell that was left empty."""
WORDS = {
    "inf": math.inf, "+inf": math.inf, "-inf": -math.inf, "infinity": math.inf, "+infinity": math.inf, "-infinity": -math.inf,
    "∞": math.inf, "+∞": math.inf, "-∞": -math.inf, "nan": math.nan,
}  # fmt: skip
NUMBER = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:(?:e|\*10\^|\*10\*\*)([+-]?\d{1,4}))?")
LONGEST = 80
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
SPACES = re.compile(r"[\s  ]+")


class UnreadableError(ValueError):
    """A text that is no number; the message says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """A number with the text it was read from.

    ``place`` is the power of ten of the last written digit, None where the number is exact (a fraction, a word, a full float).
    ``digits`` counts the significant digits; ``vague`` says that its zeros at the end may be places kept or digits known.
    """

    text: str
    value: float
    place: int | None
    digits: int
    vague: bool = False


def read(raw: Any, comma: bool = False) -> Written | None:
    """The number that a JSON value stands for, None where nothing was written; raises UnreadableError.

    ``comma`` says that the exercise writes decimals with a comma.
    """
    if raw is None:
        return None
    if isinstance(raw, bool):
        raise UnreadableError("True and False are no numbers here.")
    if isinstance(raw, (int, float)):
        return _number(raw)
    if isinstance(raw, str):
        return _text(raw, comma)
    raise UnreadableError("An object is no number." if isinstance(raw, dict) else "A list stands where one number is asked.")


def _number(raw: float) -> Written:
    """A JSON number: zeros after its point are lost on the way, so its last digit is vague where there are few."""
    try:
        value = float(raw)
    except OverflowError:
        raise UnreadableError("The number is too large for float64.") from None
    text = repr(raw)
    if not math.isfinite(value):
        return Written(text, value, None, 0)
    if value == int(value) and abs(value) < 1e15:
        return _places(str(int(value)), value, vague=True)
    found = _text(text, comma=False)
    assert found is not None
    return Written(text, value, found.place, found.digits, vague=True)


def _text(raw: str, comma: bool) -> Written | None:
    """A text: a decimal number, a fraction, or a word for a number that is not finite."""
    text = raw.strip()
    if text in BLANKS:
        return None
    if len(text) > LONGEST:
        raise UnreadableError(f"A number of {len(text)} characters is not read.")
    plain = _plain(text, comma)
    if plain.lower() in WORDS:
        return Written(text, WORDS[plain.lower()], None, 0)
    if "/" in plain:
        return _fraction(text, plain)
    return _places(plain, None, vague=False, text=text)


def _plain(text: str, comma: bool) -> str:
    """A text with one sign for each thing: minus, times, the point, powers of ten."""
    text = SPACES.sub("", text.replace("−", "-").replace("·", "*").replace("×", "*"))
    text = re.sub(r"\*10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)", lambda m: "*10^" + m[1].translate(RAISED), text).replace("*10^{", "*10^").removesuffix("}")
    if "," in text:
        if not comma:
            raise UnreadableError("A comma is no decimal point here; write a point.")
        if "." in text or text.count(",") > 1:
            raise UnreadableError("There is more than one decimal sign.")
        text = text.replace(",", ".")
    return text


def _fraction(text: str, plain: str) -> Written:
    """A quotient of two decimal numbers, which is exact."""
    above, _, below = plain.partition("/")
    over, under = _places(above, None, vague=False), _places(below, None, vague=False)
    if under.value == 0:
        raise UnreadableError("The fraction has 0 below.")
    return Written(text, over.value / under.value, None, 0)


def _places(plain: str, value: float | None, *, vague: bool, text: str | None = None) -> Written:
    """A decimal number, its last place and its digits counted."""
    match = NUMBER.fullmatch(plain.lower())
    if match is None or not (match[2] or match[3]):
        raise UnreadableError(f"{(text or plain)[:40]!r} is no number.")
    whole, part, exponent = match[2], match[3] or "", int(match[4] or 0)
    shown = (whole + part).lstrip("0")
    if value is None:
        value = float(f"{match[1]}{whole or '0'}.{part or '0'}e{exponent}")
    if math.isinf(value):
        raise UnreadableError("The number is too large for float64.")
    ends_in_zeros = match[3] is None and match[4] is None and len(shown) > 1 and shown.endswith("0")
    return Written(text or plain, value, exponent - len(part), len(shown), vague=vague or ends_in_zeros)
