"""The `toponyms` command's work: a document in, one JSON-ready line out.

Takes text; gives {"id", "toponyms": [{start, end, text, lat, lon, country, precision, kind, literal, confidence}]}.
The command line in
geodata/__main__.py calls `toponyms_record`; `python -m geodata.toponyms FILE…` does the same for a quick look.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from extract.schema import Mention
from geodata.entities import Entity
from geodata.gazetteer import Gazetteer
from geodata.resolve import Resolver

__all__ = ["default_resolver", "mention_json", "toponyms_record"]


@lru_cache(maxsize=1)
def default_resolver() -> Resolver:
    """The resolver over the compiled gazetteer of this installation, made once per process."""
    return Resolver(Gazetteer.open())


def mention_json(m: Mention) -> dict[str, Any]:
    """One mention as the command prints it; a mention without place has null lat, lon, country, precision and kind."""
    p = m.place
    return {
        "start": m.start,
        "end": m.end,
        "text": m.text,
        "lat": p.lat if p else None,
        "lon": p.lon if p else None,
        "country": p.iso3 if p else None,
        "precision": p.precision if p else None,
        "kind": p.kind if p else None,
        "literal": m.literal,
        "confidence": round(m.confidence, 3),
        "demonym": m.kind == "demonym",
        "place": p.id if p else None,
        "name": p.name if p else None,
        "why": m.why,
    }


def toponyms_record(
    name: str,
    text: str,
    resolver: Resolver | None = None,
    *,
    home: str | None = None,
    entities: Callable[[str], list[Entity]] | None = None,
) -> dict[str, Any]:
    """The contract's JSON line of one document.

    name : the file's stem or the JSONL line's "id".   home : ISO3 of the publisher's country, a weak hint.
    entities : finds what a trained pipeline names in a text (`geodata.entities.SpacyEntities`); joins the evidence
    Demonyms ("Tajik") are included with literal false and their country's point.
    """
    found = (resolver or default_resolver()).read(text, home=home, entities=entities(text) if entities else None)
    return {"id": name, "toponyms": [mention_json(m) for m in found]}


def _documents(args: list[str]) -> Iterable[tuple[str, str]]:
    for arg in args:
        path = Path(arg)
        if path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as f:
                for line in f:
                    if line.strip():
                        d = json.loads(line)
                        yield str(d["id"]), d["text"]
        else:
            yield path.stem, path.read_bytes().decode("utf-8", "replace")


if __name__ == "__main__":
    for doc, body in _documents([a for a in sys.argv[1:] if a != "--jsonl"]):
        sys.stdout.write(json.dumps(toponyms_record(doc, body), ensure_ascii=False) + "\n")
