"""What was read: documents per country and week, so that silence can be told from absence.

Takes DOCUMENTS and which countries each of them names; gives frames.  A document is counted in the week in which it was
published, under every country that it names by a place in it, whether it tells of an event there or not.  Rows of
datasets are no documents that were read: leave them out (`articles`).
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from geodata.frames import Snapshot

__all__ = ["articles", "coverage", "read_per_week"]


def articles(snapshot: Snapshot) -> pd.DataFrame:
    """DOCUMENTS without the rows of datasets."""
    rows = snapshot.claims.loc[snapshot.claims["rule"].str.startswith("dataset:"), "doc_id"]
    return snapshot.documents[~snapshot.documents["doc_id"].isin(set(rows))]


def _weeks(days: pd.Series) -> pd.Series:
    """The Monday of each day's week."""
    return days.dt.to_period("W-SUN").dt.start_time.astype("datetime64[s]")


def coverage(documents: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """Documents per country and week.

    Parameters
    ----------
    documents : DOCUMENTS; those without a date are left out
    named : doc_id, iso3; as `store_coverage.document_countries` gives it

    Returns
    -------
    iso3 (str), week (datetime64[s], its Monday), documents (int64), by country and week; weeks without any are no rows.
    """
    dated = documents.loc[documents["published"].notna(), ["doc_id", "published"]]
    both = dated.merge(named.drop_duplicates(), on="doc_id")
    counted = both.assign(week=_weeks(both["published"])).groupby(["iso3", "week"]).size()
    return counted.rename("documents").reset_index().astype({"iso3": "str", "documents": "int64"})


def read_per_week(documents: pd.DataFrame, named: pd.DataFrame, countries: Collection[str] = ()) -> pd.DataFrame:
    """Documents per week that name one of the countries (each counted once), or all documents without `countries`.

    Returns
    -------
    week (datetime64[s], its Monday), documents (int64), by week; weeks without any are no rows.
    """
    dated = documents[documents["published"].notna()]
    if countries:
        dated = dated[dated["doc_id"].isin(set(named.loc[named["iso3"].isin(set(countries)), "doc_id"]))]
    counted = _weeks(dated["published"]).value_counts().sort_index()
    return pd.DataFrame({"week": counted.index, "documents": counted.to_numpy(dtype="int64")}).astype(
        {"week": "datetime64[s]"}
    )
