"""A real PostgreSQL for the tests: a cluster of its own in a temporary folder, reached through a socket there."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def program(name: str) -> str:
    """One of PostgreSQL's programs; Debian keeps those of a server out of the path."""
    found = shutil.which(name) or next(iter(sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), reverse=True)), None)
    assert found is not None, "there is no PostgreSQL on this machine: run tools/postgres.sh"
    return found


def run(*command: str, user: str | None) -> None:
    groups = None if user is None else []
    done = subprocess.run(command, user=user, group=user, extra_groups=groups, cwd="/", capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout} {done.stderr}"


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """The folder of the socket of a running server. It refuses to run as root, and is then run as its own user."""
    with tempfile.TemporaryDirectory(prefix="wengert-pg-") as folder:
        user = "postgres" if os.geteuid() == 0 else None
        if user is not None:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        data = f"{folder}/data"
        run(program("initdb"), "-D", data, "-U", "wengert", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", user=user)
        options = f"-k {folder} -c listen_addresses='' -c max_connections=100"
        run(program("pg_ctl"), "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start", user=user)
        try:
            yield folder
        finally:
            run(program("pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop", user=user)


def address(folder: str, name: str) -> str:
    """The address of a database of a cluster, made on the way."""
    run(program("createdb"), "-h", folder, "-U", "wengert", name, user=None)
    return f"postgresql://wengert@/{name}?host={folder}"
