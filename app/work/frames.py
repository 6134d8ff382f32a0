"""The byte protocol between the server and a worker: a call by name with its body, a status with its content."""

from __future__ import annotations

import socket
import struct

CALL = struct.Struct("!HI")
"""Before a call: the lengths of its name and of its body."""

REPLY = struct.Struct("!HI")
"""Before a reply: its status and the length of its content."""


def pack_call(name: str, body: bytes) -> tuple[bytes, bytes]:
    """A call in two pieces, so that a long body is not copied."""
    word = name.encode()
    return CALL.pack(len(word), len(body)) + word, body


def receive_call(sock: socket.socket) -> tuple[str, bytes] | None:
    """The next call, waiting for it; None when the other end is closed."""
    head = _exactly(sock, CALL.size)
    if head is None:
        return None
    word_length, body_length = CALL.unpack(head)
    word, body = _exactly(sock, word_length), _exactly(sock, body_length)
    return None if word is None or body is None else (word.decode(), body)


def send_reply(sock: socket.socket, status: int, content: bytes) -> None:
    """Write a reply whole, waiting while the other end is slow."""
    head = REPLY.pack(status, len(content))
    if len(content) < 65536:
        sock.sendall(head + content)
    else:
        sock.sendall(head)
        sock.sendall(content)


def _exactly(sock: socket.socket, length: int) -> bytes | None:
    """Exactly so many bytes, or None when the stream ends before."""
    if length == 0:
        return b""
    first = sock.recv(length)
    if len(first) == length:
        return first
    pieces = bytearray(first)
    while piece := sock.recv(min(length - len(pieces), 1 << 20)):
        pieces += piece
        if len(pieces) == length:
            return bytes(pieces)
    return None
