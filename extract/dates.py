"""Date expressions: words in a text → inclusive intervals with a precision.

Takes the text, the document's own date (may be None) and the period a heading or title announces; gives `DateMention`s
with offsets.  Relative words ("last Friday", "two days later", "that month") are resolved against the document's date
or against dates already named; what cannot be resolved stays unknown: the publication date never stands in for it.
Does not decide which event a date belongs to.
"""
from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.numbers import ORDINALS, WORDS, number_value
from extract.schema import DatePrecision, DateSpan

MONTHS = {m: i for i, names in enumerate((
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
    ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
    ("december", "dec")), 1) for m in names}
WEEKDAYS = {d: i for i, d in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))}
#: Northern-hemisphere seasons as newspapers use them (meteorological): first and last month.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
#: Fixed feast days: month, day.
FEASTS = {"new year's eve": (12, 31), "new year's day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
          "halloween": (10, 31), "nowruz": (3, 21), "navruz": (3, 21), "new year's celebrations": (12, 31)}

_M = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_Y = r"(?:19[5-9]\d|20[0-4]\d)"
_W = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_N = r"(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few|a couple of)"
_DASH = r"\s*(?:-|–|—|to|and|until|through|till)\s*"
_THIS = r"(?:this|last|past|previous|current|next|that|the same)"
_Q = "['’]"


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression in the text and what it means; `relation` since/by/before/after where such a word precedes."""

    start: int
    end: int
    span: DateSpan
    relation: str = ""
    explicit_year: bool = False
    how: str = ""


@dataclass
class Context:
    """What a relative expression may lean on while the text is read from top to bottom."""

    published: dt.date | None
    period: DateSpan | None = None       # announced by a title or heading
    last: DateSpan | None = None         # the last date named in the running text
    year: int | None = None              # the last year named
    scene: int | None = None             # the year a sentence of this paragraph opened with: "In 2022, …"


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _make(start: dt.date, end: dt.date, precision: DatePrecision) -> DateSpan:
    return DateSpan(start, end, precision)


def _safe(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _day(word: str) -> int:
    return int(re.match(r"\d+", word).group())  # type: ignore[union-attr]


def year_for(ctx: Context, month: int, day: int | None = None) -> int | None:
    """The year of "14 January" without one: the announced period, else the last such day before the document's date."""
    if ctx.period and ctx.period.start and ctx.period.end:
        if ctx.year and ctx.period.start.year <= ctx.year <= ctx.period.end.year > ctx.period.start.year:
            return ctx.year              # a report on several years: the one named last
        for year in range(ctx.period.end.year, ctx.period.start.year - 1, -1):
            first, last = month_span(year, month)
            if ctx.period.start <= last and first <= ctx.period.end:
                return year
        if ctx.period.start.year == ctx.period.end.year:
            return ctx.period.start.year
    if ctx.published:
        first = _safe(ctx.published.year, month, day or 1)
        year = ctx.published.year
        if first and first > ctx.published + dt.timedelta(days=1):
            year -= 1
        # "In 2022 … In June": a year named just before outweighs the publication's, if it is not in the future
        return ctx.scene if ctx.scene and ctx.scene < year else year
    return ctx.year


