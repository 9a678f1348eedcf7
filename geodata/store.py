"""The store: documents, mentions, claims and the events they add up to, in one SQLite file (or another by URL).

    with Store("data/dateline.sqlite") as store:
        with store.transaction():
            store.put_document(...)

All SQL of the project is here, in `store_open` (opening, migrating) and in `store_reviews` (what people decided).  One
transaction per document: what is killed half way leaves nothing behind.  Takes and gives plain rows (dicts) and frames;
does not extract, does not merge (see `ingest`, `merge`).
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import pandas as pd
from sqlalchemy import Column, Connection, Select, Table, delete, func, insert, literal, select
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from geodata import store_open as opening
from geodata import tables as t
from geodata.errors import StoreError
from geodata.store_errors import in_words, shown
from geodata.store_open import DEFAULT_PATH

__all__ = ["DEFAULT_PATH", "Row", "Store", "chunks", "default_url"]

Row = dict[str, Any]
#: SQLite takes some 32,000 values in one statement.
_MANY = 5000


def default_url() -> str:
    """The environment variable DATELINE_STORE, else data/dateline.sqlite below the working folder."""
    return os.environ.get("DATELINE_STORE") or DEFAULT_PATH


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values without repeats, in portions that fit into one statement."""
    known = sorted(set(values))
    for i in range(0, len(known), _MANY):
        yield known[i : i + _MANY]


