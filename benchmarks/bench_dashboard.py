"""How fast the map answers: counting on the server, and from a click to the drawn map in Chromium, beside plain ways.

`python benchmarks/bench_dashboard.py [N …] [--plain N …] [--write]` (default 1000 100000 1000000, no plain ways).
Times are medians; ratios are against ours at the same size, measured in the same run.  --write puts the tables into
docs/speed.md.  The browser part is left out without a Chromium; the plain ways need `npm ci` and requirements-dev.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from dashboard.map_view import MapOptions, map_payload  # noqa: E402
from dashboard.view import View, view_of, whole_of  # noqa: E402
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
WAYS = {
    "circles": "CircleMarker in a loop",
    "geojson": "GeoJson of a frame",
    "cluster": "FastMarkerCluster",
    "pydeck": "pydeck",
}
#: What the plain ways load in the browser, from node_modules.
PLUGINS = (
    "leaflet/dist/leaflet.js",
    "leaflet/dist/leaflet.css",
    "leaflet.markercluster/dist/leaflet.markercluster.js",
)
DOCS = ROOT / "docs" / "speed.md"
CLICKS = ("Arrests", "Arrests", "Incidents", "Incidents", "Routes")


def median_ms(work: Callable[[Filters], object]) -> float:
    """Median over the filters, in ms."""
    times = []
    for filters in FILTERS:
        begin = time.perf_counter()
        work(filters)
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def on_the_server(n: int) -> tuple[float, float, float, float]:
    """s to load the columns, ms to filter and count, ms to make the payload, kB of the largest payload."""
    snap = Snapshot(**many_frames(n), version=str(n))
    begin = time.perf_counter()
    whole = whole_of(snap)
    load = time.perf_counter() - begin
    sizes: list[int] = []

    def count(filters: Filters) -> View:
        view = view_of(snap, filters, whole)
        assert view.counters and view.tops is not None and view.figures is not None and len(view.intervals) >= 0
        return view

    def payload(filters: Filters) -> None:
        made = map_payload(view_of(snap, filters, whole), MapOptions(), shape_of=lambda _: None)
        sizes.append(len(json.dumps(made, separators=(",", ":"))))

    return load, median_ms(count), median_ms(payload), max(sizes) / 1000


def ours(chromium: Browser, n: int) -> tuple[float, float]:
    """s to the first screen (the second time), median ms from a click on a kind to the drawn map."""
    with tempfile.TemporaryDirectory() as folder, serve(str(n), Path(folder) / "bench.sqlite") as url:
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(url)
        wait_for_map(page)
        begin = time.perf_counter()
        page.goto(url)
        wait_for_map(page)
        first = time.perf_counter() - begin
        page.wait_for_timeout(1500)
        frame = next(f for f in page.frames if "st_folium" in f.url)
        times = []
        for kind in CLICKS:
            drawn = frame.evaluate("() => window.Dateline.drawn")
            begin = time.perf_counter()
            page.get_by_role("button", name=kind).first.click()
            frame.wait_for_function(f"() => window.Dateline.drawn > {drawn}", polling=10)
            times.append((time.perf_counter() - begin) * 1000)
            page.wait_for_timeout(800)
        page.close()
    return first, statistics.median(times)


@contextmanager
def served(way: str, n: int) -> Iterator[str]:
    """The plain app of one way, in a folder of its own with the scripts it needs."""
    with socket.socket() as sock, tempfile.TemporaryDirectory() as folder:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
        vendor = Path(folder) / "static" / "vendor"
        vendor.mkdir(parents=True)
        shutil.copyfile(ROOT / "benchmarks" / "plain_map.py", Path(folder) / "plain_map.py")
        for source in PLUGINS:
            shutil.copyfile(ROOT / "node_modules" / source, vendor / Path(source).name)
        command = [sys.executable, "-m", "streamlit", "run", f"{folder}/plain_map.py", "--server.port", str(port)]
        command += ["--server.headless", "true", "--server.enableStaticServing", "true"]
        env = os.environ | {"PLAIN_WAY": way, "PLAIN_N": str(n), "PLAIN_ROOT": str(ROOT)}
        sock.close()
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(5)
            yield f"http://localhost:{port}/"
        finally:
            process.terminate()
            process.wait(10)


def plain(chromium: Browser, way: str, n: int) -> float:
    """Median ms from a click on a kind until the picture of the map has changed for the last time."""
    with served(way, n) as url:
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(180_000)
        page.goto(url)
        page.locator("#said").wait_for(state="attached")
        page.wait_for_timeout(6000)
        box = {"x": 300, "y": 150, "width": 900, "height": 480}
        times = []
        for kind in ("incident", "arrest", "route"):
            before = page.screenshot(clip=box)
            begin = time.perf_counter()
            page.get_by_role("radio", name=kind).click()  # pills of one choice are radio buttons
            page.mouse.move(5, 890)
            changed, last, seen = False, before, begin
            while time.perf_counter() - begin < 40:
                now = page.screenshot(clip=box)
                if now != last:
                    changed, last, seen = True, now, time.perf_counter()
                elif (
                    changed and time.perf_counter() - seen > 0.5 and page.locator("#said").inner_text().startswith(kind)
                ):
                    break
            times.append((seen - begin) * 1000)
        page.close()
    return statistics.median(times)


def tables(sizes: list[int], plain_sizes: list[int]) -> Iterator[str]:
    """Lines of the two tables, as they are measured."""
    heads = ("events", "load, s", "filter and count, ms", "map data, ms", "map data, kB", "first screen, s")
    yield f"| {' | '.join(heads)} | click to drawn, ms |"
    yield "|---|---|---|---|---|---|---|"
    click: dict[int, float] = {}
    chromium = find_chromium()
    for n in sorted({*sizes, *plain_sizes}):
        load, counting, making, size = on_the_server(n)
        if chromium:
            with browser() as started:
                first, click[n] = ours(started, n)
        shown = f"{first:.1f} | {click[n]:.0f}" if chromium else "no Chromium | no Chromium"
        yield f"| {n:,} | {load:.1f} | {counting:.0f} | {making:.0f} | {size:.0f} | {shown} |"
    if not chromium or not plain_sizes or not all((ROOT / "node_modules" / p).is_file() for p in PLUGINS):
        return
    yield ""
    yield "| way | " + " | ".join(f"{n:,} events: click to drawn, s | times ours" for n in plain_sizes) + " |"
    yield "|---|" + "---|---|" * len(plain_sizes)
    yield "| ours | " + " | ".join(f"{click[n] / 1000:.2f} | 1" for n in plain_sizes) + " |"
    for way, name in WAYS.items():
        with browser() as started:
            taken = [plain(started, way, n) for n in plain_sizes]
        cells = [f"{ms / 1000:.2f} | {ms / click[n]:.1f}" for ms, n in zip(taken, plain_sizes, strict=True)]
        yield f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    """Print the tables; with --write also into docs/speed.md, between its markers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 100_000, 1_000_000])
    parser.add_argument("--plain", nargs="*", type=int, default=[])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    lines = []
    for line in tables(args.sizes, args.plain):
        print(line, flush=True)
        lines.append(line)
    if args.write:
        text = DOCS.read_text(encoding="utf-8")
        head, tail = text.split("<!-- bench -->")[0], text.split("<!-- /bench -->")[1]
        DOCS.write_text(f"{head}<!-- bench -->\n" + "\n".join(lines) + f"\n<!-- /bench -->{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
