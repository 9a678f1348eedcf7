"""Any other table: a mapping says which column is what.  It is guessed, written down, and used once a person agrees.

A mapping is TOML:

    [dataset]
    name = "Our incident log"        # stands as the publisher
    attribution = "Example Institute"
    kind = "incident/attack"         # of rows without a kind of their own
    precision = "city"               # of the coordinates: site, city, admin1 or country
    date_order = "dmy"               # only where 3/4/2024 is met: dmy or mdy

    [columns]                        # ours = theirs; date is needed, and id to know a row again
    id = "Ref"
    date = "When"

    [kinds]                          # their words for a kind = ours; "" passes the row over
    "IED" = "incident/attack"

Takes a table's columns or a mapping file; gives a `Mapping` with its reader of rows.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from extract.schema import KINDS, Count, DateSpan, Place, Precision
from geodata.errors import DatasetError
from geodata.importers import codes
from geodata.importers.cells import Row, coordinates, day, filled, months_days, must, whole
from geodata.importers.record import PassedOver, Record, RowRefused, day_span, located, span
from geodata.names import fold
from geodata.schema import COUNT_KEYS

__all__ = ["FIELDS", "Mapping", "guess", "read_mapping"]

#: Ours -> the names by which tables are known to call it, the surest first (folded, without blanks and underscores).
FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "eventid", "incidentid", "ref", "reference", "refno", "no", "number", "uid", "key"),
    "date": ("date", "eventdate", "incidentdate", "when", "datestart", "startdate", "day", "datum"),
    "date_end": ("dateend", "enddate", "until", "dateto"),
    "lat": ("lat", "latitude", "y", "ycoord", "latdd"),
    "lon": ("lon", "long", "lng", "longitude", "x", "xcoord", "londd"),
    "coordinates": ("coordinates", "latlon", "latlong", "coords", "location(lat,lon)"),
    "place": ("place", "location", "town", "city", "settlement", "placename", "where", "village"),
    "admin1": ("admin1", "province", "state", "region", "governorate", "oblast", "adm1"),
    "country": ("country", "countryname", "iso3", "nation", "countrycode"),
    "kind": ("kind", "type", "eventtype", "incidenttype", "category", "subkind"),
    "killed": ("killed", "deaths", "fatalities", "dead", "nkilled", "fatal"),
    "injured": ("injured", "wounded", "nwound", "injuries"),
    "arrested": ("arrested", "detained", "arrests", "detentions"),
    "people": ("people", "persons", "migrants", "individuals"),
    "group": ("group", "actor", "perpetrator", "perpetratorgroup", "actor1", "organisation", "organization"),
    "text": ("text", "notes", "description", "summary", "details", "narrative", "remarks"),
    "source": ("source", "sources", "publisher", "informationsource"),
    "url": ("url", "link", "sourceurl", "address"),
}


@dataclass(frozen=True)
class Mapping:
    """Which column is what, and what a row without kind or precision is."""

    columns: dict[str, str]
    name: str = "Own table"
    attribution: str = ""
    kind: str = "incident/attack"
    precision: str = "city"
    dmy: bool | None = None
    kinds: dict[str, str] = field(default_factory=dict)

    def as_toml(self) -> str:
        """The mapping as a file that a person can read and edit."""
        head = [
            "# Which column is what.  Check it, save it, and give it with --map FILE.",
            "[dataset]",
            f"name = {_quoted(self.name)}",
            f"attribution = {_quoted(self.attribution)}",
            f"kind = {_quoted(self.kind)}           # of rows without a kind of their own",
            f"precision = {_quoted(self.precision)}   # of the coordinates: site, city, admin1 or country",
        ]
        unsure = '# date_order = "dmy"   # needed where a date such as 3/4/2024 is met'
        head += [unsure if self.dmy is None else f'date_order = "{"dmy" if self.dmy else "mdy"}"']
        body = ["", "[columns]", *(f"{k} = {_quoted(v)}" for k, v in self.columns.items())]
        kinds = [f"{_quoted(k)} = {_quoted(v)}" for k, v in self.kinds.items()]
        tail = ["", "[kinds]   # their word = ours, such as arrest/arrest; empty passes over", *kinds]
        return "\n".join([*head, *body, *tail])

    def get(self, row: Row, ours: str) -> str:
        """The cell of one of our fields, '' where it is not mapped or empty."""
        return filled(row, self.columns[ours]) if ours in self.columns else ""

    @property
    def key(self) -> str:
        """The dataset's own name in ids."""
        return "-".join(fold(self.name).split())

    def read_row(self, row: Row, number: int) -> Record:
        """One row.

        Raises
        ------
        RowRefused : no id, no date, a coordinate out of range …   PassedOver : its kind is mapped to nothing.
        """
        native_id = must(row, self.columns["id"], "id") if "id" in self.columns else f"row-{number}"
        kind, subkind = self._kind(row)
        date = self._date(row)
        place, where = self._place(row)
        counts = {k: Count(n, n, n) for k in COUNT_KEYS if (n := self._count(row, k)) is not None}
        groups = tuple(codes.group_name(g) for g in self.get(row, "group").split(";") if g.strip())
        url = self.get(row, "url")
        head = self.get(row, "kind") or subkind.replace("_", " ").capitalize()
        return Record(
            dataset=self.key,
            native_id=native_id,
            row=number,
            kind=kind,  # type: ignore[arg-type]
            subkind=subkind,
            date=date,
            places=located(place),
            title=f"{head}, {place.name if place else 'place not stated'}, {date.start}",
            notes=self.get(row, "text"),
            native=dict(row),
            publisher=self.name,
            counts=counts,
            groups=groups,
            confidence=0.8,
            url=url if url.startswith(("http://", "https://")) else None,
            sources=self.get(row, "source"),
            remarks=(where,) if where else (),
        )

    def _count(self, row: Row, key: str) -> int | None:
        return whole(row, self.columns[key], (-99, -9, -1)) if key in self.columns else None

    def _kind(self, row: Row) -> tuple[str, str]:
        said = self.get(row, "kind")
        chosen = self.kinds.get(said, self.kind) if said else self.kind
        if not chosen:
            raise PassedOver(said)
        kind, _, subkind = chosen.partition("/")
        return kind, subkind or kind

    def _date(self, row: Row) -> DateSpan:
        text = must(row, self.columns["date"], "date")
        first = day(text, dmy=self.dmy)
        if first is None:
            raise RowRefused(
                f"{self.columns['date']} is {text!r}: no date, or day and month could be exchanged (date_order)"
            )
        until = self.get(row, "date_end")
        last = day(until, dmy=self.dmy) if until else first
        if last is None or last < first:
            raise RowRefused(f"{self.columns['date_end']} is {until!r}: no date, or before {first}")
        return day_span(first) if last == first else span(first, last)

    def _place(self, row: Row) -> tuple[Place | None, str]:
        iso3 = codes.named_country(self.get(row, "country"))
        both = self.get(row, "coordinates").strip("()").partition(",")
        at = coordinates(self.get(row, "lat") or both[0], self.get(row, "lon") or both[2])
        if at is None or self.precision == "country":
            return codes.country_place(iso3), "without coordinates: the country only" if iso3 else "without place"
        admin1 = self.get(row, "admin1") or None
        name = self.get(row, "place") or admin1 or "place not named"
        kind = "admin1" if self.precision == "admin1" else "site" if self.precision == "site" else "settlement"
        precision: Precision = self.precision  # type: ignore[assignment]
        return Place(f"{self.key}:{at[0]},{at[1]}", name, *at, iso3, admin1, precision, kind), ""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _bare(name: str) -> str:
    return "".join(c for c in fold(name) if c not in " _-.")


