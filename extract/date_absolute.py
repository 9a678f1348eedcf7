"""Dates that say their own place in the calendar: days, months, quarters, seasons, years, with a year from context at most."""

from __future__ import annotations

import datetime as dt
import re

from extract.date_context import (
    FEASTS,
    QUARTERS,
    Context,
    day_number,
    make_span,
    month_number,
    month_span,
    safe_date,
    year_for,
)
from extract.date_parts import group, one_day, part, part_year, season, this_year, word_number, year_of
from extract.numbers import number_value
from extract.schema import DateSpan


def h_iso(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return one_day(safe_date(int(m["y"]), int(m["mo"]), int(m["d"])))


def h_slashed(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    a, b = int(m["a"]), int(m["b"])
    year = int(m["y"]) if len(m["y"]) == 4 else 2000 + int(m["y"])
    if a > 12:
        dmy = True
    elif b > 12:
        dmy = False
    if dmy is None:
        if a == b:
            return one_day(safe_date(year, a, b))
        return None  # 03/04: nothing in the document shows the order
    return one_day(safe_date(year, b, a) if dmy else safe_date(year, a, b))


def h_slashed_short(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    if dmy:
        return None
    month, day = int(m["a"]), int(m["b"])
    if day <= 12 and dmy is None:
        return None  # as likely a fraction or a ratio
    year = year_for(ctx, month, day)
    return one_day(safe_date(year, month, day)) if year else None


def h_dotted_short(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = int(m["mo"])
    year = year_for(ctx, month, int(m["d"]))
    if not year:
        return None
    first = safe_date(year, month, int(m["d"]))
    last = safe_date(year, month, int(m["e"])) if group(m, "e") else first
    return make_span(first, last, "day") if first and last else None


def h_sept11(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return None  # a byword, not a date of what is told


def h_dmy(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month, day = month_number(m["mo"]), day_number(m["d"])
    year = year_of(m, ctx, month, day)
    return one_day(safe_date(year, month, day)) if year else None


def h_year_words(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
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
    if group(m, "ym"):
        return make_span(*month_span(year, month_number(m["ym"])), "month")
    return make_span(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def h_day_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = month_number(m["mo"])
    year = year_of(m, ctx, month, day_number(m["d"]))
    if not year:
        return None
    a, b = safe_date(year, month, day_number(m["d"])), safe_date(year, month, day_number(m["e"]))
    return make_span(a, b, "day") if a and b and a <= b else None


def h_dmy_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    mo1, mo2 = month_number(m["mo"]), month_number(m["mo2"])
    y2 = int(m["y2"]) if group(m, "y2") else (int(m["y"]) if group(m, "y") else year_for(ctx, mo2))
    if not y2:
        return None
    y1 = int(m["y"]) if group(m, "y") else (y2 if mo1 <= mo2 else y2 - 1)
    a, b = safe_date(y1, mo1, day_number(m["d"])), safe_date(y2, mo2, day_number(m["e"]))
    return make_span(a, b, "day") if a and b and a <= b else None


def h_month_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    mo1, mo2 = month_number(m["mo"]), month_number(m["mo2"])
    y2 = (
        int(m["y2"])
        if group(m, "y2")
        else (int(m["y"]) if group(m, "y") else (this_year(m, ctx) if group(m, "rel") else year_for(ctx, mo2)))
    )
    if not y2:
        return None
    y1 = int(m["y"]) if group(m, "y") else (y2 if mo1 <= mo2 else y2 - 1)
    if y1 > y2 or (y1 == y2 and mo1 > mo2):
        return None
    return make_span(month_span(y1, mo1)[0], month_span(y2, mo2)[1], "month")


def h_year_range(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y1 = int(m["y"])
    y2 = int(m["y2"]) if len(m["y2"]) == 4 else y1 // 100 * 100 + int(m["y2"])
    return make_span(dt.date(y1, 1, 1), dt.date(y2, 12, 31), "year") if y1 <= y2 < 2050 else None


def h_fiscal(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    # The fiscal year of the United States' government runs from October to September (31 U.S.C. 1102).
    y = int(m["y"])
    return make_span(dt.date(y - 1, 10, 1), dt.date(y, 9, 30), "year")


def h_months_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    n, year = word_number(m["n"]), this_year(m, ctx)
    if not year or not 1 <= n <= 12:
        return None
    return make_span(dt.date(year, 1, 1), month_span(year, n)[1], "half" if n == 6 else "month")


def h_half_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    first = m["h"].lower() in ("first", "1")
    if group(m, "mo"):
        month = month_number(m["mo"])
        year = year_of(m, ctx, month, key="y3")
        if not year:
            return None
        a, b = month_span(year, month)
        return (
            make_span(a, dt.date(year, month, 15), "month")
            if first
            else make_span(dt.date(year, month, 16), b, "month")
        )
    year = int(m["y2"]) if group(m, "y2") else this_year(m, ctx)
    if not year:
        return None
    return (
        make_span(dt.date(year, 1, 1), dt.date(year, 6, 30), "half")
        if first
        else make_span(dt.date(year, 7, 1), dt.date(year, 12, 31), "half")
    )


def h_quarter(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    q = int(m["qn"]) if group(m, "qn") else QUARTERS[m["q"].lower()]
    year = this_year(m, ctx)
    if not year:
        return None
    return make_span(dt.date(year, 3 * q - 2, 1), month_span(year, 3 * q)[1], "month")


def h_week_of(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = month_number(m["mo"])
    year = year_of(m, ctx, month)
    if not year:
        return None
    last = month_span(year, month)[1]
    if m["wk"].lower() == "last":
        return make_span(last - dt.timedelta(days=6), last, "month")
    k = QUARTERS[m["wk"].lower()]
    return make_span(dt.date(year, month, 7 * k - 6), dt.date(year, month, min(7 * k, last.day)), "month")


def h_feast(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month, day = FEASTS[m["f"].lower().replace("’", "'")]
    year = year_of(m, ctx, month, day)
    return one_day(safe_date(year, month, day)) if year else None


def h_part_month(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = month_number(m["mo"])
    year = year_of(m, ctx, month)
    return part(m["p"], year, month) if year else None


def h_part_year(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return part_year(m["p"], int(m["y"]))


def h_season(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    return season(m["s"], int(m["y"]))


def h_before_start(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y = int(m["y"]) - 1  # "before the start of 2024": in the last weeks of 2023
    return make_span(dt.date(y, 12, 1), dt.date(y, 12, 31), "month")


def h_month(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    month = month_number(m["mo"])
    year = this_year(m, ctx) if group(m, "rel") else year_of(m, ctx, month)
    return make_span(*month_span(year, month), "month") if year else None


def h_year(m: re.Match[str], ctx: Context, dmy: bool | None) -> DateSpan | None:
    y = int(m["y"])
    return make_span(dt.date(y, 1, 1), dt.date(y, 12, 31), "year")


__all__ = [
    "h_before_start",
    "h_day_range",
    "h_dmy",
    "h_dmy_range",
    "h_dotted_short",
    "h_feast",
    "h_fiscal",
    "h_half_of",
    "h_iso",
    "h_month",
    "h_month_range",
    "h_months_of",
    "h_part_month",
    "h_part_year",
    "h_quarter",
    "h_season",
    "h_sept11",
    "h_slashed",
    "h_slashed_short",
    "h_week_of",
    "h_year",
    "h_year_range",
    "h_year_words",
]
