"""An address → the article there, only where a person has switched fetching on (DATELINE_FETCH=on), and guarded.

Only http and https, only public addresses: a name is looked up once, every address it has must be public, and the
connection goes to the address that was checked, so a name that changes its mind leads nowhere.  Each redirect is
checked in the same way.  Size and time are limited.  Nothing is sent but the request: no cookies, no proxy, no login.
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from extract.errors import FetchError
from extract.forms import limit_of, read_bytes
from extract.forms.base import Item, Source, size_words
from extract.schema import Refusal

__all__ = ["MAX_BYTES", "MAX_SECONDS", "SWITCH", "Fetched", "Net", "allowed", "fetch", "is_public", "read_address"]

SWITCH = "DATELINE_FETCH"
MAX_BYTES = 50_000_000
#: For the whole of it, redirects and all.
MAX_SECONDS = 30.0
MAX_REDIRECTS = 5
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "multipart/related": ".mhtml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_EMBEDDED = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("2002::/16"),
    ipaddress.ip_network("2001::/32"),
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: bytes, the ending of a file of that form, and the address that answered in the end."""

    data: bytes
    suffix: str
    url: str


def allowed() -> bool:
    """Whether a person has switched fetching on."""
    return os.environ.get(SWITCH, "").strip().lower() in ("1", "on", "yes", "true")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not this machine, not this network, not an IPv4 address
    wrapped in an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in net for net in _EMBEDDED):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as err:
        raise FetchError(f"no server of the name {host[:100]} is known") from err
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _connect(scheme: str, address: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
    """A connection to the address that was checked; the certificate must be the name's."""
    limits: dict[str, Any] = {"timeout": urllib3.Timeout(connect=10, read=10), "retries": False, "maxsize": 1}
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(address, port, server_hostname=host, assert_hostname=host, **limits)
    return urllib3.HTTPConnectionPool(address, port, **limits)


@dataclass(frozen=True, slots=True)
class Net:
    """How names are looked up, connections made, time told; tests give their own."""

    resolve: Callable[[str, int], list[str]] = _resolve
    connect: Callable[[str, str, int, str], urllib3.HTTPConnectionPool] = _connect
    clock: Callable[[], float] = time.monotonic


def fetch(url: str, net: Net | None = None) -> Fetched:
    """What stands at an address.

    Raises
    ------
    FetchError : it may not be asked, does not answer with an article, or is too large or too slow; one line says which.
    """
    net = net or Net()
    until = net.clock() + MAX_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(url, net, until)
        if isinstance(answer, Fetched):
            return answer
        url = answer
    raise FetchError(f"more than {MAX_REDIRECTS} redirects: given up")


def _parts(url: str) -> tuple[SplitResult, str, int]:
    """The parts of an address that may be asked, its host and port."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as err:
        raise FetchError("no web address") from err
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"only http and https are fetched, not '{parts.scheme[:20] or 'nothing'}'")
    if not host or re.search(r"[\x00-\x20\x7f]", url.strip()):
        raise FetchError("no web address")
    if parts.username is not None or parts.password is not None:
        raise FetchError("an address with a login is not fetched")
    return parts, host, port or (443 if parts.scheme == "https" else 80)


def _ask(url: str, net: Net, until: float) -> Fetched | str:
    """One request: the answer, or the address that it sends us on to."""
    parts, host, port = _parts(url)
    addresses = net.resolve(host, port)
    if not addresses or not all(is_public(a) for a in addresses):
        raise FetchError(f"{host[:100]} is no public address: not fetched")
    pool = net.connect(parts.scheme, addresses[0], port, host)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    default = (parts.scheme == "https") == (port == 443) and port in (80, 443)
    name = f"[{host}]" if ":" in host else host
    headers = {"Host": name if default else f"{name}:{port}", "User-Agent": "Dateline", "Accept-Encoding": "identity"}
    try:
        answer = pool.urlopen("GET", target, headers=headers, redirect=False, retries=False, preload_content=False)
        try:
            if answer.status in (301, 302, 303, 307, 308) and answer.headers.get("Location"):
                return urljoin(url, answer.headers["Location"])
            if answer.status != 200:
                raise FetchError(f"the server answers {answer.status}")
            suffix = _form(answer.headers.get("Content-Type", ""), parts.path)
            return Fetched(_body(answer, min(MAX_BYTES, limit_of(suffix)), net, until), suffix, url)
        finally:
            answer.close()
    except FetchError:
        raise
    except (HTTPError, OSError, ValueError) as err:
        raise FetchError(f"{host[:100]} does not answer ({type(err).__name__})") from err
    finally:
        pool.close()


def _form(said: str, path: str) -> str:
    kind = said.partition(";")[0].strip().lower()
    by_name = "." + path.rsplit(".", 1)[-1].lower() if "." in path.rsplit("/", 1)[-1] else ""
    if kind in _TYPES:
        return _TYPES[kind]
    if kind in ("", "application/octet-stream") and by_name in _TYPES.values():
        return by_name
    raise FetchError(f"an answer of the kind '{kind[:60] or 'not stated'}' is no article")


def _body(answer: Any, limit: int, net: Net, until: float) -> bytes:
    parts, size = [], 0
    while part := answer.read1(1 << 16):
        size += len(part)
        if size > limit:
            raise FetchError(f"more than {size_words(limit)}: given up")
        if net.clock() > until:
            raise FetchError(f"takes more than {MAX_SECONDS:.0f} seconds: given up")
        parts.append(part)
    return b"".join(parts)


def read_address(url: str, net: Net | None = None) -> Iterator[Item]:
    """The documents at an address; where fetching is off, or does not succeed, a refusal says so."""
    if not allowed():
        yield Refusal(url, f"fetching addresses is off; the environment variable {SWITCH}=on switches it on")
        return
    try:
        found = fetch(url, net)
    except FetchError as err:
        yield Refusal(url, " ".join(str(err).split()))
        return
    stem = urlsplit(found.url).path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0] or urlsplit(found.url).hostname
    for item in read_bytes(found.data, found.suffix, Source(url, str(stem)[:100])):
        yield item if isinstance(item, Refusal) else replace(item, path=None, url=item.url or found.url)
