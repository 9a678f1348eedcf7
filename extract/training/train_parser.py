"""Train the small tagger and parser that the claim rules read: CoNLL-U in, a spaCy pipeline and a report out.

    python -m extract.training.train_parser TREEBANK_FOLDER OUT_FOLDER [--steps N]

TREEBANK_FOLDER holds ewt-train.conllu, ewt-dev.conllu, ewt-test.conllu (Universal Dependencies English EWT,
CC BY-SA 4.0) and gum-open-train.conllu (the openly licensed documents of UD English GUM).  The texts stay there;
only the trained weights go into OUT_FOLDER, with report.json (tagging and attachment scores on EWT test, with the
pipeline's own tokenisation).  One sentence is one training document, because the program parses one sentence at a
time and leaves sentence ends to rules.  One sentence in ten is lower-cased, so that a radio transcript still parses.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

LOG = logging.getLogger(__name__)
SEED, LOWERED = 20240322, 0.10


def read_conllu(path: Path) -> list[Doc]:
    """Sentences of a CoNLL-U file as spaCy Docs (tags, features, heads, relations); multiword ranges keep their words."""
    nlp = spacy.blank("en")
    docs: list[Doc] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        spans = {}  # a range "3-4 don't" has no space inside
        for r in rows:
            if "-" in r[0]:
                first, last = map(int, r[0].split("-"))
                spans.update(dict.fromkeys(range(first, last), False))
                spans[last] = "SpaceAfter=No" not in r[9]
        rows = [r for r in rows if r[0].isdigit()]
        if not rows:
            continue
        docs.append(
            Doc(
                nlp.vocab,
                words=[r[1] for r in rows],
                spaces=[spans.get(int(r[0]), "SpaceAfter=No" not in (r[9] if len(r) > 9 else "")) for r in rows],
                pos=[r[3] for r in rows],
                morphs=["" if r[5] == "_" else r[5] for r in rows],
                heads=[int(r[6]) - 1 if int(r[6]) else i for i, r in enumerate(rows)],
                deps=["ROOT" if r[7] == "root" else r[7] for r in rows],
            )
        )
    return docs


def lowered(doc: Doc) -> Doc:
    """The same sentence without capitals."""
    return Doc(
        doc.vocab,
        words=[t.lower_ for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        pos=[t.pos_ for t in doc],
        morphs=[str(t.morph) for t in doc],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
    )


def main(argv: list[str] | None = None) -> int:
    """Train, evaluate, write; exit status 0."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("treebanks", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--steps", type=int, default=20000)
    a = ap.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rng = random.Random(SEED)
    train = [d for f in ("ewt-train", "gum-open-train") for d in read_conllu(a.treebanks / f"{f}.conllu")]
    train += [lowered(d) for d in rng.sample(train, int(len(train) * LOWERED))]
    rng.shuffle(train)
    with tempfile.TemporaryDirectory() as tmp:
        work = Path(tmp)
        DocBin(docs=train).to_disk(work / "train.spacy")
        for name in ("dev", "test"):
            DocBin(docs=read_conllu(a.treebanks / f"ewt-{name}.conllu")).to_disk(work / f"{name}.spacy")

        def spacy_cli(*args: str) -> None:
            subprocess.run([sys.executable, "-m", "spacy", *args], check=True)

        spacy_cli(
            "init",
            "config",
            str(work / "config.cfg"),
            "--lang",
            "en",
            "--pipeline",
            "morphologizer,parser",
            "--optimize",
            "efficiency",
            "--force",
        )
        spacy_cli(
            "train",
            str(work / "config.cfg"),
            "--output",
            str(work / "model"),
            "--paths.train",
            str(work / "train.spacy"),
            "--paths.dev",
            str(work / "dev.spacy"),
            "--training.max_steps",
            str(a.steps),
            "--training.eval_frequency",
            "1000",
            "--training.patience",
            "6000",
            "--system.seed",
            str(SEED % 2**31),
        )
        spacy_cli(
            "evaluate",
            str(work / "model" / "model-best"),
            str(work / "test.spacy"),
            "--output",
            str(work / "scores.json"),
        )
        nlp = spacy.load(work / "model" / "model-best")
        nlp.meta.update(
            name="dateline_parser",
            license="CC BY-SA 4.0",
            sources=[
                {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
                {"name": "UD English GUM (open documents)", "license": "CC BY 4.0"},
            ],
        )
        nlp.to_disk(a.out)
        scores = json.loads((work / "scores.json").read_text())
        keep = ("token_acc", "pos_acc", "dep_uas", "dep_las", "speed")
        (a.out / "report.json").write_text(
            json.dumps(
                {
                    "test": "UD English EWT test",
                    "sentences_trained_on": len(train),
                    "seed": SEED,
                    **{k: round(scores[k], 4) for k in keep if k in scores},
                },
                indent=1,
            )
            + "\n"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
