"""What waits for a reviewer, in the order that matters, each with its reason in words.

Takes EVENTS (of a store, or what the filters keep); gives a frame in reading order.  Knows nothing of who decides what.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.wording import date_text, joined, split, word

__all__ = ["LOW_CONFIDENCE", "QUEUE_COLUMNS", "reasons", "review_queue", "suggestions"]

#: At or below this an event says "read with low confidence".
LOW_CONFIDENCE = 0.5
#: From so many an event says "a large figure": it is what slides and totals show first.
LARGE = {"killed": 20, "injured": 50, "arrested": 50, "people": 1000}
QUEUE_COLUMNS = ["event_id", "title", "when", "why", "weight"]
_KEYS = ("killed", "injured", "arrested", "people")


def reasons(event: Mapping[str, Any]) -> list[tuple[float, str]]:
    """(weight, words) of everything about an event that a person should look at; [] where nothing stands out.

    A conflict between sources weighs most: it is what will be asked about.  Large figures come next, as they stand on
    slides and in totals; doubts about a single small reading come after both.
    """
    out = []
    clash = split(event["conflicts"])
    if clash:
        out.append((9.0 + len(clash), f"sources disagree on {joined([word('conflict', c) for c in clash])}"))
    if any(_stated(event, key) >= least for key, least in LARGE.items()):
        out.append((6.0, "a large figure, likely to be shown"))
    if event["confidence"] <= LOW_CONFIDENCE:
        out.append((2.0, f"read with low confidence ({round(100 * event['confidence'])} %)"))
    if pd.isna(event["lat"]):
        out.append((2.0, "without place"))
    if pd.isna(event["date_start"]) and pd.isna(event["date_end"]):
        out.append((1.5, "without a date"))
    return out


def _stated(event: Mapping[str, Any], key: str) -> float:
    """The highest value of a figure, 0 where it is not stated."""
    known = [float(v) for b in ("low", "high") if not pd.isna(v := event[f"{key}_{b}"])]
    return max(known, default=0.0)


def _weights(events: pd.DataFrame) -> pd.Series:
    """The weights of `reasons`, for all rows at once, and a little more for more people: 1 for ten, at most 3."""
    clash = events["conflicts"].str.count(r"[^|]+").astype("float64")
    weight = (9.0 + clash).where(clash > 0, 0.0)
    highs = {k: events[[f"{k}_low", f"{k}_high"]].astype("float64").max(axis=1) for k in LARGE}
    weight += 6.0 * pd.DataFrame({k: highs[k] >= least for k, least in LARGE.items()}).any(axis=1)
    weight += 2.0 * (events["confidence"] <= LOW_CONFIDENCE) + 2.0 * events["lat"].isna()
    weight += 1.5 * (events["date_start"].isna() & events["date_end"].isna())
    stated = events[[f"{k}_{b}" for k in _KEYS for b in ("low", "high")]].astype("float64").max(axis=1)
    size = np.log10(stated.where(stated >= 1, 1.0).fillna(1.0)).clip(upper=3.0)
    return weight + size.where(weight > 0, 0.1 * size)


def review_queue(events: pd.DataFrame, *, later: Collection[str] = (), words: int | None = None) -> pd.DataFrame:
    """Events nobody has decided on, first those that matter most.

    Parameters
    ----------
    events : EVENTS. later : event ids that the reviewer skipped: they come last
    words : how many rows from the top get their words; None = all

    Returns
    -------
    New frame, columns QUEUE_COLUMNS; `why` in words ('' where nothing stands out), `weight` falls within both parts.
    """
    if "review" in events:
        events = events[events["review"] == ""]
    order = pd.DataFrame({"event_id": events["event_id"], "weight": _weights(events)}, index=events.index)
    order["later"] = order["event_id"].isin(set(later))
    order = order.sort_values(["later", "weight", "event_id"], ascending=[True, False, True], kind="stable")
    top = events.loc[order.index[:words]].to_dict("records")
    frame = pd.DataFrame({"event_id": order["event_id"], "title": events["title"].reindex(order.index)})
    when = [date_text(e["date_start"], e["date_end"], e["date_precision"]) for e in top]
    why = ["; ".join(t for _, t in reasons(e)) for e in top]
    rest = [""] * (len(frame) - len(top))
    return frame.assign(when=when + rest, why=why + rest, weight=order["weight"]).reset_index(drop=True)


def suggestions(events: pd.DataFrame, event_id: str, text: str = "", *, limit: int = 8) -> pd.DataFrame:
    """Events that may be the same as one: of its kind, nearest in time and place first, or those that hold the words.

    Parameters
    ----------
    events : EVENTS. text : words that all stand in title, place or sentence; '' = by nearness alone

    Returns
    -------
    Rows of `events` (not the event itself) with `days` and `km` apart, null where one of both is not known.
    """
    own = events[events["event_id"] == event_id]
    if own.empty:
        return events.iloc[0:0].assign(days=pd.Series(dtype="float64"), km=pd.Series(dtype="float64"))
    me = own.iloc[0]
    rows = events[events["event_id"] != event_id]
    words = text.casefold().split()
    if words:
        said = (rows["title"] + " " + rows["place"].fillna("") + " " + rows["text"]).str.casefold()
        rows = rows[[all(w in s for w in words) for s in said]]
    else:
        rows = rows[rows["kind"] == me["kind"]]
    rows = rows.assign(days=_days_apart(rows, me), km=_km_apart(rows, me))
    if not words:
        same_country = rows["iso3"].fillna("") == (me["iso3"] if isinstance(me["iso3"], str) else "-")
        rows = rows[(rows["days"].isna() | (rows["days"] <= 60)) & ((rows["km"] <= 300) | same_country)]
    far = rows["days"].fillna(45) * 5 + rows["km"].fillna(500)
    return rows.assign(_far=far).sort_values(["_far", "event_id"], kind="stable").drop(columns="_far").head(limit)


def _days_apart(rows: pd.DataFrame, me: pd.Series) -> pd.Series:
    """Days between two intervals, 0 where they overlap."""
    after = (rows["date_start"] - me["date_end"]).dt.days
    before = (me["date_start"] - rows["date_end"]).dt.days
    return pd.concat([after, before], axis=1).max(axis=1, skipna=False).clip(lower=0).astype("float64")


def _km_apart(rows: pd.DataFrame, me: pd.Series) -> pd.Series:
    """Great-circle distance (haversine, mean radius 6371 km) of towns and sites; null where one is known less well."""
    fine = ("site", "city")
    if me["precision"] not in fine:
        return pd.Series(float("nan"), index=rows.index)

    def apart(lat: float, lon: float, precision: str) -> float:
        if precision not in fine:
            return float("nan")
        a, b = math.radians(me["lat"]), math.radians(lat)
        h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon - me["lon"]) / 2) ** 2
        return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))

    return pd.Series(
        [apart(*spot) for spot in zip(rows["lat"], rows["lon"], rows["precision"], strict=True)], index=rows.index
    )
