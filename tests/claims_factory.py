"""Hand-made documents and claims for tests of merging, store and frames: invented happenings, real places."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from extract.schema import Claim, ClaimPlace, Count, DateSpan, Document, Mention, Place
from geodata.told import Told

PLACES: dict[str, Place] = {
    "Istanbul": Place("geonames:745044", "Istanbul", 41.01, 28.95, "TUR", "Istanbul", "city", "settlement"),
    "Ankara": Place("geonames:323786", "Ankara", 39.92, 32.85, "TUR", "Ankara", "city", "settlement"),
    "Turkey": Place("country:TUR", "Turkey", 39.0, 35.0, "TUR", None, "country", "country"),
    "Iran": Place("country:IRN", "Iran", 32.0, 53.0, "IRN", None, "country", "country"),
    "Kerman": Place("geonames:128234", "Kerman", 30.28, 57.08, "IRN", "Kerman", "city", "settlement"),
    "Moscow": Place("geonames:524901", "Moscow", 55.75, 37.62, "RUS", "Moscow", "city", "settlement"),
    "Crocus": Place("site:crocus", "Crocus City Hall", 55.826, 37.39, "RUS", "Moscow Oblast", "site", "site"),
    "Russia": Place("country:RUS", "Russia", 61.5, 95.0, "RUS", None, "country", "country"),
    "Tajikistan": Place("country:TJK", "Tajikistan", 39.0, 71.0, "TJK", None, "country", "country"),
    "Vanj": Place("admin2:vanj", "Vanj", 38.37, 71.45, "TJK", "Gorno-Badakhshan", "city", "admin2"),
    "USA": Place("country:USA", "United States", 39.8, -98.6, "USA", None, "country", "country"),
    "New York": Place("geonames:5128581", "New York", 40.71, -74.0, "USA", "New York", "city", "settlement"),
    "Central Asia": Place("region:central-asia", "Central Asia", 43.0, 66.0, None, None, "region", "region"),
}


def day(text: str | None) -> dt.date | None:
    """A date from ISO text."""
    return dt.date.fromisoformat(text) if text else None


def claim(
    doc: str = "a",
    kind: str = "incident",
    subkind: str = "attack",
    *,
    at: tuple[str, ...] = (),
    start: int = 0,
    end: int = 10,
    date: tuple[str | None, str | None, str] = (None, None, "unknown"),
    way: tuple[tuple[str, str], ...] = (),
    **rest: Any,
) -> Claim:
    """A claim; `at` names locations, `way` (role, place) stops, `counts` key=(low, best, high) or a number."""
    places = [*(("location", p) for p in at), *way]
    counts = {k: Count(*(c if isinstance(c, tuple) else (c, c, c))) for k, c in rest.pop("counts", {}).items()}
    return Claim(
        doc=doc,
        kind=kind,  # type: ignore[arg-type]
        subkind=subkind,
        start=start,
        end=end,
        date=DateSpan(day(date[0]), day(date[1]), date[2]),  # type: ignore[arg-type]
        places=tuple(ClaimPlace(r, PLACES[p].name, None, None, PLACES[p]) for r, p in places),  # type: ignore[arg-type]
        counts=counts,
        **rest,
    )


def on(text: str) -> tuple[str, str, str]:
    """A day, or a month given as YYYY-MM."""
    if len(text) == 10:
        return text, text, "day"
    first = dt.date.fromisoformat(text + "-01")
    last = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return first.isoformat(), last.isoformat(), "month"


def told(
    claim_id: str,
    c: Claim,
    *,
    quote: str = "",
    published: str | None = None,
    part_of: str | None = None,
    publisher: str = "",
) -> Told:
    """The claim as merging sees it; its document is `c.doc`."""
    row = {"claim_id": claim_id, "doc_id": c.doc, "quote": quote, "published": published, "part_of": part_of}
    return Told.of(row | {"publisher": publisher}, json.loads(json.dumps(c.as_json())))


@dataclass
class Found:
    """What a fake chain found."""

    document: Document
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


@dataclass
class FakeChain:
    """Gives each document, by name, the claims it was told to find; one named 'broken' fails."""

    claims: dict[str, list[Claim]]

    def analyse(self, document: Document, /) -> Found:
        """What was prepared for it."""
        if document.name == "broken":
            raise ValueError("no such luck")
        place = Mention(0, 4, document.text[:4], "name", True, 0.9, PLACES["Turkey"], "only one of its name")
        return Found(document, [place], self.claims.get(document.name, []))


def document(name: str, text: str = "", **rest: Any) -> Document:
    """A document whose text is its own unless given."""
    return Document(text or f"Text of {name}, long enough to hold offsets.", name=name, **rest)
