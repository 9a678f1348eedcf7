"""Ingest: the same article twice changes nothing, any order gives the same events, what fails costs only itself."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.schema import Claim, Document, Refusal
from geodata.frames import load_snapshot
from geodata.ingest import Report, ingest
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on

CHURCH = {"at": ("Istanbul",), "date": on("2024-01-28")}
SAYS: dict[str, list[Claim]] = {
    "a": [
        claim("a", **CHURCH, counts={"killed": 1}),
        claim("a", start=12, end=20, at=("Iran",), date=("2024-01-01", "2024-03-31", "month"), groups=("ISIS-K",)),
    ],
    "b": [
        claim("b", **CHURCH, groups=("ISIS",)),
        claim("b", "arrest", "arrest", at=("Istanbul",), date=on("2024-02"), counts={"arrested": 51}),
    ],
    "c": [claim("c", at=("Kerman",), date=on("2024-01-03"), counts={"killed": 94}, groups=("ISIS",))],
    "d": [
        claim("d", at=("Iran",), date=on("2024-01"), counts={"killed": 84}),
        claim("d", "arrest", "raid", at=("Turkey",), date=on("2024-02"), counts={"arrested": 51}),
    ],
    "e": [claim("e", "route", "labour_migration", way=(("origin", "Tajikistan"), ("destination", "Russia")))],
    "f": [],
}
DOCUMENTS = [document(n) for n in SAYS]


def run(store: Store, items: list[Document | Refusal], says: dict[str, list[Claim]] | None = None) -> Report:
    return ingest(store, items, FakeChain(SAYS if says is None else says))


def state(store: Store) -> Any:
    snap = load_snapshot(store)
    return (snap.events.to_csv(), snap.stops.to_csv(), snap.claims.to_csv())


def test_articles_become_documents_claims_and_merged_events() -> None:
    with Store(":memory:") as store:
        report = run(store, [*DOCUMENTS])
        assert (report.new, report.read, dict(report.claims)) == (6, 6, {"incident": 5, "arrest": 2, "route": 1})
        snap = load_snapshot(store)
        assert len(snap.documents) == 6 and len(snap.claims) == 8
        assert sorted(snap.events["n_claims"]) == [1, 2, 2, 3]
        assert len(store.mentions_of(DOCUMENTS[0].id)) == 1


def test_the_same_articles_again_change_nothing_at_all() -> None:
    with Store(":memory:") as store:
        run(store, [*DOCUMENTS])
        version, before = store.data_version, state(store)
        report = run(store, [replace(d, path="elsewhere.txt") for d in DOCUMENTS])
        assert (report.unchanged, report.new, report.changed) == (6, 0, 0)
        assert store.data_version == version and state(store) == before


def test_an_article_read_better_replaces_what_was_read_before() -> None:
    with Store(":memory:") as store:
        run(store, [*DOCUMENTS])
        better = SAYS | {"a": SAYS["a"][:1]}
        assert run(store, [*DOCUMENTS], better).changed == 1
        with Store(":memory:") as fresh:
            run(fresh, [*DOCUMENTS], better)
            assert state(store) == state(fresh)


def test_a_file_that_was_edited_replaces_its_older_text(tmp_path: Path) -> None:
    path = str(tmp_path / "a.txt")
    with Store(":memory:") as store:
        run(store, [document("a", "First text of this article.", path=path)])
        assert run(store, [document("a", "Corrected text of this article.", path=path)]).changed == 1
        snap = load_snapshot(store)
        assert (
            len(snap.documents) == 1
            and len(snap.claims) == 2
            and set(snap.claims["doc_id"]) == set(snap.documents["doc_id"])
        )


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_reading_gives_the_same_events_with_the_same_ids(rng: random.Random) -> None:
    mixed = DOCUMENTS[:]
    rng.shuffle(mixed)
    with Store(":memory:") as one, Store(":memory:") as two:
        run(one, [*DOCUMENTS])
        run(two, [*mixed])
        assert state(one) == state(two)


def test_one_broken_article_and_one_refused_cost_only_themselves() -> None:
    with Store(":memory:") as store:
        report = run(store, [document("broken"), Refusal("x.pdf", "unknown extension"), document("c")])
        assert report.read == 1 and [r.path for r in report.refused] == ["broken", "x.pdf"]
        lines = report.lines()
        assert lines[0] == "read 1 document (1 new); found 1 incident; refused 2"
        assert lines[1].startswith("refused broken: could not be analysed") and all("\n" not in line for line in lines)
        assert len(load_snapshot(store).documents) == 1


def test_the_report_ends_with_what_has_no_day_and_tells_notes() -> None:
    dated = Document("The council met.", "dated", published=dt.date(2024, 5, 9), notes=("two days are printed",))
    with Store(":memory:") as store:
        for state in ("new", "unchanged"):
            report = run(
                store, [dated, document("c"), document("f"), Refusal("x.pdf", "empty file")], {"dated": []} | SAYS
            )
            assert (report.undated, [o.state for o in report.outcomes if not o.dated]) == (2, [state, state])
            assert report.lines()[-2:] == [
                "note on dated: two days are printed",
                "2 without a day of publication: relative dates in them stay open; give a documents.csv or use"
                " `python -m geodata document ID --published DAY`",
            ]


def test_nothing_read_is_said() -> None:
    assert Report().lines() == ["read 0 documents (none); found no claims"]


def test_what_is_killed_between_documents_keeps_the_finished_ones(tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def items() -> Any:
        yield DOCUMENTS[0]
        raise Killed

    path = tmp_path / "s.sqlite"
    with pytest.raises(Killed), Store(path) as store:
        run(store, items())
    with Store(path) as store:
        assert len(load_snapshot(store).documents) == 1
        report = run(store, [*DOCUMENTS])
        assert (report.unchanged, report.new) == (1, 5)
        with Store(":memory:") as fresh:
            run(fresh, [*DOCUMENTS])
            assert state(store) == state(fresh)


def test_a_part_knows_the_event_of_its_whole() -> None:
    whole = claim("p", "arrest", "arrest", at=("Tajikistan",), date=on("2024-03"), counts={"arrested": 226})
    part = claim(
        "p", "arrest", "arrest", start=11, end=20, at=("Vanj",), date=on("2024-03"), counts={"arrested": 27}, part_of=0
    )
    with Store(":memory:") as store:
        run(store, [document("p")], {"p": [whole, part]})
        events = load_snapshot(store).events.set_index("place")
        assert events.at["Vanj", "part_of"] == events.at["Tajikistan", "event_id"]
        assert events["part_of"].isna()["Tajikistan"]
