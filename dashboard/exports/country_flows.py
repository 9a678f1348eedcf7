"""Very many routes on a map of the world, joined by country: one line per pair, its width by the number of routes.

Takes a View and its map payload; gives a payload whose legs and stops are joined.  Three hundred single lines are a
knot that nobody reads; a line here counts routes that sources state, it adds none.  What is left out is counted in the
legend.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from dashboard.view import View
from dashboard.wording import plural
from geodata import shapes
from geodata.lines import great_circle

__all__ = ["MOST_LEGS", "by_country"]

#: More single lines than this are joined on a map of the world.
MOST_LEGS = 60
#: Pairs that are drawn, the most frequent ones; names of areas that are set, those with most events.
_MOST_PAIRS, _MOST_AREAS = 30, 14


def _ends(legs: pd.DataFrame, side: str) -> pd.Series:
    """ISO3 of each leg's end, or the name of its place where that lies in no one country."""
    return legs[f"{side}_iso3"].where(legs[f"{side}_iso3"].notna(), legs[f"{side}_place"])


def _points(legs: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Where each end is drawn: a country at its label point, another place where it lies."""
    found: dict[str, tuple[float, float]] = {}
    for side in ("from", "to"):
        for key, lat, lon in zip(_ends(legs, side), legs[f"{side}_lat"], legs[f"{side}_lon"], strict=True):
            found.setdefault(str(key), (float(lat), float(lon)))
    countries = shapes.countries().set_index("iso3")
    known = [key for key in found if key in countries.index]
    label = countries.loc[known, ["label_lat", "label_lon"]]
    return found | {str(k): (float(a), float(b)) for k, a, b in zip(label.index, *label.to_numpy().T, strict=True)}


def _line(points: dict[str, tuple[float, float]], a: str, b: str, ids: list[str], opposed: bool) -> dict[str, Any]:
    shape = great_circle(*points[a], *points[b])
    parts = [[[y, x] for x, y in piece.coords] for piece in getattr(shape, "geoms", [shape])]
    return {
        "id": "legs:" + "|".join(ids),
        "ids": ids,
        "line": parts,
        "w": round(0.8 + 1.3 * math.log2(1 + len(ids)), 1),
        "shift": 4 if opposed else 0,
        "dashed": False,
        "look": "",
    }


def _stops(pairs: dict[tuple[str, str], list[str]], points: dict[str, Any], view: View) -> list[dict[str, Any]]:
    leaving, coming = {a for a, _ in pairs}, {b for _, b in pairs}
    out = []
    for key in sorted(leaving | coming):
        role = "transit" if key in leaving and key in coming else "origin" if key in leaving else "destination"
        ids = sorted({i for pair, some in pairs.items() if key in pair for i in some})
        lat, lon = points[key]
        name = view.names.get(key, key)
        out.append({"id": "legs:" + "|".join(ids), "lat": lat, "lon": lon, "role": role, "coarse": True, "text": name})
    return sorted(out, key=lambda stop: -stop["id"].count("|"))


def by_country(view: View, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with its routes joined by country.

    Returns
    -------
    New dict; `legs` one per pair of countries (or places in no one country) and direction, widest last drawn; `stops`
    one per country; the legend says how it was joined and how many routes within one country are not drawn.
    """
    legs = view.legs
    if payload.get("held_back"):
        supposed = view.kept.loc[view.kept["certainty"] == "hypothetical", "event_id"]
        legs = legs[~legs["event_id"].isin(set(supposed))]
    a, b = _ends(legs, "from").astype(str), _ends(legs, "to").astype(str)
    across = legs[a != b]
    pairs = {
        (str(start), str(end)): sorted(set(ids))
        for (start, end), ids in across.groupby([a[across.index], b[across.index]])["event_id"]
    }
    ranked = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    drawn = dict(ranked[:_MOST_PAIRS])
    points = _points(legs)
    lines = [_line(points, s, e, ids, (e, s) in drawn) for (s, e), ids in sorted(drawn.items())]
    inside = legs["event_id"].nunique() - across["event_id"].nunique()
    note = "routes joined by country, width by their number"
    note += f"; the {len(drawn)} most frequent of {len(pairs)} pairs" if len(pairs) > len(drawn) else ""
    note += f"; {plural(inside, 'route')} within one country not drawn" if inside else ""
    areas = sorted(payload["areas"], key=lambda a: -len(a.get("ids", ())) or -_number(a["n"]))
    lesser = [a for a in areas[_MOST_AREAS:] if not a["shape"]]
    kept = [a for a in payload["areas"] if a not in lesser]
    signs: list[dict[str, Any]] = [{"type": "line", "look": "", "label": note}]
    if lesser:
        signs.append({"type": "note", "label": f"{plural(len(lesser), 'area')} with fewer events not named"})
    legend = [[sign for sign in line if sign["type"] != "line" and not _of_lines(sign)] for line in payload["legend"]]
    changed = {"legs": lines, "stops": _stops(drawn, points, view), "areas": kept}
    return payload | changed | {"legend": [line for line in legend if line] + [signs]}


def _number(text: str) -> int:
    return int("".join(filter(str.isdigit, text)) or 0)


def _of_lines(sign: dict[str, Any]) -> bool:
    """A note on how single lines are drawn."""
    return sign["type"] == "note" and "great circle" in sign["label"]
