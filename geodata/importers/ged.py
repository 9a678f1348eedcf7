"""UCDP GED: one row is one incident of organised violence with at least one direct death.

What its codes become:
- where_prec 1 the place itself; 2 within some 25 km of a known point (city, kind "area"); 3 a second-level area (city,
  kind "admin2", as Dateline counts districts); 4 a first-level area; 5 a line or a wide area without borders (region);
  6 the country; 7 sea or air (water).  Public importers disagree on 2 and 3; the codebook is followed.
- date_start to date_end is the interval, whatever date_prec says; the precision is the length of the interval.
- best, low, high are figures, also where they are 0.  A blank is null.
- event_clarity 2 (events that the source sums up) is remembered and lowers the confidence.
"""

from __future__ import annotations

from extract.schema import Count, DateSpan, Place, Precision
from geodata.importers import codes
from geodata.importers.cells import Row, coordinates, day, filled, must, whole
from geodata.importers.record import PassedOver, Record, RowRefused, located, span

__all__ = ["read_row"]

_WHERE: dict[str, tuple[Precision, str, str]] = {
    "1": ("city", "settlement", "place as named (where_prec 1)"),
    "2": ("city", "area", "within some 25 km of this point (where_prec 2)"),
    "3": ("city", "admin2", "a second-level area, shown at its centre (where_prec 3)"),
    "4": ("admin1", "admin1", "a first-level area, shown at its centre (where_prec 4)"),
    "5": ("region", "region", "a line or wide area, shown at one point of it (where_prec 5)"),
    "6": ("country", "country", "the country only (where_prec 6)"),
    "7": ("water", "water", "at sea or in the air (where_prec 7)"),
}


def _date(row: Row) -> DateSpan:
    ends = []
    for column in ("date_start", "date_end"):
        text = must(row, column, "date")
        ends.append(day(text))
        if ends[-1] is None:
            raise RowRefused(f"{column} is {text!r}, no date such as 2024-03-12")
    first, last = ends
    assert first and last
    if last < first:
        raise RowRefused(f"it ends on {last} before it begins on {first}")
    return span(first, last)


def _place(row: Row) -> tuple[Place | None, str]:
    iso3 = codes.coded_country("gw", filled(row, "country_id")) or codes.named_country(filled(row, "country"))
    at = coordinates(filled(row, "latitude"), filled(row, "longitude"))
    where = filled(row, "where_prec")
    if at is None or where == "6":
        return codes.country_place(iso3), _WHERE["6"][2]
    precision, kind, remark = _WHERE.get(where, ("region", "region", "precision of the place not given"))
    admin1 = filled(row, "adm_1") or None
    named = {"admin1": admin1, "admin2": filled(row, "adm_2")}.get(kind) or filled(row, "where_coordinates")
    iso3 = None if precision == "water" else iso3
    return Place(f"ged:{at[0]},{at[1]}", named or "place not named", *at, iso3, admin1, precision, kind), remark


def _killed(row: Row) -> dict[str, Count]:
    low, best, high = (whole(row, c, unknown=(-1,)) for c in ("low", "best", "high"))
    return {} if low is best is high is None else {"killed": Count(low, best, high)}


def _groups(row: Row) -> tuple[str, ...]:
    sides = (filled(row, "side_a"), filled(row, "side_b"))
    own = [codes.group_name(s) for s in sides if s and s != "Civilians" and not s.startswith("Government of ")]
    return tuple(dict.fromkeys(own))


def read_row(row: Row, number: int) -> Record:
    """One GED row.

    Raises
    ------
    RowRefused : no id, no date, a coordinate out of range …   PassedOver : an unknown type of violence.
    """
    native_id = must(row, "id", "id")
    kind_of = codes.type_of("ged", "type_of_violence", filled(row, "type_of_violence"))
    if not kind_of:
        raise PassedOver(f"type of violence {filled(row, 'type_of_violence') or 'blank'}")
    kind, subkind = kind_of.split("/")
    date = _date(row)
    place, where = _place(row)
    unclear = filled(row, "event_clarity") == "2"
    when = "" if date.precision == "day" else f"between {date.start} and {date.end}"
    remarks = (where, when, "summed up from a report of several events (event_clarity 2)" if unclear else "")
    head = filled(row, "dyad_name") or filled(row, "conflict_name") or "Organised violence"
    return Record(
        dataset="ged",
        native_id=native_id,
        row=number,
        kind=kind,  # type: ignore[arg-type]
        subkind=subkind,
        date=date,
        places=located(place, filled(row, "where_description")[:200]),
        title=f"{head}, {place.name if place else 'place not stated'}, {date.start}",
        notes=filled(row, "source_headline"),
        native=dict(row),
        publisher="UCDP GED",
        counts=_killed(row),
        groups=_groups(row),
        confidence=0.7 if unclear else 0.9,
        sources=filled(row, "source_office") or filled(row, "source_article"),
        remarks=tuple(r for r in remarks if r),
    )
