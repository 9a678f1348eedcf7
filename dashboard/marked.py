"""A document's text with everything that was found in it marked: statements, places, dates and figures.

Takes the text, its CLAIMS, its place names (rows of the store's `mentions`) and its own day; gives marks and HTML.  The
text is never changed: it is cut at the ends of marks, escaped and wrapped; labels are drawn by the style sheet, so
that what is copied from the page is the text of the source.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from dashboard.wording import count_text, date_text, word
from extract.date_context import Context
from extract.dates import day_first, find_dates
from extract.text import sentences

__all__ = ["Mark", "claim_marks", "date_marks", "legend_html", "marked_html", "place_marks", "segments"]


class Mark(NamedTuple):
    """Words of a text that were read as something.  `what`: claim place name date count; offsets are half open."""

    start: int
    end: int
    what: str
    look: str  # of claims the kind, and whether rejected
    label: str  # in a few words: '22 Mar 2024', '137 killed', 'Moscow, Russia'
    title: str  # in full, shown on hovering
    claims: tuple[str, ...] = ()  # the claims it belongs to


#: (class, words) of the legend, in its order.
_LEGEND = (
    ("claim", "statement"),
    ("place", "place"),
    ("name", "name of a place, not meant as one"),
    ("date", "date"),
    ("count", "figure"),
    ("rejected", "rejected by a reviewer"),
)


def claim_marks(claims: pd.DataFrame) -> list[Mark]:
    """Statements with the words that their dates and figures were read from."""
    marks: list[Mark] = []
    for row in claims.to_dict("records"):
        key, payload = row["claim_id"], json.loads(row["payload"])
        rejected = bool(row.get("rejected", False))
        marks.append(
            Mark(row["start"], row["end"], "claim", _look(row["kind"], rejected), "", _claim_words(row), (key,))
        )
        when = date_text(row["date_start"], row["date_end"], row["date_precision"])
        if span := payload.get("date_span"):
            marks.append(Mark(span[0], span[1], "date", "", when, f"Date: {when}", (key,)))
        for name, span in (payload.get("count_spans") or {}).items():
            count = (payload.get("counts") or {}).get(name)
            if count and span:
                text = f"{count_text(count['low'], count['best'], count['high'])} {word('count', name)}"
                marks.append(Mark(span[0], span[1], "count", "", text, f"Figure: {text}", (key,)))
        marks += [
            Mark(p["start"], p["end"], "place", "", f"{p['name']}", _spot_words(p), (key,))
            for p in payload.get("places", [])
            if p.get("start") is not None and not p.get("inferred")
        ]
    return marks


def _look(kind: str, rejected: bool) -> str:
    return f"{kind} rejected" if rejected else kind


def _claim_words(row: Mapping[str, Any]) -> str:
    place = row["place"] if isinstance(row["place"], str) else "without place"
    when = date_text(row["date_start"], row["date_end"], row["date_precision"])
    rejected = " · rejected by a reviewer" if row.get("rejected", False) else ""
    return f"{word('kind', row['kind'])}: {word('subkind', row['subkind'])} · {when} · {place}{rejected}"


def _spot_words(place: Mapping[str, Any]) -> str:
    return f"Place: {place['name']} ({word('precision', place['precision'])}), {word('role', place['role'])}"


def place_marks(mentions: Iterable[Mapping[str, Any]]) -> list[Mark]:
    """Place names of a document; those not meant as a place (a paper, a people, a government) look different.

    mentions : rows of the store's table `mentions`
    """
    marks = []
    for m in mentions:
        parts = list(dict.fromkeys(p for p in (m["place"], m["admin1"], m["iso3"]) if p))
        where = ", ".join(parts) or "not in the gazetteer"
        known = f" ({word('precision', m['precision'])})" if m["precision"] else ""
        what = "place" if m["literal"] else "name"
        head = "Place" if m["literal"] else "Not meant as a place here"
        marks.append(Mark(m["start"], m["end"], what, "", where, f"{head}: {where}{known}; {m['why']}"))
    return marks


def date_marks(text: str, published: dt.date | None) -> list[Mark]:
    """Every date expression of the text as the reader understands it, read with the document's own day."""
    context, dmy, marks = Context(published), day_first(text), []
    for sentence in sentences(text):
        for found in find_dates(text, sentence.start, sentence.end, context, dmy=dmy):
            when = date_text(found.span.start, found.span.end, found.span.precision)
            marks.append(Mark(found.start, found.end, "date", "", when, f"Date: {when}"))
    return marks


