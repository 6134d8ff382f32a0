"""The schema of a trace as text."""

from __future__ import annotations

from app.web.schemas.parts import TEXT, Schema, record

SCHEMAS: dict[str, Schema] = {
    "Export": record("format filename media_type text", format=TEXT, filename=TEXT, media_type=TEXT, text=TEXT),
}
