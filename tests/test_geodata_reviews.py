"""Reviews: every decision is kept, takes effect, can be taken back, and outlives what is read afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extract.schema import Claim
from geodata.errors import ReviewError
from geodata.frames import Snapshot, load_snapshot
from geodata.ingest import ingest
from geodata.reviews import Decision, active, decide, decide_many, history, last_seen, undo
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on

CHURCH: dict[str, Any] = {"at": ("Istanbul",), "date": on("2024-01-28")}
SAYS: dict[str, list[Claim]] = {
    "a": [claim("a", **CHURCH, counts={"killed": 1})],
    "b": [claim("b", **CHURCH, counts={"killed": 2}, groups=("ISIS",))],
    "k": [claim("k", at=("Kerman",), date=on("2024-01-03"), counts={"killed": 94})],
    "r": [claim("r", "route", "labour_migration", way=(("origin", "Tajikistan"), ("destination", "Russia")))],
}
SKOPJE = {"name": "Skopje", "lat": 41.9965, "lon": 21.4314, "iso3": "MKD", "precision": "city"}


def read(store: Store, says: dict[str, list[Claim]] = SAYS) -> None:
    ingest(store, [document(n) for n in says], FakeChain(says))


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(":memory:") as store:
        read(store)
        yield store


def at(store: Store, place: str) -> dict[str, Any]:
    """The one event at a place."""
    events = load_snapshot(store).events
    (row,) = events[events["place"] == place].to_dict("records")
    return {str(k): v for k, v in row.items()}


def claims_at(store: Store, event_id: str) -> list[str]:
    claims = load_snapshot(store).claims
    return list(claims[claims["event_id"] == event_id]["claim_id"])


def state(store: Store) -> Any:
    """Everything but who decided."""
    snap: Snapshot = load_snapshot(store)
    return [f.to_csv() for f in (snap.events.drop(columns=["review", "reviewed_by"]), snap.stops, snap.claims)]


def says(action: str, row: dict[str, Any], **rest: Any) -> Decision:
    return Decision(rest.pop("who", "Ada"), action, "event", row["event_id"], **rest)


def test_an_accepted_event_is_marked_and_nothing_else_changes(store: Store) -> None:
    before, version = state(store), store.data_version
    outcome = decide(store, says("accept", at(store, "Istanbul")))
    row = at(store, "Istanbul")
    assert (row["review"], row["reviewed_by"]) == ("accepted", "Ada")
    assert at(store, "Kerman")["review"] == "" and state(store) == before and store.data_version == version + 1
    (line,) = history(store, row["event_id"])
    assert (line.seq, line.who, line.action, line.claims) == (outcome.seq, "Ada", "accept", tuple(sorted(line.claims)))
    assert line.at.endswith("+00:00") and len(line.claims) == 2


def test_a_rejected_claim_takes_no_part_and_stays_in_its_document(store: Store) -> None:
    event = at(store, "Istanbul")
    wrong = claims_at(store, event["event_id"])[0]
    decide(store, Decision("Ada", "reject", "claim", wrong))
    snap = load_snapshot(store)
    row = snap.claims.set_index("claim_id").loc[wrong]
    assert bool(row["rejected"]) and row["event_id"] == "" and len(snap.claims) == 4
    left = at(store, "Istanbul")
    assert (left["n_claims"], left["killed_low"], left["conflicts"]) == (1, left["killed_high"], "")
    assert (event["killed_low"], event["killed_high"], event["conflicts"]) == (1, 2, "killed")


def test_a_rejected_event_is_gone_and_comes_back_with_undo(store: Store) -> None:
    before, event = state(store), at(store, "Istanbul")
    seq = decide(store, says("reject", event)).seq
    snap = load_snapshot(store)
    assert "Istanbul" not in set(snap.events["place"]) and snap.claims["rejected"].sum() == 2
    undo(store, seq, who="Bea", note="a slip")
    assert state(store) == before
    assert [(d.action, d.who, d.undoes) for d in history(store, event["event_id"])] == [
        ("reject", "Ada", None),
        ("undo", "Bea", seq),
    ]
    assert active(history(store, event["event_id"])) == set()


def test_an_undo_can_be_undone_and_nothing_is_undone_twice(store: Store) -> None:
    event = at(store, "Kerman")
    seq = decide(store, says("reject", event)).seq
    back = undo(store, seq, who="Ada").seq
    with pytest.raises(ReviewError, match="already"):
        undo(store, seq, who="Ada")
    undo(store, back, who="Ada")
    assert "Kerman" not in set(load_snapshot(store).events["place"])
    with pytest.raises(ReviewError, match="no decision 99"):
        undo(store, 99, who="Ada")


def test_an_edited_figure_of_a_claim_counts_in_its_event_and_the_extraction_stays(store: Store) -> None:
    event = at(store, "Istanbul")
    one = claims_at(store, event["event_id"])[0]
    payload = load_snapshot(store).claims.set_index("claim_id").at[one, "payload"]
    new = {"low": 2, "best": 2, "high": 2}
    other = load_snapshot(store).claims.set_index("claim_id").at[one, "killed_best"]
    decide(store, Decision("Ada", "edit", "claim", one, field="counts.killed", new=new | {"high": 3}))
    row = load_snapshot(store).claims.set_index("claim_id").loc[one]
    assert (row["killed_best"], row["killed_high"], row["edited"], row["payload"]) == (2, 3, "counts.killed", payload)
    (line,) = history(store, one)
    assert line.old == {"low": other, "best": other, "high": other} and line.new == new | {"high": 3}
    assert at(store, "Istanbul")["review"] == "edited"


def test_a_claim_moved_to_another_day_leaves_the_event_it_no_longer_fits(store: Store) -> None:
    event = at(store, "Istanbul")
    one = claims_at(store, event["event_id"])[0]
    march = {"start": "2021-03-05", "end": "2021-03-05", "precision": "day"}
    seq = decide(store, Decision("Ada", "edit", "claim", one, field="date", new=march)).seq
    events = load_snapshot(store).events
    assert sorted(events[events["place"] == "Istanbul"]["date_start"].astype(str)) == ["2021-03-05", "2024-01-28"]
    undo(store, seq, who="Ada")
    assert at(store, "Istanbul") == event | {"review": "", "reviewed_by": ""}


def test_a_value_set_for_an_event_stands_over_its_sources_and_their_figures_stay(store: Store) -> None:
    event = at(store, "Istanbul")
    decide(store, says("edit", event, field="counts.killed", new=5))
    row = at(store, "Istanbul")
    assert (row["killed_low"], row["killed_best"], row["killed_high"], row["edited"]) == (5, 5, 5, "counts.killed")
    assert row["conflicts"] == "killed" and row["review"] == "edited"
    claims = load_snapshot(store).claims
    assert sorted(claims[claims["event_id"] == row["event_id"]]["killed_best"]) == [1, 2]
    decide(store, says("edit", row, field="counts.killed", new=None))
    assert pd.isna(at(store, "Istanbul")["killed_best"])


def test_an_event_moved_by_hand_gets_the_country_and_province_of_its_new_place(store: Store) -> None:
    decide(store, says("edit", at(store, "Istanbul"), field="place", new=SKOPJE))
    row = at(store, "Skopje")
    assert (row["iso3"], row["countries"], row["title"]) == ("MKD", "MKD", "Attack, Skopje")
    assert row["country"] == "North Macedonia" and row["admin1_id"].startswith("MKD:")


def test_the_end_of_a_route_set_by_hand_is_its_new_stop_and_title(store: Store) -> None:
    kazan = {"name": "Kazan", "lat": 55.79, "lon": 49.12, "iso3": "RUS", "precision": "city", "role": "destination"}
    decide(store, says("edit", at(store, "Russia"), field="place", new=kazan))
    row = at(store, "Kazan")
    assert row["title"] == "Labour migration, Tajikistan → Kazan" and row["countries"] == "RUS|TJK"
    assert list(load_snapshot(store).stops["place"]) == ["Tajikistan", "Kazan"]


def test_events_merged_by_hand_are_one_and_say_who_merged_them(store: Store) -> None:
    one, two = at(store, "Istanbul"), at(store, "Kerman")
    seq = decide(store, says("merge", one, new=[two["event_id"]])).seq
    snap = load_snapshot(store)
    (row,) = snap.events[snap.events["kind"] == "incident"].to_dict("records")
    assert (row["n_claims"], row["review"]) == (3, "merged")
    assert snap.claims["reason"].str.startswith("merged by hand (Ada, ").sum() == 2
    undo(store, seq, who="Ada")
    assert at(store, "Kerman")["n_claims"] == 1


def test_claims_split_off_by_hand_stay_apart_until_they_are_merged_again(store: Store) -> None:
    event = at(store, "Istanbul")
    two = claims_at(store, event["event_id"])[1]
    decide(store, says("split", event, new=[two]))
    events = load_snapshot(store).events
    both = events[events["place"] == "Istanbul"]
    assert list(both["n_claims"]) == [1, 1] and set(both["review"]) == {"split"}
    decide(store, says("merge", {"event_id": both["event_id"].iloc[0]}, new=[both["event_id"].iloc[1]]))
    assert at(store, "Istanbul")["n_claims"] == 2


def test_two_reviewers_lose_nothing_and_the_second_is_told(store: Store) -> None:
    event = at(store, "Istanbul")
    seen = last_seen(store, event["event_id"])
    assert seen == 0
    first = decide(store, says("accept", event), seen=seen)
    second = decide(store, says("edit", event, who="Bea", field="certainty", new="alleged"), seen=seen)
    assert first.conflict == [] and [(d.who, d.action) for d in second.conflict] == [("Ada", "accept")]
    assert len(history(store, event["event_id"])) == 2 and at(store, "Istanbul")["certainty"] == "alleged"
    assert decide(store, says("note", event, note="checked"), seen=second.seq).conflict == []


def test_many_are_accepted_at_once_or_none(store: Store) -> None:
    rows = load_snapshot(store).events.to_dict("records")
    with pytest.raises(ReviewError, match="no event e0"):
        decide_many(store, [*(says("accept", r) for r in rows), says("accept", {"event_id": "e0"})])
    assert set(load_snapshot(store).events["review"]) == {""} and store.frame("reviews").empty
    outcomes = decide_many(store, [says("accept", r) for r in rows], seen=0)
    assert [o.seq for o in outcomes] == [1, 2, 3] and not any(o.conflict for o in outcomes)
    assert set(load_snapshot(store).events["review"]) == {"accepted"}


def test_a_decision_outlives_the_same_article_and_new_reports(store: Store) -> None:
    event = at(store, "Istanbul")
    decide(store, says("edit", event, field="counts.injured", new=7))
    decide(store, says("split", event, new=claims_at(store, event["event_id"])[1:]))
    before = state(store)
    read(store)
    assert state(store) == before
    read(store, SAYS | {"n": [claim("n", **CHURCH, counts={"injured": 1})]})
    events = load_snapshot(store).events
    both = events[events["place"] == "Istanbul"]
    assert list(both["n_claims"]) == [1, 1, 1] or sorted(both["n_claims"]) == [1, 2]
    assert sorted(both["edited"])[-1] == "counts.injured" and 7 in set(both["injured_best"].dropna())


BETTER = SAYS | {"a": [replace(SAYS["a"][0], end=14, groups=("ISIS",))]}


def test_a_decision_outlives_other_rules_that_give_the_claim_another_id(store: Store) -> None:
    one = next(c for c in claims_at(store, at(store, "Istanbul")["event_id"]) if c.startswith(document("a").id))
    decide(store, Decision("Ada", "edit", "claim", one, field="counts.killed", new=3))
    read(store, BETTER)
    claims = load_snapshot(store).claims.set_index("claim_id")
    (new,) = [c for c in claims.index if c.startswith(document("a").id)]
    assert new != one and claims.at[new, "killed_best"] == 3 and claims.at[new, "edited"] == "counts.killed"
    assert [d.field for d in history(store, new)] == ["counts.killed"]
    read(store)
    assert load_snapshot(store).claims.set_index("claim_id").at[one, "killed_best"] == 3


def test_a_decision_whose_claim_is_no_longer_read_waits_for_it(store: Store) -> None:
    event = at(store, "Kerman")
    decide(store, says("reject", event))
    read(store, SAYS | {"k": []})
    assert len(store.frame("reviews")) == 1
    read(store)
    assert "Kerman" not in set(load_snapshot(store).events["place"])


@pytest.mark.parametrize(
    ("field", "new", "said"),
    [
        ("date", {"start": "2024-02-31", "end": None, "precision": "day"}, "YYYY-MM-DD"),
        ("date", {"start": "2024-03-02", "end": "2024-03-01", "precision": "month"}, "ends before"),
        ("date", {"start": "2024-03-01", "end": "2024-03-02", "precision": "day"}, "one day"),
        ("place", {"name": "X", "lat": 91, "lon": 0}, "between -90 and 90"),
        ("place", {"name": "X", "lat": 1, "lon": 2, "iso3": "XXX"}, "ISO 3166"),
        ("counts.killed", {"low": 5, "best": 4, "high": 6}, "rising"),
        ("counts.killed", -1, "whole number"),
        ("counts.killed", {"low": None, "best": None, "high": None}, "null"),
        ("nationalities", ["Tajik"], "ISO 3166"),
        ("certainty", "sure", "one of reported"),
        ("colour", "red", "no field"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(
    store: Store, field: str, new: Any, said: str
) -> None:
    with pytest.raises(ReviewError, match=said) as err:
        decide(store, says("edit", at(store, "Kerman"), field=field, new=new))
    assert "\n" not in str(err.value) and store.frame("reviews").empty


def test_a_decision_without_a_name_or_on_nothing_is_refused(store: Store) -> None:
    with pytest.raises(ReviewError, match="name"):
        decide(store, says("accept", at(store, "Kerman"), who="  "))
    with pytest.raises(ReviewError, match="no claim"):
        decide(store, Decision("Ada", "reject", "claim", "nothing"))
    with pytest.raises(ReviewError, match="not all"):
        decide(store, says("split", at(store, "Kerman"), new=claims_at(store, at(store, "Kerman")["event_id"])))
    with pytest.raises(ReviewError, match="other events"):
        decide(store, says("merge", at(store, "Kerman"), new=["e0"]))


def test_an_older_store_has_no_history_and_gets_one_with_the_first_decision(tmp_path: Path) -> None:
    from tests.test_geodata_store import make_older

    make_older(tmp_path / "s.sqlite")
    with Store(tmp_path / "s.sqlite", create=False) as store:
        assert history(store, "e1") == [] and len(load_snapshot(store).events) == 2
        with pytest.raises(ReviewError):
            decide(store, Decision("Ada", "accept", "event", "e1"))
