"""Cells of a dataset as values: whole numbers, degrees, days; an empty cell is None, never 0.

Takes text; gives a value, None for an empty cell, or raises `RowRefused` with a line for a person.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping

from extract.print_dates import parse_full_date, printed_date
from geodata.importers.record import RowRefused

__all__ = ["Row", "coordinates", "day", "filled", "months_days", "must", "whole"]

Row = Mapping[str, str]
_EMPTY = {"", "na", "n/a", "nan", "null", "none", "."}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def filled(row: Row, column: str) -> str:
    """The cell without blanks around it; '' where the column is missing or the cell says that nothing is known."""
    value = (row.get(column) or "").strip()
    return "" if value.casefold() in _EMPTY else value


def must(row: Row, column: str, what: str) -> str:
    """A cell that may not be empty."""
    value = filled(row, column)
    if not value:
        raise RowRefused(f"no {what} (column {column} is empty)")
    return value


def whole(row: Row, column: str, unknown: tuple[int, ...] = ()) -> int | None:
    """A whole number, 0 or more; None where the cell is empty or holds a code for unknown (-99, -9).

    Raises
    ------
    RowRefused : it is no whole number, or below 0.

    >>> whole({"nkill": "3.0"}, "nkill"), whole({"nkill": ""}, "nkill"), whole({"nkill": "-99"}, "nkill", (-99,))
    (3, None, None)
    """
    text = filled(row, column).replace(",", "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as err:
        raise RowRefused(f"{column} is {text!r}, not a number") from err
    if value in unknown:
        return None
    if value < 0 or not value.is_integer():
        raise RowRefused(f"{column} is {text}, not a whole number from 0")
    return int(value)


def _degrees(text: str, limit: float, what: str) -> float:
    try:
        value = float(text)
    except ValueError as err:
        raise RowRefused(f"{what} is {text!r}, not a number") from err
    if not (math.isfinite(value) and abs(value) <= limit):
        raise RowRefused(f"{what} is {text}, outside -{limit:g} to {limit:g}")
    return value


def coordinates(lat: str, lon: str) -> tuple[float, float] | None:
    """(lat, lon) in degrees; None where both are empty.

    Raises
    ------
    RowRefused : one is missing, no number, or out of range; or both are exactly 0, which is how files write "unknown".
    """
    lat, lon = lat.strip(), lon.strip()
    if not lat and not lon:
        return None
    if not lat or not lon:
        raise RowRefused("one of latitude and longitude is missing")
    at = _degrees(lat, 90, "latitude"), _degrees(lon, 180, "longitude")
    if at == (0.0, 0.0):
        raise RowRefused("latitude and longitude are both 0, which is no place in this dataset")
    return at


def day(text: str, *, dmy: bool | None = None) -> dt.date | None:
    """A day in any full form; None where it is no date, or where day and month could be exchanged and nothing tells.

    dmy : whether 3/4/2024 is the 3rd of April.  A weekday before the date settles it by itself.

    >>> day("2024-03-12 00:00:00.000"), day("Tue, 05/03/2024"), day("03/04/2024")
    (datetime.date(2024, 3, 12), None, None)
    """
    text = text.strip()
    if m := re.match(r"(mon|tue|wed|thu|fri|sat|sun)\w*,?\s+(.+)", text, re.I):
        return _by_weekday(m[1].lower(), m[2])
    return parse_full_date(text[:10] if re.match(r"\d{4}-\d\d-\d\d[ T]", text) else text) or printed_date(text, dmy=dmy)


def _by_weekday(name: str, text: str) -> dt.date | None:
    read = [d for dmy in (True, False) if (d := printed_date(text, dmy=dmy))]
    fit = {d for d in read if d.weekday() == _WEEKDAYS.index(name)}
    return fit.pop() if len(fit) == 1 else None


def months_days(values: list[str]) -> bool | None:
    """Whether a column of dates such as 13/4/2024 puts the day first; None where no value tells, or where they differ.

    >>> months_days(["03/04/2024", "25/04/2024"]), months_days(["03/04/2024"])
    (True, None)
    """
    pairs = [(int(m[1]), int(m[2])) for v in values if (m := re.match(r"\s*(\d{1,2})/(\d{1,2})/\d{4}", v))]
    first, second = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return None if first == second else first
