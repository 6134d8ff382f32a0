"""The queue on PostgreSQL: procrastinate, worked off by processes of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.schema import SchemaManager
from sqlalchemy import URL, Connection, text

from app.store.queue import Handler, Handlers

TRIES = 3
STALLED_SECONDS = 60.0
"""A worker that has not been heard of for so long is taken for dead, and its jobs wait again."""


class ProcrastinateQueue:
    """Jobs in procrastinate's own tables, in the same database."""

    def __init__(self, url: URL) -> None:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self.app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=4))
        self._open = False

    async def put(self, kind: str, subject: str) -> None:
        """Let a job wait, unless the same one waits already."""
        await self._opened()
        try:
            await self.app.configure_task(kind, queueing_lock=f"{kind}:{subject}", lock=subject).defer_async(subject=subject)
        except AlreadyEnqueued:
            return

    async def work(self, handlers: Handlers, *, until_empty: bool = False) -> None:
        """Do jobs until cancelled, or until none waits."""
        await self._opened()
        for kind, handler in handlers.items():
            self.app.task(name=kind, retry=RetryStrategy(max_attempts=TRIES, wait=1))(_task(handler))
        for job in await self.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            await self.app.job_manager.retry_job(job)
        await self.app.run_worker_async(wait=not until_empty, install_signal_handlers=False, delete_jobs="successful")

    async def _opened(self) -> None:
        if not self._open:
            self._open = True
            await self.app.open_async()

    async def close(self) -> None:
        """Give connections back."""
        if self._open:
            await self.app.close_async()


def _task(handler: Handler) -> Callable[..., Awaitable[None]]:
    """A handler under the name of the argument that jobs bring."""

    async def task(subject: str) -> None:
        await handler(subject)

    return task


def create_tables(connection: Connection) -> None:
    """Procrastinate's own tables, where they are not there yet."""
    if connection.execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar() is None:
        # Without parameters, so that psycopg leaves the percent signs of the functions alone.
        connection.connection.cursor().execute(SchemaManager.get_schema())
