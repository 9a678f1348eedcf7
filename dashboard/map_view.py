"""Everything the map draws for one filter, as one JSON-able payload, with a legend of only what is drawn.

Takes EVENTS and STOPS that the filters kept, and the map's options; gives the dict that `static/map-marks.js`
reads: points, areas, legs, stops, choropleth, legend, bounds, selected.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.choropleth import METRICS, Shading, shade
from dashboard.legs import drawn_ids, leg_lines, legs_frame, stop_marks
from dashboard.marks import SIZES, ShapeOf, area_marks, point_marks, shape
from dashboard.wording import word

__all__ = ["MapOptions", "map_payload"]

_LOOK_WORDS = {"filled": "", "outline": ", foiled", "dotted": ", threatened", "faint": ", hypothetical", "pale": ", alleged", "hollow": ", figure not stated"}


@dataclass(frozen=True, slots=True)
class MapOptions:
    """What the map shows beside the filters: shading of countries, size of marks, layers."""

    shade_by: str = "events"                 # one of METRICS or "nothing"
    size_by: str = "same"                    # one of marks.SIZES
    routes: bool = True
    marks: bool = True

    def __post_init__(self) -> None:
        """Refuse what the map cannot draw."""
        if self.shade_by not in (*METRICS, "nothing"):
            raise ValueError(f"shade_by is {self.shade_by!r}; expected nothing, {', '.join(METRICS)}")
        if self.size_by not in SIZES:
            raise ValueError(f"size_by is {self.size_by!r}; expected {', '.join(SIZES)}")


def map_payload(events: pd.DataFrame, stops: pd.DataFrame, options: MapOptions, *, names: dict[str, str], shape_of: ShapeOf,
                selected: str | None = None) -> dict[str, Any]:
    """The payload of one drawing.

    Parameters
    ----------
    events : EVENTS kept by the filters. stops : STOPS of any events
    names : ISO3 -> country name. shape_of : admin1_id -> GeoJSON geometry or None. selected : event_id to point out
    """
    routes = events[events["kind"] == "route"]
    legs = legs_frame(stops, routes["event_id"])
    rest = events[~events["event_id"].isin(drawn_ids(legs))]
    if not options.routes:
        rest, legs = rest[rest["kind"] != "route"], legs.iloc[0:0]
    if not options.marks:
        rest = rest.iloc[0:0]
    shading = shade(events, options.shade_by, names) if options.shade_by != "nothing" else Shading({}, [], "")
    payload: dict[str, Any] = {"points": point_marks(rest, size_by=options.size_by), "areas": area_marks(rest, shape_of), "legs": leg_lines(legs, events),
                               "stops": stop_marks(stops, legs), "choropleth": shading.countries, "selected": selected}
    payload["legend"] = _legend(payload, shading, options)
    payload["bounds"] = _bounds(payload)
    return payload


def _legend(payload: dict[str, Any], shading: Shading, options: MapOptions) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    points = payload["points"]
    seen = sorted({(p["kind"], p["look"]) for p in points if not p.get("many")},
                  key=lambda pair: (("incident", "arrest", "route").index(pair[0]), tuple(_LOOK_WORDS).index(pair[1])))
    for kind, style in seen:
        rows.append({"type": "mark", "kind": kind, "look": style, "shape": shape(kind), "label": word("kind", kind) + _LOOK_WORDS[style]})
    if len(points) > 1 or any(p.get("many") for p in points):
        rows.append({"type": "count", "label": "Several events, ring by kind"})
    if any(a["shape"] for a in payload["areas"]):
        rows.append({"type": "hatchbox", "label": "Somewhere in this province"})
    if payload["areas"]:
        rows.append({"type": "badgebox", "label": "Known only to the area named"})
    rows += _route_legend(payload)
    if options.size_by != "same" and points:
        rows.append({"type": "note", "label": f"Size: {word('count', options.size_by)}"})
    if shading.classes:
        rows.append({"type": "steps", "colours": shading.classes, "label": shading.label})
    return rows


def _route_legend(payload: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    if any(not leg["dashed"] for leg in payload["legs"]):
        rows.append({"type": "line", "look": "", "label": "Route, as stated"})
    if any(leg["dashed"] for leg in payload["legs"]):
        rows.append({"type": "line", "look": "inferred", "label": "Route, inferred"})
    roles = {s["role"] for s in payload["stops"]}
    for role, style, label in (("origin", "", "Origin"), ("transit", "small", "Transit"), ("destination", "solid", "Destination")):
        if role in roles:
            rows.append({"type": "ring", "look": style, "label": label})
    if any(s["coarse"] for s in payload["stops"]):
        rows.append({"type": "ring", "look": "coarse", "label": "Stop known only to its area"})
    return rows


def _bounds(payload: dict[str, Any]) -> list[list[float]] | None:
    """South-west and north-east corner of all that is drawn, None where nothing is."""
    spots = [(row["lat"], row["lon"]) for name in ("points", "areas", "stops") for row in payload[name]]
    spots += [(p[0], p[1]) for leg in payload["legs"] for part in leg["line"] for p in part]
    if not spots:
        return None
    lats, lons = [s[0] for s in spots], [s[1] for s in spots]
    return [[min(lats), min(lons)], [max(lats), max(lons)]]
