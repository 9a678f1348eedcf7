"""Everything the map draws for one filter, as one JSON-able payload, with a legend of only what is drawn.

Takes a View and the map's options; gives the dict that `static/map-marks.js` reads: points, areas, legs, stops,
choropleth, provinces, heat, nations, marks, area (corners of a drawn filter), legend, bounds (of all), focus (of
most), chosen (ids to point out), place, held_back (number of hypothetical routes that are not drawn).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.choropleth import LEVELS, METRICS, RATES, SCHEMES, Shading, shade
from dashboard.focus import Spot, focus
from dashboard.legs import drawn_ids, leg_lines, stop_marks
from dashboard.marks import MANY, SIZES, ShapeOf, area_marks, cell_marks, point_marks, shape
from dashboard.nations import nation_lines
from dashboard.view import View
from dashboard.wording import plural, word
from geodata.filter_area import parse_area

__all__ = ["MapOptions", "map_payload"]

_LOOK_WORDS = {
    "filled": "",
    "outline": "foiled",
    "dotted": "threatened",
    "faint": "hypothetical",
    "pale": "alleged",
    "hollow": "figure not stated",
}
#: look of a line -> its words in the legend, with "Route" only on the first that is shown
_LINE_WORDS = {
    "": "Route",
    "inferred": "Route, inferred",
    "foiled": "Route, foiled",
    "hypothetical": "Route, hypothetical",
}


@dataclass(frozen=True, slots=True)
class MapOptions:
    """What the map shows beside the filters: shading of areas, size of marks, layers."""

    shade_by: str = "events"  # one of METRICS or "nothing"
    size_by: str = "same"  # one of marks.SIZES
    routes: bool = True
    marks: bool = True
    heat: bool = False
    supposed: bool = False  # hypothetical routes as well; a filter that asks for them draws them anyway
    nations: bool = False  # lines from nationality to place, in the place of routes
    level: str = "country"  # one of LEVELS: what is shaded
    rate: str = "absolute"  # one of RATES
    scheme: str = "quantiles"  # one of SCHEMES

    def __post_init__(self) -> None:
        """Refuse what the map cannot draw."""
        choices = (
            ("shade_by", self.shade_by, ("nothing", *METRICS)),
            ("size_by", self.size_by, SIZES),
            ("level", self.level, LEVELS),
            ("rate", self.rate, RATES),
            ("scheme", self.scheme, SCHEMES),
        )
        for name, value, known in choices:
            if value not in known:
                raise ValueError(f"{name} is {value!r}; expected {', '.join(known)}")


def map_payload(
    view: View, options: MapOptions, *, shape_of: ShapeOf, chosen: Sequence[str] = (), place: str = ""
) -> dict[str, Any]:
    """The payload of one drawing.

    Parameters
    ----------
    view : what the filters leave. shape_of : admin1_id -> GeoJSON geometry or None
    chosen : event_ids to point out. place : ISO3 or admin1_id of an area to point out
    """
    shading = _shading(view, options)
    legs, travelled, held_back = _routes(view, options)
    payload: dict[str, Any] = {
        "points": _points(view, options) if options.marks or options.heat else [],
        "areas": _areas(view, options, shape_of) if options.marks else [],
        "legs": leg_lines(legs, travelled),
        "stops": stop_marks(view.snapshot.stops, legs),
        "choropleth": shading.areas if options.level == "country" else {},
        "provinces": _provinces(shading, shape_of) if options.level == "admin1" else [],
        "heat": options.heat,
        "marks": options.marks,
        "nations": nation_lines(view) if options.nations else [],
        "area": [list(corner) for corner in parse_area(view.filters.area)] if view.filters.area else [],
        "chosen": list(chosen),
        "place": place,
        "held_back": held_back,
    }
    payload["legend"] = _legend(payload, shading, options)
    payload["bounds"] = _bounds(payload)
    payload["focus"] = _focus(payload)
    return payload


def _routes(view: View, options: MapOptions) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Legs to draw, their events, and how many hypothetical routes are left out because nobody asked for them."""
    legs = view.legs if options.routes and not options.nations else view.legs.iloc[0:0]
    events = view.of_ids(sorted(drawn_ids(legs)))
    if options.supposed or "hypothetical" in view.filters.certainty:
        return legs, events, 0
    supposed = events["certainty"] == "hypothetical"
    stated = events[~supposed]
    return legs[legs["event_id"].isin(set(stated["event_id"]))], stated, int(supposed.sum())


def _points(view: View, options: MapOptions) -> list[dict[str, Any]]:
    """Each pin, or counted cells where there are too many."""
    where = "cell IS NOT NULL AND NOT line"
    rows = view.selection.rows(MANY + 1, where=where)
    if len(rows) > MANY:
        return cell_marks(view.selection.cells(), view.snapshot.events["place"])
    return point_marks(view.snapshot.events.iloc[rows], size_by=options.size_by)


def _areas(view: View, options: MapOptions, shape_of: ShapeOf) -> list[dict[str, Any]]:
    groups = view.selection.areas()
    if not options.routes:
        groups = groups[groups["kind"] != "route"]
    return area_marks(groups, view.snapshot.events, shape_of)


