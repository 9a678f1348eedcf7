"""A PostgreSQL server of the tests' own, on a free port, with PostGIS where it is installed; stopped when they end.

PostgreSQL refuses to run as root, so it is started as the user postgres where the tests are run by root.
"""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine

__all__ = ["Server", "server"]

_NUMBERS = itertools.count(1)


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: float(p.parts[-3]))
    which = shutil.which("pg_ctl")
    return found[-1].parent if found else Path(which).parent if which else None


class Server:
    """The running server."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.user = None if os.geteuid() else "postgres"
        self.folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._run("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "dateline", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8")  # fmt: skip
        self.start()
        atexit.register(self._end)

    def _run(self, name: str, *args: str) -> None:
        command = [str(self.binaries / name), *args]
        with (self.folder.parent / f"{self.folder.name}.log").open("a") as log:
            subprocess.run(command, check=True, cwd="/", user=self.user, stdout=log, stderr=log, timeout=120)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=64MB"
        log = f"{self.folder}/server.log"
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-o", options, "-w", "-l", log, "start")

    def stop(self) -> None:
        """Stop it at once, as a crash would: what runs is lost."""
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop")

    def _end(self) -> None:
        subprocess.run([self.binaries / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop"],
                       user=self.user, cwd="/", capture_output=True, check=False)  # fmt: skip
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder.parent / f"{self.folder.name}.log").unlink(missing_ok=True)

    def url(self) -> str:
        """The address of a new, empty place for a store (a schema of its own)."""
        schema = f"s{next(_NUMBERS)}"
        base = f"postgresql+psycopg://dateline:secret@127.0.0.1:{self.port}/postgres"
        engine = create_engine(base)
        with engine.begin() as conn:
            conn.exec_driver_sql(f"CREATE SCHEMA {schema}")
        engine.dispose()
        return f"{base.replace('+psycopg', '')}?options=-csearch_path%3D{schema},public"


@cache
def _server() -> Server | None:
    binaries = _binaries()
    if binaries is None or (not os.geteuid() and "postgres" not in {u.pw_name for u in pwd.getpwall()}):
        return None
    started = Server(binaries)
    engine = create_engine(f"postgresql+psycopg://dateline@127.0.0.1:{started.port}/postgres")
    with engine.connect() as conn:
        if conn.exec_driver_sql("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").first():
            conn.exec_driver_sql("CREATE EXTENSION postgis")
            conn.commit()
    engine.dispose()
    return started


def server() -> Server:
    """The server, started at the first call; the test is skipped, and says so, where PostgreSQL is not installed."""
    found = _server()
    if found is None:
        pytest.skip("!!! NO POSTGRESQL ON THIS MACHINE: apt-get install postgresql postgresql-15-postgis-3 !!!")
    return found
