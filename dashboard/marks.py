"""Points and areas of the map, from events: pins only where a town or a site is known, areas elsewhere.

Takes the EVENTS that are kept by the filters; gives plain lists of dicts (JSON-able) that `static/map-marks.js`
draws.  Knows nothing of folium, Streamlit or colours.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.wording import counts_text, date_text, number_text, plural, word
from geodata.shapes import region_members

__all__ = ["AREA_PRECISIONS", "PIN_PRECISIONS", "SIZES", "area_marks", "event_text", "look", "point_marks", "shape"]

#: Only these are drawn as a pin; everything coarser is drawn as its area.
PIN_PRECISIONS = ("site", "city")
AREA_PRECISIONS = ("admin1", "country", "region", "water")
#: What the size of a mark may stand for; "same" draws all alike.
SIZES = ("same", "killed", "injured", "arrested", "people")
_SMALLEST_PX, _LARGEST_PX, _PLAIN_PX = 5.0, 20.0, 7.0
#: Above this many pins, events of one cell of half a degree travel as one mark with their number.
MANY = 3000
_CELL_DEG = 0.5

_KINDS = ("incident", "arrest", "route")

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
    dicts: id, ids, lat, lon (degrees), kind, shape, look, r (pixels), place, text, mix, many (only for cells)
    """
    rows = events[events["precision"].isin(PIN_PRECISIONS) & events["lat"].notna() & events["lon"].notna()]
    if len(rows) > MANY:
        return _cells(rows)
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


def _cells(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Many events as counted cells; no cell is left out, however small."""
    lat, lon = rows["lat"].to_numpy("float64"), rows["lon"].to_numpy("float64")
    cy, cx = np.rint(lat / _CELL_DEG).astype("int64"), np.rint(lon / _CELL_DEG).astype("int64")
    _, first, cell = np.unique(cy * 10_000 + cx, return_index=True, return_inverse=True)
    kind = pd.Categorical(rows["kind"], categories=list(_KINDS)).codes.astype("int64")
    mixes = np.bincount(cell * len(_KINDS) + kind, minlength=len(first) * len(_KINDS)).reshape(-1, len(_KINDS))
    n = mixes.sum(axis=1)
    lats, lons = np.bincount(cell, lat) / n, np.bincount(cell, lon) / n
    places = rows["place"].to_numpy()[first]
    return [_cell(f"{cy[f]}:{cx[f]}", lats[i], lons[i], mixes[i], places[i]) for i, f in enumerate(first)]


def _cell(name: str, lat: float, lon: float, mix: np.ndarray, place: str) -> dict[str, Any]:
    counts = {k: int(c) for k, c in zip(_KINDS, mix, strict=True) if c}
    fixed = {"kind": "incident", "shape": "circle", "look": "filled", "r": _PLAIN_PX, "text": ""}
    where = {"lat": round(float(lat), 3), "lon": round(float(lon), 3), "place": place}
    return {"id": name, "ids": [f"@{name}"], "many": sum(counts.values()), "mix": counts, **where, **fixed}


def in_cell(events: pd.DataFrame, cell: str) -> pd.DataFrame:
    """The events of one counted cell ('cy:cx' as `point_marks` wrote it)."""
    cy, cx = (int(part) for part in cell.split(":"))
    pins = events["precision"].isin(PIN_PRECISIONS) & events["lat"].notna()
    return events[pins & ((events["lat"] / _CELL_DEG).round() == cy) & ((events["lon"] / _CELL_DEG).round() == cx)]


def area_key(row: Mapping[str, Any]) -> str:
    """What makes two coarse events lie in one area: precision, name and country."""
    return f"{row['precision']}/{row['place']}/{row['iso3'] if isinstance(row['iso3'], str) else ''}"


def area_marks(events: pd.DataFrame, shape_of: ShapeOf) -> list[dict[str, Any]]:
    """One mark per province, country, region or water that events are known to no more precisely than.

    Parameters
    ----------
    events : EVENTS rows to draw
    shape_of : admin1_id -> GeoJSON geometry (lon, lat), or None where there is no shape

    Returns
    -------
    dicts: id ('area:…'), kind (one kind, or 'mixed'), level, n (text), count, lat, lon, label, iso3, text,
    members (ISO3 of a region's countries), shape (province outlines)
    """
    rows = events[events["precision"].isin(AREA_PRECISIONS) & events["lat"].notna() & events["lon"].notna()]
    if rows.empty:
        return []
    keys = ["precision", "place", "iso3"]
    rows = rows.assign(**{k: rows[k].fillna("") for k in keys})
    kinds = rows.groupby([*keys, "kind"], sort=True).size().unstack("kind", fill_value=0)
    firsts = rows.drop_duplicates(keys).set_index(keys)
    return [
        _area("/".join(key), firsts.loc[[key]].iloc[0], counts[counts > 0], shape_of)
        for key, counts in kinds.iterrows()
    ]


def _area(key: str, first: pd.Series, counts: pd.Series, shape_of: ShapeOf) -> dict[str, Any]:
    """One area: its first event, the number of events of each kind, the outline if there is one."""
    precision, place = key.split("/", 1)[0], key.split("/", 1)[1].rsplit("/", 1)[0]
    country = first["country"] if isinstance(first["country"], str) and precision == "admin1" else None
    each = ", ".join(plural(int(n), word("kind", str(k)).lower()) for k, n in counts.items())
    return {
        "id": f"area:{key}",
        "kind": str(counts.index[0]) if len(counts) == 1 else "mixed",
        "level": precision,
        "n": number_text(int(counts.sum())),
        "count": int(counts.sum()),
        "lat": round(float(first["lat"]), 3),
        "lon": round(float(first["lon"]), 3),
        "label": place,
        "iso3": key.rsplit("/", 1)[1] or None,
        "text": f"{f'{place}, {country}' if country else place}\n{each}, known only to the {_level(precision)}",
        "members": list(region_members().get(place, ())) if precision == "region" else [],
        "shape": shape_of(first["admin1_id"]) if isinstance(first["admin1_id"], str) else None,
    }


def _level(precision: str) -> str:
    return "area of sea" if precision == "water" else word("precision", precision)
