"""The values that flow out of `extract`: documents, mentions, claims and their parts.

Everything here is a plain frozen dataclass: no maps, no database, no screens.  Offsets (`start`, `end`) are
characters of `Document.text`, half open; coordinates are WGS 84 degrees (EPSG:4326).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["incident", "arrest", "route"]
KINDS: tuple[Kind, ...] = ("incident", "arrest", "route")

Certainty = Literal["reported", "alleged", "foiled", "hypothetical"]
CERTAINTIES: tuple[Certainty, ...] = ("reported", "alleged", "foiled", "hypothetical")

DatePrecision = Literal["day", "month", "season", "half", "year", "unknown"]
DATE_PRECISIONS: tuple[DatePrecision, ...] = ("day", "month", "season", "half", "year", "unknown")

#: Fine to coarse.  A district (`Place.kind` "admin2") counts as `city`.
Precision = Literal["site", "city", "admin1", "country", "region", "water"]
PRECISIONS: tuple[Precision, ...] = ("site", "city", "admin1", "country", "region", "water")

Role = Literal["location", "origin", "transit", "destination"]
ROLES: tuple[Role, ...] = ("location", "origin", "transit", "destination")


def text_id(text: str) -> str:
    """Document id: the first 16 hex digits of the SHA-256 of the UTF-8 text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read.  `text` is never changed after reading; unknown metadata is None."""

    text: str
    name: str = ""  # file stem or the JSONL line's "id"; what commands print as `doc`
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    published_from: str | None = None  # manifest, metadata, head, dateline, week, updated, url; "month 2024-03": no day
    url: str | None = None
    path: str | None = None
    notes: tuple[str, ...] = ()  # what the report of an ingest should tell of its reading; not stored

    @property
    def id(self) -> str:
        """Content id (see `text_id`)."""
        return text_id(self.text)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that was not taken, and why, in one line for a person."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or bullet: half-open offsets into the text, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Place:
    """What a mention resolves to."""

    id: str  # gazetteer id, e.g. "geonames:745044", "country:TUR", "region:central-asia"
    name: str
    lat: float | None
    lon: float | None
    iso3: str | None  # ISO 3166-1 alpha-3; None for seas and regions of several countries
    admin1: str | None  # name of the first-level area, None where it does not apply
    precision: Precision
    kind: str  # country admin1 admin2 settlement site region water island area
    countries: tuple[str, ...] = ()  # members of a region (ISO3)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in a document, before and after resolution (`place` None: found, not placed)."""

    start: int
    end: int
    text: str
    kind: Literal["name", "demonym"]
    literal: bool  # False: organisation, metonym, attributive, event name, demonym
    confidence: float  # that this is a place name and `place` is the right one, 0 to 1
    place: Place | None = None
    why: str = ""  # one plain reason: "largest of 4; same province as Khatlon"
    others: tuple[Place, ...] = ()  # runners-up, best first


@dataclass(frozen=True, slots=True)
class DateSpan:
    """An inclusive interval with the precision of what was written; all None/unknown where nothing is said."""

    start: dt.date | None = None
    end: dt.date | None = None
    precision: DatePrecision = "unknown"

    def as_json(self) -> dict[str, str | None]:
        """The form that commands print."""
        return {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "precision": self.precision,
        }


@dataclass(frozen=True, slots=True)
class Count:
    """low/best/high of one counted thing; None is unknown, never 0.  "more than 150" is low 150, best 150, no high."""

    low: int | None
    best: int | None
    high: int | None

    def as_json(self) -> dict[str, int | None]:
        """The form that commands print."""
        return {"low": self.low, "best": self.best, "high": self.high}


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """One place of a claim with its role; routes list their stops in order of travel."""

    role: Role
    mention: str  # the words in the text ("" where nothing was written)
    start: int | None
    end: int | None
    place: Place
    inferred: bool = False  # from an adjective, a nationality or context, not from a place name

    def as_json(self) -> dict[str, Any]:
        """The form that commands print."""
        p = self.place
        return {
            "mention": self.mention,
            "start": self.start,
            "end": self.end,
            "role": self.role,
            "name": p.name,
            "lat": p.lat,
            "lon": p.lon,
            "country": p.iso3,
            "admin1": p.admin1,
            "precision": p.precision,
            "kind": p.kind,
            "inferred": self.inferred,
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """What ONE document says of one incident, arrest or route."""

    doc: str  # Document.name
    kind: Kind
    subkind: str
    start: int  # the words that state it: a clause or a sentence
    end: int
    date: DateSpan
    places: tuple[ClaimPlace, ...] = ()
    groups: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()  # ISO3 or "XCA" (Central Asian, state not given); never of victims
    counts: dict[str, Count] = field(default_factory=dict)
    certainty: Certainty = "reported"
    confidence: float = 0.5
    rule: str = ""  # the pattern that made it
    date_span: tuple[int, int] | None = None  # the words the date came from
    count_spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    part_of: int | None = None  # index, in the document's claims, of the whole this is part of
    origin: str | None = None  # whom the document names as its source ("the New York Post")
    mode: str | None = None  # sea, land, air where said

    def as_json(self) -> dict[str, Any]:
        """One line of `python -m geodata claims`."""
        return {
            "doc": self.doc,
            "kind": self.kind,
            "subkind": self.subkind,
            "start": self.start,
            "end": self.end,
            "date": self.date.as_json(),
            "places": [p.as_json() for p in self.places],
            "groups": list(self.groups),
            "nationalities": list(self.nationalities),
            "counts": {k: c.as_json() for k, c in self.counts.items()},
            "certainty": self.certainty,
            "confidence": round(self.confidence, 3),
            "rule": self.rule,
            "date_span": self.date_span,
            "count_spans": self.count_spans,
            "part_of": self.part_of,
            "origin": self.origin,
            "mode": self.mode,
        }
