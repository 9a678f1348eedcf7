"""The country and province shapes: read once per process, never changed.

Gives GeoDataFrames in EPSG:4326 from the files in geodata/data, and the official form of a country's name or code.
Does not join (see `join`) and does not build (see `shapes_build`).
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import shapely
from geopandas import GeoDataFrame, read_parquet

from geodata.errors import ShapesMissing

__all__ = ["admin1", "countries", "country_names", "disputed", "region_members", "screen"]

DATA = Path(__file__).parent / "data"
CRS = "EPSG:4326"


def _file(name: str) -> Path:
    path = DATA / name
    if not path.is_file():
        raise ShapesMissing(
            f"no {name} in geodata/data: rebuild it with `python -m geodata.shapes_build WORLD_MAP_GPKG`"
        )
    return path


def _read(name: str) -> GeoDataFrame:
    return read_parquet(_file(name)).set_crs(CRS, allow_override=True)


@cache
def countries() -> GeoDataFrame:
    """Countries and areas with an ISO 3166-1 code of their own (Natural Earth 10m, public domain).

    Returns
    -------
    One row per code, sorted by it, EPSG:4326, MultiPolygon, cut at the antimeridian.  iso3 (str, unique), name (short
    English), continent (null for areas in dispute), sovereign (ISO3 of the state it belongs to, else its own),
    population (Int64, null where unknown; GeoNames, CC BY 4.0), label_lat, label_lon (degrees, inside the shape).

    Raises
    ------
    ShapesMissing : the file is not there.
    """
    return _read("countries.parquet")


@cache
def admin1() -> GeoDataFrame:
    """First-level areas (Natural Earth 10m); their borders are those of `countries`.

    Returns
    -------
    One row per area, EPSG:4326, MultiPolygon: admin1_id (str, unique: "TJK:sughd"), iso3, name, label_lat, label_lon.
    """
    return _read("admin1.parquet")


@cache
def disputed() -> GeoDataFrame:
    """Borders in dispute as lines: name (whose claim, or what line), left, right (Natural Earth codes)."""
    return _read("disputed.parquet")


@cache
def screen() -> GeoDataFrame:
    """A thinned layer of the countries for drawing: iso3, name, geometry.  Never join against it."""
    raw = json.loads(_file("countries_screen.geojson").read_text(encoding="utf-8"))
    shapes = [
        shapely.MultiPolygon([shapely.Polygon(p[0], p[1:]) for p in f["geometry"]["coordinates"]])
        for f in raw["features"]
    ]
    return GeoDataFrame([f["properties"] for f in raw["features"]], geometry=shapes, crs=CRS)


@cache
def country_names() -> dict[str, str]:
    """ISO3 -> short English name, of every country that has a shape."""
    frame = countries()
    return dict(zip(frame["iso3"], frame["name"], strict=True))


@cache
def region_members() -> dict[str, tuple[str, ...]]:
    """Name of a region -> ISO3 of the countries it covers, from the table of regions."""
    lines = (ln for ln in _file("regions.csv").read_text(encoding="utf-8").splitlines() if not ln.startswith("#"))
    rows = ((row["name"], tuple(c for c in row["countries"].split("|") if c)) for row in csv.DictReader(lines))
    return {name: members for name, members in rows if len(members) > 1}
