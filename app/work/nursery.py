"""The process that loads everything once and forks workers from itself: ``python -m app.work.nursery``.

A forked worker is ready within milliseconds and shares the loaded code with its siblings.
"""

from __future__ import annotations

import contextlib
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
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from app.work.worker import Serve, work

logger = logging.getLogger("wengert.nursery")

REQUEST = struct.Struct("!Q")
"""With a worker's end of its socket: the worker's limit of address space in bytes; 0 is no limit."""

DEATH = struct.Struct("!ii")
"""What the nursery reports: the process id of a dead worker and its wait status."""

PDEATHSIG = 1
PATIENCE = 0.5


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


@dataclass(slots=True)
class Brood:
    """The nursery's side: the server's socket, the signals that wake it, and the workers that live."""

    control: socket.socket
    serve: Serve
    woken: socket.socket
    waker: socket.socket
    alive: set[int] = field(default_factory=set)


def _attend(control: socket.socket, serve: Serve) -> None:
    """Fork on demand and report deaths; at the end, see the workers off."""
    brood = Brood(control, serve, *socket.socketpair())
    brood.woken.setblocking(False)
    brood.waker.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(brood.waker.fileno(), warn_on_full_buffer=False)
    while True:
        ready, _, _ = select.select([control, brood.woken], [], [])
        if brood.woken in ready:
            brood.woken.recv(4096)
            for death in _deaths(brood):
                with contextlib.suppress(OSError):
                    control.sendall(DEATH.pack(*death))
        if control in ready and not _fork_one(brood):
            break
    signal.set_wakeup_fd(-1)
    _see_off(brood)


def _fork_one(brood: Brood) -> bool:
    """Fork a worker for the next socket; False when the server is gone."""
    message, descriptors, _, _ = socket.recv_fds(brood.control, REQUEST.size, 1)
    if not message:
        return False
    (memory,) = REQUEST.unpack(message)
    pid = os.fork()
    if pid == 0:
        _be_worker(brood, descriptors[0], memory)
    brood.alive.add(pid)
    os.close(descriptors[0])
    return True


def _be_worker(brood: Brood, descriptor: int, memory: int) -> NoReturn:
    """The whole life of a worker; it must never fall back into the nursery's own loop."""
    code = 70
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in (brood.control, brood.woken, brood.waker):
            end.close()
        _die_with_parent()
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        work(socket.socket(fileno=descriptor), brood.serve)
        code = 0
    except BaseException:
        logger.exception("a worker ended")
    finally:
        os._exit(code)


def _deaths(brood: Brood) -> Iterator[tuple[int, int]]:
    """Collect every dead worker, with how it died."""
    while brood.alive:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        brood.alive.discard(pid)
        yield pid, status


def _see_off(brood: Brood) -> None:
    """Wait for workers, which end when the server has closed their sockets; end those that are busy."""
    until = time.monotonic() + PATIENCE
    while brood.alive and time.monotonic() < until:
        for _ in _deaths(brood):
            pass
        time.sleep(0.005)
    for pid in brood.alive:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
