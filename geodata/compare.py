"""Our events held against another dataset: which of theirs do we have, which only we, which only they.

Takes two frames with the columns of COMPARED; gives a `Comparison`.  Each event is matched once at most; among all
ways of matching it is the one that fits best as a whole (`scipy.optimize.linear_sum_assignment`, by connected groups).
Depends on the two sets alone, not on their order.  Reads no file and no store (see `compare_sides`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geodata.compare_fit import LIMIT, SLACK_DAYS, Fit, fit, related
from geodata.schema import COUNT_KEYS

__all__ = ["COMPARED", "Comparison", "compare", "summary", "table"]

#: What of EVENTS is compared (`event_id` is the row's own id on the other side).
COMPARED = (
    "event_id", "kind", "subkind", "title", "date_start", "date_end", "place", "lat", "lon", "precision", "place_kind",
    "iso3", "country", "countries", "admin1_id", "text",
    *(f"{k}_{b}" for k in COUNT_KEYS for b in ("low", "best", "high")),
)  # fmt: skip
_MATCHED = ("our_id", "their_id", "cost", "days_apart", "km_apart", "why")


@dataclass(frozen=True, eq=False)
class Comparison:
    """Three groups that add up to both sides.

    matched : our_id, their_id, cost (0 fits best), days_apart, km_apart (null: one is a whole country), why
    only_ours, only_theirs : COMPARED and `why` nothing was matched
    ours, theirs : both sides as they were given
    """

    matched: pd.DataFrame
    only_ours: pd.DataFrame
    only_theirs: pd.DataFrame
    ours: pd.DataFrame
    theirs: pd.DataFrame


def compare(ours: pd.DataFrame, theirs: pd.DataFrame) -> Comparison:
    """Match two sets of events one to one.

    Parameters
    ----------
    ours, theirs : COMPARED, `event_id` unique in each

    Returns
    -------
    Comparison; pairs and rests by date (pairs by ours), undated last.
    """
    ours, theirs = (f.sort_values("event_id").reset_index(drop=True) for f in (ours, theirs))
    a, b = _sides(ours), _sides(theirs)
    pairs = _candidates(a, b)
    chosen = _assigned(pairs, len(a), len(b))
    rows = [
        (ours["event_id"].iat[i], theirs["event_id"].iat[j], f.cost, f.days, f.km, f.why)
        for (i, j), f in sorted(chosen.items(), key=lambda it: (_when(a[it[0][0]]), it[0]))
    ]
    matched = pd.DataFrame(rows, columns=list(_MATCHED)).astype({"km_apart": "float64", "cost": "float64"})
    near = [{i for i, _ in pairs}, {j for _, j in pairs}]
    left = [{i for i, _ in chosen}, {j for _, j in chosen}]
    return Comparison(
        matched, _rest(ours, a, left[0], near[0]), _rest(theirs, b, left[1], near[1]), ours=ours, theirs=theirs
    )


def _sides(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dicts with None for null, and `first`, `last` as day numbers."""
    plain = frame[list(COMPARED)].astype(object)
    rows: list[dict[str, Any]] = plain.where(plain.notna(), None).to_dict("records")
    for row in rows:
        first, last = row["date_start"] or row["date_end"], row["date_end"] or row["date_start"]
        row["first"] = first.toordinal() if first is not None else None
        row["last"] = last.toordinal() if last is not None else None
    return rows


def _candidates(a: list[dict[str, Any]], b: list[dict[str, Any]]) -> dict[tuple[int, int], Fit]:
    """Every pair that fits.  Dates and sorts are narrowed down for all at once, the rest is asked pair by pair."""
    first = np.array([r["first"] if r["first"] is not None else 10**9 for r in b])
    last = np.array([r["last"] if r["last"] is not None else -(10**9) for r in b])
    sorts = sorted({r["subkind"] for r in b})
    sort = np.array([sorts.index(r["subkind"]) for r in b], dtype=int)
    may = {s: np.array([related(s, t) is not None for t in sorts], dtype=bool) for s in {r["subkind"] for r in a}}
    found: dict[tuple[int, int], Fit] = {}
    for i, row in enumerate(a):
        if row["first"] is None or not len(b):
            continue
        near = (first <= row["last"] + SLACK_DAYS) & (last >= row["first"] - SLACK_DAYS) & may[row["subkind"]][sort]
        for j in np.flatnonzero(near):
            if good := fit(row, b[j]):
                found[i, int(j)] = good
    return found


