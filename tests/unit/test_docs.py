"""The pages say what is there: links lead somewhere, commands exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@each_page
def test_a_relative_link_leads_to_a_file(page: Path):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)|(?:src|srcset|href)=\"([^\"#]+)\"", page.read_text(encoding="utf-8"))
    local = [a or b for a, b in targets if "://" not in (a or b)]
    assert [target for target in local if not (page.parent / target).exists()] == []


@each_page
def test_a_named_make_target_exists(page: Path):
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8")))
    assert named <= rules


def test_every_decision_is_listed():
    listed = re.findall(r"\]\((\d{4}-[a-z-]+\.md)\)", (ROOT / "docs/adr/README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md"))


def test_the_map_names_every_room():
    rooms = {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")}
    map_text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert {room for room in rooms if f"`app/{room}`" not in map_text} == set()


def test_no_file_names_a_package_registry():
    # Written in two halves, so that this file does not name them either.
    hosts = re.compile("|".join(a + b for a, b in [("py", "pi.org"), ("python", "hosted.org"), ("npm", "js.org"), ("deb.", "debian.org")]))
    files = [*ROOT.glob("*"), *ROOT.glob("tools/**/*"), *ROOT.glob("docs/**/*.md"), ROOT / ".npmrc", ROOT / ".ci/run"]
    assert [path.name for path in files if path.is_file() and hosts.search(path.read_text(encoding="utf-8", errors="ignore"))] == []
