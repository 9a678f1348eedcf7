"""Numbers of what a set of filters leaves: every figure of the screens as one small query, whatever the size.

`Selection` is made by `store_columns.Columns.select`.  Gives plain dicts and small frames; nothing here touches the
frame of events but `rows`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import product
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd

from geodata.totals import KEYS, Total

if TYPE_CHECKING:
    from geodata.store_columns import Columns

__all__ = ["Selection", "Tally", "day_number"]


class Tally(NamedTuple):
    """How many events there are, are kept, are kept without place, without date; and why the others fell out."""

    total: int
    shown: int
    unplaced: int
    undated: int
    reasons: dict[str, int]


class Selection:
    """The rows that fail none of the conditions; counts are worked out when they are asked for."""

    def __init__(self, columns: Columns, fails: Mapping[str, str], hits: Mapping[str, np.ndarray]) -> None:
        self._columns, self._hits = columns, dict(hits)
        self._fails = dict(fails)
        self._lock = Lock()  # a selection may be shared by several readers
        self._cursor: duckdb.DuckDBPyConnection = columns.cursor()
        for what, rows in hits.items():
            self._cursor.register(f"hits_{what}", pd.DataFrame({"i": rows}))

    def only(self, rows: np.ndarray) -> Selection:
        """The same conditions, and only these positions (int32)."""
        return Selection(
            self._columns, {**self._fails, "only": "i NOT IN (FROM hits_only)"}, {**self._hits, "only": rows}
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """The filters that are on, as reasons."""
        return tuple(self._fails)

    def _where(self, without: tuple[str, ...] = ()) -> str:
        parts = [f"NOT ({sql})" for reason, sql in self._fails.items() if reason not in without]
        return " AND ".join(parts) or "true"

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._cursor.execute(sql).fetchall()

    def _frame(self, sql: str) -> pd.DataFrame:
        with self._lock:
            return self._cursor.execute(sql).df()

    def tally(self) -> Tally:
        """Counts of the counter line; each event that fell out counts under its first reason."""
        cases = "".join(f" WHEN {sql} THEN {n}" for n, sql in enumerate(self._fails.values()))
        why = f"CASE{cases} ELSE -1 END" if cases else "-1"
        undated = "count_if(d0 IS NULL AND d1 IS NULL)"
        rows = self._ask(f"SELECT {why} AS why, count(*), count_if(lat IS NULL), {undated} FROM ev GROUP BY 1")
        names, kept = list(self._fails), next((r for r in rows if r[0] == -1), (-1, 0, 0, 0))
        counted = {int(r[0]): int(r[1]) for r in rows}
        reasons = {name: counted[n] for n, name in enumerate(names) if n in counted}
        return Tally(sum(counted.values()), int(kept[1]), int(kept[2]), int(kept[3]), reasons)

    def rows(self, limit: int | None = None, where: str = "true", *, newest: bool = False) -> np.ndarray:
        """Positions of the kept rows in the frame of events, in its order, or the newest first and undated last."""
        order = "d0 DESC NULLS LAST, i" if newest else "i"
        end = f" LIMIT {int(limit)}" if limit is not None else ""
        with self._lock:
            got = self._cursor.execute(
                f"SELECT i FROM ev WHERE ({where}) AND {self._where()} ORDER BY {order}{end}"
            ).fetchnumpy()
        return np.asarray(got["i"], dtype="int64")

    def values(self, column: str, *, without: tuple[str, ...] = ()) -> dict[str, int]:
        """Number of kept events per part of a '|'-joined column.

        Parameters
        ----------
        column : one of store_columns.CODED. without : reasons to disregard, to tell what another choice would leave
        """
        words = self._columns.words[column]
        counts: dict[str, int] = {}
        for code, n in self._ask(
            f"SELECT {column}, count(*) FROM ev WHERE {column} IS NOT NULL AND {self._where(without)} GROUP BY 1"
        ):
            for part in set(words[code].split("|")) - {""}:
                counts[part] = counts.get(part, 0) + int(n)
        return counts

    def at_least(self, column: str, *, without: tuple[str, ...]) -> dict[int, int]:
        """Number of kept events per value of a column of numbers (n_sources, rank)."""
        rows = self._ask(
            f"SELECT {column}, count(*) FROM ev WHERE {column} IS NOT NULL AND {self._where(without)} GROUP BY 1"
        )
        return {int(value): int(n) for value, n in rows}

    def count(self, *, without: tuple[str, ...] = (), where: str = "true") -> int:
        """Number of kept events, or of those that would be kept without some of the conditions."""
        return int(self._ask(f"SELECT count(*) FROM ev WHERE ({where}) AND {self._where(without)}")[0][0])

    def _whole(self) -> str:
        """SQL: not a part of another kept event, so that nothing is added twice."""
        return f"(whole IS NULL OR whole NOT IN (SELECT i FROM ev WHERE has_parts AND {self._where()}))"

    def totals(self, keys: tuple[str, ...] = KEYS, *, longer: bool | None = None) -> list[Total]:
        """One total per key that any kept event states, as `totals.totals` adds them up.

        Parameters
        ----------
        longer : True = only totals over a longer time (`totals.over_period`), False = only the others, None = all
        """
        each = "sum({0}_low), sum({0}_high), count_if({0}_open), count({0}_high)"
        parts = ", ".join(["count(*)", *(each.format(k) for k in keys)])
        which = "true" if longer is None else "longer" if longer else "NOT longer"
        row = [
            int(v or 0)
            for v in self._ask(f"SELECT {parts} FROM ev WHERE {self._whole()} AND {which} AND {self._where()}")[0]
        ]
        found = [(key, row[1 + 4 * n : 5 + 4 * n]) for n, key in enumerate(keys)]
        return [Total(k, low, high, bool(ends), n, row[0]) for k, (low, high, ends, n) in found if n]

    def sums_by(self, column: str, key: str) -> dict[str, int]:
        """Best figures added up per value of a column (iso3, admin1_id); absent where none is stated."""
        rows = self._ask(
            f"SELECT {column}, sum({key}_best) FROM ev WHERE {column} IS NOT NULL AND {key}_best IS NOT NULL"
            f" AND {self._whole()} AND {self._where()} GROUP BY 1"
        )
        return {self._columns.words[column][code]: int(total) for code, total in rows}

    def intervals(self) -> pd.DataFrame:
        """Different intervals of dates: date_start, date_end (null where open), date_precision, kind, n (events)."""
        got = self._frame(f"SELECT span, count(*) AS n FROM ev WHERE {self._where()} GROUP BY 1")
        named = self._columns.spans.iloc[got["span"].to_numpy("int64")].reset_index(drop=True)
        return named.assign(n=got["n"].to_numpy("int64")).sort_values(
            ["date_start", "date_end", "kind"], kind="stable", ignore_index=True
        )

    def months(self) -> pd.DataFrame:
        """countries ('|'-joined), d0, d1 (days since 1970), n: the ground of a matrix of countries and months."""
        got = self._frame(
            "SELECT countries, d0, d1, count(*) AS n FROM ev WHERE d0 IS NOT NULL AND d1 IS NOT NULL"
            f" AND {self._where()} GROUP BY 1, 2, 3"
        )
        words = self._columns.words["countries"]
        return got.assign(countries=[words[int(c)] for c in got["countries"]])

    def cells(self) -> pd.DataFrame:
        """Pins by cell of the map's square world (`store_columns.CELL_BITS`), every cell however small.

        Returns
        -------
        New frame: x, y (cell), kind, n, lat, lon (means), i (position of one event)
        """
        kinds = self._columns.words["kind"]
        got = self._frame(
            f"SELECT cell * {len(kinds) or 1} + kind AS k, count(*) AS n, avg(lat) AS lat, avg(lon) AS lon, min(i) AS i"
            f" FROM ev WHERE cell IS NOT NULL AND NOT line AND {self._where()} GROUP BY 1 ORDER BY 1"
        )
        key = got["k"].to_numpy("int64")
        xy = self._columns.cell_keys[key // (len(kinds) or 1)].reshape(-1, 2)
        kind = pd.Series([kinds[k] for k in key % (len(kinds) or 1)], dtype="str")
        return pd.DataFrame({"x": xy[:, 0], "y": xy[:, 1], "kind": kind}).join(got[["n", "lat", "lon", "i"]])

    def rows_with(
        self, column: str, value: str, first: dt.date | None = None, last: dt.date | None = None
    ) -> np.ndarray:
        """Positions of the rows whose '|'-joined cell holds a value, and whose dates lie between two days if given."""
        where = self._columns.holds(column, (value,))
        if first and last:
            where += f" AND d0 >= {day_number(first)} AND d1 <= {day_number(last)}"
        return self.rows(where=where)

    def pairs(self, one: str, other: str) -> dict[tuple[str, str], int]:
        """Number of kept events per pair of values of two '|'-joined columns."""
        out: dict[tuple[str, str], int] = {}
        words, others = self._columns.words[one], self._columns.words[other]
        for a, b, n in self._ask(
            f"SELECT {one}, {other}, count(*) FROM ev WHERE {one} IS NOT NULL AND {other} IS NOT NULL"
            f" AND {self._where()} GROUP BY 1, 2"
        ):
            for pair in product(set(words[a].split("|")) - {""}, set(others[b].split("|")) - {""}):
                out[pair] = out.get(pair, 0) + int(n)
        return out

    def in_cell(self, x: int, y: int) -> np.ndarray:
        """Positions of the pins of one cell."""
        at = np.flatnonzero((self._columns.cell_keys == (x, y)).all(axis=1))
        return self.rows(where=f"cell = {int(at[0])} AND NOT line") if len(at) else np.zeros(0, dtype="int64")

    def areas(self) -> pd.DataFrame:
        """Events known only to an area: precision, place, iso3, kind, n, i (position of the first)."""
        got = self._frame(
            f"SELECT area, kind, count(*) AS n, min(i) AS i FROM ev WHERE area IS NOT NULL AND NOT line"
            f" AND {self._where()} GROUP BY 1, 2"
        )
        keys = [self._columns.area_keys[int(a)] for a in got["area"]]
        named = pd.DataFrame(keys, columns=["precision", "place", "iso3"], dtype="str")
        kinds = pd.Series([self._columns.words["kind"][int(k)] for k in got["kind"]], dtype="str", name="kind")
        return pd.concat([named, kinds, got[["n", "i"]].astype("int64")], axis=1).sort_values(
            ["precision", "place", "iso3", "kind"], kind="stable", ignore_index=True
        )


def day_number(day: dt.date) -> int:
    """Days since 1970."""
    return int(np.datetime64(day, "D").astype("int64"))


def _dates(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days, unit="D", errors="coerce").astype("datetime64[s]")
