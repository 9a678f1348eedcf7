"""How legs are bent on the Mercator map, and where the map looks first."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dashboard.arcs import LIMIT, screen_line
from dashboard.focus import Spot, focus


def test_a_short_leg_is_its_great_circle() -> None:
    line, bowed = screen_line(48.2, 16.4, 41.0, 29.0)  # Vienna to Istanbul
    assert not bowed
    assert (line[0][0], line[0][-1]) == ([48.2, 16.4], [41.0, 29.0])


@pytest.mark.parametrize(
    ("a", "b"),
    [((41.3, 69.2), (32.5, -117.0)), ((42.9, 74.6), (23.6, -102.6)), ((55.8, 37.6), (37.8, -122.4))],
)
def test_a_leg_over_the_pole_is_a_flat_bow_inside_the_map(a: tuple[float, float], b: tuple[float, float]) -> None:
    line, bowed = screen_line(*a, *b)
    assert bowed
    assert len(line) == 1  # not cut at the map's edge
    assert max(p[0] for p in line[0]) < 70
    assert line[0][0] == [*a]
    assert line[0][-1] == [*b]


def test_a_bow_lies_north_of_its_chord_in_the_north_and_south_of_it_in_the_south() -> None:
    north, south = screen_line(50, 0, 50, 120).pieces[0], screen_line(-50, 120, -50, 0).pieces[0]
    assert north[len(north) // 2][0] > 55
    assert south[len(south) // 2][0] < -55
    assert LIMIT < 0.25


def test_a_leg_over_the_antimeridian_goes_on_at_the_other_edge() -> None:
    line, bowed = screen_line(43.11, 131.87, 61.22, -149.9)  # Vladivostok to Anchorage
    assert not bowed
    assert [piece[0][1] for piece in line] == [131.87, -180.0]
    assert line[0][-1] == [line[1][0][0], 180.0]
    assert all(abs(b[1] - a[1]) < 20 for piece in line for a, b in pairwise(piece))


def test_the_first_view_holds_most_events_and_leaves_a_lone_far_one_out() -> None:
    near = [Spot(41.0, 29.0, 5), Spot(38.5, 68.8, 6), Spot(55.7, 37.6, 4)]
    assert focus([*near, Spot(-33.0, 151.0, 1)]) == [[38.0, 29.0], [56.0, 69.0]]
    assert focus([*near, Spot(-33.0, 151.0, 15)]) == [[-33.0, 29.0], [56.0, 151.0]]  # half of them lie there


def test_one_place_or_none_has_a_view_too() -> None:
    assert focus([Spot(34.5, 69.2, 3)]) == [[34.0, 69.0], [34.0, 69.0]]
    assert focus([]) is None
