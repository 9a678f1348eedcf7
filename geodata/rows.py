"""An analysed document as rows of the store: documents, mentions, claims with their places and blocks.

Takes what a chain found in one document; gives dicts by table, and a fingerprint of all that was extracted.  Ids are
stable: document, offsets, kind, ordinal.  Does not write.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from extract.pages import page_at
from extract.schema import Claim, Document, Mention, Place
from geodata.known import place_of
from geodata.merge import blocks
from geodata.prints import print_of
from geodata.schema import COUNT_KEYS
from geodata.store import Row
from geodata.told import Told

__all__ = ["Analysed", "Prepared", "claim_columns", "document_rows", "prepare"]


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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that only has to be written: its row, rows by table, kinds of its claims, notes for the report."""

    row: Row
    found: dict[str, list[Row]]
    kinds: tuple[str, ...]
    notes: tuple[str, ...] = ()


def prepare(analysis: Analysed) -> Prepared:
    """All that can be made of an analysed document without looking into the store."""
    row, found = document_rows(analysis)
    return Prepared(row, found, tuple(c.kind for c in analysis.claims), analysis.document.notes)


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


def claim_columns(payload: Mapping[str, Any]) -> Row:
    """The columns of a claim that its payload gives (and that a person may correct)."""
    counts = {f"{k}_{b}": payload["counts"].get(k, {}).get(b) for k in COUNT_KEYS for b in ("low", "best", "high")}
    order = ("destination", "origin", "transit", "location") if payload["kind"] == "route" else ("location",)
    places = sorted(payload["places"], key=lambda p: order.index(p["role"]) if p["role"] in order else 9)
    main = places[0] if places else {}
    return {
        "kind": payload["kind"],
        "subkind": payload["subkind"],
        "certainty": payload["certainty"],
        "date_start": payload["date"]["start"],
        "date_end": payload["date"]["end"],
        "date_precision": payload["date"]["precision"],
        "place": main.get("name"),
        "lat": main.get("lat"),
        "lon": main.get("lon"),
        "iso3": main.get("country"),
        "admin1": main.get("admin1"),
        "precision": main.get("precision"),
        "place_kind": main.get("kind"),
        "countries": "|".join(sorted({p["country"] for p in places if p["country"]})),
        "nationalities": "|".join(payload["nationalities"]),
        "groups": "|".join(payload["groups"]),
        **counts,
    }


def _claim_row(claim_id: str, doc: Document, seq: int, c: Claim, ids: list[str]) -> Row:
    page = page_at(doc.text, c.start)
    payload = c.as_json() | ({"page": page} if page else {})
    return {
        "claim_id": claim_id,
        "doc_id": doc.id,
        "seq": seq,
        "start": c.start,
        "end": c.end,
        "quote": doc.text[c.start : c.end],
        "confidence": float(c.confidence),
        **claim_columns(payload),
        "rule": c.rule,
        "origin": c.origin,
        "part_of": ids[c.part_of] if c.part_of is not None and 0 <= c.part_of < len(ids) else None,
        "payload": json.dumps(payload, ensure_ascii=False),
    }


def document_rows(analysis: Analysed) -> tuple[Row, dict[str, list[Row]]]:
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
        "path": place_of(doc),
        "text": doc.text,
    }
    row["fingerprint"] = _fingerprint(row, found, claims)
    is_row = any(c.rule.startswith("dataset:") for c in claims)  # of a table: no article that could be reprinted
    row["print"] = "" if is_row else print_of(doc.text)
    return row, found


def _fingerprint(row: Row, found: dict[str, list[Row]], claims: list[Claim]) -> str:
    """Of everything that was extracted.  Not of the file's name: an article met again elsewhere is still the same."""
    said = [{k: v for k, v in c.as_json().items() if k != "doc"} for c in claims]
    about = {k: v for k, v in row.items() if k not in ("name", "path")}
    everything = json.dumps([about, said, found["mentions"], found["claim_blocks"]], sort_keys=True, default=str)
    return hashlib.sha256(everything.encode("utf-8", "surrogatepass")).hexdigest()[:16]
