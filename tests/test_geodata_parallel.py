"""Parallel ingest on a real cluster of processes: the same store as one process makes, whatever happens to a worker."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import articles
from extract.schema import Refusal
from geodata import parallel
from geodata.__main__ import main
from geodata.chain import Chain
from geodata.errors import ClusterError
from geodata.frames import load_snapshot
from geodata.ingest import ingest, write
from geodata.parallel import Cluster, open_cluster
from geodata.store import Store
from tests import parallel_tasks
from tests.claims_factory import document

pytestmark = pytest.mark.filterwarnings("ignore")  # of Dask's own sockets, closed while the process goes on


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with open_cluster(workers=2) as opened:
        opened.client.wait_for_workers(2, timeout=60)
        yield opened


def state(store: Store) -> Any:
    snap = load_snapshot(store)
    return snap.events.to_csv(), snap.stops.to_csv(), snap.claims.to_csv()


def test_two_processes_make_the_store_that_one_makes_and_open_the_index_once(cluster: Cluster) -> None:
    few = Cluster(cluster.client, size=5)
    items = [*articles(23, chars=900), Refusal("x.bin", "unknown")]
    with Store(":memory:") as one, Store(":memory:") as two:
        told, report = ingest(one, items, Chain()), write(two, few.read(items))
        assert (report.new, report.claims, report.refused) == (23, told.claims, told.refused)
        assert len(load_snapshot(one).claims) > 40 and state(one) == state(two)
        assert write(two, few.read(items)).unchanged == 23 and state(one) == state(two)
    opened = cluster.client.run(lambda: parallel._chain.cache_info().misses)
    assert len(opened) == 2 and set(opened.values()) == {1}


def test_a_lost_worker_costs_its_batch_which_is_read_again(cluster: Cluster, tmp_path: Path) -> None:
    items = [document(f"d{i}") for i in range(40)]
    items[17] = dataclasses.replace(items[17], url=str(tmp_path / "ended"))
    with Store(":memory:") as store:
        report = write(store, Cluster(cluster.client, size=4, task=parallel_tasks.read).read(items))
        assert (tmp_path / "ended").exists() and report.new == 40 and not report.refused
        assert sorted(load_snapshot(store).documents["name"]) == sorted(parallel_tasks.SAYS)


def test_a_document_that_ends_every_worker_is_refused_and_costs_only_itself(cluster: Cluster) -> None:
    items = [document(f"d{i}") for i in range(12)]
    items[5] = dataclasses.replace(items[5], title="always")
    with Store(":memory:") as store:
        report = write(store, Cluster(cluster.client, size=4, task=parallel_tasks.read).read(items))
        assert report.new == 11 and [r.path for r in report.refused] == ["d5"]
        assert "every process that read it was ended" in report.refused[0].reason


def test_a_worker_of_another_version_is_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "reader_version", lambda: "another")
    with pytest.raises(ClusterError, match="another version"):
        list(cluster.read([document("d1")]))


def test_a_scheduler_that_does_not_answer_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parallel, "PATIENCE", 1)
    (tmp_path / "a.txt").write_text("A text.")
    url = "tcp://127.0.0.1:9"
    assert main(["ingest", str(tmp_path), "--store", str(tmp_path / "s.sqlite"), "--scheduler", url]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"no Dask scheduler answers at {url}") and said.count("\n") == 1


def test_the_command_reads_with_a_scheduler_and_streams_large_collections(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for d in articles(5, chars=600):
        (folder / f"{d.name}.txt").write_text(d.text)
    url = cluster.client.scheduler.address
    args = ["ingest", str(folder), "--store", str(tmp_path / "s.sqlite"), "--scheduler", url, "--quiet"]
    assert main(args) == 0 and "read 5 documents (5 new)" in capsys.readouterr().err
    assert main(args) == 0 and "5 unchanged" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["0", "-1", "many", "1000"])
def test_a_number_of_workers_that_makes_no_sense_is_refused(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["ingest", "x", "--workers", given])
    assert left.value.code == 2 and "1 to 256" in capsys.readouterr().err
