"""GTD: one row is one terrorist attack or attempt.

What its codes become:
- specificity 1 the town; 2 a town shown at the centre of its smallest area, 3 no town but that area (both city, kind
  "admin2"); 4 the first-level area; 5 the country.  vicinity 1 makes a town an area around it.
- imonth 0 is a day in that year, iday 0 a day in that month; `approxdate` is remembered.
- nkill, nwound: blank and -99 are null, 0 is 0.
- doubtterr 1 (the coders doubt that it is terrorism) is remembered and lowers the confidence: that it happened is not
  in doubt.  success 0 is certainty "foiled".
"""

from __future__ import annotations

import calendar
import datetime as dt

from extract.schema import Count, DateSpan, Place, Precision
from geodata.importers import codes
from geodata.importers.cells import Row, coordinates, filled, must, whole
from geodata.importers.record import PassedOver, Record, RowRefused, day_span, located, span

__all__ = ["read_row"]

_UNKNOWN = (-99, -9)
_AREA: dict[str, tuple[Precision, str, str]] = {
    "1": ("city", "settlement", "place as named (specificity 1)"),
    "2": ("city", "admin2", "a town, shown at the centre of its smallest area (specificity 2)"),
    "3": ("city", "admin2", "the smallest area, shown at its centre (specificity 3)"),
    "4": ("admin1", "admin1", "a first-level area, shown at its centre (specificity 4)"),
    "5": ("country", "country", "the country only (specificity 5)"),
}


def _date(row: Row) -> tuple[DateSpan, str]:
    year, month, at = (whole(row, c) for c in ("iyear", "imonth", "iday"))
    if not year:
        raise RowRefused("no year (column iyear is empty)")
    about = filled(row, "approxdate")
    said = f" (about: {about})" if about else ""
    try:
        if not month:
            return span(dt.date(year, 1, 1), dt.date(year, 12, 31)), f"the month is not known{said}"
        if not at:
            last = calendar.monthrange(year, month)[1]
            return span(dt.date(year, month, 1), dt.date(year, month, last)), f"the day is not known{said}"
        return day_span(dt.date(year, month, at)), f"date{said}" if about else ""
    except ValueError as err:
        raise RowRefused(f"no such date: year {year}, month {month}, day {at}") from err


def _place(row: Row) -> tuple[Place | None, str]:
    iso3 = codes.named_country(filled(row, "country_txt"))
    at = coordinates(filled(row, "latitude"), filled(row, "longitude"))
    grade = filled(row, "specificity").removesuffix(".0")
    if at is None or grade == "5":
        return codes.country_place(iso3), _AREA["5"][2]
    precision, kind, remark = _AREA.get(grade or "1", _AREA["4"])
    if filled(row, "vicinity") == "1" and kind == "settlement":
        kind, remark = "area", "in the vicinity of this town (vicinity 1)"
    admin1 = filled(row, "provstate") or None
    city = filled(row, "city")
    city = "" if city.casefold() == "unknown" else city
    name = (admin1 if precision == "admin1" else None) or city or admin1 or "place not named"
    return Place(f"gtd:{at[0]},{at[1]}", name, *at, iso3, admin1, precision, kind), remark


def _counts(row: Row) -> dict[str, Count]:
    given = {key: whole(row, column, _UNKNOWN) for key, column in (("killed", "nkill"), ("injured", "nwound"))}
    return {key: Count(n, n, n) for key, n in given.items() if n is not None}


def _groups(row: Row) -> tuple[str, ...]:
    names = [filled(row, c) for c in ("gname", "gname2", "gname3")]
    return tuple(dict.fromkeys(codes.group_name(n) for n in names if n and n.casefold() != "unknown"))


def read_row(row: Row, number: int) -> Record:
    """One GTD row.

    Raises
    ------
    RowRefused : no id, no year, a coordinate out of range …   PassedOver : an unknown type of attack.
    """
    native_id = must(row, "eventid", "id").removesuffix(".0")
    kind_of = codes.type_of("gtd", "attacktype1", filled(row, "attacktype1").removesuffix(".0") or "9")
    if not kind_of:
        raise PassedOver(f"attack type {filled(row, 'attacktype1')}")
    kind, subkind = kind_of.split("/")
    date, when = _date(row)
    place, where = _place(row)
    doubted = filled(row, "doubtterr") == "1"
    other = filled(row, "alternative_txt")
    doubt = f"the coders doubt that it is terrorism{f' ({other})' if other else ''} (doubtterr 1)" if doubted else ""
    head = filled(row, "attacktype1_txt") or "Attack"
    return Record(
        dataset="gtd",
        native_id=native_id,
        row=number,
        kind=kind,  # type: ignore[arg-type]
        subkind=subkind,
        date=date,
        places=located(place),
        title=f"{head}, {place.name if place else 'place not stated'}, {date.start}",
        notes=filled(row, "summary"),
        native=dict(row),
        publisher="GTD",
        counts=_counts(row),
        groups=_groups(row),
        certainty="foiled" if filled(row, "success").removesuffix(".0") == "0" else "reported",
        confidence=0.7 if doubted else 0.9,
        sources="; ".join(filter(None, (filled(row, c) for c in ("scite1", "scite2", "scite3")))),
        remarks=tuple(r for r in (where, when, doubt) if r),
    )
