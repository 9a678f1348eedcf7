"""Opening a store: the engine, the tables of a new one, the way from an older form to the present one.

Takes a path or a URL; gives an SQLAlchemy engine ready for use, or says in one line why not.  An older store is brought
up to date only when something is to be written, after its file was copied; reading it needs no change.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from geodata import store_postgres
from geodata import tables as t
from geodata.errors import StoreError

__all__ = ["DEFAULT_PATH", "back_up", "connect", "create_tables", "known_columns", "migrate", "use_wal"]

DEFAULT_PATH = "data/dateline.sqlite"
MIGRATIONS = Path(__file__).with_name("migrations")


def connect(url: str, create: bool, writing: Callable[[], bool]) -> Engine:
    """An engine for a path, ":memory:" or an SQLAlchemy URL; `writing` says what sort of transaction begins."""
    if "://" in url:
        try:
            address = make_url(url)
            if address.get_backend_name() in ("postgresql", "postgres"):
                return _listen(create_engine(store_postgres.with_driver(address), pool_pre_ping=True), writing)
            return _listen(create_engine(address), writing)
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as err:
            raise StoreError(f"cannot use the store {url.split('@')[-1]}: {err}") from err
    if url != ":memory:":
        _check_path(Path(url), create)
        _check_whole(Path(url))
        if not create and _sealed(Path(url)):
            return _listen(create_engine(f"sqlite:///file:{quote(url)}?mode=ro&immutable=1&uri=true"), writing)
    return _listen(create_engine(f"sqlite:///{url}" if url != ":memory:" else "sqlite://"), writing)


def _check_path(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file for the store, such as {path / 'dateline.sqlite'}")
    if path.exists():
        return
    if not create:
        raise StoreError(f"there is no store at {path}: read articles into it with `python -m geodata ingest FOLDER`")
    if str(path) == DEFAULT_PATH:
        path.parent.mkdir(exist_ok=True)
    if not path.parent.is_dir():
        raise StoreError(f"no folder {path.parent} for the store {path.name}: make it first")


def _check_whole(path: Path) -> None:
    """Whether the file is as long as its own first page says; while a log lies beside it, SQLite sees to that itself.

    The format: https://www.sqlite.org/fileformat.html, sections 1.3.2 and 1.3.8.
    """
    log = Path(f"{path}-wal")
    if not path.is_file() or (log.exists() and log.stat().st_size):
        return
    with path.open("rb") as file:
        head = file.read(32)
    if head[:16] != b"SQLite format 3\0" or len(head) < 32:
        return
    size, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    wanted = (65536 if size == 1 else size) * pages
    if path.stat().st_size < wanted:
        raise StoreError(
            f"the store {path} is damaged: cut short, {path.stat().st_size:,} bytes of {wanted:,};"
            " it was left as it is: put a backup in its place"
        )


def _sealed(path: Path) -> bool:
    """A whole file in a folder where nothing may be written, such as a disc: it can be read as it is."""
    return path.is_file() and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()


def _listen(engine: Engine, writing: Callable[[], bool]) -> Engine:
    """SQLite: transactions begin when we say so; readers never wait for the writer (WAL)."""
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _(dbapi: Any, _record: Any) -> None:
            dbapi.isolation_level = None
            for pragma in ("busy_timeout=60000", "foreign_keys=ON", "synchronous=NORMAL", "cache_size=-32768"):
                dbapi.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def _(conn: Connection) -> None:
            conn.exec_driver_sql("BEGIN IMMEDIATE" if writing() else "BEGIN")

    elif engine.dialect.name == "postgresql":
        store_postgres.listen(engine, writing)
    return engine


def use_wal(engine: Engine) -> None:
    """SQLite keeps its changes in a log beside the file, so that readers and a writer do not wait for each other."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode=WAL")
        finally:
            raw.close()


def create_tables(conn: Connection) -> None:
    """All tables of a new store, marked as being of the present form."""
    t.metadata.create_all(conn)
    if conn.dialect.name == "postgresql":
        store_postgres.add_geometry(conn)
    _alembic(conn, "stamp", str(t.SCHEMA_VERSION))


def known_columns(engine: Engine) -> dict[str, set[str]]:
    """table -> columns, as the database has them: an older store lacks some."""
    there = inspect(engine)
    names = (name for name in there.get_table_names() if name != store_postgres.OWN_TABLE)
    return {name: {c["name"] for c in there.get_columns(name)} for name in names}


def migrate(conn: Connection, found: int) -> None:
    """From form `found` to the present one, in the caller's transaction."""
    if "alembic_version" not in inspect(conn).get_table_names():
        _alembic(conn, "stamp", str(found))
    _alembic(conn, "upgrade", "head")
    value = str(t.SCHEMA_VERSION)
    conn.execute(t.meta.update().where(t.meta.c.key == "schema_version").values(value=value))


def _alembic(conn: Connection, command: str, revision: str) -> None:
    from alembic import command as commands  # only where tables are made or changed: not for every reading
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    getattr(commands, command)(config, revision)


def back_up(engine: Engine, found: int) -> Path | None:
    """A copy of an SQLite file beside it, before it is changed; None where there is no file."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file == ":memory:":
        return None
    names = (Path(f"{file}.v{found}-backup{n}") for n in ("", *(f"-{i}" for i in range(2, 1000))))
    copy = next(path for path in names if not path.exists())
    raw = engine.raw_connection()
    try:
        with sqlite3.connect(copy) as target:
            raw.driver_connection.backup(target)  # type: ignore[union-attr]
        target.close()
    except (sqlite3.Error, OSError) as err:
        copy.unlink(missing_ok=True)
        raise StoreError(f"the store {file} is of an older form and no copy of it can be made ({err})") from err
    finally:
        raw.close()
    return copy
