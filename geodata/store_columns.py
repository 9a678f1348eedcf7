"""The events of a snapshot as columns of small numbers in DuckDB, in memory: filtering a million takes milliseconds.

Takes an EVENTS frame; `select(filters)` gives a `Selection` (store_counts) that counts and adds up.  The rules of the
filters are those of `filter_apply`, written as SQL; a test holds the two against each other.  Changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from threading import Lock
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from extract.schema import PRECISIONS
from geodata.filter_apply import REASONS, searched
from geodata.filter_area import in_area
from geodata.filters import Filters
from geodata.names import fold
from geodata.schema import COUNT_KEYS
from geodata.store_counts import Selection, day_number
from geodata.totals import over_period

__all__ = ["Columns"]

#: Kept as codes; the words stand in `Columns.words`.
CODED = (
    "kind subkind certainty countries nationalities groups publishers admin1_id iso3 precision date_precision".split()
)
#: The world of the map is a square of 2**CELL_BITS Mercator cells a side: 16 pixels each where 8192 pixels are a world.
CELL_BITS = 9
#: Drawn as a pin; everything coarser is an area.
_PINS = ("site", "city")


def _days(values: pd.Series) -> pa.Array:
    days = values.to_numpy("datetime64[D]")
    return pa.array(days.astype("int64").astype("int32"), mask=np.isnat(days))


def _mercator_cells(lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Column and row of each point in a square world of 2**CELL_BITS cells a side; 0 where there is no point."""
    side = 2**CELL_BITS
    y = np.radians(np.clip(np.nan_to_num(lat), -85.0, 85.0))
    cx = (np.nan_to_num(lon) + 180) / 360 * side
    cy = (1 - np.log(np.tan(y) + 1 / np.cos(y)) / np.pi) / 2 * side
    return cx.astype("int64").clip(0, side - 1), cy.astype("int64").clip(0, side - 1)


