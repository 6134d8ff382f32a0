"""The classroom of a server: its store and queue, opened in the background, since a first page need not wait for a database."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.core.diagnostic import problem
from app.settings import Settings

if TYPE_CHECKING:
    from app.store.database import Database
    from app.store.queue import Queue

logger = logging.getLogger("wengert.classroom")

NONE = "none"
"""The address of no database."""


class Classroom:
    """``state`` is off, loading, ready or failed. Whatever imports the store is imported with it."""

    def __init__(self, settings: Settings) -> None:
        self.address = settings.database_url
        self.state = "off" if self.address == NONE else "loading"
        self._database: Database | None = None
        self.queue: Queue
        self.routes: Any = None
        self.library: dict[str, dict[str, Any]] | None = None
        self._opened = asyncio.Event()
        self._working: asyncio.Task[None] | None = None

    async def open(self, make_routes: Callable[[], Any]) -> None:
        """Bring the database up to date; a teacher's first key is shown once."""
        try:
            key = None if self.state == "off" else await asyncio.to_thread(self._open)
            self.routes = await asyncio.to_thread(make_routes)
            self.state = "ready" if self.state == "loading" else "off"
        except Exception:
            logger.exception("the database could not be opened")
            self.state = "failed"
        else:
            if key is not None:
                sys.stderr.write(f"The teacher's first key, shown only now: {key}\n")
                sys.stderr.flush()
        finally:
            self._opened.set()

    def _open(self) -> str | None:
        from app.store.database import Database  # noqa: PLC0415  # see the module
        from app.store.queues import queue_of  # noqa: PLC0415
        from app.store.schema import prepare  # noqa: PLC0415

        self._database = Database(self.address)
        self.queue = queue_of(self._database)
        return prepare(self._database)

    @property
    def database(self) -> Database:
        """The database; raises ProgramError where there is none."""
        if self._database is None:
            raise problem("store.none", "This server keeps nothing: it runs without a database.")
        return self._database

    async def ready(self) -> None:
        """Wait until the calls are there; raises ProgramError where they will not be."""
        await self._opened.wait()
        if self.state == "failed":
            raise problem("store.busy", "The database could not be opened; the server's log says why. Nothing was recorded.")

    def begin_work(self, work: Callable[[], Any]) -> None:
        """Work jobs off in this process, where no others do."""
        if self.state == "ready" and self.database.is_sqlite:
            self._working = asyncio.create_task(work())

    async def close(self) -> None:
        """Stop working and give everything back."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        if self.state == "ready":
            await self.queue.close()
            await asyncio.to_thread(self.database.close)
