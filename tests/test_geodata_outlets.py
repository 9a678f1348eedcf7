"""The same text in several outlets: one document, one source, every outlet kept, and nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.detail import event_detail, said_html
from dashboard.documents import document_head, document_table
from extract.schema import Document
from geodata.forget import forget_document
from geodata.frames import load_snapshot
from geodata.ingest import add_prepared, ingest, read_one
from geodata.known import note_correction
from geodata.outlets import all_outlets, outlets_of
from geodata.store import Store
from geodata.store_notes import notes
from tests.claims_factory import FakeChain, claim, day, document, on

TEXT = "The very same words of an agency, printed by several papers."
SAYS = {n: [claim(n, at=("Istanbul",), date=on("2024-01-28"))] for n in "abc"}


def printed(name: str, publisher: str | None, tmp: str = "/papers", **rest: Any) -> Document:
    return document(name, TEXT, publisher=publisher, path=f"{tmp}/{name}.txt", **rest)


A = printed("a", "Harbour Post", published=day("2024-01-29"))
B = printed("b", "Hill <i>Times</i>", published=day("2024-01-30"), url="https://hill.example/1")


def run(store: Store, *items: Document) -> Any:
    return ingest(store, items, FakeChain(SAYS))


def test_a_second_outlet_is_kept_and_is_no_second_source() -> None:
    with Store(":memory:") as store:
        report = run(store, A, B)
        assert (report.new, report.unchanged) == (1, 1)
        assert report.outcomes[1].reason == "the same text as Harbour Post: kept as a further outlet"
        (outlet,) = outlets_of(store, A.id)
        assert outlet | {"seen": ""} == {
            "publisher": "Hill <i>Times</i>",
            "url": "https://hill.example/1",
            "published": "2024-01-30",
            "path": "/papers/b.txt",
            "name": "b",
            "seen": "",
        }
        snap = load_snapshot(store)
        assert snap.documents["publisher"].tolist() == ["Harbour Post"]
        assert snap.events["n_sources"].tolist() == [1]
        assert snap.events["publishers"].tolist() == ["Harbour Post|Hill <i>Times</i>"]


def test_the_same_outlets_again_change_nothing() -> None:
    with Store(":memory:") as store:
        run(store, A, B)
        version, before = store.data_version, all_outlets(store)
        report = run(store, B, A, B)
        assert (report.unchanged, report.new, report.changed) == (3, 0, 0)
        assert store.data_version == version and all_outlets(store) == before


def test_both_in_one_batch_are_one_document_too() -> None:
    with Store(":memory:") as store:
        chain = FakeChain(SAYS)
        ready: list[Any] = [read_one(chain, A), read_one(chain, B)]
        assert add_prepared(store, ready) == ["new", "unchanged"]
        assert [o["publisher"] for o in outlets_of(store, A.id)] == ["Hill <i>Times</i>"]


def test_what_is_no_other_outlet_is_not_kept_as_one() -> None:
    with Store(":memory:") as store:
        run(store, A)
        run(store, printed("c", "HARBOUR POST"), printed("c", None))  # copied; nothing else is said
        assert not all_outlets(store)
        assert run(store, printed("a", "Harbour Daily", published=A.published)).changed == 1  # its own file, corrected
        assert not all_outlets(store) and load_snapshot(store).documents["publisher"].tolist() == ["Harbour Daily"]


def test_a_corrected_publisher_is_no_other_outlet() -> None:
    with Store(":memory:") as store:
        pasted = document("a", TEXT, publisher="Harbour Post")
        run(store, pasted)
        note_correction(store, pasted, {"publisher": "Harbour Daily"}, "N. Name")
        run(store, pasted)
        run(store, pasted)
        assert not all_outlets(store) and load_snapshot(store).documents["publisher"].tolist() == ["Harbour Daily"]


def test_an_edited_file_leaves_the_text_to_the_other_outlets() -> None:
    with Store(":memory:") as store:
        run(store, A, B)
        other = document("a", "Other words in the first file.", publisher="Harbour Post", path=A.path)
        run(store, other)
        rows = load_snapshot(store).documents.set_index("doc_id")
        assert rows.at[A.id, "publisher"] == "Hill <i>Times</i>" and len(rows) == 2
        assert not all_outlets(store)
        run(store, printed("a", "Harbour Post"))  # back again
        assert [o["publisher"] for o in outlets_of(store, A.id)] == ["Harbour Post"]
        run(store, other)
        assert not all_outlets(store)


def test_what_is_forgotten_leaves_no_outlets() -> None:
    with Store(":memory:") as store:
        run(store, A, B)
        forget_document(store, A.id)
        assert notes(store, "outlet") == {}


def test_every_outlet_is_shown_and_escaped(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        run(store, A, B)
        snap = load_snapshot(store)
    table = document_table(snap.documents, snap.claims, pd.Series(dtype="str"))
    assert table["Publisher"].tolist() == ["Harbour Post, Hill <i>Times</i>"]
    head = document_head(snap.documents.iloc[0], snap.claims)
    assert "Also in Hill &lt;i&gt;Times&lt;/i&gt;, 30 Jan 2024 · <a href='https://hill.example/1'" in head
    event = snap.events.iloc[0].to_dict()
    (said,) = event_detail(event, snap.claims, snap.documents, snap.stops, titles={}).said
    assert "also in Hill &lt;i&gt;Times&lt;/i&gt;, 30 Jan 2024" in said_html(said) and "<i>Times" not in said_html(said)
