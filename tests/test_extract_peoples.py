"""Who those arrested together were, told inside the sentence: the total says it and no part is counted again; ages."""

from __future__ import annotations

import pytest

from tests.claims_world import best, claims


@pytest.mark.parametrize(
    ("text", "total", "peoples"),
    [
        ("Four suspects, two of them Syrians, were rounded up in Hamburg on 3 May 2022.", 4, {"SYR"}),
        ("Police in Hamburg arrested six skippers on 3 May 2022, four Malians and two Syrians.", 6, {"MLI", "SYR"}),
        ("On 3 May 2022 nine men were detained in Munich, three of them Tajiks.", 9, {"TJK"}),
        ("Eleven people, among them five Uzbeks, were caught in Istanbul on 3 May 2022.", 11, {"UZB"}),
        ("Police detained twelve men in Istanbul on 3 May 2022, including two Tajiks.", 12, {"TJK"}),
        ("In Izmir, 20 foreigners were detained on 3 May 2022, of whom 12 were Syrian nationals.", 20, {"SYR"}),
        ("Officers in Linz took seven suspects into custody on 3 May 2022, of whom five are Tajiks.", 7, {"TJK"}),
        ("Eight men were apprehended in Moscow on 3 May 2022, six of them Tajik nationals.", 8, {"TJK"}),
        ("Some 30 people, half a dozen of them Afghans, were seized in Munich on 3 May 2022.", 30, set()),
        ("The arrest of five men, four of them Uzbeks, was announced in Tashkent on 3 May 2022.", 5, {"UZB"}),
    ],
)
def test_one_arrest_says_who_they_were(text: str, total: int, peoples: set[str]) -> None:
    arrests = [c for c in claims(text) if c.kind == "arrest"]
    assert [best(c, "arrested") for c in arrests] == [total]
    assert peoples <= set(arrests[0].nationalities)


@pytest.mark.parametrize(
    "text",
    [
        "In 2022 police in Turkey detained 118 foreigners: 74 Tajiks and 44 Uzbeks.",
        "In 2022 Turkey apprehended 208,714 migrants, of whom 68,402 were Uzbeks, 39,118 Syrians.",
    ],
)
def test_lists_and_statistics_keep_their_parts(text: str) -> None:
    arrests = [c for c in claims(text) if c.kind == "arrest"]
    assert len(arrests) >= 2 and all(c.part_of == 0 for c in arrests[1:])


@pytest.mark.parametrize(
    "text",
    [
        "A second man, 25, was arrested in Hamburg on 3 May 2022.",
        "On 3 May 2022 the suspect, 31, was detained in Hamburg.",
        "His brother, 19, was taken into custody in Hamburg on 3 May 2022.",
        "Another woman, 44, was arrested in Hamburg on 3 May 2022.",
        "An Uzbek national, 27, was caught in Hamburg on 3 May 2022.",
    ],
)
def test_an_age_between_commas_counts_nobody(text: str) -> None:
    (arrest,) = claims(text)
    assert best(arrest, "arrested") == 1


def test_a_figure_behind_a_comma_that_counts_is_kept() -> None:
    (arrest,) = [c for c in claims("On 3 May 2022, in Hamburg, 25 were arrested.") if c.kind == "arrest"]
    assert best(arrest, "arrested") == 25
