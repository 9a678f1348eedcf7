"""One HTML file that needs nothing: the interactive map with all scripts, styles, type, shapes and data inside.

Takes a View, its Stamp and a Page; gives bytes.  The page is our folium map with every link replaced by the file it
leads
to; a content policy forbids the browser to fetch anything.
"""

from __future__ import annotations

import base64
import json
import re
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard import data
from dashboard.errors import ForeignLinkError
from dashboard.exports.animation import first_of
from dashboard.exports.page import Page
from dashboard.exports.sheet import title_of
from dashboard.exports.stamp import Stamp
from dashboard.map_layers import main_map
from dashboard.map_view import MapOptions, map_payload
from dashboard.marks import AREA_PRECISIONS, area_key, point_marks
from dashboard.offline import PREFIX, STATIC
from dashboard.view import View
from dashboard.wording import counts_text, date_text, joined, split, word

__all__ = ["html_bytes"]

_ASSETS = Path(__file__).parent / "assets"
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_LONGEST_QUOTE, _MOST_QUOTES = 400, 3


def _file(address: str) -> str:
    """Text of one of the app's own files, its pictures taken out and its type put in."""
    if not address.startswith(PREFIX):
        raise ForeignLinkError(f"the page would load {address}")
    name = address.removeprefix(PREFIX).split("?")[0]
    text = (STATIC / name).read_text(encoding="utf-8")
    if not name.endswith(".css"):
        return text.replace("</script", "<\\/script")
    font = STATIC / "vendor" / "source-sans.woff2"
    if font.is_file():
        inside = base64.b64encode(font.read_bytes()).decode("ascii")
        text = text.replace('url("vendor/source-sans.woff2")', f'url("data:font/woff2;base64,{inside}")')
    return re.sub(r"url\((?![\"']?(?:data:|#))[^)]*\)", "none", text)


def _inlined(html: str) -> str:
    """Every script and style that a link leads to, in place of the link."""
    html = re.sub(r'<script src="([^"]+)"></script>', lambda m: f"<script>{_file(m[1])}</script>", html)
    return re.sub(r'<link rel="stylesheet" href="([^"]+)"\s*/?>', lambda m: f"<style>{_file(m[1])}</style>", html)


def _named(element: Any, path: str = "m") -> None:
    """Fixed names instead of random ones, so that the same view gives the same bytes."""
    element._id = path
    for i, child in enumerate(element._children.values()):
        _named(child, f"{path}{i}")


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def _payload(view: View, page: Page) -> dict[str, Any]:
    """As on screen, but with every event a point of its own, and the events of each area by name."""
    payload = map_payload(view, MapOptions(supposed=page.supposed), shape_of=data.province_shape)
    if any(p.get("many") for p in payload["points"]):
        lines = {i for leg in payload["legs"] for i in leg["ids"]}
        rest = view.kept[~view.kept["event_id"].isin(lines)]
        payload["points"] = point_marks(rest)
    members: dict[str, list[str]] = {}
    drawn = {i for leg in payload["legs"] for i in leg["ids"]}
    for row in view.kept[view.kept["precision"].isin(AREA_PRECISIONS)].to_dict("records"):
        if row["event_id"] not in drawn:
            members.setdefault(f"area:{area_key(row)}", []).append(row["event_id"])
    payload["areas"] = [area | {"ids": members.get(area["id"], [])} for area in payload["areas"]]
    return payload


def _day(value: Any) -> str | None:
    return None if pd.isna(value) else str(pd.Timestamp(value).date())


def _sources(view: View) -> tuple[list[str], dict[str, int]]:
    texts: list[str] = []
    at: dict[str, int] = {}
    for d in view.snapshot.documents.to_dict("records"):
        named = [
            d["publisher"],
            d["title"],
            None if pd.isna(d["published"]) else date_text(d["published"], d["published"], "day"),
        ]
        at[d["doc_id"]] = len(texts)
        texts.append(" · ".join(str(p) for p in named if isinstance(p, str) and p) or d["name"])
    return texts, at


def _events(view: View, at: dict[str, int]) -> list[dict[str, Any]]:
    told: dict[str, list[Any]] = {}
    for claim in view.snapshot.claims.itertuples():
        quotes = told.setdefault(claim.event_id, [])
        if len(quotes) < _MOST_QUOTES:
            text = " ".join(str(claim.quote).split())
            quotes.append(
                [text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…", at.get(claim.doc_id, -1)]
            )
    return [_event(row, told.get(row["event_id"], [])) for row in view.kept.to_dict("records")]


def _event(row: dict[str, Any], quotes: list[Any]) -> dict[str, Any]:
    """Short keys: the file carries thousands of these."""
    place = row["place"] if isinstance(row["place"], str) else "without place"
    known = f" (known to the {word('precision', row['precision'])})" if row["precision"] in AREA_PRECISIONS else ""
    return {
        "id": row["event_id"],
        "k": row["kind"],
        "t": row["title"],
        "s": _day(row["date_start"]) or _day(row["date_end"]),
        "e": _day(row["date_end"]) or _day(row["date_start"]),
        "w": date_text(row["date_start"], row["date_end"], row["date_precision"]),
        "p": place + known,
        "f": counts_text(row),
        "x": word("certainty", row["certainty"]),
        "n": int(row["n_sources"]),
        "d": joined([word("conflict", c) for c in split(row["conflicts"])]),
        "c": split(row["countries"]),
        "at": None if pd.isna(row["lat"]) else [round(row["lat"], 3), round(row["lon"], 3)],
        "q": quotes,
    }


def _first_month(view: View) -> str | None:
    """Where the playback begins, as in the moving picture: one long span must not bring years of nothing."""
    starts = view.kept["date_start"].fillna(view.kept["date_end"]).dropna()
    return first_of(starts, view.filters.date_from).strftime("%Y-%m") if len(starts) else None


def html_bytes(view: View, stamp: Stamp, page: Page) -> bytes:
    """The whole page.

    Raises
    ------
    BrowserFilesMissing : `make setup` was not run.
    """
    title = title_of(view, page)
    sources, at = _sources(view)
    inside = {
        "title": title,
        "dark": page.dark,
        "stamp": [stamp.publishers, *stamp.lines()],
        "names": dict(view.names),
        "sources": sources,
        "events": _events(view, at),
        "payload": _payload(view, page),
        "play": _first_month(view),
    }
    chart = main_map()
    _named(chart.get_root())
    html = _inlined(chart.get_root().render())
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{escape(title)}</title>'
        f'<meta name="dateline" content="{escape(stamp.as_json(), quote=True)}">'
    )
    style, script = ((_ASSETS / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    html = html.replace("<head>", "<head>" + head, 1)
    html = html.replace("</head>", f"<style>{style}</style></head>", 1)
    tail = f"<script>window.DATELINE_PAGE={_json(inside)};</script><script>{script}</script>"
    body, end = html.rsplit("</html>", 1)
    return f"{body}{tail}</html>{end}".encode()
