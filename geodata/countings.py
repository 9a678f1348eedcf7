"""Three ways of counting what a snapshot holds: reports, events, corroborated events.  Pure; always the form of EVENTS.

A report is what one document says (a claim): three articles on one attack are three reports and one event.
Corroborated are events with two independent sources at least.  Screens draw whichever they are given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from geodata.frames import Snapshot
from geodata.overrides import title_words
from geodata.schema import EVENTS, STOPS, empty
from geodata.shapes import country_names
from geodata.summary import provinces

__all__ = ["COUNTINGS", "corroborated", "count_by", "counted", "events_behind", "report_stops", "reports"]

COUNTINGS = ("events", "reports", "corroborated")


def count_by(snapshot: Snapshot, how: str) -> pd.DataFrame:
    """The rows to show: how is one of COUNTINGS.

    Raises
    ------
    KeyError : another word.
    """
    if how not in COUNTINGS:
        raise KeyError(f"'{how}' is no way of counting; possible: {', '.join(COUNTINGS)}")
    if how == "reports":
        return reports(snapshot)
    return snapshot.events if how == "events" else corroborated(snapshot.events)


def counted(snapshot: Snapshot, how: str) -> Snapshot:
    """The snapshot in which each row of EVENTS is what is counted: with "reports" a report, otherwise an event.

    Of reports, STOPS and CLAIMS bear the ids of reports as well, so that everything made for events works with them.
    Which events are corroborated is the filter's to say (`filter_apply`), so that the others are counted as left out.
    """
    if how != "reports":
        return snapshot
    claims = snapshot.claims[~snapshot.claims["rejected"]]
    return replace(
        snapshot,
        events=reports(snapshot),
        stops=report_stops(snapshot),
        claims=claims.assign(event_id=claims["claim_id"], reason="").astype({"event_id": "str", "reason": "str"}),
    )


def corroborated(events: pd.DataFrame) -> pd.DataFrame:
    """The events that two independent sources at least tell of."""
    return events[events["n_sources"] >= 2]


def events_behind(snapshot: Snapshot, rows: pd.DataFrame) -> pd.DataFrame:
    """The events that rows of any counting stand for: what totals are made of, so that no report counts twice."""
    if "of_event" not in rows:
        return rows
    return snapshot.events[snapshot.events["event_id"].isin(set(rows["of_event"]))]


def reports(snapshot: Snapshot) -> pd.DataFrame:
    """One row per document's claim, rejected ones left out, in the form of EVENTS.

    Returns
    -------
    New frame: the columns of EVENTS with `event_id` the claim's id, `publishers` and `search` as in a snapshot, and
    `of_event`: the event that the report was merged into.  Values are those of that one document.
    """
    claims = snapshot.claims[~snapshot.claims["rejected"]].reset_index(drop=True)
    if claims.empty:
        return empty("events").assign(**{c: pd.Series([], dtype="str") for c in ("publishers", "search", "of_event")})
    names, shared = country_names(), [c for c in EVENTS if c in claims and c != "event_id"]
    out = claims[shared].copy()
    out["of_event"] = claims["event_id"]
    out["event_id"] = claims["claim_id"]
    out["country"] = out["iso3"].map(names).astype("str")
    out["admin1_id"] = _areas(claims)
    out["title"] = [title_words(*ends) for ends in _ends(claims)]
    out["conflicts"], out["n_claims"], out["n_sources"] = "", 1, 1
    out["text"] = claims["quote"]
    reviewed = snapshot.events.set_index("event_id")[["review", "reviewed_by"]]
    for column in ("review", "reviewed_by"):
        out[column] = out["of_event"].map(reviewed[column]).fillna("").astype("str")
    published = snapshot.documents.set_index("doc_id")["publisher"]
    out["publishers"] = claims["doc_id"].map(published).fillna("").astype("str")
    out["search"] = claims["quote"] + " " + claims["place"].fillna("")
    out = out.astype({c: spec.dtype for c, spec in EVENTS.items()})[[*EVENTS, "publishers", "search", "of_event"]]
    return out.sort_values(["date_start", "date_end", "event_id"], na_position="last", kind="stable", ignore_index=True)


def _areas(claims: pd.DataFrame) -> pd.Series:
    """Ids of the provinces that towns and provinces of claims lie in."""
    fine = claims[claims["precision"].isin(("site", "city", "admin1")) & claims["lat"].notna()]
    iso3 = fine["iso3"].astype(object).where(fine["iso3"].notna(), None)
    points = list(zip(fine["lat"], fine["lon"], iso3, strict=True))
    known = provinces(set(points))
    return pd.Series([known[p] for p in points], index=fine.index, dtype="str").reindex(claims.index)


def _said(claims: pd.DataFrame) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each claim with what it says, as corrected."""
    for row in claims.itertuples():
        yield row, json.loads(getattr(row, "said", "") or row.payload)


def _ends(claims: pd.DataFrame) -> Iterator[tuple[str, str, str | None, str | None, str | None]]:
    """Kind, subkind, place, origin and destination of each claim; only routes are looked into."""
    routes = {r.Index: said for r, said in _said(claims[claims["kind"] == "route"])}
    places = claims["place"].astype(object).where(claims["place"].notna(), None)
    for i, kind, subkind, place in zip(claims.index, claims["kind"], claims["subkind"], places, strict=True):
        way = routes[i]["places"] if i in routes else ()
        first, last = (next((p["name"] for p in way if p["role"] == r), None) for r in ("origin", "destination"))
        yield kind, subkind, place, first, last


def report_stops(snapshot: Snapshot) -> pd.DataFrame:
    """The places of each report in order, in the form of STOPS; `event_id` is the claim's id, as in `reports`."""
    rows = []
    claims = snapshot.claims[~snapshot.claims["rejected"]]
    for claim, said in _said(claims[(claims["kind"] == "route") | claims["countries"].str.contains("|", regex=False)]):
        for seq, p in enumerate(said["places"]):
            row = {"event_id": claim.claim_id, "seq": seq, "place": p["name"], "place_kind": p.get("kind")}
            row |= {k: p.get(k) for k in ("role", "mention", "lat", "lon", "precision", "admin1")}
            rows.append(row | {"iso3": p["country"], "inferred": bool(p.get("inferred"))})
    if not rows:
        return empty("stops")
    return pd.DataFrame(rows).replace({np.nan: None}).astype({c: s.dtype for c, s in STOPS.items()})[list(STOPS)]