class _Rules:
    """The patterns, most specific first; each returns a DateMention's span or None (not resolvable)."""

    def __init__(self) -> None:
        self.rules: list[tuple[re.Pattern[str], str]] = []
        add = self.add
        add("iso", rf"\b(?P<y>{_Y})-(?P<mo>\d\d)-(?P<d>\d\d)\b")
        add("dotted", rf"\b(?P<d>\d\d?)\.(?P<mo>\d\d?)\.(?P<y>{_Y})\b")
        add("slashed", rf"\b(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y>{_Y}|\d\d)\b")
        add("dotted_range", r"^(?P<d>\d\d?)\s*[-–]\s*(?P<e>\d\d?)\.(?P<mo>0[1-9]|1[0-2])\b(?!\.?\d)")
        add("dotted_short", r"^(?P<d>\d\d?)\.(?P<mo>0[1-9]|1[0-2])\b(?!\.?\d)")
        add("sept11", r"\b9/11\b")
        add("slashed_short", r"\b(?P<a>1[0-2]|0?[1-9])/(?P<b>[12]\d|3[01]|0?[1-9])\b(?!/)")
        add("day_range", rf"\b(?:between |from )?(?:the )?(?P<d>{_D}){_DASH}(?:the )?(?P<e>{_D}) (?:of )?(?P<mo>{_M})(?:,? (?:of )?(?P<y>{_Y}))?\b")
        add("day_range_us", rf"\b(?:between |from )?(?P<mo>{_M}) (?P<d>{_D}){_DASH}(?P<e>{_D})\b(?:,? (?P<y>{_Y}))?")
        add("dmy_range", rf"\b(?:between |from )(?P<d>{_D}) (?P<mo>{_M})(?:,? (?P<y>{_Y}))?{_DASH}(?P<e>{_D}) (?P<mo2>{_M})(?:,? (?P<y2>{_Y}))?")
        add("mdy_range", rf"\b(?:between |from )(?P<mo>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?{_DASH}(?P<mo2>{_M}) (?P<e>{_D})\b(?:,? (?P<y2>{_Y}))?")
        add("month_range", rf"\b(?:between |from )?(?:early |late |mid-?)?(?P<mo>{_M}),?(?: (?:of )?(?P<y>{_Y}))?{_DASH}(?:early |late |mid-?)?(?P<mo2>{_M}),?(?: (?:of )?(?P<y2>{_Y}))?(?![\w])")
        add("year_range", rf"\b(?:between |from )(?P<y>{_Y}){_DASH}(?P<y2>{_Y})\b")
        add("year_dash", rf"\b(?P<y>{_Y})\s?[-–]\s?(?P<y2>{_Y}|\d\d)\b")
        add("fiscal", rf"\b(?:fiscal year|FY) ?(?P<y>{_Y})\b")
        add("months_of", rf"\b(?:the )?first (?P<n>{_N}) months(?: of (?:(?P<y>{_Y})|(?P<rel>this|last|the) year))?\b")
        add("half_of", rf"\b(?:the )?(?P<h>first|second|latter) half(?: of (?:(?P<y>{_Y})|(?P<rel>this|last|the) year|(?P<mo>{_M})(?: (?P<y3>{_Y}))?)| (?P<y2>{_Y}))?\b")
        add("half_code", rf"\bH(?P<h>[12])(?:[ /]?(?P<y>{_Y}))?\b")
        add("quarter", rf"\b(?:the )?(?P<q>first|second|third|fourth|1st|2nd|3rd|4th) quarter(?: of)?(?: (?P<y>{_Y}))?\b")
        add("quarter_code", rf"\bQ(?P<qn>[1-4])(?:[ /]?(?P<y>{_Y}))?\b")
        add("the_period", r"\b(?:over|in|during|throughout|for) (?:the|that|this) (?:whole |entire |three |six |reporting )?(?:quarter|period|months|reporting period|review period|six months|three months|month)\b(?! of| (?:before|after|earlier|later))")
        add("same_quarter", rf"\bthe same (?:quarter|period|months?) (?:in|of) (?P<y>{_Y})\b")
        add("week_of", rf"\b(?:the )?(?P<wk>first|second|third|fourth|last) week of (?P<mo>{_M})(?: (?P<y>{_Y}))?\b")
        add("dmy", rf"\b(?P<d>{_D}) (?:of )?(?P<mo>{_M})(?:,? (?:of )?(?P<y>{_Y}))?\b")
        add("mdy", rf"\b(?P<mo>{_M}) (?P<d>{_D})\b(?!\s*(?:people|persons|[a-z]+s\b(?= were)))(?:,? (?P<y>{_Y}))?")
        add("feast", rf"\b(?P<f>new year{_Q}s (?:eve|day)|christmas (?:eve|day)|halloween|nowruz|navruz)(?: (?:of )?(?P<y>{_Y}))?\b")
        add("part_month", rf"\b(?P<p>early|mid|late|the (?:start|beginning|end|middle) of|the beginning of)[ -](?:in )?(?P<mo>{_M})(?: (?:of )?(?P<y>{_Y}))?(?![\w])")
        add("end_that", r"\b(?:the )?(?P<p>start|beginning|end|middle) of (?:that|the|this) (?P<u>month|year)\b")
        add("part_year", rf"\b(?P<p>early|mid|late|the (?:start|beginning|end) of)[ -](?:in )?(?P<y>{_Y})\b")
        add("season", rf"\b(?:(?P<rel>this|last|that|the following|next|early|late) )?(?P<s>spring|summer|autumn|fall|winter)(?: of)? (?P<y>{_Y})\b")
        add("season_rel", r"\b(?P<rel>this|last|that|the following|next) (?P<s>spring|summer|autumn|fall|winter)\b")
        add("season_in", r"\b(?:in|during) (?:the )?(?P<s>spring|summer|autumn|winter)\b")
        add("before_start", rf"\bbefore the (?:start|beginning) of (?P<y>{_Y})\b")
        add("month_rel", rf"\b(?P<rel>this|last|that|next) (?P<mo>{_M})(?![\w])")
        add("month_year", rf"\b(?P<mo>{_M}),? (?:of )?(?P<y>{_Y})\b")
        add("month_this_year", rf"\b(?P<mo>{_M}) (?:of )?(?P<rel>this|last|that) year\b")
        add("month_prep", rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bby )|(?<=\bduring )|(?<=\buntil )|(?<=\bfrom )|(?<=\bof )|(?<=\bback in )|(?<=\bthroughout )|(?<=\bfor )|(?<=\bafter )|(?<=\bbefore )|(?<=\bas in ))(?P<mo>{_M})(?![\w'’])(?!\s+{_D}\b)")
        add("month_attr", rf"\b(?:the |a )(?P<mo>{_M}) (?=(?:\d+ )?(?:attack|bombing|assault|raid|shooting|crocus|operation|flight|massacre|blast|strike|incident))")
        add("month_comma", rf"\b(?P<mo>{_M})(?=, (?:when|and|the|a|after|which)\b| when\b)")
        add("rel_days", rf"\b(?:(?P<n>{_N}|exactly {_N}|about {_N}|around {_N}|some {_N})) (?P<u>day|night|week|month|year)s? (?P<dir>later|earlier|after|before|ago|previously)(?: today)?\b")
        add("week_or_so", r"\b(?:only |about )?(?:a|one) (?P<u>week|month|year) or (?:so|two) ago\b")
        add("weeks_before", r"\b(?:only |just )?(?P<u>days|weeks|months) (?P<dir>before|earlier|later|ago|after)\b")
        add("nth_of", r"\bthe (?:(?P<d>\d\d?)(?:st|nd|rd|th)|(?P<o>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?= of (?:that|this|the same) month))(?: of (?:that|the|this|the same) month)?\b(?! (?:century|anniversary|time|man|person|woman|infantry|day|of (?!that|the|this)))")
        add("next_unit", r"\b(?:the|on the|the very) (?P<rel>next|following|same|previous) (?P<u>day|morning|evening|night|afternoon|week|month|year|weekend)\b")
        add("that_unit", r"\b(?P<rel>that|the same) (?P<u>day|morning|evening|night|afternoon|week|month|year|weekend)\b")
        add("earlier_this", r"\b(?P<p>earlier|later|late|early) (?P<rel>this|last|that) (?P<u>week|month|year)\b")
        add("this_unit", r"\b(?P<rel>this|last|past|previous) (?P<u>week|month|year|weekend)\b(?! or)")
        add("past_n", rf"\b(?:over|in|during|for) (?:just )?the (?:past|last|previous) (?P<n>{_N})? ?(?P<u>day|week|month|year)s?\b")
        add("deictic", r"\b(?P<w>yesterday|today|tonight|last night|last evening|this morning|this afternoon|this evening|overnight)\b")
        add("weekend", r"\b(?:over|at|during) the (?:past |last )?weekend\b")
        add("weekday", rf"\b(?:(?P<rel>last|this|next|the following|the previous) )?(?P<w>{_W})(?:{_Q}s)?\b")
        add("year_attr", rf"\b(?P<y>{_Y})(?=(?:{_Q}s)? (?:[A-Za-z-]+ ){{0,3}}(?:attack|attacks|bombing|assault|plot|shooting|massacre|war|offensive|incident|amnest|election|blast|raid|siege|riots?|unrest|clashes|coup|invasion|earthquake|killing))")
        add("year_prep", rf"(?:(?<=\bin )|(?<=\bIn )|(?<=\bsince )|(?<=\bSince )|(?<=\bof )|(?<=\bduring )|(?<=\bDuring )|(?<=\bby )|(?<=\bBy )|(?<=\buntil )|(?<=\bthroughout )|(?<=\bThroughout )|(?<=\bfrom )|(?<=\bfor )|(?<=\byear )|(?<=\bafter )|(?<=\bbefore )|(?<=\band )|(?<=\bfollowing )|(?<=\()|(?<=^))(?P<y>{_Y})(?![\d/]|-\w|\.\d|,\d|%)(?! (?:people|persons|migrants|men|euros|dollars|km|kilomet))")

    def add(self, name: str, pattern: str) -> None:
        self.rules.append((re.compile(pattern, re.IGNORECASE | re.MULTILINE), name))


_RULES = _Rules()
_RELATION = re.compile(r"\b(since|by|until|till|before|after|following|prior to|up to|to date)\s+(?:the\s+)?(?:end of\s+|start of\s+)?$", re.I)


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
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, re.Match[str], str]] = []
    segment = text[start:end]
    for pattern, name in _RULES.rules:
        for m in pattern.finditer(segment):
            a, b = m.span()
            if any(a < y and x < b for x, y in taken):
                continue
            if not _plausible(m, name, segment):
                continue
            taken.append((a, b))
            found.append((a, b, m, name))
    found.sort(key=lambda f: f[0])
    out: list[DateMention] = []
    for a, b, m, name in found:
        span = _resolve(m, name, ctx, dmy)
        if span is None:
            continue
        if out and name == "rel_days" and out[-1].explicit_year and segment[out[-1].end - start:a].strip(" (") in ("", ","):
            continue                     # "on 19 December 2016, eight years ago today" says one date twice
        if out and name in ("dmy", "mdy", "month_prep") and out[-1].how == "rel_days" and not m.groupdict().get("y") and out[-1].span.start \
                and re.fullmatch(r",?\s*(?:on|in)?\s*(?:the\s*)?", segment[out[-1].end - start:a]) and segment[out[-1].start - start:].lower().split()[1:2] in (["years"], ["year"]):
            year = out.pop().span.start.year  # type: ignore[union-attr]  # "two years later, on 11 December"
            moved = _safe(year, _month(m["mo"]), _day(m["d"])) if m.groupdict().get("d") else None
            span = _one_day(moved) or DateSpan(*month_span(year, _month(m["mo"])), "month")
        relation = ""
        r = _RELATION.search(segment[max(0, a - 24):a])
        if r:
            relation = r[1].lower()
        elif name == "before_start":
            relation = ""
        explicit = bool(m.groupdict().get("y"))
        b -= len(segment[a:b]) - len(segment[a:b].rstrip(" ,."))
        out.append(DateMention(start + a, start + b, span, relation, explicit, name))
        compared = re.search(r"\b(?:whole of|compared (?:with|to)|against|than in|same \w+ (?:in|of)|up from|down from)\s*(?:the\s)?$", segment[max(0, a - 26):a], re.I)
        if name in ("year_prep", "month_year", "part_year", "season") and a <= 12 and re.fullmatch(r"\W*(?:In|During|Throughout|By|Since|Already in|Back in)?\s*", segment[:a]):
            ctx.scene = (span.end or span.start).year if span.start else ctx.scene  # type: ignore[union-attr]
        if not compared:
            _remember(ctx, span, explicit and name not in ("year_attr",), name)
    return out


