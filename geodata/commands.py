"""What the commands of `python -m geodata` do; each takes parsed arguments and gives the exit status.

Documents are printed line by line as they are read.  Refusals go to standard error, one line each; the status is 1
where nothing was done.  Does not parse the command line (see `__main__`).
"""

from __future__ import annotations

import argparse
import csv
import getpass
import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from extract.pages import page_count
from extract.reading import expected, read_jsonl, read_paths
from extract.schema import Document, Refusal
from geodata.countings import counted
from geodata.entities import SpacyEntities
from geodata.filters import Filters
from geodata.frames import Snapshot, load_snapshot
from geodata.ingest import Analyser, Report, correct, write
from geodata.ingest import ingest as run
from geodata.known import FIELDS, Fresh, corrections, find_document
from geodata.last_reading import keep_report
from geodata.reader_version import reader_version
from geodata.schema import COUNT_KEYS
from geodata.store import Store

__all__ = [
    "claims",
    "document",
    "event_records",
    "events",
    "explain",
    "gazetteer_add",
    "ingest",
    "toponyms",
    "watch",
    "write_report",
]


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _print(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _chain() -> Analyser:
    from geodata.chain import Chain  # opens the gazetteer: not for --help, not for `events`

    return Chain()


def _items(args: argparse.Namespace) -> Iterator[Document | Refusal]:
    for path in args.jsonl or ():
        yield from read_jsonl(Path(path))
    yield from read_paths(args.paths)


def _documents(args: argparse.Namespace) -> Iterator[Document]:
    """The documents to read; refusals are told on the way and counted in `args.refused`."""
    args.refused = 0
    for item in _items(args):
        if isinstance(item, Refusal):
            args.refused += 1
            _say(f"refused {item.path}: {item.reason}")
        else:
            yield item


def toponyms(args: argparse.Namespace) -> int:
    """Place names, one line per document."""
    from geodata.toponyms import toponyms_record

    more: dict[str, Any] = {"entities": SpacyEntities(args.spacy)} if args.spacy else {}
    done = 0
    for document in _documents(args):
        _print(toponyms_record(document.name, document.text, **more))
        done += 1
    return 0 if done else 1


def claims(args: argparse.Namespace) -> int:
    """Claims, one per line, document by document."""
    chain, done = _chain(), 0
    for document in _documents(args):
        for claim in chain.analyse(document).claims:
            _print(claim.as_json())
        done += 1
    return 0 if done else 1


def ingest(args: argparse.Namespace) -> int:
    """Articles into the store, with a progress bar; ends with what was read, found, refused and why."""
    items = _items(args)
    first: list[Document | Refusal] = []
    for item in items:
        first.append(item)
        if isinstance(item, Document):
            break
    else:
        nothing = Report()
        for item in first:
            if isinstance(item, Refusal):
                nothing.add(item.path, "refused", reason=item.reason)
        _tell(nothing)
        return 1
    with Store(args.store) as store:
        bar = _progress(itertools.chain(first, items), args)
        report = _run(store, bar, args)
        bar.close()
        keep_report(store, report, getpass.getuser())
        _tell(report)
        if args.report:
            write_report(report, Path(args.report))
        _say(f"store: {store.name}")
    return 130 if report.stopped else 0 if report.read else 1


def _progress(items: Iterable[Document | Refusal], args: argparse.Namespace) -> Any:
    """A bar on standard error: how many of how many, and the time that is left."""
    shown = "{desc} {percentage:3.0f} % |{bar}| {n_fmt} of {total_fmt} articles, {remaining} left"
    total = expected([*args.paths, *(args.jsonl or ())])
    quiet = True if args.quiet else None  # None: only where a person is looking
    return tqdm(items, "reading", total, leave=False, disable=quiet, file=sys.stderr, bar_format=shown)


def write_report(report: Report, path: Path) -> None:
    """The report by file as a CSV table: file, what became of it, what was found in it, why it was refused."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["file", "result", "incidents", "arrests", "routes", "reason"])
        for o in report.outcomes:
            counts = [o.claims.get(k, 0) if o.state != "refused" else "" for k in ("incident", "arrest", "route")]
            table.writerow([plain_cell(o.path), o.state, *counts, plain_cell(o.reason)])


def plain_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def watch(args: argparse.Namespace) -> int:
    """A folder watched until Ctrl-C: each file that arrives is read once, and told in a line."""
    from geodata.watch import Watcher

    folder = Path(args.folder)
    if not folder.is_dir():
        _say(f"{folder} is no folder: give one to watch")
        return 1
    with Store(args.store) as store:
        watcher = Watcher(folder, store, _chain())
        _say(f"watching {folder} for {store.name}; Ctrl-C ends it")
        _tell(watcher.run(_say))
    return 0


def document(args: argparse.Namespace) -> int:
    """One document as the store holds it; with options, corrected first and read again by them."""
    values = {f: getattr(args, f) for f in FIELDS if getattr(args, f) is not None}
    with Store(args.store, create=False) as store:
        found = find_document(store, args.document)
        if values and correct(store, _chain(), found.id, values, args.who or getpass.getuser()) is None:
            _say("nothing differs from what is known already")
        found = find_document(store, found.id)
        published = found.published.isoformat() if found.published else None
        _print(
            {"id": found.id, "name": found.name, "title": found.title, "publisher": found.publisher}
            | {"published": published, "published_from": found.published_from, "url": found.url, "path": found.path}
            | {"pages": page_count(found.text), "corrections": corrections(store, found.id)}
        )
    return 0


def _run(store: Store, items: Iterable[Document | Refusal], args: argparse.Namespace) -> Report:
    """Read in this process, or with the workers that were asked for."""
    if args.workers is None and args.scheduler is None:
        return run(store, items, _chain())
    from geodata.parallel import open_cluster  # Dask: only when asked for

    fresh = Fresh(store, reader_version())
    with open_cluster(workers=args.workers, scheduler=args.scheduler) as cluster:
        return write(store, cluster.read(fresh.of(items)), fresh)


def _tell(report: Report) -> None:
    for line in report.lines():
        _say(line)


def explain(args: argparse.Namespace) -> int:
    """Each sentence with what was found in it, and why a trigger gave no claim; see `extract.explain`."""
    from extract.explain import explain as lines
    from extract.explain import wants_colour
    from geodata.chain import Chain

    chain = Chain()
    done = 0
    for document in _documents(args):
        for line in lines(document, chain.mentions(document), chain.reader, colour=wants_colour(sys.stdout)):
            sys.stdout.write(line + "\n")
        done += 1
    return 0 if done else 1


def events(args: argparse.Namespace) -> int:
    """Merged events that fit the filters, with their claims and stops, one per line."""
    filters = Filters.from_args(args)
    with Store(args.store, create=False) as store:
        snapshot = load_snapshot(store)
    for record in event_records(snapshot, filters):
        _print(record)
    return 0


def gazetteer_add(args: argparse.Namespace) -> int:
    """Places from a file into the gazetteer."""
    from geodata.gazetteer_build import add  # compiles: not for the other commands

    added = add(Path(args.file))
    _say(str(added))
    return 0 if added.places or added.names else 1


def _plain(value: Any) -> Any:
    """A cell as JSON has it: null for what is not known, days as text."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def _listed(text: Any) -> list[str]:
    return [v for v in str(text or "").split("|") if v]


def _event(row: dict[str, Any]) -> dict[str, Any]:
    counts = {k: {b: row[f"{k}_{b}"] for b in ("low", "best", "high")} for k in COUNT_KEYS}
    place = {c: row[c] for c in ("lat", "lon", "precision", "iso3", "country", "admin1", "admin1_id")}
    return {
        "event_id": row["event_id"],
        "kind": row["kind"],
        "subkind": row["subkind"],
        "title": row["title"],
        "certainty": row["certainty"],
        "confidence": round(row["confidence"], 3),
        "date": {"start": row["date_start"], "end": row["date_end"], "precision": row["date_precision"]},
        "place": None if row["place"] is None else {"name": row["place"], "kind": row["place_kind"]} | place,
        "countries": _listed(row["countries"]),
        "nationalities": _listed(row["nationalities"]),
        "groups": _listed(row["groups"]),
        "counts": {k: c for k, c in counts.items() if any(v is not None for v in c.values())},
        "conflicts": _listed(row["conflicts"]),
        "n_claims": row["n_claims"],
        "n_sources": row["n_sources"],
        "part_of": row["part_of"],
    }


def event_records(snapshot: Snapshot, filters: Filters) -> Iterator[dict[str, Any]]:
    """The lines of `events`: columns nested, with "stops" and "claims" (each with its document and reason)."""
    snapshot = counted(snapshot, filters.counting)
    documents = snapshot.documents.set_index("doc_id")
    told = dict(list(snapshot.claims.groupby("event_id", sort=False)))
    ways = dict(list(snapshot.stops.groupby("event_id", sort=False)))
    for raw in filters.apply(snapshot.events)[0].to_dict("records"):
        record = _event({k: _plain(v) for k, v in raw.items()})
        stops = ways[raw["event_id"]].to_dict("records") if raw["event_id"] in ways else []
        record["stops"] = [{k: _plain(v) for k, v in s.items() if k != "event_id"} for s in stops]
        record["claims"] = [_claim(c, documents) for c in told[raw["event_id"]].to_dict("records")]
        yield record


def _claim(row: dict[str, Any], documents: pd.DataFrame) -> dict[str, Any]:
    head = {k: _plain(documents.at[row["doc_id"], k]) for k in ("title", "publisher", "published", "url")}
    claim = {"claim_id": row["claim_id"], "doc_id": row["doc_id"], "quote": row["quote"], "reason": row["reason"]}
    return claim | {"document": head} | dict(json.loads(row["payload"]))
