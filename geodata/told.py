"""A claim as merging sees it: what was told, when, where, of how many, in which distinctive words.

Takes the claim as `python -m geodata claims` prints it (its payload) with its document; gives a frozen `Told`.
Depends on nothing but its own claim, so that no order of reading can change it.  Does not compare (see `merge_score`).
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from geodata.names import fold, is_country_word
from geodata.shapes import DATA

__all__ = ["Spot", "Told", "distinctive", "family", "rare"]

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
FINE = ("site", "city")
#: An interval longer than this has no months worth comparing.
LONG_DAYS = 750


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a claim."""

    role: str
    name: str
    mention: str
    lat: float | None
    lon: float | None
    iso3: str | None
    admin1: str | None
    precision: str
    kind: str
    inferred: bool


@dataclass(frozen=True)
class Told:
    """One claim, ready to be compared.  `counts`: key -> (low, best, high), None unknown."""

    claim_id: str
    doc_id: str
    kind: str
    subkind: str
    certainty: str = "reported"
    confidence: float = 0.5
    published: str = "9999"  # ISO; what is not known sorts last
    publisher: str = ""
    origin: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    date_precision: str = "unknown"
    spots: tuple[Spot, ...] = ()
    groups: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    counts: Mapping[str, tuple[int | None, int | None, int | None]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    part_of: str | None = None
    dataset: str = ""  # of which it is a row; '' for what an article says
    print: str = ""  # of its document's text, see `prints`

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries of its places."""
        return frozenset(s.iso3 for s in self.spots if s.iso3)

    @cached_property
    def fine(self) -> tuple[Spot, ...]:
        """Places known to the town or better, with coordinates."""
        return tuple(s for s in self.spots if s.precision in FINE and s.lat is not None and s.lon is not None)

    @cached_property
    def blocks(self) -> frozenset[str]:
        """Keys of which two claims must share one to be compared: kind with country and month, a number, a word.

        A row of a dataset has its country and months only: it always has a date, and there are very many of them.
        """
        kind = f"{self.kind[0]}{family(self.subkind)}"
        where = sorted(self.countries) or sorted({s.name.casefold() for s in self.spots}) or ["?"]
        keys = set() if self.dataset else {f"{kind}|w:{w}" for w in self.words}
        if not self.dataset:
            keys |= {f"{kind}|{c}|{k}={n[1]}" for c in where for k, n in self.counts.items() if (n[1] or 0) >= 3}
        if self.first is None or self.last is None or (self.last - self.first).days > LONG_DAYS:
            return frozenset(keys | {f"{kind}|{c}|long" for c in where})
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        return frozenset(keys | {f"{kind}|{c}|{m // 12}-{m % 12 + 1}" for c in where for m in months})

    @property
    def order(self) -> tuple[str, str, int, int, str]:
        """The order in which claims speak: by publication, then document and place in it."""
        return (self.published, self.doc_id, self.start, self.end, self.claim_id)

    @property
    def days(self) -> int | None:
        """Length of its interval; None where a bound is not known."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    @classmethod
    def of(cls, row: Mapping[str, Any], payload: Mapping[str, Any]) -> Told:
        """From a row of the store's claims (with published, publisher) and its payload."""
        date = payload["date"]
        spots = tuple(
            Spot(
                role=p["role"],
                name=p.get("name") or p["mention"],
                mention=p["mention"],
                lat=p["lat"],
                lon=p["lon"],
                iso3=p["country"],
                admin1=p.get("admin1"),
                precision=p["precision"],
                kind=p.get("kind") or p["precision"],
                inferred=bool(p.get("inferred")),
            )
            for p in payload["places"]
        )
        counts = {k: _triple(c) for k, c in payload["counts"].items()}
        quote = str(row["quote"])
        return cls(
            claim_id=row["claim_id"],
            doc_id=row["doc_id"],
            kind=payload["kind"],
            subkind=payload["subkind"],
            certainty=payload["certainty"],
            confidence=float(payload.get("confidence", 0.5)),
            published=str(row.get("published") or "9999"),
            publisher=str(row.get("publisher") or ""),
            origin=str(payload.get("origin") or ""),
            start=payload["start"],
            end=payload["end"],
            quote=quote,
            first=_day(date["start"]),
            last=_day(date["end"]),
            date_precision=date["precision"],
            spots=spots,
            groups=tuple(payload["groups"]),
            nationalities=tuple(payload["nationalities"]),
            counts=counts,
            words=distinctive(quote, spots),
            part_of=row.get("part_of"),
            print=str(row.get("print") or ""),
            dataset=rule.removeprefix("dataset:") if (rule := str(payload.get("rule"))).startswith("dataset:") else "",
        )


def _triple(c: Mapping[str, int | None]) -> tuple[int | None, int | None, int | None]:
    low, high = c.get("low"), c.get("high")
    return low, c.get("best", low if low is not None else high), high


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@cache
def _lists() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    raw = tomllib.loads((DATA / "merge_words.toml").read_text(encoding="utf-8"))
    of = {sub: name for name, subs in raw["family"].items() for sub in subs}
    return of, frozenset(raw["generic"]["words"].split()), frozenset(raw["rare"]["families"])


def family(subkind: str) -> str:
    """The sort of event a subkind tells of; a subkind that is not listed is a family of its own."""
    return _lists()[0].get(subkind, subkind)


def rare(subkind: str) -> bool:
    """Whether events of this sort are so few that one in a month and country is likely the same."""
    return family(subkind) in _lists()[2]


def distinctive(quote: str, spots: tuple[Spot, ...]) -> frozenset[str]:
    """Words that name this event and few others: of sites, and capitalised words that are no place, month or office.

    >>> sorted(distinctive("An assault on Crocus City Hall in Russia on March 16", ()))
    ['crocus']
    """
    generic = _lists()[1]
    coarse = {w for s in spots if s.precision != "site" for w in fold(f"{s.name} {s.mention} {s.admin1 or ''}").split()}
    found = {w for s in spots if s.precision == "site" for w in _tokens(s.mention)}
    found |= {
        w for m in list(_WORD.finditer(quote)) if m.start() > 0 and m.group()[0].isupper() for w in _tokens(m.group())
    }
    return frozenset(w for w in found if w not in generic and w not in coarse and not is_country_word(w))


def _tokens(text: str) -> list[str]:
    words = (fold(m.group()).removesuffix("'s") for m in _WORD.finditer(text))
    return [w for w in words if len(w) >= 4]
