"""The one file: opens from the disk with the network off, asks for nothing, draws every event, filters and steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from dashboard import offline
from dashboard.exports import Page, export
from tests.browser import SKIPPED, browser, find_chromium
from tests.exported import changed, many, nothing, whole

pytestmark = pytest.mark.skipif(bool(offline.missing()), reason="BROWSER FILES MISSING: run `make setup`")


def test_the_same_view_twice_gives_the_same_bytes() -> None:
    assert export(whole(), "html") == export(whole(), "html")


def test_no_link_leads_anywhere() -> None:
    text = export(whole(), "html").decode("utf-8")
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", text)
    assert not re.findall(r"url\((?![\"']?(?:data:|#))", text)
    assert "default-src 'none'" in text


def test_five_thousand_events_stay_below_five_megabytes() -> None:
    assert len(export(many(5_000), "html")) <= 5_000_000


def test_text_of_an_article_cannot_become_script() -> None:
    view = changed("e01", title="</script><script>window.bad = 1</script>", place="<img src=x>")
    text = export(view, "html", Page(title="<b>&</b>")).decode("utf-8")
    assert "window.bad = 1</script>" not in text and "<title>&lt;b&gt;&amp;&lt;/b&gt;</title>" in text


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not find_chromium():
        pytest.skip(SKIPPED)
    with browser() as found:
        yield found


class Opened:
    """A page from the disk, network off: its requests and its errors."""

    def __init__(self, chromium: Browser, path: Path) -> None:
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.tab: Tab = chromium.new_context(viewport={"width": 1440, "height": 900}, offline=True).new_page()
        self.tab.on("request", lambda r: self.asked.append(r.url))
        self.tab.on("pageerror", lambda e: self.wrong.append(str(e)))
        self.tab.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        self.tab.route("**/*", lambda route: route.continue_() if route.request.url == path.as_uri() else route.abort())
        self.tab.goto(path.as_uri())

    def shown(self) -> str:
        return self.tab.locator(".shown-count").inner_text()

    def drawn(self) -> int:
        """Events on the map: single marks and the numbers in rings."""
        texts = self.tab.locator(".dl-mark.cluster text").all_text_contents()
        marks = self.tab.locator(".dl-mark:not(.cluster):not(.stop)").count()
        return marks - self.tab.locator(".dl-legend .dl-mark").count() + sum(int(t) for t in texts)


def opened(chromium: Browser, folder: Path, body: bytes) -> Opened:
    path = folder / "briefing.html"
    path.write_bytes(body)
    return Opened(chromium, path)


@pytest.mark.browser
def test_it_asks_for_nothing_and_draws_every_mark(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, export(whole(), "html"))
    page.tab.locator(".dl-mark").first.wait_for()
    assert page.asked == [(tmp_path / "briefing.html").as_uri()] and page.wrong == []
    assert page.shown() == "16 of 16 events"
    pins = whole().kept
    pins = pins[pins["precision"].isin(["city", "site"]) & ~pins["event_id"].isin(["e10", "e11", "e12"])]
    assert page.drawn() == len(pins)  # the three others are drawn as lines
    assert page.tab.locator("path.leg").count() == 6


@pytest.mark.browser
def test_dates_and_kinds_filter_and_say_how_many(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, export(whole(), "html"))
    page.tab.uncheck("#kind-route")
    assert page.shown() == "11 of 16 events" and page.tab.locator("path.leg").count() == 0
    page.tab.fill("#date-from", "2024-01-01")
    page.tab.fill("#date-to", "2024-02-15")
    page.tab.keyboard.press("Tab")
    assert page.shown() == "4 of 16 events"
    page.tab.get_by_role("button", name="Clear").click()
    assert page.shown() == "16 of 16 events" and page.wrong == []


@pytest.mark.browser
def test_the_stepper_goes_through_events_by_date_with_their_sentences(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, export(whole(), "html"))
    page.tab.click("#next")
    side = page.tab.locator(".side")
    assert "1 of 16" in side.inner_text() and "Repatriation, Almaty" in side.inner_text()
    page.tab.locator("h1").click()
    page.tab.keyboard.press("ArrowRight")
    assert "2 of 16" in side.inner_text()
    assert "This is what was said of e13 & <i>no more</i>." in side.locator("blockquote").first.inner_text()
    assert side.locator("i").count() == 0 and page.wrong == []


@pytest.mark.browser
def test_a_click_on_a_mark_opens_its_event(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, export(whole(), "html"))
    page.tab.locator(".badge", has_text="Sahel").click()
    assert "Attack, Sahel" in page.tab.locator(".side h2").inner_text()


@pytest.mark.browser
def test_nothing_to_show_is_said(chromium: Browser, tmp_path: Path) -> None:
    page = opened(chromium, tmp_path, export(nothing(), "html"))
    assert page.shown() == "0 of 0 events" and page.wrong == []
    assert "No event fits these filters." in page.tab.locator(".side").inner_text()
