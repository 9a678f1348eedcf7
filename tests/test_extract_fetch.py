"""Fetching an address: off by default, and guarded: nothing but public http(s), also after redirects."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import urllib3

from extract import fetch as module
from extract.errors import FetchError
from extract.fetch import Net, fetch, is_public, read_address
from extract.reading import read_paths
from extract.schema import Document, Refusal
from tests.article_files import BODY, FIRST, pdf
from tests.saved_pages import PAGES

PUBLIC = "93.184.216.34"
NAMES = {
    "news.example": [PUBLIC],
    "inner.example": ["127.0.0.1"],
    "half.example": [PUBLIC, "10.0.0.7"],
    "127.0.0.1": ["127.0.0.1"],
    "169.254.169.254": ["169.254.169.254"],
}


class Site(BaseHTTPRequestHandler):
    """A few pages, redirects and misbehaviours."""

    asked: list[tuple[str, str]]

    def do_GET(self) -> None:
        type(self).asked.append((self.path, self.headers["Host"]))
        to = {
            "/in": "http://inner.example/",
            "/loop": "/loop",
            "/on": "/page",
            "/ip": "http://127.0.0.1/",
            "/file": "file:///etc/passwd",
            "/cloud": "http://169.254.169.254/latest/meta-data",
        }
        kinds = {
            "/page": "text/html; charset=utf-8",
            "/a.pdf": "application/pdf",
            "/photo": "image/png",
            "/plain": "text/plain",
            "/large": "text/plain",
        }
        if self.path in to:
            self.send_response(302)
            self.send_header("Location", to[self.path])
            self.end_headers()
        elif self.path in kinds:
            bodies = {"/page": PAGES["blog"][0].encode(), "/a.pdf": pdf([[FIRST]]), "/large": b"x" * 5000}
            self.send_response(200)
            self.send_header("Content-Type", kinds[self.path])
            self.end_headers()
            self.wfile.write(bodies.get(self.path, BODY.encode()))
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    """Names of our own; every public address is the local site, and any other connection fails the test."""
    monkeypatch.setenv(module.SWITCH, "on")
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def connect(scheme: str, address: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
        assert address == PUBLIC, f"a connection to {address} for {host}"
        return urllib3.HTTPConnectionPool("127.0.0.1", server.server_port, retries=False, timeout=5)

    yield Net(lambda host, port: NAMES[host], connect)
    server.shutdown()
    thread.join()
    server.server_close()


def refused(url: str, net: Net) -> str:
    with pytest.raises(FetchError) as err:
        fetch(url, net)
    return str(err.value)


def test_a_page_is_fetched_and_read_with_its_address(net: Net) -> None:
    (doc,) = read_address("http://news.example/on", net)
    assert isinstance(doc, Document) and PAGES["blog"][1][0] in doc.text
    assert (doc.url, doc.path, doc.name) == ("http://news.example/page", None, "page")
    assert Site.asked == [("/on", "news.example"), ("/page", "news.example")]


def test_a_pdf_and_plain_text_are_known_by_what_the_server_says(net: Net) -> None:
    for path, words in (("a.pdf", FIRST), ("plain", BODY)):
        (doc,) = read_address(f"http://news.example/{path}", net)
        assert isinstance(doc, Document) and words in doc.text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://inner.example/", "no public address"),
        ("http://half.example/page", "no public address"),
        ("http://news.example/in", "no public address"),
        ("http://news.example/ip", "no public address"),
        ("http://news.example/cloud", "no public address"),
        ("http://news.example/file", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://news.example/x", "only http and https"),
        ("http://user:secret@news.example/page", "with a login"),
        ("http://", "no web address"),
        ("http://news.example/a\r\nHost: x", "no web address"),
        ("http://news.example:99999/", "no web address"),
        ("http://news.example/loop", "redirects"),
        ("http://news.example/gone", "answers 404"),
        ("http://news.example/photo", "'image/png' is no article"),
    ],
)
def test_what_may_not_be_fetched_is_not(net: Net, url: str, words: str) -> None:
    said = refused(url, net)
    assert words in said and "\n" not in said and "secret" not in said


def test_a_name_is_looked_up_once_so_that_it_cannot_change_its_mind(net: Net) -> None:
    answers = iter([[PUBLIC]])
    fetch("http://news.example/page", Net(lambda host, port: next(answers), net.connect))


def test_size_and_time_are_limited(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    assert "more than 1 kB" in refused("http://news.example/large", net)
    monkeypatch.undo()
    monkeypatch.setenv(module.SWITCH, "on")
    times = iter([0.0, 31.0, 32.0])
    assert "more than 30 seconds" in refused(
        "http://news.example/page", Net(net.resolve, net.connect, lambda: next(times))
    )


def test_it_is_off_unless_somebody_switches_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> list[str]:
        raise AssertionError("asked the network")

    monkeypatch.delenv(module.SWITCH, raising=False)
    monkeypatch.setattr(module.socket, "getaddrinfo", never)
    (item,) = read_paths(["https://news.example/page"])
    assert isinstance(item, Refusal) and "DATELINE_FETCH=on" in item.reason and item.path == "https://news.example/page"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        (PUBLIC, True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:1::1", False),
        ("x", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
