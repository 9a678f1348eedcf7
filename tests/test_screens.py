"""Each screen through Streamlit's own test runner: empty, full, one click, and a store that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, map_layers, offline
from dashboard.errors import BrowserFilesMissing, StoreUnusable
from tests.frames import snapshot

APP = str(Path(__file__).resolve().parent.parent / "dashboard" / "app.py")
PAGES = ("map", "routes", "table", "sources")
needs_files = pytest.mark.skipif(bool(offline.missing()), reason="BROWSER FILES MISSING: run `make setup`")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "hand-made.sqlite"))
    monkeypatch.setattr(data, "read_snapshot", lambda path: snapshot())
    monkeypatch.setattr(data, "document_text", lambda path, doc: "Head of the page. This is it.")
    monkeypatch.setattr(data, "document_mentions", lambda path, doc: [])
    return AppTest.from_file(APP, default_timeout=30)


def html(app: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in app.get("html"))


def components(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(c.proto.json_args) for c in app.get("component_instance")]


@needs_files
@pytest.mark.parametrize("page", PAGES)
def test_each_screen_opens_with_events(app: AppTest, page: str) -> None:
    app.run()
    if page != "map":
        app.switch_page(f"screens/{page}.py").run()
    assert not app.exception
    assert "of 16 events shown" in html(app)


@pytest.mark.parametrize("page", PAGES)
def test_each_screen_opens_without_events(app: AppTest, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setattr(data, "read_snapshot", lambda path: snapshot(full=False))
    app.run()
    if page != "map":
        app.switch_page(f"screens/{page}.py").run()
    assert not app.exception
    assert "The store holds no events yet." in html(app)


def test_a_store_that_cannot_be_used_is_a_message_and_no_trace(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: str) -> None:
        raise StoreUnusable("The store cannot be read.", "It is damaged. Restore a copy.")

    monkeypatch.setattr(data, "read_snapshot", fail)
    app.run()
    assert not app.exception
    assert "The store cannot be read." in html(app)


def test_a_missing_store_is_named_with_the_command_that_fills_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "nowhere.sqlite"))
    fresh = AppTest.from_file(APP, default_timeout=30).run()
    assert not fresh.exception
    assert "python -m geodata ingest" in html(fresh)


def test_a_file_that_is_no_store_is_a_message_and_no_trace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.sqlite").write_bytes(b"this is not a database, not at all" * 50)
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "broken.sqlite"))
    fresh = AppTest.from_file(APP, default_timeout=30).run()
    assert not fresh.exception
    assert "The store cannot be read." in html(fresh)


@needs_files
def test_a_click_on_the_map_opens_the_event_and_its_sentences(app: AppTest) -> None:
    app.session_state["map"] = {"last_object_clicked_count": 1, "last_object_clicked_tooltip": "event:e01"}
    app.run()
    said = html(app)
    assert not app.exception
    assert "Attack, Kandahar" in said
    assert "Sources disagree on the number killed." in said
    assert "This is what was said of e01 &amp; &lt;i&gt;no more&lt;/i&gt;." in said


@needs_files
@pytest.mark.parametrize(
    ("clicked", "heading"),
    [
        ("country:RUS", "Russia"),
        ("area:admin1/Khatlon/TJK", "Khatlon"),
        ("list:e01|e02", "Events here"),
        ("legs:e10", "Routes of this line"),
        ("event:gone", ""),
    ],
)
def test_whatever_is_clicked_opens(app: AppTest, clicked: str, heading: str) -> None:
    app.session_state["map"] = {"last_object_clicked_count": 1, "last_object_clicked_tooltip": clicked}
    app.run()
    assert not app.exception
    assert heading in html(app)


@needs_files
def test_a_sentence_opens_in_its_document_with_publisher_and_a_word_on_its_hash(app: AppTest) -> None:
    app.query_params["show"] = "event:e01"
    app.run()
    app.button(key="open_0_e01-0").click().run()
    assert not app.exception
    said = html(app)
    assert "<b>Morning Post</b>" in said
    assert "This is not the text that was read" in said  # the hand-made text has another hash than its made-up id
    assert "class='incident here'" in said
    app.button(key="open_event").click().run()
    assert "Attack, Kandahar" in html(app)


@needs_files
def test_a_filter_of_the_sidebar_narrows_the_map_and_enters_the_address(app: AppTest) -> None:
    app.run()
    app.multiselect(key="f_country").select("TUR").run()
    assert not app.exception
    assert "<b>2</b>of 16 events shown" in html(app)
    assert app.query_params["country"] in ("TUR", ["TUR"])


@needs_files
def test_an_address_with_a_filter_is_followed_and_a_wrong_one_is_said(app: AppTest) -> None:
    app.query_params["kind"] = "arrest"
    app.run()
    assert "<b>4</b>of 16 events shown" in html(app)
    app.query_params["kind"] = "meteor"
    app.run()
    assert "meteor" in app.warning[0].value
    assert not app.exception


@needs_files
def test_nothing_left_is_said_with_ways_out(app: AppTest) -> None:
    app.query_params["kind"] = "arrest"
    app.query_params["country"] = "ITA"
    app.run()
    assert any("No event fits these filters." in m.value for m in app.markdown)
    app.button(key="widen_country").click().run()
    assert "<b>4</b>of 16 events shown" in html(app)


@needs_files
def test_the_map_asks_only_for_the_apps_own_files_and_its_script_never_changes(app: AppTest) -> None:
    app.run()
    (first,) = components(app)
    links = [*first["js_links"], *first["css_links"]]  # type: ignore[misc]
    assert links
    assert all(str(link).startswith(offline.PREFIX) for link in links)
    assert "http" not in str(first["script"])
    app.multiselect(key="f_country").select("TUR").run()
    (second,) = components(app)
    assert second["script"] == first["script"]  # so the browser keeps frame and view
    assert second["feature_group"] != first["feature_group"]


def test_missing_browser_files_are_a_message_with_the_remedy(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise BrowserFilesMissing(f"dashboard/static/{name} is missing; run `make setup`")

    monkeypatch.setattr(map_layers, "link", absent)
    app.run()
    assert not app.exception
    assert "The map cannot be drawn." in html(app)
    assert "<code>make setup</code>" in html(app)
