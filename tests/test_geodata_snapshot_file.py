"""A large store opens from the copy of its frames: the same values, never those of another state or a spoilt file."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geodata import frames, snapshot_file
from geodata.forget import forget_document
from geodata.frames import Snapshot, load_snapshot
from geodata.ingest import ingest
from geodata.reviews import Decision, decide
from geodata.schema import FRAMES
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on

SAYS = {
    "a": [
        claim("a", at=("Istanbul",), date=on("2024-01-28"), counts={"killed": 1}, nationalities=("TJK", "RUS")),
        claim("a", start=11, end=20),
    ],
    "b": [
        claim("b", at=("Istanbul",), date=on("2024-01-28"), counts={"killed": (2, 2, None)}, groups=("ИГИЛ",)),
        claim("b", "route", "smuggling", start=11, end=20, way=(("origin", "Tajikistan"), ("destination", "USA"))),
    ],
}


def documents() -> list[object]:
    return [
        document("a", publisher="Московские новости", published=dt.date(2024, 1, 30)),
        document("b", publisher="BBC", title="أخبار “today” \n second line"),
    ]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(snapshot_file, "LEAST_EVENTS", 1)
    with Store(tmp_path / "s.sqlite") as store:
        ingest(store, documents(), FakeChain(SAYS))  # type: ignore[arg-type]
        undated = load_snapshot(store).claims.query("place.isna() and kind == 'incident'").iloc[0]
        decide(store, Decision("Ada", "reject", "claim", undated["claim_id"]))
        killed = load_snapshot(store).claims.query("killed_best == 1").iloc[0]
        three = {"low": 3, "best": 3, "high": 3}
        decide(store, Decision("Ada", "edit", "claim", killed["claim_id"], field="counts.killed", new=three))
    copy(tmp_path).unlink()
    return tmp_path / "s.sqlite"


def copy(folder: Path) -> Path:
    return folder / "s.sqlite-snapshot"


def load(path: Path) -> Snapshot:
    with Store(path, create=False) as store:
        return load_snapshot(store)


def same(one: Snapshot, two: Snapshot) -> None:
    assert one.version == two.version
    for name in FRAMES:
        assert_frame_equal(getattr(one, name), getattr(two, name), check_exact=True)


def from_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """Fails where the tables are read."""

    def never(_: Store) -> dict[str, pd.DataFrame]:
        raise AssertionError("the tables were read")

    with monkeypatch.context() as here:
        here.setattr(frames, "_read", never)
        return load(path)


def test_the_copy_gives_the_frames_that_the_tables_give(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(path)
    again = from_copy(path, monkeypatch)
    same(first, again)
    assert first.claims["rejected"].sum() == 1 and first.claims["said"].ne("").sum() == 1
    assert "Московские новости" in set(again.documents["publisher"]) and again.events["groups"].eq("ИГИЛ").any()
    assert again.claims["date_start"].isna().any() and again.claims["killed_high"].isna().any()
    again.events.loc[0, "lat"] = 1.0  # an own frame, as any other


def test_a_change_or_another_program_makes_a_new_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(path)
    with Store(path) as store:
        ingest(store, [document("c")], FakeChain({"c": [claim("c", at=("Kerman",), date=on("2024-03-01"))]}))
    assert "Kerman" in set(load(path).events["place"]) and "Kerman" in set(from_copy(path, monkeypatch).events["place"])
    monkeypatch.setattr(snapshot_file, "_program", lambda: "another")
    with pytest.raises(AssertionError, match="tables were read"):
        from_copy(path, monkeypatch)


def test_two_copies_of_a_store_that_went_apart_are_not_confused(path: Path, tmp_path: Path) -> None:
    shutil.copyfile(path, tmp_path / "old.sqlite")
    for name, place in ((path, "Kerman"), (tmp_path / "old.sqlite", "Moscow")):
        with Store(name) as store:
            ingest(store, [document("c")], FakeChain({"c": [claim("c", at=(place,), date=on("2024-03-01"))]}))
    assert "Kerman" in set(load(path).events["place"])
    shutil.copyfile(tmp_path / "old.sqlite", path)  # of the same version number
    assert "Moscow" in set(load(path).events["place"]) and "Kerman" not in set(load(path).events["place"])


@pytest.mark.parametrize("how", ["empty", "cut", "foreign", "spoilt", "spoilt end", "folder"])
def test_whatever_is_wrong_with_the_copy_it_is_made_anew(
    how: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, kept = load(path), copy(tmp_path)
    good = kept.read_bytes()
    kept.unlink()
    if how == "folder":
        kept.mkdir()
        return same(first, load(path))
    middle = good.index("Московские".encode())
    bad = {
        "empty": b"",
        "cut": good[: len(good) // 2],
        "foreign": b"PAR1" * 100,
        "spoilt": good[:middle] + b"\xff" + good[middle + 1 :],
        "spoilt end": good[:-40] + b"\xff" + good[-39:],
    }
    kept.write_bytes(bad[how])
    same(first, load(path))
    same(first, from_copy(path, monkeypatch))
    return None


def test_a_small_store_has_no_copy_and_loses_an_old_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(path)
    monkeypatch.setattr(snapshot_file, "LEAST_EVENTS", 1000)
    with Store(path) as store:
        ingest(store, [document("c")], FakeChain({"c": [claim("c")]}))
    load(path)
    assert not copy(tmp_path).exists()


def test_forgetting_a_document_leaves_no_copy(path: Path, tmp_path: Path) -> None:
    load(path)
    left = tmp_path / ".s.sqlite-snapshot.killed.part"
    left.write_bytes(b"words")
    with Store(path) as store:
        forget_document(store, "b")
    assert not copy(tmp_path).exists() and not left.exists()


def test_what_is_forgotten_while_it_is_copied_does_not_come_back(path: Path, tmp_path: Path) -> None:
    with Store(path) as store:
        snapshot_file.keep(store, {n: getattr(load(path), n) for n in snapshot_file.KEPT}, "the state before")
    assert not copy(tmp_path).exists()


def test_a_transaction_reads_its_own_rows_and_keeps_nothing(path: Path, tmp_path: Path) -> None:
    with Store(path) as store, store.transaction():
        store.drop_document(str(store.frame("documents").set_index("name").at["b", "doc_id"]))
        assert set(load_snapshot(store).documents["name"]) == {"a"}
    assert not copy(tmp_path).exists()


def test_nobody_may_read_the_copy_who_may_not_read_the_store(path: Path, tmp_path: Path) -> None:
    path.chmod(0o600)
    load(path)
    assert copy(tmp_path).stat().st_mode & 0o777 == 0o600 and not list(tmp_path.glob(".*"))


def test_where_nothing_may_be_written_there_is_no_copy(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr("tempfile.mkstemp", refused)
    assert len(load(path).documents) == 2 and not copy(tmp_path).exists() and list(tmp_path.iterdir()) == [path]
