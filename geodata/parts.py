"""Parts and wholes across documents: 27 arrests in a district in one article, within 226 in the country in another.

Takes rows of events; says which event is part of which.  Within one document the text itself says so (`part_of` of a
claim); across documents only where everything speaks for it: same sort of event, inside the place and the time of the
whole, a smaller figure of the same thing, and the same nationality or group named by both.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from geodata.told import family

__all__ = ["parts_across"]

#: A whole is told of a country or province, over a month at least, with a figure of ten at least.
_COARSE = {"country": 0, "admin1": 1, "city": 2, "site": 3}
_DAYS, _LEAST = 28, 10
_KEYS = ("arrested", "killed")


def parts_across(events: pd.DataFrame) -> dict[str, str]:
    """event_id of a part -> event_id of its whole: the smallest whole that fits.

    events : columns of EVENTS; those with `part_of` are left as they are
    """
    dated = events[
        events["date_start"].notna() & events["date_end"].notna() & events["kind"].isin(("incident", "arrest"))
    ]
    dated = dated[dated["iso3"].notna() & (dated["nationalities"].ne("") | dated["groups"].ne(""))]
    if dated.empty:
        return {}
    first, last = (pd.to_datetime(dated[c], format="ISO8601") for c in ("date_start", "date_end"))
    frame = dated.assign(
        first=first, last=last, level=dated["precision"].map(_COARSE), family=dated["subkind"].map(family)
    )
    out: dict[str, tuple[float, str]] = {}
    long = (last - first).dt.days >= _DAYS - 1
    for key in _KEYS:
        wholes = frame[long & (frame["level"] <= 1) & (frame[f"{key}_best"].astype("float64") >= _LEAST)]
        if wholes.empty:
            continue
        groups = dict(list(frame[frame["part_of"].isna()].groupby(["kind", "family", "iso3"])))
        for whole in wholes.to_dict("records"):
            near = groups.get((whole["kind"], whole["family"], whole["iso3"]))
            for part in _parts(near, whole, key) if near is not None else ():
                out[part] = min(out.get(part, (float("inf"), "")), (float(whole[f"{key}_best"]), whole["event_id"]))
    return {part: whole for part, (_, whole) in out.items()}


def _parts(near: pd.DataFrame, whole: dict[str, Any], key: str) -> list[str]:
    inside = (near["first"] >= whole["first"]) & (near["last"] <= whole["last"]) & (near["level"] > whole["level"])
    inside &= near[f"{key}_best"].astype("float64") < float(whole[f"{key}_best"])
    inside &= near["event_id"] != whole["event_id"]
    if whole["level"] == 1:
        inside &= near["admin1_id"] == whole["admin1_id"]
    return [r["event_id"] for r in near[inside].to_dict("records") if _same_people(r, whole)]


def _same_people(part: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Both name the same nationality or group, and neither names another instead."""
    shared = []
    for column in ("nationalities", "groups"):
        a, b = ({v for v in str(r[column]).split("|") if v} for r in (part, whole))
        if a and b and not a & b:
            return False
        shared.append(bool(a & b))
    return any(shared)
