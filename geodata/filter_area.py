"""A drawn area of a filter: its one written form, and which events lie in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from geodata.errors import FilterError

__all__ = ["AREA_KNOWN", "area_text", "in_area", "parse_area"]

#: Only events known this precisely can lie in a drawn area: the middle of a country lies nowhere.
AREA_KNOWN = ("site", "city", "admin1")


def parse_area(text: str) -> tuple[tuple[float, float], ...]:
    """Corners (lon, lat in degrees) of a drawn area, from 'W,S,E,N' or 'lon lat;lon lat;…'.

    Raises
    ------
    FilterError : it is neither, or has corners that are no place on the earth.
    """
    try:
        if ";" in text:
            parts = [part.split() for part in text.split(";") if part.strip()]
            corners = [(float(lon), float(lat)) for lon, lat in parts]
        else:
            west, south, east, north = (float(v) for v in text.split(","))
            corners = [(west, south), (east, south), (east, north), (west, north)]
    except ValueError:
        corners = []
    if len(corners) < 3 or not all(abs(lon) <= 360 and abs(lat) <= 90 for lon, lat in corners):
        raise FilterError(
            f"no area {text!r}: write W,S,E,N in degrees, or three corners or more as 'lon lat;lon lat;lon lat'"
        )
    return tuple((round(lon, 2), round(lat, 2)) for lon, lat in corners)


def area_text(text: str) -> str:
    """The one written form: 'lon lat;lon lat;…', degrees to two decimals.

    Raises
    ------
    FilterError : as `parse_area`.

    >>> area_text("65,35,72,40")
    '65 35;72 35;72 40;65 40'
    """
    return ";".join(f"{lon:g} {lat:g}" for lon, lat in parse_area(text))


def in_area(events: pd.DataFrame, area: str) -> pd.Series:
    """Rows known to a province or finer that lie in the area of a `Filters`."""
    corners = shapely.Polygon(parse_area(area))
    lat, lon = events["lat"].to_numpy("float64"), events["lon"].to_numpy("float64")
    shapely.prepare(corners)
    inside = np.zeros(len(events), dtype=bool)
    for turn in (-360, 0, 360):  # an area drawn over the antimeridian reaches beyond 180 degrees
        inside |= shapely.intersects_xy(corners, lon + turn, lat)
    return pd.Series(inside, index=events.index) & events["precision"].isin(AREA_KNOWN)
