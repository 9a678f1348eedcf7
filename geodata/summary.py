"""An event out of its claims: best values, ranges over its sources, and what they disagree on.

Takes the claims of one event (`merge.Merged`); gives rows of the store's tables events, event_claims and stops.  Never
an average and never a sum: a figure is always one that a source gives.  Country and province by `join`, all at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

from geopandas import GeoDataFrame, points_from_xy
from pandas import isna

from extract.schema import CERTAINTIES, DATE_PRECISIONS, PRECISIONS
from geodata.effects import Effects
from geodata.join import join_admin1, join_countries
from geodata.merge import Merged
from geodata.merge_score import SAME_KM, distance_km
from geodata.overrides import apply_decisions, title_words
from geodata.schema import COUNT_KEYS
from geodata.shapes import country_names
from geodata.sources import independent_sources, sources_of
from geodata.told import Spot, Told

__all__ = ["event_rows", "provinces", "read_counts", "title_of"]

#: Nearer than this, two names are of one place (a quarter and its town are farther apart and told as two).
SAME_PLACE_KM = 3.0
Row = dict[str, Any]
Triple = tuple[int | None, int | None, int | None]
_Point = tuple[float, float, str | None]
#: Points already joined to the shapes in this process: places come again and again, and the shapes do not change.
_KNOWN: dict[_Point, tuple[str | None, str | None, str | None]] = {}


def _most(values: Iterable[Any], worst: Callable[[Any], Any]) -> Any:
    """The most frequent value; of equally frequent ones the first by `worst`."""
    counted = Counter(values)
    return min(counted, key=lambda v: (-counted[v], worst(v)))


def read_counts(members: Sequence[Told], key: str) -> Triple:
    """low, best, high of one figure over all sources.

    low is the least any source allows (None where all say "up to"), high the greatest (None where that is "more than");
    best is the exact figure that most sources give, of equally frequent ones the latest; without an exact one the
    latest of all.

    >>> from geodata.told import Told
    >>> said = [(137, 137, 137), (145, 145, 145), (150, 150, None)]
    >>> docs = [Told(str(i), str(i), "incident", "attack", published=f"2024-0{i}", counts={"killed": c})
    ...         for i, c in enumerate(said, 3)]
    >>> read_counts(docs, "killed")
    (137, 145, None)
    """
    given = [t.counts[key] for t in members if key in t.counts and t.counts[key] != (None, None, None)]
    if not given:
        return None, None, None
    lows = [v for low, best, high in given if (v := low if low is not None or high is not None else best) is not None]
    closed = [v for _, best, high in given if (v := high) is not None]
    opened = [low for low, _, high in given if high is None and low is not None]
    high = None if not closed or (opened and max(opened) >= max(closed)) else max(closed)
    exact = [best for low, best, top in given if best is not None and low == best == top]
    known = exact or [best for _, best, _ in given if best is not None]
    best = _most(known, lambda v: -max(i for i, k in enumerate(known) if k == v)) if known else None
    return (min(lows) if lows else None), best, high


def _differ(members: Sequence[Told], key: str) -> bool:
    """Whether two sources' figures exclude each other."""
    given = [t.counts[key] for t in members if key in t.counts]
    ranges = [(low or 0, float("inf") if high is None else high) for low, _, high in given]
    return any(max(a[0], b[0]) > min(a[1], b[1]) for a, b in combinations(ranges, 2))


def _date(members: Sequence[Told]) -> tuple[Row, bool]:
    """The most precise interval, of equal ones the one told most often; whether stated dates exclude each other."""
    dated = [t for t in members if t.first or t.last]
    if not dated:
        return {"date_start": None, "date_end": None, "date_precision": "unknown"}, False
    rank: dict[str, int] = {p: i for i, p in enumerate(DATE_PRECISIONS)}
    finest = min(rank[t.date_precision] for t in dated)
    known = [(t.first, t.last, t.date_precision) for t in dated if rank[t.date_precision] == finest]
    lengths = {d: (d[1] - d[0]).days if d[0] and d[1] else 99999 for d in known}
    first, last, precision = _most(known, lambda d: (lengths[d], known.index(d)))
    both = [(t.first, t.last) for t in dated if t.first and t.last]
    clash = any(max(a[0], b[0]) > min(a[1], b[1]) for a, b in combinations(both, 2))
    iso = [d.isoformat() if d else None for d in (first, last)]
    return {"date_start": iso[0], "date_end": iso[1], "date_precision": precision}, clash


