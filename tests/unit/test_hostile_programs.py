"""Programs that mean no good, or that nobody meant: each is refused with its code, in no time, and never runs."""

import numpy as np
import pytest

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.core.span import Span
from app.lang.check import read
from app.lang.program import Library

ESCAPES = {
    "().__class__.__bases__[0].__subclasses__()": "source.name",
    "(lambda fc=(lambda n:[c for c in ().__class__.__bases__[0].__subclasses__()][0]): fc('Popen'))()": "source.name",
    "from os import *": "syntax.import",
    "import os\ny = x": "syntax.import",
    "eval('1')": "name.unknown",
    "exec('x=1')": "name.unknown",
    "__import__('os')": "source.name",
    "getattr(x,'__class__')": "name.unknown",
    "globals()": "name.unknown",
    "f'{x.__class__}'": "syntax.unsupported",
    "np.ctypeslib.os": "name.unknown",
    "x.tofile('')": "name.attribute",
    "x.T.base": "name.attribute",
    "(i for i in [1])": "syntax.unsupported",
    "[i for i in v]": "syntax.unsupported",
    "(i.gi_frame for i in [1])": "syntax.unsupported",
    "(y:=x)": "syntax.unsupported",
    "try:\n  pass\nexcept* Exception:\n  pass": "syntax.unsupported",
    "class A: pass": "syntax.unsupported",
    "with x: pass": "syntax.unsupported",
    "async def f(): await x": "syntax.unsupported",
    "@f\ndef g(x): return x": "syntax.unsupported",
    "match x:\n  case A(): pass": "syntax.unsupported",
    "global x": "syntax.unsupported",
    "del x": "syntax.unsupported",
    "assert x > 0": "syntax.unsupported",
    "raise x": "syntax.unsupported",
    "y: __import__('os') = 1": "source.name",
    "y: int = x": "syntax.unsupported",
    "f(**{'a':1})": "syntax.unsupported",
    "f(*v)": "syntax.unsupported",
    "y = 'a'*10": "syntax.unsupported",
    "y = 1j": "syntax.unsupported",
    "y = b'a'": "syntax.unsupported",
    "y = ...": "syntax.unsupported",
    "y = {1: 2}": "syntax.unsupported",
    "y = {1, 2}": "syntax.unsupported",
    "y = x is None": "syntax.unsupported",
    "y = x in v": "syntax.unsupported",
    "__debug__ = 1": "source.name",
    "return x": "syntax.scope",
    "break": "syntax.scope",
    "def f(a, a): return a\nf(x, x)": "syntax.scope",
    "def f(a): return a\nf(a=x, a=x)": "syntax.scope",
    "a = [1, 2]\na[0] = 9": "syntax.assign",
    "x.data = 1": "syntax.assign",
    "*a = x": "syntax.assign",
    "sin(x) = 1": "syntax.assign",
}

LONG = {
    "brackets": "(" * 100_000 + "1" + ")" * 100_000,
    "brackets that fit": "(" * 3_000 + "1" + ")" * 3_000,
    "not not not": "not " * 4_000 + "x",
    "signs": "-" * 8_000 + "x",
    "a long sum": "x" + "+x" * 8_000,
    "a long power": "x" + "**x" * 4_000,
    "conditions": "1 if x else " * 1_300 + "1",
    "functions": "lambda:" * 2_300 + "1",
    "elif": "if x>0:\n y=1\n" + "elif x>0:\n y=1\n" * 1_000,
    "indents": "".join(" " * i + "if x>0:\n" for i in range(101)) + " " * 101 + "y=1",
    "lines": "x=1\n" * 200_000,
    "attributes": "x" + ".T" * 7_000,
    "calls": "sin(" * 2_000 + "x" + ")" * 2_000,
    "comparisons": "x" + "<x" * 7_000,
}

STRANGE = {
    "NUL": ("y = 1\x00", "source.typography"),
    "zero width": ("x\u200b = 1", "source.typography"),
    "turned direction": ("y = x \u202e+ 1", "source.typography"),
    "Cyrillic a": ("\u0430 = 1\ny = \u0430", "source.name"),
    "mathematical x": ("\U0001d431 = 2\ny = x", "source.name"),
    "a half character": ("y = x \ud800", "source."),
    "too many digits": ("y=" + "9" * 5_000, "value.too_large"),
    "too many hex digits": ("y=0x" + "f" * 15_000, "value.too_large"),
    "nothing": ("", "source.empty"),
    "only a comment": ("# nothing", "source.empty"),
    "a long name": ("a" * 65 + " = 1", "source.name"),
    "a crash of old parsers": ("(*h(((h(h(h(" + "[" * 35 + "*h(" + "[" * 38 + "**h(" + "~" * 23 + 'F{F"{F"{F\\\\}', "source."),
}


def refusal(source):
    with pytest.raises(ProgramError) as caught:
        Library(Limits()).program(source, frozenset(["x", "v"])).run({"x": 1.5, "v": 2.0})
    return caught.value.diagnostic


@pytest.mark.parametrize(("source", "code"), ESCAPES.items(), ids=ESCAPES.keys())
def test_python_beyond_the_language_is_refused_at_its_place(source, code):
    diagnostic = refusal(source)
    assert diagnostic.code == code
    assert isinstance(diagnostic.span, Span)


@pytest.mark.parametrize("source", LONG.values(), ids=LONG.keys())
def test_a_text_that_would_exhaust_a_parser_is_refused_before_it_is_parsed(source):
    assert refusal(source).code in ("source.too_long", "source.too_deep")


@pytest.mark.parametrize(("source", "code"), STRANGE.values(), ids=STRANGE.keys())
def test_signs_that_are_not_what_they_seem_are_refused(source, code):
    assert refusal(source).code.startswith(code)


MENDED = [
    "2x + 1",
    "3(x+1)",
    "sin x",
    "x²",
    "|x|",
    "√x",
    "(x + y",
    "x + y)",
    "y = x × 2",
    "y = x − 2",
    "y = x ÷ 2",
    "if x = 1:\n    y = x\ny = x",
    "if x > 1\n    y = x\ny = x",
    "y = cosin(x)",
    "return x",
]


@pytest.mark.parametrize("source", MENDED)
def test_a_fix_makes_the_text_parse(source):
    with pytest.raises(ProgramError) as caught:
        read(source, Limits())
    fix = caught.value.diagnostic.fix
    assert fix is not None
    lines = source.split("\n")
    before = "\n".join([*lines[: fix.span.line - 1], lines[fix.span.line - 1][: fix.span.column]])
    after = "\n".join([lines[fix.span.end_line - 1][fix.span.end_column :], *lines[fix.span.end_line :]])
    assert read(before + fix.replacement + after, Limits()).tree.body


def test_a_caret_is_a_power_with_a_note_and_the_places_of_the_text():
    checked = read("y = -x^2 + 2^x", Limits())
    assert [span.column for span, _, _ in checked.warnings][:1] in ([4], [5], [6])
    assert checked.span(checked.tree.body[0].value) == Span(1, 4, 1, 14)


def test_columns_count_as_an_editor_does():
    checked = read("α = x  # 𝛼\ny = α*x", Limits())
    assert checked.span(checked.tree.body[1].value) == Span(2, 4, 2, 7)


def test_a_switch_that_is_a_tensor_is_refused():
    inputs = {"A": np.eye(2)}
    with pytest.raises(ProgramError) as refused:
        Library(Limits()).program("svd(A[:1], A)", frozenset(inputs)).run(inputs)
    assert refused.value.diagnostic.code in ("type.mismatch", "call.arguments")
