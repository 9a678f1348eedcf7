"""Lines from a nationality to the country of the event: who is reported where.  They are no journeys, and say so.

Takes a View; gives JSON-able dicts for the map, and counted pairs for a flow chart.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from dashboard.arcs import screen_line
from dashboard.view import View
from dashboard.wording import plural
from geodata.names import nationality_name
from geodata.shapes import countries

__all__ = ["nation_lines", "nation_pairs"]

_MOST = 200


@cache
def _label_points() -> dict[str, tuple[float, float]]:
    frame = countries()
    return {
        c: (float(a), float(o)) for c, a, o in zip(frame["iso3"], frame["label_lat"], frame["label_lon"], strict=True)
    }


def nation_pairs(view: View) -> list[tuple[str, str, int]]:
    """(nationality, ISO3 of the place, events), most first; events of a place abroad or at home alike."""
    pairs = view.selection.pairs("nationalities", "iso3")
    return sorted(((a, b, n) for (a, b), n in pairs.items()), key=lambda row: (-row[2], row[0], row[1]))


def nation_lines(view: View) -> list[dict[str, Any]]:
    """Lines between the middles of two countries, the most frequent ones; a nationality at home makes no line."""
    at = _label_points()
    out: list[dict[str, Any]] = []
    for nation, iso3, n in nation_pairs(view):
        if nation == iso3 or nation not in at or iso3 not in at or len(out) >= _MOST:
            continue
        out.append(
            {
                "line": screen_line(*at[nation], *at[iso3]).pieces,
                "w": round(1 + 1.2 * math.log2(1 + n), 1),
                "text": f"{nationality_name(nation)} nationals in {view.names.get(iso3, iso3)}\n"
                f"{plural(n, 'event')}; nationality as reported, no journey",
            }
        )
    return out
