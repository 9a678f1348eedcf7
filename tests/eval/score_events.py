#!/usr/bin/env python3
# ruff: noqa  -- kept as it stands where the scores were agreed on, so that figures stay comparable
"""Score predicted events against a gold standard.

usage: score_events.py GOLD PRED.jsonl [--json] [--misses] [--negatives FILE]

GOLD is a JSON-lines file (gold/events.jsonl) or a folder of NN-slug.json files
({"published", "events": [...]}; the document id is the file stem; an event whose
same_as is an event of its own file is optional).  PRED has one
record a line: doc, kind, subkind, start, end, date, places, groups,
nationalities, counts, certainty.  Offsets are characters of the UTF-8 text.

A prediction can match a gold record of the same document if its kind is the
gold kind (or listed in kind_alt) and its span overlaps the gold quote or one of
the 'also' spans.  The assignment is one-to-one and maximises, in this order:
place agreement, date agreement, equal counts, number of pairs.
Left-over predictions are
  neutral    on an optional record (matched or not: they count neither way),
  duplicate  on another passage of a record that is already found (neutral too;
             --strict counts them as spurious),
  spurious   otherwise.
'usable' asks for the right kind, some location in the right country (routes: an
origin and a destination, where the gold has them) and an overlapping date.  A gold
date of precision "unknown" accepts a missing date, and dates inside its bounds.
A pair counts under the kind of the gold record.
"""

import argparse
import calendar
import json
import math
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

KINDS = ("incident", "arrest", "route")
NEAR_KM = 161  # "in the right place"
REGION_KM = 1000  # reach of a region that has no country code
FINE = {"site", "city", "admin1"}


# ---------------------------------------------------------------- reading
def jsonl(path):
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                sys.exit(f"{path}:{number}: {error}")


def load_gold(path):
    path = Path(path)
    if not path.is_dir():
        return [Record(row, gold=True) for row in jsonl(path)]
    records = []
    for file in sorted(path.glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or "events" not in data:
            continue
        for number, row in enumerate(data["events"], 1):
            again = str(row.get("same_as") or "").startswith(f"{file.stem}#")  # told twice in one document
            row = {"id": f"{file.stem}-{number:02d}", "optional": again, **row, "doc": file.stem}
            records.append(Record(row, gold=True))
    return records


def load_negatives(path, texts):
    """A JSON-lines file, or the "negatives" ("not_events") of a folder of NN-slug.json files."""
    if not Path(path).is_dir():
        return list(jsonl(path))
    spans = []
    for file in sorted(Path(path).glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        for row in data.get("not_events", data.get("negatives", [])):
            at = texts.get(file.stem, "").find(row["quote"])
            if at >= 0:
                spans.append({"forbid": "record", **row, "doc": file.stem, "start": at, "end": at + len(row["quote"])})
    return spans


class Record:
    def __init__(self, row, gold=False, number=0):
        self.row, self.doc = row, str(row["doc"])
        self.id = row.get("id") or f"{'G' if gold else 'P'}{number}"
        self.kind, self.quote = row.get("kind"), row.get("quote") or ""
        self.kinds = {self.kind, *(row.get("kind_alt") or [])}
        self.optional = bool(row.get("optional"))
        self.start, self.end = row.get("start"), row.get("end")
        self.also = [tuple(span) for span in row.get("also") or []]
        self.period = period(row.get("date"))
        stated = row.get("date") if isinstance(row.get("date"), dict) else {}
        self.vague = self.period is None or stated.get("precision") == "unknown"  # bounds at most
        true = period(row.get("date_true"))
        self.periods = [self.period] + ([true] if true else [])
        self.places = row.get("places") or []
        self.nationalities = set(row.get("nationalities") or [])
        self.counts = lows(row.get("counts") or {})
        self.certainty = row.get("certainty")

    def locate(self, text):
        """Find the quote where a record came without offsets."""
        if self.start is None and text and self.quote:
            at = text.find(self.quote)
            if at >= 0:
                self.start, self.end = at, at + len(self.quote)

    def passages(self):
        """Disjoint passages that state the record (quote first merged with overlapping 'also')."""
        if self.start is None:
            return []
        merged = []
        for start, end in sorted([(self.start, self.end), *self.also]):
            if merged and start < merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        return merged

    def touches(self, other):
        """Passages of this record that the span of other overlaps."""
        if other.start is None:
            return set()
        return {i for i, (start, end) in enumerate(self.passages()) if start < other.end and other.start < end}

    def by_role(self, role):
        return [p for p in self.places if p.get("role") == role]

    def locations(self):
        return [p for p in self.places if p.get("role") in (None, "location")] or self.places


def lows(counts):
    """Lower bounds by key, from plain numbers or {"low", "high"}; upper bounds (key_max) are left out."""
    plain = {k: v.get("low", v.get("best")) if isinstance(v, dict) else v for k, v in counts.items()}
    return {k: v for k, v in plain.items() if v is not None and not k.endswith("_max")}


# ---------------------------------------------------------------- dates
def bound(text, last):
    """First or last day that "2024", "2024-03" or "2024-03-22" can mean."""
    if not text:
        return None
    parts = [int(x) for x in str(text)[:10].split("-")]
    year, month, day = parts[0], parts[1] if len(parts) > 1 else None, parts[2] if len(parts) > 2 else None
    if month is None:
        month = 12 if last else 1
    if day is None:
        day = calendar.monthrange(year, month)[1] if last else 1
    return date(year, month, day).toordinal()


def period(value):
    """(first day, last day) as ordinals, open ends infinite; None where unknown."""
    if not value:
        return None
    if isinstance(value, str):
        value = {"start": value}
    start, end = value.get("start"), value.get("end")
    if not start and not end:
        return None
    if start and not end:
        keep = {"day": 10, "month": 7, "year": 4}.get(value.get("precision"), 0)
        if keep or "precision" not in value:
            end = str(start)[: keep or 10]
    first, final = bound(start, False), bound(end, True)
    return (-math.inf if first is None else first, math.inf if final is None else final)


def overlap(a, b):
    return a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]


def date_overlap(gold, pred):
    if pred.period is None:
        return gold.vague
    return any(overlap(p, pred.period) for p in gold.periods)


def date_exact(gold, pred):
    return pred.period is not None and pred.period in gold.periods


# ---------------------------------------------------------------- places
def km(a, b):
    if None in (a.get("lat"), a.get("lon"), b.get("lat"), b.get("lon")):
        return math.inf
    la, lo, lb, lp = map(math.radians, (a["lat"], a["lon"], b["lat"], b["lon"]))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1, h)))


