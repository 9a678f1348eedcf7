"""Accuracy of claims against pinned floors: `claims_gate.py [--update [--allow-drop] [--new-corpus]]`.

Scores the practice articles and those written to measure (development and held-out part apart) and, where they are, the
five articles in ../shared; exit status 1 under a floor.  A floor lies `MARGIN` below what was measured when it was set.
The annotations' checksum is pinned too: whoever edits them must say so.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(p) for p in (HERE, HERE.parents[1]) if str(p) not in sys.path]

BASELINE = HERE / "baseline.json"
#: Room for changes elsewhere that move single records (a new gazetteer row); one record in a hundred.
MARGIN = 0.01

Figures = dict[str, dict[str, float]]


def below(figures: Figures, baseline: dict[str, Any]) -> list[str]:
    """What lies under its floor, one line each; a corpus that was not measured is not judged."""
    return [
        f"{corpus} {name}: {figures[corpus].get(name, 0.0):.3f} is under the floor of {floor:.3f}"
        for corpus, floors in baseline.get("floors", {}).items()
        if corpus in figures
        for name, floor in floors.items()
        if figures[corpus].get(name, 0.0) < floor
    ]


def changed(hashes: dict[str, str], baseline: dict[str, Any]) -> list[str]:
    """Corpora whose articles or annotations are not those the floors were set with."""
    pinned = baseline.get("corpus", {})
    return [
        f"the {name} articles or annotations have changed: their checksum is {now[:12]}, "
        f"pinned is {pinned[name][:12]}; if that is meant, run with --update --new-corpus"
        for name, now in hashes.items()
        if pinned.get(name, now) != now
    ]


def updated(
    figures: Figures, hashes: dict[str, str], baseline: dict[str, Any], *, allow_drop: bool
) -> tuple[dict[str, Any], list[str]]:
    """The new baseline and the floors that would sink; these keep their old value unless `allow_drop`."""
    floors = {corpus: dict(values) for corpus, values in baseline.get("floors", {}).items()}
    drops = []
    for corpus, values in figures.items():
        own = floors.setdefault(corpus, {})
        for name, value in values.items():
            new, old = max(0.0, round(value - MARGIN, 3)), own.get(name)
            if old is not None and new < old:
                drops.append(f"{corpus} {name}: {old:.3f} → {new:.3f}")
            if old is None or new > old or allow_drop:
                own[name] = new
    return {"margin": MARGIN, "corpus": {**baseline.get("corpus", {}), **hashes}, "floors": floors}, drops


def settle(
    figures: Figures, hashes: dict[str, str], path: Path, *, update: bool, allow_drop: bool, new_corpus: bool
) -> list[str]:
    """Judge the figures, or set the floors; the complaints, empty where all is well."""
    baseline = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    problems = [] if update and new_corpus else changed(hashes, baseline)
    if problems or not update:
        return problems + below(figures, baseline)
    new, drops = updated(figures, hashes, baseline, allow_drop=allow_drop)
    path.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return [] if allow_drop else [f"not lowered without --allow-drop: {d}" for d in drops]


def main(argv: list[str] | None = None) -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--allow-drop", action="store_true", help="with --update: lower floors too")
    parser.add_argument("--new-corpus", action="store_true", help="with --update: take the annotations as they are now")
    parser.add_argument("--save", metavar="FILE", help="keep what became of every record, for --compare")
    parser.add_argument(
        "--compare", metavar="FILE", help="show the records that fare otherwise than when FILE was saved"
    )
    args = parser.parse_args(argv)
    import claims_scores as scores

    from geodata.chain import Chain

    chain = Chain()
    unseen = scores.unseen_corpora()
    corpora = scores.practice_corpora() + unseen
    hashes = {"practice": scores.corpus_hash(scores.PRACTICE)}
    if unseen:
        hashes["unseen"] = scores.corpus_hash(scores.UNSEEN)
    shared = scores.shared_corpus()
    if shared is None:
        print("!!! ../shared is not on this machine: ITS FIVE ARTICLES ARE NOT SCORED")
    else:
        corpora.append(shared)
        hashes["shared"] = scores.corpus_hash(scores.SHARED)
    figures: Figures = {}
    records: dict[str, dict[str, Any]] = {}
    for corpus in corpora:
        measured = scores.measure(chain, corpus)
        figures[corpus.name] = scores.headline(measured.figures)
        records |= scores.records(measured)
        print(scores.tables(measured))
    if args.compare:
        print("\n" + "\n".join(scores.moved(json.loads(Path(args.compare).read_text(encoding="utf-8")), records)))
    if args.save:
        Path(args.save).write_text(json.dumps(records, ensure_ascii=False, indent=0), encoding="utf-8")
    problems = settle(
        figures, hashes, BASELINE, update=args.update, allow_drop=args.allow_drop, new_corpus=args.new_corpus
    )
    print()
    print("\n".join(f"FAILED: {p}" for p in problems) or f"claims: no figure under its floor ({BASELINE.name})")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
