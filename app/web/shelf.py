"""Static files, read when they are asked for and kept in memory, compressed, until they change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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
IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


@dataclass(slots=True)
class Shelf:
    """The files below one folder that may be seen from outside."""

    folder: Path
    kept: dict[str, tuple[float, int, Document]] = field(default_factory=dict)

    def find(self, name: str) -> Document | None:
        """The file of this name; None for what is not there, not of a known type, or outside the folder."""
        parts = name.split("/")
        kind = TYPES.get(Path(parts[-1]).suffix)
        if kind is None or not all(NAME.fullmatch(part) for part in parts):
            return None
        path = self.folder.joinpath(*parts)
        try:
            stat = path.stat()
            kept = self.kept.get(name)
            if kept is not None and kept[:2] == (stat.st_mtime, stat.st_size):
                return kept[2]
            document = Document.of(path.read_bytes(), kind, zipped=path.suffix not in PACKED)
        except OSError:
            return None
        self.kept[name] = (stat.st_mtime, stat.st_size, document)
        return document

    def modules(self, entry: str) -> list[str]:
        """An entry module and all that it imports, nearest first, so that a page can ask for them at once."""
        found, waiting = [], [entry]
        while waiting:
            name = waiting.pop(0)
            document = self.find(name)
            if name in found or document is None:
                continue
            found.append(name)
            base = Path(name).parent
            if "vendor" not in base.parts:
                waiting += [_joined(base, target) for target in IMPORT.findall(document.content.decode("utf-8", "replace"))]
        return found


def _joined(base: Path, target: str) -> str:
    """A relative import seen from a folder, as a name on the shelf."""
    parts = list(base.parts)
    for part in target.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
