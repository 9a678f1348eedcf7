"""The pipeline: registered steps that declare their needs, on a Doc whose text is the document's own."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.claims import ClaimReader
from extract.errors import PipelineError
from extract.pipeline import STEPS, Tokenizer, build, check, read
from tests.claims_world import WORLD, claims, document, mentions

TEXT = "Police detained 12 Uzbeks in Ankara on 3 May 2023.\n\nThree men were arrested in Izmir on 4 May 2023.\n"


def test_the_steps_are_registered_and_stand_in_their_order() -> None:
    nlp = build(places=WORLD)
    assert tuple(nlp.pipe_names) == STEPS
    assert all(nlp.has_factory(s) for s in STEPS)


def test_every_step_declares_what_it_sets_and_the_later_ones_what_they_need() -> None:
    nlp = build(places=WORLD)
    for name in STEPS:
        assert nlp.get_pipe_meta(name).assigns
    assert nlp.get_pipe_meta("dateline_claims").requires == ["doc._.sentences", "doc._.parts"]


def test_a_pipeline_as_built_has_no_unmet_needs() -> None:
    check(build(places=WORLD))


@pytest.mark.parametrize("left_out", ["dateline_sentences", "dateline_triggers"])
def test_an_unmet_need_is_refused_with_the_names_of_the_steps(left_out: str) -> None:
    nlp = spacy.blank("en")
    for step in STEPS:
        if step != left_out:
            nlp.add_pipe(step)
    with pytest.raises(PipelineError, match="dateline_claims needs") as caught:
        check(nlp)
    assert all(s in str(caught.value) for s in STEPS)


def test_steps_in_the_wrong_order_are_refused() -> None:
    nlp = spacy.blank("en")
    for step in reversed(STEPS):
        nlp.add_pipe(step)
    with pytest.raises(PipelineError):
        check(nlp)


def test_claims_without_a_gazetteer_are_refused_and_told_what_to_call() -> None:
    nlp = spacy.blank("en")
    for step in STEPS:
        nlp.add_pipe(step)
    with pytest.raises(PipelineError, match=r"build\(places"):
        nlp(TEXT)


def test_the_pipeline_reads_what_the_reader_reads() -> None:
    doc = document(TEXT)
    assert read(build(places=WORLD), doc, mentions(TEXT)) == ClaimReader(WORLD).read(doc, mentions(TEXT))


def test_one_pipeline_reads_document_after_document_without_memory() -> None:
    first = claims(TEXT)
    claims("In 2016 a bomb killed 12 people in Berlin.")
    assert claims(TEXT) == first


def test_a_pipeline_lets_other_components_stand_before_its_own() -> None:
    nlp = build(places=WORLD)
    nlp.add_pipe("sentencizer", first=True)
    check(nlp)
    assert read(nlp, document(TEXT), mentions(TEXT)) == claims(TEXT)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "  two  blanks ", "tab\tand\r\nline", "don’t 1,500 state-run é 中文 \u00a0 😀"]
)
def test_the_docs_text_is_the_documents(text: str) -> None:
    assert Tokenizer(spacy.blank("en").vocab)(text).text == text


_VOCAB = spacy.blank("en").vocab


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=120) | st.text(alphabet=" \n\t.,-’1aé", max_size=60))
def test_the_docs_text_is_any_documents(text: str) -> None:
    doc = Tokenizer(_VOCAB)(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t.text)] == t.text for t in doc)
