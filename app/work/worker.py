"""The loop of a worker process: read a call, answer it, tidy up, again."""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.work.frames import receive_call, send_reply

Serve = Callable[[str, bytes], tuple[int, bytes]]

SHARE = 25


def work(sock: socket.socket, serve: Serve) -> None:
    """Say hello with the process id, then answer calls until the other end is closed.

    Cycles are collected between calls, when nobody waits.
    """
    gc.disable()
    tidy = Tidy()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        send_reply(sock, 0, str(os.getpid()).encode())
        stream = sock.makefile("rb")
        while call := receive_call(stream):
            began = time.monotonic()
            status, content = serve(*call)
            send_reply(sock, status, content)
            del call, content
            tidy.after(time.monotonic() - began)


@dataclass(slots=True)
class Tidy:
    """When to collect cycles: a collection looks at everything that is kept, so it must not take more than its share of the time."""

    worked: float = 0.0
    took: float = 0.001

    def after(self, seconds: float) -> None:
        """Collect if the calls since the last collection took ``SHARE`` times as long as that did; ``seconds`` is the last call's time."""
        self.worked += seconds
        if self.worked >= SHARE * self.took:
            began = time.monotonic()
            gc.collect()
            self.worked, self.took = 0.0, time.monotonic() - began
