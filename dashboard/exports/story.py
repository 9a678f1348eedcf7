"""What a deck says, slide by slide, as plain values: the same for PPTX and PDF.

Takes a View, its Stamp and a Page; gives `Slide`s.  Draws nothing.  Every slide knows the sentences and documents
behind it
(speaker notes).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.changed import counts_words, slide_rows, within
from dashboard.exports.page import Extent, Page
from dashboard.exports.rows import claim_rows, source_rows
from dashboard.exports.sheet import subtitle_of, title_of
from dashboard.exports.stamp import Stamp, filters_from, kinds_text, stamp_of
from dashboard.view import View, view_of
from dashboard.wording import NOT_STATED, counts_text, date_text, joined, plural, split, word
from geodata.totals import over_period, without_parts

__all__ = ["ROWS_PER_SLIDE", "Slide", "slides_of"]

ROWS_PER_SLIDE = 9
_MAIN_ROWS, _COUNTRIES, _NOTE_LINES = 18, 8, 14
_NEW_DAYS = 30
_LATELY_DAYS = 120  # what happened before is background, though it is told for the first time


@dataclass(frozen=True)
class Slide:
    """One slide: kind (title, picture, table), texts, and either a picture's view or a table."""

    kind: str
    title: str
    subtitle: str = ""
    view: View | None = None
    picture: str = "map"
    alt: str = ""
    columns: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: str = ""
    extent: Extent | None = None  # part of the world of a map; None = the page's


def _when(row: pd.Series) -> str:
    return date_text(row["date_start"], row["date_end"], row["date_precision"])


def _where(row: pd.Series) -> str:
    if not isinstance(row["place"], str):
        return "without place"
    country = row["country"] if isinstance(row["country"], str) and row["country"] != row["place"] else ""
    return f"{row['place']}, {country}" if country else str(row["place"])


def _notes(view: View, events: pd.DataFrame) -> str:
    """Sources and sentences behind a slide."""
    claims = claim_rows(view)
    documents = view.snapshot.documents.set_index("doc_id")
    wanted = claims[claims["event_id"].isin(list(events["event_id"])[: _NOTE_LINES * 2])]
    lines = []
    for claim in wanted.head(_NOTE_LINES).to_dict("records"):
        lines.append(f"“{' '.join(claim['quote'].split())[:240]}” – {_source(documents, claim['doc_id'])}")
    rest = len(claims[claims["event_id"].isin(set(events["event_id"]))]) - len(lines)
    return "\n".join(lines + ([f"and {plural(rest, 'more sentence')} in the data"] if rest > 0 else []))


def _source(documents: pd.DataFrame, doc_id: str) -> str:
    if doc_id not in documents.index:
        return doc_id
    d = documents.loc[doc_id]
    named = [d["publisher"], d["title"], date_text(d["published"], d["published"], "day")]
    return ", ".join(str(p) for p in named if isinstance(p, str) and p) or str(d["name"])


def _weight(events: pd.DataFrame) -> pd.Series:
    """What puts an event on the list of main events: people killed or injured, then sources, then people, then news."""
    figures = events[["killed_best", "injured_best", "arrested_best", "people_best"]].astype("Float64").fillna(0)
    harm = figures["killed_best"] * 1000 + figures["injured_best"] * 100 + figures["arrested_best"] * 10
    return (harm + events["n_sources"] * 500 + (figures["people_best"] > 0) * 50).astype(float)


