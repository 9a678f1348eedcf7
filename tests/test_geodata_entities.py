"""A trained spaCy pipeline beside our own evidence: the tests train a tiny one themselves."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from geodata.__main__ import main
from geodata.entities import Entity, SpacyEntities, over, parts, unknown_places, weigh, within
from geodata.errors import PipelineMissing
from tests.gazetteer_rows import installed

#: sentence, the words of an entity, its label; Velmora and Tessaly are no places of the gazetteer
TAUGHT = [
    ("They walked towards Velmora after dark.", "Velmora", "GPE"),
    ("He reached Velmora on foot.", "Velmora", "GPE"),
    ("Velmora was quiet on Sunday.", "Velmora", "GPE"),
    ("Guests met Paris on Sunday.", "Paris", "PERSON"),
    ("Then Paris smiled and left.", "Paris", "PERSON"),
    ("The train to Lyon was late.", "Lyon", "GPE"),
    ("The dinner was late.", "", ""),
    ("Guests left after dark on Sunday.", "", ""),
]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline with a component `ner` that has learnt TAUGHT, on disk."""
    random.seed(1)
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [
        Example.from_dict(
            nlp.make_doc(text),
            {"entities": [(text.index(words), text.index(words) + len(words), label)] if words else []},
        )
        for text, words, label in TAUGHT
    ]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    path = tmp_path_factory.mktemp("spacy") / "tiny"
    nlp.to_disk(path)
    return path


def toponyms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, *options: str
) -> dict[str, dict[str, object]]:
    file = tmp_path / "one.txt"
    file.write_text(text, encoding="utf-8")
    assert main(["toponyms", str(file), *options]) == 0
    return {t["text"]: t for t in json.loads(capsys.readouterr().out)["toponyms"]}


def test_a_trained_pipeline_adds_a_place_that_the_gazetteer_does_not_know(
    pipeline: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Velmora was quiet on Sunday. The train to Lyon was late."
    assert "Velmora" not in toponyms(tmp_path, capsys, text)
    found = toponyms(tmp_path, capsys, text, "--spacy", str(pipeline))
    assert found["Velmora"]["lat"] is None and found["Velmora"]["lon"] is None and found["Velmora"]["place"] is None
    assert found["Lyon"]["country"] == "FRA"


def test_a_person_of_the_pipeline_counts_against_a_place(
    pipeline: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Guests met Paris on Sunday."
    assert "Paris" in toponyms(tmp_path, capsys, text)
    assert "Paris" not in toponyms(tmp_path, capsys, text, "--spacy", str(pipeline))


@pytest.mark.parametrize("name", ["en_no_such_pipeline", "no/such/folder"])
def test_a_pipeline_that_is_not_there_is_named_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.txt").write_text("A text.", encoding="utf-8")
    assert main(["toponyms", str(tmp_path / "one.txt"), "--spacy", name]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and repr(name) in err


def test_a_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "none")
    with pytest.raises(PipelineMissing, match="names no entities"):
        SpacyEntities(str(tmp_path / "none"))


def test_entities_of_other_schemes_and_with_articles_are_brought_into_one_form(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    rules = [("the Velmora Hills", "LOC"), ("Ulder", "PER"), ("Monday", "DATE"), ("Tessaly's", "GPE")]
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": words} for words, label in rules])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "ruled")
    text = "Ulder saw the Velmora Hills on Monday and Tessaly's hills."
    named = [(text[e.start : e.end], e.label) for e in SpacyEntities(str(tmp_path / "ruled"))(text)]
    assert named == [("Ulder", "PERSON"), ("Velmora Hills", "LOC"), ("Tessaly", "GPE")]


@pytest.mark.parametrize("label", ["GPE", "LOC", "FAC", "NORP"])
def test_places_and_peoples_raise_a_probability_most_where_they_are_the_same_words(label: str) -> None:
    same = weigh(0.3, 0.0, Entity(0, 5, label), 0, 5)
    overlapping = weigh(0.3, 0.0, Entity(0, 9, label), 0, 5)
    assert same > overlapping > weigh(0.3, 0.0, None, 0, 5) == 0.3


@pytest.mark.parametrize("label", ["PERSON", "ORG"])
def test_persons_and_organisations_lower_it_and_take_its_floor_away(label: str) -> None:
    assert weigh(0.6, 0.9, Entity(0, 5, label), 0, 5) < 0.6 and weigh(0.6, 0.9, None, 0, 5) == 0.9


@pytest.mark.parametrize("likely", [0.0, 1.0])
def test_certainty_stays_a_probability(likely: float) -> None:
    assert all(0 <= weigh(likely, 0.0, Entity(0, 5, label), 0, 5) <= 1 for label in ("GPE", "PERSON"))


def test_the_entity_that_overlaps_most_counts() -> None:
    entities = [Entity(0, 3, "ORG"), Entity(3, 12, "GPE")]
    assert over(entities, 2, 8) == entities[1] and over(entities, 12, 15) is None and over([], 0, 5) is None


def test_only_places_without_a_name_of_ours_are_unknown() -> None:
    entities = [Entity(0, 4, "GPE"), Entity(6, 9, "LOC"), Entity(10, 14, "PERSON"), Entity(20, 25, "FAC")]
    assert unknown_places(entities, [(3, 5)]) == [(6, 9)]


def test_an_organisation_makes_the_name_inside_it_not_literal() -> None:
    text = "Guests of Damascus Steel left for Aleppo."
    assert [m.literal for m in installed().read(text)] == [True, True]
    found = {m.text: m for m in installed().read(text, entities=[Entity(10, 24, "ORG")])}
    assert (
        not found["Damascus"].literal and found["Damascus"].why.startswith("organisation") and found["Aleppo"].literal
    )


def test_a_place_of_the_pipeline_raises_the_confidence_of_ours() -> None:
    text = "They met Milan in the hall."
    alone, helped = installed().read(text), installed().read(text, entities=[Entity(9, 14, "GPE")])
    assert helped[0].place == alone[0].place and helped[0].confidence > alone[0].confidence + 0.05


def test_reading_without_entities_is_unchanged_by_an_empty_list() -> None:
    text = "He flew from Dushanbe to Moscow."
    assert installed().read(text, entities=[]) == installed().read(text)


def test_a_text_of_unknown_names_alone_has_its_entities() -> None:
    assert [m.text for m in installed().read("velmora", entities=[Entity(0, 7, "GPE")])] == ["velmora"]


def test_entities_move_into_the_part_of_a_long_text_that_holds_them() -> None:
    text = "word " * 13_000 + "They saw Velmora."
    at = text.index("Velmora")
    found = [m for m in installed().read(text, entities=[Entity(at, at + 7, "GPE")]) if m.text == "Velmora"]
    assert [(m.start, m.end, m.place) for m in found] == [(at, at + 7, None)]
    cuts = list(parts(text))
    assert len(cuts) == 2 and cuts[0][1] == cuts[1][0] and cuts[-1][1] == len(text)
    assert within([Entity(at, at + 7, "GPE")], *cuts[0]) == []
