"""A Chromium for the tests and an app to point it at.

`find_chromium` looks for the system's browser, then for Playwright's own download.  Without one, the tests are skipped
with one loud line.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

__all__ = ["ROOT", "browser", "find_chromium", "local", "serve", "wait_for_map"]

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SKIPPED = (
    "NO CHROMIUM FOUND: the browser tests did not run (install Debian's chromium, or `playwright install chromium`)"
)


def find_chromium() -> str | None:
    """Path of a Chromium: DATELINE_CHROMIUM in the environment, the system's, Playwright's own; None without one."""
    for name in (os.environ.get("DATELINE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    with sync_playwright() as play:
        own = play.chromium.executable_path
    return own if Path(own).exists() else None


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def _alive(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def serve(which: str, store: Path) -> Iterator[str]:
    """The app over hand-made frames ('full', 'empty') or over the store as it is ('none'); gives its address."""
    port = _free_port()
    env = os.environ | {"DATELINE_STORE": str(store)}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "serve.py"), str(port), which],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        for _ in range(150):
            if _alive(f"http://localhost:{port}/_stcore/health"):
                break
            try:
                process.wait(0.2)
                raise RuntimeError(
                    "the app ended: " + (process.stderr.read().decode()[-600:] if process.stderr else "")
                )
            except subprocess.TimeoutExpired:
                continue
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait(10)
        if process.stderr:
            process.stderr.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def local(url: str) -> bool:
    """Whether an address is this machine or no network address at all."""
    return url.startswith(("http://localhost:", "ws://localhost:", "data:", "blob:", "about:"))


def wait_for_map(page: Page, mark: str = ".dl-mark") -> None:
    """Until the map has drawn its ground and a mark (or another selector)."""
    frame = page.frame_locator("iframe[title*='st_folium']")
    frame.locator("path.land").first.wait_for(state="attached", timeout=30_000)
    frame.locator(mark).first.wait_for(state="attached", timeout=30_000)
