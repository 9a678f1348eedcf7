"""Routes: from stops to legs, to lines on the map, to the origin-destination matrix.

Takes EVENTS and STOPS; gives frames and JSON-able dicts.  A leg joins two stops that follow each other in a stated
order; nothing is joined that a source did not state as a route.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from dashboard.arcs import screen_line
from dashboard.wording import count_text, date_text, joined, plural, word
from geodata import lines

__all__ = ["MOST_LINES", "drawn_ids", "leg_lines", "legs_frame", "matrix", "stop_marks"]

#: Coarser than a town: the line starts or ends at a label point, and the stop is drawn with a broken ring.
#: More lines than this cannot be told apart; an address holds at most so many ids of a line.
MOST_LINES = 400
MOST_IDS = 300
_COARSE = ("admin1", "country", "region", "water")
#: certainty -> what the line's words say of it
_DOUBTS = {
    "hypothetical": "hypothetical: a supposition, not a reported journey",
    "foiled": "foiled: the journey was stopped",
    "alleged": "alleged: the source does not vouch for it",
}


def legs_frame(stops: pd.DataFrame, event_ids: Iterable[str]) -> pd.DataFrame:
    """The legs of the routes named, as `geodata.lines.legs` gives them; routes with one placed stop give no row."""
    wanted = stops[stops["event_id"].isin(set(event_ids))]
    return lines.legs(wanted)


def drawn_ids(legs: pd.DataFrame) -> set[str]:
    """Routes that are drawn as lines, and therefore not as points as well."""
    return set(legs["event_id"])


def _bundle_text(legs: list[dict[str, Any]], events: Mapping[str, Mapping[str, Any]]) -> tuple[str, float]:
    rows = [events[i] for i in dict.fromkeys(leg["event_id"] for leg in legs) if i in events]
    said = [f"{legs[0]['from_place']} → {legs[0]['to_place']}"]
    kinds = joined(sorted({word("subkind", row["subkind"]) for row in rows}), 3)
    figures = [float(row["people_best"]) for row in rows if not pd.isna(row["people_best"])]
    if len(rows) == 1:
        row = rows[0]
        people = count_text(row["people_low"], row["people_best"], row["people_high"])
        said.append(f"{kinds} · {date_text(row['date_start'], row['date_end'], row['date_precision'])}")
        said.append(f"{people} {'person' if people == '1' else 'people'}" if people else "number of people not stated")
    else:
        said.append(f"{plural(len(rows), 'route')}: {kinds}")
        if figures:
            said.append(f"people stated for {len(figures)} of {len(rows)}")
    if all(leg["inferred"] for leg in legs):
        said.append("inferred, not stated as a route: drawn dashed")
    said += _doubts(rows)
    return "\n".join(said), max(figures, default=0.0)


def _doubts(rows: list[Mapping[str, Any]]) -> list[str]:
    """What the sources do not state as a fact: suppositions, foiled and alleged journeys, in words."""
    found = []
    for certainty, words in _DOUBTS.items():
        n = sum(row["certainty"] == certainty for row in rows)
        if n:
            found.append(words if n == len(rows) else f"{words.split(':')[0]}: {n} of {len(rows)}")
    return found


def _look(legs: list[dict[str, Any]], events: Mapping[str, Mapping[str, Any]]) -> str:
    """How a bundle is drawn: as no journey only where none of its routes is one."""
    known = {events[leg["event_id"]]["certainty"] for leg in legs if leg["event_id"] in events}
    if known and known <= {"hypothetical", "foiled"}:
        return "foiled" if "foiled" in known else "hypothetical"
    return "inferred" if all(leg["inferred"] for leg in legs) else ""


def leg_lines(legs: pd.DataFrame, events: pd.DataFrame) -> list[dict[str, Any]]:
    """Lines to draw: legs of the same two ends in the same direction are one line; opposite ones lie side by side.

    Above MOST_LINES, the lines of the most routes.

    Returns
    -------
    dicts: id ('legs:…'), ids, line (the great circle: list of parts, each a list of [lat, lon]), curve (the same for
    the screen, bowed where it is no great circle, see `arcs`), heads (pairs of points of the curve that give place and
    direction of each arrow head), w (pixels, by the largest stated number of people), shift, dashed (both ends
    inferred), look ('', 'inferred', 'foiled' or 'hypothetical'; these two where all routes are), text
    """
    columns = [
        "subkind",
        "certainty",
        "date_start",
        "date_end",
        "date_precision",
        "people_low",
        "people_best",
        "people_high",
    ]
    by_id = dict(zip(events["event_id"], events[columns].to_dict("records"), strict=True))
    bundles: dict[tuple[float, ...], list[dict[str, Any]]] = {}
    for leg in legs.to_dict("records"):
        bundles.setdefault(tuple(leg[c] for c in ("from_lat", "from_lon", "to_lat", "to_lon")), []).append(leg)
    most = sorted(bundles.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:MOST_LINES]
    return [_line(ends, group, by_id, opposed=ends[2:] + ends[:2] in bundles) for ends, group in sorted(most)]


def _line(
    ends: tuple[float, ...], legs: list[dict[str, Any]], events: Mapping[str, Mapping[str, Any]], *, opposed: bool
) -> dict[str, Any]:
    parts, curve, bowed = _curve(ends, legs[0]["geometry"])
    text, people = _bundle_text(legs, events)
    ids = sorted({leg["event_id"] for leg in legs})
    return {
        "id": "legs:" + "|".join(ids[:MOST_IDS]),
        "ids": ids,
        "line": parts,
        "curve": curve,
        "bowed": bowed,
        "heads": _heads(curve),
        "text": text,
        "w": round(1.5 + (0.6 * math.log10(people) if people > 1 else 0.0), 1),
        "shift": 4 if opposed else 0,
        "dashed": all(leg["inferred"] for leg in legs),
        "look": _look(legs, events),
    }


_curves: dict[tuple[float, ...], tuple[Any, Any, bool]] = {}


def _curve(ends: tuple[float, ...], geometry: Any) -> tuple[Any, Any, bool]:
    """Great circle and screen line of two ends; they never change, so each is worked out once."""
    if ends not in _curves:
        if len(_curves) > 5000:
            _curves.clear()
        _curves[ends] = (_parts(geometry), *screen_line(ends[0], ends[1], ends[2], ends[3], geometry))
    return _curves[ends]


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
    spots: dict[tuple[float, float, str], list[dict[str, Any]]] = {}
    for stop in rows[["event_id", "lat", "lon", "role", "precision", "place"]].to_dict("records"):
        spots.setdefault((stop["lat"], stop["lon"], stop["role"]), []).append(stop)
    marks: list[dict[str, Any]] = []
    for (lat, lon, role), group in sorted(spots.items()):
        first, ids = group[0], sorted({stop["event_id"] for stop in group})
        coarse = first["precision"] in _COARSE
        note = f"\nknown only to the {word('precision', first['precision'])}" if coarse else ""
        named = {"origin": "Origin", "transit": "Transit", "destination": "Destination"}[role]
        marks.append(
            {
                "id": "legs:" + "|".join(ids[:MOST_IDS]),
                "lat": round(lat, 3),
                "lon": round(lon, 3),
                "role": role,
                "coarse": coarse,
                "count": len(ids),
                "text": f"{first['place']}\n{named} of {plural(len(ids), 'route')}{note}",
            }
        )
    order = {"destination": 0, "origin": 1, "transit": 2}
    return sorted(marks, key=lambda m: (order[m["role"]], -m["count"]))[: 2 * MOST_LINES]


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