class Columns:
    """The columns of one snapshot; safe to ask from several threads at once."""

    def __init__(self, events: pd.DataFrame, lines: Collection[str] = ()) -> None:
        """Load the frame.

        Parameters
        ----------
        events : EVENTS, `publishers` where sources are filtered. lines : event_ids that a map draws as lines
        """
        self.events = events
        self.words: dict[str, list[str]] = {}
        self.area_keys: list[tuple[str, str, str]] = []
        self.cell_keys = np.zeros((0, 2), dtype="int64")  # x, y of each cell
        self.spans = pd.DataFrame()  # different intervals of dates, see `_spans`
        self._hits: dict[tuple[str, str], np.ndarray] = {}
        self._lock = Lock()
        self._db = duckdb.connect(":memory:", config={"threads": 2})
        table = pa.table(self._coded() | self._numbers(lines))
        cursor = self.cursor()
        cursor.register("loaded", table)
        cursor.execute("CREATE TABLE ev AS FROM loaded")
        cursor.unregister("loaded")

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of one's own to the same tables."""
        return self._db.cursor()

    def _coded(self) -> dict[str, Any]:
        out = {}
        for name in CODED:
            values = self.events[name] if name in self.events else pd.Series("", index=self.events.index)
            codes, words = pd.factorize(values, use_na_sentinel=True)
            self.words[name] = [str(w) for w in words]
            out[name] = pa.array(codes.astype("int32"), mask=codes < 0)
        rank: dict[str, int] = {p: i for i, p in enumerate(PRECISIONS)}
        ranks = np.array([rank[w] for w in self.words["precision"]] or [0], dtype="int8")
        codes = np.asarray(out["precision"].fill_null(0))
        out["rank"] = pa.array(ranks[codes], mask=np.asarray(out["precision"].is_null()))
        return out

    def _numbers(self, lines: Collection[str]) -> dict[str, Any]:
        e = self.events
        lat, lon = e["lat"].to_numpy("float64"), e["lon"].to_numpy("float64")
        row_of = pd.Series(np.arange(len(e), dtype="int32"), index=e["event_id"].to_numpy())
        whole = e["part_of"].map(row_of[~row_of.index.duplicated()])
        placed, pin = ~np.isnan(lat), e["precision"].isin(_PINS).to_numpy()
        coarse = placed & ~pin & e["precision"].notna().to_numpy()
        return {
            "i": pa.array(np.arange(len(e), dtype="int32")),
            "d0": _days(e["date_start"]),
            "d1": _days(e["date_end"]),
            "lat": pa.array(lat.astype("float32"), mask=~placed),
            "lon": pa.array(lon.astype("float32"), mask=~placed),
            "cell": self._cells(lat, lon, placed & pin),
            "span": self._spans(),
            "area": self._areas(coarse),
            "line": pa.array(e["event_id"].isin(set(lines)).to_numpy() & (e["kind"] == "route").to_numpy()),
            "nowhere": pa.array((e["place"].isna() & (e["countries"] == "")).to_numpy()),
            "part": pa.array(e["part_of"].notna().to_numpy()),
            "whole": pa.array(whole.fillna(-1).to_numpy("int32"), mask=whole.isna().to_numpy()),
            "has_parts": pa.array(e["event_id"].isin(set(e["part_of"].dropna())).to_numpy()),
            "longer": pa.array(over_period(e).to_numpy("bool")),
            "n_sources": pa.array(e["n_sources"].to_numpy("int32")),
            "conflict": pa.array((e["conflicts"] != "").to_numpy()),
            **{name: column for key in COUNT_KEYS for name, column in self._figures(key)},
        }

    def _figures(self, key: str) -> list[tuple[str, pa.Array]]:
        """Per key: low and high as they are added up (null = not stated), best, and whether the high end is open."""
        low, best, high = (self.events[f"{key}_{b}"].astype("Float64") for b in ("low", "best", "high"))
        stated = low.notna() | best.notna() | high.notna()
        lowest = low.fillna(best.where(high.isna())).fillna(0).where(stated)  # "up to 600" may be none
        columns = {"low": lowest, "best": best, "high": high.fillna(best).fillna(low)}
        out = [
            (f"{key}_{b}", pa.array(v.to_numpy("float64", na_value=np.nan), from_pandas=True))
            for b, v in columns.items()
        ]
        return [*out, (f"{key}_open", pa.array((high.isna() & low.notna()).to_numpy("bool")))]

    def _cells(self, lat: np.ndarray, lon: np.ndarray, pin: np.ndarray) -> pa.Array:
        x, y = _mercator_cells(lat[pin], lon[pin])
        codes = np.full(len(self.events), -1, dtype="int32")
        if pin.any():
            found, unique = pd.factorize(x * 2**CELL_BITS + y)
            codes[pin] = found
            self.cell_keys = np.stack([unique // 2**CELL_BITS, unique % 2**CELL_BITS], axis=1)
        return pa.array(codes, mask=codes < 0)

    def _spans(self) -> pa.Array:
        """Codes of the different (date_start, date_end, date_precision, kind), which `self.spans` lists."""
        names = ["date_start", "date_end", "date_precision", "kind"]
        key = np.zeros(len(self.events), dtype="int64")
        for name in names:
            part = pd.factorize(self.events[name], use_na_sentinel=False)[0].astype("int64")
            key = key * (int(part.max(initial=0)) + 1) + part
        codes = pd.factorize(key)[0]
        first = np.unique(codes, return_index=True)[1]
        self.spans = self.events[names].iloc[first].reset_index(drop=True)
        return pa.array(codes.astype("int32"))

    def _areas(self, coarse: np.ndarray) -> pa.Array:
        rows = self.events.loc[coarse, ["precision", "place", "iso3"]].fillna("")
        codes = np.full(len(self.events), -1, dtype="int32")
        if len(rows):
            keys = pd.MultiIndex.from_frame(rows)
            codes[coarse], unique = pd.factorize(keys)
            self.area_keys = [tuple(str(v) for v in key) for key in unique]  # type: ignore[misc]
        return pa.array(codes, mask=codes < 0)

    @cached_property
    def _row_of(self) -> pd.Series:
        return pd.Series(np.arange(len(self.events)), index=pd.Index(self.events["event_id"].to_numpy()))

    def positions(self, ids: Collection[str]) -> list[int]:
        """Positions of events by id; ids that are not there are passed over."""
        at = self._row_of.index.get_indexer_for(list(ids)) if ids else []
        return [int(i) for i in at if i >= 0]

    # ------------------------------------------------------------------ filters

    def holds(self, column: str, wanted: Collection[str]) -> str:
        """SQL: the '|'-joined cell holds one of `wanted`, in any case."""
        asked = {w.casefold() for w in wanted}
        codes = [i for i, cell in enumerate(self.words[column]) if asked & set(cell.casefold().split("|"))]
        return f"coalesce({column} IN ({','.join(map(str, codes))}), false)" if codes else "false"

    def _is(self, column: str, wanted: Collection[str]) -> str:
        codes = [i for i, word in enumerate(self.words[column]) if word in set(wanted)]
        return f"coalesce({column} IN ({','.join(map(str, codes))}), false)" if codes else "false"

    def failures(self, filters: Filters) -> dict[str, str]:
        """Reason -> SQL condition of the rows that fall out for it, in the order of `filter_apply.REASONS`."""
        f, fails = filters, {}
        if f.date_from or f.date_to:
            first = f"coalesce(d1 < {day_number(f.date_from)}, false)" if f.date_from else "false"
            last = f"coalesce(d0 > {day_number(f.date_to)}, false)" if f.date_to else "false"
            fails["undated"] = "false" if f.keep_undated else "d0 IS NULL AND d1 IS NULL"
            fails["date"] = f"{first} OR {last}"
        if (f.country or f.min_precision or f.admin1 or f.area) and not f.keep_unplaced:
            fails["unplaced"] = "nowhere"
        for name, column, test in _TESTS:
            if wanted := getattr(f, name):
                fails[name] = f"NOT {getattr(self, test)(column, wanted)}{_PLACED if name in _OF_PLACES else ''}"
        if f.area:
            fails["area"] = f"NOT {self._in('area', f.area)}{_PLACED}"
        if f.min_precision:
            fails["min_precision"] = f"NOT coalesce(rank <= {PRECISIONS.index(f.min_precision)}, false){_PLACED}"
        least = max(f.min_sources, 2 if f.counting == "corroborated" else 1)
        if least > 1:
            fails["min_sources"] = f"n_sources < {int(least)}"
        if f.no_parts:
            fails["no_parts"] = "part"
        if f.text:
            fails["text"] = f"NOT {self._in('text', f.text)}"
        return {reason: fails[reason] for reason in REASONS if reason in fails}

    def _in(self, what: str, value: str) -> str:
        """SQL: the row is among those found for an area or for words; they are looked for once."""
        find: Callable[[str], np.ndarray] = self._mentioning if what == "text" else self._inside
        with self._lock:
            if (what, value) not in self._hits:
                while len(self._hits) >= 16:
                    del self._hits[next(iter(self._hits))]
                self._hits[what, value] = find(value)
        return f"i IN (FROM hits_{what})"

    def _inside(self, area: str) -> np.ndarray:
        return np.flatnonzero(in_area(self.events, area).to_numpy()).astype("int32")

    @cached_property
    def _hay(self) -> pa.ChunkedArray:
        return pa.chunked_array([pa.array([fold(t) for t in searched(self.events)], type=pa.large_string())])

    def _mentioning(self, text: str) -> np.ndarray:
        found = np.ones(len(self.events), dtype=bool)
        for word in fold(text).split():
            found &= np.asarray(pc.match_substring(self._hay, word))
        return np.flatnonzero(found).astype("int32")

    def select(self, filters: Filters) -> Selection:
        """What the filters leave."""
        fails = self.failures(filters)
        asked = {"text": filters.text, "area": filters.area}
        hits = {what: self._hits[what, value] for what, value in asked.items() if value}
        return Selection(self, fails, hits)


#: Rows without any place fall out as `unplaced` or stay; they do not fall out for being elsewhere.
_PLACED = " AND NOT nowhere"
_OF_PLACES = ("country", "admin1")
#: field of Filters, column, how the two are compared
_TESTS = (
    ("kind", "kind", "_is"),
    ("subkind", "subkind", "_is"),
    ("certainty", "certainty", "_is"),
    ("admin1", "admin1_id", "_is"),
    ("country", "countries", "holds"),
    ("nationality", "nationalities", "holds"),
    ("group", "groups", "holds"),
    ("source", "publishers", "holds"),
)
