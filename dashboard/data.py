"""From the store to frames the screens use, with a designed message for every way in which a store can be unusable.

Takes the store's address (environment variable DATELINE_STORE, else data/dateline.sqlite); gives a Snapshot, texts of
documents, country names.  Caching is done by the caller (`dashboard.widgets`).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.errors import StoreUnusable
from geodata.errors import GeodataError
from geodata.frames import Snapshot, load_snapshot
from geodata.last_reading import LastReading, last_reading
from geodata.store import Store
from geodata.store_coverage import document_countries as countries_of_documents
from geodata.store_notes import known_as

__all__ = [
    "document_mentions",
    "document_text",
    "known_ids",
    "last_report",
    "opened",
    "province_shape",
    "read_snapshot",
    "store_path",
    "store_stamp",
]

DEFAULT_STORE = "data/dateline.sqlite"
INGEST = "python -m geodata ingest FOLDER"


def store_path() -> str:
    """The store that this app shows."""
    return os.environ.get("DATELINE_STORE") or DEFAULT_STORE


def _file(path: str) -> Path | None:
    return None if "://" in path else Path(path)


def store_stamp(path: str) -> tuple[int, int]:
    """Changes whenever the store's files change: newest modification (ns) and total size; (0, 0) without a file."""
    file = _file(path)
    parts = [p for p in (file, Path(f"{file}-wal")) if p is not None and p.exists()]
    return max((p.stat().st_mtime_ns for p in parts), default=0), sum(p.stat().st_size for p in parts)


def read_snapshot(path: str) -> Snapshot:
    """All frames of a store.

    Raises
    ------
    StoreUnusable : missing, damaged or of another version; with a title and advice for a person.
    """
    file = _file(path)
    if file is not None and not file.exists():
        raise StoreUnusable(
            "There is no store yet.",
            f"Drop articles on the screen “Add articles”, or read a folder with `{INGEST}`. "
            f"Looked for {file.name} in {file.parent.name or 'this folder'}.",
        )
    try:
        with Store(path, create=False) as store:
            return load_snapshot(store)
    except GeodataError as err:
        raise StoreUnusable(
            "The store cannot be read.",
            f"{str(err)[:1].upper()}{str(err)[1:]}. Nothing was changed. "
            f"Restore a copy, or move the file away and read the articles again with `{INGEST}`.",
        ) from err


def document_countries(path: str) -> pd.DataFrame:
    """doc_id and iso3 of the countries that each document names; no rows where the store cannot be asked."""
    try:
        with Store(path, create=False) as store:
            return countries_of_documents(store)
    except GeodataError:
        return pd.DataFrame({"doc_id": [], "iso3": []}, dtype="str")


def document_text(path: str, doc_id: str) -> str | None:
    """The text of one document as it was read, None where the store does not hold it."""
    with Store(path, create=False) as store:
        return store.document_text(doc_id)


def document_mentions(path: str, doc_id: str) -> list[dict[str, Any]]:
    """The place names found in a document, in reading order, as the store keeps them."""
    with Store(path, create=False) as store:
        return store.mentions_of(doc_id)


def opened(path: str) -> Store:
    """The store itself, to be closed by the caller."""
    return Store(path, create=False)


def known_ids(path: str, ids: list[str]) -> set[str]:
    """Which of the documents the store holds already; none where there is no store, or none that can be read."""
    file = _file(path)
    if file is not None and not file.exists():
        return set()
    try:
        with Store(path, create=False) as store:
            return {i for i in ids if known_as(store, i)}
    except GeodataError:
        return set()


def last_report(path: str) -> LastReading | None:
    """The report of the last reading; None where there is no store, or none that can be read."""
    file = _file(path)
    if file is not None and not file.exists():
        return None
    try:
        with Store(path, create=False) as store:
            return last_reading(store)
    except GeodataError:
        return None


@cache
def _provinces() -> pd.DataFrame:
    from geodata.shapes import admin1

    frame: pd.DataFrame = admin1()
    return frame.set_index("admin1_id")


@cache
def province_shape(admin1_id: str) -> dict[str, Any] | None:
    """Outline of a province as GeoJSON (lon, lat), thinned to what a screen shows; None where there is none."""
    from shapely import set_precision
    from shapely.geometry import mapping

    frame = _provinces()
    if admin1_id not in frame.index:
        return None
    geometry = frame.at[admin1_id, "geometry"].simplify(0.02, preserve_topology=True)
    shape: dict[str, Any] = mapping(set_precision(geometry, 0.01))
    return shape