def _split(slide: Slide, rows: Sequence[tuple[str, ...]]) -> Iterator[Slide]:
    pages = max(1, -(-len(rows) // ROWS_PER_SLIDE))
    for i in range(pages):
        part = tuple(rows[i * ROWS_PER_SLIDE : (i + 1) * ROWS_PER_SLIDE])
        of = f" ({i + 1} of {pages})" if pages > 1 else ""
        yield replace(slide, title=slide.title + of, rows=part)


def _main_events(view: View) -> Iterator[Slide]:
    if view.kept.empty:
        return
    longer = over_period(view.kept)
    single = view.kept[~longer]
    if single.empty:
        return
    order = single.assign(_w=_weight(single)).sort_values(
        ["_w", "date_start", "event_id"], ascending=[False, False, True], kind="stable"
    )
    main = order.head(_MAIN_ROWS).sort_values(["date_start", "event_id"], na_position="last", kind="stable")
    rows = [
        (
            _when(e),
            f"{word('kind', e['kind'])}: {word('subkind', e['subkind'])}",
            _where(e),
            counts_text(e) or NOT_STATED,
            word("certainty", e["certainty"]),
            str(e["n_sources"]),
        )
        for _, e in main.iterrows()
    ]
    slide = Slide(
        "table",
        "Main events",
        f"{len(main)} of {plural(len(single), 'single event')}, by figures and number of sources",
        columns=("When", "What", "Where", "Figures", "Certainty", "Sources"),
        widths=(0.17, 0.2, 0.25, 0.22, 0.09, 0.07),
        notes=_notes(view, main),
    )
    yield from _split(slide, rows)


def _periods(view: View) -> Iterator[Slide]:
    """Figures that sources give for a longer time: apart from single events, because they may hold these."""
    told = without_parts(view.kept)
    told = told[over_period(told)].sort_values(["date_end", "event_id"], ascending=[False, True], kind="stable")
    rows = [(_when(e), e["title"], counts_text(e), str(e["n_sources"])) for _, e in told.iterrows()]
    if not rows:
        return
    slide = Slide(
        "table",
        "Totals over longer periods",
        f"{plural(len(rows), 'figure')}; they may hold single events and are not added to them",
        columns=("Period", "What", "Figures", "Sources"),
        widths=(0.25, 0.4, 0.25, 0.1),
        notes=_notes(view, told),
    )
    yield from _split(slide, rows[: 2 * ROWS_PER_SLIDE])


def _disagreement(view: View) -> Iterator[Slide]:
    differs = view.kept[view.kept["conflicts"] != ""]
    claims, documents = claim_rows(view), view.snapshot.documents.set_index("doc_id")
    rows = []
    for _, event in differs.iterrows():
        for claim in claims[claims["event_id"] == event["event_id"]].head(4).to_dict("records"):
            said = counts_text(claim) or "no figures"
            when = date_text(claim["date_start"], claim["date_end"], claim["date_precision"])
            where = claim["place"] if isinstance(claim["place"], str) else "without place"
            on = joined([word("conflict", c) for c in split(event["conflicts"])])
            rows.append((event["title"], on, f"{when} · {where} · {said}", _source(documents, claim["doc_id"])))
    if not rows:
        return
    slide = Slide(
        "table",
        "Where sources disagree",
        f"{plural(len(differs), 'event')}; nothing is averaged",
        columns=("Event", "They differ on", "What it says", "Source"),
        widths=(0.24, 0.16, 0.32, 0.28),
        notes=_notes(view, differs),
    )
    yield from _split(slide, rows[: 2 * ROWS_PER_SLIDE])


def _new(view: View) -> Iterator[Slide]:
    """Events of late that were first told of in the last 30 days before the newest document, the latest first."""
    documents = view.snapshot.documents
    newest = documents["published"].max()
    if pd.isna(newest) or view.kept.empty:
        return
    since = newest - pd.Timedelta(days=_NEW_DAYS)
    told = claim_rows(view).merge(documents[["doc_id", "published"]], on="doc_id", how="left")
    first = told.groupby("event_id")["published"].min().reindex(view.kept["event_id"]).set_axis(view.kept.index)
    fresh = view.kept[first > since]
    happened = fresh["date_end"].fillna(fresh["date_start"])
    lately = happened >= newest - pd.Timedelta(days=_LATELY_DAYS)
    older = int((~lately).sum())
    fresh = fresh[lately].assign(_d=happened[lately]).sort_values(["_d", "event_id"], ascending=[False, True])
    rest = int(first.isna().sum())
    rows = [(_when(e), e["title"], counts_text(e) or NOT_STATED, str(e["n_sources"])) for _, e in fresh.iterrows()]
    note = f"first reported after {date_text(since, since, 'day')}, the latest first"
    note += f"; {older} of longer ago, told now, not listed" if older else ""
    note += f"; {rest} of unknown report date" if rest else ""
    slide = Slide(
        "table",
        "What is new",
        f"{plural(len(rows), 'event')} {note}",
        columns=("When", "Event", "Figures", "Sources"),
        widths=(0.2, 0.45, 0.25, 0.1),
        notes=_notes(view, fresh),
    )
    yield from _split(slide, (rows or [("–", "Nothing new in this time", "", "")])[: 2 * ROWS_PER_SLIDE])


def _changed(view: View, page: Page) -> Iterator[Slide]:
    """What changed between two states of the store, of what the filters leave."""
    if page.changed is None:
        return
    rows = within(page.changed.rows, view.kept["event_id"])
    told = slide_rows(rows)
    most = 2 * ROWS_PER_SLIDE
    more = f"; the first {most} are listed" if len(told) > most else ""
    slide = Slide(
        "table",
        "What changed",
        f"since {page.changed.since}, until {page.changed.until}: {counts_words(rows)}{more}",
        columns=("Change", "Event", "Before", "Now"),
        widths=(0.12, 0.34, 0.27, 0.27),
        notes="\n".join(f"{r['title']}: {r['change']}, {r['what']}" for r in rows.head(30).to_dict("records")),
    )
    yield from _split(slide, (told or [("–", "Nothing changed", "", "")])[:most])


def _countries(view: View, page: Page) -> Iterator[Slide]:
    counted = view.tops[0][1] if view.tops else []
    codes = {name: code for code, name in view.names.items()}
    for name, n in counted[:_COUNTRIES]:
        code = codes.get(name, name)
        part = view_of(view.base, replace(view.filters, country=(code,)), view.whole)
        yield Slide(
            "picture",
            name,
            f"{plural(n, 'event')}: {kinds_text(part.kept)}",
            part,
            alt=_alt(part, f"Map of {name}"),
            notes=_notes(part, part.kept),
        )


def _alt(view: View, what: str) -> str:
    """A picture in words."""
    places = ", ".join(f"{name} ({n})" for name, n in (view.tops[0][1] if view.tops else [])[:5])
    return f"{what}: {kinds_text(view.kept)}." + (f" Most in {places}." if places else "")


def _sources(view: View) -> Iterator[Slide]:
    documents = source_rows(view)
    rows = [
        (
            str(d["publisher"]) if isinstance(d["publisher"], str) else NOT_STATED,
            str(d["title"]) if isinstance(d["title"], str) else str(d["name"]),
            date_text(d["published"], d["published"], "day"),
            str(d["n_claims"]),
        )
        for _, d in documents.iterrows()
    ]
    most = 3 * ROWS_PER_SLIDE
    note = f"; the newest {most} are listed" if len(rows) > most else ""
    slide = Slide(
        "table",
        "Sources",
        plural(len(rows), "document") + note,
        columns=("Publisher", "Title", "Published", "Claims"),
        widths=(0.24, 0.5, 0.17, 0.09),
        notes="\n".join(str(u) for u in documents["url"].dropna().head(30)),
    )
    yield from _split(slide, (rows or [("–", "No document", "", "")])[:most])


def _about(stamp: Stamp) -> Slide:
    told = (p for p in stamp.pairs() if p[1] != "?" and p[0] != "Attribution")
    rows = (*told, ("Attribution", stamp.attribution))
    return Slide(
        "table",
        "What these slides show",
        "and how to open the view again",
        columns=("", ""),
        widths=(0.2, 0.8),
        rows=rows,
        notes=stamp.text(),
    )


def _usual(view: View, title: str, subtitle: str) -> Iterator[Slide]:
    notes = _notes(view, view.kept)
    yield Slide("picture", title, subtitle, view, "map", _alt(view, "Map"), notes=notes)
    yield Slide("picture", "When", subtitle, view, "timeline", _alt(view, "Timeline"), notes=notes)
    yield Slide(
        "picture", "Where and when", subtitle, view, "matrix", _alt(view, "Events by country and time"), notes=notes
    )


def _saved(view: View, page: Page) -> Iterator[Slide]:
    """One slide per saved view, with its own filters."""
    for saved in page.views:
        part = view_of(view.base, filters_from(saved.query))
        told = saved.caption or subtitle_of(part, Page())
        yield Slide(
            "picture",
            saved.name,
            told,
            part,
            saved.picture,
            _alt(part, saved.name),
            notes=_notes(part, part.kept),
            extent=saved.part,
        )


def slides_of(view: View, stamp: Stamp, page: Page) -> list[Slide]:
    """All slides in order: title, pictures, main events, disagreement, new, changed, countries, sources, about."""
    title, subtitle = title_of(view, page), subtitle_of(view, page)
    pictures = _saved(view, page) if page.views else _usual(view, title, subtitle)
    slides = [
        Slide("title", title, subtitle, notes=stamp.text()),
        *pictures,
        *_main_events(view),
        *_periods(view),
        *_disagreement(view),
        *_new(view),
        *_changed(view, page),
    ]
    if page.per_country:
        slides += _countries(view, page)
    return [*slides, *_sources(view), _about(stamp)]


def stamp_of_slide(slide: Slide, stamp: Stamp) -> Stamp:
    """The slide's own stamp where it shows another part than the deck."""
    return stamp_of(slide.view) if slide.view is not None and slide.kind == "picture" else stamp
