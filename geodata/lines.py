"""Routes as lines: stops to legs, legs to great circles that survive the antimeridian.

Takes coordinates or a STOPS frame; gives shapely lines (lon, lat) and a frame of legs with lengths in km on the WGS 84
ellipsoid.  Draws nothing.
"""

from __future__ import annotations

from itertools import pairwise
from math import isfinite

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj import Geod

from geodata.errors import SchemaError

__all__ = ["LEG_COLUMNS", "great_circle", "legs", "length_km"]

_GEOD = Geod(ellps="WGS84")
STEP_KM = 100.0
LEG_COLUMNS = (
    "event_id",
    "seq",
    "from_place",
    "to_place",
    "from_role",
    "to_role",
    "from_iso3",
    "to_iso3",
    "from_lat",
    "from_lon",
    "to_lat",
    "to_lon",
    "from_precision",
    "to_precision",
    "inferred",
    "length_km",
)


def _checked(lat: float, lon: float) -> None:
    if not (isfinite(lat) and isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"not a point in degrees: lat {lat}, lon {lon}")


def length_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Geodesic length in km between two points in degrees.

    >>> round(length_km(0, 0, 0, 1), 1)
    111.3
    """
    _checked(lat1, lon1)
    _checked(lat2, lon2)
    return float(_GEOD.inv(lon1, lat1, lon2, lat2)[2]) / 1000


def _cut(xy: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Pieces of a line, each within -180 to 180; a cut ends and begins exactly on the antimeridian."""
    pieces, piece = [], [xy[0]]
    for (x1, y1), (x2, y2) in pairwise(xy):
        if abs(x2 - x1) > 180:
            side = 180.0 if x1 > 0 else -180.0
            ahead = x2 + 2 * side  # where x2 lies if one goes on across the line
            at = y1 if ahead == x1 else y1 + (y2 - y1) * (side - x1) / (ahead - x1)
            if piece[-1] != (side, at):
                piece.append((side, at))
            pieces.append(piece)
            piece = [(-side, at)]
        if piece[-1] != (x2, y2):
            piece.append((x2, y2))
    return [p for p in [*pieces, piece] if len(p) > 1]


def great_circle(lat1: float, lon1: float, lat2: float, lon2: float, *, step_km: float = STEP_KM) -> shapely.Geometry:
    """The shortest line on the ellipsoid between two points.

    Parameters
    ----------
    lat1, lon1, lat2, lon2 : degrees.  step_km : a vertex at least this often

    Returns
    -------
    LineString, or MultiLineString in two pieces where it crosses the antimeridian; (lon, lat), EPSG:4326; an empty
    LineString where both points are the same.

    Raises
    ------
    ValueError : a coordinate is out of range or not a number.
    """
    km = length_km(lat1, lon1, lat2, lon2)
    if km == 0:
        return shapely.LineString()
    inner = int(np.ceil(km / step_km)) - 1
    between = _GEOD.npts(lon1, lat1, lon2, lat2, inner) if inner > 0 else []
    pieces = _cut([(lon1, lat1), *between, (lon2, lat2)])
    return shapely.LineString(pieces[0]) if len(pieces) == 1 else shapely.MultiLineString(pieces)


def legs(stops: pd.DataFrame) -> GeoDataFrame:
    """The legs of all routes: from each placed stop to the next, in the order of travel.

    Several origins stand side by side: each leads to the first stop that is none; several destinations are each reached
    from the last stop that is none.  Places that are only locations make no leg, nor does a stop without coordinates
    (the leg would claim to know where it was).

    Parameters
    ----------
    stops : STOPS of geodata/schema.py

    Returns
    -------
    New frame, EPSG:4326, lines: LEG_COLUMNS (seq: number of the leg within its event; degrees; km on the ellipsoid;
    inferred where either end is) and geometry.

    Raises
    ------
    SchemaError : a column of STOPS is missing.
    """
    need = ("event_id", "seq", "role", "place", "lat", "lon", "precision", "iso3", "inferred")
    lacking = [c for c in need if c not in stops.columns]
    if lacking:
        raise SchemaError(f"stops lack the column {', '.join(lacking)}")
    placed = stops[stops["lat"].notna() & stops["lon"].notna() & (stops["role"] != "location")]
    rows = []
    for event_id, route in placed.sort_values(["event_id", "seq"], kind="stable").groupby("event_id", sort=True):
        steps = route.to_dict("records")
        rows += [_leg(str(event_id), n, a, b) for n, (a, b) in enumerate(_pairs(steps))]
    frame = pd.DataFrame(rows, columns=[*LEG_COLUMNS, "geometry"]).astype({"inferred": "bool", "seq": "int64"})
    return GeoDataFrame(frame, geometry="geometry", crs="EPSG:4326")


def _pairs(steps: list[dict[str, object]]) -> list[tuple[dict[str, object], dict[str, object]]]:
    origins = [s for s in steps if s["role"] == "origin"]
    ends = [s for s in steps if s["role"] == "destination"]
    middle = [s for s in steps if s["role"] == "transit"]
    pairs = [(a, b) for a in origins for b in (middle[:1] or ends)]
    pairs += list(pairwise(middle))
    pairs += [(a, b) for a in middle[-1:] for b in ends]
    return [(a, b) for a, b in pairs if (a["lat"], a["lon"]) != (b["lat"], b["lon"])]


def _leg(event_id: str, n: int, a: dict[str, object], b: dict[str, object]) -> tuple[object, ...]:
    at = [float(str(v)) for v in (a["lat"], a["lon"], b["lat"], b["lon"])]
    return (
        event_id,
        n,
        a["place"],
        b["place"],
        a["role"],
        b["role"],
        a["iso3"],
        b["iso3"],
        *at,
        a["precision"],
        b["precision"],
        bool(a["inferred"]) or bool(b["inferred"]),
        round(length_km(*at), 3),
        great_circle(*at),
    )
