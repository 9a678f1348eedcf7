"""Joins keep their rows; borders, coasts and seas follow the written rule.  Squares by eye, and the real shapes."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from geodata.errors import CrsError, SchemaError
from geodata.join import COAST_KM, join_admin1, join_countries

SQUARES = gpd.GeoDataFrame(
    {"iso3": ["AAA", "BBB"], "name": ["Aland", "Beland"]}, geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)], crs=4326
)
PARTS = gpd.GeoDataFrame(
    {"admin1_id": ["AAA:s", "AAA:n", "BBB:all"], "iso3": ["AAA", "AAA", "BBB"], "name": ["South", "North", "All"]},
    geometry=[box(0, 0, 1, 0.5), box(0, 0.5, 1, 1), box(1, 0, 2, 1)],
    crs=4326,
)


def points(*rows: tuple[float, float, str | None]) -> gpd.GeoDataFrame:
    """(lat, lon, the gazetteer's iso3)."""
    return gpd.GeoDataFrame(
        {"iso3": pd.Series([r[2] for r in rows], dtype="str")}, geometry=[Point(r[1], r[0]) for r in rows], crs=4326
    )


def country(lat: float, lon: float, given: str | None = None) -> str | None:
    value = join_countries(points((lat, lon, given)), SQUARES)["iso3"].iloc[0]
    return None if pd.isna(value) else str(value)


def test_one_row_out_per_row_in_with_the_same_index_and_order() -> None:
    frame = points((0.5, 0.5, None), (0.5, 1.0, None), (50, 50, None), (0.5, 1.5, None)).set_index(
        pd.Index(["d", "a", "c", "a"])
    )
    out = join_countries(frame, SQUARES)
    assert list(out.index) == ["d", "a", "c", "a"] and out.crs == "EPSG:4326"
    assert out["iso3"].fillna("-").tolist() == ["AAA", "AAA", "-", "BBB"]
    assert list(frame.columns) == ["iso3", "geometry"]  # the argument is left alone


def test_a_point_on_a_border_takes_the_gazetteers_country_else_the_first_of_the_alphabet() -> None:
    assert country(0.5, 1.0) == "AAA" and country(0.5, 1.0, "BBB") == "BBB"
    assert country(0.5, 1.0, "CCC") == "AAA"  # a country that is not there cannot win


def test_close_to_a_border_the_gazetteer_wins_but_not_far_from_it() -> None:
    assert country(0.5, 0.97, "BBB") == "BBB"  # 3.3 km inside A
    assert country(0.5, 0.9, "BBB") == "AAA"  # 11 km inside A


def test_a_port_two_km_off_the_coast_is_in_its_country_and_the_open_sea_is_null() -> None:
    out = join_countries(points((-0.018, 0.5, None), (-0.2, 0.5, None)), SQUARES)
    assert out["iso3"].iloc[0] == "AAA" and out["coast_km"].iloc[0] == pytest.approx(2.0, abs=0.05)
    assert pd.isna(out["iso3"].iloc[1]) and pd.isna(out["coast_km"].iloc[1]) and pd.isna(out["country"].iloc[1])


def test_off_the_coast_the_nearest_shore_counts_unless_the_gazetteer_says_otherwise() -> None:
    assert country(-0.018, 0.98) == "AAA" and country(-0.018, 0.98, "BBB") == "BBB"


def test_far_north_a_degree_of_longitude_is_short() -> None:
    north = gpd.GeoDataFrame({"iso3": ["NNN"], "name": ["North"]}, geometry=[box(0, 60, 1, 61)], crs=4326)
    found = join_countries(points((60.5, 1.2, None), (60.5, 1.3, None)), north)[
        "iso3"
    ]  # 11.1 km and 16.7 km at cos 60.5° = .49
    assert found.iloc[0] == "NNN" and pd.isna(found.iloc[1]) and COAST_KM == 12


def test_a_row_without_a_point_stays_and_stays_null() -> None:
    frame = gpd.GeoDataFrame(geometry=[None, Point(), Point(0.5, 0.5)], crs=4326)
    assert join_countries(frame, SQUARES)["iso3"].fillna("-").tolist() == ["-", "-", "AAA"]


def test_no_rows_give_no_rows_with_all_columns_and_the_crs() -> None:
    none = gpd.GeoDataFrame(geometry=[], crs=4326)
    out = join_admin1(join_countries(none, SQUARES), PARTS)
    assert (
        len(out) == 0
        and out.crs == "EPSG:4326"
        and {"iso3", "country", "coast_km", "admin1_id", "admin1"} <= set(out.columns)
    )


@pytest.mark.parametrize("crs", [None, 3857])
def test_another_crs_or_none_is_refused(crs: int | None) -> None:
    frame = gpd.GeoDataFrame(geometry=[Point(0, 0)], crs=crs)
    with pytest.raises(CrsError):
        join_countries(frame, SQUARES)
    with pytest.raises(CrsError):
        join_countries(
            points((0, 0, None)),
            SQUARES.set_crs(crs, allow_override=True)
            if crs
            else gpd.GeoDataFrame(SQUARES.drop(columns="geometry"), geometry=list(SQUARES.geometry)),
        )


def test_a_missing_column_is_named() -> None:
    with pytest.raises(SchemaError, match="iso3"):
        join_countries(points((0, 0, None)), SQUARES.drop(columns="iso3"))


def test_a_province_is_looked_for_in_the_points_own_country() -> None:
    out = join_admin1(
        points(
            (0.2, 0.2, "AAA"), (0.8, 0.2, None), (0.5, 1.0, "BBB"), (0.5, 0.99, "BBB"), (5, 5, "AAA"), (0.5, 0.2, "AAA")
        ),
        PARTS,
    )
    assert out["admin1_id"].fillna("-").tolist() == ["AAA:s", "AAA:n", "BBB:all", "BBB:all", "-", "AAA:n"]


@pytest.mark.parametrize(
    ("place", "lat", "lon", "given", "iso3", "admin1"),
    [
        ("Sfax harbour", 34.72, 10.77, None, "TUN", "TUN:sfax"),
        ("Ceuta", 35.89, -5.31, None, "ESP", "ESP:ceuta"),
        ("Kinshasa", -4.32, 15.31, "COD", "COD", "COD:kinshasa-city"),
        ("Brazzaville", -4.27, 15.28, "COG", "COG", "COG:brazzaville"),
        ("Khujand", 40.28, 69.62, None, "TJK", "TJK:sughd"),
        ("Nicosia north", 35.34, 33.32, None, "CYP", "CYP:northern-cyprus"),
        ("Taveuni", -16.85, -179.97, None, "FJI", "FJI:northern"),
        ("mid-Atlantic", 30, -40, None, None, None),
    ],
)
def test_real_places(
    place: str, lat: float, lon: float, given: str | None, iso3: str | None, admin1: str | None
) -> None:
    row = join_admin1(join_countries(points((lat, lon, given)))).iloc[0]
    assert (None if pd.isna(row["iso3"]) else row["iso3"]) == iso3, place
    assert (None if pd.isna(row["admin1_id"]) else row["admin1_id"]) == admin1, place
