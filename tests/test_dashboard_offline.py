"""Browser files are our own, and a foreign link is refused."""

from __future__ import annotations

import json
from pathlib import Path

import folium
import pytest
from branca.colormap import LinearColormap
from folium.plugins import MarkerCluster

from dashboard import offline
from dashboard.base_map import base_script, name_rows
from dashboard.errors import BrowserFilesMissing, ForeignLinkError
from dashboard.map_layers import feature_group, links_of, main_map
from geodata import shapes

needs_files = pytest.mark.skipif(bool(offline.missing()), reason="BROWSER FILES MISSING: run `make setup`")


@pytest.mark.parametrize(
    "href",
    [
        "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js",
        "//cdn.example.org/a.js",
        "/app/static/a.js",
        "http://localhost/a.js",
    ],
)
def test_a_link_that_is_not_ours_is_refused_by_name(href: str) -> None:
    with pytest.raises(ForeignLinkError, match=href.replace("/", "/")):
        offline.check_links([offline.PREFIX + "map.css", href])


def test_folium_as_it_comes_would_be_refused() -> None:
    with pytest.raises(ForeignLinkError):
        offline.check_links(links_of(folium.Map(tiles=None)))


@needs_files
def test_a_plugin_added_later_cannot_slip_through() -> None:
    chart = main_map()
    chart.add_child(MarkerCluster())
    with pytest.raises(ForeignLinkError, match="markercluster"):
        offline.check_links(links_of(chart))
    chart = main_map()
    chart.add_child(LinearColormap(["red", "blue"]))
    with pytest.raises(ForeignLinkError):
        offline.check_links(links_of(chart))


@needs_files
def test_links_change_with_the_content_so_that_a_browser_may_keep_them() -> None:
    assert offline.link("map.css").startswith("../../app/static/map.css?v=")


def test_a_file_that_was_not_built_is_named_with_the_remedy() -> None:
    with pytest.raises(BrowserFilesMissing, match="make setup"):
        offline.link("vendor/not-there.js")


def test_build_copies_leaflet_and_writes_the_shapes(tmp_path: Path) -> None:
    for name, _ in offline.COPIES:
        (tmp_path / "node_modules" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "node_modules" / name).write_text(name, encoding="utf-8")
    offline.build(tmp_path / "node_modules", tmp_path / "vendor")
    assert (tmp_path / "vendor" / "leaflet.js").read_text(encoding="utf-8") == "leaflet/dist/leaflet.js"
    script = (tmp_path / "vendor" / "countries.js").read_text(encoding="ascii")
    base = json.loads(script.removeprefix("window.DATELINE_BASE=").removesuffix(";\n"))
    assert {"ITA", "MLT", "SGP", "TJK"} <= {f["properties"]["iso3"] for f in base["countries"]["features"]}
    assert len(script) < 900_000


def test_build_without_npm_packages_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert offline.main(["--node-modules", str(tmp_path)]) == 1
    assert (
        capsys.readouterr().err
        == "dashboard.offline: leaflet/dist/leaflet.js is not in " + tmp_path.name + "; run `npm ci` first\n"
    )


def test_large_countries_carry_their_name_first() -> None:
    rows = name_rows(shapes.countries())
    zoom = {r["name"]: r["z"] for r in rows}
    assert zoom["Russia"] <= 3 < zoom["Luxembourg"]
    assert all(-90 <= r["lat"] <= 90 and -180 <= r["lon"] <= 180 for r in rows)


def test_no_shape_crosses_the_antimeridian() -> None:
    for feature in base_script()["countries"]["features"]:
        for polygon in (
            feature["geometry"]["coordinates"]
            if feature["geometry"]["type"] == "MultiPolygon"
            else [feature["geometry"]["coordinates"]]
        ):
            lons = [x for x, _ in polygon[0]]
            assert max(lons) - min(lons) < 350 or feature["properties"]["iso3"] == "ATA"


def test_the_lock_file_names_versions_and_no_registry() -> None:
    lock = json.loads((offline.ROOT / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((offline.ROOT / "package.json").read_text(encoding="utf-8"))
    assert "resolved" not in json.dumps(lock)
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
        assert lock["packages"][f"node_modules/{name}"]["integrity"].startswith("sha512-")


@needs_files
def test_text_that_looks_like_a_template_reaches_the_browser_unchanged() -> None:
    group = feature_group({"text": "{{'map'}} </script>"})
    drawing = next(iter(group._children.values()))
    assert "{{'" not in drawing.payload
    assert json.loads(drawing.payload) == {"text": "{{'map'}} </script>"}