def _plausible(m: re.Match[str], name: str, segment: str) -> bool:
    """Refuse what only looks like a date: "may" the verb, "march" the verb, "8/10", a price."""
    word = m.groupdict().get("mo")
    if word and word[0].islower() and segment != segment.lower() and word.lower() in ("may", "march", "mar", "dec", "jan", "sun", "sat"):
        return False
    if name in ("month_prep", "month_comma") and word and word.lower() in ("may", "mar") and not word[0].isupper():
        return False
    if name == "month_range" and not (m["mo"][0].isupper() or segment == segment.lower()):
        return False
    if name == "half_code" and m.group()[0] != "H":
        return False
    if name == "weekday" and m["w"][0].islower() and segment != segment.lower():
        return False
    if name in ("season_in",) and m.group().lower().endswith("spring") and m.group()[-6].isupper():
        return False
    return True


def _remember(ctx: Context, span: DateSpan, explicit: bool, name: str) -> None:
    if (span.start is None and span.end is None) or name in ("year_attr", "past_n", "feast"):
        return                           # "the 2017 attack" is told in passing: the narrative does not move there
    ctx.last = span
    if explicit:
        ctx.year = (span.end or span.start).year  # type: ignore[union-attr]


def _resolve(m: re.Match[str], name: str, ctx: Context, dmy: bool | None) -> DateSpan | None:
    handler = _HANDLERS.get(name)
    return handler(m, ctx, dmy) if handler else None


