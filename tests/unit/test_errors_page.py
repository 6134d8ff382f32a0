"""The page of the error codes."""

import re
from pathlib import Path

import pytest

from app.core.codes import CODES
from app.core.diagnostic import ProgramError
from app.settings import Settings
from app.wire.requests import TraceRequest, read
from app.wire.trace import trace

PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r'^### <a id="[^"]+"></a>`([^`]+)`\n(.*?)(?=^##|\Z)', PAGE, re.MULTILINE | re.DOTALL))
EXAMPLES = {code: found[1] for code, text in SECTIONS.items() if (found := re.search(r"```python\n(.*?)\n```", text, re.DOTALL))}


def test_every_code_has_its_section_and_no_other():
    assert set(SECTIONS) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_section_says_what_the_answer_says(code):
    assert f"{CODES[code].title} ({CODES[code].status}). {CODES[code].sentence}" in SECTIONS[code]


@pytest.mark.parametrize(("code", "source"), EXAMPLES.items(), ids=EXAMPLES.keys())
def test_the_example_of_a_section_gets_that_code(code, source):
    with pytest.raises(ProgramError) as caught:
        trace(read(TraceRequest, {"source": source, "inputs": {"x": 1.0}}), Settings())
    assert caught.value.diagnostic.code == code
