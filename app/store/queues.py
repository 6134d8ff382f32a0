"""Which queue a database has."""

from __future__ import annotations

from app.store.database import Database
from app.store.queue import Queue
from app.store.table_queue import TableQueue


def queue_of(database: Database) -> Queue:
    """A table on SQLite, procrastinate on PostgreSQL."""
    if database.is_sqlite:
        return TableQueue(database)
    from app.store.procrastinate_queue import ProcrastinateQueue  # noqa: PLC0415  # SQLite needs none of it

    return ProcrastinateQueue(database.url)
