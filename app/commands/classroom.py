"""What an operator does with the store: keys, the students' data, backups, and jobs in a process of their own."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import log
from app.core.diagnostic import ProgramError
from app.settings import Settings

if TYPE_CHECKING:
    from app.store.database import Database

NOTHING_KEPT = "This server keeps nothing: WENGERT_DATABASE_URL is none."


def add(commands: Any) -> None:
    """Tell the parser of these commands."""
    keys = commands.add_parser("keys", help="make, list and revoke keys").add_subparsers(dest="what", required=True)
    make = keys.add_parser("make", help="a new key, shown only now")
    make.add_argument("name", help="what it is for")
    make.add_argument("--scopes", default="grade", help="with commas between: grade, results, teach, admin")
    make.set_defaults(run=_make)
    keys.add_parser("list", help="all keys, without what would open anything").set_defaults(run=_list)
    revoke = keys.add_parser("revoke", help="end a key and its sessions")
    revoke.add_argument("id")
    revoke.set_defaults(run=_revoke)
    export = commands.add_parser("export-submissions", help="all submissions, one JSON a line, under pseudonyms")
    export.add_argument("--names", action="store_true", help="with the students' ids instead")
    export.set_defaults(run=_export)
    forget = commands.add_parser("forget", help="delete all that is kept of a student")
    forget.add_argument("student")
    forget.set_defaults(run=_forget)
    for name, words, run in (("backup", "copy the database to a file", _backup), ("restore", "put a copy in its place", _restore)):
        parser = commands.add_parser(name, help=f"{words} (SQLite; PostgreSQL has pg_dump)")
        parser.add_argument("file")
        parser.set_defaults(run=run)
    commands.add_parser("work", help="work off the jobs that wait in PostgreSQL").set_defaults(run=_work)


def _opened(settings: Settings) -> Database:
    """The database, brought up to date; a first key made now is shown."""
    from app.store.database import Database  # noqa: PLC0415  # only these commands need it
    from app.store.schema import prepare  # noqa: PLC0415

    if settings.database_url == "none":
        raise SystemExit(NOTHING_KEPT)
    database = Database(settings.database_url)
    key = prepare(database)
    if key is not None:
        sys.stderr.write(f"The teacher's first key, shown only now: {key}\n")
    return database


def _who() -> str:
    return f"command line:{getpass.getuser()}"


def _make(given: argparse.Namespace, settings: Settings) -> int:
    from app.store import keys  # noqa: PLC0415

    try:
        with closing(_opened(settings)) as database, database.write() as connection:
            key = keys.make(connection, given.name, given.scopes.split(","), _who())
    except ProgramError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{key}\n")
    return 0


def _list(given: argparse.Namespace, settings: Settings) -> int:
    from app.store import keys  # noqa: PLC0415

    with closing(_opened(settings)) as database, database.read() as connection:
        for row in keys.listed(connection):
            ended = f"revoked {row['revoked_at']}" if row["revoked_at"] else "valid"
            sys.stdout.write(f"{row['id']}  {row['made_at']}  {ended}  {row['scopes']}  {row['name']}\n")
    return 0


def _revoke(given: argparse.Namespace, settings: Settings) -> int:
    from app.store import keys  # noqa: PLC0415

    with closing(_opened(settings)) as database, database.write() as connection:
        found = keys.revoke(connection, given.id, _who())
    if not found:
        sys.stderr.write(f"There is no valid key {given.id}.\n")
    return 0 if found else 1


def _export(given: argparse.Namespace, settings: Settings) -> int:
    from app.store import privacy  # noqa: PLC0415

    with closing(_opened(settings)) as database, database.read() as connection:
        for row in privacy.export(connection, pseudonymous=not given.names):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 0


def _forget(given: argparse.Namespace, settings: Settings) -> int:
    from app.store import privacy  # noqa: PLC0415

    with closing(_opened(settings)) as database, database.write() as connection:
        count = privacy.forget(connection, given.student, _who())
    sys.stdout.write(f"{count} submissions deleted.\n")
    return 0


def _backup(given: argparse.Namespace, settings: Settings) -> int:
    """Copy the database, while it is in use."""
    from app.store.copies import CopyError, save  # noqa: PLC0415

    place = _file(settings)
    try:
        save(place, Path(given.file))
    except CopyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{place} is copied to {given.file}.\n")
    return 0


def _restore(given: argparse.Namespace, settings: Settings) -> int:
    """Put a copy in place of the database, and bring it up to date; no server may use it meanwhile."""
    from app.store.copies import CopyError, put_back  # noqa: PLC0415

    place = _file(settings)
    try:
        put_back(Path(given.file), place)
    except CopyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _opened(settings).close()
    sys.stdout.write(f"{given.file} is now {place}.\n")
    return 0


def _file(settings: Settings) -> Path:
    """Where the database of SQLite lies; nothing is opened."""
    from sqlalchemy import make_url  # noqa: PLC0415

    if settings.database_url == "none":
        raise SystemExit(NOTHING_KEPT)
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise SystemExit("This is for a file of SQLite; PostgreSQL has pg_dump and pg_restore for it.")
    return Path(url.database)


def _work(given: argparse.Namespace, settings: Settings) -> int:
    from app.main import work_off  # noqa: PLC0415  # it puts workers and store together

    log.set_up(settings.log_level)
    asyncio.run(work_off(settings))
    return 0
