"""What `compare` of `python -m geodata` does: parsed arguments in, exit status out.

The result goes to standard output, what a person should know to standard error.  Does not parse the command line.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from extract.schema import Refusal
from geodata.compare import Comparison, summary, table
from geodata.compare import compare as matched
from geodata.compare_sides import own_frame, reference_frame, scoped
from geodata.filters import Filters
from geodata.frames import load_snapshot
from geodata.importers import Record, read_dataset
from geodata.store import Store

__all__ = ["compare", "lines"]


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _reference(args: argparse.Namespace) -> tuple[str, pd.DataFrame]:
    """Name and rows of the file to compare with; refusals are told on the way."""
    mapping = Path(args.map) if args.map else None
    with read_dataset(Path(args.reference), args.as_, mapping) as source:
        records = []
        for item in source:
            if isinstance(item, Record):
                records.append(item)
            elif isinstance(item, Refusal):
                _say(f"refused {item.path}: {item.reason}")
        return source.name, reference_frame(records)


def compare(args: argparse.Namespace) -> int:
    """Our events beside those of a dataset: a table of shares; all pairs and the rest with --out."""
    filters = Filters.from_args(args)
    with Store(args.store, create=False) as store:
        snapshot = load_snapshot(store)
    name, theirs = _reference(args)
    ours = scoped(own_frame(snapshot), filters)
    result = matched(ours, scoped(theirs, filters))
    for line in lines(result, name):
        sys.stdout.write(line + "\n")
    if args.out:
        table(result).to_csv(args.out, index=False, encoding="utf-8-sig")
        _say(f"written: {args.out}")
    return 0


def _percent(share: float) -> str:
    return "–" if pd.isna(share) else f"{100 * share:.0f} %"


def lines(result: Comparison, name: str) -> list[str]:
    """The comparison for a person: three numbers, then shares by kind, country and month."""
    n = len(result.matched)
    head = f"matched {n} · only ours {len(result.only_ours)} · only in {name} {len(result.only_theirs)}"
    out = [head, "", f"{'':<28}{'ours':>8}{'they have':>11}{'theirs':>9}{'we have':>9}"]
    for by in (None, "kind", "country", "month"):
        for group, row in summary(result, by).iterrows():
            label = {"": "not stated", "all": "all"}.get(str(group), str(group).replace("_", " "))
            cells = f"{row['ours']:>8.0f}{_percent(row['ours_share']):>11}"
            out.append(f"{label[:27]:<28}{cells}{row['theirs']:>9.0f}{_percent(row['theirs_share']):>9}")
        out.append("")
    return out[:-1]
