"""A whole store copied while it is in use: backup into a file, restore from one, SQLite to PostgreSQL and back.

A backup is always a store in one SQLite file, whatever it was made of, so it can be opened, checked and read as any
store can.  Both ways are all or nothing: a file is written beside its name and renamed when it is whole; a restore is
one transaction.  Takes open stores and paths; gives how many documents were copied.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from geodata import tables as t
from geodata.errors import StoreError
from geodata.store import Store

__all__ = ["back_up", "restore"]

_ROWS = 2000


def _documents(conn: Connection) -> int:
    return int(conn.execute(select(func.count()).select_from(t.documents)).scalar_one())


def back_up(store: Store, file: Path) -> int:
    """Write the state of the store at this moment into a new file; others may go on reading and writing.

    Raises
    ------
    StoreError : the file exists already, or cannot be written whole; then nothing is left of it.
    """
    if file.exists():
        raise StoreError(f"{file} exists already: name another file for the backup")
    if not file.parent.is_dir():
        raise StoreError(f"no folder {file.parent} for the backup {file.name}: make it first")
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        n = _sqlite_copy(store, part) if store.dialect == "sqlite" else _rows_copy(store, part)
        part.replace(file)
    except (sqlite3.Error, OSError) as err:
        raise err if isinstance(err, StoreError) else StoreError(f"no backup was written: {err}") from err
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{part}{end}").unlink(missing_ok=True)
    return n


def _sqlite_copy(store: Store, part: Path) -> int:
    """By SQLite's own means: pages, while others write."""
    target = sqlite3.connect(part)
    try:
        with store.raw() as source:
            source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        said = target.execute("PRAGMA quick_check").fetchone()[0]
        if said != "ok":
            raise StoreError(f"the store {store.name} is damaged ({said}); no backup was written")
        return int(target.execute(str(select(func.count()).select_from(t.documents))).fetchone()[0])
    finally:
        target.close()


def _rows_copy(store: Store, part: Path) -> int:
    with Store(part) as target:
        return _copy(store, target)


def _copy(source: Store, target: Store) -> int:
    """All rows, in place of what the target holds, in one transaction on either side."""
    with source.reading() as there, target.transaction() as here:
        before = target.data_version
        for table in reversed(t.metadata.sorted_tables):
            here.execute(delete(table))
        for table in t.metadata.sorted_tables:
            rows = there.execution_options(stream_results=True).execute(select(table)).mappings()
            for some in rows.partitions(_ROWS):
                here.execute(insert(table), [dict(r) for r in some])
        _put_version(here, max(before, source.data_version) + 1)
        return _documents(here)


def _put_version(conn: Connection, version: int) -> None:
    """A version that no cache knows; and numbers of decisions that go on after those that were copied."""
    for key, value in (("data_version", version), ("schema_version", t.SCHEMA_VERSION)):
        conn.execute(t.meta.update().where(t.meta.c.key == key).values(value=str(value)))
    last = conn.execute(select(func.max(t.reviews.c.seq))).scalar()
    if conn.dialect.name == "postgresql" and last:
        conn.execute(select(func.setval(func.pg_get_serial_sequence("reviews", "seq"), last)))


def restore(file: Path, store: Store, *, replace: bool = False) -> tuple[int, Path | None]:
    """Put a backup in the place of what a store holds; documents copied, and the copy of what was there before.

    Raises
    ------
    StoreError : the file is no store of Dateline; or the store holds documents and `replace` is not given.
    """
    if not file.is_file():
        raise StoreError(f"there is no backup at {file}")
    with store.reading() as conn:
        there = _documents(conn)
    if there and not replace:
        raise StoreError(
            f"the store {store.name} holds {there} documents: with --replace the backup takes their place"
            " (a copy of what is there is written first)"
        )
    kept = _beside(store, file) if there else None
    if kept:
        back_up(store, kept)
    with tempfile.TemporaryDirectory() as folder:  # a backup of an older form is brought up to date as a copy
        copy = Path(folder, "backup.sqlite")
        shutil.copyfile(file, copy)
        Store(copy, create=False).close()  # no store of Dateline: said here
        with Store(copy) as source:
            return _copy(source, store), kept


def _beside(store: Store, file: Path) -> Path:
    own = Path(store.url) if store.dialect == "sqlite" and "://" not in store.url else file
    names: Sequence[str] = ("", *(f"-{i}" for i in range(2, 1000)))
    return next(p for n in names if not (p := own.with_name(f"{own.name}.before-restore{n}")).exists())
