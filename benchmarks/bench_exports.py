"""How long exports take: a 1080p map of 1,000 events and 50 routes, a deck, one file of 5,000 events, a workbook.

`python benchmarks/bench_exports.py` prints a line per export: seconds of the first run (it reads shapes and fonts) and
of the second, size, and the limit set for it.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard.exports import export  # noqa: E402
from dashboard.view import View, view_of  # noqa: E402
from geodata.filters import Filters  # noqa: E402
from tests.exported import many  # noqa: E402
from tests.frames import snapshot  # noqa: E402


def with_routes(n_events: int, n_routes: int) -> View:
    """Made-up events and routes over the same places as in the tests."""
    base, view = snapshot(), many(n_events)
    legs = base.stops[base.stops["event_id"].isin(["e09", "e10", "e11", "e12"])]
    route = base.events[base.events["event_id"] == "e10"]
    stops, events = [], [view.snapshot.events]
    for i in range(n_routes):
        shift = (i % 25) - 12
        part = legs[legs["event_id"] == ["e09", "e10", "e11", "e12"][i % 4]]
        stops.append(
            part.assign(event_id=f"r{i:03d}", lat=part["lat"] - abs(shift) / 2, lon=part["lon"].clip(-165, 165) + shift)
        )
        events.append(route.assign(event_id=f"r{i:03d}"))
    return view_of(
        replace(view.snapshot, events=pd.concat(events, ignore_index=True), stops=pd.concat(stops)), Filters()
    )


def main() -> None:
    """Time each export."""
    views = {1000: with_routes(1000, 50), 5000: many(5000), 20000: many(20_000)}
    jobs = (
        ("png", 1000, "3 s"),
        ("pptx", 1000, "15 s"),
        ("deck.pdf", 1000, "15 s"),
        ("html", 5000, "5 MB"),
        ("xlsx", 5000, "–"),
        ("gpkg", 5000, "–"),
        ("png", 20000, "–"),
    )
    for name, n, limit in jobs:
        took = []
        for _ in range(2):
            start = time.perf_counter()
            body = export(views[n], name)
            took.append(time.perf_counter() - start)
        sys.stdout.write(
            f"{name:9} {n:6} events  {took[0]:5.1f} s first, {took[1]:5.1f} s then  "
            f"{len(body) / 1e6:5.2f} MB  (limit {limit})\n"
        )


if __name__ == "__main__":
    main()
