"""Whatever is typed, read gives a program or a ProgramError: never anything else, always within the text, never for long."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.codes import CODES
from app.core.diagnostic import Diagnostic, ProgramError
from app.core.limits import Limits
from app.core.span import Span
from app.gallery import examples
from app.lang.check import Checked, read

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))
from applying import applied, lines_of

PROGRAMS = [str(example["source"]) for example in examples()]
SIGNS = [*"()[]{}=+-*/^%@,:;.|&~!<>\"'#\\\n\t 0123xyαeé²√×−𝐱\u200b\r\f_$?"]
WORDS = """lambda if else elif for in while def return and or not is import from with as class try print sin exp ** // == <= != += ...
    1e400 0x1f 1_0 1j True None pass break continue del global yield await async match type := -> f'{x}' b'1' r'\\d' '''a''' x.T""".split()
PIECES = st.sampled_from([*SIGNS, *[f" {word} " for word in WORDS], "\n    ", "if x:\n"])
ROUNDS = 40


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A program of the gallery with a few letters deleted, replaced or put in."""
    text = draw(st.sampled_from(PROGRAMS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 3))
        text = text[:start] + draw(st.one_of(st.just(""), PIECES)) + text[start + length :]
    return text


ANYTHING = st.one_of(
    mutated(), st.lists(PIECES, max_size=30).map("".join), st.text(max_size=40), st.text("()[]'\"\\\n \t:=|x2", max_size=30)
)


def within(span: Span, source: str) -> bool:
    lines = lines_of(source)
    ends = [(span.line, span.column), (span.end_line, span.end_column)]
    return ends == sorted(ends) and all(
        1 <= line <= len(lines) and 0 <= column <= len(lines[line - 1].encode("utf-16-le", "surrogatepass")) // 2 for line, column in ends
    )


def outcome(source: str) -> Checked | Diagnostic:
    try:
        return read(source, Limits())
    except ProgramError as error:
        return error.diagnostic


@settings(max_examples=600, deadline=None)
@given(ANYTHING)
def test_a_text_is_a_program_or_has_an_error_within_it(source: str):
    found = outcome(source)
    if isinstance(found, Checked):
        nodes = [node for node in ast.walk(found.tree) if hasattr(node, "lineno") or isinstance(node, ast.Module)]
        assert all(within(found.span(node), source) for node in nodes)
        assert all(within(note.span, source) for note in found.warnings)
        assert set(found.free) <= set(found.order)
    else:
        assert found.code in CODES
        assert found.span is not None
        assert within(found.span, source)
        assert "\n" not in found.message


@settings(max_examples=400, deadline=None)
@given(ANYTHING)
def test_fixes_come_to_an_end(source: str):
    for _ in range(ROUNDS):
        found = outcome(source)
        if isinstance(found, Checked) or found.fix is None or found.fix.span is None:
            return
        assert within(found.fix.span, source)
        source = applied(source, found.fix)
    raise AssertionError("the fixes go round in a circle")


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_a_fix_leaves_text_that_parses_or_fails_otherwise(source: str):
    found = outcome(source)
    if isinstance(found, Diagnostic) and found.fix is not None and found.fix.span is not None:
        mended = outcome(applied(source, found.fix))
        assert isinstance(mended, Checked) or (mended.message, mended.span) != (found.message, found.span)
