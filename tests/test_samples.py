"""The sample articles: each is read, dated as it says, sourced, short, and none of our texts is somebody else's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.reading import read_paths
from extract.schema import Document

SAMPLES = Path(__file__).resolve().parent.parent / "extract" / "samples"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
FILES = sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.html")])


def documents() -> list[Document]:
    items = list(read_paths([SAMPLES]))
    assert all(isinstance(item, Document) for item in items), items
    return [item for item in items if isinstance(item, Document)]


def test_every_sample_is_read_with_title_and_publisher() -> None:
    docs = documents()
    assert len(docs) == len(FILES) >= 16
    assert all(d.title and d.publisher == "Dateline sample desk" for d in docs)


def test_samples_are_dated_but_for_the_one_without_a_date_on_purpose() -> None:
    assert [d.name for d in documents() if d.published is None] == ["labour-migration-russia"]
    assert {d.published_from for d in documents()} == {"head", "metadata", None}


def test_every_sample_is_short_and_stands_in_the_table_of_sources() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    for path, doc in zip(FILES, sorted(documents(), key=lambda d: str(d.path)), strict=True):
        assert 100 <= len(doc.text.split()) <= 300, path.name
        assert re.search(rf"^\| {re.escape(path.name)} \| \S", readme, re.M), f"{path.name} has no sources in README.md"
        assert re.search(r"^Sources: .+\d{4}", doc.text, re.M), path.name


def test_the_page_comes_without_its_menus() -> None:
    (page,) = [d for d in documents() if d.name == "cologne-vienna-2023"]
    assert "Wesel" in page.text
    assert not re.search(r"cookie|Sign in|Lisbon|pumpkin|Calais|Imprint", page.text)


@pytest.mark.shared
def test_no_run_of_words_is_taken_from_the_shared_texts() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is not on this machine")
    runs: dict[tuple[str, ...], str] = {}
    for doc in documents():
        words = re.findall(r"\w+", doc.text.lower())
        runs |= {tuple(words[i : i + 9]): doc.name for i in range(len(words) - 8)}
    for path in [*(SHARED / "articles").glob("*.txt"), *(SHARED / "practice" / "articles").glob("*.txt")]:
        words = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
        taken = [runs[key] for i in range(len(words) - 8) if (key := tuple(words[i : i + 9])) in runs]
        assert not taken, f"{taken[0]} repeats nine words of {path.name}"
