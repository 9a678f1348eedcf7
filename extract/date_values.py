"""What a matched date pattern means: one handler per pattern name, each giving an interval or None (not resolvable)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from extract.date_context import (
    FEASTS,
    QUARTERS,
    SEASONS,
    WEEKDAYS,
    Context,
    day_number,
    make_span,
    month_number,
    month_span,
    safe_date,
    year_for,
)
from extract.numbers import ORDINALS, number_value
from extract.schema import DateSpan


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
    return make_span(day, day, "day") if day else None


def _h_iso(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return _one_day(safe_date(int(m["y"]), int(m["mo"]), int(m["d"])))


def _h_slashed(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    a, b = int(m["a"]), int(m["b"])
    year = int(m["y"]) if len(m["y"]) == 4 else 2000 + int(m["y"])
    if a > 12:
        dmy = True
    elif b > 12:
        dmy = False
    if dmy is None:
        if a == b:
            return _one_day(safe_date(year, a, b))
        return None  # 03/04: nothing in the document shows the order
    return _one_day(safe_date(year, b, a) if dmy else safe_date(year, a, b))


def _h_slashed_short(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if dmy:
        return None
    month, day = int(m["a"]), int(m["b"])
    if day <= 12 and dmy is None:
        return None  # as likely a fraction or a ratio
    year = year_for(ctx, month, day)
    return _one_day(safe_date(year, month, day)) if year else None


def _h_dotted_short(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = int(m["mo"])
    year = year_for(ctx, month, int(m["d"]))
    if not year:
        return None
    first = safe_date(year, month, int(m["d"]))
    last = safe_date(year, month, int(m["e"])) if _g(m, "e") else first
    return make_span(first, last, "day") if first and last else None


def _h_sept11(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return None  # a byword, not a date of what is told


def _year_of(m: re.Match[str], ctx: Context, month: int, day: int | None = None, key: str = "y") -> int | None:
    y = _g(m, key)
    if not y and _g(m, "rel"):
        return _this_year(m, ctx)
    return int(y) if y else year_for(ctx, month, day)


def _h_dmy(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month, day = month_number(m["mo"]), day_number(m["d"])
    year = _year_of(m, ctx, month, day)
    return _one_day(safe_date(year, month, day)) if year else None


def _h_year_words(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    words = m["yw"].lower().replace("-", " ").replace(" and", "").split()
    if words[:2] == ["two", "thousand"]:
        rest = number_value(" ".join(words[2:])) if words[2:] else 0
        year = 2000 + int(rest or 0)
    else:
        rest = number_value(" ".join(w for w in words[1:] if w != "oh"))
        if rest is None:
            return None
        year = {"nineteen": 1900, "twenty": 2000}[words[0]] + int(rest)
    if not 1950 <= year <= 2049:
        return None
    if _g(m, "ym"):
        return make_span(*month_span(year, month_number(m["ym"])), "month")
    return make_span(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _h_day_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = month_number(m["mo"])
    year = _year_of(m, ctx, month, day_number(m["d"]))
    if not year:
        return None
    a, b = safe_date(year, month, day_number(m["d"])), safe_date(year, month, day_number(m["e"]))
    return make_span(a, b, "day") if a and b and a <= b else None


def _h_dmy_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    mo1, mo2 = month_number(m["mo"]), month_number(m["mo2"])
    y2 = int(m["y2"]) if _g(m, "y2") else (int(m["y"]) if _g(m, "y") else year_for(ctx, mo2))
    if not y2:
        return None
    y1 = int(m["y"]) if _g(m, "y") else (y2 if mo1 <= mo2 else y2 - 1)
    a, b = safe_date(y1, mo1, day_number(m["d"])), safe_date(y2, mo2, day_number(m["e"]))
    return make_span(a, b, "day") if a and b and a <= b else None


def _h_month_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    mo1, mo2 = month_number(m["mo"]), month_number(m["mo2"])
    y2 = (
        int(m["y2"])
        if _g(m, "y2")
        else (int(m["y"]) if _g(m, "y") else (_this_year(m, ctx) if _g(m, "rel") else year_for(ctx, mo2)))
    )
    if not y2:
        return None
    y1 = int(m["y"]) if _g(m, "y") else (y2 if mo1 <= mo2 else y2 - 1)
    if y1 > y2 or (y1 == y2 and mo1 > mo2):
        return None
    return make_span(month_span(y1, mo1)[0], month_span(y2, mo2)[1], "month")


def _h_year_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y1 = int(m["y"])
    y2 = int(m["y2"]) if len(m["y2"]) == 4 else y1 // 100 * 100 + int(m["y2"])
    return make_span(dt.date(y1, 1, 1), dt.date(y2, 12, 31), "year") if y1 <= y2 < 2050 else None


def _h_fiscal(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    # The fiscal year of the United States' government runs from October to September (31 U.S.C. 1102).
    y = int(m["y"])
    return make_span(dt.date(y - 1, 10, 1), dt.date(y, 9, 30), "year")


def _this_year(m: re.Match[str], ctx: Context) -> int | None:
    if _g(m, "y"):
        return int(m["y"])
    rel = (_g(m, "rel") or "").lower()
    if rel in ("the previous", "the following") and (ctx.last is not None and ctx.last.end is not None):
        return ctx.last.end.year + (1 if rel == "the following" else -1)
    if rel in ("last", "the previous") and ctx.published:
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
    return make_span(dt.date(year, 1, 1), month_span(year, n)[1], "half" if n == 6 else "month")


def _h_half_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    first = m["h"].lower() in ("first", "1")
    if _g(m, "mo"):
        month = month_number(m["mo"])
        year = _year_of(m, ctx, month, key="y3")
        if not year:
            return None
        a, b = month_span(year, month)
        return (
            make_span(a, dt.date(year, month, 15), "month")
            if first
            else make_span(dt.date(year, month, 16), b, "month")
        )
    year = int(m["y2"]) if _g(m, "y2") else _this_year(m, ctx)
    if not year:
        return None
    return (
        make_span(dt.date(year, 1, 1), dt.date(year, 6, 30), "half")
        if first
        else make_span(dt.date(year, 7, 1), dt.date(year, 12, 31), "half")
    )


def _h_quarter(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    q = int(m["qn"]) if _g(m, "qn") else QUARTERS[m["q"].lower()]
    year = _this_year(m, ctx)
    if not year:
        return None
    return make_span(dt.date(year, 3 * q - 2, 1), month_span(year, 3 * q)[1], "month")


def _h_the_period(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return ctx.period


def _h_same_quarter(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base = ctx.last or ctx.period
    if not base or not base.start or not base.end:
        return None
    shift = int(m["y"]) - base.end.year
    a, b = _shift_years(base.start, shift), _shift_years(base.end, shift)
    return make_span(a, b, base.precision)


def _shift_years(day: dt.date, n: int) -> dt.date:
    last = calendar.monthrange(day.year + n, day.month)[1]
    return dt.date(day.year + n, day.month, min(day.day, last))


def _shift_months(day: dt.date, n: int) -> dt.date:
    k = day.year * 12 + day.month - 1 + n
    year, month = divmod(k, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _h_week_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = month_number(m["mo"])
    year = _year_of(m, ctx, month)
    if not year:
        return None
    last = month_span(year, month)[1]
    if m["wk"].lower() == "last":
        return make_span(last - dt.timedelta(days=6), last, "month")
    k = QUARTERS[m["wk"].lower()]
    return make_span(dt.date(year, month, 7 * k - 6), dt.date(year, month, min(7 * k, last.day)), "month")


def _h_feast(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month, day = FEASTS[m["f"].lower().replace("’", "'")]
    year = _year_of(m, ctx, month, day)
    return _one_day(safe_date(year, month, day)) if year else None


def _part(p: str, year: int, month: int) -> DateSpan:
    a, b = month_span(year, month)
    p = p.lower()
    if "early" in p or "start" in p or "beginning" in p:
        return make_span(a, a.replace(day=10), "month")
    if "mid" in p:
        return make_span(a.replace(day=11), a.replace(day=20), "month")
    return make_span(a.replace(day=21), b, "month")


def _h_part_month(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = month_number(m["mo"])
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
        return make_span(dt.date(year, 1, 1), dt.date(year, 4, 30), "season")
    if "mid" in p:
        return make_span(dt.date(year, 5, 1), dt.date(year, 8, 31), "season")
    return make_span(dt.date(year, 9, 1), dt.date(year, 12, 31), "season")


def _h_part_year(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return _part_year(m["p"], int(m["y"]))


def _season(s: str, year: int) -> DateSpan:
    a, b = SEASONS[s.lower()]
    if a > b:  # winter of 2023 begins in December 2023
        return make_span(dt.date(year, a, 1), month_span(year + 1, b)[1], "season")
    return make_span(dt.date(year, a, 1), month_span(year, b)[1], "season")


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
    elif (
        (rel == "last" and first >= ctx.published.month - 2)
        or (first > ctx.published.month and rel != "this")
        or (rel == "this" and m["s"].lower() == "winter" and ctx.published.month <= 2)
    ):
        year -= 1
    return _season(m["s"], year)


def _h_before_start(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y = int(m["y"]) - 1  # "before the start of 2024": in the last weeks of 2023
    return make_span(dt.date(y, 12, 1), dt.date(y, 12, 31), "month")


def _h_month_rel(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month, rel = month_number(m["mo"]), m["rel"].lower()
    if rel == "that":
        base = ctx.last.end if ctx.last and ctx.last.end else None
        if base is None:
            return None
        return make_span(*month_span(base.year if month >= base.month - 1 else base.year + 1, month), "month")
    if ctx.published is None:
        return None
    year = ctx.published.year
    if rel == "next":
        year += month <= ctx.published.month
    elif month > ctx.published.month or (rel == "last" and month == ctx.published.month):
        year -= 1
    return make_span(*month_span(year, month), "month")


def _h_month(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = month_number(m["mo"])
    year = _this_year(m, ctx) if _g(m, "rel") else _year_of(m, ctx, month)
    return make_span(*month_span(year, month), "month") if year else None


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
        return make_span(*month_span(a.year, a.month), "month")
    if unit == "year":
        if base.precision == "year":
            y = base.start.year + sign * n
            return make_span(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")
        return make_span(*month_span(base.start.year + sign * n, base.start.month), "month")
    return None


def _back(day: dt.date, n: int, unit: str, fuzzy: bool) -> DateSpan | None:
    if unit in ("day", "night"):
        d = day - dt.timedelta(days=n)
        return make_span(d - dt.timedelta(days=3 if fuzzy else 0), d + dt.timedelta(days=1 if fuzzy else 0), "day")
    if unit == "week":
        d = day - dt.timedelta(days=7 * n)
        return make_span(d - dt.timedelta(days=5), d + dt.timedelta(days=5), "month")
    if unit == "month":
        a = _shift_months(day, -n)
        b = _shift_months(day, -max(1, n - 1)) if fuzzy else a
        return make_span(
            month_span(a.year, a.month)[0] if not fuzzy else _shift_months(day, -n - 1),
            month_span(b.year, b.month)[1],
            "month",
        )
    y = day.year - n
    return make_span(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


def _h_week_or_so(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    days = {"week": (18, 3), "month": (65, 20), "year": (750, 300)}[m["u"].lower()]
    return make_span(ctx.published - dt.timedelta(days=days[0]), ctx.published - dt.timedelta(days=days[1]), "month")


def _h_weeks_before(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    reach = {"days": 10, "weeks": 42, "months": 180}[m["u"].lower()]
    way = m["dir"].lower()
    if way == "after" and ctx.last is not None and ctx.last.precision == "day" and ctx.last.end is not None:
        return make_span(ctx.last.end, ctx.last.end + dt.timedelta(days=reach), "month")
    base = (
        ctx.published
        if way in ("ago", "after")
        else (ctx.last.end if way == "later" and ctx.last else ctx.last.start if ctx.last else None)
    )
    if base is None:
        return None
    step = dt.timedelta(days=reach)
    return make_span(base, base + step, "month") if way == "later" else make_span(base - step, base, "month")


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
        return make_span(
            a + dt.timedelta(days=5 if unit == "weekend" else 0),
            a + dt.timedelta(days=6),
            "day" if unit == "weekend" else "month",
        )
    if unit == "month":
        if base.precision in ("year", "half", "season"):
            return None
        a = _shift_months(base.end.replace(day=1), sign)
        return make_span(*month_span(a.year, a.month), "month")
    y = base.end.year + sign
    return make_span(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


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
        return make_span(dt.date(y, 1, 1), end, "year")
    if unit == "month":
        a = _shift_months(day.replace(day=1), -back)
        return make_span(a, day if back == 0 else month_span(a.year, a.month)[1], "month")
    monday = day - dt.timedelta(days=day.weekday() + 7 * back)
    if unit == "weekend":
        sat = (
            day - dt.timedelta(days=(day.weekday() - 5) % 7)
            if rel == "this"
            else day - dt.timedelta(days=(day.weekday() + 2) % 7 or 7)
        )
        return make_span(sat, sat + dt.timedelta(days=1), "day")
    return make_span(
        monday, min(day, monday + dt.timedelta(days=6)) if back == 0 else monday + dt.timedelta(days=6), "month"
    )


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
    return make_span(a, day, "year" if unit == "year" else "month")


def _h_nth_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base = ctx.last or ctx.period
    if base is None or base.end is None or base.start is None:
        return None
    if base.precision in ("year", "half", "season"):
        return None
    return _one_day(safe_date(base.end.year, base.end.month, int(m["d"]) if _g(m, "d") else ORDINALS[m["o"].lower()]))


def _base_month(ctx: Context) -> tuple[int, int] | None:
    """The month that "the 3rd" or "the last ten days of the month" belongs to: the one reported on, else the one named last."""
    p = ctx.period
    if (
        p is not None
        and p.start is not None
        and p.end is not None
        and (p.start.year, p.start.month) == (p.end.year, p.end.month)
    ):
        return p.end.year, p.end.month
    base = ctx.last if ctx.last and ctx.last.precision in ("day", "month") else None
    if base is not None and base.end is not None:
        return base.end.year, base.end.month
    return None


def _h_days_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if _g(m, "month"):
        where = _base_month(ctx)
        if where is None:
            return None
        year, month = where
    else:
        month = month_number(m["mo"])
        found = _year_of(m, ctx, month)
        if not found:
            return None
        year = found
    first, last = month_span(year, month)
    early = m["p"].lower() == "first"
    if _g(m, "half"):
        return (
            make_span(first, dt.date(year, month, 15), "half")
            if early
            else make_span(dt.date(year, month, 16), last, "half")
        )
    n = 1 if _g(m, "one") else _num(m["n"]) * (7 if m["u"].lower() == "weeks" else 1)
    if not 0 < n <= last.day:
        return None
    a, b = (first, dt.date(year, month, n)) if early else (last - dt.timedelta(days=n - 1), last)
    return make_span(a, b, "day" if n == 1 else "month")


def _h_nths(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    where = _base_month(ctx)
    if where is None:
        return None
    a, b = safe_date(*where, int(m["d"])), safe_date(*where, int(m["e"]))
    return make_span(a, b, "day") if a and b and a <= b else None


def _h_deictic(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    back = m["w"].lower() in ("yesterday", "last night", "last evening")
    if m["w"].lower() == "overnight":
        return make_span(ctx.published - dt.timedelta(days=1), ctx.published, "day")
    return _one_day(ctx.published - dt.timedelta(days=int(back)))


def _h_weekend(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    sunday = ctx.published - dt.timedelta(days=(ctx.published.weekday() + 1) % 7)
    return make_span(sunday - dt.timedelta(days=1), sunday, "day")


def _h_weekday(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    rel, target = (_g(m, "rel") or "").lower(), WEEKDAYS[m["w"].lower()]
    if rel == "next":
        return None
    back = (ctx.published.weekday() - target) % 7
    if rel == "last" and back <= 1:
        back += 7  # "last Thursday" said on a Thursday or the day after is the week before
    return _one_day(ctx.published - dt.timedelta(days=back))


def _h_year(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y = int(m["y"])
    return make_span(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


def _h_earlier_this(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return _h_this_unit(m, ctx, dmy)


HANDLERS: dict[str, Callable[[re.Match[str], Context, bool | None], DateSpan | None]] = {
    "iso": _h_iso,
    "dotted": _h_iso,
    "slashed": _h_slashed,
    "slashed_short": _h_slashed_short,
    "days_of": _h_days_of,
    "nths": _h_nths,
    "dotted_range": _h_dotted_short,
    "dotted_short": _h_dotted_short,
    "sept11": _h_sept11,
    "day_range": _h_day_range,
    "day_range_us": _h_day_range,
    "dmy_range": _h_dmy_range,
    "mdy_range": _h_dmy_range,
    "month_range": _h_month_range,
    "year_range": _h_year_range,
    "year_dash": _h_year_range,
    "fiscal": _h_fiscal,
    "months_of": _h_months_of,
    "half_of": _h_half_of,
    "half_code": _h_half_of,
    "quarter": _h_quarter,
    "quarter_code": _h_quarter,
    "same_quarter": _h_same_quarter,
    "the_period": _h_the_period,
    "week_of": _h_week_of,
    "year_words": _h_year_words,
    "dmy": _h_dmy,
    "mdy": _h_dmy,
    "feast": _h_feast,
    "part_month": _h_part_month,
    "end_that": _h_end_that,
    "part_year": _h_part_year,
    "season": _h_season,
    "season_rel": _h_season_rel,
    "season_in": _h_season_rel,
    "before_start": _h_before_start,
    "month_rel": _h_month_rel,
    "month_year": _h_month,
    "month_this_year": _h_month,
    "month_prep": _h_month,
    "month_attr": _h_month,
    "month_comma": _h_month,
    "rel_days": _h_rel_days,
    "week_or_so": _h_week_or_so,
    "weeks_before": _h_weeks_before,
    "next_unit": _h_next_unit,
    "that_unit": _h_next_unit,
    "earlier_this": _h_earlier_this,
    "this_unit": _h_this_unit,
    "past_n": _h_past_n,
    "nth_of": _h_nth_of,
    "deictic": _h_deictic,
    "weekend": _h_weekend,
    "weekday": _h_weekday,
    "year_attr": _h_year,
    "year_when": _h_year,
    "year_prep": _h_year,
}


__all__ = ["HANDLERS"]
