"""Small towns whose country stands nowhere else in the text: found, not placed."""

from __future__ import annotations

from extract.schema import Mention, Place
from geodata.gazetteer import Gazetteer
from geodata.lone import abstained
from geodata.resolve import Resolver


def at(start: int, name: str, iso3: str, kind: str = "settlement") -> Mention:
    """A mention placed in a country."""
    place = Place(f"x:{name}", name, 1.0, 1.0, iso3, None, "country" if kind == "country" else "city", kind)
    return Mention(start, start + len(name), name, "name", True, 0.8, place)


HOME = [at(0, "Iraq", "IRQ", "country"), at(10, "Mosul", "IRQ"), at(20, "Erbil", "IRQ")]


def placed(found: list[Mention]) -> list[str]:
    return [m.text for m in found if m.place is not None]


def test_a_small_town_that_alone_speaks_for_its_country_is_not_placed() -> None:
    found = abstained([*HOME, at(30, "Koya", "JPN")], {30})
    assert placed(found) == ["Iraq", "Mosul", "Erbil"]
    assert found[3].text == "Koya" and found[3].confidence <= 0.4


def test_another_word_for_the_country_keeps_it() -> None:
    land = at(40, "Japan", "JPN", "country")
    assert placed(abstained([*HOME, at(30, "Koya", "JPN"), land], {30})) == ["Iraq", "Mosul", "Erbil", "Koya", "Japan"]


def test_the_same_name_twice_is_one_word() -> None:
    assert placed(abstained([*HOME, at(30, "Koya", "JPN"), at(50, "Koya", "JPN")], {30, 50})) == [
        "Iraq",
        "Mosul",
        "Erbil",
    ]


def test_a_large_town_is_known_by_its_name() -> None:
    assert "Oslo" in placed(abstained([*HOME, at(30, "Oslo", "NOR")], set()))


def test_a_text_about_nowhere_else_places_its_only_town() -> None:
    found = [at(0, "Iraq", "IRQ", "country"), at(30, "Koya", "JPN")]
    assert placed(abstained(found, {30})) == ["Iraq", "Koya"]


def test_the_resolver_abstains_for_a_namesake_abroad() -> None:
    text = (
        "Police in Mosul, Baghdad and Basra in Iraq were on alert. A bomb went off in Safra. Talks were held in Oslo."
    )
    found = {m.text: m for m in Resolver(Gazetteer.open()).read(text)}
    assert found["Safra"].place is None
    assert found["Oslo"].place is not None and found["Oslo"].place.iso3 == "NOR"
