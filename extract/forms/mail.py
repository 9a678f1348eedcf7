"""Letters (.eml): a newsletter or a press release as it was mailed, and the articles attached to it.

Title, date and publisher come from the head of the letter.  The sender counts as publisher only where the address is
an office's or the name is the domain's: names of private persons are not kept.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from extract.forms.base import MAX_CHARS, MAX_DEPTH, Item, Source, finish, one_line, tidy, too_big
from extract.head import Head, read_head
from extract.html import flat_text, read_page

__all__ = ["read_eml"]

_OFFICE = re.compile(
    r"(?:no-?reply|do-?not-?reply|news\w*|press\w*|media|info|alerts?|updates?|editor\w*|office|contact|"
    r"communications?|public\w*|bulletin|digest|list|mail\w*)(?:[.+_-].*)?",
    re.I,
)
_REPLY = re.compile(r"^\s*(?:(?:re|fwd?|fw|aw|wg)\s*:\s*)+", re.I)


def read_eml(data: bytes, source: Source) -> Iterator[Item]:
    """The letter's text as one document, then each attachment that is an article."""
    from extract.forms import EXPECTED, limit_of

    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if not any(message.get(name) for name in ("From", "Subject", "Date", "MIME-Version", "Received")):
            yield source.refuse("not a letter: it has no head (From, Subject, Date)")
            return
        text = tidy(_body(message)).strip("\n")
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError) as err:
        # the standard library's parser slips on some broken heads
        yield source.refuse(f"a letter that cannot be read ({type(err).__name__})")
        return
    attached, passed = [], []
    for name, body in _attachments(message):
        suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
        if suffix in EXPECTED and source.depth < MAX_DEPTH and len(body) <= limit_of(suffix):
            attached.append((name, suffix, body))
        else:
            passed.append(name)
    if text.strip():
        yield _document(text, message, source)
    elif not attached:
        only = f" and only {', '.join(passed[:3])} attached" if passed else ""
        yield source.refuse(f"a letter without text{only}")
    for name, suffix, body in attached:
        assert source.inner is not None
        yield from source.inner(body, suffix, source.member(name))


def _document(text: str, message: EmailMessage, source: Source) -> Item:
    if len(text) > MAX_CHARS:
        return source.refuse(too_big(len(text), MAX_CHARS))
    head, sent = read_head(text), _sent(message)
    title = one_line(_REPLY.sub("", _header(message, "Subject")))
    return finish(
        text,
        source,
        Head(
            title=title or head.title,
            title_stated=title is not None or head.title_stated,
            publisher=head.publisher or _publisher(message),
            published=head.published or sent,
            published_from=head.published_from if head.published else "metadata" if sent else None,
            url=head.url,
        ),
        path=source.label,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""


def _body(message: EmailMessage) -> str:
    """The letter's words: the plain part, or the HTML part where that says more."""
    plain, rich = (_part(message, kind) for kind in ("plain", "html"))
    if rich and len(plain.split()) < 40:
        data = rich.encode("utf-8", "replace")
        return read_page(data).text or flat_text(data) or plain
    return plain


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in message.iter_attachments():
        name = one_line(part.get_filename(), 200)
        body = part.get_payload(decode=True)
        if name and isinstance(body, bytes):
            yield name.replace("\\", "/").rsplit("/", 1)[-1], body


def _sent(message: EmailMessage) -> dt.date | None:
    try:
        when = getattr(message.get("Date"), "datetime", None)
    except (ValueError, TypeError, IndexError, AttributeError):
        return None
    return when.date() if isinstance(when, dt.datetime) and 1980 < when.year < 2200 else None


def _publisher(message: EmailMessage) -> str | None:
    said = one_line(_header(message, "Organization") or _header(message, "Organisation"), 200)
    if said:
        return said
    name, sender = parseaddr(_header(message, "From"))
    office, _, domain = sender.partition("@")
    words = [w for w in re.findall(r"\w{3,}", name.lower()) if w != "the"]
    of_domain = any(w in domain.lower() for w in words)
    if name and domain and (_OFFICE.fullmatch(office) or (of_domain and not any(w in office.lower() for w in words))):
        return one_line(name, 200)
    return one_line(domain.lower().removeprefix("mail.").removeprefix("news."), 200)
