"""The switch reports | events | 2+ sources, and figures from strict to loose: one filter for all that shows rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.exports.rows import event_rows
from dashboard.exports.stamp import filters_from, stamp_of
from dashboard.summaries import range_figures
from dashboard.view import view_of
from geodata.commands import event_records
from geodata.errors import FilterError
from geodata.filters import Filters
from geodata.frames import Snapshot, load_snapshot
from geodata.store import Store
from tests.frames import frames
from tests.review_store import make_store
from tests.test_screens import APP, html, needs_files


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("switch") / "store.sqlite")


@pytest.fixture(scope="module")
def snap(path: Path) -> Snapshot:
    with Store(path, create=False) as store:
        return load_snapshot(store)


def test_reports_are_the_statements_and_totals_stay_those_of_the_events(snap: Snapshot) -> None:
    events, reports = view_of(snap, Filters()), view_of(snap, Filters(counting="reports"))
    assert (len(events.kept), len(reports.kept)) == (4, 5)
    assert sorted(reports.kept["killed_best"].dropna()) == [4, 5]
    assert reports.figures == events.figures and [f.text for f in events.figures] == ["4–5"]  # never 9
    assert (reports.unit, events.unit) == ("report", "event")
    assert reports.base is snap


def test_what_one_source_tells_falls_out_with_its_reason(snap: Snapshot) -> None:
    view = view_of(snap, Filters(counting="corroborated"))
    assert list(view.kept["n_sources"]) == [2]
    assert view.counters.text() == "1 shown · 0 without place · 0 undated · 3 filtered out"
    assert view.counters.reasons == {"with too few sources": 3}


def test_reports_find_their_claims_and_stops_under_their_own_ids(snap: Snapshot) -> None:
    view = view_of(snap, Filters(counting="reports", kind=("route",)))
    (route,) = view.kept["event_id"]
    stops = view.snapshot.stops
    assert list(stops.loc[stops["event_id"] == route, "place"]) == ["Tajikistan", "Russia"]
    assert view.snapshot.claims["event_id"].tolist() == snap.claims["claim_id"].tolist()


def test_the_switch_is_a_filter_in_address_words_stamp_and_commands(snap: Snapshot) -> None:
    filters = Filters(counting="reports", ranges=True, kind=("incident",))
    assert filters.to_query() == {"kind": ["incident"], "count": "reports", "ranges": "1"}
    assert Filters.from_query(filters.to_query()) == filters
    assert filters.describe() == "Incidents · reports · figures strict to loose"
    stamp = stamp_of(view_of(snap, filters))
    assert filters_from(stamp.query) == filters and "reports" in stamp.filters
    assert "3 shown" in stamp.counts
    assert len(list(event_records(snap, filters))) == 3
    assert len(event_rows(view_of(snap, filters))) == 3
    with pytest.raises(FilterError, match="no way of counting 'articles': it is one of events, reports, corroborated"):
        Filters(counting="articles")


def test_a_range_goes_from_what_is_sure_in_every_way_to_everything(snap: Snapshot) -> None:
    said = {f.label: (f.text, f.note) for f in range_figures(snap.events)}
    assert said["events"] == ("1–4", "strict: 1 event known to town and day from two sources; loose: all")
    assert said["killed"][0] == "4–5"
    none = {f.label: f.text for f in range_figures(snap.events[snap.events["n_sources"] == 1])}
    assert none == {"events": "0–3"}


def test_an_open_end_stays_open_and_parts_are_left_out() -> None:
    said = {f.label: f.text for f in range_figures(frames()["events"])}
    assert said["arrested"].endswith("+")  # 150 and more of e07; the 27 of e05 are part of the 226 of e06
    assert said["events"] == "2–15"  # e01 and e07: a town, a day, two sources or more


@needs_files
@pytest.mark.parametrize(
    ("choice", "says"), [("reports", "<b>5</b>of 5 reports shown"), ("corroborated", "<b>1</b>of 4 events")]
)
def test_the_switch_acts_on_every_screen_and_stands_in_the_address(
    path: Path, monkeypatch: pytest.MonkeyPatch, choice: str, says: str
) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(path))
    app = AppTest.from_file(APP, default_timeout=30).run()
    assert "<b>4</b>of 4 events shown" in html(app)
    app.button_group(key="f_counting").set_value(choice).run()
    assert says in html(app) and app.query_params["count"] in (choice, [choice])
    for page in ("table", "sources", "routes", "review"):
        app.session_state["reviewer"] = "N. Name"
        app.switch_page(f"screens/{page}.py").run()
        assert not app.exception
        assert says in html(app)
    assert ("4 events to review" if choice == "reports" else "1 event to review") in html(app)


@needs_files
def test_an_event_that_was_open_stays_open_among_reports(
    path: Path, snap: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(path))
    app = AppTest.from_file(APP, default_timeout=30)
    claim = snap.claims.loc[snap.claims["killed_best"] == 5, "claim_id"].iloc[0]
    app.query_params["show"] = f"event:{claim}"
    app.run()
    assert "2 statements in 2 documents" in html(app)  # the report's event
    app.button_group(key="f_counting").set_value("reports").run()
    assert "1 statement in 1 document" in html(app)  # the report itself
    app.toggle(key="f_ranges").set_value(True).run()
    assert not app.exception
