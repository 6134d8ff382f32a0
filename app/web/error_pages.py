"""docs/errors.md as a page: its sections, one for each code, in the few forms of Markdown that they use."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.core.codes import CODES, Code

PAGE = Path(__file__).resolve().parents[2] / "docs" / "errors.md"
INLINE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item of a list, a listing, or a heading: pieces of text, every second one in code."""

    kind: str
    pieces: list[str]


@dataclass(frozen=True, slots=True)
class Section:
    """What is said about one code (or under one plain heading)."""

    title: str
    summary: str = ""
    blocks: list[Block] = field(default_factory=list)


@cache
def sections() -> list[Section]:
    """One section for each code, in the order of the table, with what docs/errors.md says about it."""
    written = {section.title: section for section in read_sections(PAGE.read_text(encoding="utf-8"))} if PAGE.exists() else {}
    return [Section(name, _heading(code), written[name].blocks if name in written else []) for name, code in CODES.items()]


def _heading(code: Code) -> str:
    """The code's title, its status and its sentence."""
    return f"{code.title} ({code.status}). {code.sentence}"


def read_sections(text: str) -> list[Section]:
    """Split Markdown at its headings."""
    found = [Section("")]
    listing: list[str] | None = None
    for line in text.splitlines():
        if line.startswith("```"):
            if listing is not None:
                found[-1].blocks.append(Block("listing", ["\n".join(listing)]))
            listing = [] if listing is None else None
        elif listing is not None:
            listing.append(line)
        elif line.startswith("#"):
            found.append(Section(line.lstrip("# ").replace("`", "")))
        else:
            _add(found[-1].blocks, line.rstrip())
    return [section for section in found if section.title]


def _add(blocks: list[Block], line: str) -> None:
    """A line of text: a new paragraph or item, or more of the last one."""
    if not line:
        blocks.append(Block("end", []))
    elif line.startswith(("- ", "* ")):
        blocks.append(Block("item", INLINE.split(line[2:])))
    elif line.startswith("|"):
        if not set(line) <= set("|-: "):
            blocks.append(Block("row", INLINE.split(line.strip("| ").replace("|", " — "))))
    elif blocks and blocks[-1].kind in ("paragraph", "item"):
        last = blocks.pop()
        blocks.append(Block(last.kind, INLINE.split(_joined(last) + " " + line.strip())))
    else:
        blocks.append(Block("paragraph", INLINE.split(line)))


def _joined(block: Block) -> str:
    """The text of a block, its code in backquotes again."""
    return "`".join(block.pieces)
