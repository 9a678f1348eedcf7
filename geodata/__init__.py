"""Placed rows: gazetteer, geocoder, shapes, merging, the store; and the store as frames for a notebook.

    import geodata

    store = geodata.open("data/dateline.sqlite")
    events = store.events(from_="2024-01-01", country=["TUR"])     # a GeoDataFrame in EPSG:4326

Importing the package loads nothing else; see docs/notebook.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.notebook import OpenStore

__all__ = ["open", "read"]


def open(url: str | Path | None = None) -> OpenStore:  # named as what it does: `geodata.open`
    """A store for reading, as frames.

    Parameters
    ----------
    url : a path or a database URL (default: environment variable DATELINE_STORE, else data/dateline.sqlite)

    Raises
    ------
    geodata.errors.StoreError : it is missing, damaged, or written by a newer version.
    """
    from geodata.notebook import OpenStore

    return OpenStore(url)


def read(*paths: str | Path, into: str | Path | None = None) -> OpenStore:
    """Read articles (files or folders) into a store, and open it.

    Parameters
    ----------
    into : as `url` of `open`; made where it is missing

    Raises
    ------
    geodata.errors.GeodataError : no article could be read (the reasons are named), or the store cannot be used.
    """
    from geodata.notebook import read_articles

    return read_articles([Path(p) for p in paths], into)
