"""The byte protocol between the server and a worker: a call by name with its body, a status with its content."""

from __future__ import annotations

import socket
import struct
from typing import IO

CALL = struct.Struct("!HI")
"""Before a call: the lengths of its name and of its body."""

REPLY = struct.Struct("!HI")
"""Before a reply: its status and the length of its content."""


def pack_call(name: str, body: bytes) -> tuple[bytes, bytes]:
    """A call in two pieces, so that a long body is not copied."""
    word = name.encode()
    return CALL.pack(len(word), len(body)) + word, body


def receive_call(stream: IO[bytes]) -> tuple[str, bytes] | None:
    """The next call, waiting for it; None when the other end is closed. A buffered ``stream`` reads a short one at one go."""
    head = stream.read(CALL.size)
    if len(head) < CALL.size:
        return None
    word_length, body_length = CALL.unpack(head)
    word, body = stream.read(word_length), stream.read(body_length)
    return (word.decode(), body) if len(word) == word_length and len(body) == body_length else None


def send_reply(sock: socket.socket, status: int, content: bytes) -> None:
    """Write a reply whole, waiting while the other end is slow."""
    head = REPLY.pack(status, len(content))
    if len(content) < 65536:
        sock.sendall(head + content)
    else:
        sock.sendall(head)
        sock.sendall(content)
