"""Importing: rows join what articles say with their reason, and come and go as the dataset is revised."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from dashboard.exports.stamp import stamp_of
from dashboard.view import view_of
from geodata.filters import Filters
from geodata.frames import Snapshot, load_snapshot
from geodata.importers import Source, read_dataset
from geodata.importing import ImportReport, import_dataset
from geodata.ingest import ingest
from geodata.store import Store
from geodata.store_datasets import dataset_frame, native_row
from tests.claims_factory import FakeChain, claim, document, on

DATA = Path(__file__).parent / "datasets"
#: An article on the church attack, and how a coder would write the same down.
SAYS = {"a": [claim("a", at=("Istanbul",), date=on("2024-01-28"), counts={"killed": 1})]}
BASE = {
    "iso": "792", "country": "Turkey", "admin1": "Istanbul", "location": "Istanbul", "latitude": "41.0138",
    "longitude": "28.9497", "event_date": "2024-01-28", "time_precision": "1", "geo_precision": "1",
    "event_type": "Violence against civilians", "sub_event_type": "Attack", "fatalities": "1", "notes": "Fictional.",
}  # fmt: skip


def acled(tmp_path: Path, *rows: dict[str, str]) -> Path:
    header = (DATA / "acled.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    path = tmp_path / "acled.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, header)
        out.writeheader()
        out.writerows(dict.fromkeys(header, "") | BASE | row for row in rows)
    return path


def row(n: int, **more: str) -> dict[str, str]:
    return {"event_id_cnty": f"TUR{n}", **more}


def put(store: Store, path: Path, **how: int) -> ImportReport:
    with read_dataset(path) as source:
        return import_dataset(store, source, file=path.name, **how)


def numbers(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.new, report.revised, report.unchanged, report.withdrawn, len(report.refused)


def sizes(snap: Snapshot) -> list[tuple[int, int]]:
    return sorted(zip(snap.events["n_claims"], snap.events["n_sources"], strict=True))


@pytest.mark.parametrize("article_first", [True, False])
def test_a_row_and_an_article_are_one_event_of_two_sources_with_the_reason(tmp_path: Path, article_first: bool) -> None:
    path = acled(tmp_path, row(1))
    with Store(":memory:") as store:
        steps = [lambda: ingest(store, [document("a")], FakeChain(SAYS)), lambda: put(store, path)]
        for step in steps if article_first else steps[::-1]:
            step()
        snap = load_snapshot(store)
    assert sizes(snap) == [(2, 2)]
    assert any("same place (Istanbul); same dates (2024-01-28)" in why for why in snap.claims["reason"])
    assert snap.events["publishers"].iloc[0] == "ACLED"


def test_two_rows_of_one_dataset_are_never_one_event(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        put(store, acled(tmp_path, row(1), row(2)))
        assert sizes(load_snapshot(store)) == [(1, 1), (1, 1)]


def test_two_datasets_may_tell_of_one_event(tmp_path: Path) -> None:
    gdelt = (DATA / "gdelt.export.CSV").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "g.CSV").write_text(gdelt, encoding="utf-8")
    town = {"location": "Gaziantep", "latitude": "37.0662", "longitude": "37.3833", "event_date": "2024-03-12"}
    with Store(":memory:") as store:
        put(store, acled(tmp_path, row(1, **town)))
        put(store, tmp_path / "g.CSV")
        assert sizes(load_snapshot(store)) == [(2, 2)]


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path = acled(tmp_path, row(1), row(2, event_date="2024-02-01"))
    with Store(":memory:") as store:
        assert numbers(put(store, path)) == (2, 0, 0, 0, 0)
        before = load_snapshot(store)
        assert numbers(put(store, path)) == (0, 0, 2, 0, 0)
        after = load_snapshot(store)
    assert before.version == after.version and before.events.equals(after.events)


def test_a_revised_row_is_the_same_event_with_other_values(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        put(store, acled(tmp_path, row(1)))
        before = load_snapshot(store).events.iloc[0]
        report = put(store, acled(tmp_path, row(1, fatalities="3", notes="Fictional, and longer than it was.")))
        after = load_snapshot(store)
        assert numbers(report) == (0, 1, 0, 0, 0)
        assert after.events.iloc[0]["event_id"] == before["event_id"]
        assert (before["killed_best"], after.events.iloc[0]["killed_best"]) == (1, 3)
        found = native_row(store, after.documents["doc_id"].iloc[0])
        assert found is not None and json.loads(found["row_json"])["fatalities"] == "3"


def test_what_is_gone_from_the_file_is_withdrawn_and_the_article_stays(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        ingest(store, [document("a")], FakeChain(SAYS))
        put(store, acled(tmp_path, row(1), row(2, event_date="2024-01-01"), row(3, event_date="2024-02-20")))
        assert sizes(load_snapshot(store)) == [(1, 1), (1, 1), (2, 2)]
        report = put(store, acled(tmp_path, row(2, event_date="2024-01-01"), row(3, event_date="2024-02-20")))
        assert numbers(report) == (0, 0, 2, 1, 0)
        assert sizes(load_snapshot(store)) == [(1, 1), (1, 1), (1, 1)]


def test_a_file_of_some_days_and_countries_says_nothing_of_others(tmp_path: Path) -> None:
    syria = {"iso": "760", "country": "Syria", "latitude": "36.2", "longitude": "37.16", "location": "Aleppo"}
    with Store(":memory:") as store:
        put(store, acled(tmp_path, row(1), row(2, event_date="2024-06-01"), row(3, **syria)))
        report = put(store, acled(tmp_path, row(9, event_date="2024-01-20"), row(8, event_date="2024-01-30")))
        assert numbers(report) == (2, 0, 0, 1, 0)  # only TUR1 lies within the file's days and country
        assert len(load_snapshot(store).events) == 4


def test_a_row_that_can_no_longer_be_read_is_refused_but_not_withdrawn(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        put(store, acled(tmp_path, row(1), row(2, event_date="2024-01-01"), row(3, event_date="2024-02-20")))
        spoilt = acled(
            tmp_path, row(1, latitude="410"), row(2, event_date="2024-01-01"), row(3, event_date="2024-02-20")
        )
        assert numbers(put(store, spoilt)) == (0, 0, 2, 0, 1)
        assert len(load_snapshot(store).events) == 3


def test_an_import_that_is_stopped_keeps_whole_batches_and_is_taken_up_again(tmp_path: Path) -> None:
    path = acled(tmp_path, *(row(n, event_date=f"2024-01-{n:02}") for n in range(1, 8)))

    def stopped(done: int) -> None:
        raise KeyboardInterrupt

    with Store(":memory:") as store:
        with read_dataset(path) as source, pytest.raises(KeyboardInterrupt):
            import_dataset(store, source, file="f", batch=3, progress=stopped)
        assert len(load_snapshot(store).events) == 3
        assert numbers(put(store, path, batch=3)) == (4, 0, 3, 0, 0)


def test_whatever_the_batch_the_events_are_the_same(tmp_path: Path) -> None:
    path = acled(tmp_path, *(row(n, event_date=f"2024-01-{n:02}") for n in range(20, 31)))
    seen = []
    for batch in (1, 4, 100):
        with Store(":memory:") as store:
            ingest(store, [document("a")], FakeChain(SAYS))
            put(store, path, batch=batch)
            seen.append(load_snapshot(store).events.to_csv())
    assert seen[0] == seen[1] == seen[2]


def test_datasets_are_listed_with_whose_they_are(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        put(store, acled(tmp_path, row(1), row(2)))
        listed = dataset_frame(store).iloc[0]
        snap = load_snapshot(store)
    assert (listed["dataset"], listed["rows"], listed["file"]) == ("acled", 2, "acled.csv")
    assert "acleddata.com" in snap.datasets["attribution"].iloc[0]
    assert set(snap.claims["rule"]) == {"dataset:acled"}


def test_nothing_of_a_source_that_fails_half_way_is_half_in() -> None:
    def items() -> object:
        with read_dataset(DATA / "acled.csv") as source:
            yield next(iter(source))
        raise OSError("the disk is gone")

    with Store(":memory:") as store:
        source = Source("acled", "ACLED", "", "", items())  # type: ignore[arg-type]
        with pytest.raises(OSError, match="the disk is gone"):
            import_dataset(store, source, file="f")
        assert load_snapshot(store).events.empty


def test_whose_data_it_is_stands_on_exports_that_show_it_and_on_no_others(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        ingest(store, [document("a")], FakeChain(SAYS))
        put(store, acled(tmp_path, row(1, event_date="2024-05-05")))
        snap = load_snapshot(store)
    shown = stamp_of(view_of(snap, Filters(date_from=dt.date(2024, 5, 1))))
    assert shown.lines()[2].startswith("Datasets: ACLED (Armed Conflict Location & Event Data), acleddata.com. Shapes:")
    assert "acleddata" not in stamp_of(view_of(snap, Filters(date_to=dt.date(2024, 3, 1)))).text()
