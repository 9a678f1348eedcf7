"""A dataset into the store: new rows, revised rows, rows that are gone; nothing twice, nothing half.

    with Store(url) as store, read_dataset(path) as source:
        print(import_dataset(store, source, file=path.name).lines())

Each row becomes a document with one claim, merged with what articles say by the same rules.  One transaction per batch,
so an import that is stopped is taken up where it was.  What a file leaves out is withdrawn only within the countries
and days that the file covers: a file of one country says nothing of the others.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from extract.schema import Refusal
from geodata.importers import Passed, Record, Source
from geodata.remerge import remerge
from geodata.rows import document_rows
from geodata.store import Row, Store
from geodata.store_datasets import drop_rows, known_rows, mates_of, put_dataset, put_rows, row_scopes

__all__ = ["BATCH", "ImportReport", "import_dataset"]

BATCH = 1000


@dataclass
class ImportReport:
    """What an import did, row by row: `passed` counts types that Dateline has no kind for."""

    name: str
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def held(self) -> int:
        """Rows of the file that the store holds now."""
        return self.new + self.revised + self.unchanged

    def lines(self) -> list[str]:
        """For a person: one line of numbers, one for what was passed over, one per refusal."""
        words = ("new", "revised", "unchanged", "withdrawn")
        head = f"{self.name}: " + ", ".join(f"{getattr(self, w)} {w}" for w in words)
        head += f", {len(self.refused)} refused" + (f", {self.passed.total()} passed over" if self.passed else "")
        told = ", ".join(f"{kind} {n}" for kind, n in self.passed.most_common(12))
        more = f" and {len(self.passed) - 12} more" if len(self.passed) > 12 else ""
        tail = [f"passed over (no event of a kind that is shown): {told}{more}"] if told else []
        return [head, *tail, *(f"refused {r.path}: {r.reason}" for r in self.refused)]


def _prepared(record: Record) -> tuple[Row, dict[str, list[Row]], Row]:
    """Rows of documents, claims and native_rows.  The claim's id holds no offsets: it outlives a change of wording."""
    row, found = document_rows(record)
    stable = f"{row['doc_id']}:row"
    for table in ("claims", "claim_places", "claim_blocks"):
        for r in found[table]:
            r["claim_id"] = stable
    native = {"doc_id": row["doc_id"], "dataset": record.dataset, "native_id": record.native_id}
    return row, found, native | {"row_json": json.dumps(record.native, ensure_ascii=False)}


class _Scope:
    """The countries and days of a file, and which rows it holds."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.countries: set[str | None] = set()
        self.first: str | None = None
        self.last: str | None = None

    def add(self, record: Record) -> None:
        self.ids.add(record.native_id)
        self.countries |= {p.place.iso3 for p in record.places} or {None}
        start, end = record.date.start, record.date.end
        if start and end:
            self.first = min(self.first or "9999", start.isoformat())
            self.last = max(self.last or "", end.isoformat())

    def covers(self, row: Row) -> bool:
        if self.first is None or self.last is None:
            return False
        inside = self.first <= str(row["date_start"]) and str(row["date_end"]) <= self.last
        return bool(inside and row["iso3"] in self.countries)


def import_dataset(
    store: Store, source: Source, *, file: str, progress: Any = None, batch: int = BATCH
) -> ImportReport:
    """Read a dataset into the store.

    Parameters
    ----------
    file : the name under which the dataset is listed.   progress : called with the number of rows done

    Returns
    -------
    ImportReport.  An import that is stopped keeps the batches that were done; nothing is withdrawn then.

    Raises
    ------
    StoreError : the store cannot be written.
    """
    report, scope = ImportReport(source.name), _Scope()
    known = known_rows(store, source.dataset)
    about = {k: getattr(source, k) for k in ("dataset", "name", "licence", "attribution")} | {"file": file}
    for items in _portions(source, batch):
        records = list(_sorted_out(items, report, scope))
        fresh = _write(store, about, records, known, report)
        known |= fresh
        if progress is not None:
            progress(len(items))
    gone = [r for r in row_scopes(store, source.dataset) if _is_gone(r, scope, source.broken)]
    for some in _portions((str(r["doc_id"]) for r in gone), batch):
        with store.transaction():
            _take_out(store, some, set())
            store.changed()
    report.withdrawn = len(gone)
    return report


def _portions(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _is_gone(row: Row, scope: _Scope, broken: set[str]) -> bool:
    return row["native_id"] not in scope.ids and row["native_id"] not in broken and scope.covers(row)


def _sorted_out(items: Iterable[Record | Refusal | Passed], report: ImportReport, scope: _Scope) -> Iterator[Record]:
    for item in items:
        if isinstance(item, Record):
            scope.add(item)
            yield item
        elif isinstance(item, Passed):
            report.passed[item.type] += 1
        else:
            report.refused.append(item)


def _write(
    store: Store, about: Row, records: list[Record], known: dict[str, str], report: ImportReport
) -> dict[str, str]:
    """One batch in one transaction; gives the fingerprints of what was written."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    ready = [_prepared(r) for r in records]
    todo = [p for p in ready if known.get(p[0]["doc_id"]) != p[0]["fingerprint"]]
    old = [p[0]["doc_id"] for p in todo if p[0]["doc_id"] in known]
    report.unchanged += len(ready) - len(todo)
    with store.transaction():
        put_dataset(store, about | {"imported": now})
        if todo:
            _replace(store, todo, old, now)
            store.changed()
    report.new += len(todo) - len(old)
    report.revised += len(old)
    return {p[0]["doc_id"]: p[0]["fingerprint"] for p in todo}


def _replace(store: Store, todo: list[tuple[Row, dict[str, list[Row]], Row]], old: list[str], now: str) -> None:
    events, mates = mates_of(store, old)
    drop_rows(store, old)
    store.put_events(events, {})
    found: dict[str, list[Row]] = {}
    for _, tables, _ in todo:
        for name, rows in tables.items():
            found.setdefault(name, []).extend(rows)
    put_rows(store, [row | {"ingested": now} for row, _, _ in todo], found, [native for _, _, native in todo])
    remerge(store, mates | {str(r["claim_id"]) for r in found["claims"]})


def _take_out(store: Store, doc_ids: Iterable[str], claims: set[str]) -> None:
    some = list(doc_ids)
    events, mates = mates_of(store, some)
    drop_rows(store, some)
    store.put_events(events, {})
    if mates | claims:
        remerge(store, mates | claims)
