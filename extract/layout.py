"""How a document is laid out: where its body ends, what its title announces, what heads an entry.

Pure functions over the text and its sentences; nothing here knows events.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from extract.dates import Context, DateMention, find_dates, iter_year_mentions
from extract.schema import DateSpan, Document
from extract.text import Sentence
from extract.where import PlaceRef

#: "QUETTA, Pakistan, Oct 14 (Continental Newswire) — ", "ROME — "
DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .’'/-]{2,30}(?:,[^—–\n]{0,45})?(?:\s*\([^)\n]{0,40}\))?\s*(?:—|–|--|-)\s+(?=[A-Z“\"0-9])"
)
META = re.compile(r"\b(?:published|issued|date of issue|updated|posted)\b", re.I)


def end_of_body(text: str) -> int:
    """Where notes, link lists and boilerplate begin: claims are read up to there."""
    for pattern in (
        r"^Sources?: ",
        r"^[ \t]*(?:Citations|References|Notes|Endnotes|Bibliography|Footnotes|Works cited)[ \t]*$",
        r"^[ \t]*(?:Read more|Most read|Most popular|Trending|Read next|Latest news|More from[^\n]*|Sign up[^\n]*|Related (?:articles|stories)|Newsletter|About the authors?|More on this story|You may also like)[ \t]*$",
    ):
        m = re.search(pattern, text, re.M | re.I)
        if m and m.start() > 0.3 * len(text):
            return m.start()
    return len(text)


def headline_end(text: str, sents: Sequence[Sentence]) -> int:
    """The end of the headline and by-lines: headings before the first full sentence."""
    for s in sents:
        if not s.heading:
            return s.start
    return 0


def announced_period(text: str, sents: Sequence[Sentence], document: Document, dmy: bool | None) -> DateSpan | None:
    """The period a title announces ("MARCH 2023", "Third quarter 2024", "Chronicle 2023"): None for a day or nothing."""
    heads = [s for s in sents[:8] if s.heading and not META.match(text[s.start : s.end].strip())][:4]
    lines = [(document.title or "", 0)] if document.title else []
    lines += [(text[s.start : s.end], s.start) for s in heads]
    for s in (s for s in sents[:12]):
        line = text[s.start : s.end]
        if re.match(r"(?:reporting )?period\b|covering\b|week \d+", line, re.I):
            for d in find_dates(line, 0, len(line), Context(document.published), dmy=dmy):
                if d.span.start and d.span.end and d.span.start != d.span.end:
                    return d.span
    for line, _ in lines:
        line = META.split(line)[0]
        ctx = Context(document.published)
        for d in find_dates(line, 0, len(line), ctx, dmy=dmy):
            long = d.span.start is not None and d.span.end is not None and (d.span.end - d.span.start).days >= 6
            if (
                d.span.start
                and d.explicit_year
                and (d.span.precision != "day" or long)
                and not re.search(r"\bpress release|No\.", line, re.I)
            ):
                return d.span
        years = list(iter_year_mentions(line))
        if (
            len(years) == 1
            and re.search(rf"(?:\bin |^|[A-Za-z] ){years[0]}\b(?!/)", line)
            and not re.search(
                r"release|No\.|/|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ 20|[A-Z][a-z]+ \d{1,2}, 20|[-–]", line
            )
        ):
            return DateSpan(dt.date(years[0], 1, 1), dt.date(years[0], 12, 31), "year")
    return None


def dominant_year(text: str, sents: Sequence[Sentence], document: Document) -> DateSpan | None:
    """The year a retrospect is about: named in most places where a year stands, and at least four times after "in"."""
    body = text[: end_of_body(text)]
    years = Counter(
        int(y) for y in re.findall(r"\b(?:[Ii]n|[Tt]he year|[Dd]uring|throughout) (20[0-4]\d|19[5-9]\d)\b", body)
    )
    if not years:
        return None
    year, n = years.most_common(1)[0]
    if n >= 4 and n >= 0.6 * sum(years.values()):
        return DateSpan(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")
    return None


def topic_of(text: str, sents: Sequence[Sentence], document: Document) -> tuple[str, str] | None:
    """Kind and subkind that the title announces: "Returns of citizens from Syria", "Irregular arrivals"."""
    lines = [text[s.start : s.end] for s in sents[:5] if s.heading] + ([document.title] if document.title else [])
    for line in lines:
        if re.search(r"\breturns?\b|\brepatriat", line, re.I):
            return "route", "repatriation"
        if re.search(r"\barrivals?\b|\bcrossings?\b|\bencounters?\b", line, re.I):
            return "route", "border_crossing"
    return None


def entry_of(
    text: str, s: Sentence, dates: Sequence[DateMention], places: Sequence[PlaceRef]
) -> tuple[DateMention | None, list[PlaceRef]]:
    """A date or place that heads an entry: "18.03 Kulob: …", "5 August. …", "MELILLA. …", "Malta: 34 people …"."""
    words = text[s.start : s.end]
    lead = 0
    when: DateMention | None = None
    if dates and re.fullmatch(r"\W*(?:on )?", text[s.start : dates[0].start], re.I) and dates[0].span.start is not None:
        rest = text[dates[0].end : s.end]
        if dates[0].how.startswith("dotted") or re.match(r"\s*(?:[:–—]|\.?$|\.\s)", rest):
            when, lead = dates[0], dates[0].end - s.start
    names = [r for r in places if not r.demonym and not r.pointed]
    if names and re.fullmatch(r"[\s,.;:–—-]*", words[lead : names[0].start - s.start]):
        run = [names[0]]
        for r in names[1:]:
            if len(text[run[-1].end : r.start]) <= 12 and re.fullmatch(
                r"(?:\s*(?:dist\.?|district|prov\.?|province|airport|valley|dists\.?|region)\s*)?[\s,/&]*(?:and)?\s*(?:the\s)?",
                text[run[-1].end : r.start],
            ):
                run.append(r)
            else:
                break
        if re.match(
            r"\s*(?:dist\.?|district|prov\.?|province|airport|valley|dists\.?|region|sector)?\s*(?:\([^)\n]{1,25}\)\s*)?(?::|\.$|\.\s|\s[–—-]\s)",
            text[run[-1].end : s.end + 1],
            re.I,
        ):
            return when, run
    return when, []


__all__ = [
    "DATELINE",
    "META",
    "announced_period",
    "dominant_year",
    "end_of_body",
    "entry_of",
    "headline_end",
    "topic_of",
]
