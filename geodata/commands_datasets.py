"""What `import`, `datasets` and `compare` of `python -m geodata` do: parsed arguments in, exit status out.

The result goes to standard output, what a person should know to standard error.  Does not parse the command line.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from extract.schema import Refusal
from geodata.compare import Comparison, summary, table
from geodata.compare import compare as matched
from geodata.compare_sides import imported_frame, own_frame, reference_frame, scoped
from geodata.filters import Filters
from geodata.frames import Snapshot, load_snapshot
from geodata.importers import Record, guess_mapping, is_plain, read_dataset
from geodata.importing import import_dataset
from geodata.store import Store
from geodata.store_datasets import dataset_frame

__all__ = ["compare", "datasets", "import_", "lines"]


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _mapping(args: argparse.Namespace) -> Path | None:
    return Path(args.map) if args.map else None


def import_(args: argparse.Namespace) -> int:
    """A dataset into the store; a table that is not known is shown with the mapping that is guessed, and left."""
    path = Path(args.file)
    if args.map is None and args.as_ in (None, "csv") and is_plain(path):
        sys.stdout.write(guess_mapping(path).as_toml() + "\n")
        _say(f"{path} is none of the known datasets; nothing was imported yet.  The mapping above is a guess:")
        _say(f"check it, save it, and run `python -m geodata import {path} --map FILE`")
        return 1
    with read_dataset(path, args.as_, _mapping(args)) as source, Store(args.store) as store:
        quiet = True if args.quiet else None
        with tqdm(desc="importing", unit="row", leave=False, disable=quiet, file=sys.stderr) as bar:
            report = import_dataset(store, source, file=path.name, progress=bar.update)
        for line in report.lines():
            _say(line)
        _say(f"store: {store.name}")
    return 0 if report.held else 1


def datasets(args: argparse.Namespace) -> int:
    """The datasets of a store, a JSON line each."""
    with Store(args.store, create=False) as store:
        frame = dataset_frame(store)
    for row in frame.to_dict("records"):
        sys.stdout.write(
            json.dumps({k: int(v) if k == "rows" else v for k, v in row.items()}, ensure_ascii=False) + "\n"
        )
    return 0


def _reference(args: argparse.Namespace, snapshot: Snapshot) -> tuple[str, pd.DataFrame]:
    """Name and rows of the dataset to compare with: imported, or of a file; refusals are told on the way."""
    known = snapshot.datasets[snapshot.datasets["dataset"] == args.reference]
    if len(known) and not Path(args.reference).exists():
        return str(known["name"].iloc[0]), imported_frame(snapshot, args.reference)
    with read_dataset(Path(args.reference), args.as_, _mapping(args)) as source:
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
    name, theirs = _reference(args, snapshot)
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
