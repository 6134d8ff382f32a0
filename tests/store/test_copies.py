"""Copies of the database: whole while it is in use, and never lost to a copy that is none."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from making import handed, made
from sqlalchemy import make_url, text

from app.__main__ import main
from app.store import keys, submissions
from app.store.database import Database
from app.store.schema import prepare

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def address(tmp_path) -> str:
    """A file, unlike in the other tests: PostgreSQL has programs of its own for copies."""
    return f"sqlite:///{tmp_path}/wengert.db"


@pytest.fixture
def run(address: str, monkeypatch, capsys) -> Run:
    """A command of an operator: its status, and what it printed and complained of."""
    monkeypatch.setenv("WENGERT_DATABASE_URL", address)

    def command(*words: object) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:
            return 1, "", str(end)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


@pytest.fixture
def sqlite(address: str) -> Path:
    """The file of a database that is not in use."""
    with closing(Database(address)) as database:
        prepare(database)
        hand_in(database, "ada")
    return Path(make_url(address).database)


def hand_in(database: Database, student: str) -> None:
    with database.write() as connection:
        if not connection.execute(text("SELECT count(*) FROM exercises")).scalar():
            made(connection)
        submissions.submit(connection, handed(student))


def students(address: str) -> set[str]:
    with closing(Database(address)) as database, database.read() as connection:
        return {row["student"] for row in submissions.page(connection, None, None, 0, 100)[0]}


def test_a_copy_brings_everything_back(sqlite: Path, address: str, run: Run, tmp_path: Path):
    with closing(Database(address)) as database, database.write() as connection:
        key = keys.make(connection, "grader", ["grade"], "tester")
    assert run("backup", tmp_path / "copy.db")[0] == 0
    with closing(Database(address)) as database:
        hand_in(database, "bob")
    assert students(address) == {"ada", "bob"}
    assert run("restore", tmp_path / "copy.db") == (0, f"{tmp_path / 'copy.db'} is now {sqlite}.\n", "")
    assert students(address) == {"ada"}
    with closing(Database(address)) as database, database.read() as connection:
        assert keys.find(connection, key).scopes == {"grade"}


def test_a_copy_is_one_file_that_may_be_carried_elsewhere(sqlite: Path, run: Run, tmp_path: Path, monkeypatch):
    folder = tmp_path / "copies of 2026"
    folder.mkdir()
    run("backup", folder / "copy #1.db")
    assert [file.name for file in folder.iterdir()] == ["copy #1.db"]
    elsewhere = f"sqlite:///{tmp_path}/new/machine.db"
    monkeypatch.setenv("WENGERT_DATABASE_URL", elsewhere)
    status, _, complaints = run("restore", folder / "copy #1.db")
    assert (status, complaints) == (0, "")  # no first key is made: there are keys
    assert students(elsewhere) == {"ada"}


def test_a_database_in_use_is_copied_whole(sqlite: Path, address: str, run: Run, tmp_path: Path):
    with closing(Database(address)) as database:
        hand_in(database, "bob")
        with database.write() as connection:
            submissions.submit(connection, handed("not yet"))
            assert run("backup", tmp_path / "copy.db")[0] == 0
    assert students(address) == {"ada", "bob", "not yet"}
    assert students(f"sqlite:///{tmp_path}/copy.db") == {"ada", "bob"}


def test_a_copy_is_not_written_over_another_file(sqlite: Path, run: Run, tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("four years")
    assert run("backup", tmp_path / "thesis.txt") == (1, "", f"{tmp_path}/thesis.txt is there already.\n")
    assert (tmp_path / "thesis.txt").read_text() == "four years"


def test_what_is_not_there_is_neither_copied_nor_made(run: Run, tmp_path: Path):
    status, _, said = run("backup", tmp_path / "copy.db")
    assert (status, said) == (1, f"There is no database at {tmp_path}/wengert.db.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_to_nowhere_is_told(sqlite: Path, run: Run, tmp_path: Path):
    assert run("backup", tmp_path / "no" / "copy.db") == (1, "", f"There is no folder {tmp_path}/no.\n")


def test_what_an_interrupted_copy_left_is_no_obstacle(sqlite: Path, run: Run, tmp_path: Path):
    (tmp_path / "copy.db.part").write_text("half a cop")
    assert run("backup", tmp_path / "copy.db")[0] == 0
    assert students(f"sqlite:///{tmp_path}/copy.db") == {"ada"}


def text_file(file: Path) -> None:
    file.write_text("no database")


def other_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE songs (name)")


def newer_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE alembic_version (version_num)")
        other.execute("INSERT INTO alembic_version VALUES ('9999')")
        other.commit()


def damaged_copy(file: Path) -> None:
    """Every page after the first is gone wrong."""
    with closing(Database(f"sqlite:///{file}")) as database:
        prepare(database)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))


def nothing(file: Path) -> None:
    """It is not there at all."""


@pytest.mark.parametrize("make", [text_file, other_database, newer_database, damaged_copy, nothing])
def test_what_is_no_copy_leaves_the_database_as_it_was(sqlite: Path, address: str, run: Run, tmp_path: Path, make: Callable[[Path], None]):
    make(tmp_path / "copy.db")
    before = sqlite.read_bytes()
    status, printed, said = run("restore", tmp_path / "copy.db")
    assert (status, printed) == (1, "")
    assert said.startswith((f"{tmp_path}/copy.db", f"There is no file {tmp_path}/copy.db"))
    assert said.endswith(".\n")
    assert sqlite.read_bytes() == before


def test_a_database_in_use_is_not_replaced(sqlite: Path, address: str, run: Run, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("app.store.copies.BUSY_SECONDS", 0.1)
    run("backup", tmp_path / "copy.db")
    with closing(Database(address)) as server:
        hand_in(server, "bob")
        status, _, said = run("restore", tmp_path / "copy.db")
    assert (status, "stop the server first" in said) == (1, True)
    assert students(address) == {"ada", "bob"}


def test_a_damaged_database_is_moved_away_before_a_copy_takes_its_place(sqlite: Path, address: str, run: Run, tmp_path: Path):
    run("backup", tmp_path / "copy.db")
    sqlite.write_text("no database any more")
    status, _, said = run("restore", tmp_path / "copy.db")
    assert (status, said) == (1, f"{sqlite} cannot be written: file is not a database.\n")
    sqlite.rename(tmp_path / "damaged.db")
    assert run("restore", tmp_path / "copy.db")[0] == 0
    assert students(address) == {"ada"}


@pytest.mark.parametrize(
    ("address", "said"), [("none", "keeps nothing"), ("sqlite://", "a file of SQLite"), ("postgresql://h/n", "pg_dump")]
)
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_is_no_file_is_told_before_anything_is_opened(run: Run, tmp_path: Path, monkeypatch, command: str, address: str, said: str):
    monkeypatch.setenv("WENGERT_DATABASE_URL", address)
    status, _, told = run(command, tmp_path / "copy.db")
    assert (status, said in told) == (1, True)
