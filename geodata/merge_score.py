"""Could two claims tell of one event, and how much speaks for it?

Takes two `Told`s; gives None where they cannot be one event, else a `Link`: a score and the reasons in words.  Pure and
symmetric.  The weights are set by hand and checked against the gold standard (tests/eval/merge_eval.py).
"""

from __future__ import annotations

import datetime as dt
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from geodata.names import fold
from geodata.told import Spot, Told, family, rare

__all__ = ["STRONG", "Link", "compare", "distance_km", "specific", "sphere_km", "weak"]

#: From here on two claims are one event by themselves.
STRONG = 5.0
#: From here on they may be, if no other event fits as well (see `merge`).
_WEAK = {"incident": 3.0, "arrest": 4.75, "route": 4.5}
SAME_KM, NEAR_KM, REGION_KM, TOWN_KM = 30.0, 60.0, 300.0, 5.0
DATE_SLIP_DAYS = 10
LONGEST_DAYS = 100
LARGE_TOLL = 20


class Link(NamedTuple):
    """How much speaks for one event, and what."""

    score: float
    why: tuple[str, ...]


class _Cannot(Exception):
    """Two claims that cannot be one event; never leaves this module."""


def weak(kind: str) -> float:
    """The score from which a claim may join the only event that fits."""
    return _WEAK[kind]


def specific(t: Told) -> bool:
    """Whether a claim tells of one event at all: coarser than a season and without a town, it is a summary."""
    return bool(t.fine) or (t.days is not None and t.days <= LONGEST_DAYS) or t.kind == "route"


def distance_km(a: Spot, b: Spot) -> float:
    """Distance in km on a sphere (half a percent off at most); infinite where a coordinate is missing."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    return sphere_km(a.lat, a.lon, b.lat, b.lon)


def sphere_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance in km of two points in degrees, on a sphere (half a percent off at most)."""
    p, q = radians(lat1), radians(lat2)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon2 - lon1) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def _bounds(t: Told) -> tuple[dt.date, dt.date]:
    return t.first or dt.date.min, t.last or dt.date.max


def _dates(a: Told, b: Told) -> tuple[float, str, int]:
    """Score, words, and by how many days two stated dates miss each other."""
    if (a.first is None and a.last is None) or (b.first is None and b.last is None):
        return 0.0, "", 0
    (a1, a2), (b1, b2) = _bounds(a), _bounds(b)
    gap = (max(a1, b1) - min(a2, b2)).days
    if gap > 0:
        if a.date_precision != "day" or b.date_precision != "day" or gap > DATE_SLIP_DAYS:
            raise _Cannot
        return (2.0, f"dates a day apart ({a1} and {b1})", 0) if gap == 1 else (-1.0, f"dates differ ({a1}, {b1})", gap)
    long = max(a.days or 9999, b.days or 9999)
    short = min(a.days or 9999, b.days or 9999)
    same = f"same dates ({max(a1, b1)})" if long <= 3 else "dates overlap"
    steps = ((3, 3.0), (10, 2.5), (31, 1.5), (100, 1.0), (370, 0.5))
    score = next((s for days, s in steps if long <= days), 0.2)
    return (2.0 if score == 1.5 and short == long else score), same if long <= 370 else "", 0


def _alike(a: Spot, b: Spot) -> float:
    """2 the same place, 1 one within the other or in the same country, 0 neither."""
    if a.precision in ("site", "city") and b.precision in ("site", "city"):
        km = distance_km(a, b)
        if km <= SAME_KM or (fold(a.name) == fold(b.name) and a.iso3 == b.iso3):
            return 2.0
        return 1.5 if km <= NEAR_KM else 0.0
    if fold(a.name) == fold(b.name) or (a.precision == b.precision and distance_km(a, b) < SAME_KM):
        return 2.0
    if a.precision == b.precision == "admin1" and a.iso3 == b.iso3:
        return 0.0
    if a.iso3 is None and b.iso3 is None:
        return 2.0 if distance_km(a, b) < REGION_KM and a.precision == b.precision else 0.0
    return 1.0 if a.iso3 == b.iso3 else 0.0


