"""The snapshot has the columns, dtypes and nulls of the schema, empty or full, and knows what it was read from."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from geodata.errors import SchemaError
from geodata.filters import Filters
from geodata.frames import Snapshot, check, load_snapshot
from geodata.ingest import ingest
from geodata.schema import FRAMES, empty
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on


def snapshot() -> Snapshot:
    says = {
        "a": [
            claim("a", at=("Istanbul",), date=on("2024-01-28"), counts={"killed": 1}, nationalities=("TJK", "RUS")),
            claim("a", start=11, end=20),
        ],
        "b": [
            claim("b", at=("Istanbul",), date=on("2024-01-28"), counts={"killed": (2, 2, None)}, groups=("ISIS",)),
            claim(
                "b",
                "route",
                "smuggling",
                start=11,
                end=20,
                way=(("origin", "Tajikistan"), ("destination", "USA")),
                origin="TASS",
            ),
        ],
    }
    documents = [
        document("a", publisher="Reuters", published=dt.date(2024, 1, 30)),
        document("b", publisher="BBC", title="News"),
    ]
    with Store(":memory:") as store:
        ingest(store, documents, FakeChain(says))
        return load_snapshot(store)


def test_an_empty_store_gives_empty_frames_of_the_schema() -> None:
    with Store(":memory:") as store:
        snap = load_snapshot(store)
    for name in FRAMES:
        frame = getattr(snap, name)
        assert frame.empty and list(frame.columns)[: len(FRAMES[name])] == list(FRAMES[name])
        assert check(frame, name) is frame
    assert snap.version == "0" and Filters(country=("TUR",), source=("BBC",)).apply(snap.events)[0].empty


def test_a_full_store_gives_frames_of_the_schema() -> None:
    snap = snapshot()
    for name in FRAMES:
        check(getattr(snap, name), name)
    assert (len(snap.events), len(snap.claims), len(snap.stops), len(snap.documents)) == (3, 4, 2, 2)


def test_figures_dates_and_places_arrive_as_they_were_told() -> None:
    event = snapshot().events.query("place == 'Istanbul'").iloc[0]
    assert (event["killed_low"], event["killed_best"], event["killed_high"]) == (1, 1, None) or pd.isna(
        event["killed_high"]
    )
    assert (
        event["date_start"] == pd.Timestamp("2024-01-28")
        and event["admin1_id"] == "TUR:istanbul"
        and event["country"] == "Turkey"
    )
    assert event["nationalities"] == "RUS|TJK" and event["groups"] == "ISIS" and event["n_sources"] == 2
    assert event["title"] == "Attack, Istanbul" and event["conflicts"] == "killed" and pd.isna(event["injured_best"])


def test_an_event_without_place_and_date_stays_with_nulls() -> None:
    event = snapshot().events.query("title == 'Attack, place not stated'").iloc[0]
    assert (
        event[["place", "lat", "iso3", "date_start", "killed_best", "part_of"]].isna().all()
        and event["countries"] == ""
    )


def test_filters_find_publishers_and_words() -> None:
    events = snapshot().events
    assert set(Filters(source=("bbc",)).apply(events)[0]["kind"]) == {"incident", "route"}
    assert len(Filters(text="istanbul").apply(events)[0]) == 1


def test_claims_quote_their_document_and_name_their_event_and_reason() -> None:
    snap = snapshot()
    assert set(snap.claims["event_id"]) == set(snap.events["event_id"])
    assert snap.claims["quote"].iloc[0] == document("a").text[0:10]
    reasons = snap.claims.groupby("event_id")["reason"].agg(lambda r: sorted(bool(x) for x in r))
    assert sorted(map(tuple, reasons)) == [(False,), (False,), (False, True)]


def test_documents_count_their_characters_and_claims() -> None:
    row = snapshot().documents.set_index("name").loc["b"]
    assert row["chars"] == len(document("b").text) and row["n_claims"] == 2 and pd.isna(row["published"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.drop(columns="kind"), "kind is missing"),
        (lambda f: f.assign(lat="x"), "lat is"),
        (lambda f: f.assign(title=pd.Series([None] * len(f), dtype="str")), "title is null in 3"),
    ],
)
def test_a_frame_that_breaks_the_schema_is_refused_and_the_column_named(change: object, said: str) -> None:
    with pytest.raises(SchemaError, match=said):
        check(change(snapshot().events), "events")  # type: ignore[operator]
    assert check(empty("events"), "events").empty
