"""Train the candidate ranker and the mention classifier, cross-validated by document, and ship their weights.

Takes corpora in the form {"id", "text", "toponyms": [{"start", "end", "lat", "lon", "type"|"kind"}]} (LGL, TR-News;
our practice
articles); writes geodata/data/resolver_weights.json and a report.  No text enters the weights.
Usage: python -m geodata.training.train_resolver SHARED_FOLDER [--cv-only] [--out FOLDER]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geodata.analysis import Analysis, analyse, mention_rows
from geodata.gazetteer import Gazetteer
from geodata.gazetteer_sources import DEMONYM
from geodata.models import Net
from geodata.resolve import WEIGHTS
from geodata.training.fit import fit_classifier, fit_ranker

Floats = npt.NDArray[np.float64]
FOLDS = 5
THRESHOLD = 0.48
REPORT = WEIGHTS.with_name("resolver_report.json")
_TYPE = {
    "PPL": 3,
    "ADM1": 1,
    "ADM2": 2,
    "PCL": 0,
    "CONT": 5,
    "RGN": 5,
    "country": 0,
    "admin1": 1,
    "admin2": 2,
    "city": 3,
    "site": 4,
    "region": 5,
    "continent": 5,
    "water": 6,
}


@dataclass
class Doc:
    """A training document with its gold and, once analysed, its evidence."""

    corpus: str
    id: str
    text: str
    gold: list[dict[str, Any]]
    analysis: Analysis | None = None
    gold_of: dict[int, dict[str, Any]] = field(default_factory=dict)  # span → gold toponym


def load(shared: Path) -> list[Doc]:
    """All corpora."""
    docs = []
    for name in ("lgl", "trnews"):
        for line in (shared / "geoparsing" / f"{name}.jsonl").read_text(encoding="utf-8").strip().split("\n"):
            d = json.loads(line)
            docs.append(Doc(name, d["id"], d["text"], d["toponyms"]))
    for path in sorted((shared / "practice/gold").glob("*.json")):
        text = (shared / "practice/articles" / f"{path.stem}.txt").read_text(encoding="utf-8")
        docs.append(Doc("practice", path.stem, text, json.loads(path.read_text(encoding="utf-8"))["toponyms"]))
    return docs


def km(lat1: Floats, lon1: Floats, lat2: float, lon2: float) -> Floats:
    """Great-circle distance."""
    a, b = np.radians(lat1), np.radians(lat2)
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    result: Floats = 2 * 6371.009 * np.arcsin(np.minimum(1, np.sqrt(h)))
    return result


def prepare(d: Doc, g: Gazetteer, ranker: Net | None) -> None:
    """Analyse and pair spans with gold."""
    d.analysis = analyse(d.text, g, ranker=ranker)
    d.gold_of = {}
    for n, s in enumerate(d.analysis.around.spans):
        best = max(d.gold, key=lambda t: min(t["end"], s.end) - max(t["start"], s.start), default=None)
        if best is not None and min(best["end"], s.end) > max(best["start"], s.start):
            d.gold_of[n] = best


def positives(d: Doc, group: int, g: Gazetteer) -> tuple[slice, Floats] | None:
    """Which candidates of a group are right; None where no gold or no right candidate is known."""
    a = d.analysis
    assert a is not None
    golds = [d.gold_of[n] for n in a.cand.members[group] if n in d.gold_of and d.gold_of[n]["lat"] is not None]
    if not golds:
        return None
    gold = Counter((t["lat"], t["lon"], str(t.get("type") or t.get("kind"))) for t in golds).most_common(1)[0][0]
    first = int(a.cand.first[group])
    last = int(a.cand.first[group + 1]) if group + 1 < len(a.cand.first) else len(a.cand.row)
    rows = a.cand.row[first:last]
    dist = km(g.lat[rows].astype(float), g.lon[rows].astype(float), gold[0], gold[1])
    ok = dist <= 161
    if not ok.any():
        return None
    kind = next((k for t, k in _TYPE.items() if gold[2].startswith(t)), None)
    same = ok & (g.kind[rows] == kind) if kind is not None else ok
    if same.any():
        ok = same
    ok &= dist <= dist[ok].min() + 15
    return slice(first, last), ok.astype(float)


def ranker_rows(docs: list[Doc], g: Gazetteer) -> tuple[Floats, npt.NDArray[np.int64], Floats, Floats]:
    """Training arrays of the ranker."""
    xs, groups, pos, weights = [], [], [], []
    number = 0
    for d in docs:
        a = d.analysis
        assert a is not None
        for k in range(len(a.cand.key)):
            found = positives(d, k, g)
            if found is None or found[0].stop - found[0].start < 2:
                continue
            at, ok = found
            xs.append(a.x[at])
            pos.append(ok)
            groups.append(np.full(len(ok), number))
            weights.append(np.full(len(ok), (1.0 if d.corpus == "lgl" else 1.7) * np.sqrt(len(a.cand.members[k]))))
            number += 1
    return np.vstack(xs), np.concatenate(groups), np.concatenate(pos), np.concatenate(weights)


def rerank(docs: list[Doc], g: Gazetteer, ranker: Net) -> None:
    """Fill in probabilities with a trained ranker."""
    for d in docs:
        prepare(d, g, ranker)


def classifier_rows(docs: list[Doc]) -> tuple[Floats, Floats, Floats]:
    """Training arrays of the mention classifier."""
    xs, labels, weights = [], [], []
    for d in docs:
        a = d.analysis
        assert a is not None
        x, spans = mention_rows(a)
        for row, n in zip(x, spans, strict=True):
            top = a.top[a.cand.group_of[n]]
            if d.corpus == "practice" and a.cand.flag[top] & DEMONYM:
                continue  # demonyms are not annotated there
            xs.append(row)
            labels.append(float(n in d.gold_of))
            weights.append(1.0 if d.corpus == "lgl" else 1.7)
    return np.array(xs), np.array(labels), np.array(weights)


def predict(d: Doc, mention: Net) -> tuple[Floats, list[int]]:
    """Probabilities of the spans of an analysed document."""
    assert d.analysis is not None
    x, spans = mention_rows(d.analysis)
    return (1 / (1 + np.exp(-mention.score(x))) if spans else np.empty(0)), spans


def toponyms(d: Doc, g: Gazetteer, prob: Floats, spans: list[int], threshold: float) -> list[dict[str, Any]]:
    """As the scorer wants them."""
    a = d.analysis
    assert a is not None
    out = []
    for p, n in zip(prob, spans, strict=True):
        if p >= threshold:
            s = a.around.spans[n]
            row = a.cand.row[a.top[a.cand.group_of[n]]]
            out.append(
                {
                    "start": s.start,
                    "end": s.end,
                    "lat": float(np.nan_to_num(g.lat[row])),
                    "lon": float(np.nan_to_num(g.lon[row])),
                    "p": float(p),
                }
            )
    return out


def fit(docs: list[Doc], g: Gazetteer) -> tuple[Net, Net]:
    """Two passes: ranker on first-pass evidence, then on the evidence its own probabilities give; then the
    classifier.
    """
    for d in docs:
        prepare(d, g, None)
    ranker = fit_ranker(*ranker_rows(docs, g))
    rerank(docs, g, ranker)
    ranker = fit_ranker(*ranker_rows(docs, g))
    rerank(docs, g, ranker)
    return ranker, fit_classifier(*classifier_rows(docs))


def folds(docs: list[Doc]) -> list[list[Doc]]:
    """Documents in FOLDS parts, each corpus spread evenly."""
    rng = np.random.default_rng(7)
    parts: list[list[Doc]] = [[] for _ in range(FOLDS)]
    for corpus in ("lgl", "trnews", "practice"):
        members = [d for d in docs if d.corpus == corpus]
        for k, i in enumerate(rng.permutation(len(members))):
            parts[k % FOLDS].append(members[i])
    return parts


def cross_validate(docs: list[Doc], g: Gazetteer) -> dict[str, tuple[Doc, Floats, list[int]]]:
    """Out-of-fold predictions per document."""
    parts = folds(docs)
    out = {}
    for k, part in enumerate(parts):
        ranker, mention = fit([d for j, p in enumerate(parts) if j != k for d in p], g)
        rerank(part, g, ranker)
        for d in part:
            prob, spans = predict(d, mention)
            out[f"{d.corpus}/{d.id}"] = (d, prob, spans)
    return out


def report(found: dict[str, tuple[Doc, Floats, list[int]]], g: Gazetteer, scorer: Any) -> dict[str, dict[str, float]]:
    """Print the out-of-fold figures at several thresholds; returns those at THRESHOLD."""
    kept = {}
    for threshold in (0.4, THRESHOLD, 0.55, 0.6):
        for corpus in ("lgl", "trnews", "practice"):
            mine = [v for v in found.values() if v[0].corpus == corpus]
            pred = {d.id: toponyms(d, g, p, s, threshold) for d, p, s in mine}
            r = scorer.score([{"id": d.id, "toponyms": d.gold} for d, _, _ in mine], pred)
            line = {
                "overlap_f1": r["overlap_"]["f1"],
                "precision": r["overlap_"]["p"],
                "recall": r["overlap_"]["r"],
                "a161_all_located": r["e2e_acc161"],
                "right_per_predicted": r["e2e_precision"],
                "a161_of_placed": r["acc161"],
            }
            sys.stdout.write(f"{threshold:.2f} {corpus:8s} " + " ".join(f"{k} {v:.3f}" for k, v in line.items()) + "\n")
            if threshold == THRESHOLD:
                kept[corpus] = {k: round(float(v), 3) for k, v in line.items()}
    return kept


def judged(found: dict[str, tuple[Doc, Floats, list[int]]], g: Gazetteer, threshold: float) -> tuple[Floats, Floats]:
    """Raw confidence of every accepted out-of-fold mention, and whether it is a place name and placed within 161 km."""
    raw, right = [], []
    for d, prob, spans in found.values():
        a = d.analysis
        assert a is not None
        for p, n in zip(prob, spans, strict=True):
            top = a.top[a.cand.group_of[n]]
            if p < threshold or (d.corpus == "practice" and a.cand.flag[top] & DEMONYM):
                continue
            gold = d.gold_of.get(n)
            if gold is not None and gold["lat"] is None:
                continue
            row = a.cand.row[top]
            raw.append(float(p) * float(a.p[top]))
            right.append(
                float(
                    gold is not None
                    and bool(km(np.array([g.lat[row]]), np.array([g.lon[row]]), gold["lat"], gold["lon"])[0] <= 161)
                )
            )
    return np.array(raw), np.array(right)


def calibrate(raw: Floats, right: Floats) -> tuple[dict[str, Any], list[dict[str, float]]]:
    """A monotone map from raw to calibrated confidence (isotonic, thinned to 20 knots), and its reliability table
    on a held-out half.
    """
    from sklearn.isotonic import IsotonicRegression

    rng = np.random.default_rng(3)
    half = rng.random(len(raw)) < 0.5
    knots = np.unique(np.quantile(raw, np.linspace(0, 1, 21)))

    def fitted(mask: npt.NDArray[np.bool_]) -> Floats:
        model = IsotonicRegression(out_of_bounds="clip", y_min=0.02, y_max=0.99).fit(raw[mask], right[mask])
        smooth: Floats = np.array(
            [model.predict(raw[mask][np.argsort(np.abs(raw[mask] - k))[:200]]).mean() for k in knots]
        )
        return np.maximum.accumulate(smooth)

    shown = np.interp(raw[~half], knots, fitted(half))
    table = []
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        inside = (shown >= low) & (shown < high)
        if inside.sum() >= 20:
            table.append(
                {
                    "from": low,
                    "to": min(high, 1.0),
                    "mentions": int(inside.sum()),
                    "said": round(float(shown[inside].mean()), 3),
                    "right": round(float(right[~half][inside].mean()), 3),
                }
            )
    return {"x": np.round(knots, 4).tolist(), "y": np.round(fitted(np.ones(len(raw), bool)), 4).tolist()}, table


def main(argv: list[str]) -> None:
    """Cross-validate, calibrate, then train on everything and write the weights and the report."""
    shared = Path(argv[0])
    sys.path.insert(0, str(shared / "geoparsing"))
    import score_toponyms  # type: ignore[import-not-found]

    g = Gazetteer.open()
    docs = load(shared)
    found = cross_validate(docs, g)
    figures = report(found, g, score_toponyms)
    calibration, table = calibrate(*judged(found, g, THRESHOLD))
    sys.stdout.write(json.dumps(table, indent=1) + "\n")
    if "--cv-only" in argv:
        return
    ranker, mention = fit(docs, g)
    WEIGHTS.write_text(
        json.dumps(
            {
                "what": "weights of the candidate ranker and the mention classifier; made by "
                "geodata/training/train_resolver.py",
                "threshold": THRESHOLD,
                "calibration": calibration,
                "ranker": ranker.as_json(),
                "mention": mention.as_json(),
            }
        ),
        encoding="utf-8",
    )
    REPORT.write_text(
        json.dumps(
            {
                "what": f"{FOLDS}-fold cross-validation by document: each document is scored by weights that "
                "never saw it",
                "threshold": THRESHOLD,
                "documents": {c: sum(d.corpus == c for d in docs) for c in ("lgl", "trnews", "practice")},
                "note": "demonyms are not annotated in practice: they count against precision there",
                "cross_validated": figures,
                "reliability": table,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
