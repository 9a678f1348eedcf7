"""Browser files served by the app itself, and the guard against links that are not ours.

`python -m dashboard.offline` copies Leaflet from node_modules and writes the country shapes as one cached script into
`dashboard/static/vendor/` (not in the repository).  Gives the relative links that the map uses.  Downloads nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import logging
import shutil
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from dashboard.errors import BrowserFilesMissing, ForeignLinkError

__all__ = ["SCRIPTS", "STYLES", "build", "check_links", "link", "main", "missing"]

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "dashboard" / "static"
VENDOR = STATIC / "vendor"
#: From the frame of the map component to the app's static files; relative, so that a base path does no harm.
PREFIX = "../../app/static/"
#: (file in node_modules, file in vendor/)
COPIES = (
    ("leaflet/dist/leaflet.js", "leaflet.js"),
    ("leaflet/dist/leaflet.css", "leaflet.css"),
    ("leaflet/LICENSE", "leaflet-LICENSE.txt"),
)
SCRIPTS = (
    "vendor/leaflet.js",
    "vendor/countries.js",
    "map-base.js",
    "map-marks.js",
    "map-areas.js",
    "map-routes.js",
    "map-legend.js",
    "map-tools.js",
)
STYLES = ("vendor/leaflet.css", "map.css")


def missing() -> list[str]:
    """Browser files that are not there yet."""
    return [name for name in (*SCRIPTS, *STYLES) if not (STATIC / name).is_file()]


@cache
def link(name: str) -> str:
    """Relative address of a static file, with a short hash of its content so that a browser may keep it for ever.

    Raises
    ------
    BrowserFilesMissing : the file has not been built.
    """
    path = STATIC / name
    if not path.is_file():
        raise BrowserFilesMissing(f"{path.relative_to(ROOT)} is missing; run `make setup`")
    return f"{PREFIX}{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:10]}"


def check_links(links: Iterable[str]) -> None:
    """Raise unless every link is one of ours, so that a new plugin cannot call the network unnoticed.

    Raises
    ------
    ForeignLinkError : a link does not start with the relative address of the app's own files (named).
    """
    foreign = [href for href in links if not href.startswith(PREFIX)]
    if foreign:
        raise ForeignLinkError(
            f"the map would load from elsewhere: {', '.join(foreign)}; expected links below {PREFIX}"
        )


def build(node_modules: Path = ROOT / "node_modules", vendor: Path = VENDOR) -> list[Path]:
    """Copy the browser files and write the country shapes; gives what was written.

    Raises
    ------
    BrowserFilesMissing : node_modules lacks a file (run `npm ci`).
    """
    from dashboard.base_map import base_script  # geopandas is slow to import and not needed by `link`

    absent = [source for source, _ in COPIES if not (node_modules / source).is_file()]
    if absent:
        raise BrowserFilesMissing(f"{absent[0]} is not in {node_modules.name}; run `npm ci` first")
    vendor.mkdir(parents=True, exist_ok=True)
    written = []
    for source, target in COPIES:
        shutil.copyfile(node_modules / source, vendor / target)
        written.append(vendor / target)
    written += _font(vendor)
    shapes = vendor / "countries.js"
    shapes.write_text(
        "window.DATELINE_BASE=" + json.dumps(base_script(), ensure_ascii=True, separators=(",", ":")) + ";\n",
        encoding="ascii",
    )
    link.cache_clear()
    return [*written, shapes]


def _font(vendor: Path) -> list[Path]:
    """The app's own typeface (Source Sans, SIL OFL), which Streamlit brings, for the frame of the map and pictures."""
    spec = importlib.util.find_spec("streamlit")  # located, not imported: this module runs without the app
    folder = Path(spec.origin).parent / "static" / "static" / "media" if spec and spec.origin else Path()
    files = sorted(folder.glob("SourceSansVF-Upright*.woff2"))
    if not files:
        return []
    from dashboard.typeface import build as cuts  # fontTools: at set-up only

    shutil.copyfile(files[0], vendor / "source-sans.woff2")
    return [vendor / "source-sans.woff2", *cuts(files[0], vendor)]


def main(argv: list[str] | None = None) -> int:
    """Command line: build the browser files; 0 when done, 1 with one line on stderr when not."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.offline", description="Put the map's browser files where the app serves them."
    )
    parser.add_argument("--node-modules", type=Path, default=ROOT / "node_modules", help="where npm put its packages")
    args = parser.parse_args(argv)
    try:
        written = build(args.node_modules)
    except BrowserFilesMissing as err:
        sys.stderr.write(f"dashboard.offline: {err}\n")
        return 1
    size = sum(p.stat().st_size for p in written) / 1000
    sys.stdout.write(f"Browser files: {len(written)} written to dashboard/static/vendor ({size:.0f} kB)\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
