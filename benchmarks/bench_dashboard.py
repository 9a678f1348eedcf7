"""How fast the map answers: filtering, the payload and its size, and from a click to the drawn map in Chromium.

`python benchmarks/bench_dashboard.py [N …]` (default 1000 100000 1000000): one line per number of events.  Times are
medians of five; the browser part is left out without a Chromium.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard.map_view import MapOptions, map_payload  # noqa: E402
from dashboard.view import view_of, whole_of  # noqa: E402
from geodata.filters import Filters  # noqa: E402
from geodata.frames import Snapshot  # noqa: E402
from tests.browser import browser, find_chromium, serve, wait_for_map  # noqa: E402
from tests.frames import many_frames  # noqa: E402

FILTERS = [
    Filters(),
    Filters(kind=("arrest",)),
    Filters(country=("RUS", "TUR")),
    Filters(kind=("incident",)),
    Filters(nationality=("TJK",)),
]


def median_ms(work: Callable[[Filters], object]) -> float:
    """Median over the filters, in ms."""
    times = []
    for filters in FILTERS:
        begin = time.perf_counter()
        work(filters)
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def on_the_server(n: int) -> tuple[float, float, float]:
    """ms to filter and count, ms to make the payload, kB of the largest payload."""
    snap = Snapshot(**many_frames(n), version=str(n))
    whole = whole_of(snap)
    views = {f: view_of(snap, f, whole) for f in FILTERS}
    sizes: list[int] = []

    def payload(filters: Filters) -> None:
        made = map_payload(
            views[filters].kept, snap.stops, MapOptions(), names=dict(whole.titles), shape_of=lambda _: None
        )
        sizes.append(len(json.dumps(made, separators=(",", ":"))))

    return median_ms(lambda f: view_of(snap, f, whole)), median_ms(payload), max(sizes) / 1000


def in_the_browser(n: int) -> float:
    """Median ms from a click on a kind in the sidebar to the drawn map."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(str(n), Path(folder) / "bench.sqlite") as url,
        browser() as chromium,
    ):
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(url)
        wait_for_map(page)
        page.wait_for_timeout(1500)
        frame = next(f for f in page.frames if "st_folium" in f.url)
        times = []
        for kind in ("Arrests", "Arrests", "Incidents", "Incidents", "Routes", "Routes"):
            drawn = frame.evaluate("() => window.Dateline.drawn")
            begin = time.perf_counter()
            page.get_by_role("button", name=kind).first.click()
            frame.wait_for_function(f"() => window.Dateline.drawn > {drawn}", polling=10)
            times.append((time.perf_counter() - begin) * 1000)
            page.wait_for_timeout(600)
    return statistics.median(times)


def main(sizes: list[int]) -> None:
    """Print the table."""
    print("| events | filter and count, ms | payload, ms | payload, kB | click to drawn, ms |\n|---|---|---|---|---|")
    for n in sizes:
        filtering, making, size = on_the_server(n)
        click = f"{in_the_browser(n):.0f}" if find_chromium() else "no Chromium"
        print(f"| {n:,} | {filtering:.0f} | {making:.0f} | {size:.0f} | {click} |", flush=True)


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [1000, 100_000, 1_000_000])
