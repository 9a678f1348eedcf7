"""Place names in sentences: found or left alone, placed together, literal or not."""

from __future__ import annotations

import pandas as pd
import pytest

from extract.schema import Mention
from geodata.errors import SchemaError
from geodata.resolve import resolve
from tests.gazetteer_rows import installed


def read(text: str) -> dict[str, Mention]:
    """Mentions by their words (the last one where a name comes twice)."""
    return {m.text: m for m in installed().read(text)}


def ids(text: str) -> dict[str, str | None]:
    return {t: m.place.id if m.place else None for t, m in read(text).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He moved from Paris, Texas, to Lyon.", {"Paris": "geonames:4717560", "Texas": "admin1:US.TX"}),
        ("He moved from Paris, France, to Lyon.", {"Paris": "geonames:2988507"}),
        (
            "Police in Makhachkala, Dagestan, and in Derbent searched homes.",
            {"Derbent": "geonames:566532", "Dagestan": "admin1:RU.17"},
        ),
        ("Clashes near Batken in Kyrgyzstan spread to Isfara in Tajikistan.", {"Isfara": "geonames:1514896"}),
        ("Flights to Tbilisi, the capital of Georgia, were cancelled.", {"Georgia": "country:GEO"}),
        ("Schools in Atlanta and elsewhere in Georgia were closed, Alabama said.", {"Georgia": "admin1:US.GA"}),
        ("The three stores are in New York, Boston and Philadelphia.", {"New York": "geonames:5128581"}),
        (
            "They were caught at the U.S. border, officials in the UK said.",
            {"U.S.": "country:USA", "UK": "country:GBR"},
        ),
        ("The camp at al-Hawl in Syria holds families.", {"al-Hawl": "site:al-hol"}),
        (
            "Ships in the Red Sea and the Gulf of Aden turned back.",
            {"Red Sea": "water:red-sea", "Gulf of Aden": "water:gulf-of-aden"},
        ),
        (
            "The group poses a threat to Central Asia and to the West.",
            {"Central Asia": "region:central-asia", "West": "region:west-world"},
        ),
        ("Missiles were fired at Hodeidah in Yemen.", {"Hodeidah": "geonames:79415"}),
        ("Jalalabad in Afghanistan and Jalal-Abad in Kyrgyzstan are two cities.", {"Jalalabad": "geonames:1139715"}),
    ],
)
def test_a_name_is_placed_by_what_stands_around_it(text: str, expected: dict[str, str]) -> None:
    found = ids(text)
    assert {k: found.get(k) for k in expected} == expected


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Paris Hilton opened the show.", "Paris"),
        ("Chad Smith drove home.", "Chad"),
        ("In March the mobile phones were of use.", "March"),
        ("Mobile phones were seized in Kabul.", "Mobile"),
        ("Stevan Weine, MD, is a professor.", "MD"),
        ("Every Central Asian Republic (CAR) agreed, and CAR leaders met.", "CAR"),
        ("Prices rose to US$5 in Kabul.", "US"),
        ("Western influence grew in Kabul.", "Western"),
        ("A man of letters told us to split.", "split"),
    ],
)
def test_what_is_no_place_is_left_alone(text: str, never: str) -> None:
    assert never not in read(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In June, Kazakhstan removed the group from its list.", "Kazakhstan"),
        ("Moscow has no interest in talks.", "Moscow"),
        ("Tajikistan’s Ministry of Interior denied it.", "Tajikistan"),
        ("He studied at the University of Michigan in June.", "Michigan"),
        ("The bank is called Bank of Georgia.", "Georgia"),
        ("It followed the Crocus City Hall attack.", "Crocus City Hall"),
        ("They were freed after talks between Uzbekistan and China.", "China"),
        ("US troops left.", "US"),
        ("They were repatriated by Tajikistan in May.", "Tajikistan"),
        ("He joined Islamic State Khorasan Province.", "Khorasan"),
    ],
)
def test_a_name_that_stands_for_somebody_is_not_literal(text: str, name: str) -> None:
    assert read(text)[name].literal is False


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A bomb exploded in Moscow.", "Moscow"),
        ("He was arrested in Vanj district of Gorno-Badakhshan.", "Vanj"),
        ("Police in Kazakhstan arrested two men.", "Kazakhstan"),
        ("They crossed from Mexico into Texas.", "Mexico"),
    ],
)
def test_a_place_where_something_happens_is_literal(text: str, name: str) -> None:
    assert read(text)[name].literal is True


