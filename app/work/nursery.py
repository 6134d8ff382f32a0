"""The process that loads everything once and forks workers from itself: ``python -m app.work.nursery``.

A forked worker is ready within milliseconds and shares the loaded code with its siblings.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import logging
import os
import resource
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable

from app.work.worker import Serve, work

logger = logging.getLogger("wengert.nursery")

REQUEST = struct.Struct("!Q")
"""With a worker's end of its socket: the worker's limit of address space in bytes; 0 is no limit."""

DEATH = struct.Struct("!ii")
"""What the nursery reports: the process id of a dead worker and its wait status."""

PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Load the target, then fork a worker for every socket that arrives, until the server closes its end."""
    control = socket.socket(fileno=int(arguments[0]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server drains; it ends its workers itself
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _die_with_parent()
    start = _target(arguments[1])
    serve = start(arguments[2])
    gc.collect()
    gc.freeze()  # what is loaded now is never garbage: collections in the workers need not look at it
    _attend(control, serve)


def _target(path: str) -> Callable[[str], Serve]:
    """The function ``package.module:name``."""
    module, _, name = path.partition(":")
    found: Callable[[str], Serve] = getattr(importlib.import_module(module), name)
    return found


def _attend(control: socket.socket, serve: Serve) -> None:
    """Fork on demand and report deaths."""
    woken, waker = socket.socketpair()
    woken.setblocking(False)
    waker.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    while True:
        ready, _, _ = select.select([control, woken], [], [])
        if woken in ready:
            woken.recv(4096)
            _report_deaths(control)
        if control in ready and not _fork_one(control, serve, (woken, waker)):
            signal.set_wakeup_fd(-1)
            return


def _fork_one(control: socket.socket, serve: Serve, signals: tuple[socket.socket, ...]) -> bool:
    """Fork a worker for the next socket; False when the server is gone."""
    message, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 1)
    if not message:
        return False
    (memory,) = REQUEST.unpack(message)
    if os.fork() == 0:
        code = 70
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for end in (control, *signals):
                end.close()
            _live(descriptors[0], memory, serve)
            code = 0
        except BaseException:  # a worker must never fall back into the nursery's own loop
            logger.exception("a worker ended")
        finally:
            os._exit(code)
    os.close(descriptors[0])
    return True


def _live(descriptor: int, memory: int, serve: Serve) -> None:
    """The life of a worker, within its limits."""
    _die_with_parent()
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    work(socket.socket(fileno=descriptor), serve)


def _report_deaths(control: socket.socket) -> None:
    """Collect every dead worker and tell the server how it died."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        control.sendall(DEATH.pack(pid, status))


def _die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
