"""The programs of tests/programs: each has one slip, and its line says what the error must be.

``# expect: CODE FROM-TO`` stands on the line that causes the error, with its columns; ``# fixed: TEXT`` says how that line reads
after the fix, which must mend the whole program. Programs are parted by ``# %%``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from applying import applied

from app.core.diagnostic import ProgramError
from app.core.limits import Limits
from app.core.span import Span
from app.lang.check import read

FOLDER = Path(__file__).resolve().parents[1] / "programs"
EXPECT = re.compile(r"  # expect: (\S+) (\d+)-(\d+)$", re.MULTILINE)
FIXED = re.compile(r"^# fixed: (.*)$", re.MULTILINE)


class Slip(NamedTuple):
    source: str
    code: str
    span: Span
    fixed: str | None


def slips() -> Iterator[Slip]:
    for path in sorted(FOLDER.glob("*.py")):
        for cell in path.read_text(encoding="utf-8").split("# %%\n"):
            fixed, expect = FIXED.search(cell), EXPECT.search(cell)
            assert expect is not None, f"a program in {path.name} does not say what is wrong with it"
            line = cell[: expect.start()].count("\n") + 1
            source = EXPECT.sub("", FIXED.sub("", cell)).rstrip("\n")
            yield Slip(source, expect[1], Span(line, int(expect[2]), line, int(expect[3])), fixed[1] if fixed else None)


SLIPS = list(slips())
each = pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.source[:40])
each_mended = pytest.mark.parametrize("slip", [slip for slip in SLIPS if slip.fixed is not None], ids=lambda slip: slip.source[:40])


def error_of(source: str) -> ProgramError:
    with pytest.raises(ProgramError) as caught:
        read(source, Limits())
    return caught.value


@each
def test_the_error_is_the_one_that_the_line_expects(slip: Slip):
    diagnostic = error_of(slip.source).diagnostic
    assert (diagnostic.code, diagnostic.span) == (slip.code, slip.span)


@each_mended
def test_the_fix_mends_the_program(slip: Slip):
    fix = error_of(slip.source).diagnostic.fix
    assert fix is not None
    mended = applied(slip.source, fix)
    assert mended.split("\n")[slip.span.line - 1] == slip.fixed
    read(mended, Limits())


@each
def test_the_sentence_is_plain(slip: Slip):
    diagnostic = error_of(slip.source).diagnostic
    assert re.fullmatch(r"[^\n]+[.?]", diagnostic.message)
    assert not re.search(r"invalid syntax|SyntaxError|ast\.|Error\b|NoneType|<class", diagnostic.message)
    assert diagnostic.hint is not None
    assert re.fullmatch(r"[^\n]+[.?:…]", diagnostic.hint)
