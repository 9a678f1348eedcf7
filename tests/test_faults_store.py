"""Nothing lost and nothing twice: kill -9, a full disk, a folder that may not be written, two at once, a cut file."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.schema import Document
from geodata.__main__ import main
from geodata.errors import StoreError
from geodata.frames import Snapshot, load_snapshot
from geodata.reviews import Decision, decide
from geodata.store import Store
from tests import fault_tasks
from tests.claims_factory import claim, document, on
from tests.test_geodata_ingest import DOCUMENTS, SAYS

PROCESSES = multiprocessing.get_context("forkserver")
KILLED = -9
MANY = [*DOCUMENTS, *(document(f"m{i}", f"Text number {i}. " + "More words. " * 900) for i in range(30))]
MANY_SAY = SAYS | {f"m{i}": [claim(f"m{i}", at=("Ankara",), date=on(f"2024-0{i % 9 + 1}-11"), counts={"killed": i + 2})]
                   for i in range(30)}  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _preloaded() -> Iterator[None]:
    PROCESSES.set_forkserver_preload(["tests.fault_tasks"])
    yield


def run(task: Callable[..., None], *args: Any, wait: bool = True) -> Any:
    """Run a task in a process of its own; the process, ended unless `wait` is off."""
    process = PROCESSES.Process(target=task, args=args)
    process.start()
    if wait:
        process.join(timeout=120)
    return process


def sound(snap: Snapshot) -> None:
    """Every claim is in one event, every event has the claims it counts, every claim has its document."""
    told = snap.claims["event_id"][~snap.claims["rejected"].astype(bool)].value_counts()
    assert not snap.claims["claim_id"].duplicated().any()
    assert set(snap.claims["doc_id"]) <= set(snap.documents["doc_id"])
    assert told.to_dict() == snap.events.set_index("event_id")["n_claims"].to_dict()
    assert set(snap.stops["event_id"]) <= set(snap.events["event_id"])


def content(url: Path | str) -> list[str]:
    with Store(url, create=False) as store:
        snap = load_snapshot(store)
    sound(snap)
    return [snap.events.to_csv(), snap.stops.to_csv(), snap.claims.to_csv(), snap.documents.to_csv()]


def whole(folder: Path, documents: list[Document] = DOCUMENTS, says: Any = SAYS) -> tuple[list[str], int]:
    """What an ingest gives that nothing befell, and how many statements it took."""
    told = PROCESSES.Queue()
    run(fault_tasks.read, str(folder / "whole.sqlite"), documents, says, 0, told)
    return content(folder / "whole.sqlite"), told.get(timeout=30)


def test_an_ingest_killed_again_and_again_ends_like_one_that_was_not(tmp_path: Path) -> None:
    wanted, statements = whole(tmp_path)
    rng = random.Random(9)
    kills = [1, *(rng.randrange(2, statements) for _ in range(7))]
    ended = 0
    for n, statement in enumerate(kills):
        store = tmp_path / f"s{n % 2}.sqlite"  # on two stores, so that a kill falls on what an earlier one left
        ended += run(fault_tasks.read, str(store), DOCUMENTS, SAYS, statement).exitcode == KILLED
        with Store(store) as left:
            sound(load_snapshot(left))
    assert ended >= 4
    for store in (tmp_path / "s0.sqlite", tmp_path / "s1.sqlite"):
        assert run(fault_tasks.read, str(store), DOCUMENTS, SAYS).exitcode == 0
        assert content(store) == wanted


def decisions(store: Store) -> list[Decision]:
    events, claims = store.frame("events"), store.frame("claims")
    first, second, third = (str(e) for e in events["event_id"][:3])
    claim_id = str(claims["claim_id"][claims["kind"] == "incident"].iloc[0])
    return [
        Decision("R", "accept", "event", first),
        Decision("R", "edit", "claim", claim_id, field="certainty", new="alleged"),
        Decision("R", "reject", "event", second),
        Decision("R", "note", "event", third, note="seen"),
    ]


def test_a_decision_that_was_killed_is_there_with_all_its_effects_or_not_at_all(tmp_path: Path) -> None:
    wanted = tmp_path / "wanted.sqlite"
    run(fault_tasks.read, str(wanted), DOCUMENTS, SAYS)
    with Store(wanted) as store:
        todo = decisions(store)
        states = [[load_snapshot(store).events.drop(columns="reviewed_by").to_csv()]]
        for d in todo:
            decide(store, d)
            states.append([load_snapshot(store).events.drop(columns="reviewed_by").to_csv()])
    rng = random.Random(4)
    for _ in range(5):
        path = tmp_path / f"s{rng.randrange(10**9)}.sqlite"
        run(fault_tasks.read, str(path), DOCUMENTS, SAYS)
        run(fault_tasks.review, str(path), todo, rng.randrange(1, 90))
        with Store(path) as store:
            done = len(store.frame("reviews"))
            assert [load_snapshot(store).events.drop(columns="reviewed_by").to_csv()] == states[done]
            for d in todo[done:]:
                decide(store, d)
            assert [load_snapshot(store).events.drop(columns="reviewed_by").to_csv()] == states[-1]


def test_an_export_that_is_killed_leaves_the_older_file_whole(tmp_path: Path) -> None:
    run(fault_tasks.read, str(tmp_path / "s.sqlite"), DOCUMENTS, SAYS)
    out = tmp_path / "out.csv"
    out.write_text("the older file")
    assert run(fault_tasks.export_half, str(tmp_path / "s.sqlite"), out).exitcode == KILLED
    assert out.read_text() == "the older file"


def test_a_full_disk_is_said_and_costs_nothing_that_was_complete(tmp_path: Path) -> None:
    wanted, _ = whole(tmp_path, MANY, MANY_SAY)
    told, path = PROCESSES.Queue(), tmp_path / "s.sqlite"
    run(fault_tasks.read_with_little_room, str(path), MANY, MANY_SAY, 450_000, told)
    said = told.get(timeout=30)
    assert "no room is left on the disk" in said and "\n" not in said
    with Store(path) as store:
        left = load_snapshot(store)
        sound(left)
        assert 0 < len(left.documents) < len(MANY)
    run(fault_tasks.read, str(path), MANY, MANY_SAY)
    assert content(path) == wanted


def test_a_folder_that_may_not_be_written_can_be_read_and_is_left_as_it_is() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "s.sqlite"
        run(fault_tasks.read, str(path), DOCUMENTS, SAYS)
        path.chmod(0o444)
        folder.chmod(0o555)
        before, told = path.read_bytes(), PROCESSES.Queue()
        run(fault_tasks.as_nobody, str(path), MANY, MANY_SAY, told)
        assert [told.get(timeout=30), told.get(timeout=30)] == [len(DOCUMENTS), "done"]
        said = told.get(timeout=30)
        assert "cannot be opened for writing" in said and "\n" not in said
        assert path.read_bytes() == before and [p.name for p in folder.iterdir()] == ["s.sqlite"]
        folder.chmod(0o755)


def test_two_ingests_of_the_same_articles_at_once_are_like_one(tmp_path: Path) -> None:
    wanted, _ = whole(tmp_path, MANY, MANY_SAY)
    path = str(tmp_path / "s.sqlite")
    both = [run(fault_tasks.read, path, order, MANY_SAY, wait=False) for order in (MANY, MANY[::-1])]
    for process in both:
        process.join(timeout=120)
        assert process.exitcode == 0
    assert content(path) == wanted


def test_whoever_reads_during_an_ingest_sees_whole_documents_only(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    with Store(path) as store:
        process = run(fault_tasks.read, str(path), MANY, MANY_SAY, wait=False)
        seen = [0]
        while process.is_alive():
            snap = load_snapshot(store)
            sound(snap)
            seen.append(len(snap.documents))
        assert process.exitcode == 0 and seen == sorted(seen)
        assert len(load_snapshot(store).documents) == len(MANY)


def test_a_store_cut_short_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "s.sqlite"
    run(fault_tasks.read, str(path), MANY, MANY_SAY)
    assert not Path(f"{path}-wal").exists()
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    (tmp_path / "a.txt").write_text("An article.")
    with pytest.raises(StoreError, match="cut short"):
        Store(path)
    assert main(["ingest", str(tmp_path / "a.txt"), "--store", str(path), "--quiet"]) == 1
    said = capsys.readouterr().err
    assert "cut short" in said and "left as it is" in said and said.count("\n") == 1
    assert path.read_bytes() == data[: len(data) * 2 // 3]
