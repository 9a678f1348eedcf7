"""The rows of a data export: events, routes (legs) and areas, each with its documents, offsets and precision.

Takes a View; gives frames (routes and areas with shapes, EPSG:4326).  Writes nothing.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from dashboard.legs import legs_frame
from dashboard.marks import AREA_PRECISIONS, PIN_PRECISIONS
from dashboard.view import View
from geodata import shapes
from geodata.schema import DOCUMENTS, EVENTS

__all__ = ["area_frame", "claim_rows", "event_frame", "event_rows", "route_frame", "safe_text", "source_rows"]

#: A cell that begins with one of these is run as a formula by spreadsheet programs (the wide forms as well).
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CRS = "EPSG:4326"


def safe_text(value: Any) -> Any:
    """A text cell that no spreadsheet takes for a formula: an apostrophe is put before = + - @; others unchanged.

    >>> safe_text("=1+1"), safe_text("Kabul"), safe_text(-3.5)
    ("'=1+1", 'Kabul', -3.5)
    """
    if isinstance(value, str) and value and (value.lstrip().startswith(_FORMULA) or value[0] in "\t\r\n"):
        return "'" + value
    return value


def event_rows(view: View) -> pd.DataFrame:
    """EVENTS columns of the kept events, then documents and quotes ('doc_id:start-end'), each joined by '|'."""
    claims = view.snapshot.claims[view.snapshot.claims["event_id"].isin(set(view.kept["event_id"]))]
    claims = claims.sort_values(["event_id", "doc_id", "start", "end"], kind="stable")
    spans = claims["doc_id"] + ":" + claims["start"].astype("str") + "-" + claims["end"].astype("str")
    by_event = claims["event_id"]
    documents = claims.drop_duplicates(["event_id", "doc_id"]).groupby("event_id")["doc_id"].agg("|".join)
    quotes = spans.groupby(by_event).agg("|".join)
    rows = view.kept[list(EVENTS)].sort_values("event_id", kind="stable").reset_index(drop=True)
    return rows.assign(
        documents=rows["event_id"].map(documents).fillna("").astype("str"),
        quotes=rows["event_id"].map(quotes).fillna("").astype("str"),
    )


def claim_rows(view: View) -> pd.DataFrame:
    """Claims of the kept events, without the machine's payload."""
    claims = view.snapshot.claims[view.snapshot.claims["event_id"].isin(set(view.kept["event_id"]))]
    ordered = claims.sort_values(["event_id", "doc_id", "start", "claim_id"], kind="stable")
    return ordered.drop(columns=["payload"], errors="ignore").reset_index(drop=True)


def source_rows(view: View) -> pd.DataFrame:
    """Documents that tell of the kept events, newest first."""
    ids = set(claim_rows(view)["doc_id"])
    documents = view.snapshot.documents[view.snapshot.documents["doc_id"].isin(ids)]
    return documents.sort_values(["published", "doc_id"], ascending=[False, True])[list(DOCUMENTS)].reset_index(
        drop=True
    )


def event_frame(view: View) -> gpd.GeoDataFrame:
    """`event_rows` with a point for events known to a town or site; no geometry for coarser or unplaced ones."""
    rows = event_rows(view)
    pins = rows["precision"].isin(PIN_PRECISIONS) & rows["lat"].notna() & rows["lon"].notna()
    points = shapely.points(rows["lon"].to_numpy(float, na_value=float("nan")), rows["lat"].to_numpy(float))
    return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(points, crs=_CRS).where(pins), crs=_CRS)


def route_frame(view: View) -> gpd.GeoDataFrame:
    """One line per leg (great circle, cut at the antimeridian) with its route's title, dates, figures and documents."""
    routes = view.kept[view.kept["kind"] == "route"]
    legs = legs_frame(view.snapshot.stops, routes["event_id"])
    told = event_rows(view)
    keep = [
        "event_id",
        "subkind",
        "title",
        "certainty",
        "date_start",
        "date_end",
        "date_precision",
        "people_low",
        "people_best",
        "people_high",
        "nationalities",
        "n_sources",
        "documents",
        "quotes",
    ]
    joined = legs.merge(told[keep], on="event_id", how="left", validate="m:1")
    ordered = joined.sort_values(["event_id", "seq"], kind="stable").reset_index(drop=True)
    return gpd.GeoDataFrame(ordered, geometry="geometry", crs=_CRS)


def _area_shape(row: Any) -> shapely.Geometry | None:
    if row.precision == "admin1":
        frame = shapes.admin1()
        found = (
            frame.loc[frame["admin1_id"] == row.admin1_id, "geometry"]
            if isinstance(row.admin1_id, str)
            else frame.geometry.iloc[:0]
        )
    elif row.precision == "country":
        frame = shapes.screen()
        found = frame.loc[frame["iso3"] == row.iso3, "geometry"]
    else:
        return None
    return found.iloc[0].simplify(0.02) if len(found) else None


def area_frame(view: View) -> gpd.GeoDataFrame:
    """One row per province, country, region or water that kept events are known to no more precisely than.

    Returns
    -------
    place, precision, iso3, country, admin1_id, lat, lon (degrees, of its label), n_events, events (ids joined by '|'),
    documents, geometry (the province or country; none for regions and waters)
    """
    told = event_rows(view)
    rows = told[told["precision"].isin(AREA_PRECISIONS) & told["lat"].notna()]
    key = ["precision", "place", "iso3"]
    areas = (
        rows.groupby(key, sort=True, dropna=False)
        .agg(
            country=("country", "first"),
            admin1_id=("admin1_id", "first"),
            lat=("lat", "first"),
            lon=("lon", "first"),
            n_events=("event_id", "size"),
            events=("event_id", "|".join),
            documents=("documents", lambda cells: "|".join(sorted({d for c in cells for d in c.split("|") if d}))),
        )
        .reset_index()
    )
    geometry = gpd.GeoSeries([_area_shape(row) for row in areas.itertuples()], crs=_CRS)
    return gpd.GeoDataFrame(areas, geometry=geometry, crs=_CRS)
