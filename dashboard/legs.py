"""Routes: from stops to legs, to lines on the map, to the origin-destination matrix.

Takes EVENTS and STOPS; gives frames and JSON-able dicts.  A leg joins two stops that follow each other in a stated
order; nothing is joined that a source did not state as a route.
"""
from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from dashboard.arcs import great_circle
from dashboard.wording import count_text, date_text, joined, plural, word

__all__ = ["LEG_COLUMNS", "drawn_ids", "leg_lines", "legs_frame", "matrix", "stop_marks"]

LEG_COLUMNS = ["event_id", "from_place", "to_place", "from_lat", "from_lon", "to_lat", "to_lon", "from_precision", "to_precision",
               "from_role", "to_role", "from_iso3", "to_iso3", "inferred"]
#: Coarser than a town: the line starts or ends at a label point, and the stop is drawn with a broken ring.
_COARSE = ("admin1", "country", "region", "water")


def legs_frame(stops: pd.DataFrame, event_ids: Iterable[str]) -> pd.DataFrame:
    """One row per leg between placed stops that follow each other.

    Parameters
    ----------
    stops : STOPS. event_ids : routes to take

    Returns
    -------
    New frame with LEG_COLUMNS; inferred is True where either end is; routes with one placed stop give no row.
    """
    placed = stops[stops["event_id"].isin(set(event_ids)) & stops["lat"].notna() & (stops["role"] != "location")]
    placed = placed.sort_values(["event_id", "seq"], kind="stable").reset_index(drop=True)
    after = placed.groupby("event_id").shift(-1)
    out = pd.DataFrame({"event_id": placed["event_id"]})
    for column in ("place", "lat", "lon", "precision", "role", "iso3"):
        out[f"from_{column}"], out[f"to_{column}"] = placed[column], after[column]
    out["inferred"] = placed["inferred"].astype(bool) | after["inferred"].fillna(False).astype(bool)
    moves = out["to_lat"].notna() & ((out["from_lat"] != out["to_lat"]) | (out["from_lon"] != out["to_lon"]))
    return out.loc[moves, LEG_COLUMNS].reset_index(drop=True)


def drawn_ids(legs: pd.DataFrame) -> set[str]:
    """Routes that are drawn as lines, and therefore not as points as well."""
    return set(legs["event_id"])


def _bundle_text(group: pd.DataFrame, events: pd.DataFrame) -> tuple[str, float]:
    rows = events[events["event_id"].isin(group["event_id"])]
    lines = [f"{group['from_place'].iloc[0]} → {group['to_place'].iloc[0]}"]
    kinds = joined(sorted({word("subkind", s) for s in rows["subkind"]}), 3)
    figures = rows["people_best"].dropna()
    if len(rows) == 1:
        row = rows.iloc[0]
        people = count_text(row["people_low"], row["people_best"], row["people_high"])
        lines.append(f"{kinds} · {date_text(row['date_start'], row['date_end'], row['date_precision'])}")
        lines.append(f"{people} people" if people else "number of people not stated")
    else:
        lines.append(f"{plural(len(rows), 'route')}: {kinds}")
        if len(figures):
            lines.append(f"people stated for {len(figures)} of {len(rows)}")
    if group["inferred"].all():
        lines.append("inferred, not stated as a route: drawn dashed")
    return "\n".join(lines), float(figures.max()) if len(figures) else 0.0


def leg_lines(legs: pd.DataFrame, events: pd.DataFrame) -> list[dict[str, Any]]:
    """Lines to draw: legs of the same two ends in the same direction are one line; opposite ones lie side by side.

    Returns
    -------
    dicts: id ('legs:…'), ids, line (list of parts, each a list of [lat, lon]), heads (pairs of points that give
    place and direction of each arrow head), w (pixels, by the largest stated number of people), shift, dashed, text
    """
    ends = ["from_lat", "from_lon", "to_lat", "to_lon"]
    bundles = {tuple(float(v) for v in key): group for key, group in legs.groupby(ends, sort=True)}
    lines = []
    for (lat1, lon1, lat2, lon2), group in bundles.items():
        parts = great_circle(lat1, lon1, lat2, lon2)
        text, people = _bundle_text(group, events)
        ids = sorted(set(group["event_id"]))
        lines.append({"id": "legs:" + "|".join(ids), "ids": ids, "line": parts, "heads": _heads(parts), "text": text,
                      "w": round(1.8 + (0.7 * math.log10(people) if people > 1 else 0.0), 1),
                      "shift": 4 if (lat2, lon2, lat1, lon1) in bundles else 0, "dashed": bool(group["inferred"].all())})
    return lines


def _heads(parts: list[list[list[float]]]) -> list[list[list[float]]]:
    """An arrow head at two thirds of the longest part; short of the end, so that it does not hide under the stop."""
    longest = max(parts, key=len)
    at = max(1, round((len(longest) - 1) * 0.62))
    return [[longest[at - 1], longest[at]]]


def stop_marks(stops: pd.DataFrame, legs: pd.DataFrame) -> list[dict[str, Any]]:
    """One mark per place and role at which drawn legs begin, pass or end."""
    rows = stops[stops["event_id"].isin(drawn_ids(legs)) & stops["lat"].notna() & (stops["role"] != "location")]
    marks = []
    for (lat, lon, role), group in rows.groupby(["lat", "lon", "role"], sort=True):
        first, ids = group.iloc[0], sorted(set(group["event_id"]))
        coarse = first["precision"] in _COARSE
        note = f"\nknown only to the {word('precision', first['precision'])}" if coarse else ""
        named = {"origin": "Origin", "transit": "Transit", "destination": "Destination"}[str(role)]
        marks.append({"id": "legs:" + "|".join(ids), "lat": round(lat, 3), "lon": round(lon, 3), "role": role, "coarse": coarse,
                      "text": f"{first['place']}\n{named} of {plural(len(ids), 'route')}{note}"})
    order = {"destination": 0, "origin": 1, "transit": 2}
    return sorted(marks, key=lambda m: order[m["role"]])


def matrix(legs: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Routes from country (rows) to country (columns), first origin to last destination of each route.

    Parameters
    ----------
    legs : frame of `legs_frame`. names : ISO3 -> country name; places without a country keep their own name

    Returns
    -------
    Frame of ints indexed by origin, columns destinations, largest totals first; empty where there are no legs.
    """
    if legs.empty:
        return pd.DataFrame()
    first, last = legs.groupby("event_id", sort=False).first(), legs.groupby("event_id", sort=False).last()
    origin = first["from_iso3"].map(names).fillna(first["from_place"])
    target = last["to_iso3"].map(names).fillna(last["to_place"])
    table = pd.crosstab(origin.rename("from"), target.rename("to"))
    rows, columns = table.sum(axis=1).sort_values(ascending=False, kind="stable"), table.sum().sort_values(ascending=False, kind="stable")
    return table.loc[rows.index, columns.index]
