"""Reports, events, corroborated; totals that count nothing twice; headline figures as ranges."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from extract.schema import Claim
from geodata.countings import corroborated, count_by, events_behind, report_stops, reports
from geodata.frames import Snapshot, check, load_snapshot
from geodata.ingest import ingest
from geodata.reviews import Decision, decide
from geodata.store import Store
from geodata.totals import LeftOut, Total, is_strict, left_out, ranges, totals, without_parts
from tests.claims_factory import FakeChain, claim, document, on

CHURCH: dict[str, Any] = {"at": ("Istanbul",), "date": on("2024-01-28")}
MARCH: dict[str, Any] = {"date": on("2024-03")}
SAYS: dict[str, list[Claim]] = {
    "a": [claim("a", **CHURCH, counts={"killed": 1})],
    "b": [claim("b", **CHURCH, counts={"killed": 2}, groups=("ISIS",))],
    "k": [claim("k", at=("Iran",), date=on("2024-01"), counts={"killed": (94, 94, None)})],
    "p": [
        claim("p", "arrest", "arrest", at=("Tajikistan",), counts={"arrested": 226}, **MARCH),
        claim("p", "arrest", "arrest", start=11, end=20, at=("Vanj",), counts={"arrested": 27}, part_of=0, **MARCH),
    ],
    "r": [claim("r", "route", "labour_migration", way=(("origin", "Tajikistan"), ("destination", "Russia")))],
}


def made(says: dict[str, list[Claim]] = SAYS, *decisions: Decision) -> Snapshot:
    with Store(":memory:") as store:
        ingest(store, [document(n) for n in says], FakeChain(says))
        for d in decisions:
            decide(store, d)
        return load_snapshot(store)


def test_reports_are_what_each_document_says_in_the_form_of_events() -> None:
    snap = made()
    rows = check(reports(snap), "events")
    assert (len(rows), len(snap.events), len(corroborated(snap.events))) == (6, 5, 1)
    church = rows[rows["place"] == "Istanbul"]
    assert sorted(church["killed_best"]) == [1, 2] and church["of_event"].nunique() == 1
    assert set(church["n_sources"]) == {1} and set(church["title"]) == {"Attack, Istanbul"}
    assert set(church["country"]) == {"Turkey"} and church["admin1_id"].str.startswith("TUR:").all()
    assert set(rows["event_id"]) == set(snap.claims["claim_id"])
    part = rows[rows["part_of"].notna()].iloc[0]
    assert part["place"] == "Vanj" and part["part_of"] in set(rows["event_id"])
    assert rows[rows["kind"] == "route"].iloc[0]["title"] == "Labour migration, Tajikistan → Russia"


def test_reports_of_routes_keep_their_way() -> None:
    stops = check(report_stops(made()), "stops")
    assert [(s.seq, s.role, s.place) for s in stops.itertuples()] == [
        (0, "origin", "Tajikistan"),
        (1, "destination", "Russia"),
    ]


def test_a_report_shows_the_corrected_value_and_a_rejected_one_is_not_there() -> None:
    snap = made()
    kazan = {"name": "Kazan", "lat": 55.79, "lon": 49.12, "iso3": "RUS", "precision": "city"}
    route, iran = (
        snap.claims.loc[snap.claims[c] == v, "claim_id"].iloc[0] for c, v in (("kind", "route"), ("iso3", "IRN"))
    )
    edited = made(
        SAYS,
        Decision("Ada", "edit", "claim", route, field="place", new=kazan),
        Decision("Ada", "reject", "claim", iran),
    )
    rows = reports(edited).set_index("event_id")
    assert iran not in rows.index and rows.at[route, "title"] == "Labour migration, Tajikistan → Kazan"
    assert list(report_stops(edited)["place"]) == ["Tajikistan", "Kazan"]


def test_a_store_without_claims_gives_empty_frames_of_the_same_form() -> None:
    with Store(":memory:") as store:
        snap = load_snapshot(store)
    for how in ("reports", "events", "corroborated"):
        assert count_by(snap, how).empty and check(count_by(snap, how), "events") is not None
    assert report_stops(snap).empty
    with pytest.raises(KeyError, match="possible"):
        count_by(snap, "guesses")


def test_totals_leave_parts_and_repeats_out_and_say_how_many() -> None:
    snap = made()
    assert totals(snap.events) == [
        Total("killed", 1 + 94, 2 + 94, True, 2, 4),
        Total("arrested", 226, 226, False, 1, 4),
    ]
    assert left_out(snap.events) == LeftOut(parts=1, repeats=1)
    assert totals(events_behind(snap, reports(snap))) == totals(snap.events)


def test_a_part_counts_where_its_whole_is_not_among_the_events() -> None:
    events = made().events
    vanj = events[events["place"] == "Vanj"]
    assert [t.low for t in totals(vanj)] == [27] and len(without_parts(vanj)) == 1


def test_a_part_counts_again_when_its_whole_is_rejected() -> None:
    snap = made()
    whole = snap.events.loc[snap.events["place"] == "Tajikistan", "event_id"].iloc[0]
    snap = made(SAYS, Decision("Ada", "reject", "event", whole))
    assert snap.events["part_of"].isna().all() and [t.low for t in totals(snap.events) if t.key == "arrested"] == [27]


def test_strict_is_a_town_a_day_and_two_sources_and_ranges_hold_both() -> None:
    events = made().events
    assert list(events.loc[is_strict(events), "place"]) == ["Istanbul"]
    found = {r.key: (r.strict and (r.strict.low, r.strict.high), (r.loose.low, r.loose.high)) for r in ranges(events)}
    assert found == {"events": ((1, 1), (4, 4)), "killed": ((1, 2), (95, 96)), "arrested": (None, (226, 226))}


def test_up_to_sets_no_least_and_nothing_stated_is_no_zero() -> None:
    base = {
        "event_id": "e",
        "part_of": None,
        "n_claims": 1,
        "injured_low": pd.NA,
        "injured_best": 600,
        "injured_high": 600,
    }
    columns = {f"{k}_{b}": pd.NA for k in ("killed", "arrested") for b in ("low", "best", "high")}
    events = pd.DataFrame([columns | base]).astype(dict.fromkeys([*columns, "injured_low"], "Int64"))
    assert totals(events) == [Total("injured", 0, 600, False, 1, 1)]
