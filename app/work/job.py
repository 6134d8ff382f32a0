"""One call on its way through a pool, and the ways in which it is not answered."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from app.work.link import Content, Link
from app.work.queue import Slot


class Busy(Exception):  # noqa: N818  # it names a state of the pool, not a mistake
    """There is no room for the job now; ``after`` says in how many seconds to ask again."""

    def __init__(self, after: int) -> None:
        super().__init__(f"busy for about {after} s")
        self.after = after


class Stopped(Exception):  # noqa: N818
    """The worker ended before it answered: ``wall`` when its time was up, else ``died``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Unavailable(Exception):  # noqa: N818
    """The pool's workers cannot be started."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a pool treats its workers and its clients."""

    size: int
    queue_length: int
    queue_seconds: float
    wall_seconds: float
    tasks_per_worker: int


@dataclass(slots=True, eq=False)
class Job:
    """One call on its way: waiting while ``link`` is None; ``timer`` ends its patience, later its work."""

    name: str
    body: bytes
    slot: Slot
    reply: asyncio.Future[tuple[int, Content]]
    timer: asyncio.TimerHandle | None = None
    link: Link | None = None
    began: float = 0.0
