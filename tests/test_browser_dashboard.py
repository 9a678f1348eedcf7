"""What only a browser shows: no request leaves the machine, the view is kept, clicks open sentences, links restore."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import offline
from tests.browser import ROOT, SKIPPED, browser, find_chromium, local, serve, wait_for_map

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=SKIPPED),
    pytest.mark.skipif(bool(offline.missing()), reason="BROWSER FILES MISSING: run `make setup`"),
]

SCREENS = ("", "routes", "table", "sources")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: Vega's brush cannot carry a name; it is for the mouse only, and the dates in the sidebar do the same by keyboard.
RUN_AXE = """async () => {
  const page = {exclude: [[".when_brush"], [".when_brush_bg"]]};
  const seen = await axe.run(page, {iframes: false, runOnly: ["wcag2a", "wcag2aa", "wcag21aa"]});
  return seen.violations.filter(v => ["serious", "critical"].includes(v.impact))
    .map(v => v.id + " at " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(", "));
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve("full", tmp_path_factory.mktemp("store") / "full.sqlite") as url:
        yield url


class Watched:
    """A page that may only talk to this machine, with what it asked for elsewhere and what went wrong in it."""

    def __init__(self, chromium: Browser, **options: object) -> None:
        self.context = chromium.new_context(viewport={"width": 1440, "height": 900}, **options)  # type: ignore[arg-type]
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.context.route(
            lambda url: not local(url), lambda route: (self.foreign.append(route.request.url), route.abort())
        )  # type: ignore[func-returns-value]
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    seen = Watched(chromium)
    yield seen
    seen.context.close()


def frame(page: Page):  # type: ignore[no-untyped-def]
    return page.frame_locator("iframe[title*='st_folium']")


def view_of(page: Page) -> str:
    script = "() => [map.getZoom(), map.getCenter().lat.toFixed(2), map.getCenter().lng.toFixed(2)].join('/')"
    inner = next(f for f in page.frames if "st_folium" in f.url)
    return str(inner.evaluate(script))


def test_no_request_leaves_the_machine_on_any_screen(watched: Watched, full: str) -> None:
    for screen in SCREENS:
        watched.page.goto(full + screen)
        watched.page.get_by_text("events shown").first.wait_for(timeout=30_000)
        if not screen:
            wait_for_map(watched.page)
            watched.page.get_by_text("More filters").click()
            watched.page.get_by_role("button", name=re.compile("without place")).click()
        watched.page.wait_for_timeout(400)
    assert watched.foreign == []
    assert watched.errors == []


def test_a_click_on_a_mark_opens_its_sentence_and_the_address_keeps_it(watched: Watched, full: str) -> None:
    page = watched.page
    page.goto(full + "?kind=arrest")
    wait_for_map(page, ".dl-mark.arrest")
    frame(page).locator(".dl-mark.arrest").first.click()
    expect(page.get_by_role("heading", name="Raid, Almaty")).to_be_visible(timeout=10_000)
    expect(page.get_by_text("This is what was said of e07 & <i>no more</i>.").first).to_be_visible()
    assert "show=event%3Ae07" in page.url
    page.reload()
    expect(page.get_by_role("heading", name="Raid, Almaty")).to_be_visible(timeout=20_000)
    assert watched.errors == []


def test_the_view_is_kept_when_a_filter_changes(watched: Watched, full: str) -> None:
    page = watched.page
    page.goto(full)
    wait_for_map(page)
    next(f for f in page.frames if "st_folium" in f.url).evaluate(
        "() => window.map.setView([38, 70], 5, {animate: false})"
    )
    before = view_of(page)
    page.get_by_role("button", name=re.compile("^Arrests")).click()
    expect(page.get_by_text("of 16 events shown")).to_contain_text("4", timeout=10_000)
    page.wait_for_timeout(600)
    assert view_of(page) == before
    frame(page).locator(".badge").first.click()
    page.get_by_role("button", name="Close").wait_for(timeout=10_000)
    assert view_of(page) == before


def test_a_pasted_link_restores_the_filters_and_back_undoes_one(watched: Watched, full: str) -> None:
    page = watched.page
    page.goto(full + "?kind=route&country=RUS")
    expect(page.get_by_text("of 16 events shown")).to_contain_text("3", timeout=30_000)
    page.get_by_role("button", name="Clear all filters").first.click()
    expect(page.get_by_text("of 16 events shown")).to_contain_text("16", timeout=10_000)
    page.wait_for_function("() => !location.search.includes('kind')", timeout=10_000)


def test_the_filters_stay_when_the_screen_changes(watched: Watched, full: str) -> None:
    page = watched.page
    page.goto(full + "?kind=arrest")
    expect(page.get_by_text("of 16 events shown")).to_contain_text("4", timeout=30_000)
    page.get_by_role("link", name="Table").click()
    page.get_by_role("button", name="Download CSV").wait_for(timeout=15_000)
    expect(page.get_by_text("of 16 events shown")).to_contain_text("4")
    page.wait_for_function("() => location.search.includes('kind=arrest')", timeout=10_000)


def test_a_mark_can_be_opened_by_keyboard(watched: Watched, full: str) -> None:
    page = watched.page
    page.goto(full + "?kind=arrest")
    wait_for_map(page, ".dl-mark.arrest")
    mark = frame(page).locator(".dl-mark.arrest").first
    assert "Raid, Almaty" in (mark.get_attribute("aria-label") or "")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Raid, Almaty")).to_be_visible(timeout=10_000)


def test_markup_in_a_source_is_shown_as_text(watched: Watched, full: str) -> None:
    page = watched.page
    page.goto(full + "?show=event:e01")
    page.get_by_role("button", name="Show in the document").first.click()
    article = page.locator("article.dl-doc")
    article.wait_for(timeout=20_000)
    assert "<b>Not markup</b>" in article.inner_text()
    assert article.locator("mark.here").count() == 1


@pytest.mark.skipif(not AXE.is_file(), reason="AXE-CORE MISSING: run `npm ci`")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_problem_on_any_screen(chromium: Browser, full: str, scheme: str) -> None:
    seen = Watched(chromium, color_scheme=scheme)
    found = []
    for screen in ("?show=event:e01", *SCREENS[1:]) if scheme == "light" else ("?show=event:e01", "table"):
        seen.page.goto(full + screen)
        seen.page.get_by_text("events shown").first.wait_for(timeout=30_000)
        if screen.startswith("?"):
            wait_for_map(seen.page)
        seen.page.wait_for_timeout(900)
        for inner in seen.page.frames:
            inner.evaluate(AXE.read_text(encoding="utf-8"))
            found += [f"{screen}: {problem}" for problem in inner.evaluate(RUN_AXE)]
    seen.context.close()
    assert found == []


@pytest.mark.parametrize(
    ("which", "says"), [("empty", "The store holds no events yet."), ("none", "There is no store yet.")]
)
def test_without_events_the_screen_says_what_to_do(chromium: Browser, tmp_path: Path, which: str, says: str) -> None:
    with serve(which, tmp_path / "no.sqlite") as url:
        seen = Watched(chromium)
        seen.page.goto(url)
        expect(seen.page.get_by_role("heading", name=says)).to_be_visible(timeout=30_000)
        assert "Traceback" not in seen.page.content()
        seen.context.close()
