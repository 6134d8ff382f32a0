"""The queue on SQLite: a table, worked off in the process of the server."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from sqlalchemy import Connection, insert, select, update

from app.store.clock import now
from app.store.database import Database
from app.store.queue import Handlers
from app.store.tables import jobs

TRIES = 3
PAUSE = 5.0
"""Seconds until the table is looked at without a call, for jobs that another process has put there."""

logger = logging.getLogger("wengert.queue")


class TableQueue:
    """Jobs in the table ``jobs``. A job found running when work begins was cut off, and waits again."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._call = asyncio.Event()

    async def put(self, kind: str, subject: str) -> None:
        """Let a job wait, unless the same one waits already."""
        await self.database.writing(_put, kind, subject)
        self._call.set()

    async def work(self, handlers: Handlers, *, until_empty: bool = False) -> None:
        """Do jobs until cancelled, or until none waits."""
        await self.database.writing(_wait_again)
        while True:
            self._call.clear()
            while (job := await self.database.writing(_take)) is not None:
                await self._do(*job, handlers)
            if until_empty:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._call.wait(), PAUSE)

    async def _do(self, number: int, kind: str, subject: str, handlers: Handlers) -> None:
        try:
            await handlers[kind](subject)
        except Exception as error:
            logger.exception("job %s %s failed", kind, subject)
            await self.database.writing(_failed, number, repr(error))
        else:
            await self.database.writing(_set, number, "done")

    async def close(self) -> None:
        """There is nothing to give back: the database is its owner's."""


def _put(connection: Connection, kind: str, subject: str) -> None:
    waits = select(jobs.c.number).where(jobs.c.kind == kind, jobs.c.subject == subject, jobs.c.state == "queued")
    if connection.execute(waits).first() is None:
        row = {"kind": kind, "subject": subject, "state": "queued", "tries": 0, "changed_at": now()}
        connection.execute(insert(jobs).values(row))


def _take(connection: Connection) -> tuple[int, str, str] | None:
    row = connection.execute(select(jobs).where(jobs.c.state == "queued").order_by(jobs.c.number).limit(1)).mappings().first()
    if row is None:
        return None
    connection.execute(update(jobs).where(jobs.c.number == row["number"]).values(state="running", tries=row["tries"] + 1, changed_at=now()))
    return row["number"], row["kind"], row["subject"]


def _wait_again(connection: Connection) -> None:
    connection.execute(update(jobs).where(jobs.c.state == "running").values(state="queued", changed_at=now()))


def _failed(connection: Connection, number: int, error: str) -> None:
    tries = connection.execute(select(jobs.c.tries).where(jobs.c.number == number)).scalar_one()
    _set(connection, number, "queued" if tries < TRIES else "failed", error)


def _set(connection: Connection, number: int, state: str, error: str | None = None) -> None:
    connection.execute(update(jobs).where(jobs.c.number == number).values(state=state, error=error, changed_at=now()))
