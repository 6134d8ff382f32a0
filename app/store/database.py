"""The database: SQLite by default, PostgreSQL by its address. Reads and writes are transactions; what fails is a problem."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.core.diagnostic import ProgramError, problem

BUSY_SECONDS = 5
THREADS = 8
DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
FULL = ("database or disk is full", "disk full", "No space left", "could not extend file")

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """One database. ``reading`` and ``writing`` carry out a function of a connection in a thread, in one transaction of its own."""

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        self.url = url if self.is_sqlite else url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url)
        self._writes = self.engine.execution_options(writes=True)
        self._one_writer = threading.Lock() if self.is_sqlite else contextlib.nullcontext()
        self._threads = ThreadPoolExecutor(THREADS, "store")

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of everything."""
        with _problems(), self.engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is either kept whole, on the disk when this returns, or not at all."""
        with self._one_writer, _problems(), self._writes.begin() as connection:
            yield connection

    async def reading(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **keywords: P.kwargs) -> T:
        """What a function reads."""
        return await self._within(self.read, function, *args, **keywords)

    async def writing(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **keywords: P.kwargs) -> T:
        """What a function answers whose changes are kept."""
        return await self._within(self.write, function, *args, **keywords)

    async def _within(self, transaction: Callable[[], Any], function: Callable[..., T], *args: Any, **keywords: Any) -> T:
        def run() -> T:
            with transaction() as connection:
                return function(connection, *args, **keywords)

        return await asyncio.get_running_loop().run_in_executor(self._threads, run)

    def close(self) -> None:
        """Let running transactions end."""
        self._threads.shutdown()
        self.engine.dispose()


def _sqlite(url: Any) -> Engine:
    """Readers never wait for the writer (WAL); a commit is on the disk when it returns (FULL)."""
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so, not where the driver guesses
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A write that began as a read could not become one while another writes.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _postgresql(url: Any) -> Engine:
    return create_engine(
        url,
        pool_size=THREADS,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=True,
        connect_args={"connect_timeout": BUSY_SECONDS},
    )


@contextlib.contextmanager
def _problems() -> Iterator[None]:
    """What a database refuses, as problems: busy and gone pass, full does not."""
    try:
        yield
    except (ProgramError, IntegrityError):
        raise
    except PoolTimeout:
        raise problem("store.busy", "The database is busy; nothing was recorded. Ask again in a moment.") from None
    except DataError as error:  # PostgreSQL keeps no zero byte in a text
        raise problem("request.field", "A field holds a character or a number that cannot be kept.") from error
    except DBAPIError as error:
        if any(sign in str(error.orig) for sign in FULL):
            raise problem("store.full", "The database has no room left; nothing was recorded.") from error
        if isinstance(error, OperationalError) or error.connection_invalidated:
            raise problem("store.busy", "The database does not answer now; nothing was recorded. Ask again in a moment.") from error
        raise
