"""Signs that no keyboard program has: those of print, invisible ones, letters of other scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from app.lang.builtins import known
from app.lang.complaints.complaint import Complaint, Draft, operand, partner
from app.lang.source import Edit, shown
from app.lang.tokens import GREEK, Token, is_operand_end

OPERATORS = {
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "⨯": "*", "÷": "/", "∕": "/", "⁄": "/", "−": "-", "–": "-", "—": "-",
    "‐": "-", "‑": "-", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!=", "∞": "inf", "½": "(1/2)", "¼": "(1/4)", "¾": "(3/4)",
    "“": "'", "”": "'", "„": "'", "‘": "'", "’": "'", "«": "'", "»": "'", "∧": " and ", "∨": " or ", "¬": "not ", "←": "=", "≔": "=",
    "∆": "Δ", "∑": "sum", "∏": "prod", "⊙": "*", "′": "", "∂": "d", "…": "...",
}  # fmt: skip
"""What to write for a sign of print."""

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᵀᵗ", "0123456789+-()nixyTt", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑᵢⱼₖₘₙₓ", "0123456789aeijkmnx", strict=True))
ALIKE = dict(
    zip(
        "аеорсухіјѕһԁвкмнтАВЕКМНОРСТХІЈЅУΑΒΕΖΗΙΚΜΝΟΡΤΧοςıɑɡℓ℮",
        "aeopcyxijshdbkmhtABEKMHOPCTXIJSYABEZHIKMNOPTXoσiagle",
        strict=True,
    )
)
"""Letters of other scripts that look like one of ours."""

ASCII = {
    "!": ("! is no operator here.", "A factorial of n is exp(lgamma(n + 1)); for the opposite of a condition write not."),
    "?": ("? has no meaning here.", "A choice is written a if condition else b."),
    "\\": ("\\ has no meaning here: formulas are typed without LaTeX.", "Write sin(x), not \\sin(x)."),
    "$": ("$ has no meaning here: formulas are typed without LaTeX.", "Delete it."),
    "`": ("` has no meaning here.", "Delete it."),
}


def complaints(draft: Draft) -> Iterator[Complaint]:
    """The first sign that cannot be read."""
    for place, token in enumerate(draft.tokens):
        if token.kind == "sign":
            yield _about(draft, place, token)
            return


def _about(draft: Draft, place: int, token: Token) -> Complaint:
    letter = token.text
    if letter in SUPERSCRIPTS:
        return _power(draft, place)
    if letter == "√":
        return _root(draft, place)
    if letter in "‖∥":
        return _norm(draft, place)
    if letter in ASCII:
        message, hint = ASCII[letter]
        before = draft.tokens[place - 1] if place else None
        factorial = before is not None and is_operand_end(before)
        edits = [_gone(token)] if letter != "!" else [] if factorial else [Edit(token.start, token.end, "not ")]
        return Complaint("source.typography", message, token.start, token.end, hint, edits)
    if letter in OPERATORS:
        return _operator(draft, token)
    if letter in SUBSCRIPTS or unicodedata.category(letter)[0] in "LMN":
        return _name(draft, place)
    return _invisible(draft, token)


def _gone(token: Token) -> Edit:
    return Edit(token.start, token.end, "")


def _run(draft: Draft, place: int, letters: dict[str, str]) -> tuple[int, str]:
    """The place after a row of such letters, and what they stand for."""
    last, text = place, ""
    while last < len(draft.tokens) and draft.tokens[last].text in letters:
        text += letters[draft.tokens[last].text]
        last += 1
    return last, text


def _power(draft: Draft, place: int) -> Complaint:
    """x², x⁻¹, Aᵀ, and sin²(x)."""
    after, exponent = _run(draft, place, SUPERSCRIPTS)
    first, last = draft.tokens[place], draft.tokens[after - 1]
    before = draft.tokens[place - 1] if place else None
    text = draft.text[before.start if before and before.end == first.start else first.start : last.end]
    if exponent == "T":
        message = f"{shown(text)} is written with a dot: {shown(text[:-1])}.T."
        return Complaint("source.typography", message, first.start, last.end, "Write .T.", [Edit(first.start, last.end, ".T")])
    power = f"**{exponent}" if re.fullmatch(r"-?\w+", exponent) else f"**({exponent})"
    if before and before.text in known() and after < len(draft.tokens) and draft.tokens[after].text == "(":
        close = draft.tokens[partner(draft.tokens, after)]
        inner = draft.text[last.end : close.end]
        message = f"{shown(text + inner)} is written {shown(before.text + inner + power)}."
        edit = Edit(first.start, close.end, inner + power)
        return Complaint("source.typography", message, before.start, close.end, "The exponent goes after the bracket.", [edit])
    base = text[: len(text) - (last.end - first.start)]
    message = (
        f"{shown(text)} is written {shown(base + power)}."
        if base not in {"", ")", "]"}
        else f"{shown(text)} is a sign of print: a power is written with **."
    )
    return Complaint("source.typography", message, first.start, last.end, f"Write {shown(power)}.", [Edit(first.start, last.end, power)])


def _root(draft: Draft, place: int) -> Complaint:
    """√x and √(x + 1)."""
    token = draft.tokens[place]
    message = "√ is a sign of print: a root is written sqrt(…)."
    if place + 1 == len(draft.tokens) or draft.tokens[place + 1].kind == "newline":
        return Complaint("source.typography", message, token.start, token.end, "Write sqrt(x).", [])
    following = draft.tokens[place + 1]
    last = draft.tokens[operand(draft.tokens, place + 1)]
    text = draft.between(following, last)
    edits = [Edit(token.start, last.end, f"sqrt({text})")]
    if following.text == "(":
        edits = [Edit(token.start, token.end, "sqrt"), *edits]
    elif following.kind == "number" and "." not in following.text:
        edits.append(Edit(token.start, following.end, f"sqrt({following.text})"))
    return Complaint("source.typography", message, token.start, last.end, "Write sqrt with brackets.", edits)


def _norm(draft: Draft, place: int) -> Complaint:
    """‖x‖."""
    token = draft.tokens[place]
    later = next((t for t in draft.tokens[place + 1 :] if t.text == token.text), None)
    message = f"{token.text} is a sign of print: a norm is written norm(…)."
    if later is None:
        return Complaint("source.typography", message, token.start, token.end, "Write norm(x).", [])
    edit = Edit(token.start, later.end, f"norm({draft.text[token.end : later.start]})")
    return Complaint("source.typography", message, token.start, later.end, "Write norm(x).", [edit])


def _operator(draft: Draft, token: Token) -> Complaint:
    """× and its like; all of them in the line are replaced at once."""
    word = OPERATORS[token.text]
    message = f"{token.text} is a sign of print."
    end = draft.source.line_end(token.start)
    many = [t for t in draft.tokens if t.kind == "sign" and t.text in OPERATORS and token.start <= t.start < end]
    text = draft.text[token.start : many[-1].end]
    for other in {t.text for t in many}:
        text = text.replace(other, OPERATORS[other])
    hint = f"Write {word.strip()}." if word else "Delete it."
    edits = [Edit(token.start, many[-1].end, text), Edit(token.start, token.end, word)]
    return Complaint("source.typography", message, token.start, token.end, hint, edits)


def _name(draft: Draft, place: int) -> Complaint:
    """A name with a letter that names do not have: the whole name is written anew."""
    first = last = place
    while first and _joins(draft, first):
        first -= 1
    while last + 1 < len(draft.tokens) and _joins(draft, last + 1):
        last += 1
    letter, start, end = draft.tokens[place].text, draft.tokens[first].start, draft.tokens[last].end
    name = draft.text[start:end]
    plain = "".join(_plain(c) for c in name)
    fits = re.fullmatch(rf"[A-Za-z_{GREEK}][\w{GREEK}]*", plain, re.ASCII) or re.fullmatch(rf"[\w{GREEK}]+", plain)
    edits = [Edit(start, end, plain)] if fits and plain != name else []
    twin = f": it looks like {_plain(letter)} and is another letter" if letter in ALIKE else ""
    message = f"The letter {letter} cannot stand in a name{twin}."
    hint = f"Write {shown(plain)}." if edits else "Use a to z, digits, _ and Greek letters."
    return Complaint("source.name", message, draft.tokens[place].start, draft.tokens[place].end, hint, edits)


def _joins(draft: Draft, place: int) -> bool:
    """Whether a token belongs to the same word as the one before."""
    if not place or draft.tokens[place].start != draft.tokens[place - 1].end:
        return False
    return all(
        t.kind in {"name", "number"} or (t.kind == "sign" and (unicodedata.category(t.text)[0] in "LMN" and t.text not in SUPERSCRIPTS))
        for t in draft.tokens[place - 1 : place + 1]
    )


def _plain(letter: str) -> str:
    """The letter of ours that another one is, looks like, or is made from."""
    if letter in ALIKE or letter in SUBSCRIPTS:
        return ALIKE.get(letter) or SUBSCRIPTS[letter]
    if letter in "ßẞ":
        return "ss"
    whole = unicodedata.normalize("NFKC", letter)
    if len(whole) == 1 and whole in GREEK:
        return whole
    return "".join(ALIKE.get(c, c) for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))


def _invisible(draft: Draft, token: Token) -> Complaint:
    """Spaces of print, marks without width, anything else."""
    letter = token.text
    kind = unicodedata.category(letter)
    name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
    column = draft.column(token)
    if kind[0] in "ZC":
        edits = [Edit(token.start, token.end, " " if kind == "Zs" else "")]
        message = f"There is an invisible sign ({name}) at column {column}."
        return Complaint("source.typography", message, token.start, token.end, "Delete it or write a plain space.", edits)
    same = unicodedata.normalize("NFKC", letter)
    edits = [Edit(token.start, token.end, same)] if same != letter and same.isascii() else []
    message = f"The sign {letter} at column {column} has no meaning here."
    return Complaint("source.typography", message, token.start, token.end, "Delete it, or write it in words.", [*edits, _gone(token)])
