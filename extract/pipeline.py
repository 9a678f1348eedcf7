"""The reading of claims as a spaCy pipeline of small registered steps.

    nlp = build("en", places=…)                  # blank English, our tokenizer, our steps
    claims = read(nlp, document, mentions)       # what `geodata.chain` calls

Each step declares what it needs and sets, so `nlp.analyze_pipes()` names what is missing; vocabulary is in
`lexicons/<language>`.  A trained pipeline's components can be added before ours (`--spacy`): they see the same Doc.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.claims import ClaimReader, sentence_parts
from extract.errors import PipelineError
from extract.lexicon import load
from extract.schema import Claim, Document, Mention
from extract.state import PlaceSource
from extract.text import sentences, tokens

STEPS = ("dateline_sentences", "dateline_triggers", "dateline_claims")

for _name in ("sentences", "parts", "mentions", "document", "claims"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class Tokenizer:
    """Our tokens as a spaCy Doc: "state-run", "don’t" and "1,500" stay one token, offsets are the text's own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for t in tokens(text, 0, len(text)):
            if t.start > at:
                gap = text[at : t.start]
                if words and gap[0] == " ":
                    spaces[-1], gap = True, gap[1:]
                if gap:  # line ends and runs of blanks are tokens of their own, so that nothing is lost
                    words.append(gap)
                    spaces.append(False)
            words.append(t.text)
            spaces.append(False)
            at = t.end
        if at < len(text):
            words.append(text[at:])
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def _text(doc: Doc) -> str:
    """The text of a Doc; from its document where it has one, because spaCy rebuilds `doc.text` from the tokens."""
    document = doc._.document
    return doc.text if document is None else document.text


@Language.component("dateline_sentences", assigns=["doc._.sentences"])
def sentences_step(doc: Doc) -> Doc:
    """Paragraphs, headings, bullets and sentences, by rules."""
    doc._.sentences = sentences(_text(doc))
    return doc


@Language.factory(
    "dateline_triggers", default_config={"language": "en"}, requires=["doc._.sentences"], assigns=["doc._.parts"]
)
def triggers_step(nlp: Language, name: str, language: str) -> Callable[[Doc], Doc]:
    """Tokens, clause boundaries and triggers of every sentence."""
    lex = load(language)

    def step(doc: Doc) -> Doc:
        text = _text(doc)
        doc._.parts = {s.start: sentence_parts(text, s, lex) for s in doc._.sentences}
        return doc

    return step


@Language.factory(
    "dateline_claims",
    default_config={"language": "en"},
    requires=["doc._.sentences", "doc._.parts"],
    assigns=["doc._.claims"],
)
def claims_step(nlp: Language, name: str, language: str) -> ClaimsStep:
    """Makes a `ClaimsStep`."""
    return ClaimsStep(language)


class ClaimsStep:
    """Dates, counts, places and context → claims; needs the resolved mentions in `doc._.mentions`.

    `reader` is set by `build`, because a gazetteer is an object and a pipeline's own configuration holds only JSON.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.reader: ClaimReader | None = None

    def __call__(self, doc: Doc) -> Doc:
        if self.reader is None:
            raise PipelineError(
                "dateline_claims has no gazetteer; make the pipeline with extract.pipeline.build(places=…)"
            )
        doc._.claims = self.reader.read(doc._.document, doc._.mentions or (), sents=doc._.sentences, parts=doc._.parts)
        return doc


def build(language: str = "en", *, places: PlaceSource) -> Language:
    """A pipeline for one language.

    Raises
    ------
    PipelineError : a step's needs are not met (named, with the steps there are).   LexiconError : see `lexicon.load`.
    """
    nlp = spacy.blank(language)
    nlp.tokenizer = Tokenizer(nlp.vocab)
    nlp.max_length = 10**9  # the limit guards parsers' memory; our steps do not parse
    for step in STEPS:
        nlp.add_pipe(step, config={} if step == "dateline_sentences" else {"language": language})
    step_of: Any = nlp.get_pipe("dateline_claims")
    step_of.reader = ClaimReader(places, language)
    check(nlp)
    return nlp


def check(nlp: Language) -> None:
    """Raise PipelineError if a step stands before what it needs."""
    report: Any = nlp.analyze_pipes()
    problems = {k: v for k, v in report["problems"].items() if v and k in STEPS}
    if problems:
        wanted = "; ".join(f"{step} needs {', '.join(needs)}" for step, needs in problems.items())
        raise PipelineError(f"{wanted}; the steps are, in order, {', '.join(STEPS)}")


def read(nlp: Language, document: Document, mentions: Sequence[Mention]) -> list[Claim]:
    """Claims of one document with the pipeline `nlp`."""
    doc = nlp.make_doc(document.text)
    doc._.document, doc._.mentions = document, mentions
    found: list[Claim] = nlp(doc)._.claims
    return found


__all__ = ["STEPS", "Tokenizer", "build", "check", "read"]
