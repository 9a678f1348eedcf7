"""The command line: every format, filters on the way, one line for every mistake, and back from a file to its view."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from dashboard import data, offline
from dashboard.exports.commands import build_parser, main
from dashboard.exports.errors import ExportError
from dashboard.exports.formats import FORMATS
from dashboard.exports.reopen import query_of
from dashboard.exports.views import SavedView, moved, read_views, views_path, write_views
from tests.frames import snapshot

QUERY = "country=TUR&country=AFG&kind=incident&group=IS-K"


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "read_snapshot", lambda path: snapshot())


def export(*args: str) -> int:
    return main(["export", "--kind", "incident", "--country", "Turkey,AFG", "--group", "IS-K", *args])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_and_leads_back_to_its_view(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if name == "html" and offline.missing():
        pytest.skip("BROWSER FILES MISSING: run `make setup`")
    path = tmp_path / f"view.{name}"
    assert export(str(path)) == 0
    assert "3 shown" in capsys.readouterr().err
    assert main(["open", "--print", str(path)]) == 0
    assert capsys.readouterr().out.strip() == "http://localhost:8501/?country=AFG&country=TUR&kind=incident&group=IS-K"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_the_format_may_be_named_and_the_file_may_be_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", type("Out", (), {"buffer": out})())
    assert export("--format", "geojson", "-") == 0
    assert out.getvalue().startswith(b'{"type":"FeatureCollection"')


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["view.foo"], "no format 'foo'"),
        (["view"], "give --format"),
        (["--extent", "1,2", "view.png"], "W,S,E,N"),
        (["--template", "missing.pptx", "view.pptx"], "missing.pptx cannot be read"),
        (["--from", "2024-13", "view.csv"], "no such date"),
        (["no-such-folder/view.csv"], "no such folder"),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(
    args: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert export(*args) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "view.csv"
    path.write_text("old")
    monkeypatch.setattr(Path, "replace", lambda self, to: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert export(str(path)) == 1
    assert path.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"just text", b"SQLite format 3\x00"])
def test_a_file_of_others_is_told_apart(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(body)
    with pytest.raises(ExportError, match=r"other\.bin"):
        query_of(path)


def test_every_option_is_explained() -> None:
    commands = build_parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    lacking = [a.dest for c in commands.values() for a in c._actions if not a.help]
    assert set(commands) == {"export", "open"} and not lacking


def test_views_are_kept_in_order_beside_the_store(tmp_path: Path) -> None:
    path = views_path(str(tmp_path / "some.sqlite"))
    assert read_views(path) == ()
    views = (SavedView("Стамбул", "country=TUR"), SavedView("All", "", "matrix", "a caption"))
    write_views(path, views)
    assert path.name == "some.sqlite.views.json" and read_views(path) == views
    assert [v.name for v in moved(views, 0, 1)] == ["All", "Стамбул"]
    assert moved(views, 0, -1) == views == moved(views, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[1]",
        '[{"caption": "no name"}]',
        '[{"name": "x", "picture": "pie"}]',
        '[{"name": "x", "query": "country=Atlantis"}]',
    ],
)
def test_damaged_views_are_named_and_not_overwritten(text: str, tmp_path: Path) -> None:
    path = tmp_path / "s.views.json"
    path.write_text(text)
    with pytest.raises(ExportError, match=r"s\.views\.json|no picture|filters"):
        read_views(path)
    assert path.read_text() == text