def _shading(view: View, options: MapOptions) -> Shading:
    if options.shade_by == "nothing":
        return Shading({}, [], "")
    names = dict(view.names if options.level == "country" else view.whole.provinces)
    return shade(view, options.shade_by, names, level=options.level, rate=options.rate, scheme=options.scheme)


def _provinces(shading: Shading, shape_of: ShapeOf) -> list[dict[str, Any]]:
    rows = [{"id": key, "shape": shape_of(key), **area} for key, area in shading.areas.items()]
    return [row for row in rows if row["shape"]]


def _legend(payload: dict[str, Any], shading: Shading, options: MapOptions) -> list[list[dict[str, Any]]]:
    """Lines of the legend, each a list of signs with their words; only what is drawn."""
    points = payload["points"] if options.marks else []
    lines: list[list[dict[str, Any]]] = []
    seen = {(p["kind"], p["look"]) for p in points if not p.get("many")}
    for kind in ("incident", "arrest", "route"):
        looks = [style for style in _LOOK_WORDS if (kind, style) in seen]
        lines.append(
            [
                {
                    "type": "mark",
                    "kind": kind,
                    "look": style,
                    "shape": shape(kind),
                    "label": _sign_words(kind, style, i == 0),
                }
                for i, style in enumerate(looks)
            ]
        )
    lines += _route_legend(payload)
    lines.append(
        [{"type": "count", "label": "several events, ring by kind"}]
        if len(points) > 1 or any(p.get("many") for p in points)
        else []
    )
    areas: list[dict[str, Any]] = [{"type": "badgebox", "label": "known only to that area"}] if payload["areas"] else []
    lines.append(
        areas + ([{"type": "hatchbox", "label": "province"}] if any(a["shape"] for a in payload["areas"]) else [])
    )
    if options.size_by != "same" and points:
        lines.append([{"type": "note", "label": f"Size of marks: {word('count', options.size_by)}, by area"}])
    if options.heat and payload["points"]:
        lines.append([{"type": "heatbox", "label": "the darker, the more events"}])
    if payload["nations"]:
        lines.append(
            [{"type": "line", "look": "nation", "label": "nationality as reported to place of event: no journey"}]
        )
    if payload["area"]:
        lines.append([{"type": "line", "look": "drawn", "label": "drawn area"}])
    if shading.classes:
        lines.append([{"type": "steps", "colours": shading.classes, "label": shading.label}])
    return [line for line in lines if line]


def _sign_words(kind: str, style: str, first: bool) -> str:
    one_stop = " with one known place" if kind == "route" else ""
    return (
        f"{word('kind', kind)}{one_stop}{', ' + _LOOK_WORDS[style] if _LOOK_WORDS[style] else ''}"
        if first
        else _LOOK_WORDS[style]
    )


def _route_legend(payload: dict[str, Any]) -> list[list[dict[str, Any]]]:
    legs, roles = payload["legs"], {s["role"] for s in payload["stops"]}
    looks = {leg["look"] for leg in legs}
    signs = [
        {"type": "line", "look": style, "label": said if i == 0 else said.removeprefix("Route, ")}
        for i, (style, said) in enumerate((s, w) for s, w in _LINE_WORDS.items() if s in looks)
    ]
    ends = [
        {"type": "ring", "look": style, "label": label}
        for role, style, label in (
            ("origin", "", "origin"),
            ("transit", "small", "transit"),
            ("destination", "solid", "destination"),
        )
        if role in roles
    ]
    coarse = (
        [{"type": "ring", "look": "coarse", "label": "no town named"}]
        if any(s["coarse"] for s in payload["stops"])
        else []
    )
    flat = (
        [{"type": "note", "label": "longest ones flatter than great circles"}]
        if any(leg["bowed"] for leg in legs)
        else []
    )
    return [signs + flat + _left_out(payload["held_back"]), ends + coarse]


def _left_out(n: int) -> list[dict[str, Any]]:
    return [{"type": "note", "label": f"{plural(n, 'hypothetical route')} not drawn"}] if n else []


def _focus(payload: dict[str, Any]) -> list[list[float]] | None:
    """The frame of the first view: most events and the ends of most routes."""
    spots = [Spot(p["lat"], p["lon"], p.get("many", 1)) for p in payload["points"]]
    spots += [Spot(a["lat"], a["lon"], a["count"]) for a in payload["areas"] if a["level"] in ("admin1", "country")]
    spots += [Spot(s["lat"], s["lon"], 0.25 * s["count"]) for s in payload["stops"]]
    return focus(spots) or payload["bounds"]


def _bounds(payload: dict[str, Any]) -> list[list[float]] | None:
    """South-west and north-east corner of all that is drawn, None where nothing is."""
    spots = [(row["lat"], row["lon"]) for name in ("points", "areas", "stops") for row in payload[name]]
    spots += [(p[0], p[1]) for leg in payload["legs"] for part in leg["line"] for p in part]
    if not spots:
        return None
    lats, lons = [s[0] for s in spots], [s[1] for s in spots]
    return [[min(lats), min(lons)], [max(lats), max(lons)]]
