"""Dates that lean on other dates: "last Friday", "two days later", "that month", "the 3rd"; None where nothing carries them."""

from __future__ import annotations

import datetime as dt
import re

from extract.date_context import (
    SEASONS,
    WEEKDAYS,
    Context,
    make_span,
    month_number,
    month_span,
    safe_date,
)
from extract.date_parts import group, one_day, part, part_year, season, shift_months, shift_years, word_number, year_of
from extract.numbers import ORDINALS
from extract.schema import DateSpan


def h_the_period(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return ctx.period


def h_same_quarter(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base = ctx.last or ctx.period
    if not base or not base.start or not base.end:
        return None
    shift = int(m["y"]) - base.end.year if group(m, "y") else -1
    a, b = shift_years(base.start, shift), shift_years(base.end, shift)
    return make_span(a, b, base.precision)


def h_end_that(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base = ctx.last or ctx.period
    if not base or not base.end:
        return None
    if m["u"] == "month":
        return part(m["p"], base.end.year, base.end.month)
    return part_year(m["p"], base.end.year)


def h_season_rel(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    rel = m["rel"].lower() if group(m, "rel") else "in"
    first = SEASONS[m["s"].lower()][0]
    if rel == "that" and ctx.last and ctx.last.end:
        return season(m["s"], ctx.last.end.year)
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
    return season(m["s"], year)


def h_month_rel(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
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


def h_rel_days(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    n, unit, way = word_number(m["n"]), m["u"].lower(), m["dir"].lower()
    fuzzy = "several" in (m["n"] or "") or "few" in (m["n"] or "") or "couple" in (m["n"] or "")
    if way == "ago":
        if ctx.published is None:
            return None
        return back(ctx.published, n, unit, fuzzy)
    base = ctx.last
    if base is None or base.start is None or base.end is None:
        return None
    sign = 1 if way in ("later", "after") else -1
    if unit in ("day", "night") and base.precision == "day" and base.start == base.end:
        return one_day(base.start + dt.timedelta(days=sign * n))
    if unit == "week" and base.precision == "day":
        return one_day(base.start + dt.timedelta(days=sign * 7 * n))
    if (
        unit in ("day", "night", "week") and (base.end - base.start).days <= 31
    ):  # "six weeks later" than some day of a month
        step = dt.timedelta(days=sign * n * (7 if unit == "week" else 1))
        return make_span(base.start + step, base.end + step, "month")
    if unit == "month":
        a = shift_months(base.start.replace(day=1), sign * n)
        return make_span(*month_span(a.year, a.month), "month")
    if unit == "year":
        if base.precision == "year":
            y = base.start.year + sign * n
            return make_span(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")
        if (base.end - base.start).days > 31:  # "a year earlier" than the first half of 2024
            return make_span(shift_years(base.start, sign * n), shift_years(base.end, sign * n), base.precision)
        return make_span(*month_span(base.start.year + sign * n, base.start.month), "month")
    return None


def back(day: dt.date, n: int, unit: str, fuzzy: bool) -> DateSpan | None:
    if unit in ("day", "night"):
        d = day - dt.timedelta(days=n)
        return make_span(d - dt.timedelta(days=3 if fuzzy else 0), d + dt.timedelta(days=1 if fuzzy else 0), "day")
    if unit == "week":
        d = day - dt.timedelta(days=7 * n)
        return make_span(d - dt.timedelta(days=5), d + dt.timedelta(days=5), "month")
    if unit == "month":
        a = shift_months(day, -n)
        b = shift_months(day, -max(1, n - 1)) if fuzzy else a
        return make_span(
            month_span(a.year, a.month)[0] if not fuzzy else shift_months(day, -n - 1),
            month_span(b.year, b.month)[1],
            "month",
        )
    y = day.year - n
    return make_span(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


def h_week_or_so(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    days = {"week": (18, 3), "month": (65, 20), "year": (750, 300)}[m["u"].lower()]
    return make_span(ctx.published - dt.timedelta(days=days[0]), ctx.published - dt.timedelta(days=days[1]), "month")


def h_weeks_before(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
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


def h_next_unit(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base, rel, unit = ctx.last, m["rel"].lower(), m["u"].lower()
    if base is None or base.start is None or base.end is None:
        return None
    sign = {"next": 1, "following": 1, "after": 1, "later": 1, "previous": -1, "before": -1, "earlier": -1}.get(rel, 0)
    if unit in ("day", "morning", "evening", "night", "afternoon"):
        if base.precision != "day":
            return base if sign == 0 else None
        return one_day(base.end + dt.timedelta(days=sign) if sign > 0 else base.start + dt.timedelta(days=sign))
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
        a = shift_months(base.end.replace(day=1), sign)
        return make_span(*month_span(a.year, a.month), "month")
    y = base.end.year + sign
    return make_span(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


def h_this_unit(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    rel, unit, day = m["rel"].lower(), m["u"].lower(), ctx.published
    if rel == "that":
        return h_next_unit(m, ctx, dmy) if ctx.last else None
    if day is None:
        return None
    back = 0 if rel == "this" else 1
    if unit == "year":
        y = day.year - back
        end = day if back == 0 else dt.date(y, 12, 31)
        return make_span(dt.date(y, 1, 1), end, "year")
    if unit == "month":
        a = shift_months(day.replace(day=1), -back)
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


def h_past_n(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    n, unit, day = word_number(group(m, "n")), m["u"].lower(), ctx.published
    a = {"day": day - dt.timedelta(days=n), "week": day - dt.timedelta(days=7 * n)}.get(unit)
    if unit == "month":
        a = shift_months(day, -n)
    if unit == "year":
        a = shift_years(day, -n)
    if a is None:
        return None
    return make_span(a, day, "year" if unit == "year" else "month")


def h_nth_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    base = ctx.last or ctx.period
    if base is None or base.end is None or base.start is None:
        return None
    if base.precision in ("year", "half", "season"):
        return None
    return one_day(safe_date(base.end.year, base.end.month, int(m["d"]) if group(m, "d") else ORDINALS[m["o"].lower()]))


def base_month(ctx: Context) -> tuple[int, int] | None:
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


def h_days_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if group(m, "month"):
        where = base_month(ctx)
        if where is None:
            return None
        year, month = where
    else:
        month = month_number(m["mo"])
        found = year_of(m, ctx, month)
        if not found:
            return None
        year = found
    first, last = month_span(year, month)
    early = m["p"].lower() == "first"
    if group(m, "half"):
        return (
            make_span(first, dt.date(year, month, 15), "half")
            if early
            else make_span(dt.date(year, month, 16), last, "half")
        )
    n = 1 if group(m, "one") else word_number(m["n"]) * (7 if m["u"].lower() == "weeks" else 1)
    if not 0 < n <= last.day:
        return None
    a, b = (first, dt.date(year, month, n)) if early else (last - dt.timedelta(days=n - 1), last)
    return make_span(a, b, "day" if n == 1 else "month")


def h_nths(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    where = base_month(ctx)
    if where is None:
        return None
    a, b = safe_date(*where, int(m["d"])), safe_date(*where, int(m["e"]))
    return make_span(a, b, "day") if a and b and a <= b else None


def h_deictic(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    back = m["w"].lower() in ("yesterday", "last night", "last evening")
    if m["w"].lower() == "overnight":
        return make_span(ctx.published - dt.timedelta(days=1), ctx.published, "day")
    return one_day(ctx.published - dt.timedelta(days=int(back)))


def h_weekend(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    sunday = ctx.published - dt.timedelta(days=(ctx.published.weekday() + 1) % 7)
    return make_span(sunday - dt.timedelta(days=1), sunday, "day")


def h_weekday(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if ctx.published is None:
        return None
    rel, target = (group(m, "rel") or "").lower(), WEEKDAYS[m["w"].lower()]
    if rel == "next":
        return None
    back = (ctx.published.weekday() - target) % 7
    if rel == "last" and back <= 1:
        back += 7  # "last Thursday" said on a Thursday or the day after is the week before
    return one_day(ctx.published - dt.timedelta(days=back))


def h_earlier_this(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return h_this_unit(m, ctx, dmy)


__all__ = [
    "back",
    "base_month",
    "h_days_of",
    "h_deictic",
    "h_earlier_this",
    "h_end_that",
    "h_month_rel",
    "h_next_unit",
    "h_nth_of",
    "h_nths",
    "h_past_n",
    "h_rel_days",
    "h_same_quarter",
    "h_season_rel",
    "h_the_period",
    "h_this_unit",
    "h_week_or_so",
    "h_weekday",
    "h_weekend",
    "h_weeks_before",
]
