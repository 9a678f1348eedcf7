"""The frames that flow out of `geodata`: what the store hands to the dashboard and to exports.

Four frames make a snapshot (`geodata.frames.load_snapshot`): EVENTS, STOPS, CLAIMS, DOCUMENTS.  Each is described
here column by column (dtype, unit, null, meaning); `empty(name)` gives a frame of that form without rows.
Coordinates are WGS 84 degrees (EPSG:4326), dates are inclusive and have no time zone.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class Column(NamedTuple):
    """One column: pandas dtype, whether it may be null, and what it means."""

    dtype: str
    null: bool
    meaning: str


COUNT_KEYS = ("killed", "injured", "arrested", "people")


def _counts() -> dict[str, Column]:
    meaning = "{} figure of {} over the event's sources; null = not stated"
    return {
        f"{key}_{bound}": Column("Int64", True, meaning.format(bound, key))
        for key in COUNT_KEYS
        for bound in ("low", "best", "high")
    }


EVENTS: dict[str, Column] = {
    "event_id": Column("str", False, "stable id of the event"),
    "kind": Column("str", False, "incident, arrest or route"),
    "subkind": Column("str", False, "attack, plot, threat, raid, conviction, labour_migration …"),
    "title": Column("str", False, "a few words a person reads: 'Attack, Istanbul'"),
    "certainty": Column("str", False, "reported, alleged, foiled or hypothetical"),
    "confidence": Column("float64", False, "0 to 1: that this happened as extracted, by its best claim"),
    "date_start": Column("datetime64[s]", True, "first possible day; null = not stated"),
    "date_end": Column("datetime64[s]", True, "last possible day; null = not stated"),
    "date_precision": Column("str", False, "day, month, season, half, year or unknown"),
    "place": Column("str", True, "name of the place, null = without place; for a route its destination, else origin"),
    "lat": Column("float64", True, "degrees north of that place"),
    "lon": Column("float64", True, "degrees east of that place"),
    "precision": Column("str", True, "site, city, admin1, country, region or water"),
    "place_kind": Column("str", True, "country admin1 admin2 settlement site region water island area"),
    "iso3": Column("str", True, "ISO 3166-1 alpha-3 of the place; null at sea, in a region, without place"),
    "country": Column("str", True, "short name of that country"),
    "admin1": Column("str", True, "first-level area of the place"),
    "admin1_id": Column("str", True, "id of that area in the admin-1 shapes"),
    "countries": Column("str", False, "every country the event touches, ISO3 joined by '|' (all stops of a route)"),
    "nationalities": Column("str", False, "nationalities as reported, ISO3 or XCA, joined by '|'; '' = not stated"),
    "groups": Column("str", False, "groups as reported, joined by '|'; '' = not stated"),
    **_counts(),
    "conflicts": Column("str", False, "what its sources disagree on, joined by '|': date, killed, place …"),
    "n_claims": Column("int64", False, "claims that say it"),
    "n_sources": Column("int64", False, "independent documents that say it"),
    "part_of": Column("str", True, "event_id of the whole this is a part of: never add both"),
    "text": Column("str", False, "the first claim's sentence"),
    "review": Column("str", False, "accepted, edited, merged or split by the last who decided; '' = nobody yet"),
    "reviewed_by": Column("str", False, "who that was"),
    "edited": Column("str", False, "fields set by hand, joined by '|'; what the sources say stays in CLAIMS"),
}

STOPS: dict[str, Column] = {
    "event_id": Column("str", False, "the route (or the event with several places)"),
    "seq": Column("int64", False, "order of travel, from 0"),
    "role": Column("str", False, "location, origin, transit or destination"),
    "place": Column("str", False, "name of the place"),
    "mention": Column("str", False, "the words in the text"),
    "lat": Column("float64", True, "degrees north"),
    "lon": Column("float64", True, "degrees east"),
    "precision": Column("str", False, "site, city, admin1, country, region or water"),
    "place_kind": Column("str", False, "as in EVENTS"),
    "iso3": Column("str", True, "ISO 3166-1 alpha-3"),
    "admin1": Column("str", True, "first-level area"),
    "inferred": Column("bool", False, "from nationality or context: drawn dashed"),
}

CLAIMS: dict[str, Column] = {
    "claim_id": Column("str", False, "stable id: document, offsets, kind, ordinal"),
    "event_id": Column("str", False, "the event it was merged into; '' for a rejected claim"),
    "doc_id": Column("str", False, "document id (text hash)"),
    "start": Column("int64", False, "offset into the document's text"),
    "end": Column("int64", False, "half-open end offset"),
    "quote": Column("str", False, "the words that say it"),
    "kind": Column("str", False, "as in EVENTS"),
    "subkind": Column("str", False, "as in EVENTS"),
    "certainty": Column("str", False, "as in EVENTS"),
    "confidence": Column("float64", False, "0 to 1, calibrated in make eval"),
    "date_start": Column("datetime64[s]", True, "as said in this document"),
    "date_end": Column("datetime64[s]", True, "as said in this document"),
    "date_precision": Column("str", False, "as said in this document"),
    "place": Column("str", True, "as said in this document"),
    "lat": Column("float64", True, "degrees north of that place"),
    "lon": Column("float64", True, "degrees east of that place"),
    "precision": Column("str", True, "as in EVENTS"),
    "place_kind": Column("str", True, "as in EVENTS"),
    "iso3": Column("str", True, "as said in this document"),
    "admin1": Column("str", True, "as said in this document"),
    "countries": Column("str", False, "of all its places, ISO3 joined by '|'"),
    "nationalities": Column("str", False, "as said in this document"),
    "groups": Column("str", False, "as said in this document"),
    **_counts(),
    "rule": Column("str", False, "the pattern that made it"),
    "part_of": Column("str", True, "claim_id of the whole, in the same document, of which this is a part"),
    "reason": Column("str", False, "why it was merged into its event; '' for an event of one claim"),
    "source": Column("int64", False, "which independent source of its event; equal: one repeats the other; 0 unknown"),
    "origin": Column("str", True, "whom the document names as its source"),
    "payload": Column("str", False, "the claim as `python -m geodata claims` prints it, JSON; never edited"),
    "rejected": Column("bool", False, "a person rejected it: it takes no part in any event"),
    "edited": Column("str", False, "fields of this row that a person corrected, joined by '|'; '' = none"),
}

DOCUMENTS: dict[str, Column] = {
    "doc_id": Column("str", False, "text hash"),
    "name": Column("str", False, "file stem or given id"),
    "title": Column("str", True, "as printed or from the manifest"),
    "publisher": Column("str", True, "as printed or from the manifest"),
    "published": Column("datetime64[s]", True, "the document's own date"),
    "published_from": Column("str", True, "manifest, metadata, head, dateline, week, updated, url, person; month …"),
    "url": Column("str", True, "address"),
    "chars": Column("int64", False, "length of the text"),
    "n_claims": Column("int64", False, "claims found in it"),
}

DATASETS: dict[str, Column] = {
    "dataset": Column(
        "str",
        False,
        "acled, ged, gtd, gdelt, iom, or the name of a table of one's own; a claim made "
        "from one of its rows has the rule 'dataset:' and this",
    ),
    "name": Column("str", False, "as its makers call it"),
    "licence": Column("str", False, "in short"),
    "attribution": Column("str", False, "stands on every export that shows one of its rows"),
    "file": Column("str", False, "name of the file that was imported last"),
    "imported": Column("str", False, "when, UTC"),
    "rows": Column("int64", False, "rows in the store"),
}

FRAMES: dict[str, dict[str, Column]] = {
    "events": EVENTS,
    "stops": STOPS,
    "claims": CLAIMS,
    "documents": DOCUMENTS,
    "datasets": DATASETS,
}


def empty(name: str) -> pd.DataFrame:
    """A frame of the named form without rows.

    Raises
    ------
    KeyError : `name` is not one of FRAMES.
    """
    return pd.DataFrame({c: pd.Series([], dtype=spec.dtype) for c, spec in FRAMES[name].items()})
