"""Choosing a place by hand: candidates of the gazetteer in words, those near a clicked spot, and a small map of them.

Takes a name or a spot; gives `Choice`s whose `value` is what the log keeps, and the payload of a map.  Decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dashboard.wording import number_text, word
from extract.schema import Place
from geodata.geocoder import OfflineGeocoder

__all__ = ["Choice", "choices_map", "choices_near", "choices_of", "place_value", "spot_of"]


class Choice(NamedTuple):
    """A place that may be chosen: its key, its words, and the JSON value of the log (without a role)."""

    key: str
    words: str
    value: dict[str, Any]


def place_value(place: Place) -> dict[str, Any]:
    """A place in the log's form; the role is the caller's to add."""
    return {
        "place_id": place.id,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "iso3": place.iso3,
        "admin1": place.admin1,
        "precision": place.precision,
        "kind": place.kind,
        "role": None,
    }


def _choice(place: Place, people: int | None, names: Mapping[str, str], km: float | None = None) -> Choice:
    country = names.get(place.iso3 or "", place.iso3 or "")
    parts = list(dict.fromkeys(p for p in (place.name, place.admin1, country) if p))
    what = "district" if place.kind == "admin2" else word("precision", place.precision)
    more = [
        what,
        *([f"{number_text(people)} people"] if people and place.kind == "settlement" else []),
        *([f"{km:.0f} km away"] if km else []),
    ]
    return Choice(place.id, f"{', '.join(parts)} · {' · '.join(more)}", place_value(place))


def choices_of(query: str, geocoder: OfflineGeocoder, names: Mapping[str, str], *, limit: int = 8) -> list[Choice]:
    """Candidates for a name ("Osh", "Paris, Texas"), the most prominent first; [] where nothing is so called.

    names : ISO3 -> country name
    """
    return [_choice(place, people, names) for place, people in geocoder.choices(query, limit=limit)]


def spot_of(picked: str) -> tuple[float, float] | None:
    """(lat, lon) of a click on the map ("spot:41.01,28.95"); None for anything else."""
    kind, _, rest = picked.partition(":")
    try:
        lat, lon = (float(part) for part in rest.split(","))
    except ValueError:
        return None
    return (lat, lon) if kind == "spot" and abs(lat) <= 90 and abs(lon) <= 180 else None


def choices_near(lat: float, lon: float, geocoder: OfflineGeocoder, names: Mapping[str, str]) -> list[Choice]:
    """The nearest towns to a spot, their provinces, and the spot itself as an exact site near the nearest town."""
    near = geocoder.nearest(lat, lon)
    out = [_choice(place, people, names, max(km, 1.0)) for place, people, km in near]
    place = near[0][0] if near else None
    label = f"near {place.name}" if place else "spot on the map"
    value = {
        "place_id": None,
        "name": label[0].upper() + label[1:],
        "lat": round(lat, 4),
        "lon": round(lon, 4),
        "iso3": place.iso3 if place else None,
        "admin1": place.admin1 if place else None,
        "precision": "site",
        "kind": "site",
        "role": None,
    }
    return [*out, Choice("spot", f"This very spot ({lat:.3f}, {lon:.3f}), {label} · exact site", value)]


def choices_map(choices: Sequence[Choice], chosen: str | None, kind: str) -> dict[str, Any]:
    """Payload of the small map: one mark per candidate with coordinates, the chosen one pointed out.

    kind : incident, arrest or route, for the colour of the marks
    """
    placed = [c for c in choices if c.value["lat"] is not None]
    points = [
        {
            "id": f"place:{c.key}",
            "ids": [f"place:{c.key}"],
            "lat": c.value["lat"],
            "lon": c.value["lon"],
            "kind": kind,
            "shape": "circle",
            "look": "filled" if c.key == chosen else "pale",
            "r": 8.0 if c.key == chosen else 6.0,
            "place": c.value["name"],
            "text": c.words.replace(" · ", "\n"),
            "mix": {kind: 1},
            "plain": True,
        }
        for c in placed
    ]
    lats, lons = [p["lat"] for p in points], [p["lon"] for p in points]
    selected = f"place:{chosen}" if chosen else None
    return {
        "points": points,
        "areas": [],
        "legs": [],
        "stops": [],
        "choropleth": {},
        "selected": selected,
        "legend": [[{"type": "note", "label": "Click a mark, or the map for what lies there"}]],
        "bounds": [[min(lats), min(lons)], [max(lats), max(lons)]] if points else None,
        "spots": True,
        "aside": True,
    }
