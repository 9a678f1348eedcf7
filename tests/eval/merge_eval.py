"""Score the merging of claims on the gold standard's `same_as`, claims given: pairwise precision, recall, F1.

    python tests/eval/merge_eval.py [--misses] [--claims-only]

Reads ../shared/gold and ../shared/practice where they are; says so and ends well where they are not.  Ends with
status 1 below `FLOORS`.  The practice articles were labelled one by one: pairs
across them that are one event in fact count as wrong in the second line; the third takes those in that were read and
found to be one (`FOUND_SAME`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from geodata.merge import merge  # noqa: E402
from geodata.told import Told  # noqa: E402

SHARED = ROOT.parent / "shared"
Pair = tuple[str, str]
#: What is promised, precision and recall: claims given (on the five articles and over all), and with our own claims.
FLOORS = {"five articles": (0.95, 0.85), "with practice, pairs read side by side": (0.95, 0.85)}
FLOOR_END_TO_END = (0.90, 0.65)
#: Pairs across articles labelled one by one, read side by side: the same days, place and deed (or the same flow).
FOUND_SAME: frozenset[Pair] = frozenset(
    {
        ("003-13", "a4-returns-briefing-06"),  # Central Asians who left for Syria and Iraq until 2017
        ("a2-detained-in-transit-24", "c7-central-asia-chronicle-2023-15"),  # Aktobe, June 2016
        ("a7-the-long-way-to-work-17", "c6-batken-isfara-backgrounder-07"),  # the fighting of September 2022
        ("a7-the-long-way-to-work-18", "c6-batken-isfara-backgrounder-12"),  # 137,000 who left Batken then
    }
)


def gold_records(shared: Path = SHARED) -> list[dict[str, Any]]:
    """Records of the five articles and of the practice articles, with the publication date of their documents."""
    dates = json.loads((shared / "gold/documents.json").read_text(encoding="utf-8"))
    rows = [json.loads(line) for line in (shared / "gold/events.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["published"] = dates[row["doc"]]["published"]
    for path in sorted((shared / "practice/gold").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data, dict) and "events" in data:
            rows += [row | {"published": data.get("published")} for row in data["events"]]
    return rows


def told(row: dict[str, Any]) -> Told:
    """A gold record as a claim; nothing of `same_as` goes in."""
    head = {
        "claim_id": row["id"],
        "doc_id": row["doc"],
        "published": row["published"],
        "part_of": row["part_of"],
        "quote": row["quote"],
    }
    return Told.of(head, row)


def pairs(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Every two members of a group."""
    return {(min(p), max(p)) for g in groups for p in combinations(sorted(g), 2)}


def same(rows: list[dict[str, Any]]) -> set[Pair]:
    """Pairs that the gold standard calls one event."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row["same_as"]:
            groups.setdefault(row["same_as"], []).append(row["id"])
    return pairs(groups.values())


def score(rows: list[dict[str, Any]], more: frozenset[Pair] = frozenset()) -> tuple[float, float, set[Pair], set[Pair]]:
    """Precision, recall, the pairs wrongly joined and the pairs missed; `more`: pairs that are one event besides."""
    gold = same(rows) | more
    found = pairs([t.claim_id for t in e.members] for e in merge(told(r) for r in rows))
    hit = len(gold & found)
    return hit / max(1, len(found)), hit / max(1, len(gold)), found - gold, gold - found


def _fit(claim: dict[str, Any], row: dict[str, Any]) -> tuple[int, int]:
    """How well an extracted claim fits a gold record: shared countries and characters; (0, 0) not at all."""
    kinds = {row["kind"], *row["kind_alt"]}
    common = max(
        min(claim["end"], b) - max(claim["start"], a) for a, b in [(row["start"], row["end"]), *map(tuple, row["also"])]
    )
    if claim["kind"] not in kinds or common <= 0:
        return 0, 0
    where = [{p["country"] for p in r["places"] if p["country"]} for r in (claim, row)]
    return 1 + len(where[0] & where[1]), common


def end_to_end(rows: list[dict[str, Any]]) -> tuple[float, float]:
    """Precision and recall of the pairs when the claims are extracted from the articles too."""
    from extract.reading import read_paths
    from extract.schema import Document
    from geodata.chain import Chain

    chain, claims, record = Chain(), [], {}
    for doc in (d for d in read_paths([SHARED / "articles"]) if isinstance(d, Document)):
        mine = [r for r in rows if r["doc"] == doc.name]
        for n, c in enumerate(chain.analyse(doc).claims):
            head = {"claim_id": f"{doc.name}-{n}", "doc_id": doc.name, "quote": doc.text[c.start : c.end]}
            claims.append(Told.of(head | {"published": doc.published}, json.loads(json.dumps(c.as_json()))))
            best = max(mine, key=lambda r: _fit(c.as_json(), r))
            if _fit(c.as_json(), best) > (0, 0):
                record[head["claim_id"]] = best["id"]
    found = pairs({record[t.claim_id] for t in e.members if t.claim_id in record} for e in merge(claims))
    gold = same(rows)
    return len(gold & found) / max(1, len(found)), len(gold & found) / len(gold)


def _below(p: float, r: float, floor: tuple[float, float]) -> int:
    if p >= floor[0] and r >= floor[1]:
        return 0
    sys.stdout.write(f"  !!! below the floor: precision {floor[0]:.2f}, recall {floor[1]:.2f}\n")
    return 1


def main(argv: list[str] | None = None) -> int:
    """The command; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--misses", action="store_true", help="print the pairs wrongly joined and missed")
    parser.add_argument("--claims-only", action="store_true", help="not with the claims extracted from the articles")
    args = parser.parse_args(argv)
    if not (SHARED / "gold/events.jsonl").is_file():
        sys.stdout.write("merge: ../shared/gold is not here, nothing measured\n")
        return 0
    rows = gold_records()
    five = [r for r in rows if r["doc"].isdigit()]
    status = 0
    for name, some, more in (
        ("five articles", five, frozenset()),
        ("with practice", rows, frozenset()),
        ("with practice, pairs read side by side", rows, FOUND_SAME),
    ):
        p, r, wrong, missed = score(some, more)
        f = 2 * p * r / (p + r) if p + r else 0.0
        said = f"merge, {name}: {len(some)} claims, {len(same(some) | more)} pairs"
        sys.stdout.write(f"{said}: precision {p:.3f}  recall {r:.3f}  F1 {f:.3f}\n")
        for label, which in (("wrongly joined", wrong), ("missed", missed)) if args.misses else ():
            for a, b in sorted(which):
                sys.stdout.write(f"  {label}: {a} {b}\n")
        status |= _below(p, r, FLOORS.get(name, (0.0, 0.0)))
    if not args.claims_only:
        p, r = end_to_end(five)
        status |= _below(p, r, FLOOR_END_TO_END)
        sys.stdout.write(f"merge, end to end on the five articles: precision {p:.3f}  recall {r:.3f}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
