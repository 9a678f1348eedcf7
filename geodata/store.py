"""The store: documents, mentions, claims and the events they add up to, in one SQLite file (or another by URL).

    with Store("data/dateline.sqlite") as store:
        with store.transaction():
            store.put_document(...)

All SQL of the project is in this file.  One transaction per document: what is killed half way leaves nothing behind.
Takes and gives plain rows (dicts) and frames; does not extract, does not merge (see `ingest`, `merge`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Select, Table, create_engine, delete, event, func, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, SQLAlchemyError

from geodata import tables as t
from geodata.errors import StoreError

__all__ = ["DEFAULT_PATH", "Row", "Store", "default_url"]

DEFAULT_PATH = "data/dateline.sqlite"
Row = dict[str, Any]
#: SQLite takes some 32,000 values in one statement.
_MANY = 5000


def default_url() -> str:
    """The environment variable DATELINE_STORE, else data/dateline.sqlite below the working folder."""
    return os.environ.get("DATELINE_STORE") or DEFAULT_PATH


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    known = sorted(set(values))
    for i in range(0, len(known), _MANY):
        yield known[i : i + _MANY]


class Store:
    """One store, opened; a context manager.

    url : a path, ":memory:", or an SQLAlchemy URL (default: `default_url()`).   create : make it where it is missing

    Raises
    ------
    StoreError : it is missing, damaged, locked, not a store of Dateline, or written by a newer version.
    """

    def __init__(self, url: str | Path | None = None, *, create: bool = True) -> None:
        self.url = str(url) if url else default_url()
        self._open: Connection | None = None
        self._writing = False
        self._engine = self._connect(create)
        try:
            self._prepare(create)
        except SQLAlchemyError as err:
            self._engine.dispose()
            raise self._damaged(err) from err
        except StoreError:
            self._engine.dispose()
            raise

    # -- opening -----------------------------------------------------------------------------------------------------

    def _connect(self, create: bool) -> Engine:
        if "://" in self.url:
            try:
                return self._listen(create_engine(make_url(self.url)))
            except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as err:
                raise StoreError(f"cannot use the store {self.url.split('@')[-1]}: {err}") from err
        if self.url != ":memory:":
            self._check_path(Path(self.url), create)
        return self._listen(create_engine(f"sqlite:///{self.url}" if self.url != ":memory:" else "sqlite://"))

    @staticmethod
    def _check_path(path: Path, create: bool) -> None:
        if path.is_dir():
            raise StoreError(f"{path} is a folder; name a file for the store, such as {path / 'dateline.sqlite'}")
        if path.exists():
            return
        if not create:
            raise StoreError(
                f"there is no store at {path}: read articles into it with `python -m geodata ingest FOLDER`"
            )
        if str(path) == DEFAULT_PATH:
            path.parent.mkdir(exist_ok=True)
        if not path.parent.is_dir():
            raise StoreError(f"no folder {path.parent} for the store {path.name}: make it first")

    def _listen(self, engine: Engine) -> Engine:
        """SQLite: transactions begin when we say so; readers never wait for the writer (WAL)."""
        if engine.dialect.name == "sqlite":

            @event.listens_for(engine, "connect")
            def _(dbapi: Any, _record: Any) -> None:
                dbapi.isolation_level = None
                for pragma in ("busy_timeout=15000", "foreign_keys=ON", "synchronous=NORMAL"):
                    dbapi.execute(f"PRAGMA {pragma}")

            @event.listens_for(engine, "begin")
            def _(conn: Connection) -> None:
                conn.exec_driver_sql("BEGIN IMMEDIATE" if self._writing else "BEGIN")

        return engine

    def _prepare(self, create: bool) -> None:
        names = set(inspect(self._engine).get_table_names())
        if not names:
            if not create:
                raise StoreError(
                    f"the store {self.url} is empty: read articles into it with `python -m geodata ingest`"
                )
            self._create()
            return
        if "meta" not in names or "claims" not in names:
            raise StoreError(f"{self.url} is a database, but not a store of Dateline; it was left as it is")
        found = int(self.meta("schema_version") or 0)
        if found > t.SCHEMA_VERSION:
            raise StoreError(
                f"the store {self.url} was written by a newer version of Dateline (format {found}, this one reads"
                f" {t.SCHEMA_VERSION}): update, or use another store"
            )

    def _create(self) -> None:
        if self._engine.dialect.name == "sqlite":
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL")
            finally:
                raw.close()
        with self.transaction() as conn:
            t.metadata.create_all(conn)
            if self.meta("schema_version") is None:  # another process may have been first
                conn.execute(insert(t.meta), [{"key": "schema_version", "value": str(t.SCHEMA_VERSION)}])
                conn.execute(insert(t.meta), [{"key": "data_version", "value": "0"}])

    def _damaged(self, err: SQLAlchemyError) -> StoreError:
        said = str(getattr(err, "orig", None) or err).splitlines()[0]
        if "locked" in said or "busy" in said:
            return StoreError(f"the store {self.url} is busy: another program is writing to it; try again")
        if "readonly" in said or "unable to open" in said:
            return StoreError(f"the store {self.url} cannot be opened for writing: {said}")
        return StoreError(f"the store {self.url} is damaged or not a store ({said}); it was left as it is")

    def __enter__(self) -> Store:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    # -- transactions ------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Everything inside is written together or not at all; not nested."""
        if self._open is not None:
            raise RuntimeError("a transaction is open already")
        self._writing = True
        try:
            with self._engine.begin() as conn:
                self._open = conn
                yield conn
        except DatabaseError as err:
            raise self._damaged(err) from err
        finally:
            self._open, self._writing = None, False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent state of the store, whatever others write meanwhile; inside a transaction that one's own."""
        if self._open is not None:
            yield self._open
            return
        try:
            with self._engine.begin() as conn:
                self._open = conn
                yield conn
        except DatabaseError as err:
            raise self._damaged(err) from err
        finally:
            self._open = None

    def _rows(self, query: Select[Any]) -> list[Row]:
        with self.reading() as conn:
            return [dict(r) for r in conn.execute(query).mappings()]

    def _write(self, table: Table, rows: Sequence[Row]) -> None:
        if self._open is None or not self._writing:
            raise RuntimeError("writing needs `with store.transaction():`")
        if rows:
            self._open.execute(insert(table), list(rows))

    def _drop(self, table: Table, column: str, values: Iterable[str]) -> None:
        if self._open is None or not self._writing:
            raise RuntimeError("writing needs `with store.transaction():`")
        for some in _chunks(values):
            self._open.execute(delete(table).where(table.c[column].in_(some)))

    # -- reading -----------------------------------------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """A value of the store's own notes (schema_version, data_version)."""
        rows = self._rows(select(t.meta.c.value).where(t.meta.c.key == key))
        return str(rows[0]["value"]) if rows else None

    @property
    def data_version(self) -> int:
        """Rises with every change; a cache of anything read from the store is good while it stays."""
        return int(self.meta("data_version") or 0)

    def frame(self, table: str) -> pd.DataFrame:
        """A whole table as a frame, in the order of its key; documents come without their text but with `chars`."""
        full = t.metadata.tables[table]
        columns = [c for c in full.c if not (table == "documents" and c.name == "text")]
        query = select(*columns)
        if table == "documents":
            query = query.add_columns(func.length(full.c.text).label("chars"))
        with self.reading() as conn:
            result = conn.execute(query.order_by(*full.primary_key.columns))
            return pd.DataFrame(result.fetchall(), columns=list(result.keys()))

    def document_text(self, doc_id: str) -> str | None:
        """The text of a document exactly as it was read; None for an unknown id."""
        rows = self._rows(select(t.documents.c.text).where(t.documents.c.doc_id == doc_id))
        return str(rows[0]["text"]) if rows else None

    def document(self, doc_id: str) -> Row | None:
        """All columns of a document; None for an unknown id."""
        rows = self._rows(select(t.documents).where(t.documents.c.doc_id == doc_id))
        return rows[0] if rows else None

    def document_at(self, path: str) -> str | None:
        """The id of the document last read from a file; None where there is none."""
        rows = self._rows(select(t.documents.c.doc_id).where(t.documents.c.path == path))
        return str(rows[0]["doc_id"]) if rows else None

    def mentions_of(self, doc_id: str) -> list[Row]:
        """The place names found in a document, in reading order."""
        return self._rows(select(t.mentions).where(t.mentions.c.doc_id == doc_id).order_by(t.mentions.c.seq))

    def claim_ids_of(self, doc_id: str) -> list[str]:
        """The claims of a document, in reading order."""
        query = select(t.claims.c.claim_id).where(t.claims.c.doc_id == doc_id).order_by(t.claims.c.seq)
        return [str(r["claim_id"]) for r in self._rows(query)]

    def claims_by_id(self, ids: Iterable[str]) -> list[Row]:
        """Claims with the publication date and publisher of their documents, by id."""
        columns = (t.documents.c.published, t.documents.c.publisher, t.documents.c.name.label("doc_name"))
        both = select(t.claims, *columns).join(t.documents)
        return [r for some in _chunks(ids) for r in self._rows(both.where(t.claims.c.claim_id.in_(some)))]

    def claims_in_blocks(self, blocks: Iterable[str]) -> set[str]:
        """Ids of the claims that share a block with those given (see `merge.blocks`)."""
        c = t.claim_blocks.c
        return {
            str(r["claim_id"])
            for some in _chunks(blocks)
            for r in self._rows(select(c.claim_id).where(c.block.in_(some)).distinct())
        }

    def events_of_claims(self, ids: Iterable[str]) -> set[str]:
        """The events that the claims belong to."""
        c = t.event_claims.c
        return {
            str(r["event_id"])
            for some in _chunks(ids)
            for r in self._rows(select(c.event_id).where(c.claim_id.in_(some)).distinct())
        }

    def claims_of_events(self, ids: Iterable[str]) -> set[str]:
        """The claims that belong to the events."""
        c = t.event_claims.c
        return {
            str(r["claim_id"])
            for some in _chunks(ids)
            for r in self._rows(select(c.claim_id).where(c.event_id.in_(some)))
        }

    # -- writing -----------------------------------------------------------------------------------------------------

    def put_document(self, row: Row, found: dict[str, list[Row]]) -> None:
        """Write a document with what was found in it, in place of what was there for it.

        row : of documents.   found : rows of mentions, claims, claim_places, claim_blocks
        """
        self.drop_document(str(row["doc_id"]))
        self._write(t.documents, [row])
        for table in (t.mentions, t.claims, t.claim_places, t.claim_blocks):
            self._write(table, found.get(table.name, []))

    def drop_document(self, doc_id: str) -> None:
        """Take a document out, with its mentions and claims; its events are the caller's to put right."""
        self._drop(t.documents, "doc_id", [doc_id])

    def put_events(self, gone: Iterable[str], rows: dict[str, list[Row]]) -> None:
        """Take out the events `gone` and write `rows` of events, event_claims and stops."""
        self._drop(t.events, "event_id", [*gone, *(str(r["event_id"]) for r in rows.get("events", []))])
        for table in (t.events, t.event_claims, t.stops):
            self._write(table, rows.get(table.name, []))

    def changed(self) -> None:
        """Raise the data version; to be called once in each transaction that changed anything."""
        if self._open is None:
            raise RuntimeError("writing needs `with store.transaction():`")
        value = str(self.data_version + 1)
        self._open.execute(t.meta.update().where(t.meta.c.key == "data_version").values(value=value))