class Store:
    """One store, opened; a context manager.

    url : a path, ":memory:", or an SQLAlchemy URL (default: `default_url()`).   create : make it where it is missing,
    bring an older one up to date at once.  Without `create` an older one is read as it is, and brought up to date when
    something is first written; `copied` then names the copy that was made of its file before.

    Raises
    ------
    StoreError : it is missing, damaged, locked, not a store of Dateline, or written by a newer version.
    """

    def __init__(self, url: str | Path | None = None, *, create: bool = True) -> None:
        self.url = str(url) if url else default_url()
        self.copied: Path | None = None
        self._open: Connection | None = None
        self._writing = False
        self._older: dict[str, set[str]] | None = None  # of an older store: its tables and columns
        self._engine = opening.connect(self.url, create, lambda: self._writing)
        try:
            self._prepare(create)
        except SQLAlchemyError as err:
            self._engine.dispose()
            raise self._damaged(err) from err
        except StoreError:
            self._engine.dispose()
            raise

    # -- opening -----------------------------------------------------------------------------------------------------

    def _prepare(self, create: bool) -> None:
        known = opening.known_columns(self._engine)
        if not known:
            if not create:
                raise StoreError(
                    f"the store {self.name} is empty: read articles into it with `python -m geodata ingest`"
                )
            self._create()
            return
        if "meta" not in known or "claims" not in known:
            raise StoreError(f"{self.name} is a database, but not a store of Dateline; it was left as it is")
        found = self._form()
        if found > t.SCHEMA_VERSION:
            raise StoreError(
                f"the store {self.name} was written by a newer version of Dateline (format {found}, this one reads"
                f" {t.SCHEMA_VERSION}): update, or use another store"
            )
        self._older = known if found < t.SCHEMA_VERSION else None
        if create:
            self._bring_up_to_date()

    def _form(self) -> int:
        return int(self.meta("schema_version") or 0)

    def _create(self) -> None:
        opening.use_wal(self._engine)
        with self.transaction() as conn:
            if self._engine.dialect.has_table(conn, "meta"):  # another process was first
                return
            opening.create_tables(conn)
            conn.execute(insert(t.meta), [{"key": "schema_version", "value": str(t.SCHEMA_VERSION)}])
            conn.execute(insert(t.meta), [{"key": "data_version", "value": "0"}])

    def _bring_up_to_date(self) -> None:
        """An older store: copy its file, then change its tables, all or nothing."""
        if self._older is None:
            return
        self._older = None
        try:
            self.copied = opening.back_up(self._engine, self._form())
            with self.transaction() as conn:
                if (found := self._form()) < t.SCHEMA_VERSION:  # else another process was first
                    opening.migrate(conn, found)
        except BaseException:
            self._older = opening.known_columns(self._engine)
            raise

    def _damaged(self, err: SQLAlchemyError) -> StoreError:
        return in_words(self.url, err)

    @property
    def name(self) -> str:
        """The address as it may be shown: without its password."""
        return shown(self.url)

    @property
    def dialect(self) -> str:
        """sqlite or postgresql."""
        return str(self._engine.dialect.name)

    @property
    def file(self) -> Path | None:
        """The file that the store is; None in memory and on a server."""
        name = self._engine.url.database
        if self.dialect != "sqlite" or not name or name == ":memory:":
            return None
        return Path(name) if "://" in self.url else Path(self.url)

    @property
    def idle(self) -> bool:
        """Whether nothing is being read or written in it."""
        return self._open is None

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
        self._bring_up_to_date()
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

    @contextmanager
    def raw(self) -> Iterator[Any]:
        """The database's own connection, outside of any transaction (for a backup)."""
        connection = self._engine.raw_connection()
        try:
            yield connection.driver_connection
        finally:
            connection.close()

    def rows(self, query: Select[Any]) -> list[Row]:
        """What a query gives, as dicts."""
        with self.reading() as conn:
            return [dict(r) for r in conn.execute(query).mappings()]

    def ids(self, wanted: Column[Any], by: Column[Any], values: Iterable[str]) -> set[str]:
        """The values of one column where another of its table is among `values`."""
        return {
            str(r[wanted.name])
            for some in chunks(values)
            for r in self.rows(select(wanted).where(by.in_(some)).distinct())
        }

    def writing(self) -> Connection:
        """The connection of the open transaction.

        Raises
        ------
        RuntimeError : none is open.
        """
        if self._open is None or not self._writing:
            raise RuntimeError("writing needs `with store.transaction():`")
        return self._open

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows to a table, in a transaction."""
        conn = self.writing()
        if rows:
            conn.execute(insert(table), list(rows))

    def _drop(self, table: Table, column: str, values: Iterable[str]) -> None:
        conn = self.writing()
        for some in chunks(values):
            conn.execute(delete(table).where(table.c[column].in_(some)))

    # -- reading -----------------------------------------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """A value of the store's own notes (schema_version, data_version)."""
        rows = self.rows(select(t.meta.c.value).where(t.meta.c.key == key))
        return str(rows[0]["value"]) if rows else None

    @property
    def data_version(self) -> int:
        """Rises with every change; a cache of anything read from the store is good while it stays."""
        return int(self.meta("data_version") or 0)

    def has(self, table: str) -> bool:
        """Whether the store has the table: an older one may lack it until it is written to."""
        return self._older is None or table in self._older

    def frame(self, table: str) -> pd.DataFrame:
        """A whole table as a frame, in the order of its key; documents come without their text but with `chars`."""
        full = t.metadata.tables[table]
        if not self.has(table):
            return pd.DataFrame(columns=list(full.c.keys()))
        columns = [self._column(c) for c in full.c if not (table == "documents" and c.name == "text")]
        query = select(*columns)
        if table == "documents":
            query = query.add_columns(func.length(full.c.text).label("chars"))
        with self.reading() as conn:
            result = conn.execute(query.order_by(*full.primary_key.columns))
            rows = list(map(tuple, result.fetchall()))  # pandas asks each of SQLAlchemy's own rows what it is
            return pd.DataFrame(rows, columns=list(result.keys()))

    def _column(self, column: Column[Any]) -> Any:
        """The column; of an older store that lacks it, what stands there in a new one."""
        if self._older is None or column.name in self._older[column.table.name]:
            return column
        default = column.server_default
        return literal(getattr(default, "arg", None)).label(column.name)

    def document_text(self, doc_id: str) -> str | None:
        """The text of a document exactly as it was read; None for an unknown id."""
        rows = self.rows(select(t.documents.c.text).where(t.documents.c.doc_id == doc_id))
        return str(rows[0]["text"]) if rows else None

    def document(self, doc_id: str) -> Row | None:
        """All columns of a document; None for an unknown id."""
        rows = self.rows(select(t.documents).where(t.documents.c.doc_id == doc_id))
        return rows[0] if rows else None

    def document_at(self, path: str) -> str | None:
        """The id of the document last read from a file; None where there is none."""
        rows = self.rows(select(t.documents.c.doc_id).where(t.documents.c.path == path))
        return str(rows[0]["doc_id"]) if rows else None

    def mentions_of(self, doc_id: str) -> list[Row]:
        """The place names found in a document, in reading order."""
        return self.rows(select(t.mentions).where(t.mentions.c.doc_id == doc_id).order_by(t.mentions.c.seq))

    def claim_ids_of(self, doc_id: str) -> list[str]:
        """The claims of a document, in reading order."""
        query = select(t.claims.c.claim_id).where(t.claims.c.doc_id == doc_id).order_by(t.claims.c.seq)
        return [str(r["claim_id"]) for r in self.rows(query)]

    def claims_by_id(self, ids: Iterable[str]) -> list[Row]:
        """Claims with the publication date and publisher of their documents, by id."""
        d = t.documents.c
        columns = (d.published, d.publisher, d.name.label("doc_name"), d.print)
        both = select(t.claims, *columns).join(t.documents)
        return [r for some in chunks(ids) for r in self.rows(both.where(t.claims.c.claim_id.in_(some)))]

    def event(self, event_id: str) -> Row | None:
        """All columns of an event; None for an unknown id."""
        rows = self.rows(select(t.events).where(t.events.c.event_id == event_id))
        return rows[0] if rows else None

    def claims_in_blocks(self, blocks: Iterable[str], *, but_not: str = "") -> set[str]:
        """Ids of the claims that share a block with those given (see `merge.blocks`), without those of a dataset."""
        if not but_not:
            return self.ids(t.claim_blocks.c.claim_id, t.claim_blocks.c.block, blocks)
        query = (
            select(t.claim_blocks.c.claim_id)
            .distinct()
            .join(t.claims, t.claims.c.claim_id == t.claim_blocks.c.claim_id)
        )
        query = query.where(t.claims.c.rule != f"dataset:{but_not}")
        found = (r for some in chunks(blocks) for r in self.rows(query.where(t.claim_blocks.c.block.in_(some))))
        return {str(r["claim_id"]) for r in found}

    def events_of_claims(self, ids: Iterable[str]) -> set[str]:
        """The events that the claims belong to."""
        return self.ids(t.event_claims.c.event_id, t.event_claims.c.claim_id, ids)

    def claims_of_events(self, ids: Iterable[str]) -> set[str]:
        """The claims that belong to the events."""
        return self.ids(t.event_claims.c.claim_id, t.event_claims.c.event_id, ids)

    # -- writing -----------------------------------------------------------------------------------------------------

    def put_document(self, row: Row, found: dict[str, list[Row]]) -> None:
        """Write a document with what was found in it, in place of what was there for it.

        row : of documents.   found : rows of mentions, claims, claim_places, claim_blocks
        """
        self.drop_document(str(row["doc_id"]))
        self.write(t.documents, [row])
        for table in (t.mentions, t.claims, t.claim_places, t.claim_blocks):
            self.write(table, found.get(table.name, []))

    def drop_document(self, doc_id: str) -> None:
        """Take a document out, with its mentions and claims; its events are the caller's to put right."""
        self._drop(t.documents, "doc_id", [doc_id])

    def put_events(self, gone: Iterable[str], rows: dict[str, list[Row]]) -> None:
        """Take out the events `gone` and write `rows` of events, event_claims and stops."""
        self._drop(t.events, "event_id", [*gone, *(str(r["event_id"]) for r in rows.get("events", []))])
        for table in (t.events, t.event_claims, t.stops):
            self.write(table, rows.get(table.name, []))

    def put_blocks(self, claim_ids: Iterable[str], rows: Sequence[Row]) -> None:
        """Other blocks for claims whose values a person changed."""
        self._drop(t.claim_blocks, "claim_id", claim_ids)
        self.write(t.claim_blocks, rows)

    def changed(self) -> None:
        """Raise the data version; to be called once in each transaction that changed anything.

        The mark beside it tells states apart that have the same number in two copies of a store.
        """
        conn = self.writing()
        value = str(self.data_version + 1)
        conn.execute(t.meta.update().where(t.meta.c.key == "data_version").values(value=value))
        conn.execute(delete(t.meta).where(t.meta.c.key == "data_mark"))
        conn.execute(insert(t.meta), [{"key": "data_mark", "value": uuid.uuid4().hex}])
