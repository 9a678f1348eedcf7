"""Each form of article is read whole, with what it says of itself; each bad case is one clear line."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from extract.forms import archive, pdf, read_bytes
from extract.forms.base import Source, address, tidy
from extract.pages import page_at, page_count
from extract.reading import read_file, read_paths
from extract.schema import Document, Refusal
from tests.article_files import BODY, FIRST, SECOND, docx_file, eml, mhtml, rss, table, two_columns, zipped
from tests.article_files import pdf as make_pdf
from tests.saved_pages import PAGES as LAYOUTS


def read(data: bytes, name: str) -> list[Document | Refusal]:
    stem, _, suffix = name.rpartition(".")
    return list(read_bytes(data, f".{suffix}", Source(name, stem)))


def one(data: bytes, name: str) -> Document:
    (item,) = read(data, name)
    assert isinstance(item, Document), item
    return item


def refused(data: bytes, name: str) -> str:
    """The one line that is said, where nothing is read."""
    (item,) = read(data, name)
    assert isinstance(item, Refusal), item
    assert "\n" not in item.reason and "Error:" not in item.reason
    return item.reason


# ---------------------------------------------------------------- PDF
PAGES = (
    (
        "# Boats lost and found in the Gulf",
        "",
        "The coast guard of Example said that a boat was seen on",
        "Tuesday. A state-",
        "run agency said that the detain-",
        "ees will be transferred to the capital, and the in-",
    ),
    ("vestigation goes on until the end of the month.", "", FIRST),
    ("In the port nothing was seen on 12 March.",),
)


@pytest.fixture(scope="module")
def paper() -> Document:
    made = make_pdf(PAGES, head="Harbour Monitor, 5 March 2024", foot="Page {n} of 3")
    return one(made, "boats.pdf")


def test_a_pdf_gives_its_words_in_order_with_hyphens_at_line_ends_undone(paper: Document) -> None:
    assert "A state-run agency said that the detainees will be transferred" in paper.text
    assert (paper.title, paper.published) == ("Boats lost and found in the Gulf", dt.date(2024, 3, 5))


def test_a_sentence_goes_on_over_the_end_of_a_page_and_keeps_the_page(paper: Document) -> None:
    assert "and the investigation\fgoes on until" in paper.text
    assert page_count(paper.text) == 3
    found = [page_at(paper.text, paper.text.index(words)) for words in ("coast guard", "Eleven men", "In the port")]
    assert found == [1, 2, 3]


def test_heads_and_feet_of_pages_are_left_out_but_the_first_head(paper: Document) -> None:
    assert paper.text.count("Harbour Monitor") == 1 and paper.text.startswith("Harbour Monitor, 5 March 2024\n")
    assert "Page" not in paper.text and "of 3" not in paper.text


def test_columns_are_read_one_after_the_other() -> None:
    left = ["Twelve people were held", "in the town of Example by", "the police on Monday."]
    right = ["A ferry did not sail from", "the port because of the", "weather, it was said."]
    text = one(two_columns(left, right), "two.pdf").text
    assert text.replace("\n\n", " ") == " ".join([*left, *right])


def test_a_scanned_pdf_says_so_and_pages_of_pictures_are_told() -> None:
    assert "scanned PDF: 2 pages of pictures and no text" in refused(make_pdf([], picture_pages=2), "scan.pdf")
    told, doc = read(make_pdf([[FIRST]], picture_pages=1), "half.pdf")
    assert isinstance(told, Refusal) and "1 of 2 pages are pictures without text (page 2)" in told.reason
    assert isinstance(doc, Document) and FIRST in doc.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (make_pdf([[BODY]], password="secret"), "protected by a password"),
        (b"%PDF-1.7\n" + b"x" * 100, "a damaged PDF"),
        (b"PK\x03\x04 and so on", "not a PDF"),
    ],
)
def test_a_pdf_that_cannot_be_opened_says_why(data: bytes, words: str) -> None:
    assert words in refused(data, "a.pdf")


def test_a_pdf_that_takes_too_long_or_dies_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "more than 0 seconds" in str(pdf.ask(make_pdf([[FIRST]]), seconds=0.001).problem)
    monkeypatch.setattr(pdf.sys, "executable", "/bin/false")
    assert "cannot be read" in str(pdf.ask(b"%PDF").problem)


def test_a_pdf_that_unpacks_to_more_than_the_memory_it_may_use_is_given_up() -> None:
    packer = zlib.compressobj(1)
    stream = b"".join(packer.compress(bytes(20_000_000)) for _ in range(20)) + packer.flush()
    page = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Length "
        + str(len(stream)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
    )
    assert "too much memory" in str(pdf.ask(page, memory=350_000_000).problem)


# ---------------------------------------------------------------- Word
def test_a_word_file_gives_headings_lists_and_tables_in_order() -> None:
    made = docx_file(
        heading="A raid in Example",
        paragraphs=["Published: 9 May 2024", BODY],
        items=["one town"],
        rows=[["Town", "Held"], ["Example", "3"]],
    )
    doc = one(made, "raid.docx")
    assert doc.text.split("\n\n") == [
        "A raid in Example",
        "Published: 9 May 2024",
        BODY,
        "- one town",
        "Town | Held",
        "Example | 3",
    ]
    assert (doc.title, doc.published, doc.publisher) == ("A raid in Example", dt.date(2024, 5, 9), None)


def _with_xml(data: bytes, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(
                name, source.read(name).replace(old, new) if name == "word/document.xml" else source.read(name)
            )
    return out.getvalue()


def test_inserted_words_are_read_and_deleted_ones_are_not() -> None:
    run = b"<w:r><w:t>QUIET</w:t></w:r>"
    marked = (
        b'<w:ins w:id="1" w:author="x"><w:r><w:t>loud</w:t></w:r></w:ins>'
        b'<w:del w:id="2" w:author="x"><w:r><w:delText>quiet</w:delText></w:r></w:del>'
    )
    text = one(_with_xml(docx_file(heading="Night", paragraphs=["QUIET"]), run, marked), "a.docx").text
    assert text == "Night\n\nloud"


def test_word_files_that_cannot_be_opened_say_why() -> None:
    whole = docx_file(heading="A raid", paragraphs=[BODY])
    assert "cut off" in refused(whole[:5000], "a.docx")
    assert "without text" in refused(_with_xml(docx_file(heading="", paragraphs=[]), b"", b""), "a.docx")
    assert "password" in refused(b"\xd0\xcf\x11\xe0" + b"x" * 600, "a.docx")
    assert "not a Word file" in refused(zipped({"a.txt": "x"}), "a.docx")
    assert "bomb" in refused(zipped({"word/document.xml": b"<a/>" + b" " * 30_000_000}), "a.docx")
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %s "%s">' % (bytes([98 + i]), b"&%s;" % bytes([97 + i]) * 50) for i in range(8))
        + b"]><w>&i;</w>"
    )
    assert "damaged Word file" in refused(
        zipped({"word/document.xml": laughs, "[Content_Types].xml": "<Types/>"}), "a.docx"
    )


# ---------------------------------------------------------------- letters
def test_a_letter_gives_its_text_with_subject_day_and_office() -> None:
    doc = one(eml(subject="Fwd: A quiet night"), "night.eml")
    assert doc.text.strip() == BODY
    assert (doc.title, doc.publisher, doc.published) == ("A quiet night", "The Courier", dt.date(2024, 3, 5))


@pytest.mark.parametrize(
    ("sender", "publisher"),
    [
        ("Harbour News <desk@harbournews.example>", "Harbour News"),
        ("press@ministry.example", "ministry.example"),
        ("Given Surname <given.surname@paper.example>", "paper.example"),
        ("G. Surname <gs@paper.example>", "paper.example"),
        ("Ministry of Examples <press@gov.example>", "Ministry of Examples"),
    ],
)
def test_a_private_sender_is_not_kept(sender: str, publisher: str) -> None:
    assert one(eml(sender=sender), "a.eml").publisher == publisher


def test_a_letter_of_html_is_read_and_its_attachments_are_articles() -> None:
    page = f"<html><body><h1>A quiet night</h1><p>{BODY}</p><p>{FIRST}</p></body></html>"
    letter, paper = read(
        eml(
            text=None,
            html=page,
            attached=[("raid.docx", docx_file(heading="Raid", paragraphs=[SECOND])), ("logo.png", b"\x89PNG")],
        ),
        "a.eml",
    )
    assert isinstance(letter, Document) and BODY in letter.text and FIRST in letter.text
    assert isinstance(paper, Document) and (paper.name, paper.path) == ("raid", "a.eml/raid.docx")


def test_letters_without_words_say_so() -> None:
    assert "without text and only photo.jpg attached" in refused(eml(text="", attached=[("photo.jpg", b"x")]), "a.eml")
    assert "no head" in refused(b"just some words, and no more", "a.eml")


# ---------------------------------------------------------------- tables, feeds, saved pages
def test_a_table_gives_a_document_a_row_whatever_its_columns_are_called() -> None:
    rows = [
        ["Headline", "Article Text", "Publication date", "Outlet", "Link"],
        ["Night", BODY, "2024-03-05", "Courier", "https://example.org/a"],
        ["Empty", " ", "", "", ""],
        ["Ferry", SECOND, "spring", "Post", "javascript:alert(1)"],
    ]
    first, empty, date, link, last = read(table(rows, ";", "utf-8-sig"), "list.csv")
    assert isinstance(first, Document) and (first.title, first.publisher, str(first.published), first.url) == (
        "Night",
        "Courier",
        "2024-03-05",
        "https://example.org/a",
    )
    assert isinstance(empty, Refusal) and (empty.path, empty.reason) == ("list.csv:3", "empty text")
    assert isinstance(date, Refusal) and "spring" in date.reason
    assert isinstance(link, Refusal) and "no web address" in link.reason
    assert isinstance(last, Document) and last.url is None and last.text == SECOND


def test_rows_with_the_same_id_are_both_kept() -> None:
    a, b = (item for item in read(table([["id", "text"], ["1", FIRST], ["1", SECOND]]), "a.csv"))
    assert isinstance(a, Document) and isinstance(b, Document) and a.path != b.path and a.name != b.name


def test_a_table_without_text_or_with_a_broken_quote_says_so() -> None:
    assert "no column with the articles' text" in refused(table([["country", "killed"], ["X", "1"]]), "a.csv")
    doc, end = read(b'text\n"' + FIRST.encode() + b'"\n"never closed', "a.csv")
    assert isinstance(doc, Document) and isinstance(end, Refusal) and "from here on" in end.reason


def test_a_feed_gives_an_article_an_entry() -> None:
    entries = [
        ("One", f"<p>{FIRST}</p><p>{BODY}</p>", "https://example.org/1", "Tue, 05 Mar 2024 10:00:00 GMT"),
        ("Two", "", "https://example.org/2", ""),
    ]
    doc, empty = read(rss(entries), "feed.rss")
    assert isinstance(doc, Document) and doc.text == f"One\n\n{FIRST}\n\n{BODY}"
    assert (doc.title, doc.publisher, doc.published, doc.url, doc.published_from) == (
        "One",
        "Harbour News",
        dt.date(2024, 3, 5),
        "https://example.org/1",
        "metadata",
    )
    assert isinstance(empty, Refusal) and "without text" in empty.reason


def test_atom_is_read_by_its_content() -> None:
    atom = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>x1</id><title>One</title>'
        f'<updated>2024-03-05T10:00:00Z</updated><summary>short</summary><content type="html">&lt;p&gt;{FIRST}'
        f"&lt;/p&gt;</content></entry></feed>"
    )
    doc = one(atom.encode(), "wire.xml")
    assert FIRST in doc.text and (doc.publisher, doc.published) == ("Wire", dt.date(2024, 3, 5))


def test_feeds_that_hold_nothing_or_a_bomb_say_so() -> None:
    assert "without entries" in refused(rss([]), "a.rss")
    assert "no RSS or Atom" in refused(b"<html><p>words</p></html>", "a.xml")
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel/></rss>'
    assert "declares entities" in refused(bomb, "a.xml")


def test_a_page_saved_as_one_file_knows_where_it_came_from() -> None:
    article = f"<article><h1>Night</h1><p>{BODY} – so</p><p>{FIRST}</p></article>"
    page = f"<html><head><title>Night</title></head><body>{article}"
    doc = one(mhtml(page, "https://example.org/2024/03/01/night"), "night.mhtml")
    assert f"{BODY} – so" in doc.text and "red" not in doc.text
    assert (doc.url, doc.published) == ("https://example.org/2024/03/01/night", dt.date(2024, 3, 1))
    assert "no web page" in refused(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nwords", "a.mht")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_a_saved_page_the_article_is_read_and_nothing_around_it(layout: str) -> None:
    page, said, around, title, publisher, day = LAYOUTS[layout]
    doc = one(page.encode(), "page.html")
    assert [s for s in said if doc.text.count(s) != 1] == [] and [w for w in around if w in doc.text] == []
    assert (doc.title, doc.publisher, str(doc.published), doc.published_from) == (title, publisher, day, "metadata")


# ---------------------------------------------------------------- archives
def test_an_archive_gives_its_articles_with_what_its_list_says(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(
        zipped(
            {
                "in/b.txt": SECOND,
                "a.txt": FIRST,
                "more.zip": zipped({"c.txt": BODY}),
                "notes.md": "x",
                "__MACOSX/a.txt": "x",
                "documents.csv": "file,title,publisher\nin/b.txt,Ferry,Post\n",
            }
        )
    )
    a, b, c = read_paths([tmp_path])
    assert isinstance(a, Document) and isinstance(b, Document) and isinstance(c, Document)
    assert (b.title, b.publisher, b.name) == ("Ferry", "Post", "b") and c.text == BODY
    assert str(a.path).endswith("a.zip/a.txt")


def test_what_is_wrong_in_an_archive_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 1000)
    members = {
        "../../etc/x.txt": "x",
        "C:/y.txt": "y",
        "bomb.txt": b"a" * 20_000_000,
        "large.txt": "b " * 900,
        "deep.zip": zipped({"deeper.zip": zipped({"z.txt": "z"})}),
        "good.txt": FIRST,
    }
    items = read(zipped(members), "a.zip")
    assert [i.text for i in items if isinstance(i, Document)] == [FIRST]
    said = {i.path: i.reason for i in items if isinstance(i, Refusal)}
    assert "leads out" in said["a.zip/../../etc/x.txt"] and "leads out" in said["a.zip/C:/y.txt"]
    assert "bomb" in said["a.zip/bomb.txt"] and "too much" in said["a.zip/large.txt"]
    assert "unpack it first" in said["a.zip/deep.zip/deeper.zip"] and len(said) == 5


def test_archives_that_are_cut_locked_or_empty_say_so() -> None:
    whole = zipped({"a.txt": FIRST})
    assert "damaged" in refused(whole[:40], "a.zip")
    assert "no articles" in refused(zipped({"a.png": "x"}), "a.zip")
    locked = bytearray(whole)
    locked[6] |= 1
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(bytes(locked), "a.zip")
    broken = bytearray(whole)
    broken[35] ^= 0xFF
    assert "damaged" in refused(bytes(broken), "a.zip")


# ---------------------------------------------------------------- hostile text, sizes
def test_marks_that_nobody_sees_are_taken_out_of_what_readers_make() -> None:
    assert tidy("a\u202eb\u200bc\x00d\u00ade\r\nf\fg") == "abcde\nf\fg"
    doc = one(eml(subject="A \u202equiet\u202c night", text=f"{FIRST}\u200b and\u202e more"), "a.eml")
    assert doc.title == "A quiet night" and doc.text.strip() == f"{FIRST} and more"


def test_a_text_file_keeps_every_mark_so_that_offsets_hold() -> None:
    raw = f"\u202eA quiet\u200b night\n\n{BODY}\n"
    doc = one(raw.encode(), "a.txt")
    assert doc.text == raw and doc.title == "A quiet night"


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://",
        "ftp://a.b/",
        'https://a.example/"onclick="x',
        "https://a.example/ b",
        None,
        7,
    ],
)
def test_only_web_addresses_become_links(value: object) -> None:
    assert address(value) is None


def test_a_huge_file_of_any_form_is_refused_unread(tmp_path: Path) -> None:
    for suffix in (".txt", ".html", ".pdf", ".docx", ".eml", ".mhtml", ".rss", ".csv"):
        path = tmp_path / f"a{suffix}"
        with path.open("wb") as file:
            file.truncate(300_000_000)
        (item,) = read_file(path)
        assert isinstance(item, Refusal) and "300 MB are too much" in item.reason


def test_a_line_of_ten_megabytes_is_read() -> None:
    line = (FIRST + " ") * 100_000
    assert one(line.encode(), "a.txt").text == line
    assert one(table([["text"], [line]]), "a.csv").text == line
