"""Sources: the list of documents, what one document is, and whether its text is still the one that was read.

Takes DOCUMENTS, CLAIMS and a document's text; gives a frame and HTML in which everything is escaped (the marked text
itself is made in `dashboard.marked`).
"""

from __future__ import annotations

import datetime as dt
import re
from html import escape
from typing import Any

import pandas as pd

from dashboard.outlets import also_in, outlets_html, web_address
from dashboard.wording import date_text, plural
from extract.schema import text_id

__all__ = [
    "also_in",
    "document_head",
    "document_label",
    "document_table",
    "hash_html",
    "outlets_html",
    "statement_rows",
]

_FROM = {
    "manifest": "from documents.csv",
    "metadata": "from the page's metadata",
    "head": "from the article's head",
    "dateline": "from its dateline",
    "week": "the end of the week it covers",
    "updated": "when it was last updated",
    "url": "from its address",
    "person": "corrected by hand",
}


def _source_of_day(how: str) -> str:
    """Whence the day of publication is known, and what the article itself says where that differs."""
    source, _, other = how.partition(", not ")
    found, _, day = other.partition(" ")
    clash = f"; {day} {_FROM[found]}" if found in _FROM else ""
    return _FROM.get(source, "") + clash


def _title(row: pd.Series) -> str:
    return str(row["title"] if isinstance(row["title"], str) and row["title"] else row["name"])


def _publishers(row: dict[Any, Any]) -> str:
    """All outlets of a text by name."""
    own = row["publisher"] if isinstance(row["publisher"], str) else "not stated"
    return ", ".join(dict.fromkeys([own, *(name for name, _, _ in also_in(row.get("outlets")))]))


def document_label(row: pd.Series) -> str:
    """Title, else file name, with publisher and day where known."""
    day = "" if pd.isna(row["published"]) else date_text(row["published"], row["published"], "day")
    return " · ".join(p for p in (_title(row), row["publisher"] if isinstance(row["publisher"], str) else "", day) if p)


def document_table(documents: pd.DataFrame, claims: pd.DataFrame, kept_events: pd.Series) -> pd.DataFrame:
    """One row per document, newest first, indexed by doc_id: title, publisher, day, statements, shown, events."""
    shown = claims[claims["event_id"].isin(set(kept_events))]
    events, kept = claims.groupby("doc_id")["event_id"].nunique(), shown.groupby("doc_id").size()
    documents = documents.sort_values(["published", "name"], ascending=[False, True], na_position="last", kind="stable")
    ids = documents["doc_id"]
    titles = documents["title"].where(documents["title"].notna() & (documents["title"] != ""), documents["name"])
    return pd.DataFrame(
        {
            "Title": titles.to_numpy(),
            "Publisher": [_publishers(r) for r in documents.to_dict("records")],
            "Published": documents["published"].to_numpy(),
            "Statements": documents["n_claims"].to_numpy(),
            "Shown": ids.map(kept).fillna(0).astype(int).to_numpy(),
            "Events": ids.map(events).fillna(0).astype(int).to_numpy(),
        },
        index=pd.Index(ids, name="doc_id"),
    )


def document_head(row: pd.Series, claims: pd.DataFrame) -> str:
    """Title, publisher, day and whence it is known, link, and whom the document names as its sources; as HTML."""
    month = re.fullmatch(r"month (\d{4})-(\d\d)", str(row["published_from"]))
    published = "date of publication not stated"
    if month:
        first = dt.date(int(month[1]), int(month[2]), 1)
        published = f"published {first:%B %Y}, day not stated"
    if not pd.isna(row["published"]):
        source = _source_of_day(str(row["published_from"]))
        day = date_text(row["published"], row["published"], "day")
        published = f"published {day}{f' ({source})' if source else ''}"
    publisher = row["publisher"] if isinstance(row["publisher"], str) else "publisher not stated"
    link = web_address(row["url"])
    original = (
        f" · <a href='{escape(link, quote=True)}' target='_blank' rel='noopener noreferrer'>original ↗</a>"
        if link
        else " · no web address known"
    )
    origins = sorted(set(claims["origin"].dropna().astype(str)) - {""})
    also = outlets_html(row.get("outlets"))
    told = f"<p class='note'>Names as its source: {escape(', '.join(origins))}</p>" if origins else ""
    return (
        f"<section class='dl-detail'><h2>{escape(_title(row))}</h2>"
        f"<p class='by'><b>{escape(publisher)}</b> · {escape(published)}{original}</p>"
        f"<p class='note'>File {escape(str(row['name']))} · {plural(int(row['n_claims']), 'statement')}</p>"
        f"{f'<p class=note>Also in {also}: the very same text, one source of information</p>' if also else ''}"
        f"{told}</section>"
    )


def hash_html(doc_id: str, text: str) -> str:
    """A line that says whether the text is the one that was read: its id is the SHA-256 of that text, shortened."""
    now = text_id(text)
    if now == doc_id:
        return f"<p class='dl-hash'>✓ Text unchanged since it was read (SHA-256 {escape(doc_id)}…)</p>"
    return (
        "<p class='dl-hash changed' role='alert'>This is not the text that was read: its SHA-256 begins "
        f"{escape(now)}, at reading it began {escape(doc_id)}. Marks may stand in the wrong place; "
        "read the article again.</p>"
    )


def statement_rows(claims: pd.DataFrame) -> list[tuple[str, str, str]]:
    """(claim_id, event_id, words) of a document's statements in reading order, for a list to choose from."""
    rows = []
    for c in claims.sort_values(["start", "end"], kind="stable").to_dict("records"):
        place = f" · {c['place']}" if isinstance(c["place"], str) else ""
        when = date_text(c["date_start"], c["date_end"], c["date_precision"])
        rows.append((c["claim_id"], c["event_id"], f"{c['subkind'].replace('_', ' ').capitalize()}{place} · {when}"))
    return rows
