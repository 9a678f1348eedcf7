"""Bytes of a file → text, without losing or inventing a character; or the reason why they are no text.

Line ends are left as they are and a byte order mark stays the first character (U+FEFF), so that offsets index the
text exactly as Python's utf-8 codec reads the file.  Two other encodings are taken: UTF-16 where the file says so
itself, and Windows-1252 where every byte outside ASCII is then a letter or mark of a West European text; offsets index
the decoded text there.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["NotText", "decode"]

_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF file",
}
_LATIN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüŒœŠšŽž‘’“”„‚–—…•€£°§«»·\xa0")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class NotText(ValueError):
    """The bytes are no text; the message says what they are, in words for a person."""


def decode(data: bytes) -> str:
    """The text of a file.

    Raises
    ------
    NotText : binary data, or text in an encoding that cannot be told for certain.
    """
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise NotText(f"not text: it is {what}")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not data.startswith(codecs.BOM_UTF32_LE):
        try:
            return _checked(data.decode("utf-16"))
        except UnicodeDecodeError:
            raise NotText("not text: it begins like UTF-16 but is not") from None
    if b"\x00" in data:
        raise NotText(f"not text: binary data (a zero byte at {data.index(0):,})")
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError as err:
        return _checked(_western(data, err))


def _western(data: bytes, err: UnicodeDecodeError) -> str:
    where = f"byte 0x{data[err.start]:02X} at position {err.start:,}"
    advice = "save it as UTF-8"
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise NotText(f"not UTF-8 text ({where}); {advice}") from None
    high = [c for c in text if ord(c) > 127]
    if len(high) > len(text) / 8 or any(c not in _LATIN for c in high) or re.search(r"[Ãâ][^\sa-zA-Z]", text):
        raise NotText(f"not UTF-8 text ({where}); {advice}")
    return text


def _checked(text: str) -> str:
    controls = len(_CONTROL.findall(text))
    if controls > max(2, len(text) // 1000):
        raise NotText(f"not text: {controls:,} control characters")
    return text
