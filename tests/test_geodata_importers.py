"""Importers: each dataset's columns and codes become claims; what cannot be read is refused with its row and reason."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from extract.schema import Count, DateSpan, Refusal
from geodata.errors import DatasetError
from geodata.importers import Passed, Record, guess_mapping, read_dataset, recognise
from geodata.importers.cells import day
from geodata.importers.codes import coded_country, named_country

DATA = Path(__file__).parent / "datasets"


def read(name: str, **how: object) -> tuple[dict[str, Record], list[Refusal], list[Passed]]:
    with read_dataset(DATA / name if not Path(name).is_absolute() else Path(name), **how) as source:  # type: ignore[arg-type]
        items = list(source)
    return (
        {i.native_id: i for i in items if isinstance(i, Record)},
        [i for i in items if isinstance(i, Refusal)],
        [i for i in items if isinstance(i, Passed)],
    )


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_acled_codes_become_precisions_intervals_and_counts() -> None:
    rows, _, _ = read("acled.csv")
    bomb, arrests, clash = (rows[f"TUR90000{n}"] for n in (1, 2, 3))
    assert (bomb.kind, bomb.subkind) == ("incident", "attack")
    assert bomb.date == DateSpan(d("2024-03-12"), d("2024-03-12"), "day")
    place = bomb.places[0].place
    assert (place.name, place.precision, place.kind, place.iso3) == ("Gaziantep", "city", "settlement", "TUR")
    assert bomb.counts == {"killed": Count(4, 4, None)}  # the lowest figure reported: no upper bound
    assert bomb.groups == ("ISIS-K",)  # civilians are no group; the lexicon's name
    assert (arrests.kind, arrests.places[0].place.kind) == ("arrest", "area")
    assert arrests.date == DateSpan(d("2024-03-10"), d("2024-03-16"), "month")  # three days either way
    assert clash.date == DateSpan(d("2024-02-01"), d("2024-02-29"), "month")  # mid-month is stored
    assert (clash.places[0].place.name, clash.places[0].place.precision) == ("Hatay", "admin1")


def test_acled_nought_fatalities_are_not_a_figure_and_text_and_number_of_inter_both_count() -> None:
    rows, _, _ = read("acled.csv")
    assert rows["TUR900002"].counts == {} and rows["TUR900007"].counts == {}
    assert any("may also mean not known" in r for r in rows["TUR900002"].remarks)
    assert not any("not known" in r for r in rows["TUR900007"].remarks)  # blank: nothing is said at all
    assert len(rows["TUR900002"].groups) == 1  # inter1 "1" is the state, inter2 "2" a rebel group


def test_acled_bad_rows_are_refused_with_row_and_reason_and_others_passed_over() -> None:
    rows, refused, passed = read("acled.csv")
    assert [(r.path, r.reason) for r in refused] == [
        ("acled.csv, row 6", "latitude is 138.41, outside -90 to 90"),
        ("acled.csv, row 7", "no date (column event_date is empty)"),
        ("acled.csv, row 8", "no id (column event_id_cnty is empty)"),
    ]
    assert passed == [Passed(5, "Agreement")]
    assert len(rows) == 4


def test_a_row_is_a_document_that_keeps_its_id_when_its_text_changes() -> None:
    bomb = read("acled.csv")[0]["TUR900001"]
    claim, document = bomb.claims[0], bomb.document
    assert document.text[claim.start : claim.end] == bomb.native["notes"]
    assert document.publisher == "ACLED" and document.published == d("2024-04-01")
    other = replace(bomb, notes="Fictional: revised.")
    assert other.document.id == document.id and other.document.text != document.text


def test_the_native_row_is_kept_verbatim() -> None:
    bomb = read("acled.csv")[0]["TUR900001"]
    assert bomb.native["latitude"] == "37.0662" and bomb.native["notes"].count('"') == 2
    assert len(bomb.native) == 31


def test_ged_where_and_when_and_three_figures() -> None:
    rows, refused, _ = read("ged.csv")
    spots = {i: (r.places[0].place.precision, r.places[0].place.kind) for i, r in rows.items()}
    assert spots == {
        "900001": ("city", "settlement"),
        "900002": ("city", "area"),
        "900003": ("city", "admin2"),
        "900004": ("admin1", "admin1"),
        "900005": ("country", "country"),
        "900006": ("water", "water"),
    }
    assert rows["900001"].counts == {"killed": Count(5, 6, 9)}
    assert rows["900002"].counts == {"killed": Count(0, 0, 3)}  # best may be 0, and that is a figure
    assert rows["900002"].date == DateSpan(d("2019-04-02"), d("2019-04-05"), "month")
    assert rows["900005"].date.precision == "year"
    assert rows["900005"].places[0].place.iso3 == "AFG"  # Gleditsch-Ward 700
    assert rows["900006"].places[0].place.iso3 is None  # at sea: no country's
    assert rows["900003"].confidence < rows["900001"].confidence
    assert [r.reason for r in refused] == ["it ends on 2019-07-01 before it begins on 2019-07-03"]


def test_ged_without_a_header_row_is_known_by_its_form() -> None:
    rows, _, _ = read("ged-no-header.csv")
    assert rows["900001"].row == 1 and rows["900001"].counts["killed"].best == 6


def test_gtd_in_latin_1_with_unknown_days_and_doubt() -> None:
    rows, refused, _ = read("gtd.csv")
    first, month, year, doubted, held = (
        rows[i] for i in ("201803010001", "201803000002", "201800000003", "201805040004", "201806050005")
    )
    assert first.counts == {"killed": Count(0, 0, 0), "injured": Count(5, 5, 5)}  # 0 is 0 here
    assert month.counts == {}  # -99 and blank are not 0
    assert month.date == DateSpan(d("2018-03-01"), d("2018-03-31"), "month")
    assert any("early March 2018" in r for r in month.remarks)
    assert month.places[0].place.precision == "admin1"
    assert year.date == DateSpan(d("2018-01-01"), d("2018-12-31"), "year")
    assert (year.places[0].place.iso3, year.places[0].place.precision) == ("EGY", "country")
    assert doubted.certainty == "foiled" and doubted.confidence < first.confidence
    assert any("Insurgency/Guerilla Action" in r for r in doubted.remarks)
    assert doubted.places[0].place.kind == "area"  # vicinity 1
    assert (held.subkind, held.places[0].place.name) == ("abduction", "Al-Jízah")
    assert [r.reason for r in refused] == ["no such date: year 2018, month 6, day 31"]


def test_gdelt_without_header_has_fips_countries_and_centroids() -> None:
    rows, refused, passed = read("gdelt.export.CSV")
    assert not refused and passed == [Passed(3, "Intent to cooperate")]
    town, country, oblast, nowhere = (rows[f"90000000{n}"] for n in (1, 2, 4, 5))
    assert (town.places[0].place.precision, town.places[0].place.admin1) == ("city", "Gaziantep")
    assert town.origin == "gazette.example" and town.counts == {}
    assert (country.kind, country.places[0].place.iso3) == ("arrest", "DEU")  # FIPS GM is not the Gambia
    assert country.places[0].place.precision == "country"
    assert (oblast.places[0].place.precision, oblast.places[0].place.iso3) == ("admin1", "UKR")
    assert nowhere.places == ()


def test_missing_migrants_with_mark_one_coordinate_column_and_open_totals() -> None:
    rows, refused, _ = read("iom.csv")
    wreck, unknown, us, unsure = (rows[f"2024.MMP900{n}.1"] for n in (1, 2, 3, 4))
    assert "Main ID" in wreck.native  # the byte-order mark is no part of the name
    assert (wreck.places[0].place.lat, wreck.places[0].place.lon) == (33.2, 12.1)
    assert wreck.counts == {"killed": Count(2, 22, None)}  # a least number is missing: no upper bound
    assert unknown.counts == {}
    assert us.date == DateSpan(d("2024-05-03"), d("2024-05-03"), "day")  # 3 May 2024 was a Friday, 5 March a Tuesday
    assert unsure.date == DateSpan(d("2024-05-01"), d("2024-05-31"), "month")
    assert unsure.counts == {"killed": Count(1, 1, 1)}
    assert wreck.nationalities == ()  # of the dead: never
    assert [r.reason for r in refused] == ["longitude is 212.2, outside -180 to 180"]


def test_a_plain_table_is_guessed_shown_and_read_with_the_mapping(tmp_path: Path) -> None:
    mapping = guess_mapping(DATA / "log.csv")
    assert mapping.columns == {
        "id": "Ref",
        "date": "When",
        "lat": "Lat",
        "lon": "Long",
        "place": "Town",
        "country": "Country",
        "kind": "Type",
        "killed": "Dead",
        "text": "Notes",
    }
    assert mapping.dmy is True  # 25/04/2024 tells
    assert mapping.kinds == {"IED": "incident/attack", "Detention": "arrest/arrest"}
    file = tmp_path / "mapping.toml"
    file.write_text(mapping.as_toml(), encoding="utf-8")
    rows, refused, _ = read("log.csv", mapping=file)
    assert rows["L1"].date.start == d("2024-04-25") and rows["L2"].date.start == d("2024-05-03")
    assert (rows["L2"].kind, rows["L2"].places[0].place.precision) == ("arrest", "country")
    assert rows["L2"].places[0].place.iso3 == "TUR" and rows["L2"].notes == "Fictional: détenus."
    assert rows["L1"].counts == {"killed": Count(2, 2, 2)} and rows["L2"].counts == {}
    assert len(refused) == 1 and refused[0].path == "log.csv, row 4" and "'sometime'" in refused[0].reason


def test_a_plain_table_without_mapping_says_so() -> None:
    with pytest.raises(DatasetError, match=r"none of the known datasets .*needs a mapping of its columns"):
        read("log.csv")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[columns]\ndate = "Day"', "the table has no column 'Day'; it has Ref, When"),
        ('[columns]\nwhen = "When"', "there is no field 'when'; it is one of id, date"),
        ('[columns]\nid = "Ref"', r"\[columns\] needs date"),
        ('[dataset]\nkind = "war"\n[columns]\ndate = "When"', "'war' is no kind"),
        ('[dataset]\ndate_order = "ymd"\n[columns]\ndate = "When"', "date_order is dmy or mdy, not 'ymd'"),
        ("[columns", "cannot be read"),
    ],
)
def test_a_wrong_mapping_is_one_clear_line(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(DatasetError, match=said):
        read("log.csv", mapping=file)


def test_a_missing_column_is_named_with_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "short.csv"
    file.write_text("event_id_cnty,event_type,sub_event_type,event_date,latitude\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="as ACLED it lacks the column longitude; it has event_id_cnty, event_type"):
        read(str(file))


def test_older_column_names_are_known(tmp_path: Path) -> None:
    text = (DATA / "ged.csv").read_text(encoding="utf-8").replace(",best,high,low,", ",best_est,high_est,low_est,")
    file = tmp_path / "ged20.csv"
    file.write_text(text, encoding="utf-8")
    assert read(str(file))[0]["900001"].counts == {"killed": Count(5, 6, 9)}


def test_sheets_and_zips_are_read_as_the_file_in_them(tmp_path: Path) -> None:
    archive = tmp_path / "ged.zip"
    with zipfile.ZipFile(archive, "w") as z:
        z.write(DATA / "ged.csv", "GEDEvent.csv")
    assert len(read(str(archive))[0]) == 6
    book = Workbook()
    for row in ([*"Ref When".split()], ["A1", dt.datetime(2024, 4, 25)]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    (tmp_path / "m.toml").write_text('[columns]\nid = "Ref"\ndate = "When"', encoding="utf-8")
    assert read(str(tmp_path / "b.xlsx"), mapping=tmp_path / "m.toml")[0]["A1"].date.start == d("2024-04-25")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02\x03" * 9, "holds binary data"),
        (None, "there is no file"),
    ],
)
def test_what_is_no_table_is_one_clear_line(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "x.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DatasetError, match=said):
        read(str(file))


def test_a_line_with_other_fields_and_a_second_id_are_refused_alone(tmp_path: Path) -> None:
    lines = (DATA / "acled.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "acled.csv"
    file.write_text("\n".join([*lines[:2], "TUR1,2024-01-01", lines[1]]), encoding="utf-8")
    rows, refused, _ = read(str(file))
    assert list(rows) == ["TUR900001"]
    assert [r.reason for r in refused] == [
        "2 fields where the header has 31",
        "the id TUR900001 stands in row 2 too; the first counts",
    ]


def test_codes_of_countries() -> None:
    assert [coded_country("fips", c) for c in ("RS", "IZ", "GZ", "OS")] == ["RUS", "IRQ", "PSE", None]
    assert [coded_country("iso_numeric", c) for c in ("792", "004", "999")] == ["TUR", "AFG", None]
    assert [coded_country("gw", c) for c in ("678", "816", "345", "1")] == ["YEM", "VNM", "SRB", None]
    assert [named_country(n) for n in ("Bosnia-Herzegovina", "Türkiye", "Soviet Union", "")] == [
        "BIH",
        "TUR",
        None,
        None,
    ]


def test_a_date_that_can_be_read_two_ways_is_not_guessed() -> None:
    assert day("03/04/2024") is None and day("03/04/2024", dmy=True) == d("2024-04-03")
    assert day("Thu, 13/06/2024") == d("2024-06-13")
    assert day("Wed, 03/04/2024") == d("2024-04-03")  # 3 April was a Wednesday, 4 March a Monday
    assert day("12 March 2024") == day("2024-03-12T00:00:00") == day("20240312") == d("2024-03-12")


def test_each_dataset_is_recognised_by_its_columns() -> None:
    for name, file in (("acled", "acled.csv"), ("ged", "ged.csv"), ("gtd", "gtd.csv"), ("iom", "iom.csv")):
        head = (DATA / file).read_bytes().decode("utf-8-sig", "replace").splitlines()[0]
        assert recognise(tuple(head.split(","))) == name
    assert recognise(("id", "date", "lat", "lon")) == "csv"
