"""Which values of an event's sources exclude each other: the cells to be marked where sources disagree.

Takes CLAIMS of one event and the event's conflicts; gives per claim its cells (date, place, figures) as words, flagged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.wording import count_text, date_text, word

__all__ = ["excluding", "source_cells"]

KEYS = ("killed", "injured", "arrested", "people")
Span = tuple[float, float]


def excluding(spans: Mapping[str, Span]) -> set[str]:
    """The names whose interval (inclusive) has nothing in common with at least one other's.

    >>> sorted(excluding({"a": (137, 137), "b": (145, 145), "c": (100, 140)}))
    ['a', 'b', 'c']
    >>> excluding({"month": (1, 31), "day": (22, 22)})
    set()
    """
    if not spans:
        return set()
    first_end = min(high for _, high in spans.values())
    last_start = max(low for low, _ in spans.values())
    return {name for name, (low, high) in spans.items() if low > first_end or high < last_start}


def _date_span(row: Mapping[str, Any]) -> Span | None:
    start, end = row["date_start"], row["date_end"]
    return None if pd.isna(start) or pd.isna(end) else (start.timestamp(), end.timestamp())


def _count_span(row: Mapping[str, Any], key: str) -> Span | None:
    low, best, high = (None if pd.isna(v) else int(v) for v in (row[f"{key}_{b}"] for b in ("low", "best", "high")))
    if low is None and best is None and high is None:
        return None
    return float(low or 0), float("inf") if high is None else float(high)


def _odd(rows: list[dict[str, Any]], conflicts: list[str]) -> dict[str, set[str]]:
    """column -> claims whose value excludes another's; places are marked as far as the event says they clash."""
    dates = {r["claim_id"]: s for r in rows if (s := _date_span(r))}
    odd = {"date": excluding(dates)}
    for key in KEYS:
        odd[key] = excluding({r["claim_id"]: s for r in rows if (s := _count_span(r, key))})
    names = {r["place"] for r in rows if isinstance(r["place"], str)}
    clash = "place" in conflicts and len(names) > 1
    odd["place"] = {r["claim_id"] for r in rows if clash and isinstance(r["place"], str)}
    return odd


def source_cells(claims: pd.DataFrame, conflicts: list[str]) -> dict[str, tuple[tuple[str, str, bool], ...]]:
    """claim_id -> (column, words, whether another source excludes it) for date, place and every figure.

    Words are '' where the source states nothing.
    """
    rows: list[dict[str, Any]] = [{str(k): v for k, v in r.items()} for r in claims.to_dict("records")]
    odd = _odd(rows, conflicts)
    out = {}
    for r in rows:
        key = r["claim_id"]
        dated = not (pd.isna(r["date_start"]) and pd.isna(r["date_end"]))
        when = date_text(r["date_start"], r["date_end"], r["date_precision"]) if dated else ""
        cells = [("Date", when, key in odd["date"])]
        cells.append(("Place", r["place"] if isinstance(r["place"], str) else "", key in odd["place"]))
        for k in KEYS:
            figure = count_text(r[f"{k}_low"], r[f"{k}_best"], r[f"{k}_high"])
            cells.append((word("count", k).capitalize(), figure, key in odd[k]))
        out[key] = tuple(cells)
    return out
