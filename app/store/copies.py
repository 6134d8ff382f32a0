"""Copies of a SQLite database: one in use is copied whole, and a copy is looked at before it takes another's place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.store.schema import MIGRATIONS

BUSY_SECONDS = 5


class CopyError(Exception):
    """Why there is no copy, in a sentence; nothing was changed."""


def save(place: Path, file: Path) -> None:
    """Copy a database, which may be in use, to a file that is not there yet."""
    if not place.is_file():
        raise CopyError(f"There is no database at {place}.")
    if file.exists():
        raise CopyError(f"{file} is there already.")
    if not file.parent.is_dir():
        raise CopyError(f"There is no folder {file.parent}.")
    part = file.with_name(f"{file.name}.part")  # what is interrupted shall not look like a copy
    part.unlink(missing_ok=True)
    _copy(place, part)
    part.rename(file)


def put_back(file: Path, place: Path) -> None:
    """Put a copy in a database's place, in one transaction; nobody may use the database meanwhile."""
    check(file)
    place.parent.mkdir(parents=True, exist_ok=True)
    _copy(file, place)


def check(file: Path) -> None:
    """Refuse what is no whole database of ours, and one of a newer version."""
    if not file.is_file():
        raise CopyError(f"There is no file {file}.")
    try:
        with closing(_connect(file)) as copy:
            (state,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            found = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise CopyError(f"{file} is no copy of a database: {error}.") from None
    if state != "ok":
        raise CopyError(f"{file} is damaged: {state}.")
    if found is None or not any(MIGRATIONS.glob(f"versions/{found[0]}_*.py")):
        raise CopyError(f"{file} is of another version of Wengert.")


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(_connect(source)) as old, closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as new:
            # Leaving the write-ahead log needs the database for oneself; a copy without one is a single file.
            new.execute("PRAGMA journal_mode=DELETE")
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        why = "it is in use; stop the server first" if "locked" in str(error) else str(error)
        raise CopyError(f"{target} cannot be written: {why}.") from None


def _connect(file: Path) -> sqlite3.Connection:
    """A connection to a file that is there."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