def _assigned(pairs: dict[tuple[int, int], Fit], n: int, m: int) -> dict[tuple[int, int], Fit]:
    """The one-to-one choice with the greatest sum of LIMIT - cost, group by group."""
    if not pairs:
        return {}
    rows, columns = np.array(sorted(pairs)).T
    graph = coo_array((np.ones(len(rows)), (rows, columns + n)), shape=(n + m, n + m))
    _, group = connected_components(graph, directed=False)
    chosen: dict[tuple[int, int], Fit] = {}
    of = group[rows]
    order = np.argsort(of, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(of[order])) + 1):
        left, right = sorted(set(rows[part].tolist())), sorted(set(columns[part].tolist()))
        worth = np.zeros((len(left), len(right)))
        at_row, at_column = {v: k for k, v in enumerate(left)}, {v: k for k, v in enumerate(right)}
        for i, j in zip(rows[part].tolist(), columns[part].tolist(), strict=True):
            worth[at_row[i], at_column[j]] = LIMIT - pairs[i, j].cost
        for x, y in zip(*linear_sum_assignment(worth, maximize=True), strict=True):
            if worth[x, y] > 0:
                chosen[left[x], right[y]] = pairs[left[x], right[y]]
    return chosen


def _rest(frame: pd.DataFrame, sides: list[dict[str, Any]], taken: set[int], near: set[int]) -> pd.DataFrame:
    keep = sorted((i for i in range(len(frame)) if i not in taken), key=lambda i: (_when(sides[i]), i))
    return frame.iloc[keep].assign(why=[_why(sides[i], i in near) for i in keep]).reset_index(drop=True)


def _when(side: dict[str, Any]) -> int:
    """For sorting: the first day, of what has none the end of time."""
    return side["first"] if side["first"] is not None else 10**9


def _why(side: dict[str, Any], near: bool) -> str:
    if side["first"] is None:
        return "without a date: cannot be compared"
    if side["place"] is None and not side["countries"]:
        return "without a place: cannot be compared"
    return "what fits it fits another better" if near else "nothing of its kind near it in place and time"


def summary(result: Comparison, by: str | None = None) -> pd.DataFrame:
    """How much of each side the other has.

    Parameters
    ----------
    by : None for one line, or country, month or kind

    Returns
    -------
    One row per group, index the group ('' where it is not known): ours, ours_matched, ours_share, theirs,
    theirs_matched, theirs_share (0 to 1; null where a side has none).
    """
    parts = {}
    for name, frame, ids in (
        ("ours", result.ours, set(result.matched["our_id"])),
        ("theirs", result.theirs, set(result.matched["their_id"])),
    ):
        key = _key(frame, by)
        hit = frame["event_id"].isin(ids)
        parts[name] = frame.groupby(key).size()
        parts[f"{name}_matched"] = frame[hit].groupby(key[hit]).size()
    out = pd.DataFrame(parts).fillna(0).astype("int64").sort_index()
    if by is None and out.empty:
        out = pd.DataFrame(0, index=["all"], columns=list(parts), dtype="int64")
    for name in ("ours", "theirs"):
        share = out[f"{name}_matched"] / out[name].where(out[name] > 0)
        out.insert(out.columns.get_loc(f"{name}_matched") + 1, f"{name}_share", share.round(4))
    return out


def _key(frame: pd.DataFrame, by: str | None) -> pd.Series:
    if by is None:
        return pd.Series("all", index=frame.index)
    if by == "month":
        return pd.to_datetime(frame["date_start"]).dt.strftime("%Y-%m").fillna("")
    return frame[{"country": "country", "kind": "subkind"}[by]].astype(object).fillna("")


def table(result: Comparison) -> pd.DataFrame:
    """All three groups in one table for a file: matched pairs side by side, then what only one side has.

    Returns
    -------
    group (matched, only ours, only theirs), our_* and their_* (id, title, kind, from, to, place, country, killed),
    days_apart, km_apart, why.
    """
    mine, yours = (_side_table(f, p) for f, p in ((result.ours, "our"), (result.theirs, "their")))
    both = result.matched.drop(columns="cost").merge(mine, on="our_id").merge(yours, on="their_id")
    ours = result.only_ours[["event_id", "why"]].rename(columns={"event_id": "our_id"}).merge(mine, on="our_id")
    theirs = (
        result.only_theirs[["event_id", "why"]].rename(columns={"event_id": "their_id"}).merge(yours, on="their_id")
    )
    parts = [both.assign(group="matched"), ours.assign(group="only ours"), theirs.assign(group="only theirs")]
    columns = ["group", *mine.columns, *yours.columns, "days_apart", "km_apart", "why"]
    return pd.concat([p.reindex(columns=columns).astype(object) for p in parts], ignore_index=True)


def _side_table(frame: pd.DataFrame, prefix: str) -> pd.DataFrame:
    named = {"event_id": "id", "title": "title", "subkind": "kind", "date_start": "from", "date_end": "to"}
    named |= {"place": "place", "country": "country", "killed_best": "killed"}
    out = frame[list(named)].rename(columns={k: f"{prefix}_{v}" for k, v in named.items()})
    for end in ("from", "to"):
        out[f"{prefix}_{end}"] = pd.to_datetime(out[f"{prefix}_{end}"]).dt.strftime("%Y-%m-%d")
    return out