def guess(columns: Sequence[str], sample: Sequence[Row], name: str = "Own table") -> Mapping:
    """The likeliest mapping of a table, by the names of its columns; `sample` shows the order of dates and the kinds.

    Raises
    ------
    DatasetError : no column looks like a date.
    """
    bare = {_bare(c): c for c in reversed(columns)}
    found: dict[str, str] = {}
    for ours, names in FIELDS.items():
        column = next((bare[n] for n in names if n in bare and bare[n] not in found.values()), None)
        if column is not None:
            found[ours] = column
    if "coordinates" in found and "lat" in found and "lon" in found:
        del found["coordinates"]
    if "date" not in found:
        raise DatasetError(f"no column looks like a date among {', '.join(columns)}; write a mapping (--map FILE)")
    dates = [r.get(found["date"], "") for r in sample]
    seen = Counter(filled(r, found["kind"]) for r in sample) if "kind" in found else Counter()
    kinds = {k: _kind_of(k) for k, _ in seen.most_common(40) if k}
    return Mapping(found, name=name, dmy=months_days(dates), kinds=kinds)


def _kind_of(word: str) -> str:
    """Our kind for a word of a table, by a few stems; attack where none fits (a person checks the guess)."""
    low = fold(word)
    stems = {
        "arrest/arrest": ("arrest", "detain", "detention", "apprehen"),
        "arrest/conviction": ("convict", "sentenc"),
        "incident/abduction": ("abduct", "kidnap", "hostage"),
        "incident/protest": ("protest", "demonstration"),
        "incident/riot": ("riot",),
        "incident/shipwreck": ("shipwreck", "capsiz"),
        "incident/migrant_deaths": ("drown", "migrant death"),
        "incident/clash": ("clash", "battle", "fight"),
    }
    return next((kind for kind, words in stems.items() if any(w in low for w in words)), "incident/attack")


def read_mapping(path: Path, columns: Sequence[str]) -> Mapping:
    """A mapping file, checked against the table it is for.

    Raises
    ------
    DatasetError : it cannot be read, or names a field, column, kind or precision that does not exist.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise DatasetError(f"the mapping {path} cannot be read: {err}") from err
    about, mapped, kinds = raw.get("dataset", {}), raw.get("columns", {}), raw.get("kinds", {})
    for ours, theirs in mapped.items():
        if ours not in FIELDS:
            raise DatasetError(f"{path}: there is no field {ours!r}; it is one of {', '.join(FIELDS)}")
        if theirs not in columns:
            raise DatasetError(f"{path}: the table has no column {theirs!r}; it has {', '.join(columns)}")
    if "date" not in mapped:
        raise DatasetError(f"{path}: [columns] needs date")
    order, precision = about.get("date_order"), about.get("precision", "city")
    if order not in (None, "dmy", "mdy"):
        raise DatasetError(f"{path}: date_order is dmy or mdy, not {order!r}")
    if precision not in get_args(Precision):
        raise DatasetError(f"{path}: precision is one of {', '.join(get_args(Precision))}, not {precision!r}")
    for kind in [about.get("kind", "incident/attack"), *filter(None, kinds.values())]:
        if str(kind).partition("/")[0] not in KINDS:
            raise DatasetError(f"{path}: {kind!r} is no kind; it begins with {', '.join(KINDS)}")
    return Mapping(
        columns=dict(mapped),
        name=str(about.get("name") or path.stem),
        attribution=str(about.get("attribution") or ""),
        kind=str(about.get("kind", "incident/attack")),
        precision=str(precision),
        dmy={"dmy": True, "mdy": False}.get(order or ""),
        kinds={str(k): str(v) for k, v in kinds.items()},
    )
