"""Adding articles on screen: what is shown, what is corrected, a run that is cancelled, a report by file."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import adding, data, jobs
from dashboard.jobs import IngestJob, time_words
from extract.schema import Document, Refusal
from geodata import last_reading
from geodata.frames import load_snapshot
from geodata.ingest import Report
from geodata.known import corrections
from geodata.store import Store
from geodata.store_notes import put_notes
from tests.article_files import BODY, FIRST, SECOND, pdf, zipped
from tests.claims_factory import FakeChain, claim, document, on

APP = str(Path(__file__).resolve().parent.parent / "dashboard" / "app.py")
SAYS = {"pasted text 1": [claim("x", at=("Istanbul",), date=on("2024-01-28"))]}


def docs(items: list[Document | Refusal]) -> list[Document]:
    return [i for i in items if isinstance(i, Document)]


def test_dropped_files_have_no_path_and_say_why_they_are_not_read() -> None:
    items = adding.read_upload("C:\\papers\\more.zip", zipped({"a.txt": FIRST, "b.pdf": pdf([[SECOND], [BODY]])}))
    assert [(d.name, d.path) for d in docs(items)] == [("a", None), ("b", None)]
    (refused,) = adding.read_upload("../../etc/x.csv", b"a,b\n1,2\n")
    assert isinstance(refused, Refusal) and refused.path == "x.csv"
    assert adding.refusal_table([refused]).to_dict("records")[0]["File"] == "x.csv"


def test_the_table_shows_what_was_read_and_gives_back_only_what_was_changed() -> None:
    doc = document("a", f"{FIRST}\f{SECOND}", title="Night", published=dt.date(2024, 3, 5))
    table = adding.given_table([doc], {doc.id})
    (row,) = table.to_dict("records")
    assert (row["Title"], row["Publisher"], row["Length"], row["Note"]) == (
        "Night",
        "",
        f"{len((FIRST + ' ' + SECOND).split())} words, 2 pages",
        "in the store already",
    )
    assert adding.changes(doc, row) == {}
    assert adding.changes(doc, row | {"Published": pd.Timestamp("2024-03-05")}) == {}
    assert adding.changes(
        doc, row | {"Published": None, "Title": "Quiet night ", "Address": "https://example.org"}
    ) == {"published": "", "title": "Quiet night", "url": "https://example.org"}
    assert adding.changes(doc, row | {"Published": dt.date(2024, 3, 6)}) == {"published": "2024-03-06"}


def test_articles_without_a_day_stand_on_top_and_say_so_until_one_is_entered() -> None:
    given = adding.by_day([document("a", published=dt.date(2024, 3, 5)), document("b"), document("c")])
    assert [d.name for d in given] == ["b", "c", "a"]
    table = adding.given_table(given, {given[1].id, given[2].id})
    known, missing = "in the store already", adding.NO_DAY
    assert adding.day_notes(table, {})["Note"].tolist() == [missing, f"{missing} · {known}", known]
    entered = {0: {"Published": "2024-03-06"}, 2: {"Published": None}, 1: {"Title": "T"}}
    assert adding.day_notes(table, entered)["Note"].tolist() == ["", f"{missing} · {known}", f"{missing} · {known}"]
    assert table["Note"].tolist() == ["", known, known]  # the argument stays as it was


@pytest.mark.parametrize(
    ("paths", "line"),
    [
        (("a.pdf",), "1 file not read"),
        (("a.pdf", "b.pdf"), "2 files not read"),
        (("feed.rss#2",), "1 part of a file not read"),
        (("feed.rss#2", "b.pdf"), "2 files or parts of files not read"),
    ],
)
def test_what_was_not_read_is_counted_in_words(paths: tuple[str, ...], line: str) -> None:
    assert adding.refused_line([Refusal(p, "why") for p in paths]) == line


def test_the_report_of_the_last_reading_is_kept(tmp_path: Path) -> None:
    path = str(tmp_path / "s.sqlite")
    assert data.last_report(path) is None
    refused = [Refusal("x.pdf", "a damaged PDF")]
    IngestJob(path, [(document("a"), {})], "N. Name", refused=refused, chain=lambda: FakeChain({})).work()
    last = data.last_report(path)
    assert last is not None and (last.who, last.left_out, last.more, last.report.new) == ("N. Name", 0, 0, 1)
    assert [(o.path, o.state, o.reason) for o in last.report.outcomes] == [
        ("a", "new", ""),
        ("x.pdf", "refused", "a damaged PDF"),
    ]
    line = adding.kept_line(last)
    assert line.startswith("Last reading: ") and line.endswith(
        "UTC, by N. Name · 1 article read (1 new) · no incident, arrest or route stated · 1 article without a day of"
        " publication: “last Tuesday” stays open in it · 1 not read"
    )


def test_of_a_long_report_what_was_refused_is_kept_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_reading, "MOST_ROWS", 2)
    report = Report()
    for state in ("unchanged", "new", "refused", "unchanged"):
        report.add(state, state)
    with Store(":memory:") as store:
        last_reading.keep_report(store, report, "N. Name", left_out=3)
        last = last_reading.last_reading(store)
        assert last is not None and [o.state for o in last.report.outcomes] == ["refused", "new"]
        assert (last.more, last.left_out, last.report.read) == (2, 3, 3)
        with store.transaction():
            put_notes(store, {"last reading": "{}"})
        assert last_reading.last_reading(store) is None


def test_a_run_reads_what_was_given_with_its_corrections(tmp_path: Path) -> None:
    a, b = document("a", FIRST, title="Old"), document("b", SECOND)
    job = IngestJob(
        str(tmp_path / "s.sqlite"), [(a, {"title": "New"}), (b, {})], "N. Name", chain=lambda: FakeChain({})
    )
    job.work()
    assert job.finished and job.report and (job.report.new, job.done, job.report.stopped) == (2, 2, False)
    with Store(tmp_path / "s.sqlite") as store:
        assert set(load_snapshot(store).documents["title"].dropna()) == {"New"}
        assert corrections(store, a.id)[0]["old"] == {"title": "Old"}


def test_a_run_that_is_cancelled_keeps_what_is_whole(tmp_path: Path) -> None:
    class Cancelling(FakeChain):
        def analyse(self, document: Document, /):  # type: ignore[no-untyped-def]
            job.cancel()
            return super().analyse(document)

    given = [(document(n), {}) for n in "abc"]
    now = iter(range(0, 100, 10))
    job = IngestJob(str(tmp_path / "s.sqlite"), given, "N. Name", chain=lambda: Cancelling({}), clock=lambda: next(now))
    assert job.seconds_left() is None
    job.work()
    assert job.report and job.report.stopped and (job.report.new, job.done) == (1, 1)
    assert job.seconds_left() == 20  # ten seconds for one, two are left


def test_a_run_that_cannot_be_says_so_in_a_line(tmp_path: Path) -> None:
    job = IngestJob(str(tmp_path / "no" / "s.sqlite"), [(document("a"), {})], "N. Name", chain=lambda: FakeChain({}))
    job.work()
    assert job.finished and "no folder" in str(job.error) and "\n" not in str(job.error)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (1, "a few seconds left"),
        (42, "about 40 seconds left"),
        (150, "about 2 minutes left"),
        (9000, "about 2.5 hours left"),
    ],
)
def test_time_is_told_in_words(seconds: float | None, words: str) -> None:
    assert time_words(seconds) == words


def test_the_report_is_one_line_and_a_table_by_file() -> None:
    report = Report()
    report.add("/x/a.txt", "new", Counter({"incident": 2, "route": 1}))
    report.add("b.pdf", "refused", reason="a scanned PDF")
    report.add("/x/feed.rss#https://example.org/2", "new")
    assert adding.report_line(report) == "2 articles read (2 new) · 2 incidents, 1 route stated · 1 not read"
    report.add("c.txt", "new", reason="not in English", dated=False)
    assert "1 article without a day of publication" in adding.report_line(report)
    table = adding.outcome_table(report.outcomes)
    assert table.iloc[3]["Why"] == "not in English"
    assert table.iloc[0].tolist()[:5] == ["a.txt", "new", "2", "0", "1"]
    assert table.iloc[1]["Why"] == "a scanned PDF" and table.iloc[1]["Incidents"] == ""
    assert table.iloc[2]["File"] == "feed.rss, https://example.org/2"
    assert list(adding.outcome_table([]).columns) == list(table.columns)


def test_a_correction_that_cannot_be_is_a_line(tmp_path: Path) -> None:
    path = str(tmp_path / "s.sqlite")
    IngestJob(path, [(document("a"), {})], "N. Name", chain=lambda: FakeChain({})).work()
    key = document("a").id
    assert "no date" in str(adding.save_correction(path, FakeChain({}), key, {"published": "spring"}, "N"))
    assert "Nothing differs" in str(adding.save_correction(path, FakeChain({}), key, {"title": ""}, "N"))
    assert adding.save_correction(path, FakeChain({}), key, {"title": "T"}, "N") is None


# ---------------------------------------------------------------- the screen
@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "s.sqlite"))
    monkeypatch.setattr(jobs, "_open_chain", lambda: FakeChain(SAYS))
    monkeypatch.setattr(IngestJob, "start", IngestJob.work)  # in this thread: no waiting
    test = AppTest.from_file(APP, default_timeout=30)
    test.switch_page("screens/add.py")
    return test.run()


def html(app: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in app.get("html"))


def test_the_screen_opens_without_a_store_and_takes_pasted_words(app: AppTest, tmp_path: Path) -> None:
    assert not app.exception and "Add articles" in html(app)
    app.text_area(key="add_words").input(f"Title: <b>Night</b>\n\n{FIRST}")
    next(b for b in app.button if b.label == "Take this text").click().run()
    assert not app.exception and "1 article to read" in html(app)
    next(b for b in app.button if b.label == "Read 1 article into the store").click().run()
    assert not app.exception and "1 article read (1 new) · 1 incident stated" in html(app)
    with Store(tmp_path / "s.sqlite") as store:
        assert load_snapshot(store).documents["title"].tolist() == ["<b>Night</b>"]
    next(b for b in app.button if b.label == "Add more").click().run()
    assert not app.exception and "to read" not in html(app)
    assert "1 article read (1 new) · 1 incident stated" in app.expander[0].label


def test_another_session_sees_the_last_reading(app: AppTest, tmp_path: Path) -> None:
    assert not app.expander
    refused = [Refusal("x.pdf", "a damaged PDF")]
    IngestJob(str(tmp_path / "s.sqlite"), [(document("a"), {})], "[N]", refused=refused).work()
    app.run()
    assert not app.exception and "by \\[N] · 1 article read (1 new)" in app.expander[0].label
    table = app.expander[0].dataframe[0].value
    assert table["File"].tolist() == ["a", "x.pdf"] and table["Why"].tolist() == ["", "a damaged PDF"]


def test_words_that_are_none_are_not_taken(app: AppTest) -> None:
    app.text_area(key="add_words").input("\u200b \n")
    next(b for b in app.button if b.label == "Take this text").click().run()
    assert not app.exception and "1 file not read" in html(app)
