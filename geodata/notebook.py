"""A store as (Geo)DataFrames, for notebooks: events, stops, legs, claims, documents, filtered as everywhere else.

Takes the store's address and filters by their names on the command line; gives new frames with the columns of
geodata/schema.py (see the README).  Reads the store once; `refresh` reads it again.  Writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, points_from_xy

from geodata import lines
from geodata.coverage import articles, coverage
from geodata.errors import FilterError, GeodataError
from geodata.filters import KEYS, Filters
from geodata.frames import Snapshot, load_snapshot
from geodata.store import Store
from geodata.store_coverage import document_countries

__all__ = ["OpenStore", "read_articles"]

#: What is known to the town or better: only this is a point.
_POINTS = ("site", "city")


def _filters(given: dict[str, Any]) -> Filters:
    """Filters by their names in Python: from_ and to (or date_from, date_to), country, min_precision, with_undated …

    Raises
    ------
    FilterError : there is no such filter, or a value does not exist.
    """
    keys = {key.replace("-", "_"): key for key in KEYS.values()} | dict(KEYS.items())
    query = {}
    for name, value in given.items():
        key = keys.get(name.removesuffix("_"))
        if key is None:
            known = ", ".join(sorted({"from_" if k == "from" else k.replace("-", "_") for k in KEYS.values()}))
            raise FilterError(f"there is no filter {name!r}: it is one of {known}")
        if value is not None and value is not False:
            query[key] = [str(v) for v in value] if isinstance(value, list | tuple | set) else _said(value)
    return Filters.from_query(query)


def _said(value: Any) -> str:
    if value is True:
        return "1"
    return str(value.date()) if isinstance(value, pd.Timestamp) else str(value)


def _points(frame: pd.DataFrame, fine: pd.Series | None = None) -> GeoDataFrame:
    """The frame with a point where there are coordinates (and `fine`), else null."""
    known = frame["lat"].notna() & frame["lon"].notna() & (True if fine is None else fine)
    points = np.where(known, points_from_xy(frame["lon"], frame["lat"]), None)
    return GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def read_articles(paths: Sequence[Path], into: str | Path | None) -> OpenStore:
    """See `geodata.read`."""
    from extract.reading import read_paths  # the gazetteer and the reader are not needed to open a store
    from geodata.chain import Chain
    from geodata.ingest import ingest

    with Store(into) as store:
        report = ingest(store, read_paths(paths), Chain())
    if not report.read:
        raise GeodataError("; ".join(report.lines()[1:]) or "no articles were given")
    return OpenStore(into)


class OpenStore:
    """A store, read; its methods give new frames, each taking the same filters.

    from_, to (days, months or years: "2024-03"), country, nationality, kind, subkind, group, source, certainty (one or
    a list), min_precision, min_sources, text, with_undated, with_unplaced: as on the command line, where each is
    explained.

    Raises
    ------
    StoreError : the store cannot be read.   FilterError : there is no such filter, or a value does not exist.
    """

    def __init__(self, url: str | Path | None = None) -> None:
        self.url = url
        self.snapshot: Snapshot = self._read()

    def __repr__(self) -> str:
        """What it holds."""
        sizes = [(len(self.snapshot.events), "event"), (len(self.snapshot.documents), "document")]
        said = " of ".join(f"{n} {word}{'s' if n != 1 else ''}" for n, word in sizes)
        return f"<store: {said}, version {self.snapshot.version}>"

    def _read(self) -> Snapshot:
        with Store(self.url, create=False) as store:
            return load_snapshot(store)

    def refresh(self) -> OpenStore:
        """Read the store again."""
        self.snapshot = self._read()
        return self

    def _kept(self, given: dict[str, Any]) -> pd.DataFrame:
        return _filters(given).apply(self.snapshot.events)[0].reset_index(drop=True)

    def events(self, *, areas: bool = False, **filters: Any) -> GeoDataFrame:
        """Events.

        Parameters
        ----------
        areas : give what is known to a province or country the shape of it

        Returns
        -------
        GeoDataFrame, EPSG:4326, one row per event by date (undated last): EVENTS, publishers, search, geometry.
        geometry is a point only where the place is known to the town or better; else null (or with `areas` the shape),
        so that no centre of a country looks like a town.  lat and lon are there in any case.
        """
        kept = self._kept(filters)
        out = _points(kept, kept["precision"].isin(_POINTS))
        return _with_areas(out) if areas else out

    def stops(self, **filters: Any) -> GeoDataFrame:
        """Places of routes, in order of travel: GeoDataFrame, EPSG:4326, STOPS and a point (null without degrees)."""
        return _points(self._of(self.snapshot.stops, filters))

    def legs(self, **filters: Any) -> GeoDataFrame:
        """Stated ways from one stop to the next, along great circles.

        Returns
        -------
        GeoDataFrame, EPSG:4326, LineStrings (two pieces where one crosses the antimeridian): event_id, seq, from_ and
        to_ place, role, iso3, lat, lon, precision, inferred, length_km; and of the event title, subkind, date_start,
        date_end, people_best.
        """
        kept = self._kept(filters)
        out = lines.legs(self.snapshot.stops[self.snapshot.stops["event_id"].isin(set(kept["event_id"]))])
        about = kept[["event_id", "title", "subkind", "date_start", "date_end", "people_best"]]
        return GeoDataFrame(out.merge(about, on="event_id", how="left"), geometry="geometry", crs="EPSG:4326")

    def claims(self, **filters: Any) -> pd.DataFrame:
        """What each document says of the events: CLAIMS."""
        return self._of(self.snapshot.claims, filters)

    def documents(self, **filters: Any) -> pd.DataFrame:
        """The documents that tell of the events; without filters all, also those that tell of none: DOCUMENTS."""
        if not filters:
            return self.snapshot.documents.copy()
        told = set(self.claims(**filters)["doc_id"])
        return self.snapshot.documents[self.snapshot.documents["doc_id"].isin(told)].reset_index(drop=True)

    def coverage(self) -> pd.DataFrame:
        """Documents read per country and week: iso3, week (its Monday), documents (see `geodata.coverage`)."""
        with Store(self.url, create=False) as store:
            return coverage(articles(self.snapshot), document_countries(store))

    def datasets(self) -> pd.DataFrame:
        """Other people's datasets that were imported: DATASETS."""
        return self.snapshot.datasets.copy()

    def _of(self, frame: pd.DataFrame, given: dict[str, Any]) -> pd.DataFrame:
        return frame[frame["event_id"].isin(set(self._kept(given)["event_id"]))].reset_index(drop=True)


def _with_areas(events: GeoDataFrame) -> GeoDataFrame:
    from geodata.shapes import admin1, countries

    shapes = admin1().set_index("admin1_id").geometry.to_dict()
    lands = countries().set_index("iso3").geometry.to_dict()
    where = [
        point
        if point is not None and not shapely.is_empty(point)
        else shapes.get(area)
        if precision == "admin1"
        else lands.get(iso3)
        if precision == "country"
        else None
        for point, precision, area, iso3 in zip(
            events.geometry, events["precision"], events["admin1_id"], events["iso3"], strict=True
        )
    ]
    return GeoDataFrame(events.drop(columns="geometry"), geometry=where, crs="EPSG:4326")
