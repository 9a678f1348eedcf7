"""Reading: what an article says of itself is found, the rest stays unknown, bad input is refused in a line."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from extract.forms import records
from extract.head import metadata_spans, read_head
from extract.print_dates import parse_full_date, printed_date
from extract.reading import read_file, read_jsonl, read_paths
from extract.schema import Document, Refusal

BODY = (
    "Police in the northern town of Example said that nothing at all had happened there overnight, and that "
    "nothing was expected to happen during the coming days either, whatever the neighbours had been saying."
)


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def document(item: Document | Refusal) -> Document:
    assert isinstance(item, Document), item
    return item


def refusal(item: Document | Refusal) -> Refusal:
    assert isinstance(item, Refusal), item
    assert "\n" not in item.reason and "Traceback" not in item.reason
    return item


# ---------------------------------------------------------------- dates that documents print
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9 May 2024", "2024-05-09"),
        ("9th of May, 2024", "2024-05-09"),
        ("Oct. 18, 2023", "2023-10-18"),
        ("Tuesday, 8 October 2024", "2024-10-08"),
        ("Sept. 1, 2001", "2001-09-01"),
        ("19.12.2024", "2024-12-19"),
        ("2024-02-29", "2024-02-29"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("5/5/2023", "2023-05-05"),
        ("3/4/2024", None),
        ("June 2024", None),
        ("31 June 2024", None),
        ("2023-02-29", None),
        ("14 October", None),
    ],
)
def test_a_printed_date_is_read_only_where_it_names_one_day(words: str, expected: str | None) -> None:
    day = printed_date(words)
    assert (day.isoformat() if day else None) == expected


def test_the_order_shown_elsewhere_decides_a_numeric_date() -> None:
    assert printed_date("3/4/2024", dmy=True) == dt.date(2024, 4, 3)
    assert printed_date("3/4/2024", dmy=False) == dt.date(2024, 3, 4)


@pytest.mark.parametrize(
    "value", ["2024-05-09", "20240509", "2024-05-09T17:48:00+02:00", "2024-05-09 17:48", "9 May 2024", " May 9, 2024 "]
)
def test_a_date_in_metadata_may_have_a_time(value: str) -> None:
    assert parse_full_date(value) == dt.date(2024, 5, 9)


@pytest.mark.parametrize("value", [None, "", "spring", "2024", "2024-13-01", "9 May 2024 or later"])
def test_metadata_that_is_no_date_is_unknown(value: str | None) -> None:
    assert parse_full_date(value) is None


# ---------------------------------------------------------------- heads
@pytest.mark.parametrize(
    ("head", "published", "how"),
    [
        ("Published: 6 February 2025 | Regional analysis", "2025-02-06", "head"),
        ("Third quarter 2024 (July to September) · Issued on 24 October 2024", "2024-10-24", "head"),
        ("Date of issue: 19.12.2024", "2024-12-19", "head"),
        ("Quarterly report to the Council, issued on 16 October 2023", "2023-10-16", "head"),
        ("Published 9 August 2023, 17:48 CEST   Updated 20:05", "2023-08-09", "head"),
        ("Published 9 August 2023, 17:48 CEST\nUpdated 11 August 2023", "2023-08-09", "head"),
        ("April 2021 (compiled on 3 May)", "2021-05-03", "head"),
        ("A digest for the week ending Friday 14 June 2024", "2024-06-14", "week"),
        ("Reporting month: August 2024. Released on 10 September 2024.", "2024-09-10", "head"),
        ("The Southern Courier — Tuesday, 8 October 2024", "2024-10-08", "head"),
        ("Madrid, 9 May 2024", "2024-05-09", "head"),
        ("By Our Correspondent | March 5, 2024 | 5:30pm", "2024-03-05", "head"),
        ("Date posted: 5 March 2024", "2024-03-05", "head"),
        ("Situation report no. 4 (5 March 2024)", "2024-03-05", "head"),
        ("Press briefing notes on Sudan, 5 March 2024", "2024-03-05", "head"),
        ("Distr.: General\n5 March 2024", "2024-03-05", "head"),
        ("2024/03/05", "2024-03-05", "head"),
        ("GENEVA (5 March 2024) – " + BODY, "2024-03-05", "dateline"),
        ("PARIS, 5 Mar 2024 (AFP) - " + BODY, "2024-03-05", "dateline"),
        ("Last updated: March 3, 2022 at 9:30 a.m.", "2022-03-03", "updated"),
        ("KABUL, Oct. 18, 2023 — " + BODY, "2023-10-18", "dateline"),
        ("BENI, DR Congo, June 12, 2023 (Great Lakes Wire) — " + BODY, "2023-06-12", "dateline"),
        ("Addis Ababa, 3 July 2023 – " + BODY, "2023-07-03", "dateline"),
    ],
)
def test_the_day_of_issue_is_read_from_the_head(head: str, published: str, how: str) -> None:
    found = read_head(f"A heading above everything\n\n{head}\n\n{BODY}\n")
    assert (str(found.published), found.published_from) == (published, how)


@pytest.mark.parametrize(
    "text",
    [
        "On 22 March 2024 gunmen attacked a hall. " + BODY,
        "The report was published on 3 May 2021 and says little.\n" + BODY,
        "A decree, issued on 3 May 2021, bars them from the town.\n" + BODY,
        "Attack of 22 March 2024\n\n" + BODY,
        "Published: June 2024\n\n" + BODY,
        "5 March 2024 – Gunmen opened fire in the town. " + BODY,
        "The road to Kabul, 5 March 2024\n\n" + BODY,
        "Week of March 5, 2024\n\n" + BODY,
        "Published: 03/04/2024\n\n" + BODY,
        "QUETTA, Pakistan, Oct 14 (Continental Newswire) — " + BODY,
        "Chronicle\n\n12 March 2024\n" + BODY + "\n\n14 April 2024\n" + BODY,
        "Timeline\nKabul, 12 March 2024 — " + BODY + "\nHerat, 15 March 2024 — " + BODY,
        "WIRE\nKABUL, 1 March 2024 — " + BODY + "\nHERAT, 15 April 2024 — " + BODY,
        BODY + "\n\n1. A study of the region, 12 March 2024.\n",
    ],
)
def test_the_date_of_an_event_is_never_taken_for_the_day_of_issue(text: str) -> None:
    assert read_head(text).published is None


def test_of_an_agencys_running_story_the_newest_dateline_counts() -> None:
    text = f"Fighting\n\nBENI, DR Congo, June 12, 2023 — {BODY}\n\nBUNIA, DR Congo, June 14, 2023 — {BODY}\n"
    assert read_head(text).published == dt.date(2023, 6, 14)


def test_an_ambiguous_day_of_issue_is_read_where_the_text_shows_the_order() -> None:
    assert read_head(f"Published: 03/04/2024\n\n{BODY} It began on 25/03/2024.").published == dt.date(2024, 4, 3)


def test_labelled_lines_give_title_publisher_and_address() -> None:
    head = read_head(f"Title: A quiet night\nPublisher: The Courier\nURL: https://example.org/a\n\n{BODY}")
    assert (head.title, head.title_stated, head.publisher, head.url) == (
        "A quiet night",
        True,
        "The Courier",
        "https://example.org/a",
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Skip to main content\nMenu\nHome | World | Africa\nBoat lost off Zuwara\n\n" + BODY, "Boat lost off Zuwara"),
        (
            "NATIONAL POLICE – PRESS OFFICE\nInformation note 087/2024\n\nMadrid, 9 May 2024\n\nTwelve people held\n"
            + BODY,
            "Twelve people held",
        ),
        (BODY, None),
        ("Image credit/license\n" + BODY, None),
    ],
)
def test_the_first_heading_is_the_title_where_there_is_one(text: str, title: str | None) -> None:
    assert read_head(text).title == title


def test_publishers_stand_in_datelines_date_lines_and_copyright_lines() -> None:
    assert read_head(f"QUETTA, Pakistan, Oct 14 (Continental Newswire) — {BODY}").publisher == "Continental Newswire"
    assert read_head(f"The Southern Courier — Tuesday, 8 October 2024\n\n{BODY}").publisher == "The Southern Courier"
    assert read_head(f"{BODY}\n\n© 2023 Harbour News Agency. All rights reserved.").publisher == "Harbour News Agency"
    assert read_head(f"Madrid, 9 May 2024\n\n{BODY}").publisher is None
    assert read_head(f"By Some Body | March 5, 2024\n\n{BODY}").publisher is None
    assert read_head(f"Press Release | 5 March 2024\n\n{BODY}").publisher is None


def test_metadata_lines_are_known_by_their_offsets() -> None:
    text = "Title: Attack in Kabul\r\nSources: Agency, 3 May 2021\r\n\r\nThe day was quiet.\r\n"
    assert [text[a:b] for a, b in metadata_spans(text)] == ["Title: Attack in Kabul", "Sources: Agency, 3 May 2021"]


# ---------------------------------------------------------------- files
def test_the_text_of_a_txt_file_is_the_file_unchanged(tmp_path: Path) -> None:
    raw = "\ufeffHérat\r\n\r\nA  line\twith – marks\rand 🙂\n"
    doc = document(next(read_file(write(tmp_path / "a.txt", raw))))
    assert doc.text == raw and doc.text == (tmp_path / "a.txt").read_bytes().decode("utf-8")
    assert (doc.name, doc.published, doc.published_from) == ("a", None, None)


def test_what_a_person_wrote_in_the_manifest_outweighs_what_was_found(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", f"Published: 6 February 2025\n\n{BODY}")
    write(tmp_path / "b.txt", BODY)
    write(tmp_path / "c.txt", BODY + " ")
    write(
        tmp_path / "documents.csv",
        "\ufefffile,title,publisher,published,url\r\na.txt,Given,Paper,2020-01-01,\r\n"
        "b.txt,,,2021-03-04,https://example.org/b\r\n",
    )
    a, b, c = (document(item) for item in read_paths([tmp_path]))
    assert (a.published, a.published_from) == (dt.date(2020, 1, 1), "manifest, not head 2025-02-06")
    assert (a.title, a.publisher) == ("Given", "Paper")
    assert a.notes == ("published 2020-01-01 by documents.csv, 2025-02-06 by the article (head); documents.csv counts",)
    assert (b.notes, c.notes) == ((), ())
    assert (b.published, b.published_from, b.url) == (dt.date(2021, 3, 4), "manifest", "https://example.org/b")
    assert (c.published, c.published_from, c.title, c.publisher, c.url) == (None, None, None, None, None)


def test_a_file_named_alone_uses_the_manifest_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", BODY)
    write(tmp_path / "documents.csv", "file,published\nb.txt,2021-03-04\ngone.txt,2021-03-04\n")
    (doc,) = read_paths([tmp_path / "b.txt"])
    assert document(doc).published == dt.date(2021, 3, 4)


def test_lines_of_a_manifest_that_cannot_be_used_are_told_and_lose_no_article(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", BODY)
    write(tmp_path / "documents.csv", "file,published\nb.txt,last spring\n,2021-01-01\ngone.txt,\nb.txt,2021-03-04\n")
    items = list(read_paths([tmp_path]))
    reasons = [item.reason for item in items if isinstance(item, Refusal)]
    assert len(reasons) == 4
    assert any("last spring" in r for r in reasons) and any("gone.txt" in r for r in reasons)
    assert document(items[-1]).published is None


def test_a_date_in_the_address_is_the_last_resort(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", f"URL: https://example.org/2024/06/18/quiet-night\n\n{BODY}")
    doc = document(next(read_paths([tmp_path])))
    assert (doc.published, doc.published_from) == (dt.date(2024, 6, 18), "url")


def test_folders_are_read_recursively_in_order_and_nothing_twice(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden.txt", "b/notes.md"):
        write(tmp_path / name, f"{BODY} {name}")
    names = [document(item).name for item in read_paths([tmp_path, tmp_path / "a.txt", tmp_path / "b"])]
    assert names == ["a", "1", "2"]


PAGE = f"""<!doctype html><html><head><title>A quiet night | The Courier</title>
<meta property="og:title" content="A quiet night"><meta property="og:site_name" content="The Courier">
%s<link rel="canonical" href="https://example.org/night"></head>
<body><nav><ul><li>Home</li><li>World news menu</li></ul></nav>
<article><h1>A quiet night</h1><p>{BODY}</p><p>On 22 March 2024 it had been different. {BODY}</p></article>
<footer>Cookie settings and newsletter</footer></body></html>"""


def test_a_page_gives_its_article_and_its_metadata_without_the_menus(tmp_path: Path) -> None:
    meta = '<meta property="article:published_time" content="2024-05-09T10:00:00Z">'
    doc = document(next(read_file(write(tmp_path / "p.html", PAGE % meta))))
    assert BODY in doc.text and "Cookie" not in doc.text and "menu" not in doc.text
    assert (doc.title, doc.publisher, doc.url) == ("A quiet night", "The Courier", "https://example.org/night")
    assert (doc.published, doc.published_from) == (dt.date(2024, 5, 9), "metadata")


def test_linked_data_give_the_date_of_a_page(tmp_path: Path) -> None:
    meta = '<script type="application/ld+json">{"@graph":[{"datePublished":"2024-05-09"}]}</script>'
    assert document(next(read_file(write(tmp_path / "p.htm", PAGE % meta)))).published == dt.date(2024, 5, 9)


def test_a_page_without_a_stated_date_has_none_whatever_its_text_tells(tmp_path: Path) -> None:
    assert document(next(read_file(write(tmp_path / "p.html", PAGE % "")))).published is None


def test_western_text_in_windows_1252_is_read_without_losing_a_character(tmp_path: Path) -> None:
    raw = "Le préfet de l’Île said “nothing” happened – again.\n"
    assert document(next(read_file(write(tmp_path / "a.txt", raw.encode("cp1252"))))).text == raw


# ---------------------------------------------------------------- bad input
@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", "\ufeff\n".encode(), "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        ("a.txt", b"%PDF-1.7\n...", "PDF"),
        ("a.txt", b"text\x00text", "binary"),
        ("a.txt", b"abc\x01\x02\x03\x04\x05", "control"),
        ("a.txt", b"Kabul \xff\xfe bomb", "UTF-8"),
        ("a.txt", "Взрыв в Кабуле".encode("cp1251"), "UTF-8"),
        ("a.txt", "Grüße aus Köln".encode() + b"\xe9", "UTF-8"),
        ("a.pdf", b"%PDF-1.7", "damaged PDF"),
        ("a.rtf", b"{\\rtf1}", "save it as .docx"),
        ("a", b"text", "without an extension"),
        ("a.html", b"", "empty"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.html", b"\x00\x01\x02\x03", "binary"),
    ],
)
def test_bad_files_are_refused_with_the_reason(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    (item,) = read_paths([write(tmp_path / name, data)])
    assert word in refusal(item).reason


def test_what_is_too_big_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "50 MB" in refusal(next(read_file(path))).reason


def test_missing_paths_and_folders_without_articles_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "notes.md", "x")
    missing, empty = (refusal(item) for item in read_paths([tmp_path / "gone", tmp_path]))
    assert "no such file" in missing.reason and "no articles" in empty.reason


def test_a_paper_in_a_folder_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.doc", b"PK\x03\x04")
    write(tmp_path / "b.txt", BODY)
    first, second = read_paths([tmp_path])
    assert "'.doc' files are not read: save it as .docx" in refusal(first).reason and document(second).name == "b"


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", BODY)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "permission" in refusal(next(read_file(path))).reason


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "regular" in refusal(next(read_file(tmp_path / "a.txt"))).reason


def test_a_name_with_a_zero_byte_is_refused() -> None:
    (item,) = read_paths(["a\0b.txt"])
    refusal(item)


# ---------------------------------------------------------------- JSON Lines
def test_json_lines_give_documents_and_name_the_line_of_each_refusal(tmp_path: Path) -> None:
    first = {"id": "x", "text": BODY, "published": "2024-03-25", "title": "T", "url": "https://example.org/x"}
    second = {"id": 7, "text": f"Published: 9 May 2024\n\n{BODY}"}
    lines = [
        json.dumps(first),
        "",
        "{broken",
        json.dumps(["a"]),
        json.dumps(second),
        json.dumps({"id": "y"}),
        json.dumps({"id": "z", "text": " "}),
        json.dumps({"text": "t"}),
        json.dumps({"id": "s", "text": "half \ud800"}),
        json.dumps({"id": "d", "text": BODY, "published": "spring"}),
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    items = list(read_jsonl(path))
    docs = [item for item in items if isinstance(item, Document)]
    assert [(d.name, d.published, d.published_from) for d in docs] == [
        ("x", dt.date(2024, 3, 25), "metadata"),
        ("7", dt.date(2024, 5, 9), "head"),
        ("d", None, None),
    ]
    assert docs[0].title == "T" and docs[0].text == BODY
    numbers = [int(item.path.rsplit(":", 1)[1]) for item in items if isinstance(item, Refusal)]
    assert numbers == [3, 4, 6, 7, 8, 9, 10]
    assert list(read_paths([path])) == items


def test_a_missing_or_binary_json_lines_file_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(next(read_jsonl(tmp_path / "gone.jsonl"))).reason
    assert "JSON" in refusal(next(read_jsonl(write(tmp_path / "b.jsonl", b"\xff\xfe\x00")))).reason


def test_a_line_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_CHARS", 10)
    path = write(tmp_path / "a.jsonl", json.dumps({"id": "x", "text": BODY}))
    assert "at most 10 bytes" in refusal(next(read_jsonl(path))).reason


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        ("OPINION\nThe bridge that never came", "The bridge that never came", None),
        (
            "Department of Roads\nOffice of Public Affairs\nFOR IMMEDIATE RELEASE\n\nTwo bridges to be mended",
            "Two bridges to be mended",
            "Department of Roads",
        ),
        (
            "REPUBLIC OF EXAMPLE\nMINISTRY OF ROADS\nPress statement\nTwo bridges to be mended",
            "Two bridges to be mended",
            "Ministry of Roads",
        ),
        ("Statement before the Subcommittee on Roads\nWhy bridges matter", "Why bridges matter", None),
        ("By our local staff\nWhy bridges matter", "Why bridges matter", None),
        ("Ministry closes two bridges", "Ministry closes two bridges", None),
        ("Opinion polls show a tie", "Opinion polls show a tie", None),
        ("Police service under fire", "Police service under fire", None),
    ],
)
def test_kickers_and_offices_are_no_titles_and_an_office_that_heads_its_page_publishes_it(
    head: str, title: str | None, publisher: str | None
) -> None:
    found = read_head(f"{head}\n\n{BODY}")
    if title is not None:
        assert found.title == title
    assert (found.publisher if title is not None else None) == publisher
