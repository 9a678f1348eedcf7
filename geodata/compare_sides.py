"""The two sides of a comparison as frames: our events as our articles alone tell them, a dataset's rows as events.

Takes a snapshot, or records of a dataset; gives frames with the columns of `compare.COMPARED` and those that filters
need.  An event that holds imported rows too is summed up anew from its other claims, so that a dataset is never held
against itself.  Does not match.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from geodata.filters import Filters
from geodata.frames import Snapshot
from geodata.importers import Record
from geodata.merge import Merged
from geodata.schema import EVENTS
from geodata.summary import event_rows
from geodata.told import Told

__all__ = ["imported_frame", "own_frame", "reference_frame", "scoped"]

#: Filters that mean the same on both sides: a dataset has no publishers and no number of sources.
_BOTH = ("date_from", "date_to", "country", "kind", "subkind", "min_precision", "keep_undated", "keep_unplaced")


def _told(row: Mapping[str, Any]) -> Told:
    return Told.of(row, json.loads(row.get("said") or row["payload"]))  # as people left it


def _typed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows of the store's events as EVENTS has them (without part_of)."""
    columns = {c: spec for c, spec in EVENTS.items() if c != "part_of"}
    raw = pd.DataFrame(rows, columns=list(columns))
    for name, spec in columns.items():
        if spec.dtype.startswith("datetime"):
            raw[name] = pd.to_datetime(raw[name], format="ISO8601").astype(spec.dtype)
        elif spec.dtype == "str":
            raw[name] = raw[name].astype(object).where(raw[name].notna(), None).astype("str")
        else:
            raw[name] = pd.to_numeric(raw[name]).astype(spec.dtype)
    return raw


def own_frame(snapshot: Snapshot) -> pd.DataFrame:
    """Events that our articles tell of.

    Returns
    -------
    EVENTS without those that only a dataset tells of; where both tell, dates, places and figures of the articles alone.
    """
    claims = snapshot.claims.assign(imported=snapshot.claims["rule"].str.startswith("dataset:"))
    claims = claims[~claims["rejected"]]
    ours = claims[~claims["imported"]]
    events = snapshot.events[snapshot.events["event_id"].isin(set(ours["event_id"]))]
    mixed = set(claims.loc[claims["imported"], "event_id"]) & set(events["event_id"])
    if not mixed:
        return events
    heads = snapshot.documents.set_index("doc_id")[["published", "publisher"]]
    parts = []
    for event_id, rows in ours[ours["event_id"].isin(mixed)].groupby("event_id", sort=True):
        members = sorted((_told(_headed(r, heads)) for r in rows.to_dict("records")), key=lambda t: t.order)
        parts.append(Merged(str(event_id), tuple(members), ("",) * len(members)))
    again = _typed(event_rows(parts)["events"])
    kept = events[~events["event_id"].isin(mixed)]
    return pd.concat([kept, again.reindex(columns=kept.columns)], ignore_index=True)


def _headed(row: dict[str, Any], heads: pd.DataFrame) -> dict[str, Any]:
    published, publisher = heads.loc[row["doc_id"], ["published", "publisher"]]
    known = None if pd.isna(published) else pd.Timestamp(published).date().isoformat()
    return row | {"published": known, "publisher": None if pd.isna(publisher) else publisher}


def imported_frame(snapshot: Snapshot, dataset: str) -> pd.DataFrame:
    """Rows of an imported dataset as events, one each; `event_id` is the name of the row's document."""
    rows = snapshot.claims[(snapshot.claims["rule"] == f"dataset:{dataset}") & ~snapshot.claims["rejected"]]
    names = snapshot.documents.set_index("doc_id")["name"].to_dict()
    told = [_told(r) for r in rows.to_dict("records")]
    return _typed(event_rows([Merged(str(names[t.doc_id]), (t,), ("",)) for t in told])["events"])


def reference_frame(records: Iterable[Record]) -> pd.DataFrame:
    """Rows of a dataset as events, one each, as claims become events; `event_id` is the native id."""
    merged = []
    for record in records:
        claim = record.claims[0]
        quote = record.document.text[claim.start : claim.end]
        row = {"claim_id": record.native_id, "doc_id": record.native_id, "quote": quote}
        merged.append(Merged(record.native_id, (Told.of(row, claim.as_json()),), ("",)))
    return _typed(event_rows(merged)["events"])


def scoped(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """What the filters keep of a side, by those of them that mean the same on both."""
    on = {name: getattr(filters, name) for name in _BOTH}
    return replace(Filters(), **on).apply(frame)[0]
