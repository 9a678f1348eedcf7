"""Files a user adds to the gazetteer: GeoNames dumps, alternate names, tables; bad lines are refused, not lost in
silence.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from geodata.errors import GazetteerFileError
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_add import add
from tests.gazetteer_rows import mini, mini_rows

#: a line of GeoNames' allCountries.txt (19 columns)
LINE = "\t".join(
    [
        "3040684",
        "Certers",
        "Certers",
        "Certés,Sertes",
        "42.47481",
        "1.50217",
        "P",
        "PPL",
        "AD",
        "",
        "06",
        "",
        "",
        "",
        "150",
        "",
        "1080",
        "Europe/Andorra",
        "2014-11-05",
    ]
)
LAKE = "\t".join(
    [
        "3040132",
        "Estany Primer",
        "Estany Primer",
        "",
        "42.6",
        "1.5",
        "H",
        "LK",
        "AD",
        "",
        "05",
        "",
        "",
        "",
        "0",
        "",
        "2200",
        "Europe/Andorra",
        "2014-11-05",
    ]
)
SHORT = "3040685\tBroken"
BAD_POINT = LINE.replace("42.47481", "142.47").replace("3040684", "3040686")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    mini(tmp_path)
    return tmp_path / "gazetteer"


def test_a_dump_adds_its_places_and_refuses_its_broken_lines(tmp_path: Path, index: Path) -> None:
    file = tmp_path / "AD.txt"
    file.write_text("\n".join([LINE, LAKE, SHORT, BAD_POINT]) + "\n", encoding="utf-8")
    done = add(file, index, base=mini_rows())
    assert done.places == 2
    assert [r.split(":")[0] for r in done.refused] == ["line 3", "line 4"] and "out of range" in done.refused[1]
    g = Gazetteer.open(index)
    assert [(p.id, p.iso3) for p in g.find("Sertes")] == [("geonames:3040684", "AND")]
    assert g.find("Estany Primer")[0].kind == "water"
    assert g.find("Andorra")[0].id == "country:AND"


def test_a_country_zip_is_read_like_its_table(tmp_path: Path, index: Path) -> None:
    file = tmp_path / "AD.zip"
    with zipfile.ZipFile(file, "w") as z:
        z.writestr("readme.txt", "about")
        z.writestr("AD.txt", LINE + "\n")
    assert add(file, index, base=mini_rows()).places == 1


def test_alternate_names_reach_the_places_they_belong_to(tmp_path: Path, index: Path) -> None:
    file = tmp_path / "alternateNamesV2.txt"
    rows = [
        ["1", "3041563", "de", "Alt-Andorra", "", "", "", "", "", ""],
        ["2", "3041563", "link", "https://example.org/x", "", "", "", "", "", ""],
        ["3", "99", "en", "Nowhere", "", "", "", "", "", ""],
    ]
    file.write_text("\n".join("\t".join(r) for r in rows) + "\n", encoding="utf-8")
    done = add(file, index, base=mini_rows())
    assert (done.places, done.names) == (0, 1)
    assert Gazetteer.open(index).find("Alt-Andorra")[0].id == "geonames:3041563"


def test_a_table_of_ones_own_is_kept_for_later_builds(tmp_path: Path, index: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text(
        "name,lat,lon,country,kind\nCamp "
        "Alpha,42.5,1.5,AD,site\n,1,1,AD,site\nX,1,1,AD,volcano\nY,1,1,QQ,site\nZ,abc,1,AD,site\n",
        encoding="utf-8",
    )
    done = add(file, index, base=mini_rows())
    assert done.places == 1
    assert [r.split(": ", 1)[1].split(" ")[0] for r in done.refused] == ["no", "kind", "country", "could"]
    assert Gazetteer.open(index).find("Camp Alpha")[0].precision == "site"
    second = tmp_path / "more.csv"
    second.write_text("name,lat,lon\nCamp Beta,42.4,1.4\n", encoding="utf-8")
    add(second, index, base=mini_rows())
    g = Gazetteer.open(index)
    assert g.find("Camp Alpha") and g.find("Camp Beta")
    assert add(second, index, base=mini_rows()).places == 1, "the same file again changes nothing and is no error"


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("empty.txt", "", "expected a GeoNames table"),
        ("words.txt", "no table at all\n", "expected a GeoNames table"),
        ("no-lat.csv", "name,lon\nA,1\n", "lat is missing"),
        ("nothing.csv", "name,lat,lon\n,1,1\n", "nothing in it"),
        ("broken.zip", "not a zip", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_leaves_the_index_as_it_was(
    tmp_path: Path, index: Path, name: str, body: str, message: str
) -> None:
    file = tmp_path / name
    file.write_text(body, encoding="utf-8")
    with pytest.raises(GazetteerFileError, match=message):
        add(file, index, base=mini_rows())
    assert Gazetteer.open(index).find("Andorra")[0].id == "country:AND"


def test_a_missing_file_is_said(tmp_path: Path, index: Path) -> None:
    with pytest.raises(GazetteerFileError, match="no such file"):
        add(tmp_path / "none.txt", index, base=mini_rows())
