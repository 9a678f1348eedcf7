"""What changed between two states of a store, and how states are kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extract.schema import Claim
from geodata import states as module
from geodata.changes import changes
from geodata.errors import StateError
from geodata.frames import load_snapshot
from geodata.ingest import ingest
from geodata.reviews import Decision, decide
from geodata.states import keep_day, mark, now, state_at, states
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on

CHURCH: dict[str, Any] = {"at": ("Istanbul",), "date": on("2024-01-28")}
SAYS: dict[str, list[Claim]] = {
    "a": [claim("a", **CHURCH, counts={"killed": 1})],
    "k": [claim("k", at=("Kerman",), date=on("2024-01-03"), counts={"killed": 94})],
    "m": [claim("m", at=("Ankara",), date=on("2023-10-01"))],
}


class Clock:
    """A day that a test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
        monkeypatch.setattr(module, "_utc", lambda: self.at)


def read(store: Store, says: dict[str, list[Claim]]) -> None:
    ingest(store, [document(n) for n in says], FakeChain(says))


def event_at(store: Store, place: str) -> str:
    events = load_snapshot(store).events
    return str(events.loc[events["place"] == place, "event_id"].iloc[0])


def test_new_revised_moved_merged_and_withdrawn_are_told_apart() -> None:
    with Store(":memory:") as store:
        read(store, SAYS)
        mark(store, "last briefing")
        read(
            store,
            {
                "b": [claim("b", **CHURCH, counts={"killed": 2})],
                "n": [claim("n", at=("Moscow",), date=on("2025-01-05"))],
            },
        )
        assert changes(state_at(store, "last briefing"), now(store))["change"].tolist() == ["new", "revised"]
        skopje = {"name": "Skopje", "lat": 41.9965, "lon": 21.4314, "iso3": "MKD", "precision": "city"}
        decide(store, Decision("Ada", "edit", "event", event_at(store, "Ankara"), field="place", new=skopje))
        decide(store, Decision("Ada", "reject", "event", event_at(store, "Kerman")))
        found = changes(state_at(store, "last briefing"), now(store))
        rows = {(r["change"], r["title"]): r for r in found.to_dict("records")}
        assert set(rows) == {
            ("new", "Attack, Moscow"),
            ("revised", "Attack, Istanbul"),
            ("withdrawn", "Attack, Kerman"),
            ("moved", "Attack, Skopje"),
        }
        revised = rows["revised", "Attack, Istanbul"]
        assert revised["what"] == "killed 1 → 1–2; reports 1 → 2; sources 1 → 2"
        assert (revised["old"], revised["new"]) == ("1; 1; 1", "1–2; 2; 2")
        moved = rows["moved", "Attack, Skopje"]
        assert (moved["old"], moved["new"]) == ("Ankara", "Skopje") and moved["what"].endswith(" km")
        assert rows["withdrawn", "Attack, Kerman"]["lat"] == 30.28


def test_merged_events_say_where_they_went_and_split_ones_where_they_come_from() -> None:
    with Store(":memory:") as store:
        read(store, SAYS)
        before = now(store)
        kept, other = event_at(store, "Istanbul"), event_at(store, "Ankara")
        decide(store, Decision("Ada", "merge", "event", kept, new=[other]))
        merged = now(store)
        rows = changes(before, merged).to_dict("records")
        assert sorted(r["change"] for r in rows) == ["merged", "revised"]
        gone = next(r for r in rows if r["change"] == "merged")
        assert gone["into"] in set(merged["event_id"]) and gone["into"] != gone["event_id"]
        back = changes(merged, before).to_dict("records")
        assert next(r["what"] for r in back if r["change"] == "new").startswith("split off from 'Attack, ")


def test_an_event_whose_first_report_is_found_later_is_the_same_event() -> None:
    early = document("e", published=dt.date(2024, 1, 28))
    with Store(":memory:") as store:
        read(store, {"a": SAYS["a"]})
        before = now(store)
        ingest(store, [early], FakeChain({"e": [claim("e", **CHURCH)]}))
        after = now(store)
        assert before["event_id"][0] != after["event_id"][0]
        (row,) = changes(before, after).to_dict("records")
        assert (row["change"], row["what"]) == ("revised", "reports 1 → 2; sources 1 → 2")


def test_nothing_changed_is_an_empty_frame_of_the_same_form() -> None:
    with Store(":memory:") as store:
        read(store, SAYS)
        mark(store, "x")
        none = changes(state_at(store, "x"), now(store))
        assert none.empty and "into" in none.columns and none["lat"].dtype == "float64"


def test_since_a_day_means_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    with Store(":memory:") as store:
        read(store, {"a": SAYS["a"]})
        clock.at += dt.timedelta(days=2)
        read(store, {"k": SAYS["k"]})
        clock.at += dt.timedelta(hours=3)
        read(store, {"m": SAYS["m"]})
        assert [(k.at[:10], k.n_events) for k in states(store)] == [("2026-03-01", 0), ("2026-03-03", 1)]
        count = {ref: len(state_at(store, ref)) for ref in ("2025-01-01", "2026-03-01", "2026-03-02", "2026-03-03")}
        assert count == {"2025-01-01": 0, "2026-03-01": 0, "2026-03-02": 1, "2026-03-03": 1}
        assert len(state_at(store, "2026-03-04")) == 3  # nothing since: the present state


def test_old_states_are_kept_by_the_month_and_marks_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    with Store(":memory:") as store:
        read(store, {"a": SAYS["a"]})
        mark(store, "spring")
        for _ in range(80):
            clock.at += dt.timedelta(days=1)
            keep_day(store)
        kept = [k.at[:10] for k in states(store) if not k.name]
        assert kept[:2] == ["2026-03-01", "2026-04-01"] and kept[2] == "2026-04-19" and len(kept) == 34
        assert [k.name for k in states(store) if k.name] == ["spring"]


@pytest.mark.parametrize(("name", "said"), [(" ", "needs a name"), ("2026-01-01", "date"), ("12", "number")])
def test_a_name_that_could_be_something_else_is_refused(name: str, said: str) -> None:
    with Store(":memory:") as store, pytest.raises(StateError, match=said):
        mark(store, name)


def test_an_unknown_state_names_those_there_are() -> None:
    with Store(":memory:") as store:
        with pytest.raises(StateError, match="none is kept"):
            state_at(store, "last briefing")
        mark(store, "spring")
        with pytest.raises(StateError, match="there are: spring"):
            state_at(store, "sprung")
