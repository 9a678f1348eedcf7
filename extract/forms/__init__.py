"""The forms in which articles come, by the ending of the file: one module each, all giving documents and refusals.

A new form is a reader (see `base.Reader`) and a line in `FORMS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extract.forms import archive, feed, mail, page, pdf, plain, records, word
from extract.forms.base import Item, Reader, Source, too_big

__all__ = ["EXPECTED", "FORMS", "SUFFIXES", "Form", "limit_of", "read_bytes"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its reader, the largest file (bytes) and what messages call such a file."""

    read: Reader
    limit: int
    what: str = "an article"


def _json_lines(data: bytes, source: Source) -> Iterator[Item]:
    return records.read_json_lines(data.splitlines(), source)


_PAGE = Form(page.read_html, 20_000_000, "a web page")
_FEED = Form(feed.read_feed, 50_000_000, "a feed")
_MHTML = Form(page.read_mhtml, 100_000_000, "a saved page")
FORMS: dict[str, Form] = {
    ".txt": Form(plain.read_text, 20_000_000),
    ".html": _PAGE,
    ".htm": _PAGE,
    ".xhtml": _PAGE,
    ".mhtml": _MHTML,
    ".mht": _MHTML,
    ".pdf": Form(pdf.read_pdf, 200_000_000, "a PDF"),
    ".docx": Form(word.read_docx, 100_000_000, "a Word file"),
    ".eml": Form(mail.read_eml, 100_000_000, "a letter"),
    ".csv": Form(records.read_csv, 250_000_000, "a table"),
    ".tsv": Form(records.read_csv, 250_000_000, "a table"),
    ".jsonl": Form(_json_lines, 250_000_000, "a file of records"),
    ".rss": _FEED,
    ".atom": _FEED,
    ".xml": _FEED,
    ".zip": Form(archive.read_zip, 500_000_000, "an archive"),
}
#: Endings that are read.
SUFFIXES = tuple(FORMS)
#: In a folder these look like articles that someone expects to be read: refused by name, not passed over.
_ADVICE = {
    ".doc": "save it as .docx or .pdf",
    ".rtf": "save it as .docx or .txt",
    ".odt": "save it as .docx or .pdf",
    ".epub": "save it as .pdf or .html",
    ".msg": "save the letter as .eml",
    ".xlsx": "save the table as .csv",
    ".webarchive": "save the page as .html or .mhtml",
    ".json": "give one record a line, as .jsonl",
    ".rar": "pack it as .zip",
    ".7z": "pack it as .zip",
    ".gz": "unpack it first",
    ".tgz": "unpack it first",
    ".tar": "pack it as .zip",
}
EXPECTED = frozenset((*FORMS, *_ADVICE))


def limit_of(suffix: str) -> int:
    """The largest file of a form, bytes."""
    return FORMS[suffix].limit if suffix in FORMS else 20_000_000


def read_bytes(data: bytes, suffix: str, source: Source) -> Iterator[Item]:
    """The documents in the bytes of a file, by its ending (".pdf"); what cannot be read is refused."""
    form = FORMS.get(suffix)
    if form is None:
        kind = f"'{suffix}' files" if suffix else "files without an extension"
        advice = f": {_ADVICE[suffix]}" if suffix in _ADVICE else f"; expected {', '.join(SUFFIXES)}"
        yield source.refuse(f"{kind} are not read{advice}")
    elif len(data) > form.limit:
        yield source.refuse(too_big(len(data), form.limit, form.what))
    elif not data.strip():
        yield source.refuse("empty file")
    else:
        yield from form.read(data, Source(source.label, source.name, source.row, source.depth, source.rows, read_bytes))