def same_country(gold, pred):
    if gold.get("country"):
        return gold["country"] == pred.get("country")
    one, two = (str(p.get("mention") or "").casefold() for p in (gold, pred))
    return bool(one and two and not pred.get("country") and (one in two or two in one)) or km(gold, pred) <= REGION_KM


def agree(golds, preds):
    """True/False, None where gold has no place to compare."""
    return any(same_country(g, p) for g in golds for p in preds) if golds else None


def country_ok(gold, pred):
    return agree(gold.locations(), pred.locations())


def role_ok(gold, pred, role):
    return agree(gold.by_role(role), pred.by_role(role))


def near_ok(gold, pred):
    wanted, got = (gold.places, pred.places) if gold.kind == "route" else (gold.locations(), pred.locations())
    fine = [p for p in wanted if p.get("precision") in FINE and p.get("lat") is not None]
    return any(km(g, p) <= NEAR_KM for g in fine for p in got) if fine else None


def place_ok(gold, pred):
    """The place condition of 'usable'."""
    if gold.kind != "route":
        return country_ok(gold, pred) is not False
    ends = [role_ok(gold, pred, "origin"), role_ok(gold, pred, "destination")]
    if ends == [None, None] or pred.kind != "route":  # no ends, or another accepted kind
        return agree(gold.places, pred.places) is not False
    return False not in ends


def usable(gold, pred):
    return place_ok(gold, pred) and date_overlap(gold, pred)


