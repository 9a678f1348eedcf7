#!/usr/bin/env python3
# ruff: noqa  -- kept as it stands where the scores were agreed on, so that figures stay comparable
"""Score a geoparser: score_toponyms.py gold.jsonl predictions.jsonl [--located-only] [--only KEY=PREFIX] [--json]

gold         {"id", "text", "toponyms": [{"start", "end", "text", "lat"|null, "lon"|null, ...}]}
predictions  {"id", "toponyms": [{"start", "end", "lat"|null, "lon"|null}]}   documents without a line count as empty

Recognition: exact spans, and one-to-one overlapping spans (largest overlap first).
Resolution:  over gold toponyms with coordinates that were recognised (overlap) AND given coordinates.
End to end:  over ALL gold toponyms with coordinates; missed, or found but not placed, counts as wrong.
"""

import argparse
import json
import math
import statistics
import sys

EARTH, FARTHEST = 6371.009, 20039.0  # km; the farthest error possible, as in Gritta et al. 2018/2020


def km(lat1, lon1, lat2, lon2):
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))


def auc(errors):
    """Area under ln(1+error) sorted, over the worst case; 0 is perfect."""
    y = sorted(math.log1p(e) for e in errors)
    if len(y) < 2:
        return None
    return sum((p + q) / 2 for p, q in zip(y, y[1:])) / (math.log(FARTHEST) * (len(y) - 1))


def pair(gold, pred):
    """One-to-one pairs (gold index, pred index) of overlapping spans, largest overlap first."""
    cand = [
        (min(g["end"], p["end"]) - max(g["start"], p["start"]), -abs(g["start"] - p["start"]), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(pred)
        if g["start"] < p["end"] and p["start"] < g["end"]
    ]
    out, used_g, used_p = [], set(), set()
    for _, _, i, j in sorted(cand, reverse=True):
        if i not in used_g and j not in used_p:
            used_g.add(i), used_p.add(j)
            out.append((i, j))
    return out


def prf(hit, n_pred, n_gold):
    p, r = hit / n_pred if n_pred else 0.0, hit / n_gold if n_gold else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def score(gold, pred, located_only=False, only=None):
    n = dict.fromkeys(("docs", "gold", "gold_located", "pred", "exact", "overlap", "right"), 0)
    errors, unplaced = [], 0
    for doc in gold:
        g = [t for t in doc["toponyms"] if (t["lat"] is not None or not located_only)]
        p = list({(t["start"], t["end"]): t for t in pred.get(doc["id"], [])}.values())
        pairs = pair(g, p)
        if only:  # the other gold toponyms are neither wanted nor wrong
            key, _, prefix = only.partition("=")
            keep = [str(t.get(key)).startswith(prefix) for t in g]
            drop = {j for i, j in pairs if not keep[i]}
            p = [t for j, t in enumerate(p) if j not in drop]
            g = [t for t, k in zip(g, keep) if k]
            pairs = pair(g, p)
        n["docs"] += 1
        n["gold"] += len(g)
        n["gold_located"] += sum(t["lat"] is not None for t in g)
        n["pred"] += len(p)
        n["exact"] += len({(t["start"], t["end"]) for t in g} & {(t["start"], t["end"]) for t in p})
        n["overlap"] += len(pairs)
        for i, j in pairs:
            if g[i]["lat"] is None:
                continue
            if p[j].get("lat") is None or p[j].get("lon") is None:
                unplaced += 1
                continue
            errors.append(km(g[i]["lat"], g[i]["lon"], p[j]["lat"], p[j]["lon"]))
    n["right"] = sum(e <= 161 for e in errors)
    return {
        **n,
        "exact_": prf(n["exact"], n["pred"], n["gold"]),
        "overlap_": prf(n["overlap"], n["pred"], n["gold"]),
        "resolved": len(errors),
        "found_unplaced": unplaced,
        "acc161": n["right"] / len(errors) if errors else None,
        "median_km": statistics.median(errors) if errors else None,
        "mean_km": statistics.fmean(errors) if errors else None,
        "auc": auc(errors),
        "e2e_acc161": n["right"] / n["gold_located"] if n["gold_located"] else None,
        "e2e_precision": n["right"] / n["pred"] if n["pred"] else None,
    }


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold")
    ap.add_argument("pred")
    ap.add_argument(
        "--located-only", action="store_true", help="drop gold toponyms without coordinates (Gritta 2018's way)"
    )
    ap.add_argument(
        "--only",
        metavar="KEY=PREFIX",
        help="score only gold with this value, e.g. group=literal (GWN), type=PPL (LGL, TR-News)",
    )
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    gold, pred = read(a.gold), read(a.pred)
    ids = {d["id"] for d in gold}
    strange = [d["id"] for d in pred if d["id"] not in ids]
    if strange:
        print(f"warning: {len(strange)} predicted documents are not in gold, e.g. {strange[:3]}", file=sys.stderr)
    s = score(gold, {d["id"]: d["toponyms"] for d in pred}, a.located_only, a.only)
    if a.json:
        return print(json.dumps(s))
    print(
        f"documents {s['docs']}  gold toponyms {s['gold']} ({s['gold_located']} with coordinates)  predicted {s['pred']}"
    )
    for k in ("exact", "overlap"):
        print(f"recognition {k:8s} P {s[k + '_']['p']:.3f}  R {s[k + '_']['r']:.3f}  F1 {s[k + '_']['f1']:.3f}")
    if s["resolved"]:
        print(
            f"resolution of {s['resolved']} found and placed ({s['found_unplaced']} found, not placed): "
            f"acc@161km {s['acc161']:.3f}  median {s['median_km']:.1f} km  mean {s['mean_km']:.0f} km  AUC {s['auc']:.3f}"
        )
        print(
            f"end to end  acc@161km over all located gold {s['e2e_acc161']:.3f}   right/predicted {s['e2e_precision']:.3f}"
        )


if __name__ == "__main__":
    main()
