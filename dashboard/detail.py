"""The detail panel: what, when, where, who, how many per source, the sentences, and what the sources disagree on.

Takes one EVENTS row with its CLAIMS, STOPS and DOCUMENTS; gives a view model, and the view model as HTML in which
every value is escaped.  Does not decide which event is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

import pandas as pd

from dashboard.differ import source_cells
from dashboard.outlets import outlets_html, web_address
from dashboard.wording import count_text, counts_text, date_text, joined, plural, split, word
from geodata.names import nationality_name

__all__ = [
    "Detail",
    "Said",
    "detail_html",
    "event_detail",
    "facts_html",
    "head_html",
    "list_html",
    "said_html",
    "sources_html",
    "web_address",
]

_KEYS = ("killed", "injured", "arrested", "people")


class Said(NamedTuple):
    """What one document says of the event."""

    claim_id: str
    doc_id: str
    source: str  # publisher, else title, else file name
    published: str
    title: str
    url: str | None
    quote: str
    when: str
    figures: str
    reason: str  # why it was merged into the event; '' for the first
    origin: str = ""  # whom the document names as its source
    cells: tuple[tuple[str, str, bool], ...] = ()  # (column, value, whether another source excludes it)
    page: int | None = None  # of the document, where it has pages
    also: str = ""  # outlets that printed the very same text, as HTML


class Detail(NamedTuple):
    """The panel, top to bottom; empty strings are left out on screen."""

    event_id: str
    kind: str
    title: str
    when: str
    where: str
    what: str
    who: str
    route: str
    figures: list[tuple[str, str]]
    conflicts: list[str]
    part_of: str
    said: list[Said]
    by_hand: str = ""  # what a reviewer set or decided


def _where(event: Mapping[str, Any]) -> str:
    if not isinstance(event["place"], str):
        return "without place"
    parts = list(dict.fromkeys(p for p in (event["place"], event["admin1"], event["country"]) if isinstance(p, str)))
    return f"{', '.join(parts)} ({word('precision', event['precision'])})"


def _route(stops: pd.DataFrame) -> str:
    rows = stops[stops["role"] != "location"].sort_values("seq")
    return (
        " → ".join(f"{p}{' (inferred)' if i else ''}" for p, i in zip(rows["place"], rows["inferred"], strict=True))
        if len(rows) > 1
        else ""
    )


def _said(claims: pd.DataFrame, documents: pd.DataFrame, conflicts: list[str]) -> list[Said]:
    cells = source_cells(claims, conflicts)
    wanted = ["doc_id", "title", "name", "publisher", "published", "url", "outlets"]
    rows = claims.merge(documents[[c for c in wanted if c in documents.columns]], on="doc_id", how="left")
    rows = rows.sort_values(["published", "doc_id", "start"], kind="stable", na_position="last")
    out = []
    for row in rows.to_dict("records"):
        name = next(
            (row[k] for k in ("publisher", "title", "name") if isinstance(row[k], str) and row[k]), "source not named"
        )
        out.append(
            Said(
                row["claim_id"],
                row["doc_id"],
                name,
                "" if pd.isna(row["published"]) else date_text(row["published"], row["published"], "day"),
                row["title"] if isinstance(row["title"], str) else "",
                web_address(row["url"]),
                row["quote"],
                date_text(row["date_start"], row["date_end"], row["date_precision"]),
                counts_text(row),
                row["reason"],
                row["origin"] if isinstance(row["origin"], str) else "",
                cells[row["claim_id"]],
                json.loads(row["payload"]).get("page"),
                outlets_html(row.get("outlets")),
            )
        )
    return out


def _by_hand(event: Mapping[str, Any]) -> str:
    """'Set by hand: the date and the place. Reviewed (edited) by N. Name.'; '' where nobody decided anything."""
    fields = [word("field", f) for f in split(event.get("edited"))]
    hand = f"Set by hand: {joined(fields, 6)}; what the sources say stays listed. " if fields else ""
    done = f"Reviewed ({event['review']}) by {event['reviewed_by']}." if event.get("review") else ""
    return f"{hand}{done}".strip()


def event_detail(
    event: Mapping[str, Any],
    claims: pd.DataFrame,
    documents: pd.DataFrame,
    stops: pd.DataFrame,
    *,
    titles: Mapping[str, str],
) -> Detail:
    """View model of one event.

    Parameters
    ----------
    event : one EVENTS row. claims, stops : all rows; those of the event are picked
    titles : event_id -> title, to name the whole that this is a part of
    """
    key = event["event_id"]
    nations = [nationality_name(n) for n in split(event["nationalities"])]
    who = [
        f"nationality as reported: {joined(nations, 6)}" if nations else "",
        f"group as reported: {joined(split(event['groups']), 6)}" if event["groups"] else "",
    ]
    figures = [
        (word("count", k), text)
        for k in _KEYS
        if (text := count_text(event[f"{k}_low"], event[f"{k}_best"], event[f"{k}_high"]))
    ]
    part = event["part_of"] if isinstance(event["part_of"], str) else None
    return Detail(
        key,
        event["kind"],
        event["title"],
        date_text(event["date_start"], event["date_end"], event["date_precision"]),
        _where(event),
        f"{word('subkind', event['subkind'])} · {word('certainty', event['certainty'])}",
        " · ".join(w for w in who if w),
        _route(stops[stops["event_id"] == key]),
        figures,
        [word("conflict", c) for c in split(event["conflicts"])],
        f"Part of: {titles.get(part, 'another event')}. Its figures are not added again." if part else "",
        _said(claims[claims["event_id"] == key], documents, split(event["conflicts"])),
        _by_hand(event),
    )


def detail_html(detail: Detail) -> str:
    """The head of the panel as HTML, all values escaped; the sentences follow in `said_html`."""
    return head_html(detail) + facts_html(detail)


def head_html(detail: Detail) -> str:
    """Kind and title."""
    return (
        f"<section class='dl-detail'><p class='kind {escape(detail.kind)}'>{escape(word('kind', detail.kind))}</p>"
        f"<h2>{escape(detail.title)}</h2></section>"
    )


def facts_html(detail: Detail) -> str:
    """Figures, conflict with the sources side by side, when, where, what, who, and the whole it is a part of."""
    rows = [
        ("When", detail.when),
        ("Where", detail.where),
        ("What", detail.what),
        ("Route", detail.route),
        ("Who", detail.who),
    ]
    body = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in rows if value)
    figures = "".join(
        f"<div class='fig'><b>{escape(text)}</b><span>{escape(label)}</span></div>" for label, text in detail.figures
    )
    conflict = (
        f"<p class='conflict'>Sources disagree on {escape(joined(detail.conflicts))}.</p>{sources_html(detail.said)}"
        if detail.conflicts
        else ""
    )
    notes = "".join(f"<p class='note'>{escape(n)}</p>" for n in (detail.by_hand, detail.part_of) if n)
    return f"<section class='dl-detail'><div class='figs'>{figures}</div>{conflict}<dl>{body}</dl>{notes}</section>"


def said_html(said: Said) -> str:
    """One source: its sentence, date, place and figures (in amber what another source excludes), publisher and day."""
    link = (
        f" · <a href='{escape(said.url, quote=True)}' target='_blank' rel='noopener noreferrer'>original ↗</a>"
        if said.url
        else ""
    )
    published = f" · {escape(said.published)}" if said.published else ""
    page = f" · page {said.page}" if said.page else ""
    origin = f" · according to {escape(said.origin)}" if said.origin else ""
    also = f" · also in {said.also}" if said.also else ""
    why = f"<p class='note'>Counted as the same event: {escape(said.reason)}.</p>" if said.reason else ""
    figures = " · ".join(_cell_html(text, odd) for _, text, odd in said.cells if text)
    return (
        f"<figure class='dl-said'><blockquote dir='auto'>{escape(said.quote)}</blockquote>"
        f"<p class='says'>{figures}</p>"
        f"<figcaption><b>{escape(said.source)}</b>{published}{page}{origin}{link}{also}</figcaption>{why}</figure>"
    )


def _cell_html(text: str, odd: bool) -> str:
    return f"<span class='odd' title='Another source excludes this'>{escape(text)}</span>" if odd else escape(text)


def sources_html(said: list[Said]) -> str:
    """Source by source: the same columns one below the other, cells that exclude another source's in amber."""
    used = [c for i, (c, _, _) in enumerate(said[0].cells) if any(s.cells[i][1] for s in said)] if said else []
    if not used:
        return ""
    head = "".join(f"<th scope='col'>{escape(c)}</th>" for c in used)
    rows = []
    for s in said:
        cells = "".join(
            f"<td{' class=odd' if odd else ''}>{escape(text) or '<i>not stated</i>'}</td>"
            for column, text, odd in s.cells
            if column in used
        )
        named = f"{escape(s.source)}<small>{escape(s.published)}</small>"
        rows.append(f"<tr class='who'><th scope='rowgroup' colspan='{len(used)}'>{named}</th></tr><tr>{cells}</tr>")
    return f"<table class='dl-sources'><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def list_html(events: pd.DataFrame, heading: str) -> str:
    """Heading of a list of several events at one spot."""
    kinds = joined([plural(int(n), word("kind", str(k)).lower()) for k, n in events["kind"].value_counts().items()])
    return f"<section class='dl-detail'><h2>{escape(heading)}</h2><p class='note'>{escape(kinds)}</p></section>"
