"""Great circles and legs: lengths checked against known distances, lines that cross the antimeridian stay whole."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import SchemaError
from geodata.lines import LEG_COLUMNS, great_circle, legs, length_km
from geodata.schema import empty

LAT, LON = st.floats(-89, 89), st.floats(-180, 180)


def stops(*rows: tuple[str, str, float | None, float | None, bool]) -> pd.DataFrame:
    """(place, role, lat, lon, inferred) of one route r1."""
    return pd.DataFrame(
        [
            {
                "event_id": "r1",
                "seq": i,
                "role": role,
                "place": place,
                "mention": place,
                "lat": lat,
                "lon": lon,
                "precision": "city",
                "place_kind": "settlement",
                "iso3": "XXX",
                "admin1": None,
                "inferred": inferred,
            }
            for i, (place, role, lat, lon, inferred) in enumerate(rows)
        ]
    )


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [((0, 0), (0, 1), 111.32), ((0, 0), (1, 0), 110.57), ((0, 179), (0, -179), 222.64), ((10, 10), (10, 10), 0)],
)
def test_lengths_are_geodesic(a: tuple[float, float], b: tuple[float, float], km: float) -> None:
    assert length_km(*a, *b) == pytest.approx(km, abs=0.01)


def test_a_line_over_the_antimeridian_is_cut_on_it_and_both_ends_meet() -> None:
    line = great_circle(43.1, 131.9, 61.2, -149.9)
    assert line.geom_type == "MultiLineString" and len(line.geoms) == 2
    (x1, y1), (x2, y2) = line.geoms[0].coords[-1], line.geoms[1].coords[0]
    assert (x1, x2) == (180, -180) and y1 == pytest.approx(y2)


def test_a_line_that_stays_on_one_side_is_one_piece_with_its_ends_kept() -> None:
    line = great_circle(38.9, 71.3, 55.75, 37.6)
    assert line.geom_type == "LineString" and line.coords[0] == (71.3, 38.9) and line.coords[-1] == (37.6, 55.75)
    assert len(line.coords) > 20  # bends: a vertex every 100 km over some 2,900 km


def test_no_way_gives_no_line() -> None:
    assert great_circle(1, 2, 1, 2).is_empty


@pytest.mark.parametrize("bad", [(91, 0, 0, 0), (0, 181, 0, 0), (0, 0, math.nan, 0), (0, 0, 0, math.inf)])
def test_what_is_no_point_is_refused(bad: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="not a point"):
        great_circle(*bad)


@given(LAT, LON, LAT, LON)
def test_no_piece_leaves_the_map_or_jumps_across_it(lat1: float, lon1: float, lat2: float, lon2: float) -> None:
    line = great_circle(lat1, lon1, lat2, lon2, step_km=500)
    for piece in shapely.get_parts(line):
        xs = [x for x, _ in piece.coords]
        assert all(-180 <= x <= 180 for x in xs)
        assert all(abs(b - a) <= 180 for a, b in pairwise(xs))


def test_a_chain_gives_a_leg_between_each_two_stops_in_order() -> None:
    out = legs(
        stops(
            ("Moscow", "origin", 55.75, 37.62, True),
            ("Bogotá", "transit", 4.6, -74.1, False),
            ("Tapachula", "transit", 14.9, -92.3, False),
            ("El Paso", "destination", 31.8, -106.5, False),
        )
    )
    assert list(zip(out["from_place"], out["to_place"], strict=True)) == [
        ("Moscow", "Bogotá"),
        ("Bogotá", "Tapachula"),
        ("Tapachula", "El Paso"),
    ]
    assert out["inferred"].tolist() == [True, False, False] and out.crs == "EPSG:4326"
    assert out["length_km"].iloc[0] == pytest.approx(10893, abs=30)


def test_two_origins_and_two_destinations_fan_out_and_are_never_joined_to_each_other() -> None:
    out = legs(
        stops(
            ("Russia", "origin", 60, 95, False),
            ("Tajikistan", "origin", 39, 71, False),
            ("Europe", "destination", 50, 15, False),
            ("US", "destination", 39, -98, False),
        )
    )
    assert set(zip(out["from_place"], out["to_place"], strict=True)) == {
        ("Russia", "Europe"),
        ("Russia", "US"),
        ("Tajikistan", "Europe"),
        ("Tajikistan", "US"),
    }


def test_locations_unplaced_stops_and_lone_ends_make_no_leg() -> None:
    assert legs(stops(("A", "location", 1, 1, False), ("B", "location", 2, 2, False))).empty
    assert legs(stops(("A", "origin", None, None, False), ("B", "destination", 2, 2, False))).empty
    assert legs(stops(("A", "origin", 2, 2, False), ("B", "destination", 2, 2, False))).empty


def test_no_stops_give_no_legs_with_all_columns_and_the_crs() -> None:
    out = legs(empty("stops"))
    assert list(out.columns) == [*LEG_COLUMNS, "geometry"] and out.crs == "EPSG:4326"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(SchemaError, match="role"):
        legs(stops(("A", "origin", 1, 1, False)).drop(columns="role"))