def _candidates(members: Sequence[Told], kind: str) -> list[Spot]:
    spots = [s for t in members for s in t.spots]
    for role in ("destination", "origin", "transit") if kind == "route" else ():
        if chosen := [s for s in spots if s.role == role]:
            return chosen
    return spots


def _place(members: Sequence[Told], kind: str) -> tuple[Spot | None, bool]:
    """The finest place, named most often; whether two sources name towns that are far apart."""
    spots = _candidates(members, kind)
    if not spots:
        return None, False
    rank: dict[str, int] = {p: i for i, p in enumerate(PRECISIONS)}
    finest = min((rank[s.precision], s.inferred) for s in spots)
    best = [s for s in spots if (rank[s.precision], s.inferred) == finest]
    name = _most((s.name for s in best), lambda n: next(i for i, s in enumerate(best) if s.name == n))
    towns = [t.fine for t in members if t.fine]
    far = kind != "route" and any(
        min(distance_km(x, y) for x in a for y in b) > SAME_KM for a, b in combinations(towns, 2)
    )
    return next(s for s in best if s.name == name), far


def title_of(members: Sequence[Told], place: Spot | None) -> str:
    """A few words a person reads: 'Attack, Istanbul'; 'Labour migration, Tajikistan → Russia'.

    One statement of several towns says so: 'Arrest, New York and 2 other places'.
    """
    best = max(members, key=_told_way)
    ends = [next((s.name for s in best.spots if s.role == role), None) for role in ("origin", "destination")]
    name = place.name if place else None
    if place is not None and members[0].kind != "route" and (others := _other_places(best, place)):
        name = f"{place.name} and {others} other place{'s' if others > 1 else ''}"
    return title_words(members[0].kind, members[0].subkind, name, ends[0], ends[1])


def _other_places(t: Told, place: Spot) -> int:
    """Places of a statement that are as precise as its main one and are not the same under another name."""
    apart = [place]
    for s in t.spots:
        alike = s.precision == place.precision and s.role == "location" and s.lat is not None
        if alike and all(s.name != k.name and distance_km(s, k) >= SAME_PLACE_KM for k in apart):
            apart.append(s)
    return len(apart) - 1


def _told_way(t: Told) -> tuple[int, int, int]:
    rank: dict[str, int] = {p: i for i, p in enumerate(PRECISIONS)}
    fine = -sum(rank[s.precision] for s in t.spots)
    return len({(s.role, s.name) for s in t.spots if s.lat is not None}), -sum(int(s.inferred) for s in t.spots), fine


def _spot_row(s: Spot) -> Row:
    return {
        "place_id": None,
        "place": s.name,
        "lat": s.lat,
        "lon": s.lon,
        "iso3": s.iso3,
        "admin1": s.admin1,
        "precision": s.precision,
        "place_kind": s.kind,
    }


_NOWHERE = dict.fromkeys(("place_id", "place", "lat", "lon", "iso3", "admin1", "precision", "place_kind"))


def _event(e: Merged) -> Row:
    members, first = e.members, e.members[0]
    date, date_clash = _date(members)
    place, place_clash = _place(members, first.kind)
    keys = sorted({k for t in members for k in t.counts})
    conflicts = ["date"] * date_clash + ["place"] * place_clash + [k for k in keys if _differ(members, k)]
    counts = {
        f"{k}_{bound}": v
        for k in COUNT_KEYS
        for bound, v in zip(("low", "best", "high"), read_counts(members, k), strict=True)
    }
    return {
        "event_id": e.event_id,
        "kind": first.kind,
        "subkind": _most(
            (t.subkind for t in members), lambda s: next(i for i, t in enumerate(members) if t.subkind == s)
        ),
        "title": title_of(members, place),
        "certainty": _most((t.certainty for t in members), CERTAINTIES.index),
        "confidence": max(t.confidence for t in members),
        **date,
        **(_spot_row(place) if place else _NOWHERE),
        "country": None,
        "admin1_id": None,
        "countries": "|".join(sorted({c for t in members for c in t.countries})),
        "nationalities": "|".join(sorted({n for t in members for n in t.nationalities})),
        "groups": "|".join(sorted({g for t in members for g in t.groups})),
        **counts,
        "conflicts": "|".join(conflicts),
        "n_claims": len(members),
        "n_sources": independent_sources(members),
        "text": first.quote,
        "review": "",
        "reviewed_by": "",
        "edited": "",
    }


