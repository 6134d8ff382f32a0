"""Work that is not done at once: one interface, a table on SQLite, procrastinate on PostgreSQL."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

Handler = Callable[[str], Awaitable[None]]
"""Does a job about one subject; done twice it does no harm, since a job whose worker was killed is done again."""
Handlers = Mapping[str, Handler]


class Queue(Protocol):
    """Jobs wait here until a worker takes them; each is a kind, and a subject that the kind knows."""

    async def put(self, kind: str, subject: str) -> None:
        """Let a job wait, unless the same one waits already."""

    async def work(self, handlers: Handlers, *, until_empty: bool = False) -> None:
        """Do jobs until cancelled, or until none waits."""

    async def close(self) -> None:
        """Give connections back."""
