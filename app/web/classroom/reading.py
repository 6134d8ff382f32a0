"""Bodies and parameters of the classroom's calls."""

from __future__ import annotations

from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel

from app.core.diagnostic import problem
from app.web.body import check_media_type, read_body
from app.web.state import State
from app.wire import json as strict
from app.wire.requests.reading import read

Asked = TypeVar("Asked", bound=BaseModel)
LONGEST_PAGE = 500


async def value(request: Request, state: State) -> Any:
    """The JSON of a body."""
    headers = dict(request.scope["headers"])
    check_media_type(headers)
    limits = state.settings.limits
    return strict.parse(await read_body(request.receive, headers, limits.body_bytes), limits.json_depth)


async def asked(kind: type[Asked], request: Request, state: State) -> Asked:
    """The request that a body stands for."""
    return read(kind, await value(request, state))


def page_of(request: Request) -> tuple[int, int]:
    """Where a page of a list begins, and how long it is."""
    return _number(request, "cursor", 0, 2**53), _number(request, "limit", 100, LONGEST_PAGE)


def _number(request: Request, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.isascii() or not text.isdecimal() or len(text) > 16:
        raise problem("request.field", f"{name} must be a whole number.", field=name)
    return min(int(text), most)


def version_of(request: Request, *, needed: bool) -> int | None:
    """The version that If-Match names; None for any (*)."""
    text = request.headers.get("if-match")
    if text is None:
        if needed:
            raise problem("request.precondition", "Send the ETag of the version that you have read as If-Match.")
        return None
    text = text.strip().removeprefix("W/").strip('"')
    if text == "*":
        return None
    if not text.isascii() or not text.isdecimal():
        raise problem("exercise.changed", "If-Match names no version of this exercise.")
    return int(text)
