"""Date expressions: words in a text → inclusive intervals with a precision.

Takes the text, the document's own date (may be None) and the period a heading or title announces; gives `DateMention`s
with offsets.  Relative words ("last Friday", "two days later", "that month") are resolved against the document's date
or against dates already named; what cannot be resolved stays unknown: the publication date never stands in for it.
Does not decide which event a date belongs to.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator

from extract.date_context import Context, DateMention, day_number, month_number, month_span, safe_date, year_for
from extract.date_patterns import RULES
from extract.date_values import HANDLERS
from extract.schema import DateSpan

_RELATION = re.compile(
    r"\b(since|by|until|till|before|after|following|prior to|up to|to date)\s+(?:the\s+)?(?:end of\s+|start of\s+)?$",
    re.I,
)


def day_first(text: str) -> bool | None:
    """Whether numeric dates in this text put the day first: True, False, or None where nothing shows it."""
    for m in re.finditer(r"\b(\d\d?)/(\d\d?)(?:/\d{2,4})?\b", text):
        a, b = int(m[1]), int(m[2])
        if 12 < a <= 31 and b <= 12:
            return True
        if 12 < b <= 31 and a <= 12:
            return False
    return None


def find_dates(text: str, start: int, end: int, ctx: Context, *, dmy: bool | None = None) -> list[DateMention]:
    """Date expressions of `text[start:end]` in reading order; `ctx` is updated as they are resolved.

    `dmy` says whether 3/4/2024 is the 3rd of April (see `day_first`); None leaves such a date unresolved.
    """
    taken = _Taken()
    found: list[tuple[int, int, re.Match[str], str]] = []
    segment = text[start:end]
    for pattern, name in RULES.for_sentence(segment):
        for m in pattern.finditer(segment):
            a, b = m.span()
            if taken.covers(a, b):
                continue
            if not _plausible(m, name, segment):
                continue
            taken.add(a, b)
            found.append((a, b, m, name))
    found.sort(key=lambda f: f[0])
    out: list[DateMention] = []
    for a, b, m, name in found:
        span = _resolve(m, name, ctx, dmy)
        if span is None:
            continue
        if (
            out
            and name == "rel_days"
            and out[-1].explicit_year
            and segment[out[-1].end - start : a].strip(" (") in ("", ",")
        ):
            continue  # "on 19 December 2016, eight years ago today" says one date twice
        if (
            out
            and name in ("dmy", "mdy", "month_prep")
            and out[-1].how == "rel_days"
            and not m.groupdict().get("y")
            and out[-1].span.start
            and re.fullmatch(r",?\s*(?:on|in)?\s*(?:the\s*)?", segment[out[-1].end - start : a])
            and segment[out[-1].start - start :][:80].lower().split()[1:2] in (["years"], ["year"])
        ):
            year = out.pop().span.start.year  # type: ignore[union-attr]  # "two years later, on 11 December"
            moved = safe_date(year, month_number(m["mo"]), day_number(m["d"])) if m.groupdict().get("d") else None
            span = (DateSpan(moved, moved, "day") if moved else None) or DateSpan(
                *month_span(year, month_number(m["mo"])), "month"
            )
        relation = ""
        r = _RELATION.search(segment[max(0, a - 24) : a])
        if r:
            relation = r[1].lower()
        elif name == "before_start":
            relation = ""
        explicit = bool(m.groupdict().get("y"))
        b -= len(segment[a:b]) - len(segment[a:b].rstrip(" ,."))
        out.append(DateMention(start + a, start + b, span, relation, explicit, name))
        compared = re.search(
            r"\b(?:whole of|compared (?:with|to)|against|than in|same \w+ (?:in|of)|up from|down from)\s*(?:the\s)?$",
            segment[max(0, a - 26) : a],
            re.I,
        )
        if (
            name in ("year_prep", "month_year", "part_year", "season")
            and a <= 12
            and re.fullmatch(r"\W*(?:In|During|Throughout|By|Since|Already in|Back in)?\s*", segment[:a])
        ):
            ctx.scene = (span.end or span.start).year if span.start else ctx.scene  # type: ignore[union-attr]
        if not compared:
            _remember(ctx, span, explicit and name not in ("year_attr",), name)
    return out


class _Taken:
    """Spans that are read already, none over another; asked in less than linear time, for texts without full stops."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def covers(self, start: int, end: int) -> bool:
        """Whether a span lies over one that is taken."""
        i = bisect_left(self.starts, start)
        return (i > 0 and self.ends[i - 1] > start) or (i < len(self.starts) and self.starts[i] < end)

    def add(self, start: int, end: int) -> None:
        """Take a span."""
        i = bisect_left(self.starts, start)
        self.starts.insert(i, start)
        self.ends.insert(i, end)


def _plausible(m: re.Match[str], name: str, segment: str) -> bool:
    """Refuse what only looks like a date: "may" the verb, "march" the verb, "8/10", a price."""
    word = m.groupdict().get("mo")
    if (
        word
        and word[0].islower()
        and segment != segment.lower()
        and word.lower() in ("may", "march", "mar", "dec", "jan", "sun", "sat")
    ):
        return False
    if name in ("month_prep", "month_comma") and word and word.lower() in ("may", "mar") and not word[0].isupper():
        return False
    if name == "month_range" and not (m["mo"][0].isupper() or segment == segment.lower()):
        return False
    if name == "half_code" and m.group()[0] != "H":
        return False
    if name == "weekday" and m["w"][0].islower() and segment != segment.lower():
        return False
    return not (name in ("season_in",) and m.group().lower().endswith("spring") and m.group()[-6].isupper())


def _remember(ctx: Context, span: DateSpan, explicit: bool, name: str) -> None:
    if (span.start is None and span.end is None) or name in ("year_attr", "past_n", "feast"):
        return  # "the 2017 attack" is told in passing: the narrative does not move there
    ctx.last = span
    if explicit:
        ctx.year = (span.end or span.start).year  # type: ignore[union-attr]


def _resolve(m: re.Match[str], name: str, ctx: Context, dmy: bool | None) -> DateSpan | None:
    handler = HANDLERS.get(name)
    return handler(m, ctx, dmy) if handler else None


def applied(mention: DateMention, ctx: Context) -> DateSpan:
    """The interval an event has when its date is introduced by since, by, until, before or after."""
    s, r = mention.span, mention.relation
    if r == "since":
        if s.start and ctx.published and s.start > ctx.published:  # it cannot have begun after it was told
            return s if mention.explicit_year else _a_year_before(s, ctx.published)
        return DateSpan(
            s.start,
            ctx.published or (ctx.period.end if ctx.period else None),
            "year" if s.precision == "year" else "month",
        )
    if r in ("by", "until", "till", "up to", "to date"):
        return DateSpan(None, s.end, "unknown")
    if r in ("before", "prior to"):
        return DateSpan(None, s.start, "unknown")
    return s


def _a_year_before(span: DateSpan, published: dt.date) -> DateSpan:
    """ "since December", told in May: the December before."""
    assert span.start is not None
    start = safe_date(span.start.year - 1, span.start.month, min(span.start.day, 28))
    return DateSpan(start, published, "month")


def iter_year_mentions(text: str) -> Iterator[int]:
    """Four-digit years of a short text such as a title."""
    for m in re.finditer(r"\b(?:19[5-9]\d|20[0-4]\d)\b", text):
        yield int(m.group())


__all__ = [
    "Context",
    "DateMention",
    "applied",
    "day_first",
    "find_dates",
    "iter_year_mentions",
    "month_span",
    "year_for",
]
