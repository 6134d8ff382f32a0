"""The state of the database's schema, brought up to date by Alembic where it is not."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.store import keys, privacy
from app.store.database import Database

HEAD = "0001"
"""The newest migration: asked for before Alembic is loaded, which a start that has nothing to migrate need not wait for."""
MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x57454E47


def prepare(database: Database) -> str | None:
    """Bring the schema up to date and make what every database has; the teacher's first key where it was made now."""
    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})  # servers that start together migrate once
        if _revision(connection) != HEAD:
            _migrate(connection)
        if not database.is_sqlite:
            from app.store.procrastinate_queue import create_tables  # noqa: PLC0415  # SQLite needs none of it

            create_tables(connection)
        privacy.make_secret(connection)
        return keys.make_first(connection)


def _revision(connection: Connection) -> str | None:
    """The migration that a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  # see HEAD
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
