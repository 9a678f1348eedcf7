"""Claims scored against annotated articles: the corpora, the measurement, the tables.

Takes the practice articles beside this file and, where it stands, the five articles in ../shared; gives figures per
corpus.  Holds no floors and decides nothing: `claims_gate` does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(p) for p in (HERE, HERE.parents[1]) if str(p) not in sys.path]

import score_events as scorer  # noqa: E402

from extract.manifest import read_manifest  # noqa: E402
from extract.schema import Document  # noqa: E402
from geodata.chain import Chain  # noqa: E402

PRACTICE = HERE / "practice"
UNSEEN = HERE / "unseen"
SHARED = HERE.parents[2] / "shared"
#: Chosen across regions and genres before the rules were written; looked at only to score.
HELD_OUT = ("a7", "b1", "b3", "b5", "b6", "b7", "c1")
#: Lower edges of the bins in which confidence is compared with what came out right.
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Corpus:
    """Articles with their annotations."""

    name: str
    documents: tuple[Document, ...]
    golds: tuple[Any, ...]  # score_events.Record
    negatives: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Measured:
    """What the chain made of a corpus."""

    corpus: Corpus
    figures: dict[str, Any]
    outcome: Any  # score_events.Outcome


def practice_corpora(folder: Path = PRACTICE) -> list[Corpus]:
    """The development part (two thirds) and the held-out part, published dates as annotated."""
    names = {p.stem for p in (folder / "articles").glob("*.txt")}
    held = {name for name in names if name.split("-")[0] in HELD_OUT}
    return _split(folder, {"development": names - held, "held_out": held})


def unseen_corpora(folder: Path = UNSEEN) -> list[Corpus]:
    """The articles written to measure, in the parts of their split.json; none where the folder is not there."""
    if not (folder / "split.json").exists():
        return []
    split = json.loads((folder / "split.json").read_text(encoding="utf-8"))
    return _split(folder, {f"unseen_{part}": set(names) for part, names in split.items()})


def _split(folder: Path, parts: dict[str, set[str]]) -> list[Corpus]:
    documents = [_practice_document(p, folder / "gold") for p in sorted((folder / "articles").glob("*.txt"))]
    golds = scorer.load_gold(folder / "gold")
    negatives = scorer.load_negatives(folder / "gold", {d.name: d.text for d in documents})
    return [_part(name, documents, golds, negatives, inside) for name, inside in parts.items()]


def _practice_document(path: Path, gold: Path) -> Document:
    published = json.loads((gold / f"{path.stem}.json").read_text(encoding="utf-8"))["published"]
    return Document(
        path.read_bytes().decode("utf-8"),
        name=path.stem,
        published=dt.date.fromisoformat(published) if published else None,
    )


def _part(
    name: str, documents: Sequence[Document], golds: Sequence[Any], negatives: Sequence[dict[str, Any]], names: set[str]
) -> Corpus:
    return Corpus(
        name,
        tuple(d for d in documents if d.name in names),
        tuple(g for g in golds if g.doc in names),
        tuple(n for n in negatives if n["doc"] in names),
    )


def shared_corpus(folder: Path = SHARED) -> Corpus | None:
    """The five real articles with the dates of their manifest; None where ../shared is not on this machine."""
    if not (folder / "gold" / "events.jsonl").exists():
        return None
    rows, _ = read_manifest(folder / "articles" / "documents.csv")
    documents = [
        Document(
            p.read_bytes().decode("utf-8"), name=p.stem, published=rows[p.name].published if p.name in rows else None
        )
        for p in sorted((folder / "articles").glob("*.txt"))
    ]
    return Corpus(
        "shared",
        tuple(documents),
        tuple(scorer.load_gold(folder / "gold" / "events.jsonl")),
        tuple(scorer.load_negatives(folder / "gold" / "negatives.jsonl", {})),
    )


def measure(chain: Chain, corpus: Corpus) -> Measured:
    """Read every document of the corpus and score its claims."""
    rows = [c.as_json() for d in corpus.documents for c in chain.analyse(d).claims]
    preds = [scorer.Record(row, number=i) for i, row in enumerate(rows, 1)]
    figures, outcome = scorer.report(list(corpus.golds), preds, negatives=list(corpus.negatives))
    return Measured(corpus, figures, outcome)


def headline(figures: dict[str, Any]) -> dict[str, float]:
    """The figures that have floors; all between 0 and 1, more is better."""
    out = {f"{title}.{kind}": x["f1"] or 0.0 for title in ("usable", "detection") for kind, x in figures[title].items()}
    pairs = figures["matched_pairs"]
    out |= {
        k: pairs[k]["accuracy"]
        for k in ("country", "route_origin", "route_destination", "date_overlap", "counts", "certainty")
        if pairs[k]["accuracy"] is not None
    }
    out["nationalities"] = figures["nationalities"]["f1"] or 0.0
    if figures.get("negatives", {}).get("spans"):
        n = figures["negatives"]
        out["negatives_avoided"] = 1 - len(n["hits"]) / n["spans"]
    return {k: round(v, 4) for k, v in out.items()}


def reliability(outcome: Any) -> list[tuple[float, float, int, int]]:
    """Per bin of `Claim.confidence`: lower edge, mean, how many, how many usable; optional records left out."""
    rows = [(p.row["confidence"], scorer.usable(g, p)) for g, p in outcome.pairs]
    rows += [(p.row["confidence"], False) for p in outcome.spurious]
    out = []
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        inside = [(c, ok) for c, ok in rows if low <= c < high]
        mean = sum(c for c, _ in inside) / len(inside) if inside else 0.0
        out.append((low, mean, len(inside), sum(ok for _, ok in inside)))
    return out


def calibration_error(table: Iterable[tuple[float, float, int, int]]) -> float:
    """Mean distance of confidence and share right, weighted by the number of claims."""
    rows = [r for r in table if r[2]]
    total = sum(n for _, _, n, _ in rows)
    return sum(n * abs(mean - right / n) for _, mean, n, right in rows) / total if total else 0.0


def records(measured: Measured) -> dict[str, dict[str, Any]]:
    """What became of every core record, by id, and every spurious claim: `usable`, `found` (not usable), `missed`."""
    o, name = measured.outcome, measured.corpus.name
    out: dict[str, dict[str, Any]] = {}
    for g, p in o.pairs:
        places = ", ".join(f"{x['role']} {x['name']}" for x in p.row["places"])
        said = f"{places or 'no place'}; {p.row['date']['start']}–{p.row['date']['end']}"
        out[g.id] = {"state": "usable" if scorer.usable(g, p) else "found", "what": g.quote, "said": said}
    out |= {g.id: {"state": "missed", "what": g.quote, "said": "–"} for g in o.missed}
    for p in o.spurious:
        text = next(d.text for d in measured.corpus.documents if d.name == p.doc)
        out[f"{p.doc} {p.kind} at {p.start}"] = {
            "state": "spurious",
            "what": text[p.start : p.end],
            "said": p.row["rule"],
        }
    return {f"{name} {k}": v for k, v in out.items()}


def moved(before: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> list[str]:
    """Records whose state is another than before, two lines each; parts that only measure are counted, never shown."""
    lines, hidden = [], 0
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key), now.get(key)
        states = (old["state"] if old else "–", new["state"] if new else "–")
        if states[0] == states[1]:
            continue
        if key.split()[0].endswith(("held_out", "blind")):
            hidden += 1
            continue
        what = " ".join(((new or old) or {})["what"].split())[:140]
        lines.append(f"{states[0]:>8} → {states[1]:8} {key} “{what}”")
        lines.append(f"{'':20} was {old['said'] if old else '–'} | now {new['said'] if new else '–'}")
    return [*lines, *([f"and {hidden} in held-out parts"] if hidden else [])]


def tables(measured: Measured) -> str:
    """Everything measured on a corpus, for a terminal."""
    f = measured.figures
    corpus, made = measured.corpus, f["predictions"]
    lines = [
        f"\n=== {corpus.name}: {len(corpus.documents)} documents, {f['gold']['core']} core records, "
        f"{made['in_gold_documents']} claims ({made['spurious']} spurious)"
    ]
    for title in ("usable", "detection"):
        lines.append(f"{title:22}    P     R     F1")
        for kind, x in f[title].items():
            scores = f"{_n(x['precision'])} {_n(x['recall'])} {_n(x['f1'])}"
            lines.append(f"  {kind:20} {scores}   tp {x['tp']} fp {x['fp']} fn {x['fn']}")
    lines.append("matched pairs")
    lines += [f"  {k:20} {_n(x['accuracy'])}  {x['right']}/{x['of']}" for k, x in f["matched_pairs"].items()]
    lines.append(f"  {'nationalities F1':20} {_n(f['nationalities']['f1'])}")
    if "negatives" in f:
        lines.append(f"negatives hit {len(f['negatives']['hits'])} of {f['negatives']['spans']}")
    table = reliability(measured.outcome)
    lines.append(f"confidence             mean  right    claims   (calibration error {calibration_error(table):.3f})")
    lines += [
        f"  from {low:.1f}             {mean:.2f}  {right / n:.2f}  {right:4}/{n}" for low, mean, n, right in table if n
    ]
    return "\n".join(lines)


def _n(x: float | None) -> str:
    return "    –" if x is None else f"{x:5.3f}"


def corpus_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of a folder's articles and annotations."""
    h = hashlib.sha256()
    for path in sorted(
        p
        for p in folder.rglob("*")
        if p.suffix in (".txt", ".json", ".jsonl", ".csv") and p.parent.name in ("articles", "gold")
    ):
        h.update(f"{path.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return h.hexdigest()


__all__ = [
    "Corpus",
    "Measured",
    "calibration_error",
    "corpus_hash",
    "headline",
    "measure",
    "moved",
    "practice_corpora",
    "records",
    "reliability",
    "shared_corpus",
    "tables",
    "unseen_corpora",
]
