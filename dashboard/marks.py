"""Points and areas of the map, from events: pins only where a town or a site is known, areas elsewhere.

Takes EVENTS and counts of what the filters keep; gives plain lists of dicts (JSON-able) that `static/map-marks.js`
draws.  Knows nothing of folium, Streamlit or colours.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboard.wording import counts_text, date_text, number_text, plural, word
from geodata.shapes import region_members

__all__ = [
    "AREA_PRECISIONS",
    "MANY",
    "PIN_PRECISIONS",
    "SIZES",
    "area_key",
    "area_marks",
    "cell_marks",
    "event_text",
    "look",
    "point_marks",
    "shape",
]

#: Only these are drawn as a pin; everything coarser is drawn as its area.
PIN_PRECISIONS = ("site", "city")
AREA_PRECISIONS = ("admin1", "country", "region", "water")
#: What the size of a mark may stand for; "same" draws all alike.
SIZES = ("same", "killed", "injured", "arrested", "people")
_SMALLEST_PX, _LARGEST_PX, _PLAIN_PX = 5.0, 20.0, 7.0
#: Above this many pins, the events of one cell travel as one mark with their number.
MANY = 2000
_COLUMNS = [
    *("event_id", "kind", "subkind", "title", "certainty", "lat", "lon", "place"),
    *("date_start", "date_end", "date_precision", "conflicts", "n_sources"),
    *(f"{key}_{bound}" for key in SIZES[1:] for bound in ("low", "best", "high")),
]

ShapeOf = Callable[[str], Mapping[str, Any] | None]


def shape(kind: str) -> str:
    """Triangle for incidents, square for arrests, circle for routes."""
    return {"incident": "triangle", "arrest": "square"}.get(kind, "circle")


def look(certainty: str, subkind: str) -> str:
    """Fill or outline that tells carried out, foiled, threatened, alleged and hypothetical apart without colour."""
    if certainty == "foiled":
        return "outline"
    if subkind == "threat":
        return "dotted"
    return {"hypothetical": "faint", "alleged": "pale"}.get(certainty, "filled")


def event_text(row: Mapping[str, Any]) -> str:
    """The few lines that appear beside the pointer: title, when and how precisely placed, figures, sources."""
    when = date_text(row["date_start"], row["date_end"], row["date_precision"])
    lines = [
        row["title"],
        f"{when} · {word('certainty', row['certainty'])}",
    ]
    figures = counts_text(row)
    if figures:
        lines.append(figures + (" (sources differ)" if row["conflicts"] else ""))
    lines.append(plural(int(row["n_sources"]), "source"))
    return "\n".join(lines)


def _radius_px(figure: Any, largest: float) -> float:
    if pd.isna(figure) or figure <= 0 or largest <= 0:
        return _SMALLEST_PX
    return round(max(_SMALLEST_PX, _LARGEST_PX * math.sqrt(figure / largest)), 1)


def point_marks(events: pd.DataFrame, *, size_by: str = "same") -> list[dict[str, Any]]:
    """One mark per event known to a town or site; routes with one stop come as circles.

    Parameters
    ----------
    events : EVENTS rows to draw (the caller leaves out routes that are drawn as lines)
    size_by : one of SIZES; an event without that figure is drawn small and hollow, never as 0

    Returns
    -------
    dicts: id, ids, lat, lon (degrees), kind, shape, look, r (pixels), place, text, mix
    """
    rows = events.loc[events["precision"].isin(PIN_PRECISIONS) & events["lat"].notna(), _COLUMNS]
    figure = None if size_by == "same" else f"{size_by}_best"
    largest = float(rows[figure].max()) if figure and rows[figure].notna().any() else 0.0
    marks = []
    for row in rows.to_dict("records"):
        hollow = figure is not None and pd.isna(row[figure])
        marks.append(
            {
                "id": row["event_id"],
                "ids": [row["event_id"]],
                "lat": round(row["lat"], 4),
                "lon": round(row["lon"], 4),
                "kind": row["kind"],
                "shape": shape(row["kind"]),
                "look": "hollow" if hollow else look(row["certainty"], row["subkind"]),
                "r": _PLAIN_PX if figure is None else _radius_px(row[figure], largest),
                "place": row["place"],
                "text": event_text(row),
                "mix": {row["kind"]: 1},
            }
        )
    return marks


def cell_marks(cells: pd.DataFrame, places: pd.Series) -> list[dict[str, Any]]:
    """One counted mark per cell, where there are too many events to draw each; no cell is left out, however small.

    Parameters
    ----------
    cells : of `Selection.cells`. places : place of every event, by position

    Returns
    -------
    dicts as of `point_marks`, and many (number of events); the id of a cell is '@x:y'
    """
    if cells.empty:
        return []
    keys = ["x", "y"]
    weighted = cells.assign(lat=cells["lat"] * cells["n"], lon=cells["lon"] * cells["n"])
    sums = weighted.groupby(keys, sort=True)[["n", "lat", "lon"]].sum()
    first = cells.drop_duplicates(keys).set_index(keys)["i"].reindex(sums.index)
    mixes: dict[tuple[int, int], dict[str, int]] = {}
    for x, y, kind, n in zip(cells["x"], cells["y"], cells["kind"], cells["n"], strict=True):
        mixes.setdefault((int(x), int(y)), {})[kind] = int(n)
    fixed = {"kind": "incident", "shape": "circle", "look": "filled", "r": _PLAIN_PX, "text": ""}
    named = places.iloc[first.to_numpy("int64")].tolist()
    return [
        {
            "id": f"@{x}:{y}",
            "ids": [f"@{x}:{y}"],
            "many": int(n),
            "mix": mixes[int(x), int(y)],
            "lat": round(lat / n, 3),
            "lon": round(lon / n, 3),
            "place": place,
            **fixed,
        }
        for (x, y), n, lat, lon, place in zip(sums.index, sums["n"], sums["lat"], sums["lon"], named, strict=True)
    ]


def area_key(row: Mapping[str, Any]) -> str:
    """What makes two coarse events lie in one area: precision, name and country."""
    return f"{row['precision']}/{row['place']}/{row['iso3'] if isinstance(row['iso3'], str) else ''}"


def area_marks(groups: pd.DataFrame, events: pd.DataFrame, shape_of: ShapeOf) -> list[dict[str, Any]]:
    """One mark per province, country, region or water that events are known to no more precisely than.

    Parameters
    ----------
    groups : of `Selection.areas`. events : EVENTS, all of them (the groups name positions)
    shape_of : admin1_id -> GeoJSON geometry (lon, lat), or None where there is no shape

    Returns
    -------
    dicts: id ('area:…'), kind (one kind, or 'mixed'), level, n (text), count, lat, lon, label, iso3, text,
    members (ISO3 of a region's countries), shape (province outlines)
    """
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    first: dict[tuple[str, str, str], int] = {}
    for precision, place, iso3, kind, n, i in groups.itertuples(index=False, name=None):
        found.setdefault((precision, place, iso3), {})[kind] = int(n)
        first[precision, place, iso3] = min(int(i), first.get((precision, place, iso3), int(i)))
    rows = events[["lat", "lon", "country", "admin1_id"]].iloc[list(first.values())].to_dict("records")
    return [_area(key, row, counts, shape_of) for (key, counts), row in zip(found.items(), rows, strict=True)]


def _area(
    key: tuple[str, str, str], first: Mapping[Any, Any], counts: Mapping[str, int], shape_of: ShapeOf
) -> dict[str, Any]:
    """One area: its first event, the number of events of each kind, the outline if there is one."""
    precision, place, iso3 = key
    country = first["country"] if isinstance(first["country"], str) and precision == "admin1" else None
    each = ", ".join(plural(n, word("kind", k).lower()) for k, n in counts.items())
    total = sum(counts.values())
    return {
        "id": f"area:{precision}/{place}/{iso3}",
        "kind": next(iter(counts)) if len(counts) == 1 else "mixed",
        "level": precision,
        "n": number_text(total),
        "count": total,
        "lat": round(float(first["lat"]), 3),
        "lon": round(float(first["lon"]), 3),
        "label": place,
        "iso3": iso3 or None,
        "text": f"{f'{place}, {country}' if country else place}\n{each}, known only to the {_level(precision)}",
        "members": list(region_members().get(place, ())) if precision == "region" else [],
        "shape": shape_of(first["admin1_id"]) if isinstance(first["admin1_id"], str) else None,
    }


def _level(precision: str) -> str:
    return "area of sea" if precision == "water" else word("precision", precision)
