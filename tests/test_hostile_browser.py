"""What an article brings in its words never runs: on no screen, in no popup, tooltip, table, page or picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dashboard import offline
from dashboard.exports.commands import main as export
from geodata.store import Store
from tests.browser import SKIPPED, browser, find_chromium, local, serve, wait_for_map
from tests.hostile import PAYLOADS, fill

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=SKIPPED),
    pytest.mark.skipif(bool(offline.missing()), reason="BROWSER FILES MISSING: run `make setup`"),
]
SCREENS = ("routes", "table", "sources", "review", "changes", "briefing", "add")
LINKS = """() => [...document.querySelectorAll('[href],[src],[action]')]
    .flatMap(e => ['href', 'src', 'action'].map(a => String(e.getAttribute(a) || '')))
    .filter(v => /^\\s*(javascript|vbscript|data:text)/i.test(v))"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "s.sqlite"
    with Store(path) as opened:
        fill(opened)
    return path


class Seen:
    """A page, and whatever must not happen in it."""

    def __init__(self, chromium: Browser) -> None:
        self.context: BrowserContext = chromium.new_context(viewport={"width": 1440, "height": 900})
        self.bad: list[str] = []
        self.context.route(lambda url: not (local(url) or url.startswith("file:")), self._foreign)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda d: (self.bad.append(f"dialog {d.message}"), d.dismiss()))
        self.page.on("popup", lambda p: self.bad.append(f"window {p.url}"))

    def _foreign(self, route) -> None:  # type: ignore[no-untyped-def]
        self.bad.append(f"request {route.request.url}")
        route.abort()

    def check(self, where: str) -> None:
        self.page.wait_for_timeout(300)
        ran = [f.url for f in self.page.frames if f.evaluate("() => Boolean(window.__pwned)")]
        ran += [f"link {v}" for f in self.page.frames for v in f.evaluate(LINKS)]
        assert (where, ran, self.bad) == (where, [], [])


@pytest.fixture
def seen(chromium: Browser) -> Iterator[Seen]:
    one = Seen(chromium)
    yield one
    one.context.close()


def test_nothing_runs_on_any_screen(seen: Seen, store: Path) -> None:
    page = seen.page
    with serve("none", store) as url:
        page.goto(url)
        wait_for_map(page)
        marks = page.frame_locator("iframe[title*='st_folium']").locator(".dl-mark")
        for n in range(min(marks.count(), 5)):
            marks.nth(n).hover(force=True)
        seen.check("map")
        with Store(store) as opened:
            events = opened.frame("events")["event_id"].tolist()
        for event in events[::6]:
            page.goto(f"{url}?show=event:{event}")
            page.get_by_text(re.compile("was told of town")).first.wait_for(timeout=30_000)
            seen.check(f"event {event}")
        for screen in SCREENS:
            page.goto(url + screen)
            page.get_by_test_id("stAppViewContainer").wait_for(timeout=30_000)
            page.get_by_test_id("stStatusWidget").wait_for(state="detached", timeout=30_000)
            seen.check(screen)


def test_nothing_runs_in_the_page_and_the_picture_that_are_handed_on(seen: Seen, store: Path, tmp_path: Path) -> None:
    for name in ("out.html", "out.svg"):
        assert export(["export", "--store", str(store), str(tmp_path / name)]) == 0
    ElementTree.parse(tmp_path / "out.svg")
    page = seen.page
    page.goto(f"file://{tmp_path / 'out.html'}")
    page.locator("body").wait_for()
    assert PAYLOADS[0].partition(">")[0] in page.content().replace("&lt;", "<").replace("\\u003c", "<")
    for mark in page.locator("tr, .dl-mark").all()[:12]:
        if mark.is_visible():
            mark.hover(timeout=2000, force=True)
            mark.click(timeout=2000, force=True)
    seen.check("html")
    page.goto(f"file://{tmp_path / 'out.svg'}")
    seen.check("svg")


def test_the_check_sees_what_runs(seen: Seen) -> None:
    for bad in (PAYLOADS[1], "<a href='javascript:1'>x</a>", "<img src=https://away.invalid/p.png>"):
        seen.bad.clear()
        seen.page.goto("about:blank")
        seen.page.set_content(bad, wait_until="commit")
        with pytest.raises(AssertionError):
            seen.check("itself")
