"""ACLED: one row is one coded event of political violence, protest or strategic development.

What its codes become:
- geo_precision 1 a town (city); 2 near a town, which stands for the area (city, kind "area"); 3 a larger region, shown
  at its capital or centre (admin1).
- time_precision 1 the day; 2 within a week, of which the middle day is stored: three days either way; 3 within a
  month, of which the middle is stored: the whole month.
- fatalities are the lowest figure that is reported, so they have no upper bound.  0 is written both for "nobody died"
  and for "no deaths are mentioned", so it becomes null, not 0.
- actors are no attackers and victims: only organised armed groups (inter 2, 3, 4; text or number) become groups.
"""

from __future__ import annotations

import calendar
import datetime as dt

from extract.schema import Count, DateSpan, Place, Precision
from geodata.importers import codes
from geodata.importers.cells import Row, coordinates, day, filled, must, whole
from geodata.importers.record import PassedOver, Record, RowRefused, day_span, located, span

__all__ = ["read_row"]

_GROUPS = {"2", "3", "4", "rebel group", "rebel groups", "political militia", "political militias"} | {
    "identity militia",
    "identity militias",
}
_GEO: dict[str, tuple[Precision, str, str]] = {
    "1": ("city", "settlement", "place as named (geo_precision 1)"),
    "2": ("city", "area", "near this town, which stands for the area (geo_precision 2)"),
    "3": ("admin1", "admin1", "a larger region, shown at its capital or centre (geo_precision 3)"),
}


def _type(row: Row) -> tuple[str, str, str]:
    sub, event = filled(row, "sub_event_type"), must(row, "event_type", "event type")
    found = codes.type_of("acled", "sub_event_type", sub)
    found = codes.type_of("acled", "event_type", event) if found is None else found
    if not found:
        raise PassedOver(sub or event)
    kind, subkind, *more = found.split("/")
    return kind, subkind, more[0] if more else "reported"


def _date(row: Row) -> tuple[DateSpan, str]:
    text = must(row, "event_date", "date")
    at = day(text)
    if at is None:
        raise RowRefused(f"event_date is {text!r}, no date such as 2024-03-12")
    if filled(row, "time_precision") == "2":
        return span(at - dt.timedelta(days=3), at + dt.timedelta(days=3)), "a day within that week (time_precision 2)"
    if filled(row, "time_precision") == "3":
        last = calendar.monthrange(at.year, at.month)[1]
        return span(at.replace(day=1), at.replace(day=last)), "a day within that month (time_precision 3)"
    return day_span(at), ""


def _place(row: Row) -> tuple[Place | None, str]:
    iso3 = codes.coded_country("iso_numeric", filled(row, "iso")) if filled(row, "iso") else None
    iso3 = iso3 or codes.named_country(filled(row, "country"))
    at = coordinates(filled(row, "latitude"), filled(row, "longitude"))
    if at is None:
        return codes.country_place(iso3), "without coordinates: the country only"
    precision, kind, remark = _GEO.get(filled(row, "geo_precision") or "1", _GEO["3"])
    admin1 = filled(row, "admin1") or None
    name = (admin1 if precision == "admin1" else None) or filled(row, "location") or admin1 or "place not named"
    return Place(f"acled:{at[0]},{at[1]}", name, *at, iso3, admin1, precision, kind), remark


def _groups(row: Row) -> tuple[str, ...]:
    found = []
    for n in ("1", "2"):
        name = filled(row, f"actor{n}")
        if filled(row, f"inter{n}").casefold() in _GROUPS and name and not name.startswith("Unidentified"):
            found.append(codes.group_name(name))
    return tuple(dict.fromkeys(found))


def _killed(row: Row) -> tuple[dict[str, Count], str]:
    n = whole(row, "fatalities")
    if n == 0:
        return {}, "no deaths are reported (fatalities 0, which may also mean not known)"
    return ({"killed": Count(n, n, None)}, "") if n else ({}, "")


def _published(row: Row) -> dt.date | None:
    stamp = filled(row, "timestamp")
    return dt.datetime.fromtimestamp(int(stamp), dt.UTC).date() if stamp.isdecimal() else None


def read_row(row: Row, number: int) -> Record:
    """One ACLED row.

    Raises
    ------
    RowRefused : no id, no date, a coordinate out of range …   PassedOver : a type that Dateline has no kind for.
    """
    native_id = must(row, "event_id_cnty", "id")
    kind, subkind, certainty = _type(row)
    date, when = _date(row)
    place, where = _place(row)
    counts, deaths = _killed(row)
    head = filled(row, "sub_event_type") or filled(row, "event_type")
    return Record(
        dataset="acled",
        native_id=native_id,
        row=number,
        kind=kind,  # type: ignore[arg-type]
        subkind=subkind,
        date=date,
        places=located(place),
        title=f"{head}, {place.name if place else 'place not stated'}, {filled(row, 'event_date')}",
        notes=filled(row, "notes"),
        native=dict(row),
        publisher="ACLED",
        counts=counts,
        groups=_groups(row),
        certainty=certainty,
        published=_published(row),
        sources=filled(row, "source"),
        remarks=tuple(w for w in (where, when, deaths) if w),
    )
