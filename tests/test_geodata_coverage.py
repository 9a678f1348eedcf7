"""What was read: each document once a country and week, rows of datasets left out, the strip on the timeline's axis."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from dashboard.charts import timeline_chart, timeline_rects
from dashboard.coverage_strip import coverage_chart, coverage_words
from dashboard.summaries import timeline_counts, timeline_spans
from geodata.coverage import articles, coverage, read_per_week
from geodata.frames import load_snapshot
from geodata.importers import read_dataset
from geodata.importing import import_dataset
from geodata.ingest import ingest
from geodata.store import Store
from geodata.store_coverage import document_countries
from tests.claims_factory import FakeChain, document
from tests.frames import frames

#: 12 and 17 March 2024 are Tuesday and Sunday of one week, 18 March is the Monday after.
DAYS = {"a": "2024-03-12", "b": "2024-03-17", "c": "2024-03-18", "d": None}
DOCUMENTS = pd.DataFrame(
    {"doc_id": list(DAYS), "published": pd.to_datetime(list(DAYS.values())).astype("datetime64[s]")}
)
NAMED = pd.DataFrame({"doc_id": ["a", "a", "b", "c", "d"], "iso3": ["TUR", "SYR", "TUR", "SYR", "TUR"]})


def test_documents_are_counted_by_country_and_week() -> None:
    assert coverage(DOCUMENTS, NAMED).to_dict("list") == {
        "iso3": ["SYR", "SYR", "TUR"],
        "week": [pd.Timestamp("2024-03-11"), pd.Timestamp("2024-03-18"), pd.Timestamp("2024-03-11")],
        "documents": [1, 1, 2],
    }


def test_a_document_that_names_two_countries_is_one_document() -> None:
    assert read_per_week(DOCUMENTS, NAMED)["documents"].tolist() == [2, 1]
    assert read_per_week(DOCUMENTS, NAMED, ("TUR", "SYR"))["documents"].tolist() == [2, 1]
    assert read_per_week(DOCUMENTS, NAMED, ("TUR",))["documents"].tolist() == [2]
    assert read_per_week(DOCUMENTS, NAMED, ("FRA",)).empty


def test_a_document_without_any_event_counts_and_a_row_of_a_dataset_does_not() -> None:
    with Store(":memory:") as store:
        ingest(store, [document("a", published=dt.date(2024, 3, 12))], FakeChain({}))
        with read_dataset(Path(__file__).parent / "datasets/acled.csv") as source:
            import_dataset(store, source, file="acled.csv")
        snap, named = load_snapshot(store), document_countries(store)
    assert list(articles(snap)["name"]) == ["a"] and len(snap.documents) == 5
    assert coverage(articles(snap), named)["iso3"].tolist() == ["TUR"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_strip_has_the_timelines_axis(dark: bool) -> None:
    events = frames()["events"]
    rects = timeline_rects(timeline_counts(events, freq="M"), timeline_spans(events, freq="M"))
    above = timeline_chart(rects, dark=dark)
    strip = coverage_chart(read_per_week(DOCUMENTS, NAMED), above, dark=dark).to_dict()
    assert strip["encoding"]["x"]["scale"]["domain"] == above.to_dict()["encoding"]["x"]["scale"]["domain"]
    words = coverage_words(read_per_week(DOCUMENTS, NAMED), " that name Turkey")
    assert words == "Documents read per week that name Turkey: 3 documents, 11–24 Mar 2024"
