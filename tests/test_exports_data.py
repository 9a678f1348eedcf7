"""Tables and GIS files of a view: read back as they were written, harmless in spreadsheets, the same bytes twice."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pyogrio
import pytest
from openpyxl import load_workbook

from dashboard.exports import export
from dashboard.exports.rows import area_frame, event_frame, event_rows, route_frame, safe_text
from dashboard.exports.stamp import stamp_of
from geodata.schema import EVENTS
from tests.exported import changed, nothing, only, whole

DATA = ("csv", "xlsx", "geojson", "gpkg", "kml")
KML = {"k": "http://www.opengis.net/kml/2.2"}


def csv_rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", DATA)
def test_the_same_view_twice_gives_the_same_bytes(name: str) -> None:
    assert export(whole(), name) == export(whole(), name)


@pytest.mark.parametrize("name", DATA)
def test_an_empty_view_is_a_file_and_no_error(name: str) -> None:
    assert len(export(nothing(), name)) > 100


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=2"])
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert safe_text(text) == "'" + text


@pytest.mark.parametrize("value", ["Kabul", "a=b", "", -3.5, None, "1-2", "'quoted'"])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert safe_text(value) == value


def test_csv_holds_every_column_documents_offsets_and_the_stamp() -> None:
    rows = csv_rows(export(whole(), "csv"))
    assert list(rows[0]) == [*EVENTS, "documents", "quotes", "stamp"]
    first = next(r for r in rows if r["event_id"] == "e01")
    assert first["documents"] == "doc0e01|doc1e01"
    assert first["quotes"].startswith("doc0e01:18-") and first["quotes"].count("|") == 1
    assert (first["killed_low"], first["killed_best"], first["killed_high"]) == ("3", "20", "21")
    assert "16 shown · 2 without place · 2 undated · 0 excluded" in first["stamp"]


def test_csv_writes_unknown_as_empty_and_never_as_zero() -> None:
    rows = {r["event_id"]: r for r in csv_rows(export(whole(), "csv"))}
    assert rows["e08"]["lat"] == rows["e08"]["date_start"] == rows["e08"]["arrested_best"] == ""
    assert rows["e12"]["people_low"] == ""


def test_csv_and_workbook_keep_formulas_from_running() -> None:
    view = changed("e01", title='=HYPERLINK("http://example.org")', place="+Kandahar")
    row = next(r for r in csv_rows(export(view, "csv")) if r["event_id"] == "e01")
    assert row["title"].startswith("'=") and row["place"] == "'+Kandahar"
    sheet = load_workbook(io.BytesIO(export(view, "xlsx")))["Events"]
    title = sheet.cell(2, list(EVENTS).index("title") + 1)
    assert title.value == '=HYPERLINK("http://example.org")' and title.data_type == "s" and title.quotePrefix


def test_workbook_has_typed_columns_and_sheets_of_sources_and_filters() -> None:
    book = load_workbook(io.BytesIO(export(whole(), "xlsx")))
    assert book.sheetnames == ["Events", "Claims", "Stops", "Sources", "Filters"]
    names = [c.value for c in book["Events"][1]]
    row = dict(zip(names, book["Events"][2], strict=True))
    assert row["date_start"].is_date and row["date_start"].value.isoformat().startswith("2024-03-21")
    assert row["killed_best"].value == 20 and row["lat"].value == 31.61
    assert row["arrested_best"].value is None
    told = {r[0].value: r[1].value for r in book["Filters"].iter_rows()}
    assert told["Filters"] == "All events" and "16 shown" in told["Events"]
    assert book["Sources"].max_row == 1 + 20 and book["Claims"].max_row == 1 + 20


def test_signs_that_a_workbook_cannot_hold_are_left_out() -> None:
    book = load_workbook(io.BytesIO(export(changed("e01", text="a\x00b\x0bc"), "xlsx")))
    assert book["Events"].cell(2, list(EVENTS).index("text") + 1).value == "abc"


def test_only_towns_and_sites_are_points() -> None:
    frame = event_frame(whole()).set_index("event_id")
    assert frame.crs.to_epsg() == 4326
    assert (frame.at["e01", "geometry"].x, frame.at["e01", "geometry"].y) == (65.71, 31.61)
    assert frame.loc[["e05", "e06", "e08", "e13", "e15"], "geometry"].isna().all()


def test_areas_carry_their_events_and_their_shape() -> None:
    areas = area_frame(whole()).set_index("place")
    assert list(areas.loc[["Tajikistan", "Sahel"], "n_events"]) == [1, 1]
    assert areas.at["Tajikistan", "events"] == "e06"
    assert areas.at["Tajikistan", "geometry"].contains(gpd.points_from_xy([71.0], [38.6])[0])
    assert areas.at["Sahel", "geometry"] is None


def test_routes_are_lines_cut_at_the_antimeridian() -> None:
    routes = route_frame(only("e11"))
    assert len(routes) == 1 and routes["from_place"][0] == "Vladivostok"
    assert routes.geometry[0].geom_type == "MultiLineString"
    west, _, east, _ = routes.total_bounds
    assert (west, east) == (-180.0, 180.0)
    assert routes["documents"][0] == "doc0e11"


def test_geojson_reads_back_with_its_stamp() -> None:
    body = json.loads(export(whole(), "geojson"))
    by_layer = [f["properties"]["layer"] for f in body["features"]]
    assert by_layer.count("events") == 16
    assert body["dateline"]["Filters"] == "All events"
    event = next(f for f in body["features"] if f["properties"].get("event_id") == "e01")
    assert event["geometry"] == {"type": "Point", "coordinates": [65.71, 31.61]}
    assert event["properties"]["date_start"] == "2024-03-21" and event["properties"]["arrested_low"] is None
    frame = gpd.read_file(io.BytesIO(export(whole(), "geojson")))
    assert len(frame) == len(body["features"])


def test_geopackage_reads_back_with_layers_types_and_names(tmp_path: Path) -> None:
    path = tmp_path / "view.gpkg"
    path.write_bytes(export(whole(), "gpkg"))
    kinds = dict(pyogrio.list_layers(path))
    assert kinds == {
        "events": "Point",
        "routes": "MultiLineString",
        "areas": "MultiPolygon",
        "sources": None,
        "stamp": None,
    }
    info = pyogrio.read_info(path, layer="events")
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert info["crs"] == "EPSG:4326"
    assert (types["date_start"], types["killed_low"], types["lat"]) == ("OFTDate", "OFTInteger64", "OFTReal")
    events = gpd.read_file(path, layer="events").set_index("event_id")
    assert list(events.index) == list(event_rows(whole())["event_id"])
    assert events.at["e01", "geometry"].y == 31.61 and events.at["e01", "quotes"].startswith("doc0e01:18-")
    stamp = dict(pyogrio.read_dataframe(path, layer="stamp").itertuples(index=False, name=None))
    assert stamp["Filters"] == "All events"


def test_kml_has_folders_time_spans_and_escaped_text() -> None:
    root = ET.fromstring(export(whole(), "kml"))
    folders = {f.findtext("k:name", namespaces=KML): f for f in root.iterfind(".//k:Folder", KML)}
    assert set(folders) == {"Incidents", "Arrests", "Routes", "Legs of routes", "Areas: known no more precisely"}
    first = next(
        m
        for m in folders["Incidents"].iterfind("k:Placemark", KML)
        if m.findtext("k:name", namespaces=KML) == "Attack, Kandahar"
    )
    assert first.findtext("k:TimeSpan/k:begin", namespaces=KML) == "2024-03-21"
    assert first.findtext("k:Point/k:coordinates", namespaces=KML) == "65.71000,31.61000"
    assert "<i>no more</i>" in (first.findtext("k:description", namespaces=KML) or "")


def test_the_stamp_changes_with_any_value_of_the_data() -> None:
    assert stamp_of(whole()).data != stamp_of(changed("e03", date_precision="month")).data
    assert stamp_of(whole()) == stamp_of(only(*event_rows(whole())["event_id"]))
