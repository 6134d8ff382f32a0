"""Static files, read when they are asked for and kept in memory, compressed, until they change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from app.web.answer import Document

TYPES = {
    ".js": b"text/javascript; charset=utf-8",
    ".mjs": b"text/javascript; charset=utf-8",
    ".css": b"text/css; charset=utf-8",
    ".svg": b"image/svg+xml",
    ".png": b"image/png",
    ".ico": b"image/x-icon",
    ".woff2": b"font/woff2",
    ".json": b"application/json",
    ".map": b"application/json",
    ".txt": b"text/plain; charset=utf-8",
    ".wasm": b"application/wasm",
}
PACKED = (".png", ".woff2", ".ico")
CODINGS = {b"br": ".br", b"gzip": ".gz"}
"""Compressed forms that the build puts beside a file."""
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
State = tuple[float, int]
"""When a file was written, and its length."""


@dataclass(slots=True)
class Shelf:
    """The files below one folder that may be seen from outside."""

    folder: Path
    kept: dict[str, tuple[State, Document]] = field(default_factory=dict)
    digests: dict[str, tuple[State, str]] = field(default_factory=dict)

    def find(self, name: str) -> Document | None:
        """The file of this name; None for what is not there, not of a known type, or outside the folder."""
        parts = name.split("/")
        kind = TYPES.get(Path(parts[-1]).suffix)
        if kind is None or not all(NAME.fullmatch(part) for part in parts):
            return None
        path = self.folder.joinpath(*parts)
        try:
            state = _state(path)
            kept = self.kept.get(name)
            if kept is not None and kept[0] == state:
                return kept[1]
            document = Document.of(path.read_bytes(), kind, {} if path.suffix in PACKED else _packed(path))
        except OSError:
            return None
        self.kept[name] = (state, document)
        return document

    def digest(self, name: str) -> str:
        """The SHA-256 of a file; empty for one that is not there."""
        path = self.folder / name
        try:
            state = _state(path)
            kept = self.digests.get(name)
            if kept is None or kept[0] != state:
                kept = self.digests[name] = (state, sha256(path.read_bytes()).hexdigest())
        except OSError:
            return ""
        return kept[1]


def _state(path: Path) -> State:
    stat = path.stat()
    return stat.st_mtime, stat.st_size


def _packed(path: Path) -> dict[bytes, bytes] | None:
    """The forms that lie beside a file; None if there are none."""
    forms = {coding: path.with_name(path.name + end) for coding, end in CODINGS.items()}
    return {coding: form.read_bytes() for coding, form in forms.items() if form.exists()} or None
