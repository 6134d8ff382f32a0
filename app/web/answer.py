"""Answers as ASGI messages, without a framework between."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from app.web.headers import Headers
from app.wire.problems import MEDIA_TYPE

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

JSON = (b"content-type", b"application/json")
PROBLEM = (b"content-type", MEDIA_TYPE)
NO_STORE = (b"cache-control", b"no-store")
PIECE = 262_144


async def answer(send: Send, status: int, content: bytes | bytearray, headers: Headers) -> None:
    """Send a whole answer; a long one piece by piece, so that a slow reader holds back the next piece."""
    headers.append((b"content-length", b"%d" % len(content)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if len(content) <= PIECE:
        await send({"type": "http.response.body", "body": content})
        return
    view = memoryview(content)
    for begin in range(0, len(content), PIECE):
        await send({"type": "http.response.body", "body": bytes(view[begin : begin + PIECE]), "more_body": begin + PIECE < len(content)})


@dataclass(frozen=True, slots=True)
class Document:
    """Something that stays the same for a while: its bytes, compressed too where that helps, and its tag."""

    content: bytes
    media_type: bytes
    tag: bytes
    zipped: bytes | None

    @classmethod
    def of(cls, content: bytes, media_type: bytes, *, zipped: bool = True) -> Document:
        """A document from its bytes."""
        small = gzip.compress(content, 9, mtime=0) if zipped and len(content) > 512 else None
        tag = blake2b(content, digest_size=9).hexdigest().encode()
        return cls(content, media_type, tag, small if small and len(small) < len(content) else None)


async def serve_document(send: Send, request: dict[bytes, bytes], document: Document, cache: bytes, security: Headers) -> None:
    """Answer with a document: 304 if the client has it, compressed if the client can read that."""
    zipped = document.zipped if b"gzip" in request.get(b"accept-encoding", b"") else None
    tag = b'"' + document.tag + (b'-z"' if zipped else b'"')
    headers = [*security, (b"cache-control", cache), (b"etag", tag)]
    if document.zipped:
        headers.append((b"vary", b"accept-encoding"))
    known = request.get(b"if-none-match", b"")
    if known and (document.tag in known or known.strip() == b"*"):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    headers.append((b"content-type", document.media_type))
    if zipped:
        headers.append((b"content-encoding", b"gzip"))
    await answer(send, 200, zipped or document.content, headers)