# ---------------------------------------------------------------- matching
def affinity(gold, pred):
    """Lexicographic weight of a pair as one integer; 0 = cannot match."""
    if pred.kind not in gold.kinds or not gold.touches(pred):
        return 0
    if gold.kind == "route":
        place = sum(role_ok(gold, pred, r) is True for r in ("origin", "destination"))
    else:
        near = near_ok(gold, pred)
        place = (country_ok(gold, pred) is True) * (2 if near in (True, None) else 1)
    when = 2 if date_exact(gold, pred) else int(date_overlap(gold, pred))
    same = sum(pred.counts.get(k) == v for k, v in gold.counts.items())
    shared = min(gold.end, pred.end) - max(gold.start, pred.start)
    tightness = max(0, 100 * shared // max(1, max(gold.end, pred.end) - min(gold.start, pred.start)))
    weight = 0
    for part in (place, when, same, 1, 0 if gold.optional else 1):
        weight = weight * 10_000 + part
    return weight * 1_000_000 + tightness


def assign(weights):
    """Maximum-weight assignment (Hungarian method); returns {row: column} over positive weights."""
    rows, cols = len(weights), len(weights[0]) if weights else 0
    n = max(rows, cols)
    if not rows or not cols:
        return {}
    cost = [[-(weights[i][j] if i < rows and j < cols else 0) for j in range(n)] for i in range(n)]
    u, v, owner = [0] * (n + 1), [0] * (n + 1), [0] * (n + 1)
    for i in range(1, n + 1):
        owner[0], j0 = i, 0
        least, seen, back = [None] * (n + 1), [False] * (n + 1), [0] * (n + 1)
        while True:
            seen[j0] = True
            i0, delta, j1 = owner[j0], None, 0
            for j in range(1, n + 1):
                if seen[j]:
                    continue
                reduced = cost[i0 - 1][j - 1] - u[i0] - v[j]
                if least[j] is None or reduced < least[j]:
                    least[j], back[j] = reduced, j0
                if delta is None or least[j] < delta:
                    delta, j1 = least[j], j
            for j in range(n + 1):
                if seen[j]:
                    u[owner[j]] += delta
                    v[j] -= delta
                elif j:
                    least[j] -= delta
            j0 = j1
            if owner[j0] == 0:
                break
        while j0:
            owner[j0] = owner[back[j0]]
            j0 = back[j0]
    return {
        owner[j] - 1: j - 1
        for j in range(1, n + 1)
        if owner[j] - 1 < rows and j - 1 < cols and weights[owner[j] - 1][j - 1] > 0
    }


class Outcome:
    def __init__(self):
        self.pairs, self.missed, self.spurious, self.duplicates, self.neutral = [], [], [], [], []

    def add(self, golds, preds):
        """One document."""
        links = assign([[affinity(g, p) for p in preds] for g in golds])
        taken = {}
        for i, j in links.items():
            taken[j] = golds[i]
            (self.neutral if golds[i].optional else self.pairs).append((golds[i], preds[j]))
        self.missed += [g for i, g in enumerate(golds) if i not in links and not g.optional]
        finder = {id(golds[i]): preds[j] for i, j in links.items()}
        for j, p in enumerate(preds):
            if j in taken:
                continue
            could = [g for g in golds if p.kind in g.kinds and g.touches(p)]
            optional = next((g for g in could if g.optional), None)
            again = next((g for g in could if id(g) in finder and not g.touches(p) & g.touches(finder[id(g)])), None)
            if optional:
                self.neutral.append((optional, p))
            elif again:
                self.duplicates.append((again, p))
            else:
                self.spurious.append(p)


def match(golds, preds):
    outcome, by_gold, by_pred = Outcome(), defaultdict(list), defaultdict(list)
    for g in golds:
        by_gold[g.doc].append(g)
    for p in preds:
        by_pred[p.doc].append(p)
    for doc, records in sorted(by_gold.items()):
        outcome.add(records, by_pred.get(doc, []))
    return outcome


# ---------------------------------------------------------------- figures
def ratio(a, b):
    return round(a / b, 4) if b else None


def prf(tp, fp, fn):
    p, r = ratio(tp, tp + fp), ratio(tp, tp + fn)
    f = ratio(2 * tp, 2 * tp + fp + fn)
    return {"tp": tp, "fp": fp, "fn": fn, "precision": p, "recall": r, "f1": f}


def share(values):
    values = [v for v in values if v is not None]
    return {"right": sum(values), "of": len(values), "accuracy": ratio(sum(values), len(values))}


def anything(record):
    return True


def detection(outcome, pick, strict, good=lambda g, p: True):
    pairs = [(g, p) for g, p in outcome.pairs if pick(g)]
    tp = sum(good(g, p) for g, p in pairs)
    spurious = sum(pick(p) for p in outcome.spurious) + (sum(pick(p) for _, p in outcome.duplicates) if strict else 0)
    missed = sum(pick(g) for g in outcome.missed)
    return prf(tp, spurious + len(pairs) - tp, missed + len(pairs) - tp)


def report(golds, preds, strict=False, negatives=()):
    o = match(golds, preds)
    docs = sorted({g.doc for g in golds})
    pairs = o.pairs
    fixed = [(g, p) for g, p in pairs if g.kind != "route"]
    routes = [(g, p) for g, p in pairs if g.kind == "route"]
    keys = sorted({k for g, _ in pairs for k in g.counts})
    tally = Counter()
    for g, p in pairs:
        tally["tp"] += len(g.nationalities & p.nationalities)
        tally["fp"] += len(p.nationalities - g.nationalities)
        tally["fn"] += len(g.nationalities - p.nationalities)
    figures = {
        "gold": {"core": sum(not g.optional for g in golds), "optional": sum(g.optional for g in golds)},
        "predictions": {
            "in_gold_documents": sum(p.doc in docs for p in preds),
            "elsewhere": sum(p.doc not in docs for p in preds),
            "matched": len(pairs),
            "neutral": len(o.neutral),
            "duplicates": len(o.duplicates),
            "spurious": len(o.spurious),
        },
        "usable": {
            "overall": detection(o, anything, strict, usable),
            **{k: detection(o, lambda r, k=k: r.kind == k, strict, usable) for k in KINDS},
        },
        "detection": {
            "overall": detection(o, anything, strict),
            **{k: detection(o, lambda r, k=k: r.kind == k, strict) for k in KINDS},
        },
        "matched_pairs": {
            "country": share(country_ok(g, p) for g, p in fixed),
            f"within_{NEAR_KM}_km": share(near_ok(g, p) for g, p in pairs),
            "route_origin": share(role_ok(g, p, "origin") for g, p in routes),
            "route_destination": share(role_ok(g, p, "destination") for g, p in routes),
            "date_exact": share(date_exact(g, p) if not g.vague else None for g, p in pairs),
            "date_overlap": share(date_overlap(g, p) for g, p in pairs),
            "counts": share(p.counts.get(k) == v for g, p in pairs for k, v in g.counts.items()),
            **{f"counts:{k}": share(p.counts.get(k) == g.counts[k] for g, p in pairs if k in g.counts) for k in keys},
            "certainty": share(g.certainty == p.certainty if g.certainty else None for g, p in pairs),
        },
        "invented_counts": sum(len(p.counts.keys() - g.counts.keys()) for g, p in pairs),
        "nationalities": prf(tally["tp"], tally["fp"], tally["fn"]),
        "by_document": {
            d: {
                "detection": detection(o, lambda r, d=d: r.doc == d, strict),
                "usable": detection(o, lambda r, d=d: r.doc == d, strict, usable),
            }
            for d in docs
        },
    }
    if negatives:
        figures["negatives"] = {"spans": len(negatives), "hits": negative_hits(golds, preds, negatives)}
    return figures, o


def negative_hits(golds, preds, negatives):
    """forbid = record: a prediction here that overlaps no gold passage.
    record unless hypothetical | place:NAME | count:KEY[=N] | date:YYYY[|YYYY] | kind:K: any prediction here with it."""
    hits = []
    for n in negatives:
        what, _, value = n["forbid"].partition(":")
        for p in preds:
            if p.doc != n["doc"] or p.start is None or not (p.start < n["end"] and n["start"] < p.end):
                continue
            if what == "record":
                bad = not any(g.doc == p.doc and g.touches(p) for g in golds)
            elif what == "record unless hypothetical":
                bad = p.certainty != "hypothetical"
            elif what == "place":
                bad = any(
                    str(x.get("mention", "")).casefold() == value.casefold() or km(x, n) <= n.get("radius_km", 0)
                    for x in p.places
                )
            elif what == "count":
                key, _, number = value.partition("=")
                bad = any(key in ("*", k) and number in ("", str(v)) for k, v in p.counts.items())
            elif what == "date":
                bad = p.period is not None and any(
                    y in (str(date.fromordinal(int(d)).year) for d in p.period if math.isfinite(d))
                    for y in value.split("|")
                )
            elif what == "kind":
                bad = p.kind == value
            else:
                sys.exit(f"unknown negative: {n['forbid']}")
            if bad:
                hits.append({"doc": p.doc, "prediction": p.id, **{k: n[k] for k in ("quote", "forbid", "why")}})
    return hits


# ---------------------------------------------------------------- output
def show(figures):
    def number(x):
        return "    –" if x is None else f"{x:5.3f}"

    g, p = figures["gold"], figures["predictions"]
    print(
        f"gold {g['core']} core + {g['optional']} optional; predictions {p['in_gold_documents']} "
        f"({p['matched']} matched, {p['neutral']} on optional records, {p['duplicates']} duplicates, "
        f"{p['spurious']} spurious; {p['elsewhere']} in other documents ignored)\n"
    )
    for title in ("usable", "detection"):
        print(f"{title:12}    P     R     F1    tp   fp   fn")
        for name, x in figures[title].items():
            print(
                f"  {name:10} {number(x['precision'])} {number(x['recall'])} {number(x['f1'])} "
                f"{x['tp']:4} {x['fp']:4} {x['fn']:4}"
            )
    print("\nmatched pairs")
    for name, x in figures["matched_pairs"].items():
        print(f"  {name:20} {number(x['accuracy'])}  {x['right']}/{x['of']}")
    x = figures["nationalities"]
    print(f"  {'nationalities F1':20} {number(x['f1'])}  tp {x['tp']} fp {x['fp']} fn {x['fn']}")
    print(f"  {'invented counts':20} {figures['invented_counts']:5}")
    wide = max(map(len, figures["by_document"]), default=0) + 2
    print(f"\n{'document':{wide}}  detection P / R / F1   usable P / R / F1")
    for name, d in figures["by_document"].items():
        print(
            f"  {name:{wide}}"
            + "    ".join(
                " ".join(number(d[t][m]) for m in ("precision", "recall", "f1")) for t in ("detection", "usable")
            )
        )
    if "negatives" in figures:
        hits = figures["negatives"]["hits"]
        print(f"\nnegatives hit: {len(hits)} (of {figures['negatives']['spans']} spans)")
        for h in hits:
            print(f"  {h['doc']} {h['prediction']}: {h['forbid']} «{h['quote'][:70]}» {h['why']}")


def misses(o, texts):
    def quote(r):
        text = texts.get(r.doc) or ""
        return " ".join((r.quote or text[r.start or 0 : r.end or 0] or "(no quote)").split())[:160]

    print(f"\nmissed ({len(o.missed)})")
    for g in o.missed:
        print(f"  {g.doc} {g.id} {g.kind}/{g.row.get('subkind')} «{quote(g)}»")
    for title, rows in (("spurious", [(None, p) for p in o.spurious]), ("duplicates", o.duplicates)):
        print(f"{title} ({len(rows)})")
        for g, p in rows:
            print(
                f"  {p.doc} {p.id} {p.kind}/{p.row.get('subkind')} {p.start}-{p.end}"
                f"{' of ' + g.id if g else ''} «{quote(p)}»"
            )
    wrong = [(g, p) for g, p in o.pairs if not usable(g, p)]
    print(f"matched but not usable ({len(wrong)})")
    for g, p in wrong:
        why = [w for w, ok in (("place", place_ok(g, p)), ("date", date_overlap(g, p))) if not ok]
        print(f"  {g.doc} {g.id} ~ {p.id}: {', '.join(why)} «{quote(g)}»")


def read_texts(folder, gold_path, docs):
    gold_path = Path(gold_path)
    for place in [Path(folder)] if folder else [gold_path.parent / "articles", gold_path.parent.parent / "articles"]:
        if place.is_dir():
            return {d: (place / f"{d}.txt").read_bytes().decode("utf-8") for d in docs if (place / f"{d}.txt").exists()}
    return {}


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("pred")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--misses", action="store_true", help="list missed, spurious, duplicate and unusable records")
    parser.add_argument(
        "--negatives", metavar="FILE", help="spans that must not become events (JSON lines, or a gold folder)"
    )
    parser.add_argument("--articles", metavar="DIR", help="folder of <doc>.txt (default: beside the gold standard)")
    parser.add_argument("--strict", action="store_true", help="count duplicate mentions as spurious")
    args = parser.parse_args(argv)
    golds = load_gold(args.gold)
    preds = [Record(row, number=i) for i, row in enumerate(jsonl(args.pred), 1)]
    texts = read_texts(args.articles, args.gold, {g.doc for g in golds})
    for r in golds + preds:
        r.locate(texts.get(r.doc))
    lost = sum(r.start is None for r in golds)
    if lost:
        print(f"warning: {lost} gold records without offsets cannot be matched", file=sys.stderr)
    figures, outcome = report(
        golds, preds, args.strict, load_negatives(args.negatives, texts) if args.negatives else ()
    )
    if args.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        show(figures)
    if args.misses:
        misses(outcome, texts)


if __name__ == "__main__":
    main()
