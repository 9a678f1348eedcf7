"""Places that a text describes: "the Afghan capital", "the Iran-Afghanistan border", "the southern border".

Takes a text and its resolved mentions; gives further mentions, which may overlap with those.  Nothing is made up: a
description
whose country the text does not tell is left out.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from extract.schema import Mention, Place
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import SETTLEMENT, read_table

__all__ = ["border_place", "context_places", "side_place"]

_SIDE = (
    r"(?P<side>southern|northern|eastern|western|southwest(?:ern)?|southeast(?:ern)?|"
    r"northwest(?:ern)?|northeast(?:ern)?|south|north|east|west)"
)
_BORDER = re.compile(rf"\b(?:{_SIDE}\s+)?(?:border|frontier)\b", re.IGNORECASE)
_CAPITAL = re.compile(
    r"\b(?:(?P<whose>the|its|their)\s+)?capital(?:\s+city)?\b(?!\s+(?:punishment|crime|gains|letters?|market|city\s+of))",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:[-–—/]|and|and the|with|with the)\s*")


def context_places(text: str, mentions: list[Mention], g: Gazetteer) -> list[Mention]:
    """Capitals and borders that are described, in order of the text; each with a plain reason."""
    placed = [m for m in mentions if m.place is not None]
    return sorted([*_borders(text, placed, g), *_capitals(text, placed, g)], key=lambda m: m.start)


def _mention(text: str, start: int, end: int, place: Place, why: str, sure: float) -> Mention:
    return Mention(start, end, text[start:end], "name", True, sure, place, why)


def _iso(m: Mention) -> str | None:
    return m.place.iso3 if m.place else None


def _before(mentions: list[Mention], at: int, reach: int) -> Mention | None:
    """The nearest mention with a country that ends at most `reach` characters before."""
    return max(
        (m for m in mentions if m.end <= at and at - m.end <= reach and _iso(m)), key=lambda m: m.end, default=None
    )


def _borders(text: str, mentions: list[Mention], g: Gazetteer) -> list[Mention]:
    out = []
    for found in _BORDER.finditer(text):
        side = (found["side"] or "").lower()
        pair = _pair(text, mentions, found.start(), found.end())
        if pair and _iso(pair[0]) != _iso(pair[1]):
            place = border_place(str(_iso(pair[0])), str(_iso(pair[1])), g)
            start, end = min(pair[0].start, found.start()), max(pair[1].end, found.end())
            if place:
                out.append(_mention(text, start, end, place, "border between the two countries named", 0.85))
        elif side:
            owner = _owner(text, mentions, found.start(), found.end(), proper=found.group()[0].isupper())
            place = side_place(str(_iso(owner)), side, g) if owner else None
            if place:
                out.append(
                    _mention(text, found.start(), found.end(), place, f"{side} border of the country named", 0.8)
                )
    return out


def _pair(text: str, mentions: list[Mention], start: int, end: int) -> tuple[Mention, Mention] | None:
    """The two countries of "X-Y border", "border between X and Y", "X's border with Y"."""
    ordered = [m for m in mentions if _iso(m)]
    for k, m in enumerate(ordered):
        if (
            m.end <= start
            and text[m.end : start].strip() == ""
            and k
            and _JOIN.fullmatch(text[ordered[k - 1].end : m.start])
        ):
            return ordered[k - 1], m
        if (
            m.start >= end
            and re.fullmatch(r"\s+between\s+(?:the\s+)?", text[end : m.start])
            and k + 1 < len(ordered)
            and _JOIN.fullmatch(text[m.end : ordered[k + 1].start])
        ):
            return m, ordered[k + 1]
        if m.start >= end and re.fullmatch(r"\s+with\s+(?:the\s+)?", text[end : m.start]):
            owner = _before(ordered, start, 30)
            if owner and re.fullmatch(r"(?:['’]s)?\s*(?:\w+\s+)?", text[owner.end : start]):
                return owner, m
    return None


def _owner(text: str, mentions: list[Mention], start: int, end: int, *, proper: bool) -> Mention | None:
    """Whose "southern border": the country just before ("the U.S. southern border") or after ("… of X"), else the
    last one named.
    """
    near = _before(mentions, start, 4)
    if near:
        return near
    after = min(
        (m for m in mentions if m.start >= end and re.fullmatch(r"\s+of\s+(?:the\s+)?", text[end : m.start])),
        key=lambda m: m.start,
        default=None,
    )
    if after:
        return after
    last = _before([m for m in mentions if m.place and m.place.kind == "country"], start, 300)
    states = next((m for m in mentions if _iso(m) == "USA"), None)
    return states if proper and states else last


@lru_cache(maxsize=1)
def _table() -> list[dict[str, str]]:
    return read_table("borders.csv")


def side_place(iso3: str, side: str, g: Gazetteer) -> Place | None:
    """One side of a country's border ("southern", "south") as the table of borders has it; None where it has not."""
    row = next(
        (r for r in _table() if r["a"] == iso3 and r["side"].removesuffix("ern") == side.removesuffix("ern")), None
    )
    return _border(iso3, row["b"], float(row["lat"]), float(row["lon"]), g) if row else None