def segments(length: int, marks: Sequence[Mark]) -> list[tuple[int, int, list[Mark]]]:
    """Cut a text at every beginning and end of a mark: (start, end, marks that cover it); nothing of the text is lost.

    Parameters
    ----------
    length : characters of the text. marks : parts outside the text are cut off
    """
    inside = [m for m in marks if m.start < m.end and m.end > 0 and m.start < length]
    cuts = sorted({0, length, *(max(0, m.start) for m in inside), *(min(length, m.end) for m in inside)})
    order = sorted(inside, key=lambda m: (m.start, m.end))
    out, open_, i = [], list[Mark](), 0
    for a, b in pairwise(cuts):
        while i < len(order) and order[i].start <= a:
            open_.append(order[i])
            i += 1
        open_ = [m for m in open_ if m.end > a]
        out.append((a, b, list(open_)))
    return out


def _merged(marks: Sequence[Mark]) -> list[Mark]:
    """One mark per words and sense: what a claim used says more than the same words found alone."""
    best: dict[tuple[int, int, str], Mark] = {}
    for m in marks:
        key = (m.start, m.end, m.what if m.what != "claim" else m.claims[0])
        old = best.get(key)
        if old is None:
            best[key] = m
        else:  # of a place the gazetteer's words say more, of dates and figures those of the statement
            first = old if bool(old.claims) != (m.what == "place") else m
            best[key] = first._replace(claims=tuple(dict.fromkeys((*old.claims, *m.claims))))
    dates = [m for m in best.values() if m.what == "date" and m.claims]
    return [
        m
        for m in best.values()
        if m.claims or m.what != "date" or not any(d.start < m.end and m.start < d.end for d in dates)
    ]


def marked_html(text: str, marks: Sequence[Mark], chosen: str | None = None) -> str:
    """The text with its marks; those of the chosen claim are framed and labelled.

    Statements of several kinds over the same words are grey.  Everything is escaped.
    """
    parts = [_piece(text, a, b, over, chosen) for a, b, over in segments(len(text), _merged(marks))]
    return f"<article class='dl-doc' lang='en' dir='auto'>{''.join(parts)}</article>"


def _piece(text: str, start: int, end: int, over: list[Mark], chosen: str | None) -> str:
    piece = _with_pages(text, start, end)
    if not over:
        return piece
    looks = {m.look for m in over if m.what == "claim"}
    mine = [m for m in over if chosen and chosen in m.claims]
    looks = {m.look for m in mine if m.what == "claim"} or looks
    names = [looks.pop() if len(looks) == 1 else "several"] if looks else []
    names += sorted({m.what for m in over if m.what != "claim"})
    names += ["here"] * any(m.what == "claim" for m in mine) + ["used"] * any(m.what != "claim" for m in mine)
    ends = [m.label for m in over if m.end == end and m.label]
    label = f" data-label='{escape(' · '.join(dict.fromkeys(ends)), quote=True)}'" if ends else ""
    title = escape("\n".join(dict.fromkeys(m.title for m in reversed(over))), quote=True)
    return f"<mark class='{escape(' '.join(names))}'{label} title='{title}'>{piece}</mark>"


def _with_pages(text: str, start: int, end: int) -> str:
    """A part of the text, escaped; where a page begins (a form feed) its number can be shown by the style sheet."""
    parts = text[start:end].split("\f")
    first = text.count("\f", 0, start) + 2
    feeds = [f"<span class='dl-page' data-page='{first + i}'>\f</span>" for i in range(len(parts) - 1)]
    return "".join(escape(p) + f for p, f in zip(parts, [*feeds, ""], strict=True))


def legend_html(marks: Sequence[Mark], kinds: Mapping[str, str]) -> str:
    """What the marks mean, only those that occur.

    kinds : kind -> word, in the order to be shown
    """
    seen = {m.what for m in marks} | {w for m in marks for w in m.look.split()}
    items = [f"<mark class='{escape(k)}'>{escape(name)}</mark>" for k, name in kinds.items() if k in seen]
    items += [f"<mark class='{what}'>{escape(label)}</mark>" for what, label in _LEGEND[1:] if what in seen]
    return f"<p class='dl-marks'>{''.join(items)}</p>"
