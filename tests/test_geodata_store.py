"""The store: opens or says in one line why not; writes all of a document or nothing; loses and invents nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata import tables
from geodata.errors import StoreError
from geodata.frames import load_snapshot
from geodata.store import DEFAULT_PATH, Store, default_url


def row(doc_id: str = "d1", **rest: Any) -> dict[str, Any]:
    base = dict.fromkeys(("title", "publisher", "published", "published_from", "url", "path"))
    return base | {"doc_id": doc_id, "name": "a", "text": "Text.", "fingerprint": "f", "ingested": "2024-01-01"} | rest


def put(store: Store, **rest: Any) -> None:
    with store.transaction():
        store.put_document(row(**rest), {})
        store.changed()


def test_a_new_store_is_empty_and_keeps_what_is_put_in(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as store:
        assert store.data_version == 0 and store.frame("events").empty
        put(store)
    with Store(path, create=False) as store:
        assert store.document_text("d1") == "Text." and store.data_version == 1
        assert store.document_text("none") is None and store.document("none") is None


def test_reading_and_writing_go_on_side_by_side(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as one, Store(tmp_path / "s.sqlite") as two:
        with one.reading():
            before = one.data_version
            put(two)
            assert one.data_version == before  # one consistent state, whatever others write
        assert one.data_version == before + 1
        with sqlite3.connect(tmp_path / "s.sqlite") as raw:
            assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        raw.close()


def test_what_breaks_off_leaves_nothing_behind() -> None:
    with Store(":memory:") as store:
        with pytest.raises(ZeroDivisionError), store.transaction():
            store.put_document(row(), {})
            raise ZeroDivisionError
        assert store.document("d1") is None and store.data_version == 0


def test_a_document_goes_with_all_that_was_found_in_it() -> None:
    claim = {c.name: None for c in tables.claims.columns} | {
        "claim_id": "c1",
        "doc_id": "d1",
        "seq": 0,
        "start": 0,
        "end": 4,
        "quote": "Text",
        "kind": "incident",
        "subkind": "attack",
        "certainty": "reported",
        "confidence": 0.5,
        "date_precision": "unknown",
        "nationalities": "",
        "groups": "",
        "countries": "",
        "rule": "r",
        "payload": "{}",
    }
    with Store(":memory:") as store:
        with store.transaction():
            store.put_document(row(), {"claims": [claim], "claim_blocks": [{"claim_id": "c1", "block": "b"}]})
        assert store.claims_in_blocks(["b"]) == {"c1"} and store.claim_ids_of("d1") == ["c1"]
        with store.transaction():
            store.drop_document("d1")
        assert store.claims_in_blocks(["b"]) == set() and store.frame("claims").empty


def test_writing_outside_a_transaction_is_a_mistake_and_said() -> None:
    with Store(":memory:") as store, pytest.raises(RuntimeError, match="transaction"):
        store.put_document(row(), {})


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=("Cs",)), min_size=1),
    title=st.none() | st.text(st.characters(exclude_categories=("Cs",))),
)
def test_any_text_comes_back_as_it_went_in(text: str, title: str | None) -> None:
    with Store(":memory:") as store:
        put(store, text=text, title=title)
        got = store.document("d1")
        assert got is not None and got["text"] == text and got["title"] == title


def refused(url: Path | str, **kwargs: Any) -> str:
    with pytest.raises(StoreError) as err:
        Store(url, **kwargs)
    assert "\n" not in str(err.value)
    return str(err.value)


def test_a_missing_store_or_folder_is_said_in_one_line_and_nothing_is_made(tmp_path: Path) -> None:
    assert "ingest" in refused(tmp_path / "none.sqlite", create=False)
    assert "no folder" in refused(tmp_path / "no" / "s.sqlite")
    assert "is a folder" in refused(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 100, b"\0" * 5000, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_damaged_store_is_said_in_one_line_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.sqlite"
    path.write_bytes(content)
    assert "left as it is" in refused(path) or "damaged" in refused(path)
    assert path.read_bytes() == content


def test_a_store_cut_short_is_said_to_be_damaged_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as store:
        for i in range(60):
            put(store, doc_id=f"d{i}", text="x" * 3000)
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[: size // 2 // 4096 * 4096])
    with pytest.raises(StoreError, match="damaged"), Store(path) as store:
        store.frame("documents")
        store.document_text("d59")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (name TEXT)")
    raw.close()
    assert "not a store of Dateline" in refused(path)


def test_a_store_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as store, store.transaction() as conn:
        conn.execute(tables.meta.update().where(tables.meta.c.key == "schema_version").values(value="99"))
    assert "newer version" in refused(path) and "99" in refused(path)


@pytest.mark.parametrize("url", ["foo://x", "postgresql+nodriver://user:secret@host/db"])
def test_an_address_that_cannot_be_used_is_said_without_its_password(url: str) -> None:
    assert "secret" not in refused(url)


def test_the_usual_place_is_data_dateline_unless_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATELINE_STORE", raising=False)
    assert default_url() == DEFAULT_PATH
    monkeypatch.chdir(tmp_path)
    with Store():
        assert (tmp_path / DEFAULT_PATH).is_file()
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "own.sqlite"))
    with Store() as store:
        assert store.url == str(tmp_path / "own.sqlite")


#: A store of the first form, as the program of that time wrote it: two reports of an attack and one of a route.
FORM_1 = Path(__file__).with_name("older") / "form1.sql"


def make_older(path: Path) -> None:
    """A store of the first form."""
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.executescript(FORM_1.read_text(encoding="utf-8"))
    raw.close()


def form(path: Path) -> dict[str, Any]:
    """Tables with their columns and whether they may be null, and all indices."""
    with sqlite3.connect(path) as raw:
        names = [r[0] for r in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {n: sorted((c[1], c[3], c[5]) for c in raw.execute(f"PRAGMA table_info({n})")) for n in names}
        found["indices"] = sorted(r[0] for r in raw.execute("SELECT name FROM sqlite_master WHERE type = 'index'"))
        found["form"] = raw.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall()
        found["step"] = raw.execute("SELECT * FROM alembic_version").fetchall()
    raw.close()
    return found


def test_an_older_store_is_read_as_it_is_and_brought_up_to_date_when_written_to(tmp_path: Path) -> None:
    path, fresh = tmp_path / "s.sqlite", tmp_path / "new.sqlite"
    make_older(path)
    before = path.read_bytes()
    with Store(path, create=False) as store:
        snap = load_snapshot(store)
        assert sorted(snap.events["place"]) == ["Istanbul", "Russia"] and store.frame("reviews").empty
        assert set(snap.events["review"]) == {""} and not snap.claims["rejected"].any() and store.copied is None
    assert path.read_bytes() == before and [p.name for p in tmp_path.glob("*backup*")] == []
    with Store(path, create=False) as store:
        put(store, doc_id="d2")
        assert store.copied == tmp_path / "s.sqlite.v1-backup" and len(store.frame("documents")) == 4
        claims = load_snapshot(store).claims.set_index("place")
        assert (claims.at["Russia", "lat"], claims.at["Russia", "countries"]) == (61.5, "RUS|TJK")
    Store(fresh).close()
    assert form(path) == form(fresh)
    with sqlite3.connect(tmp_path / "s.sqlite.v1-backup") as raw:
        assert raw.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() == ("1",)
        assert raw.execute("SELECT count(*) FROM documents").fetchone() == (3,)
    raw.close()


def test_a_store_that_cannot_be_brought_up_to_date_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.sqlite"
    make_older(path)

    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("geodata.store_open.migrate", broken)
    with pytest.raises(ZeroDivisionError):
        Store(path)
    monkeypatch.undo()
    with Store(path) as store:
        assert len(store.frame("claims")) == 3 and store.copied == tmp_path / "s.sqlite.v1-backup-2"
