"""What is known is not read again; what a person corrected stays, signed, whatever the file says."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from extract.schema import Document
from geodata import commands
from geodata.__main__ import main
from geodata.errors import DocumentError
from geodata.ingest import correct, ingest
from geodata.known import corrections, find_document
from geodata.store import Store
from tests.claims_factory import FakeChain, Found, claim, document, on

SAYS = {"a": [claim("a", at=("Istanbul",), date=on("2024-01-28"))], "b": []}


class Versioned(FakeChain):
    """Counts what it reads; `version` as a chain's."""

    def __init__(self, version: str | None = "v1") -> None:
        super().__init__(SAYS)
        self.version, self.read = version, list[Document]()

    def analyse(self, document: Document, /) -> Found:
        self.read.append(document)
        return super().analyse(document)


def test_what_is_in_the_store_is_not_analysed_again_but_is_counted() -> None:
    chain, items = Versioned(), [document("a"), document("b")]
    with Store(":memory:") as store:
        ingest(store, items, chain)
        version = store.data_version
        report = ingest(store, items, chain)
        assert (report.unchanged, dict(report.claims), len(chain.read)) == (2, {"incident": 1}, 2)
        assert [o.state for o in report.outcomes] == ["unchanged"] * 2 and store.data_version == version


def test_other_rules_or_other_metadata_are_a_reason_to_read_again() -> None:
    chain, newer = Versioned(), Versioned("v2")
    with Store(":memory:") as store:
        ingest(store, [document("a")], chain)
        assert ingest(store, [document("a")], newer).unchanged == 1 and len(newer.read) == 1
        assert ingest(store, [document("a")], newer).unchanged == 1 and len(newer.read) == 1
        assert ingest(store, [document("a", publisher="Post")], newer).changed == 1 and len(newer.read) == 2


def test_a_chain_without_a_version_always_reads() -> None:
    chain = Versioned(None)
    with Store(":memory:") as store:
        for _ in range(2):
            ingest(store, [document("a")], chain)
        assert len(chain.read) == 2


def test_ctrl_c_keeps_what_is_whole_and_the_same_again_goes_on() -> None:
    class Stopped(Versioned):
        def analyse(self, document: Document, /) -> Found:
            if document.name == "b":
                raise KeyboardInterrupt
            return super().analyse(document)

    items = [document("a"), document("b"), document("c")]
    with Store(":memory:") as store:
        report = ingest(store, items, Stopped())
        assert report.stopped and report.new == 1 and "goes on from here" in report.lines()[0]
        chain = Versioned()
        again = ingest(store, items, chain)
        assert (again.unchanged, again.new, [d.name for d in chain.read]) == (1, 2, ["b", "c"])


def test_a_correction_is_signed_kept_and_read_by() -> None:
    chain = Versioned()
    with Store(":memory:") as store:
        ingest(store, [document("a", title="Old", published=dt.date(2024, 1, 1), published_from="head")], chain)
        doc_id = document("a").id
        values = {"title": " New  title ", "published": "5 March 2024", "url": "https://example.org/a", "publisher": ""}
        done = correct(store, chain, doc_id[:6], values, "N. Name")
        assert done and done["who"] == "N. Name"
        assert done["old"] == {"title": "Old", "published": "2024-01-01", "url": None}
        assert done["new"] == {"title": "New title", "published": "2024-03-05", "url": "https://example.org/a"}
        found = find_document(store, "a")
        assert (found.title, found.published, found.published_from) == ("New title", dt.date(2024, 3, 5), "person")
        assert chain.read[-1].published == dt.date(2024, 3, 5) and [c["who"] for c in corrections(store, doc_id)] == [
            "N. Name"
        ]


def test_the_file_read_again_does_not_undo_a_correction() -> None:
    chain, given = Versioned(), document("a", title="Old", publisher="Post")
    with Store(":memory:") as store:
        ingest(store, [given], chain)
        correct(store, chain, "a", {"title": "", "publisher": "Courier"}, "N. Name")
        assert ingest(store, [given], chain).unchanged == 1
        ingest(store, [given], Versioned("v2"))
        found = find_document(store, "a")
        assert (found.title, found.publisher) == (None, "Courier")


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"published": "spring"}, "no date"),
        ({"url": "javascript:x"}, "address"),
        ({"text": "x"}, "cannot be corrected"),
    ],
)
def test_a_value_that_cannot_be_changes_nothing(values: dict[str, str], word: str) -> None:
    with Store(":memory:") as store:
        ingest(store, [document("a")], Versioned())
        with pytest.raises(DocumentError, match=word):
            correct(store, Versioned(), "a", values, "N. Name")
        assert corrections(store, document("a").id) == []
        assert correct(store, Versioned(), "a", {"title": ""}, "N. Name") is None


def test_a_document_must_be_one() -> None:
    with Store(":memory:") as store:
        ingest(store, [document("a"), replace(document("b"), name="a")], Versioned())
        with pytest.raises(DocumentError, match="2 documents"):
            find_document(store, "a")
        with pytest.raises(DocumentError, match="no documents"):
            find_document(store, "nowhere")


def test_a_quote_knows_its_page() -> None:
    paged = document("a", "First page.\fSecond page, with the words of the claim on it.")
    says = {"a": [claim("a", start=12, end=30, at=("Istanbul",))]}
    with Store(":memory:") as store:
        ingest(store, [paged], FakeChain(says))
        (row,) = store.claims_by_id(store.claim_ids_of(paged.id))
        assert json.loads(row["payload"])["page"] == 2


# ---------------------------------------------------------------- commands
@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(commands, "_chain", Versioned)
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "s.sqlite"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Text of a, long enough to hold offsets.", encoding="utf-8")
    (tmp_path / "in" / "=x.txt").write_text("", encoding="utf-8")
    return tmp_path / "in"


def test_a_report_by_file_is_written_without_formulas(folder: Path) -> None:
    out = folder.parent / "report.csv"
    assert main(["ingest", str(folder), "--quiet", "--report", str(out)]) == 0
    rows = [line.split(",") for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["file", "result", "incidents", "arrests", "routes", "reason"]
    assert [r[1:] for r in rows[1:]] == [["refused", "", "", "", "empty file"], ["new", "1", "0", "0", ""]]
    assert commands.plain_cell("=1+1") == "'=1+1"


def test_document_shows_and_corrects(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(folder), "--quiet"])
    capsys.readouterr()
    assert main(["document", "a", "--title", "Given", "--published", "2024-03-05", "--who", "N. Name"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["title"], said["published"], said["published_from"], said["pages"]) == (
        "Given",
        "2024-03-05",
        "person",
        None,
    )
    assert said["corrections"][0]["who"] == "N. Name"
    assert main(["document", "a", "--title", "Given"]) == 0 and "nothing differs" in capsys.readouterr().err
    assert main(["document", "nobody"]) == 1 and capsys.readouterr().err.count("\n") == 1


def test_watch_needs_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(folder / "a.txt")]) == 1 and "is no folder" in capsys.readouterr().err
