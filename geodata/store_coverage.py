"""Which countries each document names, asked of an open store."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import select

from geodata import tables as t
from geodata.store import Store

__all__ = ["document_countries"]


def document_countries(store: Store) -> pd.DataFrame:
    """doc_id and iso3 (both str) of every country in which a place lies that a document names as a place."""
    c = t.mentions.c
    query = select(c.doc_id, c.iso3).where(c.iso3.is_not(None), c.literal).distinct().order_by(c.doc_id, c.iso3)
    return pd.DataFrame(store.rows(query), columns=["doc_id", "iso3"]).astype("str")
