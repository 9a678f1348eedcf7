"""The stamp on every export: what is shown, what is not, of which data, and how to open the view again.

Takes a View; gives a `Stamp`, its lines for people and its pairs for a file's metadata.  No clock is read: the
cut-off is
the newest date of the documents, so the same query twice gives the same stamp.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

import pandas as pd

from dashboard.view import View
from dashboard.wording import date_text, number_text, plural, word
from geodata.filters import Filters
from geodata.frames import Snapshot
from geodata.schema import FRAMES

__all__ = ["ATTRIBUTION", "METADATA_KEY", "Stamp", "data_hash", "filters_from", "stamp_of"]

ATTRIBUTION = "Shapes: Natural Earth. Place names: GeoNames (CC BY 4.0). Boundaries shown do not imply endorsement."
#: The key under which a file's metadata holds `Stamp.as_json()`.
METADATA_KEY = "Dateline"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an export says of itself; `query` is the address of the view without the host."""

    filters: str
    counts: str
    cut_off: str
    data: str
    query: str
    publishers: str
    attribution: str = ATTRIBUTION

    def lines(self) -> list[str]:
        """Three lines in small type: what is shown, of which data, whose shapes."""
        return [
            f"{self.filters} · {self.counts}",
            f"{self.cut_off} · {self.data} · open again with ?{self.query}"
            if self.query
            else f"{self.cut_off} · {self.data}",
            self.attribution,
        ]

    def text(self) -> str:
        """All of it in one line."""
        return " · ".join(self.lines())

    def pairs(self) -> list[tuple[str, str]]:
        """Label and value, for a sheet or a table."""
        return [
            ("Filters", self.filters),
            ("Events", self.counts),
            ("Data", self.cut_off),
            ("Version of the data", self.data),
            ("Sources", self.publishers.removeprefix("Sources: ")),
            ("Attribution", self.attribution),
            ("Address of the view", f"?{self.query}"),
        ]

    def as_json(self) -> str:
        """The machine's form, for metadata (ASCII, sorted keys)."""
        return json.dumps(
            {"query": self.query, "filters": self.filters, "counts": self.counts, "data": self.data}, sort_keys=True
        )


def filters_from(query: str) -> Filters:
    """The filters of a stamp's address.

    Raises
    ------
    geodata.errors.FilterError : it holds a value that does not exist.
    """
    return Filters.from_query(parse_qs(query.removeprefix("?")))


def data_hash(snapshot: Snapshot) -> str:
    """Ten hex digits that change with any value of the frames."""
    digest = hashlib.sha256()
    for name, columns in FRAMES.items():
        frame: pd.DataFrame = getattr(snapshot, name)
        digest.update(f"{name}:{len(frame)}".encode())
        if len(frame):
            digest.update(pd.util.hash_pandas_object(frame[list(columns)].astype("str"), index=False).to_numpy())
    return digest.hexdigest()[:10]


def _sources(view: View) -> pd.DataFrame:
    told = view.snapshot.claims[view.snapshot.claims["event_id"].isin(set(view.kept["event_id"]))]
    return view.snapshot.documents[view.snapshot.documents["doc_id"].isin(set(told["doc_id"]))]


def _attribution(view: View) -> str:
    """Whose shapes and names, and before them whose datasets, where a row of one is among what is shown."""
    claims, datasets = view.snapshot.claims, view.snapshot.datasets
    shown = claims["event_id"].isin(set(view.kept["event_id"])) & claims["rule"].str.startswith("dataset:")
    used = set(claims.loc[shown, "rule"].str.removeprefix("dataset:"))
    whose = datasets.loc[datasets["dataset"].isin(used), "attribution"]
    return f"Datasets: {'; '.join(whose)}. {ATTRIBUTION}" if len(whose) else ATTRIBUTION


def _publishers(documents: pd.DataFrame) -> str:
    if documents.empty:
        return "Sources: none"
    named = documents["publisher"].dropna().value_counts()
    ranked = sorted(named.items(), key=lambda pair: (-pair[1], str(pair[0])))
    shown, rest = [str(name) for name, _ in ranked[:6]], len(ranked) - 6
    unnamed = int(documents["publisher"].isna().sum())
    parts = shown + ([f"{rest} more"] if rest > 0 else []) + ([f"{unnamed} without a publisher"] if unnamed else [])
    return f"Sources: {plural(len(documents), 'document')} ({', '.join(parts)})"


def stamp_of(view: View, extra: Mapping[str, Any] | None = None) -> Stamp:
    """The stamp of a view.

    Parameters
    ----------
    extra : further keys of the address (shading, size of marks), as `dashboard.state.as_query` names them
    """
    published = view.snapshot.documents["published"].dropna()
    cut_off = f"data up to {date_text(published.max(), published.max(), 'day')}" if len(published) else "data undated"
    c = view.counters
    counts = (
        f"{number_text(c.shown)} shown · {number_text(c.unplaced)} without place · "
        f"{number_text(c.undated)} undated · {number_text(c.hidden)} excluded"
    )
    why = ", ".join(f"{number_text(n)} {reason}" for reason, n in c.reasons.items())
    return Stamp(
        filters=view.filters.describe(),
        counts=counts + (f" ({why})" if why else ""),
        cut_off=cut_off,
        data=f"version {view.base.version}, {data_hash(view.base)}",
        query=urlencode({**view.filters.to_query(), **(extra or {})}, doseq=True),
        publishers=_publishers(_sources(view)),
        attribution=_attribution(view),
    )


def kinds_text(events: pd.DataFrame) -> str:
    """'41 incidents, 43 arrests, 39 routes' of what there is; 'no events' for none."""
    said = [
        plural(int(n), word("kind", kind).lower())
        for kind in ("incident", "arrest", "route")
        if (n := (events["kind"] == kind).sum())
    ]
    return ", ".join(said) or "no events"
