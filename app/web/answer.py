"""Answers as ASGI messages, without a framework between."""

from __future__ import annotations

import gzip
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
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
    """Something that stays the same for a while: its bytes, its tag, and its compressed forms by their codings, the smallest first."""

    content: bytes
    media_type: bytes
    tag: bytes
    coded: Mapping[bytes, bytes]

    @classmethod
    def of(cls, content: bytes, media_type: bytes, coded: Mapping[bytes, bytes] | None = None) -> Document:
        """A document from its bytes; it is compressed here, unless its forms are given."""
        tag = blake2b(content, digest_size=9).hexdigest().encode()
        return cls(content, media_type, tag, zipped(content) if coded is None else coded)


def zipped(content: bytes) -> dict[bytes, bytes]:
    """The one form that can be made here, where it helps."""
    small = gzip.compress(content, 9, mtime=0) if len(content) > 512 else content
    return {b"gzip": small} if len(small) < len(content) else {}


def reads(request: Mapping[bytes, bytes], coding: bytes) -> bool:
    """Whether a client says that it can read a coding."""
    for one in request.get(b"accept-encoding", b"").split(b","):
        name, _, weight = one.partition(b";")
        if name.strip().lower() == coding:
            return weight.strip().removeprefix(b"q=") not in (b"0", b"0.0", b"0.00", b"0.000")
    return False


async def serve_document(send: Send, request: dict[bytes, bytes], document: Document, cache: bytes, security: Headers) -> None:
    """Answer with a document: 304 if the client has it, compressed if the client can read that."""
    coding = next((coding for coding in document.coded if reads(request, coding)), b"")
    tag = b'"' + document.tag + (b"-" + coding if coding else b"") + b'"'
    headers = [*security, (b"cache-control", cache), (b"etag", tag)]
    if document.coded:
        headers.append((b"vary", b"accept-encoding"))
    known = request.get(b"if-none-match", b"")
    if known and (document.tag in known or known.strip() == b"*"):
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    headers.append((b"content-type", document.media_type))
    if coding:
        headers.append((b"content-encoding", coding))
    await answer(send, 200, document.coded.get(coding, document.content), headers)
