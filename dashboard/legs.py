"""Routes: from stops to legs, to lines on the map, to the origin-destination matrix.

Takes EVENTS and STOPS; gives frames and JSON-able dicts.  A leg joins two stops that follow each other in a stated
order; nothing is joined that a source did not state as a route.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from dashboard.arcs import screen_line
from dashboard.wording import count_text, date_text, joined, plural, word
from geodata import lines

__all__ = ["drawn_ids", "leg_lines", "legs_frame", "matrix", "stop_marks"]

#: Coarser than a town: the line starts or ends at a label point, and the stop is drawn with a broken ring.
_COARSE = ("admin1", "country", "region", "water")


def legs_frame(stops: pd.DataFrame, event_ids: Iterable[str]) -> pd.DataFrame:
    """The legs of the routes named, as `geodata.lines.legs` gives them; routes with one placed stop give no row."""
    wanted = stops[stops["event_id"].isin(set(event_ids))]
    return lines.legs(wanted)


def drawn_ids(legs: pd.DataFrame) -> set[str]:
    """Routes that are drawn as lines, and therefore not as points as well."""
    return set(legs["event_id"])


def _bundle_text(group: pd.DataFrame, events: pd.DataFrame) -> tuple[str, float]:
    rows = events[events["event_id"].isin(group["event_id"])]
    said = [f"{group['from_place'].iloc[0]} → {group['to_place'].iloc[0]}"]
    kinds = joined(sorted({word("subkind", s) for s in rows["subkind"]}), 3)
    figures = rows["people_best"].dropna()
    if len(rows) == 1:
        row = rows.iloc[0]
        people = count_text(row["people_low"], row["people_best"], row["people_high"])
        said.append(f"{kinds} · {date_text(row['date_start'], row['date_end'], row['date_precision'])}")
        said.append(f"{people} people" if people else "number of people not stated")
    else:
        said.append(f"{plural(len(rows), 'route')}: {kinds}")
        if len(figures):
            said.append(f"people stated for {len(figures)} of {len(rows)}")
    if group["inferred"].all():
        said.append("inferred, not stated as a route: drawn dashed")
    return "\n".join(said), float(figures.max()) if len(figures) else 0.0


def leg_lines(legs: pd.DataFrame, events: pd.DataFrame) -> list[dict[str, Any]]:
    """Lines to draw: legs of the same two ends in the same direction are one line; opposite ones lie side by side.

    Returns
    -------
    dicts: id ('legs:…'), ids, line (the great circle: list of parts, each a list of [lat, lon]), curve (the same for
    the screen, bowed where it is no great circle, see `arcs`), heads (pairs of points of the curve that give place and
    direction of each arrow head), w (pixels, by the largest stated number of people), shift, dashed, text
    """
    ends = ["from_lat", "from_lon", "to_lat", "to_lon"]
    bundles = {tuple(float(v) for v in key): group for key, group in legs.groupby(ends, sort=True)}
    drawn = []
    for (lat1, lon1, lat2, lon2), group in bundles.items():
        parts = _parts(group["geometry"].iloc[0])
        curve, bowed = screen_line(lat1, lon1, lat2, lon2, group["geometry"].iloc[0])
        text, people = _bundle_text(group, events)
        ids = sorted(set(group["event_id"]))
        drawn.append(
            {
                "id": "legs:" + "|".join(ids),
                "ids": ids,
                "line": parts,
                "curve": curve,
                "bowed": bowed,
                "heads": _heads(curve),
                "text": text,
                "w": round(1.5 + (0.6 * math.log10(people) if people > 1 else 0.0), 1),
                "shift": 4 if (lat2, lon2, lat1, lon1) in bundles else 0,
                "dashed": bool(group["inferred"].all()),
            }
        )
    return drawn


def _parts(line: Any) -> list[list[list[float]]]:
    """Pieces of a line as the map wants them: lists of [lat, lon]."""
    return [[[round(y, 3), round(x, 3)] for x, y in piece.coords] for piece in getattr(line, "geoms", [line])]


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
        marks.append(
            {
                "id": "legs:" + "|".join(ids),
                "lat": round(lat, 3),
                "lon": round(lon, 3),
                "role": role,
                "coarse": coarse,
                "count": len(ids),
                "text": f"{first['place']}\n{named} of {plural(len(ids), 'route')}{note}",
            }
        )
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
    ends = _ends(legs, "from", "origin", names).merge(_ends(legs, "to", "destination", names), on="event_id")
    table = pd.crosstab(ends["from"], ends["to"])
    rows, columns = (
        table.sum(axis=1).sort_values(ascending=False, kind="stable"),
        table.sum().sort_values(ascending=False, kind="stable"),
    )
    return table.loc[rows.index, columns.index]


def _ends(legs: pd.DataFrame, side: str, role: str, names: dict[str, str]) -> pd.DataFrame:
    """event_id and the country (or place without one) of each origin or destination; a route that names none counts
    from its first stop or to its last."""
    ordered = legs.sort_values(["event_id", "seq"], kind="stable")
    named = ordered[ordered[f"{side}_role"] == role]
    others = ordered[~ordered["event_id"].isin(named["event_id"])].drop_duplicates(
        "event_id", keep="first" if side == "from" else "last"
    )
    rows = pd.concat([named, others])
    where = rows[f"{side}_iso3"].map(names).fillna(rows[f"{side}_place"])
    return pd.DataFrame({"event_id": rows["event_id"], side: where}).drop_duplicates()
