"""What the commands of `python -m geodata` do; each takes parsed arguments and gives the exit status.

Documents are printed line by line as they are read.  Refusals go to standard error, one line each; the status is 1
where nothing was done.  Does not parse the command line (see `__main__`).
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from extract.reading import read_jsonl, read_paths
from extract.schema import Document, Refusal
from geodata.entities import SpacyEntities
from geodata.filters import Filters
from geodata.frames import Snapshot, load_snapshot
from geodata.ingest import Analyser, Report, write
from geodata.ingest import ingest as run
from geodata.schema import COUNT_KEYS
from geodata.store import Store

__all__ = ["claims", "event_records", "events", "explain", "gazetteer_add", "ingest", "toponyms"]


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
    yield from read_paths([Path(p) for p in args.paths])


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


#: Articles looked at before reading starts, to know how many there are; of larger collections the bar shows no end.
_KNOWN = 2000


def ingest(args: argparse.Namespace) -> int:
    """Articles into the store, with a progress bar; ends with what was read, found, refused and why."""
    items = _items(args)
    first = list(itertools.islice(items, _KNOWN))
    if len(first) < _KNOWN and not any(isinstance(i, Document) for i in first):
        _tell(Report(refused=[i for i in first if isinstance(i, Refusal)]))
        return 1
    with Store(args.store) as store:
        quiet = True if args.quiet else None  # None: only where a person is looking
        total = len(first) if len(first) < _KNOWN else None
        bar = tqdm(
            itertools.chain(first, items),
            desc="reading",
            total=total,
            unit="document",
            leave=False,
            disable=quiet,
            file=sys.stderr,
        )
        report = _run(store, bar, args)
        _tell(report)
        _say(f"store: {store.url}")
    return 0 if report.read else 1


def _run(store: Store, items: Iterable[Document | Refusal], args: argparse.Namespace) -> Report:
    """Read in this process, or with the workers that were asked for."""
    if args.workers is None and args.scheduler is None:
        return run(store, items, _chain())
    from geodata.parallel import open_cluster  # Dask: only when asked for

    with open_cluster(workers=args.workers, scheduler=args.scheduler) as cluster:
        return write(store, cluster.read(items))


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