def _best(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> tuple[float, str]:
    pairs = [(_alike(x, y), x, y) for x in a for y in b]
    value, x, y = max(pairs, key=lambda p: (p[0], p[1].name, p[2].name))
    return value, x.name if x.name == y.name or value < 2 else min(x.name, y.name)


def _places(a: Told, b: Told) -> tuple[float, str]:
    """Of incidents and arrests: where both name towns, the towns must agree; else one country will do."""
    if not a.spots or not b.spots:
        return -0.5, ""
    if a.fine and b.fine:
        value, name = _best(a.fine, b.fine)
        if value == 0:
            raise _Cannot
        return (3.0 if value == 2 else 2.5), f"same place ({name})"
    value, name = _best(a.spots, b.spots)
    if value == 0:
        raise _Cannot
    country = value < 2 or all(s.precision == "country" for s in (*a.spots, *b.spots) if s.name == name)
    return (1.0, "same country") if country else (2.0, f"same place ({name})")


def _stops(a: Told, b: Told) -> tuple[float, str]:
    """Of routes: role by role; a region and a country in it are not the same."""
    score, named = 0.0, []
    for role, worth in (("origin", 1.5), ("destination", 1.5), ("transit", 0.5)):
        x, y = (tuple(s for s in t.spots if s.role == role) for t in (a, b))
        if x and y:
            value, name = _best(x, y)
            if value == 0 and role != "transit":
                raise _Cannot
            score += worth if value >= 1 else 0.0
            named += [name] if value else []
        elif (x or y) and role != "transit":
            score -= 0.5
    if not named:
        raise _Cannot
    return score, f"same way ({', '.join(named)})"


def _one_count(key: str, x: tuple[int | None, ...], y: tuple[int | None, ...], kind: str) -> tuple[float, str]:
    low1, best1, high1 = x
    low2, best2, high2 = y
    if best1 is None or best2 is None:
        return 0.0, ""
    if best1 == best2:
        return next(s for n, s in ((6, 3.0), (3, 1.5), (0, 1.0)) if best1 >= n), f"same number {key} ({best1})"
    big = max(best1, best2)
    fits = max(low1 or 0, low2 or 0) <= min(big if high1 is None else high1, big if high2 is None else high2)
    if fits:
        return 0.5, ""
    close = abs(best1 - best2) <= max(3 if kind == "incident" else 0, (0.5 if kind == "incident" else 0.1) * big)
    if not close:
        if kind == "incident" and key != "killed":
            return -1.0, ""
        raise _Cannot
    similar = big >= LARGE_TOLL and abs(best1 - best2) <= 0.2 * big
    return (1.5, f"similar numbers {key} ({best1}, {best2})") if similar else (-0.5, "")


def _counts(a: Told, b: Told) -> tuple[float, list[str]]:
    found = [_one_count(k, a.counts[k], b.counts[k], a.kind) for k in sorted(set(a.counts) & set(b.counts))]
    score = min(4.0, sum(s for s, _ in found))
    if a.kind == "route" and bool(a.counts) != bool(b.counts) and not set(a.groups) & set(b.groups):
        known = [c[1] or 0 for t in (a, b) for c in t.counts.values()]
        score -= 2.0 if max(known) < 1000 else 0.0
    return score, [w for _, w in found if w]


def _group_family(name: str) -> str:
    return fold(name).replace("-", " ").split()[0]


def _who(a: Told, b: Told) -> tuple[float, list[str]]:
    score, why = 0.0, []
    x, y = set(a.nationalities), set(b.nationalities)
    if x and y:
        score += 1.0 if x & y else 0.0 if "XCA" in x | y else -2.0
        why += [f"same nationality ({', '.join(sorted(x & y))})"] if x & y else []
    g, h = set(a.groups), set(b.groups)
    if g and h:
        related = {_group_family(n) for n in g} & {_group_family(n) for n in h}
        score += 1.0 if g & h else 0.5 if related else -1.5
        why += [f"same group ({', '.join(sorted(g & h))})"] if g & h else ["related groups"] if related else []
    return score, why


def _flow(a: Told, b: Told) -> float:
    """Standing flows without dates: labour migration from one country to another is one however often it is told.

    A flow from one province, or to one town, is a part of it and not told again by it.
    """
    undated = all(t.first is None and t.last is None for t in (a, b))
    ends = [{s.role for s in t.spots} & {"origin", "destination"} for t in (a, b)]
    alike = a.subkind == b.subkind and ends[0] == ends[1] and bool(a.groups) == bool(b.groups)
    standing = a.kind == "route" and undated and not _single(a) and not _single(b)
    return 2.0 if standing and alike and _level(a) == _level(b) else 0.0


def _level(t: Told) -> tuple[bool, ...]:
    """Whether origin and destination are told more exactly than by country or region."""
    exact = {s.role for s in t.spots if s.precision in ("site", "city", "admin1")}
    return tuple(role in exact for role in ("origin", "destination"))


def _single(t: Told) -> bool:
    return any((c[1] or 0) < 1000 for c in t.counts.values())


def _check(a: Told, b: Told) -> None:
    told = {a.certainty, b.certainty}
    odd = ("hypothetical" in told or "foiled" in told) and len(told) > 1 and family(a.subkind) != "plot"
    if a.kind != b.kind or family(a.subkind) != family(b.subkind) or odd:
        raise _Cannot
    if a.dataset and a.dataset == b.dataset:  # its makers keep the two apart
        raise _Cannot
    if a.part_of == b.claim_id or b.part_of == a.claim_id or (a.part_of and a.part_of == b.part_of):
        raise _Cannot


def _score(a: Told, b: Told) -> Link:
    _check(a, b)
    date, date_why, gap = _dates(a, b)
    place, place_why = (_stops if a.kind == "route" else _places)(a, b)
    count, count_why = _counts(a, b)
    who, who_why = _who(a, b)
    shared = sorted(a.words & b.words)
    toll = any("similar" in w or "same number killed" in w for w in count_why)
    if gap > 1 and not toll and not (shared and place >= 2):
        raise _Cannot
    if not (specific(a) and specific(b)) and not shared and not any("same number" in w for w in count_why):
        raise _Cannot
    likeness = min(3.0, 1.5 * len(shared)) + (0.5 if a.subkind == b.subkind else 0) + (1.5 if rare(a.subkind) else 0)
    total = date + place + count + who + likeness + _flow(a, b)
    said = [place_why, date_why, *count_why, *who_why, f"both name {', '.join(shared[:3])}" if shared else ""]
    return Link(round(total, 3), tuple(w for w in said if w))


def _same_document(a: Told, b: Told, link: Link) -> bool:
    """A document tells one event twice: with the same numbers, or the same day and town, and with no difference.

    Of two attacks on one day, one told without a town, the second is taken for a restatement of the first.
    """
    if a.kind == "route" or a.subkind != b.subkind:
        return False
    shared = set(a.counts) & set(b.counts)
    equal = all(a.counts[k] == b.counts[k] for k in shared)
    number = equal and any((a.counts[k][1] or 0) >= 3 for k in shared)
    one_day = a.kind == "incident" and a.days == b.days == 1 and a.first == b.first
    near = any(distance_km(s, z) <= TOWN_KM for s in a.fine for z in b.fine)
    restated = bool(a.fine) != bool(b.fine) and equal
    return (link.score >= STRONG and (number or (one_day and near))) or (one_day and restated)


def compare(a: Told, b: Told) -> Link | None:
    """What speaks for the two being one event; None where they cannot be."""
    try:
        link = _score(a, b)
    except _Cannot:
        return None
    return None if a.doc_id == b.doc_id and not _same_document(a, b, link) else link
