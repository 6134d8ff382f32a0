"""The page is loaded from built files only while these are made of the sources that are there."""

import json
from hashlib import sha256

import pytest

from app.web.parts import SOURCES, is_named_by_content, parts
from app.web.shelf import Shelf

BUILT = {
    "first": "built/first-paint-A.js",
    "style": "built/page-B.css",
    "script": "built/main-C.js",
    "now": ["built/main-C.js"],
    "later": [],
}


@pytest.fixture
def folder(tmp_path):
    for name in ("js", "css", "built"):
        (tmp_path / name).mkdir()
    (tmp_path / "js/main.js").write_text("one();")
    (tmp_path / "css/explorer.css").write_text("p { margin: 0 }")
    sources = {name: sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("js/main.js", "css/explorer.css")}
    (tmp_path / "built/manifest.json").write_text(json.dumps(BUILT | {"sources": sources}))
    return tmp_path


def test_a_fresh_build_is_what_the_page_loads(folder):
    assert parts(Shelf(folder)).script == "built/main-C.js"


def test_a_changed_source_is_seen_at_the_next_visit(folder):
    shelf = Shelf(folder)
    assert parts(shelf) != SOURCES
    (folder / "js/main.js").write_text("another();")
    assert parts(shelf) == SOURCES


def test_a_source_that_is_gone_is_a_change(folder):
    (folder / "css/explorer.css").unlink()
    assert parts(Shelf(folder)) == SOURCES


def test_without_a_build_the_sources_are_loaded(folder):
    (folder / "built/manifest.json").unlink()
    assert parts(Shelf(folder)) == SOURCES


@pytest.mark.parametrize(
    ("name", "never_changes"),
    [
        ("built/main-42IJAK5Q.js", True),
        ("built/first-paint-KZSSTUHF.js", True),
        ("built/KaTeX_Main-Regular-ARRPAO67.woff2", True),
        ("built/main-42IJAK5Q.js.map", True),
        ("built/manifest.json", False),
        ("js/main.js", False),
        ("vendor/d3.js", False),
    ],
)
def test_only_what_is_named_by_its_content_is_kept_for_ever(name, never_changes):
    assert is_named_by_content(name) is never_changes
