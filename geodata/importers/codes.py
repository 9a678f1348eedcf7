"""Countries in the codes and spellings of the datasets, and types in ours; all from data files in `data/`.

Takes a code or a name; gives ISO 3166-1 alpha-3 or None where it is not known: an unknown code is never guessed.
"""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from extract.lexicon import alias, load
from extract.schema import Place
from geodata import shapes
from geodata.errors import FilterError
from geodata.names import country_code, fold

__all__ = ["DATA", "about", "coded_country", "country_place", "group_name", "named_country", "type_of"]

DATA = Path(__file__).parent / "data"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def _codes() -> dict[tuple[str, str], str]:
    return {(r["system"], r["code"]): r["iso3"] for r in _rows(DATA / "country_codes.csv")}


@cache
def coded_country(system: str, code: str) -> str | None:
    """ISO3 of a code of the system iso_numeric, fips or gw; None for one that is not listed.

    >>> coded_country("fips", "GM"), coded_country("gw", "365"), coded_country("iso_numeric", "4")
    ('DEU', 'RUS', 'AFG')
    """
    code = code.strip().upper()
    return _codes().get((system, str(int(code)) if code.isdecimal() else code))


@cache
def _names() -> dict[str, str]:
    return {fold(r["name"]): r["iso3"] for r in _rows(DATA / "country_names.csv")}


@cache
def named_country(name: str) -> str | None:
    """ISO3 of a country's English name as the datasets write it, or of its ISO3 code; None where there is none such.

    >>> named_country("DR Congo (Zaire)"), named_country("Kosovo"), named_country("International")
    ('COD', 'XKX', None)
    """
    if not name.strip():
        return None
    if found := _names().get(fold(name)):
        return found
    for words in (name, re.sub(r"\s*\(.*\)", "", name)):
        try:
            return country_code(words)
        except FilterError:
            continue
    return None


@cache
def _points() -> dict[str, tuple[float, float]]:
    return {r["iso3"]: (float(r["lat"]), float(r["lon"])) for r in _rows(shapes.DATA / "countries_en.csv")}


def country_place(iso3: str | None) -> Place | None:
    """A whole country as a place, at the point that stands for it; None for None or an unknown code."""
    if iso3 is None or iso3 not in shapes.country_names():
        return None
    lat, lon = _points().get(iso3, (None, None))
    return Place(f"country:{iso3}", shapes.country_names()[iso3], lat, lon, iso3, None, "country", "country")


@cache
def group_name(name: str) -> str:
    """An armed group by the name that Dateline's own lexicon gives it, else as the dataset spells it.

    >>> group_name("Islamic State Khorasan Province")
    'ISIS-K'
    """
    lexicon = load("en")
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", name.strip())
    for words in (name.strip(), bare):
        if (m := lexicon.groups.fullmatch(words)) and alias(m.group()) in lexicon.group_names:
            return lexicon.group_names[alias(m.group())]
    return name.strip()


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def about(dataset: str) -> dict[str, Any]:
    """What `data/datasets.toml` says of a dataset."""
    return dict(_toml("datasets.toml")[dataset])


def type_of(dataset: str, column: str, code: str) -> str | None:
    """'kind/subkind[/certainty]' of a native type; '' to be passed over; None where it is not listed."""
    found = _toml("types.toml")[dataset][column].get(code)
    return None if found is None else str(found)