def _stops(e: Merged) -> list[Row]:
    """The way as the claim tells it that names most of it; of other events only where there are several places."""
    spots = max(e.members, key=lambda t: (_told_way(t), t.order[0] == "", t.claim_id)).spots
    if e.members[0].kind != "route" and len(spots) < 2:
        return []
    known: list[Spot] = []
    for s in spots:
        if not any((s.role, s.name) == (k.role, k.name) for k in known):
            known.append(s)
    return [
        {"event_id": e.event_id, "seq": i, "role": s.role, "mention": s.mention, "inferred": s.inferred} | _spot_row(s)
        for i, s in enumerate(known)
    ]


def _look_up(points: set[_Point]) -> None:
    """Country and province of points that were not asked for before, all in one join, into `_KNOWN`."""
    fresh = sorted(points - set(_KNOWN), key=str)
    if not fresh:
        return
    frame = GeoDataFrame(
        {"iso3": [p[2] for p in fresh]}, geometry=points_from_xy([p[1] for p in fresh], [p[0] for p in fresh]), crs=4326
    )
    joined = join_admin1(join_countries(frame))
    for point, *found in zip(fresh, joined["iso3"], joined["admin1_id"], joined["admin1"], strict=True):
        iso3, area, name = (None if isna(v) else str(v) for v in found)
        _KNOWN[point] = (iso3, area, name)


def provinces(points: set[_Point]) -> dict[_Point, str | None]:
    """The id of the first-level area that each point (lat, lon, iso3 or None) lies in, where it is of that country."""
    _look_up(points)
    return {p: _KNOWN[p][1] if _KNOWN[p][0] == (p[2] or _KNOWN[p][0]) else None for p in points}


def _located(rows: list[Row]) -> None:
    """Fill in country and province: of towns, sites and provinces by the shapes, else the gazetteer's country."""
    names = country_names()
    fine = [r for r in rows if r["precision"] in ("site", "city", "admin1") and r["lat"] is not None]
    _look_up({(r["lat"], r["lon"], r["iso3"]) for r in fine})
    for row in fine:
        iso3, area, name = _KNOWN[row["lat"], row["lon"], row["iso3"]]
        row["iso3"] = row["iso3"] or iso3
        if iso3 == row["iso3"]:
            row["admin1_id"], row["admin1"] = area, row["admin1"] or name
        if row["iso3"] and row["iso3"] not in row["countries"].split("|"):
            row["countries"] = "|".join(sorted({*filter(None, row["countries"].split("|")), row["iso3"]}))
    for row in rows:
        row["country"] = names.get(row["iso3"]) if row["iso3"] else None


def event_rows(merged: Sequence[Merged], effects: Effects | None = None) -> dict[str, list[Row]]:
    """Rows of events, event_claims and stops, ready to be written; `effects`: what people decided about them."""
    events, stops = [_event(e) for e in merged], {e.event_id: _stops(e) for e in merged}
    if effects is not None:
        apply_decisions(events, stops, {e.event_id: [t.claim_id for t in e.members] for e in merged}, effects)
    _located(events)
    told = [
        {"claim_id": t.claim_id, "event_id": e.event_id, "reason": why, "source": sources[t.doc_id]}
        for e in merged
        for sources in (sources_of(e.members),)
        for t, why in zip(e.members, e.reasons, strict=True)
    ]
    return {"events": events, "event_claims": told, "stops": [s for way in stops.values() for s in way]}
