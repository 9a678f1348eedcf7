"""GeoJSON, GeoPackage and KML of a view: events, routes and areas with their names, types and documents.

Takes a View and its Stamp; gives bytes, the same for the same view.  Coordinates are (lon, lat), EPSG:4326.  An
event that
is known no more precisely than a province has no point of its own: its area is a feature of its own.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely

from dashboard.charts import KIND_COLOURS
from dashboard.exports.rows import area_frame, event_frame, route_frame, source_rows
from dashboard.exports.stamp import Stamp
from dashboard.marks import event_text
from dashboard.view import View
from dashboard.wording import word

__all__ = ["geojson_bytes", "gpkg_bytes", "kml_bytes"]

_DIGITS = 5
_DAYS = ("date_start", "date_end", "published")


def _cell(value: Any) -> Any:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def _rounded(value: Any) -> Any:
    return [_rounded(v) for v in value] if isinstance(value, (list, tuple)) else round(float(value), _DIGITS)


def _geometry(shape: Any) -> dict[str, Any] | None:
    if shape is None or shape.is_empty:
        return None
    raw = shapely.geometry.mapping(shape)
    return {"type": raw["type"], "coordinates": _rounded(raw["coordinates"])}


def _features(frame: gpd.GeoDataFrame, layer: str) -> list[dict[str, Any]]:
    features = []
    for row in frame.to_dict("records"):
        shape = row.pop("geometry")
        told = {k: _cell(v) for k, v in row.items()}
        features.append({"type": "Feature", "geometry": _geometry(shape), "properties": {"layer": layer} | told})
    return features


def geojson_bytes(view: View, stamp: Stamp) -> bytes:
    """One FeatureCollection; the property `layer` is events, routes or areas; `dateline` beside it is the stamp."""
    features = (
        _features(event_frame(view), "events")
        + _features(route_frame(view), "routes")
        + _features(area_frame(view), "areas")
    )
    whole = {"type": "FeatureCollection", "dateline": dict(stamp.pairs()), "features": features}
    return (json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n").encode("utf-8")


def _typed(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Days as days (not as moments)."""
    days = {c: frame[c].astype(pd.ArrowDtype(pa.date32())) for c in _DAYS if c in frame}
    return frame.assign(**days)


def gpkg_bytes(view: View, stamp: Stamp) -> bytes:
    """Layers events (points), routes (lines), areas (shapes), and tables sources and stamp."""
    about = pd.DataFrame(stamp.pairs(), columns=["about", "value"])
    layers: list[tuple[str, pd.DataFrame, str | None]] = [
        ("events", _typed(event_frame(view)), "Point"),
        ("routes", _typed(route_frame(view)), "MultiLineString"),
        ("areas", _typed(area_frame(view)), "MultiPolygon"),
        ("sources", _typed(source_rows(view)), None),
        ("stamp", about, None),
    ]
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00.000Z"})
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "dateline.gpkg"
            for name, frame, kind in layers:
                _write_layer(path, name, frame, kind)
            return path.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_layer(path: Path, name: str, frame: pd.DataFrame, kind: str | None) -> None:
    options: dict[str, Any] = {"driver": "GPKG", "layer": name, "append": path.exists(), "use_arrow": True}
    if kind:
        options |= {"geometry_type": kind, "promote_to_multi": kind.startswith("Multi")}
    pyogrio.write_dataframe(frame, path, **options)


def _colour(kind: str) -> str:
    """KML's order: alpha, blue, green, red."""
    red, green, blue = (KIND_COLOURS[kind][0][i : i + 2].lower() for i in (1, 3, 5))
    return f"ff{blue}{green}{red}"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = "".join(c for c in text if c >= " " or c in "\n\t")


def _styles(document: ET.Element) -> None:
    for kind in KIND_COLOURS:
        style = ET.SubElement(document, "Style", id=kind)
        _text(ET.SubElement(style, "IconStyle"), "color", _colour(kind))
        line = ET.SubElement(style, "LineStyle")
        _text(line, "color", _colour(kind))
        _text(line, "width", "3")
    area = ET.SubElement(document, "Style", id="area")
    line = ET.SubElement(area, "LineStyle")
    _text(line, "color", "ff66615b")
    fill = ET.SubElement(area, "PolyStyle")
    _text(fill, "color", "3366615b")


def _coordinates(points: Any) -> str:
    return " ".join(f"{x:.{_DIGITS}f},{y:.{_DIGITS}f}" for x, y in points)


def _kml_shape(parent: ET.Element, shape: Any) -> None:
    parts = list(getattr(shape, "geoms", [shape]))
    home = ET.SubElement(parent, "MultiGeometry") if len(parts) > 1 else parent
    for part in parts:
        if part.geom_type == "Polygon":
            polygon = ET.SubElement(home, "Polygon")
            for tag, rings in (("outerBoundaryIs", [part.exterior]), ("innerBoundaryIs", part.interiors)):
                for ring in rings:
                    line = ET.SubElement(ET.SubElement(polygon, tag), "LinearRing")
                    _text(line, "coordinates", _coordinates(ring.coords))
        else:
            drawn = ET.SubElement(home, part.geom_type)
            if part.geom_type == "LineString":
                _text(drawn, "tessellate", "1")
            _text(drawn, "coordinates", _coordinates(part.coords))


def _placemark(folder: ET.Element, name: str, told: str, style: str, row: dict[str, Any], shape: Any) -> None:
    mark = ET.SubElement(folder, "Placemark")
    _text(mark, "name", name)
    _text(mark, "description", told)
    if not pd.isna(row.get("date_start")) and not pd.isna(row.get("date_end")):
        span = ET.SubElement(mark, "TimeSpan")
        _text(span, "begin", str(_cell(row["date_start"])))
        _text(span, "end", str(_cell(row["date_end"])))
    _text(mark, "styleUrl", f"#{style}")
    data = ET.SubElement(mark, "ExtendedData")
    for key, value in row.items():
        if (cell := _cell(value)) is not None and cell != "":
            _text(ET.SubElement(data, "Data", name=key), "value", str(cell))
    if shape is not None and not shape.is_empty:
        _kml_shape(mark, shape)


def kml_bytes(view: View, stamp: Stamp) -> bytes:
    """Folders Incidents, Arrests, Routes and Areas, with time spans and all columns as extended data."""
    ET.register_namespace("", "http://www.opengis.net/kml/2.2")
    root = ET.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = ET.SubElement(root, "Document")
    _text(document, "name", stamp.filters)
    _text(document, "description", stamp.text())
    _styles(document)
    events, routes = event_frame(view), route_frame(view)
    for kind in KIND_COLOURS:
        folder = ET.SubElement(document, "Folder")
        _text(folder, "name", word("kinds", kind))
        for row in events[events["kind"] == kind].to_dict("records"):
            shape = row.pop("geometry")
            _placemark(folder, row["title"], f"{event_text(row)}\n\n{row['text']}", kind, row, shape)
    folder = ET.SubElement(document, "Folder")
    _text(folder, "name", "Legs of routes")
    for row in routes.to_dict("records"):
        shape = row.pop("geometry")
        _placemark(folder, f"{row['from_place']} → {row['to_place']}", row["title"], "route", row, shape)
    folder = ET.SubElement(document, "Folder")
    _text(folder, "name", "Areas: known no more precisely")
    for row in area_frame(view).to_dict("records"):
        shape = row.pop("geometry")
        _placemark(folder, row["place"], f"{row['n_events']} known only to this area", "area", row, shape)
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"
