"""The compiled gazetteer: what goes in comes out, and what is missing is said in a line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from geodata.errors import GazetteerMissing
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import read_table, stripped
from tests.gazetteer_rows import installed, mini


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return mini(tmp_path_factory.mktemp("index"))


def test_a_name_gives_its_places_with_countries_first(small: Gazetteer) -> None:
    assert [p.id for p in small.find("ANDORRA")] == ["country:AND", "geonames:3041563"]


def test_a_demonym_is_found_only_when_asked_for(small: Gazetteer) -> None:
    assert small.find("Andorran") == []
    assert [p.id for p in small.find("Andorran", demonyms=True)] == ["country:AND"]


def test_a_place_knows_its_area_precision_and_point(small: Gazetteer) -> None:
    town = next(p for p in small.find("Ordino") if p.kind == "settlement")
    assert (town.admin1, town.precision, town.iso3, town.lat, town.lon) == ("Ordino", "city", "AND", 42.55623, 1.53319)
    area = next(p for p in small.find("Ordino") if p.kind == "admin1")
    assert area.precision == "admin1"


def test_a_region_has_members_and_no_country(small: Gazetteer) -> None:
    place = small.region_place("pyrenees")
    assert place is not None
    assert (place.iso3, place.countries, place.precision) == (None, ("ESP", "FRA", "AND"), "region")


def test_the_capital_and_the_country_of_a_code(small: Gazetteer) -> None:
    assert small.capital_of("AND").name == "Andorra la Vella"
    assert small.country_place("FRA").name == "France"
    assert (
        small.capital_of("FRA") is None and small.country_place("XXX") is None and small.region_place("nowhere") is None
    )


def test_a_transliteration_is_found_by_its_sound_and_only_where_scripts_differ(small: Gazetteer) -> None:
    key = small.sounding("hodeidah")
    assert [small.id(int(r)) for r in small.rows_of(key)[0]] == ["geonames:79415"]
    assert small.sounding("andora la vela") == -1 and small.sounding("osh") == -1


def test_nothing_compiled_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissing, match="make setup"):
        Gazetteer.open(tmp_path / "none")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "meta.json").write_text("{")
    with pytest.raises(GazetteerMissing, match="make setup"):
        Gazetteer.open(tmp_path / "bad")


@pytest.mark.parametrize(
    ("full", "bare"),
    [
        ("Khatlon Region", "Khatlon"),
        ("Rapides Parish", "Rapides"),
        ("Provincia de Lugo", "Lugo"),
        ("Republic of Tatarstan", "Tatarstan"),
        ("Paris", "Paris"),
        ("New County", "New County"),
    ],
)
def test_type_words_are_stripped_where_a_name_is_left(full: str, bare: str) -> None:
    assert stripped(full) == bare


@pytest.mark.parametrize(
    "table",
    ["countries_en.csv", "regions.csv", "waters.csv", "sites.csv", "borders.csv", "areas.csv", "admin1_points.csv"],
)
def test_every_row_of_a_table_is_whole_and_on_earth(table: str) -> None:
    rows = read_table(table)
    assert rows
    for r in rows:
        assert None not in r.values() and None not in r, r
        if r.get("lat"):
            assert -90 <= float(r["lat"]) <= 90 and -180 <= float(r["lon"]) <= 180, r


def test_the_installed_gazetteer_has_every_un_country_with_a_point() -> None:
    g = installed().gazetteer
    for iso3 in ("USA", "TJK", "XKX", "PSE", "TWN", "ESH", "SSD", "VAT", "SGP", "BHR", "MLT"):
        place = g.country_place(iso3)
        assert place is not None and place.lat is not None, iso3
    assert len(g) > 250_000 and np.isfinite(g.lat[g.kind == 3]).all()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kiev", "geonames:703448"),
        ("Kyiv", "geonames:703448"),
        ("GBAO", "admin1:TJ.01"),
        ("Türkiye", "country:TUR"),
        ("U.S.", "country:USA"),
        ("Central Asia", "region:central-asia"),
        ("al-Hawl", "site:al-hol"),
        ("Rapides Parish", "admin2:US.LA.079"),
        ("Bab el-Mandeb", "water:bab-al-mandab"),
        ("Sughd", "admin1:TJ.03"),
        ("Xinjiang", "admin1:CN.13"),
        ("Lampedusa", "region:lampedusa-i"),
    ],
)
def test_names_of_the_news_are_known(name: str, expected: str) -> None:
    assert expected in [p.id for p in installed().gazetteer.find(name)]


def test_jalalabad_and_jalal_abad_are_two_towns() -> None:
    g = installed().gazetteer
    assert {p.iso3 for p in g.find("Jalalabad") if p.kind == "settlement" and (p.lat or 0) > 33} >= {"AFG"}
    assert "KGZ" in {p.iso3 for p in g.find("Jalal-Abad")} and "AFG" not in {p.iso3 for p in g.find("Jalal-Abad")}
