"""A transport that writes the head and the body of an answer as one packet."""

from __future__ import annotations

import asyncio
from typing import Any

HELD = 1 << 16
"""More bytes than this leave at once, so that a slow reader is felt where the answer is written."""


class Joined(asyncio.Transport):
    """A transport beneath which all small writes of one turn of the event loop leave together."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.transport, self.loop = transport, loop
        self.pieces: list[bytes | bytearray | memoryview] = []
        self.held = 0
        self.is_closing = transport.is_closing  # type: ignore[method-assign]  # asked several times a request
        self.pause_reading = transport.pause_reading  # type: ignore[method-assign]
        self.resume_reading = transport.resume_reading  # type: ignore[method-assign]

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Keep a small piece until the turn ends."""
        if not self.pieces:
            self.loop.call_soon(self.flush)
        self.pieces.append(data)
        self.held += len(data)
        if self.held > HELD:
            self.flush()

    def flush(self) -> None:
        """Let go of what is held."""
        if self.pieces and not self.is_closing():
            self.transport.writelines(self.pieces)
        self.pieces, self.held = [], 0

    def close(self) -> None:
        """Close when everything is written."""
        self.flush()
        self.transport.close()

    def abort(self) -> None:
        """Close at once."""
        self.pieces.clear()
        self.transport.abort()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """What the transport beneath knows."""
        return self.transport.get_extra_info(name, default)