def _border(a: str, b: str, lat: float, lon: float, g: Gazetteer) -> Place | None:
    first, second = g.country_place(a), g.country_place(b)
    if first is None or second is None:
        return None
    return Place(
        f"border:{a}-{b}",
        f"{first.name}–{second.name} border",
        round(lat, 3),
        round(lon, 3),
        a,
        None,
        "region",
        "region",
        (a, b),
    )


@lru_cache(maxsize=512)
def border_place(a: str, b: str, g: Gazetteer) -> Place | None:
    """The border of two countries (ISO3) as a region; its point lies between two neighbouring towns at its middle.

    None where a country is unknown or the two are more than 300 km apart.
    """
    row = next((r for r in _table() if {r["a"], r["b"]} == {a, b}), None)
    if row:
        return _border(a, b, float(row["lat"]), float(row["lon"]), g)
    if a not in g.iso3 or b not in g.iso3:
        return None
    from scipy.spatial import cKDTree

    ours, theirs = (np.flatnonzero((g.iso == g.iso3.index(c)) & (g.kind == SETTLEMENT)) for c in (a, b))
    if not len(ours) or not len(theirs):
        return None
    x, y = (np.stack([g.lat[r].astype(float), g.lon[r].astype(float)], axis=1) for r in (ours, theirs))
    scale = np.array([1.0, max(0.2, float(np.cos(np.radians(x[:, 0].mean()))))])
    distance, at = cKDTree(y * scale).query(x * scale)
    close = distance <= distance.min() + 0.3
    middle = (x[close] + y[at[close]]).mean(axis=0) / 2
    k = np.flatnonzero(close)[np.argmin((((x[close] + y[at[close]]) / 2 - middle) ** 2).sum(axis=1))]
    point = (x[k] + y[at[k]]) / 2
    return _border(a, b, float(point[0]), float(point[1]), g) if distance.min() * 111 <= 300 else None


def _capitals(text: str, mentions: list[Mention], g: Gazetteer) -> list[Mention]:
    out = []
    for found in _CAPITAL.finditer(text):
        start, end = found.span()
        if (
            re.match(r",?\s+(?:of\s+)?[A-Z]", text[end:])
            and (named := next((m for m in mentions if 0 <= m.start - end <= 4), None))
            and text[end : named.start].strip() in (",", "")
            and named.kind == "name"
        ):
            continue  # "the capital, Dushanbe": the name itself is a mention
        owner, why = _capital_owner(text, mentions, start, end, found["whose"])
        place = g.capital_of(str(_iso(owner))) if owner else None
        if owner and place:
            begin = owner.start if owner.end <= start and start - owner.end <= 4 else start
            out.append(_mention(text, begin, end, place, why, 0.8))
    return out


def _capital_owner(
    text: str, mentions: list[Mention], start: int, end: int, whose: str | None
) -> tuple[Mention | None, str]:
    of = next(
        (m for m in mentions if m.start >= end and re.fullmatch(r"\s+of\s+(?:the\s+)?", text[end : m.start])), None
    )
    if of:
        return (of, "capital of the country named") if of.place and of.place.kind == "country" else (None, "")
    near = _before(mentions, start, 4)
    if near and near.place and near.place.kind == "country" and re.fullmatch(r"(?:['’]s)?\s+", text[near.end : start]):
        return near, "capital of the country named"
    if whose is None:
        return None, ""
    last = _before(
        [m for m in mentions if m.place and m.place.precision in ("country", "city", "admin1", "site")], start, 400
    )
    return last, "capital of the country last named"
