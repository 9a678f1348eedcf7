"""GDELT 2.0 events: one row is one machine-coded statement, so that one attack has many rows.

What its codes become:
- ActionGeo_Type 1 the country; 2 and 5 a first-level area, both at their centres; 3 and 4 a town.  Countries are FIPS
  10-4 codes.
- Only arrests, protests, assaults, fights and mass violence are taken (CAMEO 14, 173, 175, 18, 19, 20); talk is passed
  over.  There are no figures of people.
- The confidence is low for all: nobody has looked at the row.  Rows from one page name its site as their origin, so
  that they count as one source.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from extract.schema import Place, Precision
from geodata.importers import codes
from geodata.importers.cells import Row, coordinates, day, filled, must
from geodata.importers.record import PassedOver, Record, RowRefused, day_span, located

__all__ = ["read_row"]

_TYPE: dict[str, tuple[Precision, str, str]] = {
    "2": ("admin1", "admin1", "a first-level area, shown at its centre (geo type 2)"),
    "5": ("admin1", "admin1", "a first-level area, shown at its centre (geo type 5)"),
    "3": ("city", "settlement", "a town as the machine read it (geo type 3)"),
    "4": ("city", "settlement", "a town as the machine read it (geo type 4)"),
}


def _kind(row: Row) -> tuple[str, str]:
    code = must(row, "EventCode", "event code")
    found = next((t for n in (4, 3, 2) if (t := codes.type_of("gdelt", "EventCode", code[:n])) is not None), None)
    if not found:
        raise PassedOver(codes.type_of("gdelt", "names", code[:2]) or f"CAMEO {code}")
    kind, subkind = found.split("/")
    return kind, subkind


def _place(row: Row) -> tuple[Place | None, str]:
    iso3 = codes.coded_country("fips", filled(row, "ActionGeo_CountryCode"))
    sort = filled(row, "ActionGeo_Type")
    if sort not in _TYPE:
        return codes.country_place(iso3), "the country only (geo type 1)" if sort == "1" else "no place"
    at = coordinates(filled(row, "ActionGeo_Lat"), filled(row, "ActionGeo_Long"))
    if at is None:
        return codes.country_place(iso3), "without coordinates: the country only"
    precision, kind, remark = _TYPE[sort]
    parts = [p.strip() for p in filled(row, "ActionGeo_FullName").split(",")]
    admin1 = parts[-2] if len(parts) > 2 else parts[0] if precision == "admin1" else None
    return Place(f"gdelt:{at[0]},{at[1]}", parts[0] or "place not named", *at, iso3, admin1, precision, kind), remark


def read_row(row: Row, number: int) -> Record:
    """One GDELT row.

    Raises
    ------
    RowRefused : no id, no date, a coordinate out of range …   PassedOver : a code that tells of no event we show.
    """
    native_id = must(row, "GLOBALEVENTID", "id")
    kind, subkind = _kind(row)
    text = must(row, "SQLDATE", "date")
    at = day(text)
    if at is None:
        raise RowRefused(f"SQLDATE is {text!r}, no date such as 20240312")
    place, where = _place(row)
    url = filled(row, "SOURCEURL")
    site = urlsplit(url).netloc.removeprefix("www.") if "://" in url else url
    head = codes.type_of("gdelt", "names", filled(row, "EventCode")[:2]) or "Event"
    added = filled(row, "DATEADDED")[:8]
    return Record(
        dataset="gdelt",
        native_id=native_id,
        row=number,
        kind=kind,  # type: ignore[arg-type]
        subkind=subkind,
        date=day_span(at),
        places=located(place),
        title=f"{head} (CAMEO {filled(row, 'EventCode')}), {place.name if place else 'place not stated'}, {at}",
        notes="",
        native=dict(row),
        publisher="GDELT",
        confidence=0.5,
        published=day(added) if added else None,
        url=url if "://" in url else None,
        origin=site or None,
        sources=site,
        remarks=tuple(r for r in (where, "coded by a machine, not checked") if r),
    )
