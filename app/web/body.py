"""Reading a body: no more than needed, no more than allowed."""

from __future__ import annotations

from app.core.diagnostic import problem
from app.web.answer import Receive


class Gone(Exception):  # noqa: N818  # it is no error: there is nobody to tell
    """The client went away."""


def check_media_type(headers: dict[bytes, bytes]) -> None:
    """Only uncompressed application/json in UTF-8 is read."""
    if headers.get(b"content-type") == b"application/json" and b"content-encoding" not in headers:
        return
    kind, _, parameters = headers.get(b"content-type", b"").lower().partition(b";")
    if kind.strip() != b"application/json":
        raise problem("request.media_type", "The content type must be application/json.")
    if b"charset=" in parameters and b"utf-8" not in parameters.replace(b'"', b""):
        raise problem("request.media_type", "The body must be UTF-8.")
    if headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
        raise problem("request.media_type", "The body must not be compressed.")


async def read_body(receive: Receive, headers: dict[bytes, bytes], limit: int) -> bytes:
    """The whole body, at most ``limit`` bytes; that it comes in time is seen to by the connection."""
    announced = headers.get(b"content-length")
    if announced is not None and int(announced) > limit:
        raise problem("request.too_large", f"The body has {int(announced)} bytes; at most {limit} are read.", limit=limit)
    message = await receive()
    if message["type"] != "http.request":
        raise Gone
    first: bytes = message.get("body", b"")
    if not message.get("more_body") and len(first) <= limit:
        return first
    pieces = bytearray(first)
    while message.get("more_body") and len(pieces) <= limit:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        pieces += message.get("body", b"")
    if len(pieces) > limit:
        raise problem("request.too_large", f"The body has more than {limit} bytes.", limit=limit)
    return bytes(pieces)
