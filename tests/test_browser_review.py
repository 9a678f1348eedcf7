"""What only a browser shows of review: keys decide, typing does not, a click on the small map finds what lies there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from dashboard import offline
from geodata.frames import load_snapshot
from geodata.store import Store
from tests.browser import SKIPPED, browser, find_chromium, serve
from tests.review_store import make_store
from tests.test_browser_dashboard import AXE, RUN_AXE, Watched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason=SKIPPED),
    pytest.mark.skipif(bool(offline.missing()), reason="BROWSER FILES MISSING: run `make setup`"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("review") / "store.sqlite")


@pytest.fixture(scope="module")
def url(store: Path) -> Iterator[str]:
    with serve("none", store) as address:
        yield address + "review?by=N.+Name"


def reviews(store: Path) -> list[str]:
    with Store(store, create=False) as opened:
        return sorted(load_snapshot(opened).events["review"])


def opened(chromium: Browser, url: str, **options: object) -> tuple[Watched, Page]:
    seen = Watched(chromium, **options)
    seen.page.goto(url)
    expect(seen.page.get_by_text("4 events to review")).to_be_visible(timeout=30_000)
    expect(seen.page.get_by_text("1 of 4")).to_be_visible(timeout=10_000)
    seen.page.locator("article.dl-doc").wait_for(timeout=10_000)
    settled(seen.page)
    seen.page.wait_for_timeout(1500)  # the keys are bound a moment after the buttons are drawn
    return seen, seen.page


def settled(page: Page) -> None:
    """Wait until the app has drawn all that the last action changes."""
    expect(page.locator("[data-testid='stApp']")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=20_000
    )


def press(page: Page, key: str, shows: str) -> None:
    """Press a key until its words are there: a key is lost where the page has not bound it yet."""
    for _ in range(3):
        settled(page)
        page.keyboard.press(key)
        try:
            page.get_by_text(shows).wait_for(timeout=8_000)
            break
        except TimeoutError:  # the app stands still and has not taken the key: once more
            continue
    expect(page.get_by_text(shows)).to_be_visible()
    settled(page)


def test_the_keys_decide_and_typing_a_note_does_not(chromium: Browser, store: Path, url: str) -> None:
    seen, page = opened(chromium, url)
    expect(page.locator(".dl-detail h2").first).to_have_text("Attack, Istanbul")
    page.get_by_label("Note", exact=True).fill("")
    page.get_by_label("Note", exact=True).press_sequentially("a sane axe use")
    page.wait_for_timeout(700)
    assert reviews(store) == ["", "", "", ""]
    page.locator(".dl-detail h2").first.click()  # out of the field
    press(page, "e", "What to correct")
    press(page, "n", "2 of 4")
    press(page, "p", "1 of 4")
    press(page, "a", "1 of 3")
    assert reviews(store) == ["", "", "", "accepted"]
    press(page, "x", "1 of 2")
    assert len(reviews(store)) == 3
    press(page, "u", "3 events to review")
    press(page, "u", "4 events to review")
    assert reviews(store) == ["", "", "", ""]
    assert (seen.foreign, seen.errors) == ([], [])
    seen.context.close()


def test_a_click_on_the_small_map_finds_what_lies_there(chromium: Browser, url: str) -> None:
    seen, page = opened(chromium, url)
    page.keyboard.press("e")
    page.get_by_text("What to correct").wait_for(timeout=10_000)
    inner = page.frame_locator("iframe[title*='st_folium']")
    inner.locator(".dl-mark").first.wait_for(state="attached", timeout=30_000)
    settled(page)
    inner.locator("#map_div").click(position={"x": 120, "y": 60})
    expect(page.get_by_text("This very spot")).to_be_visible(timeout=15_000)
    expect(page.locator(".dl-detail h2").first).to_have_text("Attack, Istanbul")  # a click there selects no other event
    assert "at=" not in page.url
    assert (seen.foreign, seen.errors) == ([], [])
    seen.context.close()


@pytest.mark.skipif(not AXE.is_file(), reason="AXE-CORE MISSING: run `npm ci`")
def test_axe_finds_no_serious_problem_in_review(chromium: Browser, url: str) -> None:
    found = []
    for scheme in ("light", "dark"):
        seen, page = opened(chromium, url, color_scheme=scheme)
        for pane in ("Sources", "Correct", "Merge or split", "History"):
            page.locator(".st-key-review_pane button", has_text=pane).click()
            page.wait_for_timeout(1200)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found += [f"{scheme} {pane}: {problem}" for problem in page.evaluate(RUN_AXE)]
        seen.context.close()
    assert not found, "\n".join(found)
