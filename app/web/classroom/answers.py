"""Answers of the classroom's calls."""

from __future__ import annotations

import json
from typing import Any

from fastapi.responses import Response


class Json(Response):
    """A JSON answer that no cache keeps."""

    media_type = "application/json"

    def __init__(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        content = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        super().__init__(content, status, {"cache-control": "no-store", **(headers or {})})
