"""Values that people gave events, put into the events' rows before they are written.

Takes rows of events and stops with what was decided; changes these rows.  The sources' own figures stay with the
claims.  Country and province of another place are looked up afterwards (see `summary`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geodata.effects import Effects, state_of

__all__ = ["apply_decisions", "title_words"]

Row = dict[str, Any]
_PLACE = ("place_id", "place", "lat", "lon", "iso3", "admin1", "precision", "place_kind")
#: of a route, the places its row may stand at: the first that there is
_MAIN = ("destination", "origin", "transit")


def title_words(kind: str, subkind: str, place: str | None, origin: str | None, destination: str | None) -> str:
    """A few words a person reads.

    >>> title_words("route", "labour_migration", "Russia", "Tajikistan", "Russia")
    'Labour migration, Tajikistan → Russia'
    """
    head = subkind.replace("_", " ").capitalize()
    if kind == "route" and origin and destination:
        return f"{head}, {origin} → {destination}"
    if kind == "route" and (origin or destination):
        return f"{head} {'from' if origin else 'to'} {origin or destination}"
    return f"{head}, {place}" if place else f"{head}, place not stated"


def apply_decisions(
    events: Sequence[Row], stops: dict[str, list[Row]], members: Mapping[str, Sequence[str]], effects: Effects
) -> None:
    """Write the values and states that people gave into rows of events and stops.

    members : event_id -> its claim ids, in the order in which they speak
    """
    rows = {r["event_id"]: r for r in events}
    home = {c: e for e, claims in members.items() for c in claims}
    for o in effects.overrides:
        event = next((home[c] for c in o.claims if c in home), None)
        if event is not None:
            _set(rows[event], stops, o.field, o.value)
    for event, claims in members.items():
        rows[event]["review"], rows[event]["reviewed_by"] = state_of(claims, effects)


def _set(row: Row, stops: dict[str, list[Row]], name: str, value: Any) -> None:
    row["edited"] = "|".join(dict.fromkeys([*filter(None, row["edited"].split("|")), name]))
    if name.startswith("counts."):
        key = name.removeprefix("counts.")
        row |= {f"{key}_{b}": (value or {}).get(b) for b in ("low", "best", "high")}
    elif name == "date":
        row |= {"date_start": value["start"], "date_end": value["end"], "date_precision": value["precision"]}
    elif name in ("nationalities", "groups"):
        row[name] = "|".join(value)
    elif name == "place":
        _move(row, stops, value)
    else:
        row[name] = value
    if name in ("kind", "subkind", "place"):
        way = stops[row["event_id"]]
        ends = [next((s["place"] for s in way if s["role"] == role), None) for role in ("origin", "destination")]
        row["title"] = title_words(row["kind"], row["subkind"], row["place"], ends[0], ends[1])


def _move(row: Row, stops: dict[str, list[Row]], value: Mapping[str, Any] | None) -> None:
    """Another place for an event, or for one role of a route; None: its place is not known."""
    event, way = row["event_id"], stops[row["event_id"]]
    place = _place(value) if value else dict.fromkeys(_PLACE)
    if row["kind"] == "route":
        role = (value or {}).get("role") or "destination"
        way[:] = _with_stop(event, way, role, place if value else None)
        main = next((s for wanted in _MAIN for s in way if s["role"] == wanted), None)
        place = {k: main[k] for k in _PLACE} if main else dict.fromkeys(_PLACE)
    else:
        way.clear()
    row |= place | {"country": None, "admin1_id": None}
    row["countries"] = "|".join(sorted({p["iso3"] for p in (*way, place) if p["iso3"]}))


def _place(value: Mapping[str, Any]) -> Row:
    kept = {k: value.get(k) for k in ("place_id", "lat", "lon", "iso3", "admin1", "precision")}
    return kept | {"place": value["name"], "place_kind": value.get("kind") or value.get("precision")}


def _with_stop(event: str, way: Sequence[Row], role: str, place: Row | None) -> list[Row]:
    """The way with one place instead of all of a role; in order of travel where the role is new."""
    order = ("origin", "transit", "destination")
    rest = [s for s in way if s["role"] != role]
    at = next((i for i, s in enumerate(way) if s["role"] == role), None)
    if at is None:
        later = order[order.index(role) + 1 :] if role in order else ()
        at = next((i for i, s in enumerate(rest) if s["role"] in later), len(rest))
    if place is not None:
        stop = {"event_id": event, "role": role, "mention": place["place"], "inferred": False} | place
        rest = [*rest[:at], stop, *rest[at:]]
    return [s | {"seq": i} for i, s in enumerate(rest)]
