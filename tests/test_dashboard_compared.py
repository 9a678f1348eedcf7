"""The compare screen: words, tables and bars of a comparison, and the screen with and without a dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import compared
from geodata.compare import Comparison, compare
from geodata.errors import DatasetError
from geodata.importers import read_dataset
from geodata.importing import import_dataset
from geodata.ingest import ingest
from geodata.store import Store
from tests.claims_factory import FakeChain, claim, document, on
from tests.test_geodata_compare import event, frame

ROOT = Path(__file__).resolve().parent.parent
ACLED = ROOT / "tests/datasets/acled.csv"


def result() -> Comparison:
    ours = [event("o1", killed_low=2, killed_best=2, killed_high=2), event("o2", None), event("o3", town="Izmir")]
    theirs = [event("t1", "2024-03-13"), event("t2", "2024-05-01", town="Aleppo")]
    for row in (*ours, *theirs):
        row["country"] = {"TUR": "Turkey", "SYR": "Syria"}[row["iso3"]]
    return compare(frame(*ours), frame(*theirs))


def test_two_sentences_say_how_much_each_side_has() -> None:
    assert compared.said(result(), "ACLED") == (
        "ACLED has 1 of 3 (33 %) of your events. You have 1 of 2 (50 %) of the events in ACLED."
    )
    empty = compare(frame(), frame(event("t")))
    assert compared.said(empty, "ACLED").startswith("Your articles tell of no event within these filters")


def test_pairs_and_rests_are_told_in_words() -> None:
    pair = compared.pair_table(result()).iloc[0]
    assert (pair["When"], pair["Their date"], pair["Days apart"], pair["km apart"]) == (
        "12 Mar 2024", "13 Mar 2024", 1, "0",
    )  # fmt: skip
    assert (pair["Killed"], pair["Killed, theirs"]) == ("2", "")  # not stated is empty, never 0
    rest = compared.rest_table(result().only_ours)
    assert list(rest["When"]) == ["12 Mar 2024", "date not stated"]
    assert rest["Why it stands alone"].iloc[1] == "without a date: cannot be compared"


def test_bars_add_up_to_the_three_groups_and_the_undated_are_counted() -> None:
    rows = compared.chart_rows(result(), "country", "ACLED")
    assert rows.groupby("part")["n"].sum().to_dict() == {
        "in both": 1, "only in your articles": 2, "only in ACLED": 1,
    }  # fmt: skip
    months = compared.chart_rows(result(), "month", "ACLED")
    assert list(months["group"].unique()) == ["2024-03", "2024-05"] and months["n"].sum() == 3
    assert compared.undated_words(result()) == "1 event without a first day not drawn"
    assert compared.chart(compare(frame(), frame()), "month", "ACLED", dark=False) is None


def test_a_dropped_file_is_read_and_a_wrong_one_is_one_line() -> None:
    read = compared.read_dropped("acled.csv", ACLED.read_bytes())
    assert (read.name, len(read.rows), len(read.refused)) == ("ACLED", 4, 3)
    assert compared.dropped_words(read) == "ACLED: 4 events; 3 rows refused"
    with pytest.raises(DatasetError, match=r"^birds\.csv is none of the known datasets"):
        compared.read_dropped("../../birds.csv", b"name,colour\nrobin,red\n")


def test_texts_of_a_dataset_are_escaped() -> None:
    row = event("t", text="<b>x</b>", title="<i>Attack</i>", killed_low=None)
    assert "<b>" not in compared.pair_html(frame(row).iloc[0].to_dict(), "ACLED")


def opened(monkeypatch: pytest.MonkeyPatch, path: Path) -> AppTest:
    monkeypatch.setenv("DATELINE_STORE", str(path))
    app = AppTest.from_file(str(ROOT / "dashboard/app.py"), default_timeout=60)
    app.run()
    app.switch_page("screens/compare.py").run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in app.get("html"))


def test_the_screen_shows_three_groups_and_asks_for_a_file_where_nothing_is_imported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "s.sqlite"
    says = {"a": [claim("a", at=("Istanbul",), date=on("2024-01-28"))]}
    with Store(path) as store:
        ingest(store, [document("a")], FakeChain(says))
    app = opened(monkeypatch, path)
    assert [s.options for s in app.selectbox if s.label == "Compare your events with"] == [["A file …"]]
    assert any("python -m geodata import" in c.value for c in app.caption)
    with Store(path) as store, read_dataset(ACLED) as source:
        import_dataset(store, source, file="acled.csv")
    app = opened(monkeypatch, path)
    assert "ACLED has 0 of 1 (0 %) of your events. You have 0 of 4 (0 %) of the events in ACLED." in html(app)
