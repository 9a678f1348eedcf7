"""The store in a notebook: light to import, GeoDataFrames in EPSG:4326, points only for towns, the page runs."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import geodata
from geodata.errors import FilterError, GeodataError, StoreError
from geodata.ingest import ingest
from geodata.notebook import OpenStore
from geodata.schema import EVENTS, STOPS
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on

ROOT = Path(__file__).resolve().parent.parent
SAYS = {
    "a": [claim("a", at=("Istanbul",), date=on("2024-01-28"), counts={"killed": 1})],
    "b": [
        claim("b", at=("Turkey",), date=on("2023-05"), start=2),
        claim("b", "route", "travel", way=(("origin", "Tajikistan"), ("destination", "Russia")), start=20, end=25),
    ],
    "c": [],
}


@pytest.fixture
def store(tmp_path: Path) -> OpenStore:
    path = tmp_path / "s.sqlite"
    with Store(path) as made:
        ingest(made, [document(n) for n in SAYS], FakeChain(SAYS))
    return geodata.open(path)


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, geodata; print(sorted({'pandas', 'geopandas', 'numpy', 'sqlalchemy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_events_are_points_only_where_the_town_is_known(store: OpenStore) -> None:
    events = store.events()
    assert events.crs == "EPSG:4326" and list(events.columns)[: len(EVENTS)] == list(EVENTS)
    assert dict(zip(events["title"], events.geometry.geom_type, strict=True))["Attack, Istanbul"] == "Point"
    assert events.geometry.notna().sum() == 1
    point = events.geometry[events.geometry.notna()].iloc[0]
    assert (point.x, point.y) == (28.95, 41.01)  # longitude first
    shaped = store.events(areas=True).set_index("title").geometry
    assert shaped["Attack, Turkey"].geom_type == "MultiPolygon" and shaped["Attack, Istanbul"].geom_type == "Point"


def test_filters_have_their_usual_names(store: OpenStore) -> None:
    assert list(store.events(from_="2024-01-01", country=["TUR"])["title"]) == ["Attack, Istanbul"]
    assert len(store.events(to="2023-12", kind="incident")) == 1
    assert len(store.events(from_="2024", with_undated=True)) == 2
    with pytest.raises(FilterError, match=r"there is no filter 'land': it is one of admin1, .*from_,"):
        store.events(land="TUR")
    with pytest.raises(FilterError, match="no country 'Turkye'; did you mean Turkey"):
        store.events(country="Turkye")


def test_legs_are_great_circles_with_what_they_belong_to(store: OpenStore) -> None:
    legs = store.legs()
    assert legs.crs == "EPSG:4326" and list(legs.geometry.geom_type) == ["LineString"]
    assert legs["title"].iloc[0] == "Travel, Tajikistan → Russia"
    assert store.legs(kind="incident").empty
    assert list(store.stops().columns)[: len(STOPS)] == list(STOPS)


def test_documents_and_claims_follow_the_filters(store: OpenStore) -> None:
    assert len(store.documents()) == 3 and list(store.documents(kind="route")["name"]) == ["b"]
    assert list(store.claims(kind="route")["kind"]) == ["route"]
    assert store.datasets().empty


def test_frames_are_new_each_time(store: OpenStore) -> None:
    mine = store.events()
    mine.loc[:, "title"] = "changed"
    assert "changed" not in set(store.events()["title"])


def test_explore_draws_events_and_legs(store: OpenStore) -> None:
    page = store.legs().explore(m=store.events().explore("kind", tiles=None)).get_root().render()
    assert "Attack, Istanbul" in page and "Travel" in page


def test_a_missing_store_and_unreadable_articles_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store at"):
        geodata.open(tmp_path / "none.sqlite")
    with pytest.raises(GeodataError, match="no such file"):
        geodata.read(tmp_path / "none.txt", into=tmp_path / "s.sqlite")


def test_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "extract").symlink_to(ROOT / "extract")
    monkeypatch.chdir(tmp_path)
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    failed, tried = doctest.testfile(str(ROOT / "docs/notebook.md"), module_relative=False, optionflags=options)
    assert tried > 10 and failed == 0
