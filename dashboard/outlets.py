"""The outlets of a text as a screen shows them: names, days and links; HTML in which everything is escaped."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from dashboard.wording import date_text

__all__ = ["also_in", "outlets_html", "web_address"]


def web_address(url: Any) -> str | None:
    """The address when it is a plain http(s) one, None otherwise (a `javascript:` link never reaches the page)."""
    return url if isinstance(url, str) and url.lower().startswith(("http://", "https://")) else None


def also_in(outlets: Any) -> list[tuple[str, str, str | None]]:
    """(publisher or file, day, web address) of each further outlet of the very same text; DOCUMENTS' `outlets`."""
    rows = json.loads(outlets) if isinstance(outlets, str) and outlets else []
    return [
        (r["publisher"] or r["name"], date_text(r["published"], r["published"], "day") if r["published"] else "", link)
        for r in rows
        for link in [web_address(r["url"])]
    ]


def outlets_html(outlets: Any) -> str:
    """'B, 6 Mar 2024 · original ↗; C': the further outlets, everything escaped; '' where there is none."""
    parts = []
    for name, day, link in also_in(outlets):
        words = escape(", ".join(p for p in (name, day) if p))
        href = escape(link or "", quote=True)
        parts.append(
            f"{words} · <a href='{href}' target='_blank' rel='noopener noreferrer'>original ↗</a>" if link else words
        )
    return "; ".join(parts)
