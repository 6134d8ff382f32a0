"""The server's end of one worker: a call goes out, its reply comes in, and the process can be ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from typing import Any

from app.work.frames import REPLY, pack_call

Content = bytes | bytearray

SMALL = 65536


class Link(asyncio.BufferedProtocol):
    """The connection to a worker process; its first reply is the hello with the process id.

    Short replies are cut out of a fixed buffer, long ones are received in place.
    """

    def __init__(self, on_reply: Callable[[Link, int, Content], None], on_end: Callable[[Link], None]) -> None:
        self.on_reply, self.on_end = on_reply, on_end
        self.transport: asyncio.Transport | None = None
        self.pid = 0
        self.handle = -1
        self.job: Any = None
        self.calls = 0
        self.told = 0
        self.unheard = 0
        self._buffer = bytearray(SMALL)
        self._filled = 0
        self._content: bytearray | None = None
        self._status = 0

    @property
    def alive(self) -> bool:
        """Whether the worker has said hello and its connection stands."""
        return self.pid != 0 and self.transport is not None

    def call(self, name: str, body: bytes) -> None:
        """Send a call; its reply comes to ``on_reply``."""
        assert self.transport is not None
        self.calls += 1
        self.transport.writelines(pack_call(name, body))

    def tell(self, name: str, body: bytes) -> None:
        """Send a call whose reply nobody waits for."""
        self.unheard += 1
        self.call(name, body)

    def end(self) -> None:
        """End the worker at once, whatever it does."""
        if self.handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        elif self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.retire()

    def retire(self) -> None:
        """Close the connection; an idle worker ends at that."""
        if self.transport is not None:
            self.transport.abort()
            self.transport = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Part of the protocol's interface."""
        self.transport = transport  # type: ignore[assignment]  # a stream's transport is a Transport

    def connection_lost(self, error: Exception | None) -> None:  # why does not matter: the worker is gone
        """Part of the protocol's interface."""
        self.transport = None
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1
        self.on_end(self)

    def get_buffer(self, sizehint: int) -> memoryview:  # we know what comes
        """Where the next bytes go."""
        return memoryview(self._buffer if self._content is None else self._content)[self._filled :]

    def buffer_updated(self, count: int) -> None:
        """Take the bytes that came; at most one reply is under way, and the unheard ones before it."""
        self._filled += count
        if self._content is not None:
            if self._filled == len(self._content):
                content, self._content, self._filled = self._content, None, 0
                self._reply(self._status, content)
            return
        while self._filled >= REPLY.size and self._take():
            pass

    def _take(self) -> bool:
        """Take one reply out of the buffer, or turn to receiving a long one; False when more must come first."""
        status, length = REPLY.unpack_from(self._buffer)
        end = REPLY.size + length
        if end <= self._filled:
            content = bytes(memoryview(self._buffer)[REPLY.size : end])
            self._buffer[: self._filled - end] = self._buffer[end : self._filled]
            self._filled -= end
            self._reply(status, content)
            return True
        if end > SMALL:
            self._status, self._content = status, bytearray(length)
            have = self._filled - REPLY.size
            self._content[:have] = self._buffer[REPLY.size : self._filled]
            self._filled = have
        return False

    def _reply(self, status: int, content: Content) -> None:
        """Hand a reply on: the hello, one that nobody waits for, or the answer."""
        if self.pid == 0:
            self.pid = int(content)
            if hasattr(os, "pidfd_open"):
                with contextlib.suppress(OSError):
                    self.handle = os.pidfd_open(self.pid)
        elif self.unheard:
            self.unheard -= 1
            return
        self.on_reply(self, status, content)
