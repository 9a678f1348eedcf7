"""Backup and restore: whole or not at all, while others use the store, from one database into the other."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from geodata.__main__ import main
from geodata.errors import StoreError
from geodata.frames import load_snapshot
from geodata.ingest import ingest
from geodata.reviews import Decision, decide
from geodata.store import Store
from geodata.store_copy import back_up, restore
from tests import postgres
from tests.claims_factory import FakeChain, document
from tests.test_geodata_ingest import DOCUMENTS, SAYS


def fill(store: Store) -> None:
    ingest(store, [*DOCUMENTS], FakeChain(SAYS))
    event = store.frame("events")["event_id"][0]
    decide(store, Decision("R. Reviewer", "accept", "event", event))


def content(store: Store) -> dict[str, Any]:
    snap = load_snapshot(store)
    frames = {n: getattr(snap, n).to_csv() for n in ("events", "stops", "claims", "documents")}
    return frames | {"log": store.frame("reviews").to_csv(), "text": store.document_text(DOCUMENTS[0].id)}


def test_a_backup_is_a_store_with_everything_and_one_file(tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with Store(tmp_path / "s.sqlite") as store:
        fill(store)
        assert back_up(store, copy) == 6
        with Store(copy, create=False) as again:
            assert content(again) == content(store)
        with pytest.raises(StoreError, match="exists already"):
            back_up(store, copy)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.sqlite", "s.sqlite"]


def test_restoring_puts_back_what_was_and_readers_notice(tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with Store(tmp_path / "s.sqlite") as store, Store(tmp_path / "s.sqlite") as reader:
        fill(store)
        back_up(store, copy)
        before = content(store)
        ingest(store, [document("later", "A later text.")], FakeChain({}))
        version = reader.data_version
        with pytest.raises(StoreError, match="holds 7 documents: with --replace"):
            restore(copy, store)
        with reader.reading():
            assert len(reader.frame("documents")) == 7
            n, kept = restore(copy, store, replace=True)
            assert len(reader.frame("documents")) == 7  # one state from first to last
        assert n == 6 and content(reader) == before and reader.data_version > version
        assert kept is not None
        with Store(kept, create=False) as old:
            assert len(old.frame("documents")) == 7
        later = Decision("R. Reviewer", "accept", "event", str(store.frame("events")["event_id"][1]))
        assert decide(store, later).seq == 2


def test_a_backup_while_others_write_holds_one_state(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as store:
        fill(store)
        many = [document(f"n{i}", f"Text number {i}.") for i in range(30)]

        def write() -> None:
            with Store(tmp_path / "s.sqlite") as other:
                ingest(other, many, FakeChain({}))

        writer = threading.Thread(target=write)
        writer.start()
        counts = [back_up(store, tmp_path / f"copy{i}.sqlite") for i in range(5)]
        writer.join()
        assert counts == sorted(counts) and counts[0] >= 6
        for i, n in enumerate(counts):
            with Store(tmp_path / f"copy{i}.sqlite", create=False) as copy:
                assert len(copy.frame("documents")) == n and copy.data_version >= n


def test_a_store_goes_from_sqlite_to_postgresql_and_back(tmp_path: Path) -> None:
    url = postgres.server().url()
    with Store(tmp_path / "s.sqlite") as one, Store(url) as two:
        fill(one)
        back_up(one, tmp_path / "a.sqlite")
        restore(tmp_path / "a.sqlite", two)
        assert content(two) == content(one)
        event = str(two.frame("events")["event_id"][1])
        assert decide(two, Decision("R. Reviewer", "accept", "event", event)).seq == 2
        assert back_up(two, tmp_path / "b.sqlite") == 6
        with Store(tmp_path / "b.sqlite", create=False) as three:
            assert content(three) == content(two)


def test_what_is_no_backup_is_said_in_one_line_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.sqlite").write_bytes(b"no store " * 600)
    with Store(tmp_path / "s.sqlite") as store:
        fill(store)
        before = content(store)
    for name in ("bad.sqlite", "none.sqlite"):
        args = ["restore", str(tmp_path / name), "--store", str(tmp_path / "s.sqlite"), "--replace"]
        assert main(args) == 1 and capsys.readouterr().err.count("\n") == 1
    with Store(tmp_path / "s.sqlite") as store:
        assert content(store) == before


def test_the_commands_say_what_they_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url, copy = str(tmp_path / "s.sqlite"), str(tmp_path / "copy.sqlite")
    with Store(url) as store:
        fill(store)
    assert main(["backup", copy, "--store", url]) == 0 and "6 documents" in capsys.readouterr().err
    assert main(["restore", copy, "--store", str(tmp_path / "new.sqlite")]) == 0
    assert main(["restore", copy, "--store", url]) == 1 and "--replace" in capsys.readouterr().err
    assert main(["backup", copy, "--store", str(tmp_path / "none.sqlite")]) == 1