# ---------------------------------------------------------------- handlers, one per pattern
def _num(word: str | None, default: int = 1) -> int:
    if not word:
        return default
    word = re.sub(r"^(exactly|about|around|some) ", "", word.lower())
    if word in ("a", "an"):
        return 1
    if word in ("several", "a few"):
        return 3
    if word == "a couple of":
        return 2
    value = number_value(word)
    return int(value) if value is not None else default


def _g(m: re.Match[str], key: str) -> str | None:
    return m.groupdict().get(key)


def _one_day(day: dt.date | None) -> DateSpan | None:
    return _make(day, day, "day") if day else None


def _h_iso(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return _one_day(_safe(int(m["y"]), int(m["mo"]), int(m["d"])))


def _h_slashed(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    a, b = int(m["a"]), int(m["b"])
    year = int(m["y"]) if len(m["y"]) == 4 else 2000 + int(m["y"])
    if a > 12:
        dmy = True
    elif b > 12:
        dmy = False
    if dmy is None:
        if a == b:
            return _one_day(_safe(year, a, b))
        return None                      # 03/04: nothing in the document shows the order
    return _one_day(_safe(year, b, a) if dmy else _safe(year, a, b))


def _h_slashed_short(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if dmy:
        return None
    month, day = int(m["a"]), int(m["b"])
    if day <= 12 and dmy is None:
        return None                      # as likely a fraction or a ratio
    year = year_for(ctx, month, day)
    return _one_day(_safe(year, month, day)) if year else None


def _h_dotted_short(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = int(m["mo"])
    year = year_for(ctx, month, int(m["d"]))
    if not year:
        return None
    first = _safe(year, month, int(m["d"]))
    last = _safe(year, month, int(m["e"])) if _g(m, "e") else first
    return _make(first, last, "day") if first and last else None


def _h_sept11(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return None                          # a byword, not a date of what is told


def _year_of(m: re.Match[str], ctx: Context, month: int, day: int | None = None, key: str = "y") -> int | None:
    y = _g(m, key)
    return int(y) if y else year_for(ctx, month, day)


def _h_dmy(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month, day = _month(m["mo"]), _day(m["d"])
    year = _year_of(m, ctx, month, day)
    return _one_day(_safe(year, month, day)) if year else None


def _h_day_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = _month(m["mo"])
    year = _year_of(m, ctx, month, _day(m["d"]))
    if not year:
        return None
    a, b = _safe(year, month, _day(m["d"])), _safe(year, month, _day(m["e"]))
    return _make(a, b, "day") if a and b and a <= b else None


def _h_dmy_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    mo1, mo2 = _month(m["mo"]), _month(m["mo2"])
    y2 = int(m["y2"]) if _g(m, "y2") else (int(m["y"]) if _g(m, "y") else year_for(ctx, mo2))
    if not y2:
        return None
    y1 = int(m["y"]) if _g(m, "y") else (y2 if mo1 <= mo2 else y2 - 1)
    a, b = _safe(y1, mo1, _day(m["d"])), _safe(y2, mo2, _day(m["e"]))
    return _make(a, b, "day") if a and b and a <= b else None


def _h_month_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    mo1, mo2 = _month(m["mo"]), _month(m["mo2"])
    y2 = int(m["y2"]) if _g(m, "y2") else (int(m["y"]) if _g(m, "y") else year_for(ctx, mo2))
    if not y2:
        return None
    y1 = int(m["y"]) if _g(m, "y") else (y2 if mo1 <= mo2 else y2 - 1)
    if y1 > y2 or (y1 == y2 and mo1 > mo2):
        return None
    return _make(month_span(y1, mo1)[0], month_span(y2, mo2)[1], "month")


def _h_year_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y1 = int(m["y"])
    y2 = int(m["y2"]) if len(m["y2"]) == 4 else y1 // 100 * 100 + int(m["y2"])
    return _make(dt.date(y1, 1, 1), dt.date(y2, 12, 31), "year") if y1 <= y2 < 2050 else None


def _h_fiscal(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    # The fiscal year of the United States' government runs from October to September (31 U.S.C. 1102).
    y = int(m["y"])
    return _make(dt.date(y - 1, 10, 1), dt.date(y, 9, 30), "year")


def _this_year(m: re.Match[str], ctx: Context) -> int | None:
    if _g(m, "y"):
        return int(m["y"])
    rel = (_g(m, "rel") or "").lower()
    if rel == "last" and ctx.published:
        return ctx.published.year - 1
    if rel == "this" and ctx.published:
        return ctx.published.year
    if ctx.period and ctx.period.end:
        return ctx.period.end.year
    if rel in ("the", "that") and ctx.year:
        return ctx.year
    return ctx.year or (ctx.published.year if ctx.published else None)


def _h_months_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    n, year = _num(m["n"]), _this_year(m, ctx)
    if not year or not 1 <= n <= 12:
        return None
    return _make(dt.date(year, 1, 1), month_span(year, n)[1], "half" if n == 6 else "month")


def _h_half_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    first = m["h"].lower() in ("first", "1")
    if _g(m, "mo"):
        month = _month(m["mo"])
        year = _year_of(m, ctx, month, key="y3")
        if not year:
            return None
        a, b = month_span(year, month)
        return _make(a, dt.date(year, month, 15), "month") if first else _make(dt.date(year, month, 16), b, "month")
    year = int(m["y2"]) if _g(m, "y2") else _this_year(m, ctx)
    if not year:
        return None
    return (_make(dt.date(year, 1, 1), dt.date(year, 6, 30), "half") if first
            else _make(dt.date(year, 7, 1), dt.date(year, 12, 31), "half"))


def _h_quarter(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    q = int(m["qn"]) if _g(m, "qn") else QUARTERS[m["q"].lower()]
    year = _this_year(m, ctx)
    if not year:
        return None
    return _make(dt.date(year, 3 * q - 2, 1), month_span(year, 3 * q)[1], "month")


def _h_the_period(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return ctx.period


def _h_same_quarter(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base = ctx.last or ctx.period
    if not base or not base.start or not base.end:
        return None
    shift = int(m["y"]) - base.end.year
    a, b = _shift_years(base.start, shift), _shift_years(base.end, shift)
    return _make(a, b, base.precision)


def _shift_years(day: dt.date, n: int) -> dt.date:
    last = calendar.monthrange(day.year + n, day.month)[1]
    return dt.date(day.year + n, day.month, min(day.day, last))


def _shift_months(day: dt.date, n: int) -> dt.date:
    k = day.year * 12 + day.month - 1 + n
    year, month = divmod(k, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _h_week_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = _month(m["mo"])
    year = _year_of(m, ctx, month)
    if not year:
        return None
    last = month_span(year, month)[1]
    if m["wk"].lower() == "last":
        return _make(last - dt.timedelta(days=6), last, "month")
    k = QUARTERS[m["wk"].lower()]
    return _make(dt.date(year, month, 7 * k - 6), dt.date(year, month, min(7 * k, last.day)), "month")


def _h_feast(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month, day = FEASTS[m["f"].lower().replace("’", "'")]
    year = _year_of(m, ctx, month, day)
    return _one_day(_safe(year, month, day)) if year else None


def _part(p: str, year: int, month: int) -> DateSpan:
    a, b = month_span(year, month)
    p = p.lower()
    if "early" in p or "start" in p or "beginning" in p:
        return _make(a, a.replace(day=10), "month")
    if "mid" in p:
        return _make(a.replace(day=11), a.replace(day=20), "month")
    return _make(a.replace(day=21), b, "month")


def _h_part_month(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = _month(m["mo"])
    year = _year_of(m, ctx, month)
    return _part(m["p"], year, month) if year else None


def _h_end_that(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base = ctx.last or ctx.period
    if not base or not base.end:
        return None
    if m["u"] == "month":
        return _part(m["p"], base.end.year, base.end.month)
    return _part_year(m["p"], base.end.year)


def _part_year(p: str, year: int) -> DateSpan:
    p = p.lower()
    if "early" in p or "start" in p or "beginning" in p:
        return _make(dt.date(year, 1, 1), dt.date(year, 4, 30), "season")
    if "mid" in p:
        return _make(dt.date(year, 5, 1), dt.date(year, 8, 31), "season")
    return _make(dt.date(year, 9, 1), dt.date(year, 12, 31), "season")


def _h_part_year(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return _part_year(m["p"], int(m["y"]))


def _season(s: str, year: int) -> DateSpan:
    a, b = SEASONS[s.lower()]
    if a > b:                            # winter of 2023 begins in December 2023
        return _make(dt.date(year, a, 1), month_span(year + 1, b)[1], "season")
    return _make(dt.date(year, a, 1), month_span(year, b)[1], "season")


def _h_season(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return _season(m["s"], int(m["y"]))


def _h_season_rel(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    rel = m["rel"].lower() if _g(m, "rel") else "in"
    first = SEASONS[m["s"].lower()][0]
    if rel == "that" and ctx.last and ctx.last.end:
        return _season(m["s"], ctx.last.end.year)
    if ctx.published is None:
        return None
    year = ctx.published.year
    if rel == "next":
        year += 1
    elif rel == "last" and first >= ctx.published.month - 2:
        year -= 1
    elif first > ctx.published.month and rel != "this":
        year -= 1
    elif rel == "this" and m["s"].lower() == "winter" and ctx.published.month <= 2:
        year -= 1
    return _season(m["s"], year)


def _h_before_start(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y = int(m["y"]) - 1                  # "before the start of 2024": in the last weeks of 2023
    return _make(dt.date(y, 12, 1), dt.date(y, 12, 31), "month")


def _h_month_rel(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month, rel = _month(m["mo"]), m["rel"].lower()
    if rel == "that":
        base = ctx.last.end if ctx.last and ctx.last.end else None
        if base is None:
            return None
        return _make(*month_span(base.year if month >= base.month - 1 else base.year + 1, month), "month")
    if ctx.published is None:
        return None
    year = ctx.published.year
    if rel == "next":
        year += month <= ctx.published.month
    elif month > ctx.published.month or (rel == "last" and month == ctx.published.month):
        year -= 1
    return _make(*month_span(year, month), "month")


def _h_month(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = _month(m["mo"])
    if _g(m, "rel"):
        year = _this_year(m, ctx)
    else:
        year = _year_of(m, ctx, month)
    return _make(*month_span(year, month), "month") if year else None


def _h_rel_days(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    n, unit, way = _num(m["n"]), m["u"].lower(), m["dir"].lower()
    fuzzy = "several" in (m["n"] or "") or "few" in (m["n"] or "") or "couple" in (m["n"] or "")
    if way == "ago":
        if ctx.published is None:
            return None
        return _back(ctx.published, n, unit, fuzzy)
    base = ctx.last
    if base is None or base.start is None or base.end is None:
        return None
    sign = 1 if way in ("later", "after") else -1
    if unit in ("day", "night") and base.precision == "day" and base.start == base.end:
        return _one_day(base.start + dt.timedelta(days=sign * n))
    if unit == "week" and base.precision == "day":
        return _one_day(base.start + dt.timedelta(days=sign * 7 * n))
    if unit == "month":
        a = _shift_months(base.start.replace(day=1), sign * n)
        return _make(*month_span(a.year, a.month), "month")
    if unit == "year":
        if base.precision == "year":
            y = base.start.year + sign * n
            return _make(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")
        return _make(*month_span(base.start.year + sign * n, base.start.month), "month")
    return None


def _back(day: dt.date, n: int, unit: str, fuzzy: bool) -> DateSpan | None:
    if unit in ("day", "night"):
        d = day - dt.timedelta(days=n)
        return _make(d - dt.timedelta(days=3 if fuzzy else 0), d + dt.timedelta(days=1 if fuzzy else 0), "day")
    if unit == "week":
        d = day - dt.timedelta(days=7 * n)
        return _make(d - dt.timedelta(days=5), d + dt.timedelta(days=5), "month")
    if unit == "month":
        a = _shift_months(day, -n)
        b = _shift_months(day, -max(1, n - 1)) if fuzzy else a
        return _make(month_span(a.year, a.month)[0] if not fuzzy else _shift_months(day, -n - 1), month_span(b.year, b.month)[1], "month")
    y = day.year - n
    return _make(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


def _h_week_or_so(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    days = {"week": (18, 3), "month": (65, 20), "year": (750, 300)}[m["u"].lower()]
    return _make(ctx.published - dt.timedelta(days=days[0]), ctx.published - dt.timedelta(days=days[1]), "month")


def _h_weeks_before(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    reach = {"days": 10, "weeks": 42, "months": 180}[m["u"].lower()]
    way = m["dir"].lower()
    base = ctx.published if way in ("ago", "after") else (ctx.last.end if way == "later" and ctx.last else
                                               ctx.last.start if ctx.last else None)
    if base is None:
        return None
    step = dt.timedelta(days=reach)
    return (_make(base, base + step, "month") if way == "later" else _make(base - step, base, "month"))


def _h_next_unit(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base, rel, unit = ctx.last, m["rel"].lower(), m["u"].lower()
    if base is None or base.start is None or base.end is None:
        return None
    sign = {"next": 1, "following": 1, "previous": -1}.get(rel, 0)
    if unit in ("day", "morning", "evening", "night", "afternoon"):
        if base.precision != "day":
            return base if sign == 0 else None
        return _one_day(base.end + dt.timedelta(days=sign) if sign > 0 else base.start + dt.timedelta(days=sign))
    if unit == "week" or unit == "weekend":
        monday = base.start - dt.timedelta(days=base.start.weekday())
        a = monday + dt.timedelta(days=7 * sign)
        return _make(a + dt.timedelta(days=5 if unit == "weekend" else 0), a + dt.timedelta(days=6), "day" if unit == "weekend" else "month")
    if unit == "month":
        if base.precision in ("year", "half", "season"):
            return None
        a = _shift_months(base.end.replace(day=1), sign)
        return _make(*month_span(a.year, a.month), "month")
    y = base.end.year + sign
    return _make(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


def _h_this_unit(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    rel, unit, day = m["rel"].lower(), m["u"].lower(), ctx.published
    if rel == "that":
        return _h_next_unit(m, ctx, dmy) if ctx.last else None
    if day is None:
        return None
    back = 0 if rel == "this" else 1
    if unit == "year":
        y = day.year - back
        end = day if back == 0 else dt.date(y, 12, 31)
        return _make(dt.date(y, 1, 1), end, "year")
    if unit == "month":
        a = _shift_months(day.replace(day=1), -back)
        return _make(a, day if back == 0 else month_span(a.year, a.month)[1], "month")
    monday = day - dt.timedelta(days=day.weekday() + 7 * back)
    if unit == "weekend":
        sat = day - dt.timedelta(days=(day.weekday() - 5) % 7) if rel == "this" else day - dt.timedelta(days=(day.weekday() + 2) % 7 or 7)
        return _make(sat, sat + dt.timedelta(days=1), "day")
    return _make(monday, min(day, monday + dt.timedelta(days=6)) if back == 0 else monday + dt.timedelta(days=6), "month")


def _h_past_n(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    n, unit, day = _num(_g(m, "n")), m["u"].lower(), ctx.published
    a = {"day": day - dt.timedelta(days=n), "week": day - dt.timedelta(days=7 * n)}.get(unit)
    if unit == "month":
        a = _shift_months(day, -n)
    if unit == "year":
        a = _shift_years(day, -n)
    if a is None:
        return None
    return _make(a, day, "year" if unit == "year" else "month")


def _h_nth_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base = ctx.last or ctx.period
    if base is None or base.end is None or base.start is None:
        return None
    if base.precision in ("year", "half", "season"):
        return None
    return _one_day(_safe(base.end.year, base.end.month, int(m["d"]) if _g(m, "d") else ORDINALS[m["o"].lower()]))


def _h_deictic(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    back = m["w"].lower() in ("yesterday", "last night", "last evening")
    if m["w"].lower() == "overnight":
        return _make(ctx.published - dt.timedelta(days=1), ctx.published, "day")
    return _one_day(ctx.published - dt.timedelta(days=int(back)))


def _h_weekend(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    sunday = ctx.published - dt.timedelta(days=(ctx.published.weekday() + 1) % 7)
    return _make(sunday - dt.timedelta(days=1), sunday, "day")


def _h_weekday(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    rel, target = (_g(m, "rel") or "").lower(), WEEKDAYS[m["w"].lower()]
    if rel == "next":
        return None
    back = (ctx.published.weekday() - target) % 7
    if rel == "last" and back <= 1:
        back += 7                        # "last Thursday" said on a Thursday or the day after is the week before
    return _one_day(ctx.published - dt.timedelta(days=back))


def _h_year(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y = int(m["y"])
    return _make(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


def _h_earlier_this(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return _h_this_unit(m, ctx, dmy)


_HANDLERS = {
    "iso": _h_iso, "dotted": _h_iso, "slashed": _h_slashed, "slashed_short": _h_slashed_short,
    "dotted_range": _h_dotted_short, "dotted_short": _h_dotted_short, "sept11": _h_sept11,
    "day_range": _h_day_range, "day_range_us": _h_day_range, "dmy_range": _h_dmy_range, "mdy_range": _h_dmy_range,
    "month_range": _h_month_range, "year_range": _h_year_range, "year_dash": _h_year_range, "fiscal": _h_fiscal,
    "months_of": _h_months_of, "half_of": _h_half_of, "half_code": _h_half_of, "quarter": _h_quarter,
    "quarter_code": _h_quarter, "same_quarter": _h_same_quarter, "the_period": _h_the_period, "week_of": _h_week_of, "dmy": _h_dmy, "mdy": _h_dmy,
    "feast": _h_feast, "part_month": _h_part_month, "end_that": _h_end_that, "part_year": _h_part_year,
    "season": _h_season, "season_rel": _h_season_rel, "season_in": _h_season_rel, "before_start": _h_before_start,
    "month_rel": _h_month_rel, "month_year": _h_month, "month_this_year": _h_month, "month_prep": _h_month,
    "month_attr": _h_month, "month_comma": _h_month, "rel_days": _h_rel_days, "week_or_so": _h_week_or_so,
    "weeks_before": _h_weeks_before, "next_unit": _h_next_unit, "that_unit": _h_next_unit,
    "earlier_this": _h_earlier_this, "this_unit": _h_this_unit, "past_n": _h_past_n, "nth_of": _h_nth_of,
    "deictic": _h_deictic, "weekend": _h_weekend, "weekday": _h_weekday, "year_attr": _h_year, "year_prep": _h_year,
}


def applied(mention: DateMention, ctx: Context) -> DateSpan:
    """The interval an event has when its date is introduced by since, by, until, before or after."""
    s, r = mention.span, mention.relation
    if r == "since":
        return DateSpan(s.start, ctx.published or (ctx.period.end if ctx.period else None), "year" if s.precision == "year" else "month")
    if r in ("by", "until", "till", "up to", "to date"):
        return DateSpan(None, s.end, "unknown")
    if r in ("before", "prior to"):
        return DateSpan(None, s.start, "unknown")
    return s


def iter_year_mentions(text: str) -> Iterator[int]:
    """Four-digit years of a short text such as a title."""
    for m in re.finditer(rf"\b{_Y}\b", text):
        yield int(m.group())


__all__ = ["Context", "DateMention", "ORDINALS", "WORDS", "applied", "day_first", "find_dates", "iter_year_mentions",
           "month_span", "year_for"]
