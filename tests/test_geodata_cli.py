"""The commands: the contract's JSON lines on standard output, one clear line on standard error, honest statuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.schema import Mention
from geodata import commands
from geodata.__main__ import main, parser
from geodata.gazetteer_add import Added
from tests.claims_factory import PLACES, FakeChain, claim, on

ROOT = Path(__file__).resolve().parent.parent
SAYS = {
    "one": [claim("one", at=("Istanbul",), date=on("2024-01-28"), counts={"killed": (2, 2, None)})],
    "two": [
        claim("two", at=("Istanbul",), date=on("2024-01-28")),
        claim("two", "route", "travel", start=11, end=20, way=(("origin", "Tajikistan"), ("destination", "Russia"))),
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles and a file that is none; the chain is a fake, the store is in the folder's parent."""
    monkeypatch.setattr(commands, "_chain", lambda: FakeChain(SAYS))
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "s.sqlite"))
    articles = tmp_path / "articles"
    articles.mkdir()
    for name in SAYS:
        (articles / f"{name}.txt").write_text(f"Text of {name}, long enough to hold offsets.", encoding="utf-8")
    (articles / "empty.txt").write_text("", encoding="utf-8")
    return articles


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_ingest_ends_with_what_was_read_found_refused_and_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(folder), "--quiet"]) == 0
    said = capsys.readouterr().err
    assert "read 2 documents (2 new); found 2 incidents, 1 route; refused 1" in said and "empty.txt" in said
    assert main(["ingest", str(folder), "--quiet"]) == 0
    assert "2 unchanged" in capsys.readouterr().err


def test_ingest_of_nothing_is_a_failure_and_makes_no_store(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(folder / "empty.txt"), str(folder / "none")]) == 1
    assert capsys.readouterr().err.count("refused ") == 3 and not (folder.parent / "s.sqlite").exists()


def test_events_come_with_their_claims_and_stops(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(folder), "--quiet"])
    capsys.readouterr()
    assert main(["events"]) == 0
    attack, way = lines(capsys.readouterr().out)
    assert attack["place"]["name"] == "Istanbul" and attack["place"]["admin1_id"] == "TUR:istanbul"
    assert attack["date"] == {"start": "2024-01-28", "end": "2024-01-28", "precision": "day"}
    assert attack["counts"] == {"killed": {"low": 2, "best": 2, "high": None}} and attack["n_sources"] == 2
    assert [c["doc"] for c in attack["claims"]] == ["one", "two"] or [c["doc"] for c in attack["claims"]] == [
        "two",
        "one",
    ]
    assert sorted(bool(c["reason"]) for c in attack["claims"]) == [False, True]
    assert [s["place"] for s in way["stops"]] == ["Tajikistan", "Russia"] and way["countries"] == ["RUS", "TJK"]


def test_events_take_the_filters(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ingest", str(folder), "--quiet"])
    capsys.readouterr()
    assert main(["events", "--country", "Türkiye", "--from", "2024", "--to", "2024-06"]) == 0
    assert [e["kind"] for e in lines(capsys.readouterr().out)] == ["incident"]
    assert main(["events", "--kind", "arrest"]) == 0 and capsys.readouterr().out == ""


def test_claims_are_one_per_line_under_the_files_stem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", str(folder)]) == 0
    found = lines(capsys.readouterr().out)
    assert [c["doc"] for c in found] == ["one", "two", "two"]
    assert {
        "doc",
        "kind",
        "subkind",
        "start",
        "end",
        "date",
        "places",
        "groups",
        "nationalities",
        "counts",
        "certainty",
        "confidence",
    } <= set(found[0])


def test_json_lines_are_read_under_their_own_ids(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder.parent / "in.jsonl"
    file.write_text('{"id": "two", "text": "Text of two, from a line of JSON."}\n{"id": "x"}\n', encoding="utf-8")
    assert main(["claims", "--jsonl", str(file)]) == 0
    out, err = capsys.readouterr()
    assert [c["doc"] for c in lines(out)] == ["two", "two"] and err.count("refused") == 1


def test_toponyms_are_one_line_per_document(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fake(name: str, text: str) -> dict[str, Any]:
        from geodata.toponyms import mention_json

        return {"id": name, "toponyms": [mention_json(Mention(0, 4, text[:4], "name", True, 0.9, PLACES["Turkey"]))]}

    monkeypatch.setattr("geodata.toponyms.toponyms_record", fake)
    assert main(["toponyms", str(folder)]) == 0
    found = lines(capsys.readouterr().out)
    assert [d["id"] for d in found] == ["one", "two"] and found[0]["toponyms"][0]["country"] == "TUR"


@pytest.mark.parametrize(
    ("argv", "status", "words"),
    [
        (["events", "--country", "Atlantis"], 2, "no country 'Atlantis'"),
        (["events", "--from", "soon"], 2, "YYYY"),
        (["events", "--store", "none.sqlite"], 1, "no store at"),
        (["ingest", "--store", "no/such/folder/s.sqlite", "ARTICLES"], 1, "no folder"),
        (["claims", "none.txt"], 1, "no such file"),
    ],
)
def test_every_error_is_one_line_and_a_status(
    argv: list[str], status: int, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if "--store" not in argv:
        main(["ingest", str(folder), "--quiet"])
        capsys.readouterr()
    assert main([str(folder / "one.txt") if a == "ARTICLES" else a for a in argv]) == status
    out, err = capsys.readouterr()
    assert out == "" and words in err and err.count("\n") == 1 and "Traceback" not in err


def test_a_damaged_store_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.parent / "s.sqlite").write_bytes(b"nonsense" * 600)
    assert main(["events"]) == 1 and main(["ingest", str(folder), "--quiet"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2 and all("left as it is" in line for line in said)


@pytest.mark.parametrize(("places", "status"), [(3, 0), (0, 1)])
def test_gazetteer_add_says_what_was_added(
    places: int, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("geodata.gazetteer_build.add", lambda file: Added(places=places, refused=[f"{file.name}: odd"]))
    assert main(["gazetteer", "add", "own.csv"]) == status
    assert f"added {places} places" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [[], ["claims"], ["nonsense"], ["gazetteer"], ["gazetteer", "add"]])
def test_a_wrong_call_has_status_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(argv)
    assert ended.value.code == 2 and "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [[], ["ingest"], ["toponyms"], ["claims"], ["events"], ["gazetteer"], ["gazetteer", "add"]]
)
def test_every_command_has_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([*command, "--help"])
    assert ended.value.code == 0 and "python -m geodata" in capsys.readouterr().out


def test_a_reader_that_has_seen_enough_causes_no_trace(folder: Path) -> None:
    main(["ingest", str(folder), "--quiet"])
    call = [sys.executable, "-m", "geodata", "events", "--store", str(folder.parent / "s.sqlite")]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b"" and run.wait() == 0
