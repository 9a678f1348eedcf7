"""Articles into the store: one transaction per document, nothing twice, nothing half.

Takes documents (or refusals) and something that analyses them; gives a report of what was read, found and refused, and
leaves the store with its events put right.  Only the events that a document touches are merged anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from extract.schema import Claim, Document, Mention, Place, Refusal
from geodata.errors import GeodataError
from geodata.merge import blocks, merge
from geodata.merge_score import STRONG, compare, weak
from geodata.schema import COUNT_KEYS
from geodata.store import Row, Store
from geodata.summary import event_rows
from geodata.told import Told

__all__ = ["Analysed", "Analyser", "Report", "add_document", "ingest", "remerge"]

log = logging.getLogger(__name__)


class Analysed(Protocol):
    """A document with what was found in it (`geodata.chain.Analysis`)."""

    @property
    def document(self) -> Document:
        """What was read."""

    @property
    def mentions(self) -> list[Mention]:
        """Its place names."""

    @property
    def claims(self) -> list[Claim]:
        """What it says."""


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


def _place_row(p: Place | None) -> Row:
    if p is None:
        return dict.fromkeys(("place_id", "place", "lat", "lon", "iso3", "admin1", "precision", "place_kind"))
    return {
        "place_id": p.id,
        "place": p.name,
        "lat": p.lat,
        "lon": p.lon,
        "iso3": p.iso3,
        "admin1": p.admin1,
        "precision": p.precision,
        "place_kind": p.kind,
    }


def _mention_rows(doc_id: str, mentions: list[Mention]) -> list[Row]:
    return [
        {
            "doc_id": doc_id,
            "seq": i,
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "kind": m.kind,
            "literal": m.literal,
            "confidence": float(m.confidence),
            "why": m.why,
        }
        | _place_row(m.place)
        for i, m in enumerate(mentions)
    ]


def _claim_ids(doc_id: str, claims: list[Claim]) -> list[str]:
    """Stable ids: document, offsets, kind, and a number where one passage makes several."""
    seen: Counter[str] = Counter()
    ids = []
    for c in claims:
        stem = f"{doc_id}:{c.start}-{c.end}:{c.kind[0]}"
        seen[stem] += 1
        ids.append(f"{stem}{seen[stem]}")
    return ids


def _claim_row(claim_id: str, doc: Document, seq: int, c: Claim, ids: list[str]) -> Row:
    date, first = c.date.as_json(), next((p.place for p in _main_first(c)), None)
    counts = {
        f"{k}_{b}": getattr(c.counts[k], b) if k in c.counts else None
        for k in COUNT_KEYS
        for b in ("low", "best", "high")
    }
    return {
        "claim_id": claim_id,
        "doc_id": doc.id,
        "seq": seq,
        "start": c.start,
        "end": c.end,
        "quote": doc.text[c.start : c.end],
        "kind": c.kind,
        "subkind": c.subkind,
        "certainty": c.certainty,
        "confidence": float(c.confidence),
        "date_start": date["start"],
        "date_end": date["end"],
        "date_precision": date["precision"],
        "place": first.name if first else None,
        "iso3": first.iso3 if first else None,
        "nationalities": "|".join(c.nationalities),
        "groups": "|".join(c.groups),
        **counts,
        "rule": c.rule,
        "origin": c.origin,
        "part_of": ids[c.part_of] if c.part_of is not None and 0 <= c.part_of < len(ids) else None,
        "payload": json.dumps(c.as_json(), ensure_ascii=False),
    }


def _main_first(c: Claim) -> list[Any]:
    order = ("destination", "origin", "transit", "location") if c.kind == "route" else ("location",)
    return sorted(c.places, key=lambda p: order.index(p.role) if p.role in order else 9)


def _rows(analysis: Analysed) -> tuple[Row, dict[str, list[Row]]]:
    """The document's row and what was found in it, as the store wants them."""
    doc, claims = analysis.document, analysis.claims
    ids = _claim_ids(doc.id, claims)
    claim_rows = [_claim_row(i, doc, n, c, ids) for n, (i, c) in enumerate(zip(ids, claims, strict=True))]
    place_rows = [
        {"claim_id": i, "seq": n, "role": p.role, "mention": p.mention, "start": p.start, "end": p.end}
        | {"inferred": p.inferred}
        | _place_row(p.place)
        for i, c in zip(ids, claims, strict=True)
        for n, p in enumerate(c.places)
    ]
    published = doc.published.isoformat() if doc.published else None
    head = {"published": published, "publisher": doc.publisher}
    told = [Told.of(r | head, json.loads(r["payload"])) for r in claim_rows]
    block_rows = [{"claim_id": t.claim_id, "block": b} for t in told for b in sorted(blocks(t))]
    found = {
        "mentions": _mention_rows(doc.id, analysis.mentions),
        "claims": claim_rows,
        "claim_places": place_rows,
        "claim_blocks": block_rows,
    }
    row = {
        "doc_id": doc.id,
        "name": doc.name,
        "title": doc.title,
        "publisher": doc.publisher,
        "published": published,
        "published_from": doc.published_from,
        "url": doc.url,
        "path": str(Path(doc.path).resolve()) if doc.path else None,
        "text": doc.text,
    }
    row["fingerprint"] = _fingerprint(row, found, claims)
    return row, found


def _fingerprint(row: Row, found: dict[str, list[Row]], claims: list[Claim]) -> str:
    """Of everything that was extracted.  Not of the file's name: an article met again elsewhere is still the same."""
    said = [{k: v for k, v in c.as_json().items() if k != "doc"} for c in claims]
    about = {k: v for k, v in row.items() if k not in ("name", "path")}
    everything = json.dumps([about, said, found["mentions"], found["claim_blocks"]], sort_keys=True, default=str)
    return hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()[:16]


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
    row, found = _rows(analysis)
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