def test_a_demonym_is_a_mention_of_its_country_and_not_literal() -> None:
    found = read("Two Tajik men and several Central Asians were held in Vienna.")
    assert (found["Tajik"].kind, found["Tajik"].literal, found["Tajik"].place.iso3) == ("demonym", False, "TJK")
    assert found["Central Asians"].place.id == "region:central-asia"


def test_offsets_quote_the_text_and_mentions_come_in_order() -> None:
    text = "“Kyiv’s fate,” he said — Dnipro, Odesa and L’viv, Ukraine."
    found = installed().read(text)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)


def test_a_mention_says_why_and_what_else_it_could_be() -> None:
    paris = read("He moved from Paris, Texas, to Lyon.")["Paris"]
    assert "inside the area written after it" in paris.why
    assert "geonames:2988507" in [p.id for p in paris.others]
    assert 0 < paris.confidence <= 1


def test_an_unknown_place_is_found_but_not_placed() -> None:
    found = read("Farmers were killed outside Xorvandaq on Monday.")["Xorvandaq"]
    assert found.place is None and "not in the gazetteer" in found.why


@pytest.mark.parametrize("text", ["", " \n", "1234 !!", "no names here at all", "\u202e\u0000 Ω"])
def test_a_text_without_places_gives_nothing(text: str) -> None:
    assert installed().read(text) == []


def described(text: str) -> dict[str, str]:
    r = installed()
    return {m.text: m.place.id for m in r.described(text, r.read(text)) if m.place}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A blast hit the Afghan capital.", {"Afghan capital": "geonames:1138958"}),
        ("In Somalia, an attack hit the capital.", {"the capital": "geonames:53654"}),
        ("The capital of Kenya is calm.", {"The capital": "geonames:184745"}),
        ("They met near the Iran-Afghanistan border.", {"Iran-Afghanistan border": "border:IRN-AFG"}),
        ("Turkey’s border with Syria is closed.", {"Turkey’s border with Syria": "border:TUR-SYR"}),
        ("People crossed the U.S. southern border.", {"southern border": "border:USA-MEX"}),
        ("The capital punishment debate in Kenya.", {}),
        ("A border was drawn.", {}),
    ],
)
def test_described_places_are_told_by_the_country_the_text_names(text: str, expected: dict[str, str]) -> None:
    assert described(text) == expected


def test_the_southern_border_of_the_united_states_is_a_region_at_el_paso() -> None:
    border = read("They came to the United States via the Southern border.")["Southern border"].place
    assert (border.lat, border.lon, border.precision, border.iso3) == (31.76, -106.49, "region", "USA")


def test_a_frame_of_names_comes_back_with_places_in_the_same_order() -> None:
    names = pd.DataFrame({"text": ["Isfara", "Nowhereville-on-Xq", "Batken", "Kyrgyzstan"]}, index=[7, 3, 5, 1])
    before = names.copy()
    out = resolve(names, installed())
    pd.testing.assert_frame_equal(names, before)
    assert list(out.index) == [7, 3, 5, 1]
    assert list(out["status"])[1] == "not_found" and out["lat"].isna().tolist() == [False, True, False, False]
    assert out["place"].tolist()[0] == "geonames:1514896" and out["iso3"].tolist()[3] == "KGZ"


def test_a_frame_uses_the_text_around_its_names() -> None:
    text = "He lives in Paris, Texas."
    out = resolve(
        pd.DataFrame({"text": ["Paris", "Texas"], "start": [12, 19], "end": [17, 24]}), installed(), text=text
    )
    assert out["place"].tolist() == ["geonames:4717560", "admin1:US.TX"]


def test_an_empty_frame_has_all_columns() -> None:
    out = resolve(pd.DataFrame({"text": pd.Series([], dtype="str")}), installed())
    assert len(out) == 0 and {"status", "place", "lat", "lon", "iso3", "score", "why"} <= set(out.columns)


def test_a_frame_without_the_column_is_refused_by_name() -> None:
    with pytest.raises(SchemaError, match="text"):
        resolve(pd.DataFrame({"name": ["Kabul"]}), installed())


def test_a_very_long_text_is_read_in_parts_with_offsets_of_the_whole() -> None:
    text = "He flew from Dushanbe to Istanbul.\n" * 4000
    found = installed().read(text)
    assert len(found) == 8000
    assert all(text[m.start : m.end] == m.text for m in found[::97])
    assert found[-1].text == "Istanbul" and found[-1].start > 139_000
