"""The shape files as shipped: every polygon has a code and a name, small states exist, labels lie inside."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata import shapes, shapes_build
from geodata.errors import ShapesMissing


def at(lat: float, lon: float) -> set[str]:
    frame = shapes.countries()
    return set(frame.loc[frame.intersects(shapely.Point(lon, lat)), "iso3"])


def test_every_country_has_one_row_a_code_a_name_and_a_valid_shape() -> None:
    frame = shapes.countries()
    assert frame.crs == "EPSG:4326" and frame["iso3"].is_unique and frame["name"].is_unique
    assert frame["iso3"].str.fullmatch("[A-Z]{3}").all() and (frame["name"].str.len() > 2).all()
    assert frame.is_valid.all() and (frame.geom_type == "MultiPolygon").all()
    assert not frame[["label_lat", "label_lon", "sovereign"]].isna().any().any()


def test_every_province_has_its_own_id_a_name_and_a_country_that_exists() -> None:
    frame = shapes.admin1()
    assert frame.crs == "EPSG:4326" and frame["admin1_id"].is_unique and frame["name"].notna().all()
    assert set(frame["iso3"]) == set(shapes.countries()["iso3"])
    assert (frame["admin1_id"].str.split(":").str[0] == frame["iso3"]).all()


@pytest.mark.parametrize(
    "iso3", ["MLT", "SGP", "BHR", "MDV", "MCO", "NRU", "TUV", "SMR", "LIE", "PSE", "TWN", "ESH", "XKX", "FRA", "NOR"]
)
def test_small_and_contested_areas_exist(iso3: str) -> None:
    assert (shapes.countries()["iso3"] == iso3).sum() == 1


@pytest.mark.parametrize(
    ("place", "lat", "lon", "iso3"),
    [
        ("Lampedusa", 35.508, 12.59, "ITA"),
        ("Paris", 48.86, 2.35, "FRA"),
        ("Corte", 42.3, 9.15, "FRA"),
        ("Saint-Denis", -21.0, 55.5, "REU"),
        ("Cayenne inland", 4.2, -52.9, "GUF"),
        ("Oslo", 59.95, 10.75, "NOR"),
        ("Longyearbyen", 78.2, 15.7, "SJM"),
        ("Pristina", 42.66, 21.16, "XKX"),
        ("Hargeisa", 9.56, 44.06, "SOM"),
        ("Kyrenia inland", 35.28, 33.3, "CYP"),
        ("Taipei", 25.03, 121.55, "TWN"),
        ("Ramallah", 31.9, 35.2, "PSE"),
        ("Gaza", 31.5, 34.45, "PSE"),
        ("Laayoune", 27.15, -13.2, "ESH"),
        ("Dakhla inland", 23.5, -14.5, "ESH"),
        ("Simferopol", 44.95, 34.1, "UKR"),
        ("Kerman", 30.28, 57.07, "IRN"),
        ("Wrangel", 71.2, -179.95, "RUS"),
    ],
)
def test_points_lie_where_the_readme_says(place: str, lat: float, lon: float, iso3: str) -> None:
    assert at(lat, lon) == {iso3}, place


def test_labels_lie_inside_their_own_shape() -> None:
    for frame in (shapes.countries(), shapes.admin1()):
        labels = gpd.GeoSeries(gpd.points_from_xy(frame["label_lon"], frame["label_lat"]), crs=4326)
        assert frame.intersects(labels).all()


def test_labels_of_wide_states_stand_on_their_mainland() -> None:
    labels = shapes.countries().set_index("iso3")[["label_lat", "label_lon"]]
    assert labels.loc["USA"].tolist() == [39.6, -98.4] and labels.loc["FRA"].tolist() == [46.7, 2.4]


def test_dependent_areas_name_their_state_and_states_themselves() -> None:
    sovereign = shapes.countries().set_index("iso3")["sovereign"]
    assert sovereign["GUF"] == "FRA" and sovereign["FRA"] == "FRA" and set(sovereign) <= set(sovereign.index)


def test_unknown_population_is_null_and_never_zero() -> None:
    population = shapes.countries().set_index("iso3")["population"]
    assert population.isna()["ATA"] and not (population.dropna() == 0).any()


def test_the_screen_layer_is_small_whole_and_stays_within_the_antimeridian() -> None:
    screen = shapes.screen()
    assert (Path(shapes.DATA) / "countries_screen.geojson").stat().st_size <= 300_000
    assert set(screen["iso3"]) == set(shapes.countries()["iso3"])
    west, _, east, _ = screen.total_bounds
    assert west == -180 and east == 180 and not screen.is_empty.any()


def test_the_committed_shapes_stay_below_six_megabytes() -> None:
    files = ["countries.parquet", "admin1.parquet", "disputed.parquet", "countries_screen.geojson"]
    assert sum((Path(shapes.DATA) / f).stat().st_size for f in files) < 6_000_000


def test_country_names_are_those_an_analyst_writes() -> None:
    names = shapes.country_names()
    assert [names[c] for c in ("TUR", "COD", "PSE", "XKX", "NLD", "USA")] == [
        "Turkey",
        "DR Congo",
        "Palestine",
        "Kosovo",
        "Netherlands",
        "United States",
    ]


def test_disputed_borders_are_lines_with_a_name() -> None:
    assert len(shapes.disputed()) > 40 and shapes.disputed()["name"].notna().all()


def test_a_missing_source_is_one_clear_line_and_no_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shapes_build.main([str(tmp_path / "none.gpkg")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(ShapesMissing, match="qgis-common"):
        shapes_build.build(tmp_path / "none.gpkg")
