"""Hand-made snapshot for the dashboard's tests: every kind, conflicting tolls, chains, areas, undated, unplaced.

The happenings are invented and stand in made-up order; only the place names are real.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from geodata.schema import FRAMES, empty

PLACES: dict[str, tuple[str, float, float, str, str, str | None, str | None, str | None]] = {
    # name: (name, lat, lon, precision, place_kind, iso3, country, admin1)
    "Kandahar": ("Kandahar", 31.61, 65.71, "city", "settlement", "AFG", "Afghanistan", "Kandahar"),
    "Kabul": ("Kabul", 34.53, 69.17, "city", "settlement", "AFG", "Afghanistan", "Kabul"),
    "Istanbul": ("Istanbul", 41.01, 28.95, "city", "settlement", "TUR", "Turkey", "Istanbul"),
    "Khatlon": ("Khatlon", 37.91, 69.0, "admin1", "admin1", "TJK", "Tajikistan", "Khatlon"),
    "Tajikistan": ("Tajikistan", 38.6, 71.0, "country", "country", "TJK", "Tajikistan", None),
    "Russia": ("Russia", 61.5, 95.0, "country", "country", "RUS", "Russia", None),
    "Moscow": ("Moscow", 55.75, 37.62, "city", "settlement", "RUS", "Russia", "Moscow"),
    "Almaty": ("Almaty", 43.25, 76.95, "city", "settlement", "KAZ", "Kazakhstan", "Almaty"),
    "Bogota": ("Bogotá", 4.61, -74.08, "city", "settlement", "COL", "Colombia", "Bogotá"),
    "Tapachula": ("Tapachula", 14.9, -92.26, "city", "settlement", "MEX", "Mexico", "Chiapas"),
    "El Paso": ("El Paso", 31.76, -106.49, "city", "settlement", "USA", "United States", "Texas"),
    "Vladivostok": ("Vladivostok", 43.11, 131.87, "city", "settlement", "RUS", "Russia", "Primorye"),
    "Anchorage": ("Anchorage", 61.22, -149.9, "city", "settlement", "USA", "United States", "Alaska"),
    "Sahel": ("Sahel", 15.0, 5.0, "region", "region", None, None, None),
    "Sfax": ("Sfax", 34.74, 10.76, "city", "settlement", "TUN", "Tunisia", "Sfax"),
    "Lampedusa": ("Lampedusa", 35.5, 12.6, "city", "island", "ITA", "Italy", "Sicily"),
}

# id, kind, subkind, place or None, start, end, precision, certainty, counts, nationalities, groups, sources, extra
ROWS: list[tuple[Any, ...]] = [
    (
        "e01",
        "incident",
        "attack",
        "Kandahar",
        "2024-03-21",
        "2024-03-21",
        "day",
        "reported",
        {"killed": (3, 20, 21), "injured": (12, 12, 12)},
        "",
        "IS-K",
        2,
        {"conflicts": "killed"},
    ),
    (
        "e02",
        "incident",
        "attack",
        "Istanbul",
        "2024-01-28",
        "2024-01-28",
        "day",
        "reported",
        {"killed": (1, 1, 1)},
        "TJK|RUS",
        "IS-K",
        1,
        {},
    ),
    ("e03", "incident", "plot", "Istanbul", "2023-12-31", "2023-12-31", "day", "foiled", {}, "TJK", "", 1, {}),
    ("e04", "incident", "threat", "Moscow", "2024-02-01", "2024-02-29", "month", "hypothetical", {}, "", "", 1, {}),
    (
        "e05",
        "arrest",
        "arrest",
        "Khatlon",
        "2024-01-01",
        "2024-06-30",
        "half",
        "reported",
        {"arrested": (27, 27, 27)},
        "TJK",
        "",
        1,
        {"part_of": "e06"},
    ),
    (
        "e06",
        "arrest",
        "arrest",
        "Tajikistan",
        "2024-01-01",
        "2024-06-30",
        "half",
        "reported",
        {"arrested": (226, 226, 226)},
        "TJK",
        "IS-K",
        1,
        {},
    ),
    (
        "e07",
        "arrest",
        "raid",
        "Almaty",
        "2024-05-10",
        "2024-05-10",
        "day",
        "reported",
        {"arrested": (150, 150, None)},
        "UZB|XCA",
        "",
        3,
        {},
    ),
    ("e08", "arrest", "conviction", None, None, None, "unknown", "reported", {}, "KGZ", "", 1, {}),
    (
        "e09",
        "route",
        "labour_migration",
        "Russia",
        "2023-01-01",
        "2023-12-31",
        "year",
        "reported",
        {"people": (1_200_000, 1_300_000, None)},
        "TJK",
        "",
        2,
        {},
    ),
    (
        "e10",
        "route",
        "smuggling",
        "El Paso",
        "2024-06-01",
        "2024-06-30",
        "month",
        "reported",
        {"people": (8, 8, 8)},
        "TJK",
        "",
        1,
        {},
    ),
    ("e11", "route", "travel", "Anchorage", "2022-09-01", "2022-09-01", "day", "alleged", {}, "RUS", "", 1, {}),
    (
        "e12",
        "route",
        "border_crossing",
        "Lampedusa",
        "2023-09-12",
        "2023-09-14",
        "day",
        "reported",
        {"people": (None, 7000, 7000)},
        "",
        "",
        1,
        {},
    ),
    (
        "e13",
        "incident",
        "attack",
        "Sahel",
        "2022-01-01",
        "2022-12-31",
        "year",
        "reported",
        {"killed": (400, 400, None)},
        "",
        "",
        1,
        {},
    ),
    ("e14", "incident", "attack", "Kabul", None, None, "unknown", "alleged", {}, "", "IS-K", 1, {}),
    ("e15", "incident", "plot", None, "2023-07-06", "2023-07-06", "day", "foiled", {}, "TJK|TKM|KGZ", "IS-K", 1, {}),
    (
        "e16",
        "route",
        "repatriation",
        "Almaty",
        "2019-05-01",
        "2019-05-31",
        "month",
        "reported",
        {"people": (231, 231, 231)},
        "KAZ",
        "",
        1,
        {},
    ),
]
CHAINS: dict[str, list[tuple[str, str, bool]]] = {
    "e09": [("Tajikistan", "origin", False), ("Russia", "destination", False)],
    "e10": [
        ("Moscow", "origin", True),
        ("Bogota", "transit", False),
        ("Tapachula", "transit", False),
        ("El Paso", "destination", False),
    ],
    "e11": [("Vladivostok", "origin", False), ("Anchorage", "destination", False)],
    "e12": [("Sfax", "origin", False), ("Lampedusa", "destination", False)],
    "e16": [("Almaty", "destination", False)],
}
TEXT = "Head of the page. {quote} <b>Not markup</b> & the end."


#: What nobody has decided on.
UNREVIEWED = {"review": "", "reviewed_by": "", "edited": "", "rejected": False, "source": 0}


def _fixed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    unreviewed = {c: v for c, v in UNREVIEWED.items() if c in FRAMES[name] and c not in frame}
    frame = frame.assign(**unreviewed)
    return frame[list(FRAMES[name])].astype({c: s.dtype for c, s in FRAMES[name].items()})


def _counts(counts: dict[str, tuple[Any, Any, Any]]) -> dict[str, Any]:
    return {
        f"{key}_{bound}": counts.get(key, (None,) * 3)[i]
        for key in ("killed", "injured", "arrested", "people")
        for i, bound in enumerate(("low", "best", "high"))
    }


def _event(row: tuple[Any, ...]) -> dict[str, Any]:
    eid, kind, subkind, place, start, end, precision, certainty, counts, nations, groups, sources, extra = row
    name, lat, lon, where, place_kind, iso3, country, admin1 = PLACES[place] if place else (None,) * 8
    touched = [PLACES[p][5] for p, _, _ in CHAINS.get(eid, [])] or [iso3]
    return {
        "event_id": eid,
        "kind": kind,
        "subkind": subkind,
        "title": f"{subkind.replace('_', ' ').capitalize()}, {name or 'place not stated'}",
        "certainty": certainty,
        "confidence": 0.8,
        "date_start": pd.Timestamp(start) if start else pd.NaT,
        "date_end": pd.Timestamp(end) if end else pd.NaT,
        "date_precision": precision,
        "place": name,
        "lat": lat,
        "lon": lon,
        "precision": where,
        "place_kind": place_kind,
        "iso3": iso3,
        "country": country,
        "admin1": admin1,
        "admin1_id": "TJK:khatlon" if place == "Khatlon" else None,
        "countries": "|".join(sorted({c for c in touched if c})),
        "nationalities": nations,
        "groups": groups,
        **_counts(counts),
        "conflicts": extra.get("conflicts", ""),
        "n_claims": sources,
        "n_sources": sources,
        "part_of": extra.get("part_of"),
        "text": f"This is what was said of {eid} & <i>no more</i>.",
    }


def _claims(events: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for event in events.to_dict("records"):
        for i in range(event["n_sources"]):
            quote = event["text"]
            start = TEXT.index("{quote}")
            claim = {k: event[k] for k in FRAMES["claims"] if k in event} | {
                "claim_id": f"{event['event_id']}-{i}",
                "doc_id": f"doc{i}{event['event_id']}",
                "start": start,
                "end": start + len(quote),
                "quote": quote,
                "rule": "test",
                "reason": "same town, same day" if i else "",
                "origin": None,
                "payload": json.dumps({"kind": event["kind"]}),
            }
            if event["event_id"] == "e01":
                claim |= dict(
                    zip(("killed_low", "killed_best", "killed_high"), ((3, 3, 3), (20, 20, 21))[i], strict=True)
                )
            rows.append(claim)
    return _fixed(pd.DataFrame(rows), "claims")


def _stops() -> pd.DataFrame:
    rows = []
    for eid, chain in CHAINS.items():
        for seq, (place, role, inferred) in enumerate(chain):
            name, lat, lon, precision, kind, iso3, _, admin1 = PLACES[place]
            rows.append(
                {
                    "event_id": eid,
                    "seq": seq,
                    "role": role,
                    "place": name,
                    "mention": name,
                    "lat": lat,
                    "lon": lon,
                    "precision": precision,
                    "place_kind": kind,
                    "iso3": iso3,
                    "admin1": admin1,
                    "inferred": inferred,
                }
            )
    return _fixed(pd.DataFrame(rows), "stops")


def frames() -> dict[str, pd.DataFrame]:
    """The four frames by name, 16 events."""
    events = _fixed(pd.DataFrame([_event(r) for r in ROWS]), "events")
    claims = _claims(events)
    documents = pd.DataFrame(
        [
            {
                "doc_id": c["doc_id"],
                "name": f"report-{c['doc_id']}",
                "title": f"Report on {c['event_id']}",
                "publisher": ("Morning Post", "Evening Wire", "Night Desk")[i % 3],
                "published": pd.Timestamp("2024-07-01"),
                "published_from": "head",
                "url": None,
                "chars": 400,
                "n_claims": 1,
            }
            for i, c in enumerate(claims.to_dict("records"))
        ]
    )
    return {"events": events, "stops": _stops(), "claims": claims, "documents": _fixed(documents, "documents")}


def no_frames() -> dict[str, pd.DataFrame]:
    """The four frames without rows."""
    return {name: empty(name) for name in FRAMES}


def many_frames(n: int, seed: int = 1) -> dict[str, pd.DataFrame]:
    """n events made of the hand-made ones, scattered in place and time; stops and claims of the first ones only."""
    rng = np.random.default_rng(seed)
    base = frames()
    rows = base["events"].iloc[rng.integers(0, len(ROWS), n)].reset_index(drop=True)
    rows["lat"] = (rows["lat"] + rng.normal(0, 2, n)).clip(-85, 85)
    rows["lon"] = (rows["lon"] + rng.normal(0, 3, n)).clip(-179, 179)
    moved = pd.to_timedelta(rng.integers(-700, 700, n), unit="D").astype("timedelta64[s]")
    rows["date_start"], rows["date_end"] = rows["date_start"] + moved, rows["date_end"] + moved
    rows["event_id"] = [f"x{i}" for i in range(n)]
    return base | {"events": rows}


def snapshot(full: bool = True) -> Any:
    """A Snapshot as `geodata.frames.load_snapshot` gives it, of the hand-made frames or of empty ones."""
    from geodata.frames import Snapshot

    return Snapshot(**(frames() if full else no_frames()), version="hand-made" if full else "empty")
