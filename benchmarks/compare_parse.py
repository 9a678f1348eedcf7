"""Does a dependency parse place claims better than token rules?  Measured on the practice articles, in one run.

    python -m extract.training.train_parser TREEBANKS OUT     # about an hour on two cores
    PYTHONPATH=. python benchmarks/compare_parse.py OUT

The parse adds to the cost of attaching a date, place or figure to a trigger: the distance of the two in the tree, with
several weights (0 = token rules alone).  Prints usable F1 and seconds; docs/claims.md keeps the table and what it
decided.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.tokens import Doc, Token

from extract import attach
from extract.frames import Frame
from extract.view import View
from geodata.chain import Chain

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "eval"))
import claims_scores

WEIGHTS = (0.0, 0.3, 0.6)
#: Steps in the tree that cost nothing: a verb and its own argument.
FREE = 2


def token_at(doc: Doc, at: int) -> Token | None:
    """The token that holds a character offset."""
    return next((t for t in doc if t.idx <= at < t.idx + len(t)), None)


def steps(a: Token, b: Token) -> int:
    """Arcs between two tokens of one tree."""
    up = {t.i: n for n, t in enumerate([a, *a.ancestors])}
    for n, t in enumerate([b, *b.ancestors]):
        if t.i in up:
            return up[t.i] + n
    return len(up) + 3  # two roots: the parser saw two sentences


class ParsedCost:
    """`attach._cost` with the tree distance added; each sentence is parsed once."""

    def __init__(self, nlp: spacy.language.Language, weight: float) -> None:
        self.nlp, self.weight, self.plain = nlp, weight, attach._cost
        self.trees: dict[str, Doc] = {}

    def __call__(self, view: View, at: int, frame: Frame, rivals: Iterable[Frame]) -> float:
        cost = self.plain(view, at, frame, rivals)
        if not self.weight:
            return cost
        doc = (
            self.trees.setdefault(view.words, self.nlp(view.words))
            if view.words not in self.trees
            else self.trees[view.words]
        )
        a, b = token_at(doc, at - view.sentence.start), token_at(doc, frame.start - view.sentence.start)
        return cost + self.weight * (steps(a, b) - FREE) if a is not None and b is not None else cost


def main(argv: list[str] | None = None) -> int:
    """Print one line per weight and corpus."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("parser", type=Path, help="a pipeline made by extract.training.train_parser")
    nlp = spacy.load(ap.parse_args(argv).parser)
    plain = attach._cost
    for weight in WEIGHTS:
        attach._cost = ParsedCost(nlp, weight)  # type: ignore[assignment]
        for corpus in claims_scores.practice_corpora():
            start = time.perf_counter()
            measured = claims_scores.measure(Chain(), corpus)
            line = claims_scores.headline(measured.figures)
            taken = time.perf_counter() - start
            print(f"weight {weight:.1f}  {corpus.name:12} usable F1 {line['usable.overall']:.3f}  {taken:.1f} s")
        attach._cost = plain
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
