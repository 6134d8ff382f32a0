"""Numbers and names as LaTeX and as short text."""

from __future__ import annotations

import math
import re
from functools import lru_cache

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)
LETTERS = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega "
        "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(),
        strict=True,
    )
)
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
INDEXED = re.compile(r"([^\W\d_]+)(?:_?(\d+)|_([^\W\d_]))")
PRIMES = 3
"""Versions of a name are marked with up to so many primes, later ones with their number: above in formulas, where an index is below."""


def short(value: float) -> str:
    """A number in at most six significant digits, as plain text."""
    if isinstance(value, bool):
        return str(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    return f"{value:.6g}" if value != int(value) or abs(value) >= 1e6 else str(int(value))


EXACT = 99_999
SMALL, LARGE = 1e-3, 1e5
SMALLEST_NORMAL = 2.2250738585072014e-308


def rounded(value: float, digits: int | None) -> tuple[str, int | None]:
    """The digits of a finite number as the pages show them, and its power of ten where it needs one; None stands for all digits."""
    if value == 0:
        return "0", None
    if float(value).is_integer() and abs(value) <= EXACT:
        return str(int(value)), None
    if SMALL <= abs(value) < LARGE:
        text = repr(float(value)) if digits is None else _decimal(value, digits)
        if abs(float(text)) < LARGE:
            return text, None
    mantissa, _, exponent = (f"{value:.{digits - 1}e}" if digits is not None else _scientific(value)).partition("e")
    return _trimmed(mantissa), int(exponent)


def _decimal(value: float, digits: int) -> str:
    """Significant digits without an exponent."""
    text = f"{value:.{digits}g}"
    return f"{value:.0f}" if "e" in text else text


def _scientific(value: float) -> str:
    """All digits, one before the point."""
    return min((f"{value:.{places}e}" for places in range(17)), key=lambda text: (float(text) != value, len(text)))


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def number_latex(value: float) -> str:
    """A number as LaTeX; negative ones in parentheses, since they stand as operands."""
    if isinstance(value, bool):
        return rf"\text{{{value}}}"
    if math.isnan(value):
        return r"\text{NaN}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"\left(-\infty\right)"
    mantissa, _, exponent = f"{value:.6g}".partition("e")
    text = rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else short(value)
    return rf"\left({text}\right)" if text.startswith("-") else text


@lru_cache(maxsize=4096)
def name_latex(name: str) -> str:
    """A name as LaTeX: x1 and W_h have an index, Greek names are letters, all others are upright."""
    if name in LETTERS:
        return rf"\{LETTERS[name]}"
    if name in GREEK:
        return rf"\{name}"
    if len(name) == 1 and name != "_":
        return name
    parts = INDEXED.fullmatch(name)
    if parts and (len(parts[1]) == 1 or parts[1] in GREEK):
        return f"{name_latex(parts[1])}_{{{name_latex(parts[3]) if parts[3] else parts[2]}}}"
    return rf"\text{{{upright(name)}}}"


def upright(text: str) -> str:
    """Text for LaTeX's text mode: its special characters escaped."""
    return re.sub(r"([\\{}$&#^_%~])", lambda m: r"\backslash " if m[1] == "\\" else "\\" + m[1], text)


def version(name: str, number: int) -> str:
    """The label of version 1, 2, … of a name: c, c', c'', c''', then c₄, c₅, …: signs that no name has. Formulas raise the number."""
    later = number - 1
    return name + ("'" * later if later <= PRIMES else str(later).translate(LOWERED))


def version_latex(name: str, number: int) -> str:
    """The same as LaTeX."""
    later = number - 1
    return name_latex(name) + ("'" * later if later <= PRIMES else f"^{{({later})}}")
