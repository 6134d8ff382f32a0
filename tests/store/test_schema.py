"""The schema is what the tables say, on both databases, and is made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from app.store import schema
from app.store.database import Database
from app.store.tables import keys, metadata


def test_the_migrations_lead_to_the_tables(database):
    with database.write() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    ours = [one for one in differences if "procrastinate" not in repr(one)]
    assert ours == []


def test_the_newest_migration_is_the_one_that_the_start_asks_for():
    assert ScriptDirectory(str(schema.MIGRATIONS)).get_current_head() == schema.HEAD


def test_a_second_start_changes_nothing_and_makes_no_second_key(address):
    first, second = Database(address), Database(address)
    assert schema.prepare(first).startswith("wgt_")
    assert schema.prepare(second) is None
    first.close()
    second.close()


def test_servers_that_start_together_make_one_schema_and_one_key(address):
    databases = [Database(address) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(schema.prepare, databases))
    assert sum(key is not None for key in made) == 1
    with databases[0].read() as connection:
        assert len(connection.execute(select(keys)).all()) == 1
    for database in databases:
        database.close()
