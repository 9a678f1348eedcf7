"""Articles into the store: one transaction per document or batch of them, nothing twice, nothing half.

Takes documents (or refusals) and something that analyses them; gives a report of what was read, found and refused, and
leaves the store with its events put right.  Only the events that a document touches are merged anew.  What comes ready
from other processes (`parallel`) is written by the same steps.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extract.schema import Document, Refusal
from geodata.anchors import found_again
from geodata.errors import GeodataError
from geodata.remerge import refresh_blocks, remerge
from geodata.rows import Analysed, Prepared, prepare
from geodata.store import Row, Store
from geodata.store_reviews import anchors_of_documents, move_anchors

__all__ = [
    "Analysed",
    "Analyser",
    "Report",
    "add_document",
    "add_prepared",
    "ingest",
    "read_one",
    "write",
]

log = logging.getLogger(__name__)


class Analyser(Protocol):
    """Reads one document (`geodata.chain.Chain`)."""

    def analyse(self, document: Document, /) -> Analysed:
        """Mentions and claims of one document."""


@dataclass
class Report:
    """What an ingest did; `refused` with reasons, `failed` is a part of it: documents that could not be analysed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Documents that are in the store now."""
        return self.new + self.changed + self.unchanged

    def lines(self) -> list[str]:
        """For a person: one line for what was read and found, one per refusal."""
        found = ", ".join(f"{n} {k}{'s' if n != 1 else ''}" for k, n in sorted(self.claims.items())) or "no claims"
        parts = [
            f"{n} {w}" for n, w in ((self.new, "new"), (self.changed, "changed"), (self.unchanged, "unchanged")) if n
        ]
        head = f"read {self.read} document{'s' if self.read != 1 else ''} ({', '.join(parts) or 'none'}); found {found}"
        tail = f"; refused {len(self.refused)}" if self.refused else ""
        return [head + tail, *(f"refused {r.path}: {r.reason}" for r in self.refused)]


def _find_again(store: Store, doc_ids: set[str], doc_id: str, claims: list[Row]) -> None:
    """What people decided about a document's claims goes on to the claims as they are read now."""
    anchors = anchors_of_documents(store, doc_ids)
    if anchors:
        move_anchors(store, found_again(anchors, claims, doc_id))
        refresh_blocks(store, {str(c["claim_id"]) for c in claims})


def _put(store: Store, prepared: Prepared) -> tuple[str, set[str]]:
    """Write a document in an open transaction; what became of it, and the claims whose events must be put right."""
    row = prepared.row
    doc_id = str(row["doc_id"])
    known = store.document(doc_id)
    if known is not None and known["fingerprint"] == row["fingerprint"]:
        return "unchanged", set()
    before = store.document_at(row["path"]) if row["path"] and known is None else None
    old = {d for d in (doc_id if known else None, before) if d}
    mates: set[str] = set()
    events: set[str] = set()
    for d in old:
        touched = store.events_of_claims(store.claim_ids_of(d))
        events |= touched
        mates |= store.claims_of_events(touched) - set(store.claim_ids_of(d))
        store.drop_document(d)
    store.put_events(events, {})
    store.put_document(row | {"ingested": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}, prepared.found)
    _find_again(store, old | {doc_id}, doc_id, prepared.found["claims"])
    return "changed" if old else "new", mates | {str(r["claim_id"]) for r in prepared.found["claims"]}


def add_prepared(store: Store, batch: Sequence[Prepared]) -> list[str]:
    """Write documents and put their events right, all in one transaction; new, changed or unchanged for each."""
    with store.transaction():
        done = [_put(store, prepared) for prepared in batch]
        if any(state != "unchanged" for state, _ in done):
            remerge(store, set().union(*(claims for _, claims in done)))
            store.changed()
    return [state for state, _ in done]


def add_document(store: Store, analysis: Analysed) -> str:
    """Write one analysed document and put its events right, in one transaction: new, changed or unchanged."""
    return add_prepared(store, [prepare(analysis)])[0]


def read_one(chain: Analyser, document: Document) -> Prepared | Refusal:
    """Analyse a document; a slip in reading one must not cost the others: it is refused, with its trace in the log."""
    try:
        return prepare(chain.analyse(document))
    except GeodataError:
        raise
    except Exception as err:
        log.debug("%s could not be analysed", document.name, exc_info=True)
        return Refusal(document.path or document.name, f"could not be analysed ({type(err).__name__}: {err})")


def write(store: Store, batches: Iterable[Sequence[Prepared | Refusal]]) -> Report:
    """Write what was read, a transaction per batch; what is refused is reported and stops nothing."""
    report = Report()
    for batch in batches:
        report.refused += [item for item in batch if isinstance(item, Refusal)]
        ready = [item for item in batch if isinstance(item, Prepared)]
        for item, state in zip(ready, add_prepared(store, ready) if ready else (), strict=True):
            setattr(report, state, getattr(report, state) + 1)
            report.claims.update(item.kinds)
    return report


def ingest(store: Store, items: Iterable[Document | Refusal], chain: Analyser) -> Report:
    """Read documents into the store one by one, in this process; see `parallel` for many."""
    return write(store, ([item if isinstance(item, Refusal) else read_one(chain, item)] for item in items))
