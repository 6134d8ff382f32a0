"""The first complaint about a text, with an edit that is known to help."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.lang.bounds import bound
from app.lang.complaints import brackets, equals, gaps, layout, products, signs
from app.lang.complaints.complaint import Complaint, Draft
from app.lang.places import Places
from app.lang.source import Edit, Source
from app.lang.tokens import Token, is_balanced, tokens

EFFORT = 16_000
"""How many characters may be read again and again in search of an edit that helps."""

DETECTORS: tuple[Callable[[Draft], Iterator[Complaint]], ...] = (
    signs.complaints,
    layout.complaints,
    equals.complaints,
    products.complaints,
    products.zeros,
    gaps.complaints,
    brackets.complaints,
)
"""In this order where two begin at the same place."""

SAID: tuple[tuple[str, str, str, str], ...] = (
    ("cannot assign|illegal target|illegal expression for aug|cannot delete|only single target", "syntax.assign",
     "Only names, and tuples of names, can be assigned.", "Write a name before the =."),
    ("positional argument follows|argument unpacking", "source.syntax", "Plain values go before options in a call.", "Write f(x, dim=0)."),
    ("maybe you meant '=='|expression cannot contain assign", "source.syntax", "= assigns a name; to compare write ==.", "Write ==."),
    ("non-default argument|default value", "source.syntax", "Parameters with a default go last.", "Write def f(x, y=1):"),
    ("Generator expression", "syntax.unsupported", "A generator is not part of the language.", "Write a for loop."),
    ("f-string", "syntax.unsupported", "This f-string cannot be read.", "Leave it out; the graph shows every value."),
    ("duplicate argument", "syntax.scope", "A parameter is there twice.", "Rename one of the two."),
    ("escape|unicode error|bytes can only", "syntax.unsupported", "This string cannot be read.", "Leave it out."),
    ("decimal literal|octal|hexadecimal|binary|digit", "source.syntax", "This number cannot be read.", "Write it such as 12.5 or 1e-3."),
    ("expected 'else' after", "source.syntax", "A choice needs an else.", "Write a if condition else b."),
    ("parentheses", "source.syntax", "Brackets are missing here.", "Put ( and ) around it."),
    ("forgot a comma", "source.syntax", "A comma or an operator is missing here.", "Put , or an operator between the two."),
)  # fmt: skip
"""What Python's own messages mean, in our words."""


def complain(source: Source, found: list[Token], places: Places, limits: Limits, error: SyntaxError | None = None) -> ProgramError:
    """The error of a text that does not parse; ``error`` is what Python's parser said, if it was asked."""
    draft = Draft(source, found)
    complaint = _first(draft) or _from_python(draft, places, error)
    edit = next(_helping(source, complaint, limits), None)
    return source.error(complaint.code, complaint.message, complaint.start, complaint.end, complaint.hint, edit)


def _first(draft: Draft) -> Complaint | None:
    """The complaint that begins first."""
    found = [next(detector(draft), None) for detector in DETECTORS]
    return min((c for c in found if c is not None), key=lambda c: c.start, default=None)


def _helping(source: Source, complaint: Complaint, limits: Limits) -> Iterator[Edit]:
    """The edits after which the text parses; then those after which the next complaint is another one, and not before this one.

    Long texts get fewer tries.
    """
    later = []
    size = len(source.text) + 1
    for edit in complaint.edits[: max(1, EFFORT // size)]:
        text = source.text[: edit.start] + edit.text + source.text[edit.end :]
        if readable(text, limits):
            yield edit
            continue
        if size > EFFORT // 4:
            continue
        next_one = _first(Draft(Source(text), tokens(text)))
        if next_one is not None and _is_progress(complaint, next_one):
            later.append(edit)
    yield from later


def _is_progress(before: Complaint, after: Complaint) -> bool:
    """Whether the complaint after an edit stands further on, or is another one at the same place."""
    return after.start > before.start or (after.start == before.start and after.message != before.message)


def readable(text: str, limits: Limits) -> bool:
    """Whether a text parses within the limits, ^ read as a power."""
    source, found = Source(text), tokens(text)
    if any(token.kind in {"sign", "quote"} for token in found) or not is_balanced(found):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            bound(source, found, limits)
            ast.parse(Places(source, found).readable)
        except (ProgramError, SyntaxError, ValueError, MemoryError, RecursionError):
            return False
    return True


def _from_python(draft: Draft, places: Places, error: SyntaxError | None) -> Complaint:
    """What Python's parser found, in our words."""
    line = min(max((error.lineno if error else None) or 1, 1), len(draft.source.starts))
    if isinstance(error, TabError):
        return layout.tab_error(draft, line)
    start, end = _stretch(draft, places, error, line)
    said = error.msg if error else ""
    for pattern, code, sentence, hint in SAID:
        if re.search(pattern, said):
            return Complaint(code, sentence, start, end, hint)
    text = draft.text[start:end].split("\n")[0].strip()
    what = f"I cannot read {text} here" if 0 < len(text) <= 20 else "I cannot read on from here"
    return Complaint(
        "source.syntax", f"{what} (line {draft.source.line_of(start)}).", start, end, "Check the signs, brackets and commas around it."
    )


def _stretch(draft: Draft, places: Places, error: SyntaxError | None, line: int) -> tuple[int, int]:
    """Where Python's parser stopped, in the original text: its columns are characters of the text it was given."""
    if error is None or not error.offset:
        start = draft.source.starts[line - 1]
        return start, draft.source.line_end(start)
    start = places.from_letters(line, error.offset - 1)
    end = places.from_letters(error.end_lineno or line, max(error.end_offset or 0, 1) - 1) if error.end_lineno else start
    if end <= start:
        token = next((t for t in draft.tokens if t.end > start and t.kind != "newline"), None)
        end = token.end if token and token.start <= start else min(start + 1, len(draft.text))
    return start, end
