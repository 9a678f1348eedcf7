"""Which country and which province each point lies in: one row out per row in.

The written rule:
1. A point inside one shape is in that country (or province).
2. On a border the gazetteer's own `iso3` decides where it is given and among those that meet there; else the first
   code of the alphabet.  The same holds within BORDER_KM of a border, which the simplified shapes may have moved:
   there a gazetteer's `iso3` wins over the shape.
3. Off the coast, a point within COAST_KM of land is in the country of the nearest shore (the shapes' coast is
   simplified: harbours lie outside it); the gazetteer's `iso3` decides where it is that near.  Farther out it is at
   sea: null.
A province is looked for within the country that was found, by the same rule.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geodata import shapes
from geodata.errors import CrsError, SchemaError

__all__ = ["BORDER_KM", "COAST_KM", "join_admin1", "join_countries"]

COAST_KM = 12.0
BORDER_KM = 5.0
_KM_PER_DEGREE = 111.32


def _check(frame: GeoDataFrame, name: str, columns: tuple[str, ...]) -> None:
    if frame.crs is None or frame.crs != "EPSG:4326":
        raise CrsError(f"{name} must be in EPSG:4326, not {frame.crs.to_string() if frame.crs else 'without a CRS'}")
    lacking = [c for c in columns if c not in frame.columns]
    if lacking:
        raise SchemaError(f"{name} lacks the column {', '.join(lacking)}; it has {', '.join(map(str, frame.columns))}")


def _candidates(points: np.ndarray, areas: np.ndarray, reach_km: float) -> pd.DataFrame:
    """Pairs point–area within reach: point, area (positions), km (0 inside), by distance in a plane at the point."""
    some = np.flatnonzero(~(shapely.is_missing(points) | shapely.is_empty(points)))
    lat = np.zeros(len(points))
    lat[some] = shapely.get_y(points[some])
    squeeze = np.clip(np.cos(np.radians(lat)), 0.05, 1.0)
    tree = shapely.STRtree(areas)
    nothing = {"point": np.empty(0, np.int64), "area": np.empty(0, np.int64), "km": np.empty(0)}
    if not len(some) or not len(areas):
        return pd.DataFrame(nothing)
    reach = reach_km / _KM_PER_DEGREE
    x, y = shapely.get_x(points[some]), shapely.get_y(points[some])
    wide = reach / squeeze[some]
    boxes = shapely.box(x - wide, y - reach, x + wide, y + reach)
    which, area = tree.query(boxes, predicate="intersects")
    point = some[which]
    shapely.prepare(areas)
    inside = shapely.intersects(areas[area], points[point])
    km = np.zeros(len(point))
    out = np.flatnonzero(~inside)
    if len(out):
        # Only the part of the shape that can matter is measured, in a plane where a degree is as long east as north.
        part = shapely.intersection(areas[area[out]], boxes[which[out]])
        s = squeeze[point[out]]
        flat = [shapely.transform(g, lambda xy, k=k: xy * (k, 1.0)) for g, k in zip(part, s, strict=True)]
        spot = shapely.points(shapely.get_x(points[point[out]]) * s, shapely.get_y(points[point[out]]))
        km[out] = shapely.distance(np.asarray(flat), spot) * _KM_PER_DEGREE
    found = pd.DataFrame({"point": point, "area": area, "km": km})
    return found[found["km"] <= reach_km]


def _choose(found: pd.DataFrame, codes: np.ndarray, hint: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Row of the area for each of `n` points (-1 at sea) and the distance to it, by the rule on top."""
    found = found.assign(code=codes[found["area"]], hinted=hint[found["point"]] == codes[found["area"]])
    land = found.groupby("point")["km"].transform("min") == 0
    allowed = (found["km"] == 0) | (found["hinted"] & (found["km"] <= BORDER_KM)) | ~land
    ranked = found[allowed].sort_values(
        ["point", "hinted", "km", "code", "area"], ascending=[True, False, True, True, True], kind="stable"
    )
    first = ranked.drop_duplicates("point")
    row, km = np.full(n, -1), np.full(n, np.nan)
    row[first["point"]], km[first["point"]] = first["area"], first["km"]
    return row, km


def _take(values: pd.Series, row: np.ndarray, index: pd.Index) -> pd.Series:
    taken = values.astype("str").reindex(row) if len(values) else pd.Series([None] * len(row), dtype="str")
    return pd.Series(taken.array, index=index, dtype="str")


def _hints(points: GeoDataFrame) -> np.ndarray:
    return (
        np.asarray(points["iso3"].astype(object).where(points["iso3"].notna(), ""))
        if "iso3" in points.columns
        else np.full(len(points), "", dtype=object)
    )


def join_countries(points: GeoDataFrame, countries: GeoDataFrame | None = None) -> GeoDataFrame:
    """Add the country each point lies in (the rule is in this module's docstring).

    Parameters
    ----------
    points : points, EPSG:4326; `iso3`, where the column is there, is the gazetteer's country and settles borders
    countries : as `shapes.countries()` (the default), `iso3` unique

    Returns
    -------
    New frame, one row per row of `points`, same index and order, EPSG:4326, with iso3 (str, null at sea and without
    point), country (str, its short name) and coast_km (float, km to that country's land, 0 on it, null at sea).

    Raises
    ------
    CrsError : either CRS is not EPSG:4326.   SchemaError : a column is missing.
    """
    area = shapes.countries() if countries is None else countries
    _check(points, "points", ())
    _check(area, "countries", ("iso3", "name"))
    area = area.reset_index(drop=True)
    found = _candidates(np.asarray(points.geometry.array), np.asarray(area.geometry.array), COAST_KM)
    row, km = _choose(found, np.asarray(area["iso3"].astype(object)), _hints(points), len(points))
    return points.assign(
        iso3=_take(area["iso3"], row, points.index),
        country=_take(area["name"], row, points.index),
        coast_km=pd.Series(km, index=points.index).round(3),
    )


def join_admin1(points: GeoDataFrame, areas: GeoDataFrame | None = None) -> GeoDataFrame:
    """Add the first-level area each point lies in, within its country where `iso3` is given.

    Parameters
    ----------
    points : points, EPSG:4326, best after `join_countries` (then a province never lies in another country)
    areas : as `shapes.admin1()` (the default), `admin1_id` unique

    Returns
    -------
    New frame, one row per row of `points`, same index and order, with admin1_id and admin1 (str; null at sea, without
    point, or where the country has no area within reach).

    Raises
    ------
    CrsError : either CRS is not EPSG:4326.   SchemaError : a column is missing.
    """
    area = shapes.admin1() if areas is None else areas
    _check(points, "points", ())
    _check(area, "areas", ("admin1_id", "iso3", "name"))
    area = area.reset_index(drop=True)
    codes, hint = np.asarray(area["iso3"].astype(object)), _hints(points)
    found = _candidates(np.asarray(points.geometry.array), np.asarray(area.geometry.array), COAST_KM)
    given = hint[found["point"]]
    found = found[(given == "") | (given == codes[found["area"]])]
    ids = np.asarray(area["admin1_id"].astype(object))
    row, _ = _choose(found, ids, np.full(len(points), "", dtype=object), len(points))
    return points.assign(
        admin1_id=_take(area["admin1_id"], row, points.index), admin1=_take(area["name"], row, points.index)
    )
