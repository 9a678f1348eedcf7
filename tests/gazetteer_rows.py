"""A gazetteer of a dozen places for tests, and the installation's own, compiled where it is not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from geodata.gazetteer import Gazetteer
from geodata.gazetteer_build import build, compile_rows
from geodata.gazetteer_sources import ADMIN1, ALTERNATE, COUNTRY, DEMONYM, PRIMARY, REGION, SETTLEMENT, SITE, Row
from geodata.resolve import Resolver


def _row(
    id_: str,
    kind: int,
    name: str,
    lat: float,
    lon: float,
    iso3: str = "",
    *,
    admin1: int = -1,
    population: int = 0,
    capital: bool = False,
    also: dict[str, int] | None = None,
    countries: str = "",
) -> Row:
    row = Row(id_, kind, name, lat, lon, iso3, admin1, -1, population, capital, countries)
    row.add(name, PRIMARY)
    for other, flag in (also or {}).items():
        row.add(other, flag)
    return row


def mini_rows() -> list[Row]:
    """Andorra and its neighbours, drawn by hand."""
    return [
        _row("country:AND", COUNTRY, "Andorra", 42.55, 1.583, "AND", population=77006, also={"Andorran": DEMONYM}),
        _row("country:FRA", COUNTRY, "France", 46.0, 2.0, "FRA", population=66987244),
        _row("country:YEM", COUNTRY, "Yemen", 15.5, 47.5, "YEM", population=28498687),
        _row("admin1:AD.05", ADMIN1, "Ordino", 42.61, 1.53, "AND", population=3685),
        _row(
            "geonames:3041563",
            SETTLEMENT,
            "Andorra la Vella",
            42.50779,
            1.52109,
            "AND",
            population=20430,
            capital=True,
            also={"Andorra": ALTERNATE},
        ),
        _row("geonames:3039678", SETTLEMENT, "Ordino", 42.55623, 1.53319, "AND", admin1=3, population=3066),
        _row("geonames:79415", SETTLEMENT, "Al Ḩudaydah", 14.79781, 42.95452, "YEM", population=617871),
        _row("region:pyrenees", REGION, "Pyrenees", 42.7, 1.0, countries="ESP|FRA|AND"),
        _row("site:casa-de-la-vall", SITE, "Casa de la Vall", 42.5066, 1.5201, "AND"),
    ]


def mini(path: Path) -> Gazetteer:
    """The hand-made gazetteer, compiled under `path`."""
    compile_rows(mini_rows(), path / "gazetteer")
    return Gazetteer.open(path / "gazetteer")


@lru_cache(maxsize=1)
def installed() -> Resolver:
    """The resolver over the real gazetteer (compiled on first use where `make setup` has not)."""
    build()
    return Resolver(Gazetteer.open())
