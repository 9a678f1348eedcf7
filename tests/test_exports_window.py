"""Which part of the world a picture shows: everything drawn lies in it, also across the antimeridian."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from dashboard.exports.window import window_of

ASPECT = 2.4


@pytest.mark.parametrize(
    "spots",
    [
        [(31.6, 65.7)],
        [(43.1, 131.9), (61.2, -149.9)],
        [(-17.7, 178.1), (-13.8, -172.1)],
        [(55.7, 37.6), (4.6, -74.1), (31.8, -106.5), (38.6, 71.0)],
        [(89.0, 10.0), (70.0, -170.0)],
        [(-54.0, -70.0), (70.0, 25.0)],
    ],
    ids=["one", "Pacific", "Fiji to Samoa", "world", "near the pole", "both hemispheres"],
)
def test_all_that_is_drawn_lies_inside(spots: list[tuple[float, float]]) -> None:
    window = window_of(spots, ASPECT)
    xy = window.xy([s[1] for s in spots], [s[0] for s in spots])
    assert window.holds(xy).all()
    assert window.width_m / window.height_m == pytest.approx(ASPECT)


def test_two_islands_on_both_sides_of_the_antimeridian_are_near() -> None:
    window = window_of([(-17.7, 178.1), (-13.8, -172.1)], ASPECT)
    assert not window.world and abs(abs(window.lon_0) - 177) < 1 and window.width_m < 4e6


def test_one_event_is_shown_with_its_surroundings() -> None:
    assert window_of([(31.6, 65.7)], ASPECT).height_m == pytest.approx(900_000)


def test_without_anything_the_world_is_shown() -> None:
    window = window_of([], ASPECT)
    assert window.world and window.lon_0 == 11.0


def test_an_extent_may_cross_the_antimeridian() -> None:
    window = window_of([], ASPECT, (170.0, -30.0, -160.0, 0.0))
    assert abs(abs(window.lon_0) - 175.0) < 0.1
    assert window.holds(window.xy([175.0, -165.0], [-15.0, -15.0])).all()
    assert not window.holds(window.xy([20.0], [50.0])).any()


def test_shapes_are_whole_across_the_seam_of_the_data() -> None:
    window = window_of([(0.0, 175.0), (0.0, -175.0)], ASPECT)
    halves = shapely.MultiPolygon([shapely.box(178, -1, 180, 1), shapely.box(-180, -1, -178, 1)])
    drawn = window.shapes([halves])[0]
    west, _, east, _ = drawn.bounds
    assert east - west == pytest.approx(4 * 111_195, rel=0.01)
    assert shapely.unary_union(shapely.buffer(shapely.get_parts(drawn), 1.0)).geom_type in ("Polygon", "MultiPolygon")


def test_what_lies_outside_is_left_out() -> None:
    drawn = window_of([(31.6, 65.7)], ASPECT).shapes([shapely.box(-100, 10, -90, 20)])
    assert all(shapely.is_empty(drawn)) or np.isclose(shapely.area(drawn[0]), 0)


def test_a_crowd_is_enlarged_where_the_map_is_empty_and_only_then() -> None:
    from matplotlib.figure import Figure

    from dashboard.exports.ground import Canvas
    from dashboard.exports.inset import inset_of

    def points(n: int) -> list[dict[str, object]]:
        crowd = [{"lat": 47.0 + i % 5, "lon": 8.0 + i % 7, "place": f"Town {i}"} for i in range(n)]
        return [*crowd, {"lat": -33.0, "lon": -70.0, "place": "West"}, {"lat": -33.0, "lon": 151.0, "place": "East"}]

    window = window_of([(p["lat"], p["lon"]) for p in points(1)], ASPECT)  # type: ignore[misc]
    canvas = Canvas(Figure().add_axes((0, 0, 1, 1)), window, window.width_m / 960, {}, 1.0)
    found = inset_of(canvas, {"points": points(20), "areas": [], "stops": []})
    assert found is not None
    crowd = window.xy([8.0, 14.0], [47.0, 51.0])
    assert found.window.holds(crowd).all()
    west, south, east, north = found.place
    spots = window.xy([p["lon"] for p in points(20)], [p["lat"] for p in points(20)])
    assert not ((spots[:, 0] > west) & (spots[:, 0] < east) & (spots[:, 1] > south) & (spots[:, 1] < north)).any()
    assert inset_of(canvas, {"points": points(5), "areas": [], "stops": []}) is None


def test_the_seam_of_a_world_map_is_laid_where_it_cuts_fewest_routes() -> None:
    spots = [(40.0, 140.0), (40.0, -120.0), (40.0, 60.0), (10.0, 0.0)]
    across_the_pacific = np.array([140.0, 170.0, -170.0, -120.0])
    assert window_of(spots, ASPECT).world
    lon_0 = window_of(spots, ASPECT, lines=[across_the_pacific]).lon_0
    assert np.abs(np.diff((across_the_pacific - lon_0 + 180) % 360)).max() < 180
