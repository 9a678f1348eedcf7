"""Adding articles: what files and pasted words hold, as a table that a person can correct before it is read.

Takes names and bytes, gives items; takes a table as edited, gives corrections.  Nothing here touches the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import pandas as pd

from dashboard.wording import date_text, plural
from extract.forms import read_bytes
from extract.forms.base import Source
from extract.forms.plain import text_document
from extract.pages import page_count
from extract.schema import Document, Refusal
from geodata.errors import GeodataError
from geodata.ingest import Analyser, Outcome, Report, correct
from geodata.last_reading import LastReading
from geodata.store import Store

__all__ = [
    "by_day",
    "changes",
    "day_notes",
    "given_table",
    "kept_line",
    "outcome_table",
    "pasted",
    "read_upload",
    "refusal_table",
    "refused_line",
    "report_line",
    "save_correction",
    "stopped_words",
]

Item = Document | Refusal
_FIELDS = {"Title": "title", "Publisher": "publisher", "Published": "published", "Address": "url"}


def read_upload(name: str, data: bytes) -> list[Item]:
    """The documents in a file that was dropped; the machine's folders are not known, so they have no path."""
    path = PurePath(name.replace("\\", "/").rsplit("/", 1)[-1])
    items = read_bytes(data, path.suffix.lower(), Source(path.name, path.stem))
    return [item if isinstance(item, Refusal) else replace(item, path=None) for item in items]


def pasted(text: str, number: int) -> Item:
    """A document of pasted words."""
    item = text_document(text, Source(f"pasted text {number}", f"pasted text {number}"))
    return item if isinstance(item, Refusal) else replace(item, path=None)


def by_day(documents: Iterable[Document]) -> list[Document]:
    """Those without a day of publication first, where a person sees them; else as they came."""
    return sorted(documents, key=lambda d: d.published is not None)


def given_table(documents: Sequence[Document], known: set[str]) -> pd.DataFrame:
    """One row per document as it was read, by its place in the list; known : ids that the store holds already."""
    return pd.DataFrame(
        {
            "Read": [True] * len(documents),
            "File": [d.name for d in documents],
            "Title": [d.title or "" for d in documents],
            "Publisher": [d.publisher or "" for d in documents],
            "Published": pd.Series([d.published for d in documents], dtype=object),
            "Address": [d.url or "" for d in documents],
            "Length": [_length(d.text) for d in documents],
            "Note": ["in the store already" if d.id in known else "" for d in documents],
        }
    )


#: Said of a row that has no day of publication.
NO_DAY = "day not found: please enter"


def day_notes(table: pd.DataFrame, edited: Mapping[Any, Mapping[str, Any]]) -> pd.DataFrame:
    """The table with `NO_DAY` in the notes of rows that have no day; edited : row -> {column: value}, as entered."""
    days = [edited.get(i, {}).get("Published", day) for i, day in enumerate(table["Published"])]
    told = zip(table["Note"], days, strict=True)
    return table.assign(Note=[" · ".join(p for p in ("" if day else NO_DAY, n) if p) for n, day in told])


def _length(text: str) -> str:
    pages = page_count(text)
    return plural(len(text.split()), "word") + (f", {pages} pages" if pages else "")


def changes(document: Document, row: dict[str, Any]) -> dict[str, str]:
    """What a person changed in a row of the table: values of `known.FIELDS`, "" where it is now not known."""
    out = {}
    for column, field in _FIELDS.items():
        before, now = getattr(document, field), row[column]
        if isinstance(now, pd.Timestamp | dt.datetime):
            now = None if pd.isna(now) else now.date()
        value = "" if now is None or now is pd.NaT or now != now else str(now).strip()
        if value != str(before or ""):
            out[field] = value
    return out


def save_correction(path: str, chain: Analyser, doc_id: str, values: dict[str, str], who: str) -> str | None:
    """Correct a document of the store and read it again; None where it is done, else why not, in a line."""
    try:
        with Store(path, create=False) as store:
            done = correct(store, chain, doc_id, values, who)
    except GeodataError as err:
        said = " ".join(str(err).split())
        return said[:1].upper() + said[1:] + "."
    return None if done else "Nothing differs from what is known already."


def refused_line(refusals: Sequence[Refusal]) -> str:
    """'2 files not read'; where entries of a feed or rows of a table are among them: '2 files or parts of files …'."""
    parts = any("#" in r.path for r in refusals)
    if len(refusals) == 1:
        return "1 part of a file not read" if parts else "1 file not read"
    return f"{len(refusals)} files{' or parts of files' if parts else ''} not read"


def refusal_table(refusals: Iterable[Refusal]) -> pd.DataFrame:
    """What was not taken, and why."""
    return pd.DataFrame([(_file_words(r.path), r.reason) for r in refusals], columns=["File", "Not read because"])


_STATES = {"new": "new", "changed": "read anew", "unchanged": "known already", "refused": "not read"}


def outcome_table(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """The report by file: what became of it, what was found in it, why it was not read."""
    columns = {"Incidents": "incident", "Arrests": "arrest", "Routes": "route"}
    rows = [
        {"File": _file_words(o.path), "Result": _STATES[o.state]}
        | {c: "" if o.state == "refused" else str(o.claims.get(k, 0)) for c, k in columns.items()}
        | {"Why": o.reason}
        for o in outcomes
    ]
    return pd.DataFrame(rows, columns=["File", "Result", *columns, "Why"])


def _file_words(path: str) -> str:
    """The file's name; of an entry of a feed or a row of a table also which."""
    head, _, part = path.partition("#")
    return PurePath(head).name + (f", {part}" if part else "")


def report_line(report: Report) -> str:
    """What an ingest did, in a line: '3 articles read (2 new, 1 known already) · 4 incidents stated · 1 not read'."""
    states = [(report.new, "new"), (report.changed, "read anew"), (report.unchanged, "known already")]
    parts = ", ".join(f"{n} {w}" for n, w in states if n)
    words = {"incident": "incident", "arrest": "arrest", "route": "route"}
    found = ", ".join(plural(report.claims[k], w) for k, w in words.items() if report.claims[k])
    line = plural(report.read, "article") + " read" + (f" ({parts})" if parts else "")
    line += f" · {found or 'no incident, arrest or route'} stated"
    if report.undated:
        line += f" · {plural(report.undated, 'article')} without a day of publication: “last Tuesday” stays open in it"
    refused = len(report.refused)
    return line + (f" · {refused} not read" if refused else "")


def kept_line(last: LastReading) -> str:
    """When the last reading was and what it did: 'Last reading: 24 Nov 2026, 16:59 UTC, by N. Name · 3 articles …'."""
    when = f"{date_text(last.at, last.at, 'day')}, {last.at:%H:%M} UTC"
    who = f", by {last.who}" if last.who else ""
    return f"Last reading: {when}{who} · {report_line(last.report)}{stopped_words(last.report, last.left_out)}"


def stopped_words(report: Report, left_out: int) -> str:
    """' · cancelled, 3 articles left out'; '' where nobody ended it."""
    if not report.stopped:
        return ""
    return " · cancelled" + (f", {plural(left_out, 'article')} left out" if left_out else "")
