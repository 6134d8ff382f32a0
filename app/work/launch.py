"""The server's side of a nursery: start it, ask it for workers, hear of deaths."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.work.nursery import DEATH, REQUEST

ROOT = Path(__file__).resolve().parents[2]
BLAS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR")
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in BLAS} | {"VECLIB_MAXIMUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a nursery loads (``package.module:name`` and its one argument), and how much memory a worker may map."""

    target: str
    argument: str
    memory_bytes: int = 0


@dataclass(slots=True, eq=False)
class Nursery:
    """A running nursery process; ``on_death`` hears of workers, ``on_end`` of the nursery itself."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    memory_bytes: int
    on_death: Callable[[int, int], None]
    on_end: Callable[[], None]
    heard: bytearray = field(default_factory=bytearray)
    closed: bool = False

    def ask_for_worker(self) -> socket.socket:
        """Our end of a new worker's socket; the worker says hello on it when it lives."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            socket.send_fds(self.control, [REQUEST.pack(self.memory_bytes)], [theirs.fileno()])
        return ours

    def listen(self) -> None:
        """Take what the nursery reports."""
        try:
            piece = self.control.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self.close()
            self.on_end()
            return
        self.heard += piece
        while len(self.heard) >= DEATH.size:
            pid, status = DEATH.unpack(self.heard[: DEATH.size])
            del self.heard[: DEATH.size]
            self.on_death(pid, status)

    def close(self) -> None:
        """Close our end, at which the nursery and all its workers end."""
        if not self.closed:
            self.closed = True
            loop = asyncio.get_running_loop()
            loop.remove_reader(self.control.fileno())
            self.control.close()
            loop.run_in_executor(None, _reap, self.process)


def launch(plan: Plan, on_death: Callable[[int, int], None], on_end: Callable[[], None]) -> Nursery:
    """Start a nursery; call it in the main thread, for on Linux it ends with the thread that started it."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with theirs:
        command = [sys.executable, "-m", "app.work.nursery", str(theirs.fileno()), plan.target, plan.argument]
        environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": path}
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL)  # noqa: S603  # our own module
    nursery = Nursery(process, ours, plan.memory_bytes, on_death, on_end)
    asyncio.get_running_loop().add_reader(ours.fileno(), nursery.listen)
    return nursery


def _reap(process: subprocess.Popen[bytes], patience: float = 5.0) -> None:
    """Wait for the end of a process, and see to it."""
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
