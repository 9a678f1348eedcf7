"""IOM Missing Migrants: one row is one incident in which people died or went missing on their way.

What its columns become:
- "Coordinates" holds "lat, lon" in one field; they are often approximate, so a place is an area (city, kind "area"),
  and at sea (no country's land within reach is asked for by `join`) it stays where it is.
- killed: low is the number of dead; best is IOM's own total of dead and missing; high is open where people are missing,
  since that number is a least estimate.  Blank is null, not 0.
- The date is when it happened or when bodies were found; a row without a day is the month it names.
- Country of origin is that of the dead: it is kept in the row, never shown as a nationality of a claim.
"""

from __future__ import annotations

import calendar
import datetime as dt

from extract.date_context import MONTHS
from extract.schema import Count, DateSpan, Place
from geodata.importers import codes
from geodata.importers.cells import Row, coordinates, day, filled, must, whole
from geodata.importers.record import Record, RowRefused, day_span, located, span

__all__ = ["read_row"]

_TOTAL = "Total Number of Dead and Missing"


def _date(row: Row) -> tuple[DateSpan, str]:
    text = filled(row, "Incident Date")
    if at := day(text):
        return day_span(at), ""
    year = whole(row, "Incident Year") or whole(row, "Reported Year")
    month = MONTHS.get((filled(row, "Month") or filled(row, "Reported Month")).lower())
    if not year or not 1900 < year < 2200:
        raise RowRefused(f"Incident Date is {text!r}, no date such as 2024-03-12" if text else "no date")
    why = "day and month of the date could be exchanged" if text else "the day is not given"
    if not month:
        return span(dt.date(year, 1, 1), dt.date(year, 12, 31)), f"the year only: {why}"
    last = calendar.monthrange(year, month)[1]
    return span(dt.date(year, month, 1), dt.date(year, month, last)), f"the month only: {why}"


def _place(row: Row) -> tuple[Place | None, str]:
    iso3 = codes.named_country(filled(row, "Country of Incident"))
    lat, _, lon = filled(row, "Coordinates").strip("()").partition(",")
    at = coordinates(lat, lon)
    if at is None:
        return codes.country_place(iso3), "without coordinates: the country only"
    name = filled(row, "Location of Incident") or filled(row, "Migration Route") or "place not named"
    return Place(f"iom:{at[0]},{at[1]}", name, *at, iso3, None, "city", "area"), "coordinates are approximate"


def _counts(row: Row) -> tuple[dict[str, Count], str]:
    dead, missing = whole(row, "Number of Dead"), whole(row, "Minimum Estimated Number of Missing")
    total = whole(row, _TOTAL)
    if dead is None and total is None:
        return {}, ""
    said = f"{dead if dead is not None else 'not stated'} dead, at least {missing} missing" if missing else ""
    best = total if total is not None else dead
    return {"killed": Count(dead, best, None if missing else best)}, said


def read_row(row: Row, number: int) -> Record:
    """One Missing Migrants row.

    Raises
    ------
    RowRefused : no id, no date, a coordinate out of range …
    """
    native_id = filled(row, "Incident ID") or must(row, "Main ID", "id")
    date, when = _date(row)
    place, where = _place(row)
    counts, people = _counts(row)
    cause = filled(row, "Cause of Death") or "Cause not stated"
    way = filled(row, "Migration Route")
    url = filled(row, "URL").split()[0].rstrip(",;") if filled(row, "URL") else ""
    return Record(
        dataset="iom",
        native_id=native_id,
        row=number,
        kind="incident",
        subkind="shipwreck" if "shipwreck" in cause.casefold() else "migrant_deaths",
        date=date,
        places=located(place),
        title=f"Deaths of migrants, {place.name if place else 'place not stated'}",
        notes=f"{cause}{f', on the route: {way}' if way else ''}. {people}".strip(" .") + ".",
        native=dict(row),
        publisher="IOM Missing Migrants",
        counts=counts,
        confidence=0.8,
        url=url if "://" in url else None,
        sources=filled(row, "Information Source"),
        remarks=tuple(r for r in (where, when, people) if r),
    )
