"""The loop of a worker process: read a call, answer it, tidy up, again."""

from __future__ import annotations

import contextlib
import gc
import os
import socket
import time
from collections.abc import Callable

from app.work.frames import receive_call, send_reply

Serve = Callable[[str, bytes], tuple[int, bytes]]

TIDY_EVERY = 64
TIDY_ABOVE = 0.02


def work(sock: socket.socket, serve: Serve) -> None:
    """Say hello with the process id, then answer calls until the other end is closed.

    Cycles are collected between calls, when nobody waits: always after a long call, whose garbage may be large.
    """
    gc.disable()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        send_reply(sock, 0, str(os.getpid()).encode())
        calls = 0
        while call := receive_call(sock):
            began = time.monotonic()
            status, content = serve(*call)
            send_reply(sock, status, content)
            del call, content
            calls += 1
            if calls % TIDY_EVERY == 0 or time.monotonic() - began > TIDY_ABOVE:
                gc.collect()
