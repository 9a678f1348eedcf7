"""Vocabulary files: wrong entries are named, a word added to a file is a claim without any Python."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import lexicon
from extract.claims import ClaimReader
from extract.errors import ExtractError, LexiconError
from extract.lexicon import inflect, load
from extract.schema import Claim
from tests.claims_world import WORLD, document, mentions


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the English folder, read instead of the shipped one."""
    copy = tmp_path / "en"
    shutil.copytree(lexicon.FOLDER / "en", copy)
    monkeypatch.setattr(lexicon, "FOLDER", tmp_path)
    load.cache_clear()
    yield copy
    load.cache_clear()


def read(text: str) -> list[Claim]:
    return ClaimReader(WORLD).read(document(text), mentions(text))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_the_shipped_vocabulary_loads() -> None:
    lex = load()
    assert {r.kind for r in lex.triggers} == {"incident", "arrest", "route"}
    assert all(r.form in lexicon.FORMS and r.frame in lexicon.FRAMES for r in lex.triggers)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('kind = "arrest"\nsubkind = "arrest"\nform = "verb"\nwords = ["x"]', "'frame' is missing"),
        ('kind = "arrest"\nsubkind = "arrest"\nframe = "patient"\nform = "verb"', "'words' is missing"),
        (
            'kind = "arrest"\nsubkind = "arrest"\nform = "adverb"\nframe = "patient"\nwords = ["x"]',
            "form is one of verb",
        ),
        ('kind = "arrest"\nsubkind = "arrest"\nform = "verb"\nframe = "victim"\nwords = ["x"]', "frame is one of"),
        ('kind = "arrest"\nsubkind = "arrest"\nform = "phrase"\nframe = "patient"\nwords = ["(x"]', "entry"),
    ],
)
def test_a_wrong_entry_is_named(folder: Path, entry: str, message: str) -> None:
    number = len(re.findall(r"^\[\[trigger\]\]", (folder / "triggers.toml").read_text(encoding="utf-8"), re.M)) + 1
    append(folder / "triggers.toml", f"\n[[trigger]]\n{entry}\n")
    with pytest.raises(LexiconError, match=re.escape(message)) as caught:
        load()
    assert f"entry {number}" in str(caught.value) and "triggers.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_toml_is_named(folder: Path) -> None:
    append(folder / "groups.toml", "\nthis is not = = toml")
    with pytest.raises(LexiconError, match=r"groups\.toml"):
        load()


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "words.toml").unlink()
    with pytest.raises(LexiconError, match=r"words\.toml is missing from the language folder en"):
        load()


def test_a_language_without_a_folder_is_named() -> None:
    with pytest.raises(LexiconError, match="xx"):
        load("xx")


def test_the_error_is_one_of_this_package_and_a_value_error() -> None:
    assert issubclass(LexiconError, ExtractError) and issubclass(LexiconError, ValueError)


def test_a_verb_added_to_the_file_makes_a_claim(folder: Path) -> None:
    text = "Police gaffled three men in Hamburg on 4 May 2021."
    assert read(text) == []
    append(
        folder / "triggers.toml",
        '\n[[trigger]]\nkind = "arrest"\nsubkind = "arrest"\nform = "verb"\nframe = "patient"\ncount = "arrested"\n'
        'words = ["gaffle"]\n',
    )
    load.cache_clear()
    (claim,) = read(text)
    assert (claim.kind, claim.counts["arrested"].best) == ("arrest", 3)


def test_a_phrase_added_to_the_file_makes_a_claim(folder: Path) -> None:
    text = "Three men were clapped in irons in Hamburg on 4 May 2021."
    assert read(text) == []
    append(
        folder / "triggers.toml",
        '\n[[trigger]]\nkind = "arrest"\nsubkind = "arrest"\nform = "phrase"\nframe = "patient"\ncount = "arrested"\n'
        'words = ["~clap in irons"]\n',
    )
    load.cache_clear()
    assert [c.counts["arrested"].best for c in read(text)] == [3]


def test_a_group_added_to_the_file_is_found(folder: Path) -> None:
    text = "The Red Lantern Front attacked a market in Kazan on 3 May 2022."
    assert [c.groups for c in read(text)] == [()]
    append(folder / "groups.toml", '\n"Red Lantern Front" = ["Red Lantern Front", "RLF"]\n')
    load.cache_clear()
    assert [c.groups for c in read(text)] == [("Red Lantern Front",)]


def test_an_unknown_kind_is_named(folder: Path) -> None:
    append(
        folder / "triggers.toml",
        '\n[[trigger]]\nkind = "arest"\nsubkind = "x"\nform = "verb"\nframe = "patient"\nwords = ["x"]\n',
    )
    with pytest.raises(LexiconError, match="arest"):
        load()


def test_words_that_are_no_list_are_refused(folder: Path) -> None:
    append(
        folder / "triggers.toml",
        '\n[[trigger]]\nkind = "arrest"\nsubkind = "x"\nform = "verb"\nframe = "patient"\nwords = "arrest"\n',
    )
    with pytest.raises(LexiconError, match="words"):
        load()


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "groups.toml").write_text("[gruops]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"groups"):
        load()


GUIDE = Path(__file__).resolve().parent.parent / "docs" / "adding-words.md"


def test_the_guide_names_every_file_form_and_frame() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    names = [*lexicon.FORMS, *lexicon.FRAMES, *(p.name for p in (lexicon.FOLDER / "en").iterdir() if p.is_file())]
    assert [n for n in names if f"`{n}`" not in guide] == []


def test_the_examples_of_the_guide_do_what_it_says(folder: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    verb, phrase, group = re.findall(r"```toml\n(.*?)```", guide, re.S)
    append(folder / "triggers.toml", f"\n{verb}\n{phrase}")
    append(folder / "groups.toml", f"\n{group}")
    load.cache_clear()
    sentences = re.findall(r"finds “([^”]+)”", guide)
    assert [read(s)[0].counts["arrested"].best for s in sentences] == [3, 3]
    assert read("RLF gunmen attacked a market in Kazan on 3 May 2022.")[0].groups == ("Red Lantern Front",)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("arrest", {"arrest", "arrests", "arrested", "arresting"}),
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("nab", {"nab", "nabs", "nabbed", "nabbing"}),
        ("clash", {"clash", "clashes", "clashed", "clashing"}),
        ("round up", {"round up", "rounds up", "rounded up", "rounding up"}),
    ],
)
def test_a_regular_verb_is_inflected(verb: str, forms: set[str]) -> None:
    assert set(inflect(verb, {})) == forms


def test_an_irregular_verb_takes_the_forms_given() -> None:
    assert inflect("take", {"take": ["takes", "took", "taken", "taking"]}) == [
        "take",
        "takes",
        "took",
        "taken",
        "taking",
    ]
