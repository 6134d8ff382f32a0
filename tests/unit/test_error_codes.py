"""Every code is documented, and every documented code exists."""

import re
from pathlib import Path

import pytest

from app.core.codes import CODES, NOTES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^#|\Z)", PAGE, re.DOTALL | re.MULTILINE))
CLASSROOM = ("key.", "session.", "store.", "submission.", "regrade.", "exercise.unknown", "exercise.exists", "exercise.changed")
POLICY = ("exercise.not_open", "exercise.closed")
WITHOUT_EXAMPLE = ("request.", "server.", "program.", "verify.", "budget.answer", "source.too_long", *CLASSROOM, *POLICY)
MENTIONED = re.compile(r"\"((?:" + "|".join(sorted({c.partition(".")[0] for c in [*CODES, *NOTES]})) + r")\.(?!html\b)[a-z_]+)\"")


def test_the_page_has_a_section_for_each_code_in_the_order_of_the_table():
    assert list(SECTIONS) == [*CODES, *NOTES]


@pytest.mark.parametrize("code", [code for code in CODES if not code.startswith(WITHOUT_EXAMPLE)])
def test_a_code_of_programs_and_inputs_has_an_example(code: str):
    assert re.search(r"```(python|json)\n.+\n```", SECTIONS[code], re.DOTALL)


def test_each_code_that_the_source_mentions_is_in_the_table():
    mentioned = {code for path in (ROOT / "app").rglob("*.py") for code in MENTIONED.findall(path.read_text(encoding="utf-8"))}
    assert mentioned - {*CODES, *NOTES} == set()


def test_a_sentence_ends_with_a_full_stop_and_a_title_does_not():
    assert [code for code, row in CODES.items() if not row.sentence.endswith(".") or row.title.endswith(".")] == []


def test_codes_are_two_dotted_words():
    assert [code for code in [*CODES, *NOTES] if not re.fullmatch(r"[a-z]+\.[a-z_]+", code)] == []
