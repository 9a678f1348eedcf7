"""Accuracy of place names against pinned floors: `make eval`.

Scores the practice articles of this repository, and LGL, TR-News and the five articles where ../shared is present,
with the
scorer that measures all systems.  The shipped weights were trained on LGL, TR-News and the practice articles, so the
figures that
count for these are the cross-validated ones of geodata/data/resolver_report.json, printed beside; the five articles
were never
trained on.  Fails when a figure falls below its floor in toponyms_baseline.json; `--update` raises floors, and lowers
one only with
`--allow-drop`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

import score_toponyms  # noqa: E402

from geodata.gazetteer import Gazetteer  # noqa: E402
from geodata.resolve import Resolver  # noqa: E402
from geodata.toponyms import toponyms_record  # noqa: E402

SHARED = HERE.parents[2] / "shared"
BASELINE = HERE / "toponyms_baseline.json"
REPORT = HERE.parents[1] / "geodata/data/resolver_report.json"
MARGIN = 0.005  # below a measured figure: rounding of another machine's arithmetic


def practice() -> list[dict[str, Any]]:
    """The practice articles: {"id", "text", "toponyms"}."""
    docs = []
    for path in sorted((HERE / "practice/gold").glob("*.json")):
        text = (HERE / "practice/articles" / f"{path.stem}.txt").read_text(encoding="utf-8")
        docs.append(
            {"id": path.stem, "text": text, "toponyms": json.loads(path.read_text(encoding="utf-8"))["toponyms"]}
        )
    return docs


def five() -> list[dict[str, Any]]:
    """The five articles, to the end of their annotation."""
    docs = []
    for line in (SHARED / "gold/toponyms.jsonl").read_text(encoding="utf-8").strip().split("\n"):
        d = json.loads(line)
        raw = (SHARED / "articles" / f"{d['id']}.txt").read_bytes().decode("utf-8")
        docs.append({"id": d["id"], "text": raw, "toponyms": d["toponyms"], "to": d["annotated_to"]})
    return docs


def corpus(name: str) -> list[dict[str, Any]]:
    """LGL or TR-News."""
    text = (SHARED / "geoparsing" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def predict(docs: list[dict[str, Any]], resolver: Resolver) -> dict[str, list[dict[str, Any]]]:
    """The command's toponyms per document."""
    return {
        d["id"]: [
            t for t in toponyms_record(d["id"], d["text"], resolver)["toponyms"] if t["end"] <= d.get("to", 1 << 60)
        ]
        for d in docs
    }


def figures(
    docs: list[dict[str, Any]], pred: dict[str, list[dict[str, Any]]], only: str | None = None
) -> dict[str, float]:
    """The scorer's headline figures."""
    s = score_toponyms.score(docs, pred, only=only)
    return {"f1": s["overlap_"]["f1"], "a161": s["e2e_acc161"] or 0.0, "right_per_predicted": s["e2e_precision"] or 0.0}


def literal_figures(docs: list[dict[str, Any]], pred: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Literal mentions without demonyms; and on all matched mentions the country and the literal flag."""
    named = {k: [t for t in v if not t["demonym"]] for k, v in pred.items()}
    gold = [{**d, "toponyms": [t for t in d["toponyms"] if t["literal"]]} for d in docs]
    out = figures(gold, {k: [t for t in v if t["literal"]] for k, v in named.items()})
    country = [0, 0]
    literal = [0, 0]
    for d in docs:
        for i, j in score_toponyms.pair(d["toponyms"], named[d["id"]]):
            g, p = d["toponyms"][i], named[d["id"]][j]
            literal = [literal[0] + (g["literal"] == p["literal"]), literal[1] + 1]
            if g["country"]:
                country = [country[0] + (g["country"] == p["country"]), country[1] + 1]
    return {
        "f1": out["f1"],
        "a161": out["a161"],
        "country": country[0] / max(1, country[1]),
        "literal": literal[0] / max(1, literal[1]),
    }


def measured(resolver: Resolver) -> Iterator[tuple[str, dict[str, float]]]:
    """Every set of figures, by name."""
    docs = practice()
    yield "practice, literal", literal_figures(docs, predict(docs, resolver))
    if not (SHARED / "geoparsing/lgl.jsonl").exists():
        sys.stdout.write("!!! ../shared is not here: LGL, TR-News and the five articles are NOT scored !!!\n")
        return
    docs = five()
    yield "five articles, literal", literal_figures(docs, predict(docs, resolver))
    for name in ("lgl", "trnews"):
        docs = corpus(name)
        pred = predict(docs, resolver)
        yield f"{name} (weights saw it)", figures(docs, pred)
        yield f"{name}, towns only", figures(docs, pred, "type=PPL")
        yield f"{name}, countries only", figures(docs, pred, "type=PCL")


def cross_validated() -> Iterator[tuple[str, dict[str, float]]]:
    """The training report's figures, and its reliability table."""
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    for name, line in report["cross_validated"].items():
        yield (
            f"{name}, cross-validated",
            {
                "f1": line["overlap_f1"],
                "a161": line["a161_all_located"],
                "right_per_predicted": line["right_per_predicted"],
            },
        )
    sys.stdout.write("confidence said / right (cross-validated, half held out of the calibration):\n")
    for row in report["reliability"]:
        sys.stdout.write(
            f"  {row['from']:.2f}–{row['to']:.2f}  {row['mentions']:5d} mentions  said "
            f"{row['said']:.3f}  right {row['right']:.3f}\n"
        )


def corpus_hash() -> str:
    """Changes when a practice article or its gold does: a figure of other texts is no comparison."""
    h = hashlib.sha256()
    for path in sorted((HERE / "practice").rglob("*")):
        if path.is_file():
            h.update(path.name.encode() + path.read_bytes())
    return h.hexdigest()[:16]


def compare(found: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """What fell below its floor, in words."""
    return [
        f"{name}: {key} {found[name][key]:.3f} is below its floor {floor:.3f}"
        for name, line in floors.items()
        if name in found
        for key, floor in line.items()
        if found[name].get(key, 0.0) < floor
    ]


def main() -> int:
    """Measure, print, compare; exit 1 when a floor is broken."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--update", action="store_true", help="raise floors to what was measured")
    ap.add_argument("--allow-drop", action="store_true", help="with --update: lower floors too")
    args = ap.parse_args()
    found = dict(measured(Resolver(Gazetteer.open())))
    found.update(cross_validated())
    for name, line in found.items():
        sys.stdout.write(f"{name:28s} " + "  ".join(f"{k} {v:.3f}" for k, v in line.items()) + "\n")
    baseline = (
        json.loads(BASELINE.read_text(encoding="utf-8"))
        if BASELINE.exists()
        else {"floors": {}, "practice": corpus_hash()}
    )
    if args.update:
        for name, line in found.items():
            old = baseline["floors"].setdefault(name, {})
            for key, value in line.items():
                floor = round(value - MARGIN, 3)
                old[key] = floor if args.allow_drop else max(floor, old.get(key, 0.0))
        baseline["practice"] = corpus_hash()
        BASELINE.write_text(json.dumps(baseline, indent=1) + "\n", encoding="utf-8")
    if baseline["practice"] != corpus_hash():
        sys.stdout.write(
            "the practice articles changed since the floors were set: --update --allow-drop after a look\n"
        )
        return 1
    broken = compare(found, baseline["floors"])
    sys.stdout.write("".join(f"FAILED {b}\n" for b in broken) or "all floors hold\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
