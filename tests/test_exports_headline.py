"""Titles say what is shown; what they leave out stands in the subtitle; no route leaves a map of the world."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.exports.headline import headline, unsaid
from dashboard.exports.window import Window, grown
from dashboard.wording import count_text
from geodata.filters import Filters


@pytest.mark.parametrize(
    ("query", "title", "rest"),
    [
        ({}, "Incidents, arrests and routes", ""),
        ({"kind": ["route"], "country": ["Turkey"]}, "Routes to, from or through Turkey", ""),
        ({"country": ["USA"]}, "Incidents, arrests and routes that touch the United States", ""),
        (
            {"kind": ["arrest"], "nationality": ["TJK,UZB"], "from": ["2024-01"], "to": ["2024-09"]},
            "Arrests of Tajik and Uzbek nationals, Jan–Sep 2024",
            "",
        ),
        ({"subkind": ["raid"], "min-sources": ["2"]}, "Raids", "At least 2 sources"),
        ({"subkind": ["labour_migration"]}, "Labour migration", ""),
        (
            {"kind": ["incident"], "group": ["ISIS-K"], "text": "church"},
            "Incidents linked to ISIS-K: “church”",
            "",
        ),
        (
            {"kind": ["arrest"], "country": ["TUR,TJK,USA,RUS"]},
            "Arrests in 4 countries",
            "Russia, Tajikistan, Turkey or United States",
        ),
    ],
)
def test_a_headline_names_kind_people_place_and_time(query: dict[str, list[str]], title: str, rest: str) -> None:
    filters = Filters.from_query(query)
    assert headline(filters) == title
    assert unsaid(filters) == rest


def test_a_least_figure_does_not_hide_the_best_one() -> None:
    assert count_text(137, 145, None) == "137–145+"
    assert count_text(150, 150, None) == "150+" and count_text(150, None, None) == "150+"


def test_a_window_grows_with_its_aspect_for_a_route_above_it_and_not_for_one_inside() -> None:
    window = Window(0.0, 11.0, True, (0.0, 0.0, 200.0, 100.0))
    assert grown(window, np.array([[50.0, 50.0], [60.0, 90.0]])).box == (0.0, 0.0, 200.0, 100.0)
    west, south, east, north = grown(window, np.array([[50.0, 50.0], [60.0, 146.0]])).box
    assert (south, north) == (0.0, 150.0)  # 146 and a margin of four hundredths of the height
    assert (west, east) == (-50.0, 250.0)
