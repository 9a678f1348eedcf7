"""Articles into the store: one transaction per document, nothing twice, nothing half.

Takes documents (or refusals) and something that analyses them; gives a report of what was read, found and refused, and
leaves the store with its events put right.  Only the events that a document touches are merged anew.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from extract.schema import Document, Refusal
from geodata.errors import GeodataError
from geodata.merge import blocks, merge
from geodata.merge_score import STRONG, compare, weak
from geodata.rows import Analysed, document_rows
from geodata.store import Store
from geodata.summary import event_rows
from geodata.told import Told

__all__ = ["Analysed", "Analyser", "Report", "add_document", "ingest", "remerge"]

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


def _told(store: Store, ids: Iterable[str]) -> dict[str, Told]:
    return {r["claim_id"]: Told.of(r, json.loads(r["payload"])) for r in store.claims_by_id(ids)}


def _reach(store: Store, seeds: set[str]) -> dict[str, Told]:
    """The seeds and every claim tied to one of them, near or far: what is outside cannot change their events."""
    known = _told(store, seeds)
    edge = dict(known)
    while edge:
        near = store.claims_in_blocks(b for t in edge.values() for b in blocks(t)) - set(known)
        fresh = _told(store, near)
        edge = {i: t for i, t in fresh.items() if any(_tied(t, other) for other in edge.values())}
        known |= edge
    return known


def _tied(a: Told, b: Told) -> bool:
    if not blocks(a) & blocks(b):
        return False
    link = compare(a, b)
    return link is not None and link.score >= min(STRONG, weak(a.kind))


def remerge(store: Store, claim_ids: set[str]) -> int:
    """Merge anew what the claims belong to or may belong to, in a transaction; returns how many events came out."""
    told = _reach(store, claim_ids | store.claims_of_events(store.events_of_claims(claim_ids)))
    gone = store.events_of_claims(told)
    merged = merge(told.values())
    store.put_events(gone, event_rows(merged))
    return len(merged)


def add_document(store: Store, analysis: Analysed) -> str:
    """Write one analysed document and put its events right, in one transaction: new, changed or unchanged."""
    row, found = document_rows(analysis)
    doc_id = str(row["doc_id"])
    with store.transaction():
        known = store.document(doc_id)
        if known is not None and known["fingerprint"] == row["fingerprint"]:
            return "unchanged"
        row["ingested"] = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
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
        store.put_document(row, found)
        remerge(store, mates | {str(r["claim_id"]) for r in found["claims"]})
        store.changed()
    return "changed" if old else "new"


def ingest(store: Store, items: Iterable[Document | Refusal], chain: Analyser) -> Report:
    """Read documents into the store; what is refused or cannot be analysed is reported and stops nothing."""
    report = Report()
    for item in items:
        if isinstance(item, Refusal):
            report.refused.append(item)
            continue
        try:
            analysis = chain.analyse(item)
        except GeodataError:
            raise
        except Exception as err:
            # A slip in reading one article must not cost the others; it is told, with its trace in the log.
            log.debug("%s could not be analysed", item.name, exc_info=True)
            report.refused.append(
                Refusal(item.path or item.name, f"could not be analysed ({type(err).__name__}: {err})")
            )
            continue
        state = add_document(store, analysis)
        setattr(report, state, getattr(report, state) + 1)
        report.claims.update(c.kind for c in analysis.claims)
    return report
