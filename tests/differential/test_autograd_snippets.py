"""The snippets are programs of PyTorch: what torch itself makes of each is what its name promises."""

import ast
import contextlib
import io
import re
import traceback
from pathlib import Path

import pytest
import torch

SNIPPETS = sorted((Path(__file__).parent / "autograd_snippets").glob("*.py"))
ALLOWED = {"import torch", "import numpy as np", "import math"}
by_name = pytest.mark.parametrize("path", SNIPPETS, ids=lambda path: path.stem)


@pytest.fixture(autouse=True)
def recording():
    with torch.enable_grad():
        yield


def ending(path):
    """What was printed, and the line of the program that failed."""
    printed, program = io.StringIO(), compile(path.read_text(), str(path), "exec")
    try:
        with contextlib.redirect_stdout(printed):
            exec(program, {"__name__": "__main__"})
    except Exception as error:  # noqa: BLE001
        return printed.getvalue(), next(frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path))
    return printed.getvalue(), None


@pytest.mark.filterwarnings("ignore")
@by_name
def test_a_snippet_ends_as_its_name_says(path):
    printed, line = ending(path)
    last = ast.parse(path.read_text()).body[-1]
    if path.stem.endswith("_error"):
        assert line is not None
        assert last.lineno <= line <= last.end_lineno
    else:
        assert line is None
        assert printed
    assert not re.search("0x[0-9a-f]{6}", printed), "an address differs from run to run"


@by_name
def test_a_snippet_says_what_it_shows_and_imports_little(path):
    source = path.read_text()
    assert re.match(r"# .+\.\n", source)
    assert {line for line in source.splitlines() if "import" in line.split()} <= ALLOWED


def test_each_snippet_that_fails_stands_beside_one_that_does_not():
    failing = {path.stem for path in SNIPPETS if path.stem.endswith("_error")}
    legal = {path.stem for path in SNIPPETS} - failing
    assert {stem for stem in failing if not stem.startswith(tuple(legal))} == set()
