"""What the explorer's page is loaded from: the built files, or the sources themselves where these have changed since."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.web.shelf import Shelf

MANIFEST = "built/manifest.json"
BUILT = re.compile(r"built/[\w.-]+-[0-9A-Z]{8}\.(js|css|woff2)(\.map)?")


@dataclass(frozen=True, slots=True)
class Parts:
    """The names of files on the shelf."""

    first: str
    """The script that runs before the first paint."""
    style: str
    script: str
    now: Sequence[str]
    """The modules that the script imports, itself among them."""
    later: Sequence[str]
    """Those that it imports once the first picture is there."""
    others: Mapping[str, str] = field(default_factory=dict)
    """Built scripts and sheets of the other pages, by their sources."""

    def of(self, source: str) -> str:
        """What stands for a source of another page."""
        return self.others.get(source, source)


SOURCES = Parts(first="js/first-paint.js", style="css/explorer.css", script="js/main.js", now=(), later=())


def parts(shelf: Shelf) -> Parts:
    """The built files, if they were made of the sources that are there now."""
    document = shelf.find(MANIFEST)
    if document is None:
        return SOURCES
    made = json.loads(document.content)
    if any(shelf.digest(name) != digest for name, digest in made.pop("sources").items()):
        return SOURCES
    return Parts(**made)


def is_named_by_content(name: str) -> bool:
    """Whether a file can never change without another name."""
    return BUILT.fullmatch(name) is not None
