"""The map in a browser: view and layers in the address, back and forward, one selection in every view, drawn areas."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from dashboard import offline
from tests.browser import SKIPPED, browser, find_chromium, serve, wait_for_map

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
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve("full", tmp_path_factory.mktemp("store") / "full.sqlite") as url:
        yield url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def inside(page: Page) -> Frame:
    return next(f for f in page.frames if "st_folium" in f.url)


def where(page: Page) -> list[float]:
    script = "() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]"
    return [round(v, 1) for v in inside(page).evaluate(script)]


def shown(page: Page, n: int) -> None:
    expect(page.locator(".dl-count").first).to_contain_text(f"{n}of 16 events shown", timeout=20_000)


def test_a_pasted_link_restores_view_layers_and_selection(page: Page, full: str) -> None:
    page.goto(full + "?at=38.50,68.80,6.00&shade=nothing&routes=0&show=event:e01")
    wait_for_map(page)
    assert where(page) == [38.5, 68.8, 6.0]
    frame = page.frame_locator("iframe[title*='st_folium']")
    expect(frame.locator("path.leg")).to_have_count(0)
    expect(frame.locator("path.counted")).to_have_count(0)
    expect(page.get_by_role("heading", name="Attack, Kandahar")).to_be_visible()
    expect(frame.locator(".dl-mark.selected")).to_have_count(1)


def test_moving_the_map_enters_the_address_and_runs_nothing(page: Page, full: str) -> None:
    page.goto(full)
    wait_for_map(page)
    drawn = inside(page).evaluate("() => Dateline.drawn")
    for _ in range(4):  # the map may still fit itself to its frame, which a person would wait for
        inside(page).evaluate("() => map.setView([35, 65], 5, {animate: false})")
        with contextlib.suppress(PlaywrightTimeout):
            page.wait_for_function("() => location.search.includes('at=35.00%2C65.00%2C5.00')", timeout=5_000)
            break
    assert "at=35.00%2C65.00%2C5.00" in page.url
    assert inside(page).evaluate("() => Dateline.drawn") == drawn
    page.get_by_role("button", name=re.compile("^Arrests")).click()
    shown(page, 4)
    page.wait_for_function(
        "() => location.search.includes('kind=arrest') && location.search.includes('at=35.00')", timeout=10_000
    )


def test_back_and_forward_undo_and_redo_a_filter(page: Page, full: str) -> None:
    page.goto(full)
    wait_for_map(page)
    page.get_by_role("button", name=re.compile("^Arrests")).click()
    shown(page, 4)
    page.wait_for_function("() => location.search.includes('kind=arrest')", timeout=10_000)
    page.go_back()
    shown(page, 16)
    page.go_forward()
    shown(page, 4)


def test_what_is_selected_in_a_list_is_pointed_out_on_the_map_and_the_timeline(page: Page, full: str) -> None:
    page.goto(full)
    wait_for_map(page)
    page.get_by_role("button", name="Got it").click()
    page.get_by_role("button", name=re.compile("^Afghanistan")).click()
    expect(page.get_by_role("heading", name="Afghanistan")).to_be_visible(timeout=10_000)
    frame = page.frame_locator("iframe[title*='st_folium']")
    expect(frame.locator("path.pointed")).to_have_count(1, timeout=10_000)
    expect(frame.locator(".dl-mark.selected").first).to_be_attached()


def test_an_area_is_drawn_by_clicks_and_filters(page: Page, full: str) -> None:
    page.goto(full + "?at=36,67,5")
    wait_for_map(page)
    frame = page.frame_locator("iframe[title*='st_folium']")
    frame.get_by_role("button", name=re.compile("Draw an area")).click()
    inside(page).evaluate(
        """() => [[30, 60], [30, 71], [36, 71], [36, 60]].forEach(
             p => map.fire("click", {latlng: L.latLng(p[0], p[1])}))"""
    )
    page.keyboard.press("Enter")
    inside(page).evaluate('() => document.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter"}))')
    shown(page, 2)  # Kandahar and Kabul
    expect(page.get_by_role("button", name=re.compile("drawn area"))).to_be_visible()
    expect(frame.locator("path.drawn")).to_have_count(1)


@pytest.mark.parametrize("width", [375, 1366, 3840])
def test_nothing_runs_out_of_the_window_at_any_width(chromium: Browser, full: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": {375: 812, 1366: 768, 3840: 2160}[width]})
    page = context.new_page()
    page.goto(full)
    wait_for_map(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    box = page.locator("iframe[title*='st_folium']").bounding_box()
    assert box and box["width"] <= width and box["height"] >= 300
    inside(page).wait_for_function("() => Math.abs(map.getSize().y - window.innerHeight) < 2", timeout=5_000)
    context.close()
